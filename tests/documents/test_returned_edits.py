"""What a department does to a document in Word lands in its field, as it reads once revisions are accepted."""

import pytest
from returned_files import W, WordFile, fragment, hand_out, read, run

from hyoka_desktop.exchange.word.document import RevisionKind
from hyoka_desktop.exchange.word.notes import NoteCode

NUMBER = "Ⅰ-1"
TRACKED = 'w:id="900" w:author="評価 花子" w:date="2025-05-01T09:30:00Z"'


@pytest.fixture(scope="session")
def sheet(build_by_name):
    """Hand the 調書 of the first item out."""
    built = build_by_name("sample")
    return hand_out(built.form, built.view, [built.view.items[0].id])


@pytest.fixture
def word(sheet):
    return WordFile(sheet.docx)


@pytest.fixture
def self_evaluation(sheet):
    """Tell the address of a field that is one paragraph in a cell of its own, and its text."""
    address = sheet.address(NUMBER, "self_evaluation", 0)
    assert "\n" not in sheet.stored(address)
    return address, sheet.stored(address)


def assert_only(sheet, returned, changes):
    assert sheet.changes(returned) == changes
    assert returned.notes == ()
    assert returned.unplaced == frozenset()


def told(returned):
    return [(note.code, note.before, note.after) for note in returned.notes]


def test_typing_over_a_paragraph_lands_in_its_field_alone(sheet, word, self_evaluation, tmp_path):
    address, text = self_evaluation
    word.type(text, "達成度はいずれも目標を上回った。")
    assert_only(sheet, read(sheet, word, tmp_path), {address: "達成度はいずれも目標を上回った。"})


def test_new_paragraphs_and_line_breaks_are_lines_of_the_field(sheet, word, self_evaluation, tmp_path):
    address, text = self_evaluation
    word.type(text, "一行目\n\n三行目")
    word.paragraph("三行目").append(fragment("<w:r><w:br/><w:t>四行目</w:t><w:tab/><w:t>右</w:t></w:r>"))
    assert_only(sheet, read(sheet, word, tmp_path), {address: "一行目\n\n三行目\n四行目\t右"})


def test_an_emptied_field_is_empty(sheet, word, self_evaluation, tmp_path):
    address, text = self_evaluation
    word.rewrite(text, "")
    assert_only(sheet, read(sheet, word, tmp_path), {address: ""})


def test_empty_paragraphs_at_the_end_of_a_cell_are_no_change(sheet, word, self_evaluation, tmp_path):
    word.cell(self_evaluation[1]).append(fragment("<w:p/>"))
    assert_only(sheet, read(sheet, word, tmp_path), {})


def test_the_text_of_an_empty_field_lands(sheet, word, tmp_path):
    table = next(one for one in sheet.expected.tables if "アウトプット" in one[1].title)[1]
    address = next(slot.address for cell in table.cells for slot in cell.slots if slot.address.field == "output_note")
    assert sheet.stored(address) == ""
    cell = list(word.row("点検診断の実施施設数").iter(f"{W}tc"))[-1]
    cell[-1].append(fragment(run("参考")))
    assert_only(sheet, read(sheet, word, tmp_path), {address: "参考"})


def test_fields_between_words_of_the_form_keep_apart(sheet, word, tmp_path):
    grounds, issues = (sheet.address(NUMBER, field) for field in ("self_grounds", "self_issues"))
    first = sheet.stored(grounds).split("\n")[0]
    word.type(f"根拠：{first}", "根拠：前文を改めた。\n新しい段落。")
    word.type(sheet.stored(issues), "課題はない。\n対応もない。")
    expected = "\n".join(["前文を改めた。", "新しい段落。", *sheet.stored(grounds).split("\n")[1:]])
    assert_only(sheet, read(sheet, word, tmp_path), {grounds: expected, issues: "課題はない。\n対応もない。"})


@pytest.mark.parametrize(("letter", "stored"), [("Ｓ", "S"), ("S", "S"), (" B ", "B"), ("", "")])
def test_a_rating_is_taken_full_width_or_half(sheet, word, tmp_path, letter, stored):
    word.type("評定：A", f"評定：{letter}")
    assert_only(sheet, read(sheet, word, tmp_path), {sheet.address(NUMBER, "self_rating"): stored})


