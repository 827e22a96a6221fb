"""Measure a table: break every cell, and tell each row's height as a number of lines.

One leading serves the whole table, so that splitting a row is arithmetic on whole lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil

from hyoka_desktop.document.model import Cell, Row, Table
from hyoka_desktop.typeset.frames import Element
from hyoka_desktop.typeset.paragraph import Line, LineBreaker
from hyoka_desktop.typeset.structure import table_elements


@dataclass(frozen=True, slots=True)
class MeasuredCell:
    """Hold a cell with its lines, the elements that they belong to, and the row that it begins in."""

    cell: Cell
    row: int
    lines: Sequence[Line]
    elements: Sequence[Element]

    @property
    def last_row(self) -> int:
        """Tell the last row that the cell covers."""
        return self.row + self.cell.rowspan - 1


@dataclass(frozen=True, slots=True)
class Grid:
    """Hold a measured table: column edges in points from the left of the table, cells, heights in lines.

    `least` is the lines that each row has even where its cells are empty.
    """

    table: Table
    element: Element
    edges: Sequence[float]
    cells: Sequence[MeasuredCell]
    least: Sequence[int]
    heights: Sequence[int]

    @property
    def padding(self) -> float:
        """Tell what a row is taller than its lines, in points: padding above and below, and one rule, as in Word."""
        return 2 * self.table.style.padding_y.pt + self.table.style.rule.pt

    def height(self, first: int, last: int) -> float:
        """Tell the height in points of whole rows from `first` to before `last`."""
        lines = sum(self.heights[first:last])
        return lines * self.table.style.leading.pt + (last - first) * self.padding

    def group_end(self, row: int, most_lines: int) -> int:
        """Tell the row behind the short group that begins here: rows held together by merged cells.

        Groups taller than `most_lines` do not hold together.
        """
        end = row + 1
        for cell in self.cells:
            if (
                row <= cell.row < end
                and cell.last_row >= end
                and sum(self.heights[row : cell.last_row + 1]) <= most_lines
            ):
                end = cell.last_row + 1
        return end


def measure(table: Table, breaker: LineBreaker) -> Grid:
    """Break all cells of a table."""
    edges = list(accumulate((width.pt for width in table.widths), initial=0.0))
    padding = 2 * table.style.padding_x.pt
    elements = table_elements(table)
    cells: list[MeasuredCell] = []
    for index, row in enumerate(table.rows):
        for cell in row.cells:
            width = edges[cell.end] - edges[cell.column] - padding
            lines = [breaker.lines(paragraph, width, label=cell.label) for paragraph in cell.paragraphs]
            inside = elements.paragraphs[index, cell.column]
            cells.append(
                MeasuredCell(
                    cell,
                    index,
                    [line for of_paragraph in lines for line in of_paragraph],
                    [element for element, its in zip(inside, lines, strict=True) for _ in its],
                )
            )
    least = [_least_lines(row, table) for row in table.rows]
    return Grid(table, elements.root, edges, cells, least, _heights(least, cells))


def _least_lines(row: Row, table: Table) -> int:
    room = row.least.pt - 2 * table.style.padding_y.pt
    return max(ceil(room / table.style.leading.pt), 1)


def _heights(least: Sequence[int], cells: Sequence[MeasuredCell]) -> list[int]:
    """Tell the lines of each row; a merged cell that needs more room than its rows have lengthens its last row."""
    heights = list(least)
    for cell in cells:
        if cell.cell.rowspan == 1:
            heights[cell.row] = max(heights[cell.row], len(cell.lines))
    for cell in sorted(cells, key=lambda cell: cell.last_row):
        if cell.cell.rowspan > 1:
            lacking = len(cell.lines) - sum(heights[cell.row : cell.last_row + 1])
            heights[cell.last_row] += max(lacking, 0)
    return heights
