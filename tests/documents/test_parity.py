"""Nothing of the model is lost on paper or in Word, and each text stands in its own column."""

import json
import re
import subprocess
from collections import Counter

import pytest
from built_reports import heading_of
from docx_reading import read_docx
from paper_against_model import body_texts, free_texts, pair_tables

from hyoka_desktop.document.model import Contents, Heading, Paragraph, Table
from hyoka_desktop.exchange.interchange_writer import dump_interchange

LEADERS = re.compile("…+(?=p\\.[0-9]+)")


def texts_of_model(document):
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield block.text
            elif isinstance(block, Heading):
                yield block.paragraph.text
            elif isinstance(block, Contents):
                yield block.title.text
                yield from (entry.number + entry.text for entry in block.entries)
            elif isinstance(block, Table):
                yield from (p.text for row in block.rows for cell in row.cells for p in cell.paragraphs)


def characters(texts):
    return Counter(char for text in texts for char in text if not char.isspace())


def allowed_extra(built, tables):
    """Count what the PDF has beyond the model: repeated headers, folios, page numbers of the contents."""
    extra = Counter()
    for paired in tables:
        header = [p.text for row in paired.table.rows if row.header for cell in row.cells for p in cell.paragraphs]
        for _ in paired.parts[1:]:
            extra += characters(header)
    for page in built.layout.pages:
        if page.number is not None:
            extra += characters([built.form.page_number.replace("{page}", str(page.number))])
    numbers = built.layout.page_numbers()
    for section in built.document.sections:
        for block in section.blocks:
            if isinstance(block, Contents):
                extra += characters(f"{block.page_prefix}{numbers[entry.anchor]}" for entry in block.entries)
    return extra


def test_every_column_of_the_pdf_reads_as_the_same_column_of_the_model(built, pages_of):
    for paired in pair_tables(built.document, pages_of(built)):
        expected = body_texts(paired.table)
        assert set(paired.streams) == set(expected), paired.table.title
        for columns, paragraphs in expected.items():
            assert paired.text(columns) == "".join(paragraphs), (paired.section.key, paired.table.title, columns)


def test_every_text_outside_tables_stands_in_the_pdf_in_order(built, pages_of):
    foot = built.document.page.height.pt - built.document.page.bottom.pt
    lines = [line.text for page in pages_of(built) for line in page.free if line.baseline < foot]
    expected = "".join(free_texts(built.document, dict(built.layout.page_numbers())))
    assert LEADERS.sub("", "".join(lines)) == expected


def test_every_sheet_begins_on_a_page_of_its_own_with_its_heading_and_its_item(built, pages_of):
    pages = pages_of(built)
    first_pages = {}
    for paired in pair_tables(built.document, pages):
        first_pages.setdefault(paired.section.key, paired.parts[0].page)
    sheets = [section for section in built.document.sections if section.key.startswith("item")]
    assert sheets
    for section in sheets:
        page = pages[first_pages[section.key]]
        assert page.free[0].text == heading_of(section)
        item = built.view.text(int(section.key.removeprefix("item")), "item_title")
        assert any(box.text == item for box in page.tables[0].boxes) or not item
    assert len(set(first_pages.values())) == len(first_pages)


def test_the_pdf_has_exactly_the_characters_of_the_model_and_what_repeats(built, pages_of):
    tables = pair_tables(built.document, pages_of(built))
    wanted = characters(texts_of_model(built.document)) + allowed_extra(built, tables)
    found = Counter(char.text for page in pages_of(built) for char in page.chars if not char.text.isspace())
    leaders = sum(len(leader) for page in pages_of(built) for leader in _leaders(page))
    wanted["…"] += leaders
    assert found == +wanted


def _leaders(page):
    by_baseline = {}
    for line in page.free:
        by_baseline.setdefault(line.baseline, []).append(line.text)
    return [found for texts in by_baseline.values() for found in LEADERS.findall("".join(texts))]


def test_poppler_reads_the_same_characters_as_mupdf(built, pages_of, tmp_path):
    (tmp_path / "made.pdf").write_bytes(built.pdf)
    command = ["pdftotext", "-raw", "-enc", "UTF-8", "made.pdf", "made.txt"]
    subprocess.run(command, cwd=tmp_path, check=True)
    found = Counter(char for char in (tmp_path / "made.txt").read_text(encoding="utf-8") if not char.isspace())
    assert found == Counter(char.text for page in pages_of(built) for char in page.chars if not char.text.isspace())


def test_every_cell_of_the_model_is_the_same_cell_in_word(built):
    body = read_docx(built.docx)
    tables = [block for section in built.document.sections for block in section.blocks if isinstance(block, Table)]
    assert len(body.tables) == len(tables)
    for read, table in zip(body.tables, tables, strict=True):
        expected = {
            (row, cell.column): (cell.colspan, cell.rowspan, [p.text for p in cell.paragraphs] or [""])
            for row, cells in enumerate(table.rows)
            for cell in cells.cells
        }
        assert read.cells == expected, table.title


def test_every_text_outside_tables_stands_in_word_in_order(built):
    body = read_docx(built.docx)
    expected = list(free_texts(built.document, dict(built.layout.page_numbers())))
    assert [text for text in body.paragraphs if text] == [text for text in expected if text]


def test_headings_notes_and_tables_stand_in_the_same_order_in_word(built):
    order = read_docx(built.docx).order
    expected = []
    for section in built.document.sections:
        for block in section.blocks:
            if isinstance(block, Heading):
                expected.append(block.paragraph.text)
            elif isinstance(block, Table):
                expected.append(block.rows[0].cells[0].paragraphs[0].text)
            elif isinstance(block, Paragraph):
                expected.append(block.text)
    assert [text for text in order if text in set(expected)] == expected


ACHIEVEMENT = "sections.items.sheet.rows.indicators.achievements"
LEFT_OUT = {
    "format": "names the format",
    "form": "names the form",
    "period.label": "no form of this version prints the name of the period",
    "period.start": "printed as a Japanese date",
    "period.end": "printed as a Japanese date",
    "cover.date": "printed as a Japanese date",
    "sections.sheet_form": "chooses the sheet",
    f"{ACHIEVEMENT}.years.actual": "the forms print the values of the evaluated year",
    f"{ACHIEVEMENT}.years.target": "the forms print the values of the evaluated year",
}


def leaves(value, path=""):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from leaves(inner, f"{path}.{name}".strip(".") if not name.isdigit() else path)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    elif isinstance(value, str) and value and path not in LEFT_OUT:
        yield value


@pytest.mark.parametrize("name", ["sample", "model"])
def test_every_text_that_was_written_is_in_the_document(name, build_by_name):
    built = build_by_name(name)
    written = json.loads(dump_interchange(built.form, built.view))
    printed = "\n".join(texts_of_model(built.document))
    lost = [line for text in leaves(written) for line in text.split("\n") if line not in printed]
    assert lost == []