def test_what_is_no_rating_is_refused_by_name(sheet, word, tmp_path):
    word.type("評定：A", "評定：A＋")
    returned = read(sheet, word, tmp_path)
    assert sheet.changes(returned) == {}
    assert returned.unplaced == {sheet.address(NUMBER, "self_rating")}
    assert told(returned) == [(NoteCode.NOT_A_CHOICE, "A", "A＋")]


def test_guidance_that_is_left_beside_the_text_is_taken_off(sheet, word, tmp_path):
    guidance = sheet.form.fields["minister_issues"].guidance
    word.type(guidance, f"{guidance}\n来年度に改善する。")
    assert_only(sheet, read(sheet, word, tmp_path), {sheet.address(NUMBER, "minister_issues"): "来年度に改善する。"})


def test_values_of_indicators_in_cells_and_in_lines_land(sheet, word, tmp_path):
    word.type(
        "・点検診断の実施施設数：301施設【計画：250施設以上】", "・点検診断の実施施設数：302施設【計画：250施設以上】"
    )
    word.type("655,740", "655,741")
    changes = sheet.changes(read(sheet, word, tmp_path))
    assert sorted((address.field, text) for address, text in changes.items()) == [
        ("actual", "302施設"),
        ("settlement", "655,741"),
    ]


def test_a_line_of_several_fields_in_which_two_were_changed_is_refused_by_name(sheet, word, tmp_path):
    before, after = (
        "・点検診断の実施施設数：301施設【計画：250施設以上】",
        "・点検診断の実施施設数：302施設【計画：260施設以上】",
    )
    word.type(before, after)
    returned = read(sheet, word, tmp_path)
    assert sheet.changes(returned) == {}
    assert told(returned) == [(NoteCode.WORDS_CHANGED, before, after)]


A, B, C = run("甲"), run("乙"), run("丙")
BEGIN, RESULT, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
WRAPPED = {
    "runs of one text split by looks": run("甲", "<w:b/>") + "<w:r/>" + B + run("丙", "<w:i/>"),
    "marks of the spelling checker": f'<w:proofErr w:type="spellStart"/>{A}{B}<w:proofErr w:type="spellEnd"/>{C}',
    "a smart tag": f'<w:smartTag w:uri="a" w:element="b"><w:smartTagPr/>{A}{B}</w:smartTag>{C}',
    "a hyperlink": f'<w:hyperlink r:id="rId9">{A}{B}</w:hyperlink>{C}',
    "a simple field": f'<w:fldSimple w:instr=" DATE ">{A}{B}</w:fldSimple>{C}',
    "a field": f"{BEGIN}<w:r><w:instrText> REF x </w:instrText></w:r>{RESULT}{A}{B}{END}{C}",
    "a field in a field": f"{BEGIN}{BEGIN}{RESULT}{run('隠れた結果')}{END}{RESULT}{A}{B}{C}{END}",
    "a ruby": f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('こう')}</w:rt><w:rubyBase>{A}</w:rubyBase></w:ruby></w:r>{B}{C}",
    "content controls": "<w:sdt><w:sdtPr/><w:sdtContent>"
    f"{A}<w:sdt><w:sdtContent>{B}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>{C}",
    "alternatives": "<mc:AlternateContent>"
    f'<mc:Choice Requires="w14">{A}{B}</mc:Choice><mc:Fallback>{A}{B}</mc:Fallback></mc:AlternateContent>{C}',
    "custom XML and directions": f'<w:customXml w:element="a">{A}</w:customXml><w:bdo w:val="ltr">{B}</w:bdo>{C}',
    "ends of pages": f'{A}<w:r><w:lastRenderedPageBreak/></w:r>{B}{C}<w:r><w:br w:type="page"/></w:r>',
    "insertions and deletions": f"<w:ins {TRACKED}>{A}</w:ins>{B}"
    f"<w:del {TRACKED}><w:r><w:delText>丁</w:delText></w:r></w:del>{C}",
}


@pytest.mark.parametrize("content", WRAPPED.values(), ids=WRAPPED)
def test_what_only_wraps_text_is_taken_off(sheet, word, self_evaluation, tmp_path, content):
    address, text = self_evaluation
    word.rewrite(text, content)
    assert_only(sheet, read(sheet, word, tmp_path), {address: "甲乙丙"})


