"""The workbook of a report: each table a sheet, text stays text, numbers keep their look, the same bytes each time."""

import io
import zipfile
from dataclasses import replace

import pytest
from docx_reading import part
from ecma_schemas import schemas_or_skip
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet import _writer as sheet_writer
from xlsx_making import FORMULAS, NUMBERS, ODD_TEXTS, cell_of, document_of, table_of
from xlsx_reading import S, cells_of, read_xlsx, shown

from hyoka_desktop.document.model import Align, Cell, Heading, Paragraph, Row, Run, Table
from hyoka_desktop.errors import InputError
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.writers.xlsx import write_xlsx
from hyoka_desktop.writers.xlsx_names import SheetNames
from hyoka_desktop.writers.xlsx_rows import plan_rows

HIGHEST_ROW = 409
XML_SPACE = "attribute '{http://www.w3.org/XML/1998/namespace}space'"
REFUSED_IN_NAMES = set("[]:*?/\\'’＇＊／：？［＼］￥")


@pytest.fixture(scope="session")
def sheet_of(sample):
    """Write a table of texts and read its sheet."""

    def sheet(*rows, **options):
        table = table_of(sample.document, rows, **options)
        return read_xlsx(write_xlsx(document_of(sample.document, table)))[0]

    return sheet


@pytest.fixture(scope="session")
def document_with_titles(sample):
    """Make a document of tables with these titles."""

    def document(titles):
        return document_of(sample.document, *(table_of(sample.document, [["a", "b"]], title) for title in titles))

    return document


def tables_of(document):
    return [block for section in document.sections for block in section.blocks if isinstance(block, Table)]


def text_of(cell):
    return "\n".join(paragraph.text for paragraph in cell.paragraphs)


def test_every_table_is_a_sheet_with_all_its_cells_merged_as_in_the_grid(built_or_stressed):
    tables = tables_of(built_or_stressed.document)
    sheets = read_xlsx(write_xlsx(built_or_stressed.document))
    for sheet, table in zip(sheets, tables, strict=True):
        starts = plan_rows(table).starts
        wanted = {
            (starts[index], cell.column + 1): (
                starts[index + cell.rowspan] - starts[index],
                cell.colspan,
                text_of(cell),
            )
            for index, row in enumerate(table.rows)
            for cell in row.cells
        }
        found = {(cell.row, cell.column): (cell.rows, cell.columns, cell.shown) for cell in cells_of(sheet)}
        assert found == wanted


def test_every_part_is_valid_against_the_schemas_of_ecma_376(built_or_stressed):
    """The schema forgets `xml:space` on `t`, which Excel itself writes and needs for blanks at either end."""
    faults = schemas_or_skip().faults(write_xlsx(built_or_stressed.document))
    assert [(name, line) for name, lines in faults.items() for line in lines if XML_SPACE not in line] == []


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_stays_text_also_when_it_is_edited(sheet_of, text):
    cell = sheet_of([text, "b"])["A1"]
    assert (cell.data_type, shown(cell)) == ("s", text)
    assert cell.quotePrefix


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_a_text_that_is_no_plain_number_comes_back_as_it_was_written(sheet_of, text):
    cell = sheet_of([text, "b"])["A1"]
    assert shown(cell) == text
    assert cell.data_type == ("s" if text else "n")


@pytest.mark.parametrize("text", NUMBERS)
def test_a_plain_number_becomes_a_number_that_looks_as_it_was_written(sheet_of, text):
    cell = sheet_of([text, "b"])["A1"]
    assert (cell.data_type, cell.value) == ("n", NUMBERS[text])
    assert shown(cell) == text


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=30))
def test_any_text_comes_back(sheet_of, text):
    assert shown(sheet_of([text, "b"])["A1"]) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12))
def test_any_number_keeps_its_look(sheet_of, number):
    for text in (f"{number:f}", f"{number:,f}"):
        assert shown(sheet_of([text, "b"])["A1"]) == text


def test_what_xml_cannot_hold_is_written_as_a_mark(sample):
    document = replace(sample.document, title="題\x01", author="者\ud800", page_number="\x02{page}\ufffe")
    table = table_of(document, [["あ\x00\x0b\x1f\ufffe\ud800い", "b"]], title="表\x00")
    (sheet,) = read_xlsx(write_xlsx(document_of(document, table)))
    assert sheet["A1"].value == "あ" + "\ufffd" * 5 + "い"
    assert sheet.title == "表\ufffd"
    assert (sheet.parent.properties.title, sheet.parent.properties.creator) == ("題\ufffd", "者\ufffd")
    assert sheet.oddFooter.center.text == "\ufffd&P\ufffd"


