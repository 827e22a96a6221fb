"""LibreOffice lays the .docx out: all text is there, headers repeat, and most sheets take as many pages as in our PDF.

All reports are converted by one run of the office program.
"""

import sys
from collections import Counter
from itertools import groupby, pairwise

import pytest
from built_reports import MODEL, heading_of
from docx_reading import read_docx
from office import convert
from paper_against_model import text_of
from pdf_reading import read_pdf

from hyoka_desktop.document.model import Table

NAMES = ("sample", "model", "empty-iaa-annual", "empty-jlis-annual")
SHARE_OF_SHEETS = 0.8


@pytest.fixture(scope="session")
def converted(build_by_name, tmp_path_factory):
    """Convert every report that is here, once; tell the pages by name."""
    folder = tmp_path_factory.mktemp("office")
    names = [name for name in NAMES if name != "model" or MODEL.is_file()]
    for name in names:
        (folder / f"{name}.docx").write_bytes(build_by_name(name).docx)
    convert(folder, [f"{name}.docx" for name in names])
    return {name: read_pdf((folder / f"{name}.pdf").read_bytes()) for name in names}


def lines_from_the_top(page):
    """Tell the texts of a page line by line, blanks left out; characters of one height are one line."""
    chars = sorted(page.chars, key=lambda char: (round(char.baseline), char.x0))
    texts = ["".join(char.text for char in line) for _, line in groupby(chars, lambda char: round(char.baseline))]
    return [bare(text) for text in texts if bare(text)]


def bare(text):
    return "".join(text.split())


def sheets_of(built):
    return [section for section in built.document.sections if section.key.startswith("item")]


def pages_by_sheet(built, pages):
    """Tell the pages of each sheet: from the one that begins with its heading to the next."""
    headings = {bare(heading_of(section)) for section in built.document.sections if heading_of(section)}
    sheets = {bare(heading_of(section)) for section in sheets_of(built)}
    groups = []
    for page in pages:
        first = lines_from_the_top(page)[0]
        if first in headings:
            groups.append((first, []))
        if groups:
            groups[-1][1].append(page)
    return [pages for heading, pages in groups if heading in sheets]


def test_all_text_of_the_file_is_on_its_pages(built, converted):
    body = read_docx(built.docx)
    texts = [*body.paragraphs, *(t for table in body.tables for _, _, cell in table.cells.values() for t in cell)]
    wanted = Counter(bare("".join(texts)))
    found = Counter(char.text for page in converted[built.name] for char in page.chars)
    assert wanted - found == Counter()


def test_every_sheet_begins_on_a_page_of_its_own(built, converted):
    assert len(pages_by_sheet(built, converted[built.name])) == len(sheets_of(built))


def test_every_page_of_a_sheet_begins_with_its_heading_or_a_header_row_or_a_note(built, converted):
    astray = []
    for section, pages in zip(sheets_of(built), pages_by_sheet(built, converted[built.name]), strict=True):
        allowed = {bare(text_of(cell.paragraphs)) for t in tables_of(section) for cell in t.rows[0].cells}
        allowed |= {bare(b.text)[:12] for b in section.blocks if hasattr(b, "runs")} | {bare(heading_of(section))}
        for page in pages:
            first = lines_from_the_top(page)[0]
            if first not in allowed and first[:12] not in allowed:
                astray.append((section.key, page.number + 1, first))
    assert astray == []


def tables_of(section):
    return [block for block in section.blocks if isinstance(block, Table)]


def test_most_sheets_take_as_many_pages_as_in_the_pdf(built, pages_of, converted, record_property, capsys):
    ours = [len(pages) for pages in pages_by_sheet(built, pages_of(built))]
    theirs = [len(pages) for pages in pages_by_sheet(built, converted[built.name])]
    same = sum(mine == other for mine, other in zip(ours, theirs, strict=True))
    record_property("sheets_with_the_same_pages", f"{same} of {len(ours)}")
    with capsys.disabled():
        total = f"{len(converted[built.name])} pages against {len(pages_of(built))}"
        sys.stdout.write(f"\n  LibreOffice, {built.name}: {same} of {len(ours)} sheets take as many pages; {total}\n")
    assert same / len(ours) >= SHARE_OF_SHEETS


def test_the_notes_under_a_table_stand_as_far_apart_as_in_the_pdf(sample, pages_of, converted):
    assert _distances(converted["sample"]) == pytest.approx(_distances(pages_of(sample)), abs=0.5)


def test_the_rows_of_the_summary_table_are_as_high_as_in_the_pdf(sample, pages_of, converted):
    ours, theirs = (_height_of_summary(pages) for pages in (pages_of(sample), converted["sample"]))
    assert theirs == pytest.approx(ours, abs=3)


def _distances(pages):
    page = next(page for page in pages if any(bare(line.text).startswith("注３）") for line in page.free))
    notes = [line.baseline for line in page.free if bare(line.text).startswith("注")]
    return [below - above for above, below in pairwise(notes)]


def _height_of_summary(pages):
    """Tell the distance from the heading of the first group to the last item of the 総括表."""
    page = next(page for page in pages if "項目別評定総括表" in lines_from_the_top(page)[0])
    lines = {"".join(c.text for c in line): y for y, line in groupby(_sorted(page), lambda char: round(char.baseline))}
    first = next(y for text, y in lines.items() if text.startswith("Ⅰ"))
    return max(y for text, y in lines.items() if "Ⅲ-3" in text) - first


def _sorted(page):
    return sorted(page.chars, key=lambda char: (round(char.baseline), char.x0))
