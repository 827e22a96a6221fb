"""Turn the table of a form into a table on a fixed grid: years become columns, children become rows, spans numbers."""

from collections.abc import Hashable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

from hyoka_desktop.compose.expansion import Context, years_of_period
from hyoka_desktop.compose.options import MinisterCells
from hyoka_desktop.compose.pieces import Paragraphs
from hyoka_desktop.compose.styles import StyleSheet
from hyoka_desktop.document.length import Length
from hyoka_desktop.document.model import REST_OF_TABLE, Align, Cell, Row, Table
from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.errors import InputError
from hyoka_desktop.formdef.model import (
    CellTemplate,
    Column,
    Owner,
    Piece,
    RowGroup,
    RowTemplate,
    Stretch,
    TableBlock,
    TextPiece,
)
from hyoka_desktop.formdef.named_fields import named_in

_MOST_PARTS = 6


@dataclass(frozen=True, slots=True)
class _PlacedRow:
    """Say where the template of a row is read, and where the row of the same template above it was."""

    template: RowTemplate
    context: Context
    above: Context | None


def compose_table(block: TableBlock, context: Context, sheet: StyleSheet) -> Table:
    """Compose one table as read in a context.

    Where the period has too few years for the cells of some row, the columns of the years are divided; InputError
    where no division gives every cell its place.
    """
    years = years_of_period(context.view)
    placed = list(_placed_rows(block.rows, context))
    for parts in range(1, _MOST_PARTS + 1):
        widths = _widths(block.columns, len(years), parts, sheet.width_scale)
        grid = _Grid(len(widths), len(placed))
        with suppress(_TooNarrowError):
            rows = [
                Row(
                    tuple(_cells(row, index, grid, _Years(years, parts), sheet)),
                    row.template.header,
                    Length.of_mm(row.template.least_mm),
                )
                for index, row in enumerate(placed)
            ]
            return Table(block.title, widths, _resolved(rows), sheet.table, block.keep_together, block.keep_notes)
    raise InputError("form_row_width", file=context.form.id, key=block.title, value=str(len(block.columns)))


@dataclass(frozen=True, slots=True)
class Origin:
    """Say from what a cell was composed: the pieces of the form, and the node and the year in which they were read."""

    pieces: tuple[Piece, ...]
    node: int
    column_year: int


class _TooNarrowError(Exception):
    """Say that a row has more cells than columns are left for it."""


@dataclass(frozen=True, slots=True)
class _Years:
    """Hold the years of the period, and into how many columns each is divided."""

    years: tuple[int, ...]
    parts: int


def _widths(columns: tuple[Column, ...], years: int, parts: int, scale: float) -> tuple[Length, ...]:
    widths: list[Length] = []
    for column in columns:
        width = column.mm * scale
        if column.each_year:
            widths += [Length.of_mm(width / years / parts)] * (years * parts)
        else:
            widths.append(Length.of_mm(width))
    return tuple(widths)


def _placed_rows(rows: tuple[RowTemplate | RowGroup, ...], context: Context) -> Iterator[_PlacedRow]:
    """Yield the rows in the order of the table, each knowing the row of the same template above it."""
    for row in rows:
        if isinstance(row, RowTemplate):
            yield _PlacedRow(row, context, None)
            continue
        above: Context | None = None
        for child in context.children(row.kind):
            for placed in _placed_rows(row.rows, child):
                yield replace(placed, above=above) if placed.context is child else placed
            above = child


class _Grid:
    """Know which places of the grid are taken by cells that begin further up."""

    def __init__(self, columns: int, rows: int) -> None:
        self._taken = [[False] * columns for _ in range(rows)]

    def free_columns(self, row: int) -> list[int]:
        return [column for column, taken in enumerate(self._taken[row]) if not taken]

    def take(self, row: int, column: int, colspan: int, rowspan: int) -> None:
        last = len(self._taken) if rowspan == REST_OF_TABLE else min(row + rowspan, len(self._taken))
        for line in self._taken[row:last]:
            line[column : column + colspan] = [True] * colspan


def _cells(placed: _PlacedRow, row: int, grid: _Grid, years: _Years, sheet: StyleSheet) -> Iterator[Cell]:
    free = grid.free_columns(row)
    templates = _over_years(placed, years.years)
    spans = _spans([template for template, _ in templates], len(free), years)
    for (template, context), span in zip(templates, spans, strict=True):
        column, free = free[0], free[span:]
        rowspan = REST_OF_TABLE if template.rowspan is None else template.rowspan
        grid.take(row, column, span, rowspan)
        yield _cell(template, context, (column, span, rowspan), placed.above, sheet)
    if free:
        grid.take(row, free[0], len(free), 1)
        yield Cell(free[0], len(free), 1, ())