@pytest.mark.parametrize("longest", ["あ" * 32_767, "𠮟" * 16_383 + "あ", "a\n" * 16_383 + "b"])
def test_a_text_that_no_cell_can_hold_is_refused_with_its_place_rather_than_cut(sheet_of, longest):
    assert shown(sheet_of(["a", longest], title="長い表")["B1"]) == longest
    with pytest.raises(InputError) as refused:
        sheet_of(["a", "b"], ["a", longest + "あ"], title="長い表")
    assert refused.value.parameters == {"sheet": "長い表", "cell": "B2"}
    assert "シート「長い表」のセル B2" in message_of(refused.value).line


def test_underlines_are_kept_also_where_only_a_part_is_underlined(sample):
    style = sample.document.styles["cell"]
    whole = Cell(0, 1, 1, (Paragraph((Run("A", underline=True),), style, Align.CENTER),))
    runs = (Run("1", underline=True), Run("2_x0041_"))
    mixed = Cell(
        1,
        1,
        1,
        (
            Paragraph(runs, style, Align.CENTER),
            Paragraph((), style, Align.CENTER),
            Paragraph((Run("=重"),), style, Align.CENTER),
        ),
    )
    table = replace(table_of(sample.document, []), rows=(Row((whole, mixed)),))
    written = write_xlsx(document_of(sample.document, table))
    (sheet,) = read_xlsx(written)
    assert (sheet["A1"].value, sheet["A1"].font.u) == ("A", "single")
    assert (sheet["B1"].value, sheet["B1"].font.u) == ("12_x0041_\n\n=重", None)
    pieces = part(written, "xl/worksheets/sheet1.xml").iter(f"{S}r")
    assert [piece.find(f"{S}rPr/{S}u") is not None for piece in pieces] == [True, False, False]


def test_header_rows_are_bold_stay_in_sight_and_repeat_on_every_page(built):
    for sheet, table in zip(read_xlsx(write_xlsx(built.document)), tables_of(built.document), strict=True):
        last = plan_rows(table).starts[table.header_rows] - 1
        for cell in cells_of(sheet):
            assert bool(sheet.cell(cell.row, cell.column).font.b) == (cell.row <= last)
        if last < sheet.max_row:
            assert sheet.freeze_panes == f"A{last + 1}"
            assert sheet.print_title_rows == f"$1:${last}"


def test_a_table_of_headers_alone_is_not_frozen(sheet_of):
    sheet = sheet_of(["a", "b"], headers=1)
    assert sheet.freeze_panes is None
    assert not sheet.print_title_rows


def test_captions_are_tinted_and_every_cell_has_rules_and_wraps(built):
    for sheet, table in zip(read_xlsx(write_xlsx(built.document)), tables_of(built.document), strict=True):
        starts = plan_rows(table).starts
        tint = f"00{round(table.style.tint * 255):02X}"
        for index, row in enumerate(table.rows):
            for cell in row.cells:
                fill = sheet.cell(starts[index], cell.column + 1).fill
                assert (fill.fill_type == "solid") == cell.label
                assert not cell.label or fill.fgColor.rgb == tint + tint[2:] * 2
        for cell in cells_of(sheet):
            assert sheet.cell(cell.row, cell.column).alignment.wrap_text


def test_every_place_of_the_grid_has_rules_on_all_sides_also_inside_merged_cells(sample):
    style = sample.document.styles["cell"]
    rows = (Row((cell_of(style, 0, "a", rowspan=2), cell_of(style, 1, "b"))), Row((cell_of(style, 1, "c"),)))
    written = write_xlsx(document_of(sample.document, replace(table_of(sample.document, []), rows=rows)))
    styles = part(written, "xl/styles.xml")
    borders = [[side.get("style") for side in border][:4] for border in styles.find(f"{S}borders")]
    looks = [int(look.get("borderId")) for look in styles.find(f"{S}cellXfs")]
    places = part(written, "xl/worksheets/sheet1.xml").findall(f"{S}sheetData/{S}row/{S}c")
    assert [place.get("r") for place in places] == ["A1", "B1", "A2", "B2"]
    assert all(borders[looks[int(place.get("s"))]] == ["thin"] * 4 for place in places)


