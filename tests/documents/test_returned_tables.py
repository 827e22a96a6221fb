"""Rows, cells, tables and captions that were changed in Word: found again, or told by name; never taken for another."""

import json
from copy import deepcopy

import pytest
from built_reports import MODEL, minimal_item, minimal_report, minimal_row, shipped_form, view_of
from returned_files import W, WordFile, fragment, hand_out, read, run, text_of, with_texts

from hyoka_desktop.errors import InputError
from hyoka_desktop.exchange.word.document import RevisionKind
from hyoka_desktop.exchange.word.notes import NoteCode

TRACKED = 'w:id="900" w:author="評価 花子" w:date="2025-05-01T09:30:00Z"'
NUMBERS = ("Ⅰ-1", "Ⅰ-2", "Ⅰ-3")


@pytest.fixture(scope="session")
def sheets(build_by_name):
    """Hand the 調書 of the first three items out."""
    built = build_by_name("sample")
    return hand_out(built.form, built.view, [item.id for item in built.view.items[:3]])


@pytest.fixture(scope="session")
def whole(build_by_name):
    """Hand the whole sample out."""
    built = build_by_name("sample")
    return hand_out(built.form, built.view)


@pytest.fixture(params=["with bookmarks", "without bookmarks"])
def word(request, sheets):
    word = WordFile(sheets.docx)
    if request.param == "without bookmarks":
        word.clean("bookmarks")
    return word


def codes(returned):
    return [note.code for note in returned.notes]


def locked(sheets, row=0, number=NUMBERS[0]):
    return sheets.stored(sheets.address(number, "mid_term_objective", row))


def own(sheets, number, field, row=None):
    return sheets.stored(sheets.address(number, field, row))


def test_a_row_that_was_deleted_is_told_and_its_neighbours_are_not_taken_for_it(sheets, word, tmp_path):
    row = word.row(locked(sheets, 1))
    row.getparent().remove(row)
    returned = read(sheets, word, tmp_path)
    assert sheets.changes(returned) == {}
    assert codes(returned) == [NoteCode.ROW_MISSING]
    assert locked(sheets, 1) in returned.notes[0].before
    assert sheets.address(NUMBERS[0], "results", 1) in returned.unplaced
    assert sheets.address(NUMBERS[0], "results", 0) in returned.texts
    assert sheets.address(NUMBERS[0], "results", 2) in returned.texts


def test_a_row_whose_deletion_was_tracked_is_told_with_who_did_it(sheets, word, tmp_path):
    word.row(locked(sheets, 1)).insert(0, fragment(f"<w:trPr><w:del {TRACKED}/></w:trPr>"))
    returned = read(sheets, word, tmp_path)
    assert sheets.changes(returned) == {}
    assert codes(returned) == [NoteCode.ROW_MISSING]
    assert [(r.kind, r.author) for r in returned.revisions] == [(RevisionKind.DELETED, "評価 花子")]
    assert locked(sheets, 1) in returned.revisions[0].text


@pytest.mark.parametrize("tracked", [True, False])
@pytest.mark.parametrize("place", ["before", "behind"])
def test_a_row_that_was_added_is_told_and_moves_nothing(sheets, word, tmp_path, place, tracked):
    row = word.row(locked(sheets, 1))
    new = deepcopy(row)
    for mark in [*new.iter(f"{W}bookmarkStart"), *new.iter(f"{W}bookmarkEnd")]:
        mark.getparent().remove(mark)
    for number, text in enumerate(new.iter(f"{W}t")):
        text.text = f"加えた行の{number}つ目の文"
    if tracked:
        new.insert(0, fragment(f"<w:trPr><w:ins {TRACKED}/></w:trPr>"))
    row.addprevious(new) if place == "before" else row.addnext(new)
    returned = read(sheets, word, tmp_path)
    assert sheets.changes(returned) == {}
    assert codes(returned) == [NoteCode.ROW_ADDED]
    assert "加えた行の0つ目の文" in returned.notes[0].after
    assert [r.kind for r in returned.revisions] == ([RevisionKind.INSERTED] if tracked else [])
    assert returned.unplaced == frozenset()


