"""Say what a document held when it was handed out, cell by cell: what its return is compared with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from hyoka_desktop.domain.report import Address


class Rule(StrEnum):
    """Say what may be written into a slot.

    LOCKED is what nobody may change on paper: plans, captions, headings. WRITTEN is stored otherwise than it prints
    (a date). LATER belongs to a year that has not come.
    """

    PROSE = "prose"
    LINES = "lines"
    LINE = "line"
    CHOICE = "choice"
    LOCKED = "locked"
    WRITTEN = "written"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Quote:
    """Hold a stretch of a printed value that is written otherwise where it is stored: a value of an indicator."""

    start: int
    end: int
    written: str


@dataclass(frozen=True, slots=True)
class Slot:
    """Hold a field where it is printed: from `start` to `end` in the text of its piece.

    `label` is its caption, `printed` what it shows, `stored` the text behind that. With `is_guidance` what is printed
    is only a guide to those who write, and the field is empty.
    """

    start: int
    end: int
    address: Address
    label: str
    rule: Rule
    stored: str
    printed: str
    choices: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    is_guidance: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold some whole lines of a cell: words of the form where there is no slot, one field, or several in a line.

    A piece that is not `shown` is a field that printed nothing, where it would stand. `bullet` stands before each line
    of the field. A `free` piece may come back as anything: contents, whose page numbers Word counts.
    """

    text: str
    slots: tuple[Slot, ...] = ()
    shown: bool = True
    bullet: str = ""
    free: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """Tell the lines that are printed."""
        return tuple(self.text.split("\n")) if self.shown else ()


@dataclass(frozen=True)
class ExpectedCell:
    """Hold a cell; `anchor` is the bookmark in it, where it is a caption."""

    pieces: tuple[Piece, ...]
    label: bool = False
    anchor: str = ""

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Tell all lines that are printed."""
        return tuple(line for piece in self.pieces for line in piece.lines)

    @cached_property
    def text(self) -> str:
        """Tell all that is printed."""
        return "\n".join(self.lines)

    @property
    def slots(self) -> Iterator[Slot]:
        """Yield the fields in it."""
        return (slot for piece in self.pieces for slot in piece.slots)

    @property
    def is_locked(self) -> bool:
        """Tell whether nothing but locked texts stand here, and some do."""
        return not self.label and bool(self.text) and all(slot.rule is Rule.LOCKED for slot in self.slots)


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """Hold the cells of a row from the left; None stands where a merged cell from above goes on."""

    cells: tuple[ExpectedCell | None, ...]


@dataclass(frozen=True)
class ExpectedTable:
    """Hold a table; `is_key` where a caption in it is the 項目番号 of its section."""

    title: str
    rows: tuple[ExpectedRow, ...]
    is_key: bool = False

    @cached_property
    def cells(self) -> tuple[ExpectedCell, ...]:
        """Tell the cells that begin in the table."""
        return tuple(cell for row in self.rows for cell in row.cells if cell is not None)


@dataclass(frozen=True, slots=True)
class ExpectedText:
    """Hold the lines between two tables."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class ExpectedSection:
    """Hold the blocks of a section; `number` is its 項目番号 and `place` its item, if it is of one."""

    number: str
    place: Address | None
    blocks: tuple[ExpectedTable | ExpectedText, ...]


@dataclass(frozen=True)
class Expected:
    """Hold all that a document held; `passport` says what it is."""

    passport: str
    sections: tuple[ExpectedSection, ...]

    @cached_property
    def tables(self) -> tuple[tuple[int, ExpectedTable], ...]:
        """Tell all tables in order, each with the number of its section."""
        return tuple(
            (number, block)
            for number, section in enumerate(self.sections)
            for block in section.blocks
            if isinstance(block, ExpectedTable)
        )

    @cached_property
    def anchors(self) -> Mapping[str, tuple[int, int]]:
        """Tell number of the table and of the row for every bookmark."""
        return {
            cell.anchor: (number, place)
            for number, (_, table) in enumerate(self.tables)
            for place, row in enumerate(table.rows)
            for cell in row.cells
            if cell is not None and cell.anchor
        }

    @property
    def addresses(self) -> frozenset[Address]:
        """Tell all fields that were printed or could have been filled."""
        pieces = (
            piece
            for section in self.sections
            for block in section.blocks
            for piece in (
                block.pieces
                if isinstance(block, ExpectedText)
                else (piece for cell in block.cells for piece in cell.pieces)
            )
        )
        return frozenset(slot.address for piece in pieces for slot in piece.slots)