def test_columns_have_the_widths_of_the_form_and_fit_on_the_paper(built):
    """Excel counts widths in digits of the usual font, of 7 pixels at 96 to the inch."""
    page = built.document.page
    for sheet, table in zip(read_xlsx(write_xlsx(built.document)), tables_of(built.document), strict=True):
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: len(table.widths)]
        widths = [sheet.column_dimensions[letter].width * 7 / 96 * 25.4 for letter in letters]
        assert widths == pytest.approx([width.mm for width in table.widths], abs=0.01)
        assert (str(sheet.page_setup.paperSize), sheet.page_setup.orientation) == ("9", "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.page_margins.left * 25.4 == pytest.approx(page.left.mm)
        assert sheet.page_margins.top * 25.4 == pytest.approx(page.top.mm)


def test_a_page_names_the_heading_that_its_table_stands_under_and_its_number(sample):
    heading = Paragraph((Run("A&B の調書"),), sample.document.styles["cell"], Align.START)
    document = replace(sample.document, page_number="- {page} & -")
    blocks = (Heading(heading, 2, "x"), table_of(document, [["a", "b"]]))
    (sheet,) = read_xlsx(write_xlsx(document_of(document, *blocks)))
    assert sheet.oddHeader.left.text == "A&&B の調書"
    assert sheet.oddFooter.center.text == "- &P && -"


def test_no_row_is_higher_than_a_sheet_shows_and_a_long_text_has_room(sample):
    document = sample.document
    (sheet,) = read_xlsx(
        write_xlsx(document_of(document, table_of(document, [["短い", "b"], ["長い文章。" * 400, "b"], ["後", "b"]])))
    )
    heights = [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)]
    assert max(heights) < HIGHEST_ROW
    cells = {cell.shown[:2]: cell for cell in cells_of(sheet) if cell.column == 1}
    assert (cells["短い"].rows, cells["後"].rows) == (1, 1)
    area = cells["長い"]
    lines = 2000 / ((60 / 25.4 * 72) / 10)
    assert sum(heights[area.row - 1 : area.row - 1 + area.rows]) > lines * 12
    assert area.row + area.rows == cells["後"].row


def test_a_long_text_in_a_merged_cell_makes_its_last_row_high_enough(sample):
    style = sample.document.styles["cell"]
    rows = (Row((cell_of(style, 0, "あ" * 200, rowspan=2), cell_of(style, 1, "b"))), Row((cell_of(style, 1, "c"),)))
    plan = plan_rows(replace(table_of(sample.document, []), rows=rows))
    assert plan.starts == (1, 2, 3)
    assert plan.heights[0] < 20
    assert sum(plan.heights) > 200 / 17 * 12


def test_sheets_are_named_by_their_tables_and_the_same_title_is_numbered(sample):
    titles = ("表", "表", "A/B:[C]*?\\", "", "History", "履歴", "ABC", "abc", "'x'", "長" * 40, "長" * 40)
    blocks = [table_of(sample.document, [["a", "b"]], title=title) for title in titles]
    assert [sheet.title for sheet in read_xlsx(write_xlsx(document_of(sample.document, *blocks)))] == [
        *("表", "表 (2)", "A・B・（C）・・・", "Sheet", "History (2)", "履歴 (2)", "ABC", "abc (2)", "´x´"),
        *("長" * 31, "長" * 27 + " (2)"),
    ]


def test_a_number_of_which_a_part_is_underlined_stays_text(sample):
    style = sample.document.styles["cell"]
    cell = Cell(0, 2, 1, (Paragraph((Run("1", underline=True), Run("2")), style, Align.CENTER),))
    table = replace(table_of(sample.document, []), rows=(Row((cell,)),))
    (sheet,) = read_xlsx(write_xlsx(document_of(sample.document, table)))
    assert (sheet["A1"].value, sheet["A1"].data_type) == ("12", "s")


@given(st.lists(st.text(max_size=40) | st.sampled_from(["sheet", "Sheet1", "sheet2", "ß", "SS", "İ"]), max_size=6))
def test_any_titles_give_names_that_excel_takes(document_with_titles, titles):
    named = [sheet.title for sheet in read_xlsx(write_xlsx(document_with_titles(["最初", *titles])))]
    names = SheetNames()
    assert named == [names.name_for(title) for title in ["最初", *titles]]
    assert len({name.casefold() for name in named}) == len(named)
    for name in named:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & REFUSED_IN_NAMES
        assert name == name.strip()


def test_a_document_without_tables_gives_a_workbook_that_opens(sample):
    (sheet,) = read_xlsx(write_xlsx(document_of(sample.document)))
    assert sheet["A1"].value is None


def test_the_properties_name_the_report_and_no_person_or_time_of_this_machine(sample):
    written = write_xlsx(sample.document)
    properties = read_xlsx(written)[0].parent.properties
    assert (properties.title, properties.creator) == (sample.document.title, sample.document.author)
    assert (properties.lastModifiedBy, properties.language) == (None, "ja-JP")
    assert str(properties.created) == str(properties.modified) == "2020-01-01 00:00:00"
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        assert {info.date_time for info in package.infolist()} == {(2020, 1, 1, 0, 0, 0)}


def test_the_same_document_gives_the_same_bytes_whatever_was_written_before(built, sample):
    first = write_xlsx(built.document)
    write_xlsx(document_of(sample.document, table_of(sample.document, [["=1", "2"]])))
    assert write_xlsx(built.document) == first


def test_no_text_of_the_report_is_put_into_a_temporary_file(sample, monkeypatch):
    def refuse(*_):
        raise AssertionError("a temporary file was made")

    monkeypatch.setattr(sheet_writer, "create_temporary_file", refuse)
    assert write_xlsx(sample.document)