def test_rows_that_changed_places_are_not_taken_for_each_other(sheets, word, tmp_path):
    first, second = word.row(locked(sheets, 0)), word.row(locked(sheets, 1))
    second.addnext(first)
    returned = read(sheets, word, tmp_path)
    assert sheets.changes(returned) == {}
    assert {NoteCode.ROW_MISSING, NoteCode.ROW_ADDED} <= set(codes(returned))


def test_of_two_rows_that_nothing_tells_apart_neither_is_guessed(tmp_path):
    form = shipped_form("iaa-annual")
    report = minimal_report("iaa-annual")
    report["sections"][0]["items"][0]["sheet"]["rows"] = [{**minimal_row(), "results": "同じ"} for _ in range(2)]
    one = hand_out(form.definition, view_of(form, report))
    word = WordFile(one.docx)
    row = word.row("同じ", 1)
    row.getparent().remove(row)
    returned = read(one, word, tmp_path)
    assert one.changes(returned) == {}
    assert {address.field for address in returned.unplaced} >= {"results", "self_evaluation"}
    assert codes(returned).count(NoteCode.ROW_MISSING) == 2
    assert codes(returned).count(NoteCode.ROW_ADDED) == 1


def test_a_plan_that_was_changed_is_refused_and_the_rest_of_its_row_lands(sheets, word, tmp_path):
    plan, results = sheets.address(NUMBERS[0], "mid_term_plan", 0), sheets.address(NUMBERS[0], "self_evaluation", 0)
    word.type(sheets.stored(plan), "勝手に改めた計画")
    word.type(sheets.stored(results), "改めた自己評価")
    returned = read(sheets, word, tmp_path)
    assert sheets.changes(returned) == {results: "改めた自己評価"}
    assert [(r.code, r.address, r.before, r.after) for r in returned.notes] == [
        (NoteCode.LOCKED, plan, sheets.stored(plan), "勝手に改めた計画")
    ]


def test_a_row_whose_plans_are_all_others_is_another_row(sheets, word, tmp_path):
    for field in ("mid_term_objective", "mid_term_plan", "annual_plan"):
        word.type(own(sheets, NUMBERS[0], field, 0), f"よその{field}")
    returned = read(sheets, word, tmp_path)
    assert sheets.changes(returned) == {}
    assert codes(returned) == [NoteCode.ROW_MISSING, NoteCode.ROW_ADDED]
    assert sheets.address(NUMBERS[0], "results", 0) in returned.unplaced


@pytest.mark.parametrize("label", ["予算額（千円）", "計画値", "指標等", "評定", "１．当事務及び事業に関する基本情報"])
def test_a_caption_that_was_deleted_is_told_and_what_it_names_is_still_found(sheets, word, tmp_path, label):
    word.rewrite(label, "")
    word.type(own(sheets, NUMBERS[1], "self_evaluation", 0), "改めた自己評価")
    returned = read(sheets, word, tmp_path)
    assert sheets.changes(returned) == {sheets.address(NUMBERS[1], "self_evaluation", 0): "改めた自己評価"}
    assert [(r.code, r.before) for r in returned.notes] == [(NoteCode.WORDS_CHANGED, label)] or [
        (r.code, r.before) for r in returned.notes
    ] == [(NoteCode.WORDS_MISSING, label)]
    assert returned.unplaced == frozenset()


def test_cells_that_were_merged_make_a_row_that_is_told(sheets, word, tmp_path):
    row = word.row("決算額（千円）")
    cells = list(row.iter(f"{W}tc"))
    row.remove(cells[2])
    returned = read(sheets, word, tmp_path)
    assert sheets.changes(returned) == {}
    missing = [address for address in returned.unplaced if address.field == "settlement"]
    assert len(missing) == 5
    assert codes(returned) in ([NoteCode.SHAPE_CHANGED], [NoteCode.ROW_MISSING, NoteCode.ROW_ADDED])


