"""What the PDF says about its pages: contents, outline, links, labels, fonts, and that it is a clean file."""

import re
import subprocess
from collections import defaultdict

import pymupdf
import pytest
from built_reports import build, heading_of, shipped_form
from paper_against_model import pair_tables

from hyoka_desktop.document.model import Contents, Run, Table
from hyoka_desktop.services.export import ExportRequest, export, prepare

ENTRY = re.compile(r"(?P<text>.+?)…*p\.(?P<page>[0-9]+)$")


@pytest.fixture
def reader(built):
    with pymupdf.open(stream=built.pdf, filetype="pdf") as document:
        yield document


def entries_of(document):
    return [
        entry
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Contents)
        for entry in block.entries
    ]


def section_of(document, anchor):
    return next(section for section in document.sections if section.key == anchor)


def printed_number(page):
    return int(re.search("[0-9]+", page.free[-1].text)[0])


def contents_lines(built, pages):
    """Read the lines of the contents from the pages that bear no number, the cover left out."""
    title = next(block.title.text for s in built.document.sections for block in s.blocks if isinstance(block, Contents))
    first = next(page.number for page in pages if page.free and page.free[0].text == title)
    lines = []
    for page in pages[first:]:
        if page.tables:
            return lines
        by_baseline = defaultdict(list)
        for line in page.free:
            by_baseline[line.baseline].append(line.text)
        lines += ["".join(texts) for texts in by_baseline.values()]
    return lines


def test_each_number_in_the_contents_is_printed_on_the_page_where_the_heading_stands(built, pages_of):
    pages = pages_of(built)
    lines = [found for line in contents_lines(built, pages) if (found := ENTRY.match(line))]
    entries = entries_of(built.document)
    assert len(lines) == len(entries) > 3
    for line, entry in zip(lines, entries, strict=True):
        assert line["text"].endswith(entry.text[-8:])
        page = next(page for page in pages if page.tables and printed_number(page) == int(line["page"]))
        assert page.free[0].text == heading_of(section_of(built.document, entry.anchor))


def test_the_numbers_count_from_one_after_cover_and_contents_without_a_gap(built, pages_of):
    numbered = [page for page in pages_of(built) if page.tables]
    assert [printed_number(page) for page in numbered] == list(range(1, len(numbered) + 1))
    assert all(page.number >= 2 for page in numbered)


def test_the_header_stands_on_every_page_of_its_table(built, pages_of):
    long_tables = 0
    for paired in pair_tables(built.document, pages_of(built)):
        pages = [part.page for part in paired.parts]
        assert pages == list(range(pages[0], pages[-1] + 1))
        long_tables += len(pages) > 1
    tables = [b for s in built.document.sections for b in s.blocks if isinstance(b, Table)]
    assert len(tables) == len(pair_tables(built.document, pages_of(built)))
    assert long_tables > 10 or built.name.startswith("empty")


def test_links_of_the_contents_lead_to_the_page_of_their_heading(built, reader, pages_of):
    entries = entries_of(built.document)
    links = [link for page in reader for link in page.get_links() if not pages_of(built)[page.number].tables]
    assert len(links) == len(entries)
    for link, entry in zip(links, entries, strict=True):
        target = pages_of(built)[link["page"]]
        assert target.free[0].text == heading_of(section_of(built.document, entry.anchor))


def test_every_number_in_the_summary_table_links_to_its_own_sheet(built, reader, pages_of):
    linked = {}
    for page in reader:
        if pages_of(built)[page.number].tables:
            for link in page.get_links():
                linked[page.get_textbox(link["from"]).strip()] = link["page"]
    numbers = {built.view.text(item.id, "item_number") for item in built.view.items}
    assert set(linked) == numbers
    for number, target in linked.items():
        first = pages_of(built)[target].tables[0]
        assert number in {box.text for box in first.boxes}


def test_the_outline_has_every_line_of_the_contents_at_its_level_and_page(built, reader, pages_of):
    entries = entries_of(built.document)
    outline = reader.get_toc()
    assert [(level, text) for level, text, _ in outline] == [
        (entry.level, f"{entry.number} {entry.text}".strip()) for entry in entries
    ]
    for (_, _, page), entry in zip(outline, entries, strict=True):
        assert pages_of(built)[page - 1].free[0].text == heading_of(section_of(built.document, entry.anchor))


def test_the_page_labels_are_the_printed_numbers(built, reader, pages_of):
    for page, read in zip(reader, pages_of(built), strict=True):
        if read.tables:
            assert page.get_label() == str(printed_number(read))
        else:
            assert re.fullmatch("[ivxl]+", page.get_label())


def test_only_embedded_subsets_are_in_the_file(built, tmp_path):
    (tmp_path / "made.pdf").write_bytes(built.pdf)
    told = subprocess.run(["pdffonts", "made.pdf"], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    fonts = [line.split() for line in told.splitlines()[2:]]
    assert len(fonts) == 2
    for name, *_, embedded, subset, unicode_map, _, _ in fonts:
        assert re.match("[A-Z]{6}\\+BIZUD", name)
        assert (embedded, subset, unicode_map) == ("yes", "yes", "yes")


def test_qpdf_finds_nothing_wrong(built, tmp_path):
    (tmp_path / "made.pdf").write_bytes(built.pdf)
    done = subprocess.run(["qpdf", "--check", "made.pdf"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr


def test_the_file_names_title_author_and_language_and_nothing_of_this_machine(built, reader):
    assert reader.metadata["title"] == built.document.title
    assert reader.metadata["author"] == built.document.author
    assert "ja" in reader.xref_get_key(reader.pdf_catalog(), "Lang")[1]
    assert "reportlab" not in str(reader.metadata).lower()


def test_the_same_report_gives_the_same_bytes_twice(built):
    again = build(built.name, shipped_form(built.form.id), built.view)
    assert again.pdf == built.pdf
    assert again.docx == built.docx


def test_the_export_service_writes_what_the_writers_made(sample, tmp_path):
    request = ExportRequest(docx=tmp_path / "a.docx", pdf=tmp_path / "a.pdf")
    result = export(prepare(sample.form, sample.view, request), request)
    assert (tmp_path / "a.pdf").read_bytes() == sample.pdf
    assert (tmp_path / "a.docx").read_bytes() == sample.docx
    assert result.pages == len(sample.layout.pages)
    assert {path.name for path in result.files} == {"a.pdf", "a.docx"}


def test_no_underline_is_drawn_where_the_model_has_none_and_each_that_it_has(built, pages_of):
    drawn = sum(len(page.underlines) for page in pages_of(built))
    runs = [run for run in runs_of(built.document) if run.underline]
    assert drawn == len(runs)


def runs_of(document) -> list[Run]:
    return [
        run
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
        for paragraph in cell.paragraphs
        for run in paragraph.runs
    ]
