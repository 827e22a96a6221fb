"""Every part of a .docx is valid against ECMA-376, and what the schemas cannot say holds too: references, metadata."""

import io
import posixpath
import zipfile
from collections import Counter
from dataclasses import replace

import pytest
from docx_reading import W, part
from ecma_schemas import schemas_or_skip
from lxml import etree

from hyoka_desktop.document.model import (
    Align,
    Contents,
    Document,
    Heading,
    PageMark,
    Paragraph,
    Passport,
    Run,
    Table,
)
from hyoka_desktop.writers.docx import write_docx

LONGEST_BOOKMARK = 40
"""Word cuts a longer name."""

RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
OFFICE_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PARTS = {
    *("[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/_rels/document.xml.rels", "word/document.xml"),
    *("word/fontTable.xml", "word/footer1.xml", "word/settings.xml", "word/styles.xml"),
}
UNPRINTABLE = "あ\x00\x0b\x1f\ufffe\ud800い<&\"'>"
AS_WRITTEN = "あ" + "\ufffd" * 5 + "い<&\"'>"


@pytest.fixture(scope="session")
def schemas():
    return schemas_or_skip()


def faults_of(schemas, package):
    return {name: faults for name, faults in schemas.faults(package).items() if faults}


def test_every_part_is_valid_against_the_schemas_of_ecma_376(built_or_stressed, schemas):
    assert set(schemas.faults(built_or_stressed.docx)) == PARTS
    assert faults_of(schemas, built_or_stressed.docx) == {}


def test_headers_and_the_passport_are_valid_too(sample, schemas):
    style = sample.document.page_number_style
    head = tuple(PageMark(Paragraph((Run("案 & <機密>"),), style, align), boxed=True) for align in Align)
    document = replace(sample.document, head=head, passport=Passport("iaa-annual 2024 1-<&>", printed=True))
    made = write_docx(document, sample.layout.page_numbers())
    assert {"word/header1.xml", "word/footer2.xml", "docProps/custom.xml"} <= set(schemas.faults(made))
    assert faults_of(schemas, made) == {}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"dc:title>", b"dc:titel>"),
        (b"2020-01-01", b"2020-13-01"),
        (b"<w:tblW ", b'<w:tblStyle w:val="x"/><w:tblW '),
        (b'w:type="dxa"', b'w:type="inch"'),
        (b'w:lineRule="exact"', b'w:lineRule="strict"'),
        (b'<Default Extension="xml"', b'<Default Ending="xml"'),
        (b'Id="rIdStyles"', b'Id="rIdStyles" Kind="x"'),
    ],
)
def test_the_schemas_do_see_a_fault(sample, schemas, right, wrong):
    with zipfile.ZipFile(io.BytesIO(sample.docx)) as package:
        parts = [package.read(name) for name in package.namelist()]
    touched = [part.replace(right, wrong) for part in parts if right in part]
    assert touched
    assert all(schemas.faults_of_part(part) for part in touched)


def test_text_that_xml_cannot_hold_is_written_as_a_mark_in_every_place_of_the_document(sample, schemas):
    package = write_docx(unprintable(sample.document), sample.layout.page_numbers())
    assert faults_of(schemas, package) == {}
    texts = {element.text for element in part(package, "word/document.xml").iter(f"{W}t")}
    assert {text for text in texts if not text.isdigit()} == {AS_WRITTEN}
    assert AS_WRITTEN in {element.text for element in part(package, "word/footer1.xml").iter(f"{W}t")}
    assert part(package, "docProps/core.xml")[0].text == AS_WRITTEN


def unprintable(document: Document) -> Document:
    """Put characters that XML cannot hold wherever the document has text."""
    sections = tuple(
        replace(section, blocks=tuple(_unprintable_block(block) for block in section.blocks))
        for section in document.sections
    )
    return replace(
        document, title=UNPRINTABLE, author=UNPRINTABLE, page_number=UNPRINTABLE + "{page}", sections=sections
    )


def _unprintable_block(block):
    match block:
        case Paragraph():
            return replace(block, runs=(Run(UNPRINTABLE),))
        case Heading():
            return replace(block, paragraph=_unprintable_block(block.paragraph))
        case Contents():
            entries = tuple(replace(entry, number=UNPRINTABLE, text=UNPRINTABLE) for entry in block.entries)
            title = _unprintable_block(block.title)
            return replace(block, title=title, entries=entries, page_prefix=UNPRINTABLE)
        case Table():
            return replace(block, title=UNPRINTABLE, rows=tuple(_unprintable_row(row) for row in block.rows))


def _unprintable_row(row):
    cells = (replace(cell, paragraphs=tuple(map(_unprintable_block, cell.paragraphs))) for cell in row.cells)
    return replace(row, cells=tuple(cells))


