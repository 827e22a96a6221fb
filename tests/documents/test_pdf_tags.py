"""The tagged PDF says what the document says, in its order and once: headings, tables with header cells, links."""

import subprocess
from itertools import zip_longest

import pymupdf
import pytest
from tag_reading import ReadElement, read_tags

from hyoka_desktop.document.length import Length
from hyoka_desktop.document.model import (
    Align,
    Area,
    Cell,
    Contents,
    Document,
    Figure,
    Font,
    Heading,
    Label,
    Page,
    Paragraph,
    Row,
    Run,
    Section,
    Stroke,
    Style,
    Table,
    TableStyle,
)
from hyoka_desktop.services.export import shipped_fonts
from hyoka_desktop.typeset.pages import Typesetter
from hyoka_desktop.writers.pdf import write_pdf

MOST_SECONDS = 60


def stress_document():
    """Tell a document with cells over several pages, merged ones taller than a page, empty ones, and a split link."""
    zero = Length(0)
    font = Font("BIZUDMincho-Regular.ttf", "", "")
    style = Style("cell", font, Length.of_pt(10), Length.of_pt(14), Align.START, zero, zero, zero)
    look = TableStyle(Length.of_pt(2), Length.of_pt(2), Length.of_pt(0.5), 0.9, Length.of_pt(14), Length.of_pt(6))
    page = Page(*(Length.of_mm(mm) for mm in (210, 148, 15, 15, 15, 15)))

    def par(text, link=""):
        return Paragraph(
            (Run("前"), Run(text, underline=True, link=link), Run("後")) if link else (Run(text),), style, style.align
        )

    def cell(column, *texts, colspan=1, rowspan=1, label=False):
        return Cell(column, colspan, rowspan, tuple(par(text) for text in texts), label)

    long = "評価業務実績令和年度計画目標達成国民支援機構情報永" * 40
    rows = (
        Row((cell(0, "見出し", colspan=2, label=True), cell(2, "二段", rowspan=2, label=True)), header=True),
        Row((cell(0, "左"), cell(1, "", label=True)), header=True),
        Row((cell(0, long, "", "二つ目の段落", long, rowspan=3, label=True), cell(1, ""), cell(2, long))),
        Row((cell(1, "値", colspan=2),)),
        Row((cell(1, *"一二三四五六七八九十" * 3), Cell(2, 1, 1, (par("第一の評価項目への案内" * 3, "last"),)))),
    )
    table = Table("表", tuple(Length.of_mm(60) for _ in range(3)), rows, look)
    heading = Heading(par("終わりの章"), 2, "last")
    mm = Length.of_mm
    shapes = (
        Area(mm(5), mm(5), mm(8), mm(20), 0.5),
        Label(par("令和5年度"), mm(2), mm(26), mm(30)),
        Stroke(mm(0), mm(25), mm(60), mm(25), Length.of_pt(1)),
    )
    figure = Figure(mm(40), shapes, (par("達成度の推移"), par("𠮷 令和5年度 120%")))
    sections = (
        Section("first", (Heading(par("題"), 1, "first"), table, par("注"), par(""), table), numbered=True),
        Section("last", (heading, figure, par(long)), numbered=True),
    )
    return Document("題", "", page, {"cell": style}, "- {page} -", style, sections)


@pytest.fixture(scope="module")
def made(build_by_name):
    """Make document, PDF and tags by the name of a report, once."""
    known = {}

    def by_name(name):
        if name not in known:
            if name == "stress":
                document, fonts = stress_document(), shipped_fonts()
                pdf = write_pdf(Typesetter(fonts).set(document), fonts)
            else:
                built = build_by_name(name)
                document, pdf = built.document, built.pdf
            known[name] = (document, pdf, read_tags(pdf))
        return known[name]

    return by_name


@pytest.fixture(params=["stress", "sample", "model", "empty-iaa-annual", "empty-jlis-annual"])
def document(request, made):
    return made(request.param)[0]


@pytest.fixture
def name(request):
    return request.node.callspec.params["document"]


@pytest.fixture
def pdf(document, name, made):
    return made(name)[1]


@pytest.fixture
def tags(document, name, made):
    return made(name)[2]