def test_a_cell_a_row_and_paragraphs_in_content_controls_are_where_they_were(sheet, word, self_evaluation, tmp_path):
    paragraph, cell, row = (find(self_evaluation[1]) for find in (word.paragraph, word.cell, word.row))
    for element in (paragraph, cell, row):
        control = fragment("<w:sdt><w:sdtPr/><w:sdtContent/></w:sdt>")
        element.getparent().replace(element, control)
        control[1].append(element)
    assert_only(sheet, read(sheet, word, tmp_path), {})


def test_tracked_changes_are_accepted_and_listed_with_author_and_date(sheet, word, self_evaluation, tmp_path):
    address, text = self_evaluation
    word.rewrite(
        text,
        f"{run('残る')}<w:del {TRACKED}><w:r><w:delText>消える</w:delText></w:r></w:del>"
        f"<w:ins {TRACKED}>{run('加わ')}{run('る')}</w:ins>",
    )
    returned = read(sheet, word, tmp_path)
    assert_only(sheet, returned, {address: "残る加わる"})
    assert [(r.kind, r.author, r.date, r.text, r.address) for r in returned.revisions] == [
        (RevisionKind.DELETED, "評価 花子", "2025-05-01T09:30:00Z", "消える", address),
        (RevisionKind.INSERTED, "評価 花子", "2025-05-01T09:30:00Z", "加わる", address),
    ]


def test_text_that_one_put_in_and_another_took_out_is_gone(sheet, word, self_evaluation, tmp_path):
    address, text = self_evaluation
    other = TRACKED.replace("花子", "次郎")
    word.rewrite(
        text, f"{run('文')}<w:ins {TRACKED}><w:del {other}><w:r><w:delText>夢</w:delText></w:r></w:del></w:ins>"
    )
    returned = read(sheet, word, tmp_path)
    assert_only(sheet, returned, {address: "文"})
    assert [(r.kind, r.author, r.text) for r in returned.revisions] == [(RevisionKind.DELETED, "評価 次郎", "夢")]


def test_text_that_was_put_in_where_all_was_moved_away_is_gone_too(sheet, word, self_evaluation, tmp_path):
    address, text = self_evaluation
    word.rewrite(text, f"{run('文')}<w:moveFrom {TRACKED}><w:ins {TRACKED}>{run('夢')}</w:ins></w:moveFrom>")
    assert_only(sheet, read(sheet, word, tmp_path), {address: "文"})


def test_a_deleted_end_of_a_paragraph_joins_it_to_the_next(sheet, word, self_evaluation, tmp_path):
    address, text = self_evaluation
    word.type(text, "前の段落、\n次の段落。\n三つ目。")
    word.paragraph("前の段落、").find(f"{W}pPr").append(fragment(f"<w:rPr><w:del {TRACKED}/></w:rPr>"))
    returned = read(sheet, word, tmp_path)
    assert_only(sheet, returned, {address: "前の段落、次の段落。\n三つ目。"})
    assert [(r.kind, r.text) for r in returned.revisions] == [(RevisionKind.DELETED, "\n")]


def test_a_paragraph_that_was_deleted_with_its_end_leaves_no_line(sheet, word, self_evaluation, tmp_path):
    address, text = self_evaluation
    word.type(text, "一\n二\n三")
    paragraph = word.rewrite("二", f"<w:del {TRACKED}><w:r><w:delText>二</w:delText></w:r></w:del>")
    paragraph.find(f"{W}pPr").append(fragment(f"<w:rPr><w:del {TRACKED}/></w:rPr>"))
    assert_only(sheet, read(sheet, word, tmp_path), {address: "一\n三"})


def test_a_paragraph_that_was_moved_leaves_one_field_and_comes_to_the_other(sheet, word, tmp_path):
    results, issues = sheet.address(NUMBER, "results", 0), sheet.address(NUMBER, "self_issues")
    first, *rest = sheet.stored(results).split("\n")
    moved = word.rewrite(first, f"<w:moveFrom {TRACKED}>{run(first)}</w:moveFrom>")
    moved.find(f"{W}pPr").append(fragment(f"<w:rPr><w:moveFrom {TRACKED}/></w:rPr>"))
    target = fragment(
        f'<w:p><w:pPr/><w:moveToRangeStart w:id="1" w:name="m"/><w:moveTo {TRACKED}>{run(first)}</w:moveTo></w:p>'
    )
    word.paragraph(sheet.stored(issues)).addnext(target)
    returned = read(sheet, word, tmp_path)
    assert_only(sheet, returned, {results: "\n".join(rest), issues: f"{sheet.stored(issues)}\n{first}"})
    assert {(r.kind, r.address) for r in returned.revisions} == {
        (RevisionKind.MOVED_AWAY, results),
        (RevisionKind.MOVED_HERE, issues),
    }


