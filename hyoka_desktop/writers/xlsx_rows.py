"""Plan the rows of a sheet: where each row of a table begins, and how high it must be.

No spreadsheet fits the height of a row to text in merged cells, and some fit none on opening; so every row gets an
estimated height. None shows a row higher than 409 points; so a row that would be higher takes several rows of the
sheet, over which its cells are merged.
"""

from dataclasses import dataclass
from itertools import accumulate
from math import ceil
from typing import Final
from unicodedata import east_asian_width

from hyoka_desktop.document.model import Cell, Paragraph, Table

HIGHEST_ROW: Final = 400.0
"""In points, a little less than the 409 that Excel shows."""

_SIDES = 5.0
"""What a spreadsheet keeps free at the sides of a cell, in points."""
_SLACK = 1.05
"""Lines end before their width is full: no word is divided, no mark begins a line."""
_HALF_WIDTH: Final = frozenset({"Na", "H"})


@dataclass(frozen=True, slots=True)
class RowPlan:
    """Hold the first sheet row (from 1) of each row of the table and of what comes behind it, and heights in points."""

    starts: tuple[int, ...]
    heights: tuple[float, ...]


def plan_rows(table: Table) -> RowPlan:
    """Plan the rows of a table."""
    needed = _needed_heights(table)
    parts = [ceil(height / HIGHEST_ROW) for height in needed]
    heights = (height / number for height, number in zip(needed, parts, strict=True) for _ in range(number))
    return RowPlan(tuple(accumulate(parts, initial=1)), tuple(heights))


def _needed_heights(table: Table) -> list[float]:
    """Tell how high each row must be; what a cell over several rows needs beyond them, the last one gets."""
    needed = [_height_of(1, table)] * len(table.rows)
    ends = ((index + cell.rowspan, index, cell) for index, row in enumerate(table.rows) for cell in row.cells)
    for end, first, cell in sorted(ends, key=lambda place: place[:2]):
        needed[end - 1] = max(needed[end - 1], _cell_height(cell, table) - sum(needed[first : end - 1]))
    return needed


def _cell_height(cell: Cell, table: Table) -> float:
    width = sum(column.pt for column in table.widths[cell.column : cell.end]) - _SIDES
    return _height_of(sum(_lines(paragraph, width) for paragraph in cell.paragraphs), table)


def _height_of(lines: int, table: Table) -> float:
    return lines * table.style.leading.pt + 2 * table.style.padding_y.pt


def _lines(paragraph: Paragraph, width: float) -> int:
    size = paragraph.style.size.pt
    length = size * _SLACK * sum(0.5 if east_asian_width(letter) in _HALF_WIDTH else 1 for letter in paragraph.text)
    return max(ceil(length / max(width, size)), 1)
