"""Word documents from outside: read as they stand, and refused by name where they are none or beyond any report."""

import zipfile

import pytest

from hyoka_desktop.errors import InputError, WorldError
from hyoka_desktop.exchange.word import body as word_body
from hyoka_desktop.exchange.word import comments as word_comments
from hyoka_desktop.exchange.word.document import Odd, Oddment, ReadParagraph, ReadTable
from hyoka_desktop.exchange.word.reader import passports_of, read_document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'


@pytest.fixture
def document(tmp_path):
    def write(body, namespace=W, comments=""):
        main = f'<Relationship Id="a" Type="{_RELATION}/officeDocument" Target="word/document.xml"/>'
        other = f'<Relationship Id="b" Type="{_RELATION}/comments" Target="comments.xml"/>'
        path = tmp_path / "戻り.docx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("_rels/.rels", _RELATIONS.format(main))
            package.writestr("word/_rels/document.xml.rels", _RELATIONS.format(other))
            package.writestr("word/document.xml", f"<w:document {namespace}><w:body>{body}</w:body></w:document>")
            if comments:
                package.writestr("word/comments.xml", f"<w:comments {namespace}>{comments}</w:comments>")
        return path

    return write


def refusal(path):
    with pytest.raises((InputError, WorldError)) as caught:
        read_document(path)
    return caught.value.code


@pytest.mark.parametrize("namespace", [W, STRICT], ids=["transitional", "strict"])
def test_paragraphs_and_tables_are_read_in_either_dialect(document, namespace):
    cell = "<w:tc><w:p><w:r><w:t>欄</w:t></w:r></w:p></w:tc>"
    goes_on = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    read = read_document(
        document(f"<w:p><w:r><w:t>文</w:t></w:r></w:p><w:tbl><w:tr>{cell}{goes_on}</w:tr></w:tbl>", namespace)
    )
    paragraph, table = read.blocks
    assert isinstance(paragraph, ReadParagraph)
    assert isinstance(table, ReadTable)
    assert paragraph.text == "文"
    assert [(cell.text, cell.goes_on) for cell in table.rows[0].cells] == [("欄", False), ("", True)]
    assert passports_of(document("")) == ()


@pytest.mark.parametrize(
    "body",
    [
        "<w:sdt>" * 150 + "</w:sdt>" * 150,
        "<w:p>" + "<w:ins>" * 150 + "</w:ins>" * 150 + "</w:p>",
        "<w:p>" + "<w:unknown>" * 150 + "</w:unknown>" * 150 + "</w:p>",
    ],
    ids=["blocks", "revisions", "unknown elements"],
)
def test_elements_in_each_other_beyond_all_programs_are_refused(document, body):
    assert refusal(document(body)) == "package_too_deep"


def test_tables_in_tables_are_read_however_deep(document):
    begin, end = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    (table,) = read_document(document(begin * 5_000 + "<w:p/>" + end * 5_000)).blocks
    assert isinstance(table, ReadTable)


@pytest.mark.parametrize("limit", ["MOST_ELEMENTS", "MOST_PARAGRAPHS"])
def test_more_than_any_report_is_refused(document, monkeypatch, limit):
    monkeypatch.setattr(word_body, limit, 3)
    assert len(read_document(document("<w:p/><w:p/>")).blocks) == 2
    assert refusal(document("<w:p/>" * 4)) == "package_too_large"


def test_more_comments_than_any_report_has_are_refused(document, monkeypatch):
    monkeypatch.setattr(word_comments, "MOST_COMMENTS", 1)
    assert refusal(document("", comments='<w:comment w:id="1"/><w:comment w:id="2"/>')) == "package_too_large"


def test_what_a_comment_is_about_is_told_without_the_ends_of_its_first_and_last_paragraph(document):
    begin, end = '<w:commentRangeStart w:id="1"/>', '<w:commentRangeEnd w:id="1"/>'
    body = f"<w:p>{begin}</w:p><w:p><w:r><w:t>一</w:t></w:r></w:p><w:p><w:r><w:t>二</w:t></w:r></w:p><w:p/>{end}<w:p/>"
    assert read_document(document(body)).quoted == {"1": "一\n二"}


def test_what_is_no_document_is_refused(tmp_path):
    path = tmp_path / "外.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("a.xml", "<a/>")
    assert refusal(path) == "package_not_a_document"
    with pytest.raises(InputError):
        passports_of(path)


def test_a_file_that_is_not_there_is_a_fault_of_the_world(tmp_path):
    assert refusal(tmp_path / "ない.docx") == "cannot_read"


@pytest.mark.parametrize("value", ["", "x", "99999999999", "-1", "D800", "110000", "0", "1"])
def test_a_symbol_of_no_character_is_a_blank_box(document, value):
    (paragraph,) = read_document(document(f'<w:p><w:r><w:sym w:char="{value}"/></w:r></w:p>')).blocks
    assert isinstance(paragraph, ReadParagraph)
    assert paragraph.text == "\ufffd"


def read_paragraph(path):
    (paragraph,) = read_document(path).blocks
    return paragraph


@pytest.mark.parametrize(
    ("inside", "text", "odds"),
    [
        ('<w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r>', "一\n二", []),
        ('<w:r><w:t>一</w:t><w:br w:type="page"/><w:br w:type="column"/><w:t>二</w:t></w:r>', "一二", []),
        ('<w:r><w:sym w:char="2713"/></w:r>', "✓", []),
        ('<w:r><w:sym w:char="F0FC"/></w:r>', "\uf0fc", [Odd(Oddment.SYMBOL, "\uf0fc")]),
        ('<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>', "", []),
        ('<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>', "", [Odd(Oddment.NUMBERING)]),
        ("<w:pPr><w:numPr/></w:pPr>", "", []),
    ],
)  # fmt: skip
def test_what_a_field_can_hold_is_text_and_what_it_cannot_is_told(document, inside, text, odds):
    paragraph = read_paragraph(document(f"<w:p>{inside}</w:p>"))
    assert (paragraph.text, paragraph.odds) == (text, odds)


@pytest.mark.parametrize(
    ("marks", "gone"),
    [
        ("", False),
        ("<w:ins/>", False),
        ("<w:del/>", True),
        ("<w:ins/><w:del/>", True),
        ("<w:moveFrom/><w:moveTo/>", True),
    ],
)
def test_the_end_of_a_paragraph_is_gone_where_any_mark_takes_it_away(document, marks, gone):
    begin = f"<w:p><w:pPr><w:rPr>{marks}</w:rPr></w:pPr><w:r><w:t>一</w:t></w:r></w:p>"
    read = read_document(document(f"{begin}<w:p><w:r><w:t>二</w:t></w:r></w:p>")).blocks
    assert [paragraph.text for paragraph in read] == (["一二"] if gone else ["一", "二"])


def test_what_one_person_changed_in_one_go_is_one_change_and_of_two_persons_it_is_two(document):
    def put_in(author, text):
        return f'<w:ins w:author="{author}"><w:r><w:t>{text}</w:t></w:r></w:ins>'

    paragraph = read_paragraph(document(f"<w:p>{put_in('甲', '一')}{put_in('甲', '二')}{put_in('乙', '三')}</w:p>"))
    assert [(change.author, change.text) for change in paragraph.changes] == [("甲", "一二"), ("乙", "三")]
