"""Read a workbook back: the cells of each sheet with their spans, as Excel would show them."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import openpyxl
from docx_reading import part
from openpyxl.worksheet.worksheet import Worksheet

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True)
class ReadCell:
    """A cell or merged area: place and spans in rows and columns of the sheet (from 1), and what it shows."""

    row: int
    column: int
    rows: int
    columns: int
    shown: str


def read_xlsx(content: bytes) -> list[Worksheet]:
    """Read the sheets in order; texts come from the XML, with its escapes resolved as Excel does."""
    sheets = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    for number, sheet in enumerate(sheets, 1):
        for cell in part(content, f"xl/worksheets/sheet{number}.xml").iter(f"{S}c"):
            if cell.get("t") == "inlineStr":
                read = sheet[cell.get("r")]
                assert read.data_type in {"s", "inlineStr"}
                text = "".join(piece.text or "" for piece in cell.find(f"{S}is").iter(f"{S}t"))
                read._value, read.data_type = _resolved(text), "s"
    return sheets


def cells_of(sheet: Worksheet) -> Iterator[ReadCell]:
    """Tell the cells of a sheet by row and column; what a merged area covers must be empty."""
    areas = {(area.min_row, area.min_col): area.size for area in sheet.merged_cells.ranges}
    covered = {place for area in sheet.merged_cells.ranges for place in area.cells}
    for row in sheet.iter_rows():
        for cell in row:
            place = (cell.row, cell.column)
            if place in areas or place not in covered:
                size = areas.get(place, {"rows": 1, "columns": 1})
                yield ReadCell(*place, size["rows"], size["columns"], shown(cell))
            else:
                assert cell.value is None


def shown(cell) -> str:
    """Tell the text of a cell, or its number in its number format, as a spreadsheet shows it."""
    assert cell.data_type in {"s", "n"}, f"{cell.coordinate} is no text and no number: {cell.data_type}"
    if cell.data_type == "s" or cell.value is None:
        return cell.value or ""
    grouped, decimals = re.fullmatch(r"(#,##)?0(?:\.(0+))?", cell.number_format).groups()
    return f"{cell.value:{',' if grouped else ''}.{len(decimals or '')}f}"


def _resolved(text: str) -> str:
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)