def blocks_of(document, kind):
    return [block for section in document.sections for block in section.blocks if isinstance(block, kind)]


def elements_of(tags, *kinds):
    return [element for element in tags.root.walk() if element.kind in kinds]


def test_every_mark_is_in_the_tree_once_and_nothing_else_is(tags):
    in_tree = list(tags.root.marks())
    assert len(in_tree) == len(set(in_tree))
    assert set(in_tree) == set(tags.texts)


def test_the_way_back_from_marks_and_links_agrees_with_the_tree(tags):
    marks_of_page = {}
    for element in tags.root.walk():
        for kid in element.kids:
            if isinstance(kid, ReadElement):
                assert kid.parent == element.number
            elif isinstance(kid, tuple):
                marks_of_page.setdefault(kid[0], {})[kid[1]] = element.number
            else:
                assert tags.way_back[tags.annotation_keys[kid]].number == element.number
    for page, key in enumerate(tags.page_keys):
        back = [reference.number for reference in tags.way_back[key]]
        assert dict(enumerate(back)) == marks_of_page.get(page, {})
    assert len(set(tags.page_keys) | set(tags.annotation_keys.values())) == len(tags.way_back)


def test_nothing_is_painted_outside_of_marks_and_artifacts(tags):
    assert tags.unmarked == []


def test_what_a_mark_says_that_it_reads_is_what_is_set_in_it(tags):
    assert {mark: tags.texts[mark] for mark in tags.actual} == tags.actual


def test_the_tree_has_a_part_for_each_section_in_order(document, tags):
    assert tags.root.kind == "Document"
    assert [kid.kind for kid in tags.root.kids] == ["Sect"] * len(document.sections)


def test_the_texts_of_the_tree_are_those_of_the_document_in_its_order(document, tags):
    read = [(element.kind, tags.text_of(element)) for element in elements_of(tags, "H1", "H2", "P", "LBody")]
    assert_same(read, list(texts_of(document)))


def texts_of(document):
    """Yield kind and text of all that is written in a document, the lines of the contents left out."""
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Heading):
                yield f"H{min(block.level, 2)}", block.paragraph.text
            elif isinstance(block, Contents):
                yield "P", block.title.text
            elif not isinstance(block, Figure):
                paragraphs = [block] if isinstance(block, Paragraph) else paragraphs_of(block)
                yield from (
                    ("LBody" if paragraph.hanging and isinstance(block, Table) else "P", paragraph.text)
                    for paragraph in paragraphs
                    if paragraph.text
                )


def paragraphs_of(table):
    return [paragraph for row in table.rows for cell in row.cells for paragraph in cell.paragraphs]


def assert_same(read, wanted):
    for place, (found, expected) in enumerate(zip_longest(read, wanted)):
        assert found == expected, place


def test_the_lines_of_the_contents_are_links_with_number_text_and_page(document, tags):
    entries = [entry for block in blocks_of(document, Contents) for entry in block.entries]
    lines = elements_of(tags, "TOCI")
    assert len(lines) == len(entries)
    for line, entry in zip(lines, entries, strict=True):
        (link,) = line.kids
        assert link.kind == "Link"
        assert any(isinstance(kid, int) for kid in link.kids)
        written = tags.text_of(line)
        assert written.startswith(entry.number + entry.text)
        assert "…" not in written.removeprefix(entry.number + entry.text)


def test_tables_are_made_of_rows_of_cells_that_fill_their_grid(document, tags):
    tables = elements_of(tags, "Table")
    models = blocks_of(document, Table)
    assert len(tables) == len(models)
    for table, model in zip(tables, models, strict=True):
        assert [row.kind for row in table.kids] == ["TR"] * len(model.rows)
        taken = set()
        for index, (row, of_model) in enumerate(zip(table.kids, model.rows, strict=True)):
            for cell, source in zip(row.kids, of_model.cells, strict=True):
                spans = cell.attributes.get("ColSpan", 1), cell.attributes.get("RowSpan", 1)
                area = {(index + y, source.column + x) for x in range(spans[0]) for y in range(spans[1])}
                assert spans == (source.colspan, source.rowspan)
                assert not taken & area
                taken |= area
        assert taken == {(y, x) for y in range(len(model.rows)) for x in range(len(model.widths))}


