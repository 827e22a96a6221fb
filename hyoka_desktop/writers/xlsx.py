"""Write the tables of a document as .xlsx: a sheet for each, with merged cells, header rows and paper as on the page.

Importing openpyxl takes some 50 ms, so whoever calls this imports the module only when a workbook is wanted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.worksheet import Worksheet

from hyoka_desktop.document.length import Length
from hyoka_desktop.document.model import Align, Cell, Document, Heading, Page, Row, Run, Style, Table
from hyoka_desktop.errors import InputError
from hyoka_desktop.writers.package import FIXED_TIME, legal, property_of
from hyoka_desktop.writers.xlsx_cells import Written, as_text, escaped_text, is_too_long, written
from hyoka_desktop.writers.xlsx_names import SheetNames
from hyoka_desktop.writers.xlsx_package import packed
from hyoka_desktop.writers.xlsx_rows import RowPlan, plan_rows

_UNDERLINES: Final = {True: "single", False: None}
_HORIZONTAL: Final = {
    Align.START: "left",
    Align.CENTER: "center",
    Align.END: "right",
    Align.JUSTIFY: "left",
    Align.DISTRIBUTE: "distributed",
}
_PAPERS: Final = {(210, 297): 9, (297, 420): 8}
"""ECMA-376 Part 1, 18.3.1.63 `paperSize`, by the short and the long side in mm."""
_PIXELS_PER_CHARACTER = 7
"""Of the font that openpyxl gives an empty workbook, in which widths of columns are counted, at 96 dpi."""
_WIDEST_COLUMN = 255
_LONGEST_HEADER = 100
"""Characters; Excel takes 255 with its codes, and a code may double a character."""
_CHARSET_SHIFT_JIS = 128
_THIN: Final = Border(*(Side(style="thin") for _ in ("left", "right", "top", "bottom")))


def write_xlsx(document: Document) -> bytes:
    """Write all tables of a document; InputError names sheet and cell of a text that no cell can hold.

    The same document gives the same bytes. A document without tables gives an empty sheet.
    """
    workbook = Workbook()
    workbook.properties = DocumentProperties(
        title=property_of(document.title),
        creator=property_of(document.author),
        language="ja-JP",
        created=FIXED_TIME,
        modified=FIXED_TIME,
    )
    names = SheetNames()
    tables = list(_tables(document))
    if tables:
        workbook.remove(workbook.active)
    for heading, table in tables:
        sheet = workbook.create_sheet(names.name_for(table.title))
        _TableWriting(sheet, table, document.styles["cell"]).write()
        _set_page(sheet, document, heading)
    return packed(workbook)


def _tables(document: Document) -> Iterator[tuple[str, Table]]:
    """Yield each table with the heading that it stands under."""
    for section in document.sections:
        heading = ""
        for block in section.blocks:
            if isinstance(block, Heading):
                heading = block.paragraph.text
            elif isinstance(block, Table):
                yield heading, block


class _TableWriting:
    """One table being written on its sheet."""

    def __init__(self, sheet: Worksheet, table: Table, plain: Style) -> None:
        self._sheet = sheet
        self._table = table
        self._plain = plain
        self._plan = plan_rows(table)

    def write(self) -> None:
        """Write cells, sizes and header rows."""
        for number, width in enumerate(self._table.widths, 1):
            self._sheet.column_dimensions[get_column_letter(number)].width = _width(width)
        for number, height in enumerate(self._plan.heights, 1):
            self._sheet.row_dimensions[number].height = height
        areas = [self._write_cell(index, row, cell) for index, row in enumerate(self._table.rows) for cell in row.cells]
        # Merging by the sheet itself takes time that grows with the square of the cells.
        self._sheet.merged_cells = MultiCellRange([area for area in areas if area.size != {"rows": 1, "columns": 1}])
        self._repeat_header()

    def _write_cell(self, index: int, row: Row, cell: Cell) -> CellRange:
        area = _area(self._plan, index, cell)
        look = _look(self._table, row, cell, self._plain)
        places = [self._sheet.cell(*place) for place in area.cells]
        content = self._content(places[0], cell, look)
        for place in places:
            _dress(place, look, content)
        return area

    def _content(self, place: SheetCell, cell: Cell, look: "_Look") -> Written:
        """Put the text into its place, as a string that no spreadsheet takes for a formula or an error."""
        text = "\n".join(paragraph.text for paragraph in cell.paragraphs)
        partly_underlined = len(_underlines(cell)) > 1
        content = as_text(text) if partly_underlined else written(text)
        if isinstance(content.value, str) and is_too_long(content.value):
            raise InputError("xlsx_cell_too_long", sheet=self._sheet.title, cell=place.coordinate)
        if text:
            place.value = _rich_text(cell, look) if partly_underlined else content.value
            place.data_type = "s" if isinstance(content.value, str) else "n"
        return content

    def _repeat_header(self) -> None:
        """Have the header rows stay in sight and repeat on each page."""
        last = self._plan.starts[self._table.header_rows] - 1
        if 0 < last < self._plan.starts[-1] - 1:
            self._sheet.freeze_panes = f"A{last + 1}"
            self._sheet.print_title_rows = f"1:{last}"


@dataclass(frozen=True, slots=True)
class _Look:
    """Say how a cell looks, whatever it holds."""

    font: str
    size: float
    bold: bool
    underline: bool
    tint: str
    align: Align
    centred: bool


def _look(table: Table, row: Row, cell: Cell, plain: Style) -> _Look:
    style = cell.paragraphs[0].style if cell.paragraphs else plain
    return _Look(
        font=style.font.word,
        size=style.size.pt,
        bold=row.header,
        underline=_underlines(cell) == {True},
        tint=f"{round(table.style.tint * 255):02X}" * 3 if cell.label else "",
        align=cell.paragraphs[0].align if cell.paragraphs else plain.align,
        centred=cell.centred,
    )


def _underlines(cell: Cell) -> set[bool]:
    return {run.underline for paragraph in cell.paragraphs for run in paragraph.runs if run.text}


def _rich_text(cell: Cell, look: _Look) -> CellRichText:
    """Write a text of which only a part is underlined."""
    blocks: list[TextBlock] = []
    before = ""
    for number, paragraph in enumerate(cell.paragraphs):
        before += "\n" if number else ""
        for run in paragraph.runs:
            blocks.append(TextBlock(_inline_font(look, run), before + escaped_text(run.text)))
            before = ""
    return CellRichText(*blocks, before) if before else CellRichText(*blocks)


def _inline_font(look: _Look, run: Run) -> InlineFont:
    underline = _UNDERLINES[run.underline]
    return InlineFont(rFont=look.font, charset=_CHARSET_SHIFT_JIS, sz=look.size, b=look.bold, u=underline)


def _dress(place: SheetCell, look: _Look, content: Written) -> None:
    place.font, place.alignment, place.border = _font(look), _alignment(look), _THIN
    place.number_format = content.number_format
    place.quotePrefix = content.quoted
    if look.tint:
        place.fill = PatternFill("solid", fgColor=look.tint)


@cache
def _font(look: _Look) -> Font:
    underline = _UNDERLINES[look.underline]
    return Font(name=look.font, charset=_CHARSET_SHIFT_JIS, sz=look.size, b=look.bold, u=underline)


@cache
def _alignment(look: _Look) -> Alignment:
    vertical = "center" if look.centred else "top"
    return Alignment(horizontal=_HORIZONTAL[look.align], vertical=vertical, wrap_text=True)


def _area(plan: RowPlan, index: int, cell: Cell) -> CellRange:
    return CellRange(
        min_col=cell.column + 1,
        min_row=plan.starts[index],
        max_col=cell.end,
        max_row=plan.starts[index + cell.rowspan] - 1,
    )


def _width(width: Length) -> float:
    return min(width.pt / 72 * 96 / _PIXELS_PER_CHARACTER, _WIDEST_COLUMN)


def _set_page(sheet: Worksheet, document: Document, heading: str) -> None:
    """Set paper, margins, heading and folio; the columns fit on one page."""
    page = document.page
    sheet.page_setup.orientation = "landscape" if page.width > page.height else "portrait"
    sheet.page_setup.paperSize = _paper(page)
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    margins = sheet.page_margins
    margins.top, margins.bottom, margins.left, margins.right = (
        side.pt / 72 for side in (page.top, page.bottom, page.left, page.right)
    )
    margins.header, margins.footer = margins.top / 2, margins.bottom / 2
    before, _, after = document.page_number.partition("{page}")
    sheet.oddHeader.left.text = _coded(heading) or None
    sheet.oddFooter.center.text = f"{_coded(before)}&P{_coded(after)}"


def _paper(page: Page) -> int | None:
    short, long = sorted((round(page.width.mm), round(page.height.mm)))
    return _PAPERS.get((short, long))


def _coded(text: str) -> str:
    """Write a text for header or footer, where `&` begins a code."""
    return legal(text).replace("\n", " ")[:_LONGEST_HEADER].replace("&", "&&")