def test_a_cell_whose_deletion_was_tracked_counts_as_gone(sheets, word, tmp_path):
    cell = word.cell("655,740")
    cell.find(f"{W}tcPr").append(fragment(f"<w:cellDel {TRACKED}/>"))
    returned = read(sheets, word, tmp_path)
    assert sheets.changes(returned) == {}
    assert any(address.field == "settlement" for address in returned.unplaced)


def test_a_table_that_was_deleted_is_told_and_no_other_is_taken_for_it(sheets, word, tmp_path):
    table = word.table("②主要なインプット情報（財務情報及び人員に関する情報）", 1)
    table.getparent().remove(table)
    returned = read(sheets, word, tmp_path)
    assert sheets.changes(returned) == {}
    assert codes(returned) == [NoteCode.TABLE_MISSING]
    assert returned.notes[0].place.startswith(NUMBERS[1])
    item = sheets.address(NUMBERS[1], "item_title").node
    assert {address.node for address in returned.unplaced} == {item}


def test_a_whole_sheet_that_was_deleted_leaves_the_others_where_they_are(sheets, word, tmp_path):
    tables = list(word.body.iter(f"{W}tbl"))
    begin = next(place for place, table in enumerate(tables) if NUMBERS[1] in map(text_of, table.iter(f"{W}p")))
    end = next(place for place, table in enumerate(tables) if NUMBERS[2] in map(text_of, table.iter(f"{W}p")))
    for table in tables[begin:end]:
        table.getparent().remove(table)
    returned = read(sheets, word, tmp_path)
    assert sheets.changes(returned) == {}
    assert set(codes(returned)) == {NoteCode.TABLE_MISSING}
    assert all(note.place.startswith(NUMBERS[1]) for note in returned.notes)
    assert sheets.address(NUMBERS[2], "self_evaluation", 0) in returned.texts


def test_only_the_table_with_the_number_is_deleted_and_no_item_is_taken_for_another(sheets, word, tmp_path):
    table = word.table(NUMBERS[1])
    table.getparent().remove(table)
    returned = read(sheets, word, tmp_path)
    assert sheets.changes(returned) == {}
    assert NoteCode.TABLE_MISSING in codes(returned)


def test_a_table_that_stands_twice_is_taken_once_or_not_at_all(sheets, word, tmp_path):
    table = word.table("②主要なインプット情報（財務情報及び人員に関する情報）")
    copied = deepcopy(table)
    for mark in [*copied.iter(f"{W}bookmarkStart"), *copied.iter(f"{W}bookmarkEnd")]:
        mark.getparent().remove(mark)
    next(text for text in copied.iter(f"{W}t") if text.text == "655,740").text = "1"
    table.addnext(copied)
    returned = read(sheets, word, tmp_path)
    assert sheets.changes(returned) == {}
    assert NoteCode.TABLE_ADDED in codes(returned)


def test_a_table_of_somebody_elses_is_told(sheets, word, tmp_path):
    new = fragment(f"<w:tbl><w:tr><w:tc><w:p>{run('よその表')}</w:p></w:tc></w:tr></w:tbl>")
    word.table("４．その他参考情報").addprevious(new)
    returned = read(sheets, word, tmp_path)
    assert sheets.changes(returned) == {}
    assert [(r.code, r.after) for r in returned.notes] == [(NoteCode.TABLE_ADDED, "よその表")]


def test_items_that_changed_their_numbers_are_in_doubt(sheets, tmp_path):
    word = WordFile(sheets.docx)
    for before, after in ((NUMBERS[0], "仮"), (NUMBERS[1], NUMBERS[0]), ("仮", NUMBERS[1])):
        word.type(before, after)
    word.type(own(sheets, NUMBERS[0], "self_evaluation", 0), "どちらの項目のものか")
    returned = read(sheets, word, tmp_path)
    assert sheets.changes(returned) == {}
    assert codes(returned).count(NoteCode.SECTION_DOUBTFUL) == 2
    assert sheets.address(NUMBERS[2], "self_evaluation", 0) in returned.texts
    assert sheets.address(NUMBERS[0], "self_evaluation", 0) in returned.unplaced


