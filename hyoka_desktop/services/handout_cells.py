"""Say of a composed document what stands in each of its cells, so that its return from Word can be read."""

from collections.abc import Iterator, Sequence
from itertools import count, groupby

from hyoka_desktop.compose.options import Options
from hyoka_desktop.compose.tables import Origin
from hyoka_desktop.document.model import Block, Cell, Contents, Document, Heading, Paragraph, Row, Section, Table
from hyoka_desktop.domain import fields
from hyoka_desktop.domain.report import Address, YearView
from hyoka_desktop.exchange.word.expected import (
    Expected,
    ExpectedCell,
    ExpectedRow,
    ExpectedSection,
    ExpectedTable,
    ExpectedText,
    Piece,
)
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.services.handout_pieces import HandoutPieces, around
from hyoka_desktop.writers.docx_markup import BOOKMARK, label_anchor


def expected_of(document: Document, form: FormDefinition, view: YearView, options: Options) -> Expected:
    """Tell what a document holds; form, view and options are those that it was composed with."""
    pieces = HandoutPieces(form, view, options)
    passport = document.passport.text if document.passport is not None else ""
    return Expected(passport, tuple(_Section(pieces, view, section).told() for section in document.sections))


class _Section:
    """One section being told."""

    def __init__(self, pieces: HandoutPieces, view: YearView, section: Section) -> None:
        self._pieces = pieces
        self._view = view
        self._section = section
        self._labels = count(1)

    def told(self) -> ExpectedSection:
        """Tell tables, and what stands between them."""
        place = self._section.source if isinstance(self._section.source, Address) else None
        number = self._view.text(place.node, fields.ITEM_NUMBER) if place is not None else ""
        blocks: list[ExpectedTable | ExpectedText] = []
        for is_table, group in groupby(self._section.blocks, lambda block: isinstance(block, Table)):
            if is_table:
                blocks += [self._table(block) for block in group if isinstance(block, Table)]
            else:
                blocks.append(ExpectedText(tuple(self._text(list(group)))))
        return ExpectedSection(number, place, tuple(blocks))

    def _table(self, table: Table) -> ExpectedTable:
        above: dict[int, Cell] = {}
        rows = tuple(ExpectedRow(tuple(self._cells(row, above, len(table.widths)))) for row in table.rows)
        numbers = (
            slot.address.field == fields.ITEM_NUMBER
            for row in rows
            for cell in row.cells
            if cell is not None and cell.label
            for slot in cell.slots
        )
        return ExpectedTable(table.title, rows, any(numbers))

    def _cells(self, row: Row, above: dict[int, Cell], columns: int) -> Iterator[ExpectedCell | None]:
        """Yield the cells of a row as the writer writes them, None for what goes on from above."""
        begun = {cell.column: cell for cell in row.cells}
        column = 0
        while column < columns:
            cell = begun.get(column)
            if cell is not None:
                above[column] = cell
                yield self._cell(cell)
            else:
                cell = above[column]
                yield None
            column = cell.end

    def _cell(self, cell: Cell) -> ExpectedCell:
        pieces: tuple[Piece, ...] = ()
        if isinstance(cell.origin, Origin):
            pieces = self._pieces.of(cell.origin, label=cell.label)
        anchor = ""
        if cell.label and cell.paragraphs:
            anchor = BOOKMARK + label_anchor(self._section.key, next(self._labels))
        told = ExpectedCell(pieces, cell.label, anchor)
        assert told.lines == tuple(paragraph.text for paragraph in cell.paragraphs), "what is told is what is printed"
        return told

    def _text(self, blocks: Sequence[Block]) -> Iterator[Piece]:
        """Tell the lines outside of tables, fields together."""
        for source, group in groupby(blocks, lambda block: block.source if isinstance(block, Paragraph) else None):
            paragraphs = list(group)
            if isinstance(source, Address):
                lines = [paragraph.text for paragraph in paragraphs if isinstance(paragraph, Paragraph)]
                yield from self._field("\n".join(lines), source)
            else:
                yield from (piece for block in paragraphs for piece in _fixed(block))

    def _field(self, text: str, address: Address) -> Iterator[Piece]:
        """Tell lines that a field stands in: found by its own text, where that stands in them once."""
        context = self._pieces.context(address.node, self._view.year)
        slot = self._pieces.slot((0, len(text)), address.field, context)
        if not slot.printed or text.count(slot.printed) != 1 or slot.address != address:
            yield Piece(text)
            return
        start = text.index(slot.printed)
        place = (start, start + len(slot.printed))
        yield from around(Piece(text, (self._pieces.slot(place, address.field, context),)))


def _fixed(block: Block) -> Iterator[Piece]:
    match block:
        case Paragraph():
            yield Piece(block.text)
        case Heading(paragraph):
            yield Piece(paragraph.text)
        case Contents(title):
            yield Piece(title.text)
            yield Piece("", shown=False, free=True)
