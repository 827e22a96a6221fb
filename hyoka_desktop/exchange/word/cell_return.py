"""Take the fields of one cell, or of the lines between two tables, from the lines that came back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hyoka_desktop.domain.report import Address
from hyoka_desktop.exchange.word.document import Odd, Oddment, ReadParagraph, TrackedChange
from hyoka_desktop.exchange.word.expected import Piece, Slot
from hyoka_desktop.exchange.word.field_return import Taken, kept, taken
from hyoka_desktop.exchange.word.line_placing import Fate, PlacedPiece, frame, placed_lines
from hyoka_desktop.exchange.word.notes import NoteCode, ReturnNote

_ODDMENTS = {kind: NoteCode(kind.value) for kind in Oddment}


@dataclass(frozen=True, slots=True)
class FoundChange:
    """Hold a tracked change and the field that it is in."""

    change: TrackedChange
    address: Address | None
    place: str


@dataclass(slots=True)
class CellReturn:
    """Hold what a cell came back as; `comments` tells the field of each comment that begins in it."""

    taken: list[Taken] = field(default_factory=list)
    notes: list[ReturnNote] = field(default_factory=list)
    changes: list[FoundChange] = field(default_factory=list)
    comments: dict[str, tuple[Address | None, str]] = field(default_factory=dict)


def cell_return(pieces: Sequence[Piece], paragraphs: Sequence[ReadParagraph], place: str) -> CellReturn:
    """Take what came back in a cell; `place` names its table and item."""
    return _Cell(pieces, paragraphs, place).returned()


class _Cell:
    """One cell being taken."""

    def __init__(self, pieces: Sequence[Piece], paragraphs: Sequence[ReadParagraph], place: str) -> None:
        self._pieces = pieces
        self._paragraphs = paragraphs
        self._place = place
        self._lines = [line for paragraph in paragraphs for line in paragraph.text.split("\n")]
        self._found = CellReturn()

    def returned(self) -> CellReturn:
        """Take the fields, then what is said about them."""
        placed = placed_lines(self._pieces, self._lines)
        pairs = list(zip(self._pieces, placed.pieces, strict=True))
        fields_in_doubt = any(piece.slots and here.fate is Fate.DOUBTFUL for piece, here in pairs)
        for piece, here in pairs:
            is_said = here.fate is Fate.DOUBTFUL and not piece.slots and fields_in_doubt
            if not piece.free and not is_said:
                self._take(piece, here)
        for start, end in placed.added:
            self._note(NoteCode.LINES_ADDED, None, "", self._text(start, end))
        line = 0
        for paragraph in self._paragraphs:
            self._tell(paragraph, self._slot_at(line, placed.pieces))
            line += paragraph.text.count("\n") + 1
        return self._found

    def _take(self, piece: Piece, here: PlacedPiece) -> None:
        text = self._text(here.start, here.end)
        match here.fate:
            case Fate.SAME:
                self._found.taken += [kept(slot) for slot in piece.slots]
            case Fate.CHANGED:
                slot = piece.slots[0]
                self._add(taken(slot, _value(piece, text), self._named(slot)))
            case Fate.DOUBTFUL:
                self._refuse(piece, NoteCode.DOUBTFUL, "\n".join(self._lines))
            case Fate.MISSING:
                self._refuse(piece, NoteCode.WORDS_MISSING, "")
            case Fate.BROKEN:
                self._take_broken(piece, text)

    def _take_broken(self, piece: Piece, text: str) -> None:
        """Take a line of several fields where one of them alone was changed."""
        slot = _slot_changed(piece, text)
        if slot is None:
            self._refuse(piece, NoteCode.WORDS_CHANGED, text)
            return
        self._found.taken += [kept(other) for other in piece.slots if other is not slot]
        end = len(text) - (len(piece.text) - slot.end)
        self._add(taken(slot, text[slot.start : end], self._named(slot)))

    def _refuse(self, piece: Piece, code: NoteCode, after: str) -> None:
        """Say what of a piece was not taken; it is said once, whichever fields are in it."""
        self._found.taken += [Taken(slot, None, is_kept=False) for slot in piece.slots]
        slot = piece.slots[0] if piece.slots else None
        if piece.text or after or slot is not None:
            self._note(code, slot, piece.text, after)

    def _add(self, outcome: Taken) -> None:
        self._found.taken.append(outcome)
        self._found.notes += outcome.notes

    def _tell(self, paragraph: ReadParagraph, slot: Slot | None) -> None:
        """Tell what a paragraph holds beside its text."""
        address = slot.address if slot is not None else None
        named = self._named(slot)
        self._found.changes += [FoundChange(change, address, named) for change in paragraph.changes]
        self._found.comments |= dict.fromkeys(paragraph.comments, (address, named))
        for odd in paragraph.odds:
            self._note(_ODDMENTS[odd.kind], slot, "", _excerpt(odd, paragraph))

    def _slot_at(self, line: int, placed: Sequence[PlacedPiece]) -> Slot | None:
        """Tell the field that a line belongs to, else the first of the cell."""
        for piece, here in zip(self._pieces, placed, strict=True):
            if here.start <= line < here.end and piece.slots:
                return piece.slots[0]
        return next(self._slots(), None)

    def _slots(self) -> Iterator[Slot]:
        return (slot for piece in self._pieces for slot in piece.slots)

    def _text(self, start: int, end: int) -> str:
        return "\n".join(self._lines[start:end])

    def _named(self, slot: Slot | None) -> str:
        return f"{self._place} {slot.label}".strip() if slot is not None else self._place

    def _note(self, code: NoteCode, slot: Slot | None, before: str, after: str) -> None:
        address = slot.address if slot is not None else None
        self._found.notes.append(ReturnNote(code, self._named(slot), address, before, after))


def _value(piece: Piece, text: str) -> str:
    """Tell the text of the one field of a piece without the words of the form around it."""
    slot = piece.slots[0]
    before, after = frame(piece)
    if piece.bullet:
        text = "\n".join(line.removeprefix(piece.bullet) for line in text.split("\n"))
    elif piece.shown or (text.startswith(before) and text.endswith(after)):
        text = text[len(before) : len(text) - len(after)]
    if not slot.printed.startswith("\n"):
        text = text.lstrip("\n")
    return text if slot.printed.endswith("\n") else text.rstrip("\n")


def _slot_changed(piece: Piece, text: str) -> Slot | None:
    """Tell the field inside which alone a line of several fields was changed; None where it is not one."""
    if not piece.slots or text.count("\n") != piece.text.count("\n"):
        return None
    shorter = min(len(piece.text), len(text))
    head = next((place for place in range(shorter) if piece.text[place] != text[place]), shorter)
    most = shorter - head
    tail = next((place for place in range(most) if piece.text[-1 - place] != text[-1 - place]), most)
    begin, end = head, len(piece.text) - tail
    around = [slot for slot in piece.slots if slot.start <= begin and end <= slot.end]
    return around[0] if len(around) == 1 else None


def _excerpt(odd: Odd, paragraph: ReadParagraph) -> str:
    return odd.text or paragraph.text