def test_a_number_that_nothing_else_has_is_only_a_caption_that_changed(sheets, tmp_path):
    word = WordFile(sheets.docx)
    word.type(NUMBERS[0], "Ⅰ-99")
    returned = read(sheets, word, tmp_path)
    assert sheets.changes(returned) == {}
    assert [(r.code, r.before, r.after) for r in returned.notes] == [(NoteCode.LOCKED, NUMBERS[0], "Ⅰ-99")]


def test_values_of_years_to_come_are_refused(sheets, tmp_path):
    word = WordFile(sheets.docx)
    cells = list(word.row("予算額（千円）").iter(f"{W}tc"))
    cells[-1].find(f"{W}p").append(fragment(run("999")))
    returned = read(sheets, word, tmp_path)
    assert sheets.changes(returned) == {}
    assert [(r.code, r.after) for r in returned.notes] == [(NoteCode.LATER_YEAR, "999")]


def test_values_of_years_before_land_in_their_year(sheets, tmp_path):
    word = WordFile(sheets.docx)
    word.type("612,400", "612,401")
    (address,) = sheets.changes(read(sheets, word, tmp_path))
    assert (address.field, address.year) == ("budget", sheets.view.year - 2)


def test_a_field_that_is_printed_twice_lands_and_says_that_the_other_place_was_not_changed(whole, tmp_path):
    word = WordFile(whole.docx)
    title = whole.address(NUMBERS[0], "item_title")
    places = [p for p in word.body.iter(f"{W}p") if text_of(p) == whole.stored(title)]
    assert len(places) == 2
    word.type(whole.stored(title), "新しい題名", 1)
    returned = read(whole, word, tmp_path)
    assert whole.changes(returned) == {title: "新しい題名"}
    assert [(r.code, r.after) for r in returned.notes] == [(NoteCode.ELSEWHERE, "新しい題名")]


def test_a_field_that_came_back_as_two_texts_is_refused(whole, tmp_path):
    word = WordFile(whole.docx)
    title = whole.address(NUMBERS[0], "item_title")
    word.type(whole.stored(title), "一方の題名", 1)
    word.type(whole.stored(title), "他方の題名", 0)
    returned = read(whole, word, tmp_path)
    assert whole.changes(returned) == {}
    assert title in returned.unplaced
    assert codes(returned) == [NoteCode.DIFFERING]


def test_the_cover_and_the_tables_of_the_whole_report_land_too(whole, tmp_path):
    word = WordFile(whole.docx)
    root = whole.view.snapshot.tree.ancestor(whole.view.items[0].id, whole.view.snapshot.tree.nodes[1].kind).id
    issuer, grounds = (whole.view.address(root, field) for field in ("cover_issuer", "other_matters"))
    word.type(whole.stored(issuer), "改めた発行者")
    first, *rest = whole.stored(grounds).split("\n")
    word.type(first, "改めた事項\n二つ目")
    returned = read(whole, word, tmp_path)
    assert whole.changes(returned) == {
        issuer: "改めた発行者",
        grounds: "\n".join(["改めた事項", "二つ目", *rest]),
    }
    assert returned.notes == ()


def test_a_date_in_a_cell_is_read_as_a_date_or_refused(whole, tmp_path):
    word = WordFile(whole.docx)
    cell = next(
        c for _, t in whole.expected.tables for c in t.cells if any(s.address.field == "period_end" for s in c.slots)
    )
    word.type(cell.text, cell.text.replace("令和9年3月31日", "令和9年3月30日"))
    returned = read(whole, word, tmp_path)
    assert [(a.field, text) for a, text in whole.changes(returned).items()] == [("period_end", "2027-03-30")]
    word.type(cell.text.replace("令和9年3月31日", "令和9年3月30日"), cell.text.replace("令和9年3月31日", "令和9年春"))
    returned = read(whole, word, tmp_path)
    assert whole.changes(returned) == {}
    assert [(r.code, r.after) for r in returned.notes] == [(NoteCode.NOT_A_DATE, "令和9年春")]


