"""Lay a table over pages: header rows on each page, rows split inside their cells, merged cells flowing on."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hyoka_desktop.typeset.frames import Box, Fill, PageFrame, Rule
from hyoka_desktop.typeset.grid import Grid, MeasuredCell
from hyoka_desktop.typeset.pagemaker import PageMaker
from hyoka_desktop.typeset.paragraph import Line, LineBreaker

_KEPT_WHOLE = 4
"""Rows of up to so many lines are not split over pages."""
_KEPT_GROUP = 12
"""Groups of merged rows of up to so many lines are not split over pages."""
_TALLEST_HEADER = 0.6
_LEAST_PIECE = 2


@dataclass(frozen=True, slots=True)
class _Piece:
    """A row, or some lines of it, on a page: `lines` high, at `y`. With `ends` the row is finished here."""

    row: int
    lines: int
    y: float
    height: float
    ends: bool
    whole: bool = False


def lines_kept(lines: Sequence[Line], first: int, room: int) -> int:
    """Tell how many lines from `first` on stay before a page end that has room for some.

    No first line of a paragraph stays behind alone, and no last line goes over alone: as Word does with
    `widowControl` (ECMA-376 Part 1, 17.3.1.44).
    """
    end = min(first + room, len(lines))
    if first < end < len(lines):
        if lines[end].ahead and not lines[end].behind:
            end -= 1
        if end > first and lines[end - 1].behind and not lines[end - 1].ahead:
            end -= 1
    return end - first


def place_table(grid: Grid, breaker: LineBreaker, pages: PageMaker, tail: float = 0) -> None:
    """Place a measured table at the page maker's position, taking new pages as needed.

    `tail` is the room to keep under the last row, so that notes never stand on a page alone.
    """
    if grid.heights:
        _TablePlacement(grid, breaker, pages).run(tail)


def least_height(grid: Grid, page_height: float) -> float:
    """Tell how much room a table needs to begin on a page, in points.

    It is the whole table where that is to be kept together and fits a page of `page_height`, otherwise its header and a
    little of its first row.
    """
    header = grid.table.header_rows
    whole = grid.height(0, len(grid.heights))
    if header >= len(grid.heights) or (grid.table.keep_together and whole <= page_height):
        return whole
    end = grid.group_end(header, _KEPT_GROUP)
    lines = sum(grid.heights[header:end])
    if end == header + 1 and lines > _KEPT_WHOLE:
        return grid.height(0, header) + grid.padding + _LEAST_PIECE * grid.table.style.leading.pt
    return grid.height(0, end)


class _TablePlacement:
    """Walk the rows of one table.

    Each cell goes over a page end by itself, as in Word: it holds back a first or last line that would stand alone.
    """

    def __init__(self, grid: Grid, breaker: LineBreaker, pages: PageMaker) -> None:
        self._grid = grid
        self._breaker = breaker
        self._pages = pages
        self._leading = grid.table.style.leading.pt
        self._pieces: list[_Piece] = []
        self._shown = [0] * len(grid.cells)
        self._done = [0] * len(grid.heights)
        self._covering: list[list[int]] = [[] for _ in grid.heights]
        for index, cell in enumerate(grid.cells):
            for row in range(cell.row, cell.last_row + 1):
                self._covering[row].append(index)
        header = grid.table.header_rows
        self._header = header if grid.height(0, header) <= _TALLEST_HEADER * pages.full_height else 0

    def run(self, tail: float) -> None:
        """Place all rows."""
        self._begin_page(repeated=False)
        row, rows = self._header, len(self._grid.heights)
        while row < rows:
            end = self._grid.group_end(row, _KEPT_GROUP)
            height = self._grid.height(row, end)
            ends_with_notes = end == rows and tail > 0 and sum(self._grid.heights[row:end]) <= _KEPT_GROUP
            needed = height + tail if ends_with_notes else height
            if needed > self._pages.room and self._pieces and (end - row > 1 or ends_with_notes):
                self._next_page()
            for index in range(row, end):
                self._place_row(index)
            row = end
        self._draw_pieces()

    def _place_row(self, row: int) -> None:
        while True:
            left = self._lines_left(row)
            capacity = int((self._pages.room - self._grid.padding + 0.01) // self._leading)
            if left <= capacity:
                self._add_piece(row, left, ends=True)
                return
            if not self._pieces:
                taken = self._lines_before_cut(row, capacity, left)
                self._add_piece(row, taken or max(capacity, 1), ends=False, whole=not taken)
            elif capacity >= _LEAST_PIECE and self._grid.heights[row] > _KEPT_WHOLE:
                taken = self._lines_before_cut(row, capacity, left)
                if taken:
                    self._add_piece(row, taken, ends=False)
            self._next_page()

    def _lines_left(self, row: int) -> int:
        """Tell how many lines a row still needs: for its cells, and for the merged ones that end in it."""
        left = self._grid.least[row] - self._done[row]
        for index in self._covering[row]:
            cell = self._grid.cells[index]
            if cell.last_row == row:
                left = max(left, len(cell.lines) - self._shown[index] - self._lines_above(cell, row))
        return max(left, 0)

    def _lines_above(self, cell: MeasuredCell, row: int) -> int:
        """Tell how many lines of a merged cell find room on this page above a row."""
        top = next((piece.y for piece in self._pieces if cell.row <= piece.row < row), None)
        return 0 if top is None else int((self._pages.y - top + 0.01) // self._leading)

    def _lines_before_cut(self, row: int, capacity: int, left: int) -> int:
        """Tell how many lines of a row stand on this page, of `capacity`, where it is cut at its end.

        Of the `left` lines none goes over alone.
        """
        taken = 0
        for index in self._covering[row]:
            cell = self._grid.cells[index]
            above = self._lines_above(cell, row)
            kept = lines_kept(cell.lines, self._shown[index], above + capacity)
            taken = max(taken, kept - above)
        return taken - 1 if left - taken == 1 and taken > _LEAST_PIECE else taken

    def _add_piece(self, row: int, lines: int, *, ends: bool, whole: bool = False) -> None:
        height = lines * self._leading + self._grid.padding
        self._pieces.append(_Piece(row, lines, self._pages.y, height, ends, whole))
        self._done[row] += lines
        self._pages.y += height

    def _next_page(self) -> None:
        self._draw_pieces()
        self._pages.new_page()
        self._begin_page(repeated=True)

    def _begin_page(self, *, repeated: bool) -> None:
        self._pieces = []
        if not self._header:
            return
        y = self._pages.y
        header: list[_Piece] = []
        for row in range(self._header):
            height = self._grid.height(row, row + 1)
            header.append(_Piece(row, self._grid.heights[row], y, height, ends=True))
            y += height
        shown = list(self._shown)
        self._draw(header, range(self._header), repeated=repeated)
        self._shown = shown
        self._pages.y = y

    def _draw_pieces(self) -> None:
        if self._pieces:
            self._draw(self._pieces, range(self._header, len(self._grid.heights)), repeated=False)
        self._pieces = []

    def _draw(self, pieces: Sequence[_Piece], rows: range, *, repeated: bool) -> None:
        """Draw the pieces that stand on the page in hand: each cell over the rows of it that are here."""
        by_row = {piece.row: piece for piece in pieces}
        for index, cell in enumerate(self._grid.cells):
            if cell.row not in rows:
                continue
            here = [by_row[row] for row in range(cell.row, cell.last_row + 1) if row in by_row]
            if here:
                self._shown[index] += self._draw_cell(cell, here, self._shown[index], repeated=repeated)

    def _draw_cell(self, cell: MeasuredCell, pieces: Sequence[_Piece], first: int, *, repeated: bool) -> int:
        """Draw one cell over some pieces, from line `first` on; tell how many lines found room."""
        page, style = self._pages.page, self._grid.table.style
        x0 = self._pages.left + self._grid.edges[cell.cell.column]
        x1 = self._pages.left + self._grid.edges[cell.cell.end]
        top, bottom = pieces[0].y, pieces[-1].y + pieces[-1].height
        _draw_box(page, (x0, top, x1, bottom), style.rule.pt)
        if cell.cell.label:
            page.fills.append(Fill(x0, top, x1 - x0, bottom - top, style.tint))
        elif cell.cell.reserved:
            page.fills.append(Fill(x0, top, x1 - x0, bottom - top, style.shade))
        if cell.cell.source is not None:
            page.boxes.append(Box(x0, top, x1 - x0, bottom - top, cell.cell.source))
        room = int((bottom - top - self._grid.padding + 0.01) // self._leading)
        ends = pieces[-1].row == cell.last_row and pieces[-1].ends
        count = room if ends or pieces[-1].whole else lines_kept(cell.lines, first, room)
        lines = cell.lines[first : first + count]
        y = top + self._grid.padding / 2
        if len(lines) == len(cell.lines) and cell.cell.centred:
            y += (bottom - top - self._grid.padding - len(lines) * self._leading) / 2
        for line, element in zip(lines, cell.elements[first:], strict=False):
            inside = None if repeated else element
            self._breaker.place(page, line, x0 + style.padding_x.pt, y, x1 - x0 - 2 * style.padding_x.pt, inside)
            y += self._leading
        return len(lines)


def _draw_box(page: PageFrame, box: tuple[float, float, float, float], thickness: float) -> None:
    x0, y0, x1, y1 = box
    corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0))
    page.rules.extend(
        Rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), thickness) for (ax, ay), (bx, by) in pairwise(corners)
    )