def test_every_part_has_a_content_type_and_every_relation_a_part(built_or_stressed):
    types = part(built_or_stressed.docx, "[Content_Types].xml")
    with zipfile.ZipFile(io.BytesIO(built_or_stressed.docx)) as package:
        names = package.namelist()
    assert names[0] == "[Content_Types].xml"
    assert len(set(names)) == len(names)
    told = {element.get("PartName").removeprefix("/") for element in types.iter(f"{TYPES}Override")}
    assert told == {name for name in names if not name.endswith(".rels")} - {"[Content_Types].xml"}
    for name in (name for name in names if name.endswith(".rels")):
        folder = posixpath.dirname(posixpath.dirname(name))
        relations = list(part(built_or_stressed.docx, name).iter(RELATION))
        assert {element.get("TargetMode") for element in relations} == {None}
        assert {posixpath.join(folder, element.get("Target")) for element in relations} <= set(names)
        assert len({element.get("Id") for element in relations}) == len(relations)


def test_every_section_has_paper_and_margins_and_a_footer_that_is_there(built_or_stressed):
    body = part(built_or_stressed.docx, "word/document.xml")[0]
    sections = list(body.iter(f"{W}sectPr"))
    assert body[-1] is sections[-1]
    assert all(section.getparent().getparent().getparent() is body for section in sections[:-1])
    relations = part(built_or_stressed.docx, "word/_rels/document.xml.rels").iter(RELATION)
    footers = {element.get("Id") for element in relations if element.get("Type").endswith("/footer")}
    for section in sections:
        assert section.find(f"{W}pgSz") is not None
        assert section.find(f"{W}pgMar") is not None
        assert {reference.get(OFFICE_ID) for reference in section.iter(f"{W}footerReference")} <= footers


def test_bookmarks_and_ids_are_unique_and_every_reference_has_its_bookmark(built_or_stressed):
    body = part(built_or_stressed.docx, "word/document.xml")
    starts = list(body.iter(f"{W}bookmarkStart"))
    for attribute in ("name", "id"):
        counts = Counter(start.get(f"{W}{attribute}") for start in starts)
        assert [value for value, count in counts.items() if count > 1] == []
    assert {s.get(f"{W}id") for s in starts} == {e.get(f"{W}id") for e in body.iter(f"{W}bookmarkEnd")}
    names = {start.get(f"{W}name") for start in starts}
    assert all(len(name) <= 40 for name in names)
    wanted = {link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink")}
    wanted |= {field.text.split()[1] for field in body.iter(f"{W}instrText") if field.text.split()[0] == "PAGEREF"}
    assert wanted
    assert wanted <= names


def test_every_caption_is_bookmarked_by_its_place_in_its_section(built_or_stressed):
    body = part(built_or_stressed.docx, "word/document.xml").find(f"{W}body")
    names = [start.get(f"{W}name") for start in body.iter(f"{W}bookmarkStart")]
    for section in built_or_stressed.document.sections:
        cells = (c for b in section.blocks if isinstance(b, Table) for row in b.rows for c in row.cells)
        captions = sum(cell.label and bool(cell.paragraphs) for cell in cells)
        marked = [name for name in names if name.startswith(f"_Hyoka_{section.key}_c")]
        assert marked == [f"_Hyoka_{section.key}_c{number}" for number in range(1, captions + 1)]
        assert all(len(name) <= LONGEST_BOOKMARK for name in marked)


def test_every_bookmark_ends_in_the_paragraph_where_it_begins(built_or_stressed):
    for start in part(built_or_stressed.docx, "word/document.xml").iter(f"{W}bookmarkStart"):
        ends = [end for end in start.itersiblings(f"{W}bookmarkEnd") if end.get(f"{W}id") == start.get(f"{W}id")]
        assert len(ends) == 1


def test_word_opens_it_without_its_compatibility_mode(built_or_stressed):
    (setting,) = part(built_or_stressed.docx, "word/settings.xml").iter(f"{W}compatSetting")
    assert setting.get(f"{W}name") == "compatibilityMode"
    assert setting.get(f"{W}val") == "15"


def test_the_properties_hold_what_the_report_says_and_nothing_else(built_or_stressed):
    properties = part(built_or_stressed.docx, "docProps/core.xml")
    told = {etree.QName(element).localname: element.text or "" for element in properties}
    document = built_or_stressed.document
    said = {"title": document.title, "creator": document.author, "description": "", "language": "ja-JP"}
    always = dict.fromkeys(("created", "modified"), "2020-01-01T00:00:00Z") | {"lastModifiedBy": "", "revision": "1"}
    assert told == said | always
