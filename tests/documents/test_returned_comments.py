"""Comments come back on their fields, with who said what when, about which words, and what was answered."""

import pytest
from returned_files import WordFile, fragment, hand_out, read, run

from hyoka_desktop.exchange.word.notes import NoteCode
from hyoka_desktop.exchange.word.returned import Reply

NUMBER = "Ⅰ-1"


@pytest.fixture(scope="session")
def sheet(build_by_name):
    built = build_by_name("sample")
    return hand_out(built.form, built.view, [built.view.items[0].id])


@pytest.fixture
def word(sheet):
    return WordFile(sheet.docx)


def comment(number, text, author="確認 次郎", date="2025-05-02T10:00:00Z", paragraph=""):
    paragraphs = "".join(f'<w:p w14:paraId="{paragraph or number}">{run(line)}</w:p>' for line in text.split("\n"))
    return f'<w:comment w:id="{number}" w:author="{author}" w:date="{date}">{paragraphs}</w:comment>'


def begin(number):
    return f'<w:commentRangeStart w:id="{number}"/>'


def end(number):
    return f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'


def test_a_comment_is_on_its_field_with_the_words_that_it_is_about(sheet, word, tmp_path):
    address = sheet.address(NUMBER, "self_evaluation", 0)
    text = sheet.stored(address)
    word.rewrite(text, f"{run(text[:10])}{begin(1)}{run(text[10:20])}{end(1)}{run(text[20:])}")
    word.comment(comment(1, "根拠の数値を\n示してください。"))
    returned = read(sheet, word, tmp_path)
    assert sheet.changes(returned) == {}
    (found,) = returned.comments
    assert (found.address, found.author, found.date) == (address, "確認 次郎", "2025-05-02T10:00:00Z")
    assert (found.quoted, found.text) == (text[10:20], "根拠の数値を\n示してください。")
    assert (found.replies, found.done) == ((), False)
    assert returned.notes == ()


def test_names_and_words_of_comments_and_changes_are_cleaned(sheet, word, tmp_path):
    text = sheet.stored(sheet.address(NUMBER, "self_evaluation", 0))
    tracked = '<w:ins w:id="5" w:author="花\u202e子" w:date="">'
    word.rewrite(text, f"{begin(1)}{run(text)}{tracked}{run('加えた')}</w:ins>{end(1)}")
    word.comment(comment(1, "向き\u202eの制御", author="次\u2066郎"))
    returned = read(sheet, word, tmp_path)
    (found,) = returned.comments
    assert (found.author, found.text) == ("次␦郎", "向き␦の制御")
    assert [revision.author for revision in returned.revisions] == ["花␦子"]


def test_a_comment_over_paragraphs_is_on_the_field_of_the_first(sheet, word, tmp_path):
    address = sheet.address(NUMBER, "results", 0)
    first, second, *_ = sheet.stored(address).split("\n")
    word.rewrite(first, f"{begin(1)}{run(first)}")
    word.rewrite(second, f"{run(second[:5])}{end(1)}{run(second[5:])}")
    word.comment(comment(1, "二段落について"))
    (found,) = read(sheet, word, tmp_path).comments
    assert (found.address, found.quoted) == (address, f"{first}\n{second[:5]}")


def test_replies_come_with_their_comment_in_order_and_a_settled_one_says_so(sheet, word, tmp_path):
    address = sheet.address(NUMBER, "self_evaluation", 0)
    text = sheet.stored(address)
    word.rewrite(text, f"{begin(1)}{begin(2)}{begin(3)}{run(text)}{end(1)}{end(2)}{end(3)}")
    replies = comment(2, "直しました。", "評価 花子", paragraph="B") + comment(3, "確かめました。", paragraph="C")
    word.comment(
        comment(1, "直してください。", paragraph="A") + replies,
        '<w15:commentEx w15:paraId="A" w15:done="1"/><w15:commentEx w15:paraId="B" w15:paraIdParent="A" w15:done="0"/>'
        '<w15:commentEx w15:paraId="C" w15:paraIdParent="A" w15:done="0"/>',
    )
    (found,) = read(sheet, word, tmp_path).comments
    assert (found.address, found.text, found.done) == (address, "直してください。", True)
    assert found.replies == (
        Reply("評価 花子", "2025-05-02T10:00:00Z", "直しました。"),
        Reply("確認 次郎", "2025-05-02T10:00:00Z", "確かめました。"),
    )