def test_headers_of_columns_and_rows_say_which_they_head(document, tags):
    for table, model in zip(elements_of(tags, "Table"), blocks_of(document, Table), strict=True):
        for row, of_model in zip(table.kids, model.rows, strict=True):
            for cell, source in zip(row.kids, of_model.cells, strict=True):
                heads = "Column" if of_model.header else "Row" if source.label else None
                assert (cell.kind, cell.attributes.get("Scope")) == ("TH" if heads else "TD", heads)


def test_cells_hold_nothing_but_paragraphs_and_lists_and_those_hold_text_and_links(tags):
    for cell in elements_of(tags, "TH", "TD"):
        assert {kid.kind for kid in cell.kids} <= {"P", "L"}
    for items in elements_of(tags, "L"):
        assert [(item.kind, [kid.kind for kid in item.kids]) for item in items.kids] == [("LI", ["LBody"])] * len(
            items.kids
        )
    for paragraph in elements_of(tags, "P", "LBody"):
        assert tags.text_of(paragraph)
        assert {kid.kind for kid in paragraph.elements()} <= {"Link"}


def test_what_is_not_read_aloud_are_repeated_headers_page_numbers_and_leaders(document, tags):
    headers = {""} | {
        "".join(
            paragraph.text for row in table.rows if row.header for cell in row.cells for paragraph in cell.paragraphs
        )
        for table in blocks_of(document, Table)
    }
    for texts in tags.artifacts.values():
        left = [text for text in texts if text.strip("…") and not is_page_number(document, text)]
        assert "".join(left) in headers


def is_page_number(document, text):
    before, _, after = document.page_number.partition("{page}")
    return text.startswith(before) and text.endswith(after) and text[len(before) : len(text) - len(after)].isdigit()


def test_every_link_is_an_element_with_its_annotation(tags):
    links = [kid for element in elements_of(tags, "Link") for kid in element.kids if isinstance(kid, int)]
    assert sorted(links) == sorted(tags.annotation_keys)


def test_a_figure_is_told_in_words_at_its_place_and_holds_its_labels(made):
    document, _, tags = made("stress")
    (figure,) = elements_of(tags, "Figure")
    (drawn,) = blocks_of(document, Figure)
    assert figure.shows == "\n".join(paragraph.text for paragraph in drawn.description)
    assert tags.text_of(figure) == "令和5年度"
    assert [kid.kind for kid in tags.root.kids[-1].kids] == ["H2", "Figure", "P"]


def test_a_link_reads_at_its_place_in_the_paragraph(made):
    tags = made("stress")[2]
    paragraph = next(element for element in elements_of(tags, "P") if element.elements())
    assert tags.text_of(paragraph) == "前" + "第一の評価項目への案内" * 3 + "後"
    assert isinstance(paragraph.kids[0], tuple)
    assert isinstance(paragraph.kids[-1], tuple)


def test_the_file_says_that_it_is_tagged_and_in_japanese(pdf):
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        catalog = document.pdf_catalog()
        assert document.xref_get_key(catalog, "MarkInfo/Marked") == ("bool", "true")
        assert document.xref_get_key(catalog, "Lang") == ("string", "ja-JP")
        assert document.xref_get_key(catalog, "ViewerPreferences/DisplayDocTitle") == ("bool", "true")
        assert all(document.xref_get_key(page.xref, "Tabs") == ("name", "/S") for page in document)


def test_poppler_prints_the_whole_structure(document, pdf, tmp_path):
    (tmp_path / "made.pdf").write_bytes(pdf)
    command = ["pdfinfo", "-enc", "UTF-8", "-struct-text", "made.pdf"]
    told = subprocess.run(
        command, cwd=tmp_path, check=True, capture_output=True, encoding="utf-8", timeout=MOST_SECONDS
    )
    assert told.stderr == ""
    printed = "".join(line.strip().strip('"') for line in told.stdout.splitlines() if line.strip().startswith('"'))
    place = 0
    for _, text in texts_of(document):
        place = printed.find(text.strip(), place)
        assert place >= 0, text