def _over_years(placed: _PlacedRow, years: tuple[int, ...]) -> list[tuple[CellTemplate, Context]]:
    cells: list[tuple[CellTemplate, Context]] = []
    for template in placed.template.cells:
        if template.each_year:
            cells += [(template, placed.context.in_column(year)) for year in years]
        else:
            year = placed.context.column_year - template.years_before
            cells.append((template, placed.context.in_column(year) if template.years_before else placed.context))
    return cells


def _spans(templates: list[CellTemplate], columns: int, years: _Years) -> list[int]:
    """Resolve column spans; where the period has few years, wide cells give way until the row fits."""
    if len(templates) > columns:
        raise _TooNarrowError
    spans = [_wanted_span(cell, years) for cell in templates]
    for index, cell in enumerate(templates):
        if cell.colspan is Stretch.REST:
            spans[index] = max(columns - sum(spans), 1)
    while sum(spans) > columns:
        widest = max(range(len(spans)), key=lambda index: spans[index])
        spans[widest] -= 1
    return spans


def _wanted_span(cell: CellTemplate, years: _Years) -> int:
    if cell.colspan is Stretch.YEARS:
        return len(years.years) * years.parts
    if cell.colspan is Stretch.REST:
        return 0
    return years.parts if cell.each_year else int(cell.colspan)


def _cell(
    template: CellTemplate,
    context: Context,
    place: tuple[int, int, int],
    above: Context | None,
    sheet: StyleSheet,
) -> Cell:
    column, colspan, rowspan = place
    if template.share_above and above is not None and _shares(template.share_above, context, above):
        return Cell(column, colspan, rowspan, (), source=_SHARED)
    align = Align(template.align.value) if template.align else None
    paragraphs = Paragraphs(sheet.styles[template.style], align, in_cell=True).of(template.pieces, context)
    source = _first_source(template, context)
    origin = Origin(template.pieces, context.node, context.column_year)
    reserved = _is_reserved(template, context)
    return Cell(column, colspan, rowspan, paragraphs, template.label, source, reserved, origin)


def _is_reserved(template: CellTemplate, context: Context) -> bool:
    """Tell whether a cell is shaded, since the ministry alone has yet to write into it."""
    if context.options.minister is not MinisterCells.SHADED or context.column_year != context.view.year:
        return False
    owners = {context.form.fields[name].owner for name in named_in(template.pieces) if name in context.form.fields}
    return owners == {Owner.BUREAU}


_SHARED = "shared with the cell above"


def _shares(field: str, context: Context, above: Context) -> bool:
    """Tell whether a row shares the cell above: its own field is empty while some row above it has it filled."""
    if context.value(field):
        return False
    siblings = context.view.snapshot.tree.nodes[context.node]
    assert siblings.parent is not None, "a repeated row stands below a node"
    before = [
        node.id
        for node in context.view.children(siblings.parent, NodeKind(siblings.kind))
        if node.position < siblings.position
    ]
    return above.node in before and any(context.at(node).value(field) for node in before)


def _first_source(template: CellTemplate, context: Context) -> Hashable:
    for piece in template.pieces:
        if isinstance(piece, TextPiece):
            for name in piece.template.names:
                if name in context.form.fields:
                    return context.address(name)
    return None


def _resolved(rows: list[Row]) -> tuple[Row, ...]:
    """Turn cells shared with the one above into longer rowspans, and spans to the end into numbers."""
    spans: dict[tuple[int, int], int] = {}
    owner: dict[int, tuple[int, int]] = {}
    for index, row in enumerate(rows):
        for cell in row.cells:
            if cell.source is _SHARED:
                spans[owner[cell.column]] += 1
            else:
                owner[cell.column] = (index, cell.column)
                left = len(rows) - index
                spans[index, cell.column] = left if cell.rowspan == REST_OF_TABLE else min(cell.rowspan, left)
    return tuple(
        replace(
            row,
            cells=tuple(
                replace(cell, rowspan=spans[index, cell.column]) for cell in row.cells if cell.source is not _SHARED
            ),
        )
        for index, row in enumerate(rows)
    )