def test_characters_that_no_report_may_hold_are_cleaned_and_told(sheet, word, self_evaluation, tmp_path):
    address, text = self_evaluation
    word.type(text, "前\u202e後\u200f\u0085次")
    returned = read(sheet, word, tmp_path)
    assert sheet.changes(returned) == {address: "前␦後␦\n次"}
    assert [(r.code, r.before, r.address) for r in returned.notes] == [
        (NoteCode.CLEANED, "line_end=1 direction=2", address)
    ]


ODD = {
    NoteCode.PICTURE: "<w:r><w:drawing/></w:r>",
    NoteCode.TEXT_BOX: "<w:r><w:drawing><wps:txbx><w:txbxContent>"
    f"<w:p>{run('箱の中')}</w:p></w:txbxContent></wps:txbx></w:drawing></w:r>",
    NoteCode.FOOTNOTE: '<w:r><w:footnoteReference w:id="2"/></w:r>',
    NoteCode.EQUATION: "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>",
    NoteCode.EMBEDDED: "<w:r><w:object/></w:r>",
    NoteCode.SYMBOL: '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
}  # fmt: skip


@pytest.mark.parametrize(("code", "content"), ODD.items(), ids=[code.value for code in ODD])
def test_what_a_field_cannot_hold_is_told_by_name_and_its_text_is_taken(
    sheet, word, self_evaluation, tmp_path, code, content
):
    address, text = self_evaluation
    word.rewrite(text, run("文は残る。") + content)
    returned = read(sheet, word, tmp_path)
    assert sheet.changes(returned) == {address: "文は残る。" + ("\uf0fc" if code is NoteCode.SYMBOL else "")}
    assert [(r.code, r.address) for r in returned.notes] == [(code, address)]


def test_a_deleted_picture_is_not_told(sheet, word, self_evaluation, tmp_path):
    address, text = self_evaluation
    word.rewrite(text, f"{run('文')}<w:del {TRACKED}><w:r><w:drawing/></w:r></w:del>")
    assert_only(sheet, read(sheet, word, tmp_path), {address: "文"})


@pytest.mark.parametrize("place", ["before", "behind"])
def test_a_table_in_a_cell_is_told_with_its_text(sheet, word, self_evaluation, tmp_path, place):
    address, text = self_evaluation
    nested = fragment(f"<w:tbl><w:tr><w:tc><w:p>{run('中の表')}</w:p></w:tc></w:tr></w:tbl>")
    paragraph = word.paragraph(text)
    paragraph.addprevious(nested) if place == "before" else paragraph.addnext(nested)
    returned = read(sheet, word, tmp_path)
    assert sheet.changes(returned) == {}
    assert [(r.code, r.after, r.address) for r in returned.notes] == [(NoteCode.NESTED_TABLE, "中の表", address)]


def test_automatic_numbers_of_word_are_told(sheet, word, self_evaluation, tmp_path):
    address, text = self_evaluation
    word.type(text, "項目にした文")
    word.paragraph("項目にした文").find(f"{W}pPr").append(
        fragment('<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>')
    )
    returned = read(sheet, word, tmp_path)
    assert sheet.changes(returned) == {address: "項目にした文"}
    assert told(returned) == [(NoteCode.NUMBERING, "", "項目にした文")]


def test_text_between_the_tables_is_told(sheet, word, tmp_path):
    word.table("４．その他参考情報").addprevious(fragment(f"<w:p>{run('余白の書き込み')}</w:p>"))
    returned = read(sheet, word, tmp_path)
    assert sheet.changes(returned) == {}
    assert told(returned) == [(NoteCode.LINES_ADDED, "", "余白の書き込み")]


def test_a_heading_that_was_changed_is_told(sheet, word, tmp_path):
    heading = next(iter(word.body.iter(f"{W}p")))
    text = "".join(t.text for t in heading.iter(f"{W}t"))
    word.type(text, "勝手な見出し")
    returned = read(sheet, word, tmp_path)
    assert sheet.changes(returned) == {}
    assert told(returned) == [(NoteCode.WORDS_CHANGED, text, "勝手な見出し")]