def test_a_comment_on_a_caption_belongs_to_the_item(sheet, word, tmp_path):
    caption = "指標等"
    word.rewrite(caption, f"{begin(1)}{run(caption)}{end(1)}")
    word.comment(comment(1, "表の見出しについて"))
    returned = read(sheet, word, tmp_path)
    (found,) = returned.comments
    assert found.address == sheet.expected.sections[0].place
    assert found.quoted == caption
    assert returned.notes == ()


def test_a_comment_at_a_point_without_a_range_is_on_its_field(sheet, word, tmp_path):
    address = sheet.address(NUMBER, "self_evaluation", 0)
    text = sheet.stored(address)
    word.rewrite(text, f'{run(text)}<w:r><w:commentReference w:id="1"/></w:r>')
    word.comment(comment(1, "範囲のないコメント"))
    (found,) = read(sheet, word, tmp_path).comments
    assert (found.address, found.quoted) == (address, "")


def test_a_comment_that_begins_between_paragraphs_is_on_the_next(sheet, word, tmp_path):
    address = sheet.address(NUMBER, "self_evaluation", 0)
    paragraph = word.paragraph(sheet.stored(address))
    paragraph.addprevious(fragment(begin(1)))
    paragraph.append(fragment('<w:commentRangeEnd w:id="1"/>'))
    word.comment(comment(1, "段落の前から"))
    (found,) = read(sheet, word, tmp_path).comments
    assert (found.address, found.quoted) == (address, sheet.stored(address))


def test_a_comment_in_a_row_that_was_added_or_deleted_is_kept(sheet, word, tmp_path):
    row = word.row(sheet.stored(sheet.address(NUMBER, "mid_term_objective", 1)))
    new = fragment(f"<w:tr><w:tc><w:p>{begin(1)}{run('加えた行')}{end(1)}</w:p></w:tc></w:tr>")
    row.addnext(new)
    word.comment(comment(1, "行を足しました") + comment(2, "どこにもない"))
    returned = read(sheet, word, tmp_path)
    assert [(found.text, found.address) for found in returned.comments] == [
        ("行を足しました", sheet.expected.sections[0].place),
        ("どこにもない", None),
    ]
    assert [(r.code, r.after) for r in returned.notes if r.code is NoteCode.COMMENT_UNPLACED] == [
        (NoteCode.COMMENT_UNPLACED, "どこにもない")
    ]


def test_a_reply_to_nothing_or_to_itself_is_a_comment_of_its_own(sheet, word, tmp_path):
    text = sheet.stored(sheet.address(NUMBER, "self_evaluation", 0))
    word.rewrite(text, f"{begin(1)}{begin(2)}{run(text)}{end(1)}{end(2)}")
    word.comment(
        comment(1, "親がない", paragraph="A") + comment(2, "自分に答える", paragraph="B"),
        '<w15:commentEx w15:paraId="A" w15:paraIdParent="Z"/><w15:commentEx w15:paraId="B" w15:paraIdParent="B"/>',
    )
    assert [found.text for found in read(sheet, word, tmp_path).comments] == ["親がない", "自分に答える"]


def test_a_comment_in_a_deleted_row_is_kept(sheet, word, tmp_path):
    objective = sheet.stored(sheet.address(NUMBER, "mid_term_objective", 1))
    word.rewrite(objective, f"{begin(1)}{run(objective)}{end(1)}")
    word.row(objective).insert(
        0, fragment('<w:trPr><w:del w:id="9" w:author="花" w:date="2025-05-02T10:00:00Z"/></w:trPr>')
    )
    word.comment(comment(1, "要らない行です"))
    returned = read(sheet, word, tmp_path)
    (found,) = returned.comments
    assert found.address == sheet.expected.sections[0].place
