"""Write a sheet to be filled in with Excel and read back: hidden keys, protected captions, cells that stay text.

The first row and column hold the keys and are hidden; the captions stand below. A second sheet, which Excel does not
offer to show, keeps every text as it went out, so that on return only what was changed in the meantime counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from hyoka_desktop.errors import InputError
from hyoka_desktop.writers.package import FIXED_TIME
from hyoka_desktop.writers.xlsx_cells import escaped_text, is_too_long
from hyoka_desktop.writers.xlsx_names import SheetNames
from hyoka_desktop.writers.xlsx_package import packed

FIRST_ROW: Final = 3
"""Keys stand in row 1, captions in row 2."""
FIRST_COLUMN: Final = 2

_FONT: Final = "BIZ UDGothic"
_THIN: Final = Border(*(Side(style="thin", color="BFBFBF") for _ in ("left", "right", "top", "bottom")))
_GREY: Final = PatternFill("solid", fgColor="EDEDED")
_TEXT_FORMAT: Final = "@"


@dataclass(frozen=True, slots=True)
class FillingColumn:
    """Describe a column; without a key it is only read. `choices` are the words that its cells may hold."""

    caption: str
    width: float
    key: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FillingRow:
    """Hold the key of a row and its texts, one for each column."""

    key: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FillingSheet:
    """Hold all of a sheet: `mark` tells what it is and of which report, `kept` names the sheet of texts as sent."""

    title: str
    kept: str
    mark: str
    columns: Sequence[FillingColumn]
    rows: Sequence[FillingRow]


def write_filling_sheet(content: FillingSheet) -> bytes:
    """Write the workbook; the same content gives the same bytes."""
    workbook = Workbook()
    workbook.properties.created = workbook.properties.modified = FIXED_TIME
    workbook.properties.creator = ""
    sheet = workbook.active
    sheet.title = SheetNames().name_for(content.title)
    kept = workbook.create_sheet(content.kept)
    kept.sheet_state = "veryHidden"
    for target in (sheet, kept):
        _write_texts(target, content)
    _dress(sheet, content)
    return packed(workbook)


def _write_texts(sheet: Worksheet, content: FillingSheet) -> None:
    rows = [
        (content.mark, *(column.key for column in content.columns)),
        ("", *(column.caption for column in content.columns)),
        *((row.key, *row.texts) for row in content.rows),
    ]
    for number, texts in enumerate(rows, 1):
        for place, text in enumerate(texts, 1):
            if text:
                _put(sheet.cell(number, place), text)


def _put(cell: Cell, text: str) -> None:
    """Put a text into a cell as a text, whatever it looks like."""
    escaped = escaped_text(text)
    if is_too_long(escaped):
        raise InputError("xlsx_cell_too_long", sheet=cell.parent.title, cell=cell.coordinate)
    cell.value = escaped
    cell.data_type = "s"


def _dress(sheet: Worksheet, content: FillingSheet) -> None:
    sheet.row_dimensions[1].hidden = True
    sheet.column_dimensions["A"].hidden = True
    sheet.freeze_panes = sheet.cell(FIRST_ROW, FIRST_COLUMN + sum(not column.key for column in content.columns))
    looks = [_look(sheet, column, place) for place, column in enumerate(content.columns, FIRST_COLUMN)]
    last = FIRST_ROW + len(content.rows) - 1
    for number in range(FIRST_ROW, last + 1):
        for place, look in enumerate(looks, FIRST_COLUMN):
            # One style serves all cells of a column; making it anew for each takes most of the time.
            sheet.cell(number, place)._style = look._style  # noqa: SLF001 - openpyxl offers no other way
    for place, column in enumerate(content.columns, FIRST_COLUMN):
        if column.choices:
            _offer(sheet, column.choices, f"{get_column_letter(place)}{FIRST_ROW}:{get_column_letter(place)}{last}")
    _protect(sheet)
    _set_page(sheet)


def _look(sheet: Worksheet, column: FillingColumn, place: int) -> Cell:
    """Dress the caption of a column; tell a cell that looks as all below it."""
    sheet.column_dimensions[get_column_letter(place)].width = column.width
    caption = sheet.cell(2, place)
    caption.font, caption.fill, caption.border = Font(name=_FONT, sz=10, b=True), _GREY, _THIN
    caption.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[2].height = 32
    pattern = sheet.cell(FIRST_ROW, place)
    pattern.font, pattern.border = Font(name=_FONT, sz=10), _THIN
    pattern.alignment = Alignment(vertical="top", wrap_text=True)
    pattern.number_format = _TEXT_FORMAT
    pattern.protection = Protection(locked=not column.key)
    if not column.key:
        pattern.fill = _GREY
    return pattern


def _offer(sheet: Worksheet, choices: tuple[str, ...], area: str) -> None:
    listed = DataValidation(type="list", formula1='"' + ",".join(choices) + '"', allow_blank=True)
    listed.add(area)
    sheet.add_data_validation(listed)


def _protect(sheet: Worksheet) -> None:
    """Lock captions and keys without a password; widths, filters and order stay free."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.autoFilter = protection.sort = False


def _set_page(sheet: Worksheet) -> None:
    """Let the columns fit on a page, for those who print the sheet."""
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = "2:2"