def test_letters_with_marks_in_the_summary_are_ratings(whole, tmp_path):
    word = WordFile(whole.docx)
    word.type("A○重", "B○重")
    returned = read(whole, word, tmp_path)
    changed = whole.changes(returned)
    assert [(address.field, text) for address, text in changed.items()] == [("minister_rating", "B")]


def test_a_document_of_another_report_is_refused(sheets, tmp_path):
    form = shipped_form("jlis-annual")
    if not MODEL.is_file():
        pytest.skip("the model document is not here")
    other = hand_out(form.definition, view_of(form, json.loads(MODEL.read_text(encoding="utf-8"))))
    with pytest.raises(InputError) as caught:
        read(sheets, WordFile(other.docx), tmp_path)
    assert caught.value.code == "returned_other_document"


def test_a_document_of_another_report_of_the_same_form_is_refused(sheets, tmp_path):
    form = shipped_form("iaa-annual")
    report = minimal_report("iaa-annual")
    rows = [minimal_row(f"別の法人の中期目標の{number}つ目の段落") for number in range(3)]
    report["sections"][0]["items"] = [minimal_item(number) for number in NUMBERS]
    for item in report["sections"][0]["items"]:
        item["sheet"]["rows"] = rows
    other = hand_out(form.definition, view_of(form, report))
    with pytest.raises(InputError) as caught:
        read(sheets, WordFile(other.docx), tmp_path)
    assert caught.value.code == "returned_other_document"


def test_a_document_of_nobody_is_refused(sheets, tmp_path):
    word = WordFile(sheets.docx)
    for block in list(word.body[0]):
        word.body[0].remove(block)
    word.body[0].append(fragment(f"<w:p>{run('ただの文書')}</w:p>"))
    with pytest.raises(InputError) as caught:
        read(sheets, word, tmp_path)
    assert caught.value.code == "returned_other_document"


LIVE = "応答は{指標:%s.実績#%d}で、計画の{指標:%s.計画#%d}を上回った。{{指標:例.実績}}は書き方。"


@pytest.fixture
def live(build_by_name):
    """Hand out a text that quotes an indicator twice."""
    built = build_by_name("sample")
    item = built.view.items[0]
    one = hand_out(built.form, built.view, [item.id])
    entry = next(a for a in one.expected.addresses if a.field == "actual" and one.stored(a) == "301施設")
    address = one.address(NUMBERS[0], "self_evaluation", 0)
    name = "点検診断の実施施設数"
    text = LIVE % (name, entry.node, name, entry.node)
    handed = hand_out(built.form, with_texts(built.view, {address: text}), [item.id])
    return handed, address, "応答は301施設で、計画の250施設以上を上回った。{指標:例.実績}は書き方。"


def test_values_that_stand_untouched_stay_values(live, tmp_path):
    handed, address, printed = live
    word = WordFile(handed.docx)
    assert handed.changes(read(handed, word, tmp_path)) == {}
    word.type(printed, "全体の" + printed.replace("上回った", "大きく上回った"))
    returned = read(handed, word, tmp_path)
    assert handed.changes(returned) == {
        address: "全体の" + handed.stored(address).replace("上回った", "大きく上回った")
    }
    assert returned.notes == ()


def test_a_value_that_was_written_over_is_text_and_told(live, tmp_path):
    handed, address, printed = live
    word = WordFile(handed.docx)
    word.type(printed, printed.replace("301施設", "302施設"))
    returned = read(handed, word, tmp_path)
    text = handed.stored(address)
    assert handed.changes(returned) == {address: text.replace(text[3 : text.index("}") + 1], "302施設")}
    assert [(r.code, r.before) for r in returned.notes] == [(NoteCode.VALUE_WRITTEN_OVER, "301施設")]
