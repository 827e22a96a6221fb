"""Read a document that was handed out and came back from Word: the texts of its fields, and all that is to be said.

Nothing is guessed: what cannot be placed, or could be placed in two ways, is a note and not a text.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from hyoka_desktop.domain.report import Address
from hyoka_desktop.errors import InputError
from hyoka_desktop.exchange.word.cell_return import CellReturn, FoundChange, cell_return
from hyoka_desktop.exchange.word.comment_return import returned_comments
from hyoka_desktop.exchange.word.document import ReadDocument, ReadParagraph, ReadRow, ReadTable
from hyoka_desktop.exchange.word.expected import (
    Expected,
    ExpectedRow,
    ExpectedSection,
    ExpectedTable,
    ExpectedText,
    Piece,
)
from hyoka_desktop.exchange.word.field_return import Taken
from hyoka_desktop.exchange.word.notes import NoteCode, ReturnNote
from hyoka_desktop.exchange.word.reader import read_document
from hyoka_desktop.exchange.word.returned import Returned, Revision
from hyoka_desktop.exchange.word.row_placing import has_shape, is_like, placed_rows
from hyoka_desktop.exchange.word.table_placing import PlacedTables, placed_tables
from hyoka_desktop.text.normaliser import normalise

_FEW = 3
"""So few locked texts say nothing about a document."""
_SHARE = 20
"""One of so many locked texts is left where rows and tables were deleted; in another report none is."""


def read_returned(path: Path, expected: Expected) -> Returned:
    """Read a document that came back; InputError where it cannot be read, or nothing that was handed out is in it."""
    return returned_from(read_document(path), expected, path)


def returned_from(document: ReadDocument, expected: Expected, path: Path) -> Returned:
    """Tell what a document came back as that was read already; InputError where it is not the one expected."""
    reading = _Reading(expected, document)
    returned = reading.returned()
    if not reading.knows_document:
        raise InputError("returned_other_document", path=str(path))
    return returned


class _Reading:
    """One return being read."""

    def __init__(self, expected: Expected, document: ReadDocument) -> None:
        self._expected = expected
        self._document = document
        self._tables = [block for block in document.blocks if isinstance(block, ReadTable)]
        self._placed: PlacedTables = placed_tables(expected, self._tables)
        self._taken: dict[Address, list[tuple[Taken, str]]] = {}
        self._notes: list[ReturnNote] = []
        self._changes: list[FoundChange] = []
        self._comments: dict[str, tuple[Address | None, str]] = {}
        self._locked = self._alike = 0
        """How many locked texts came back, and how many of them as they were or almost."""

    @property
    def knows_document(self) -> bool:
        """Tell whether a document that was read is the one: it has its tables, and some of the texts that are locked.

        All reports of a form have the same captions.
        """
        is_found = bool(self._placed.tables) or not self._expected.tables
        return is_found and (self._locked < _FEW or _SHARE * self._alike >= self._locked)

    def returned(self) -> Returned:
        """Take all tables, then what stands between them, then what is said about the whole."""
        self._tell_passport()
        for number, (place, table) in enumerate(self._expected.tables):
            section, other = self._expected.sections[place], self._placed.tables.get(number)
            if other is not None:
                self._take_table(section, table, self._tables[other])
            elif place not in self._placed.doubtful:
                self._note(NoteCode.TABLE_MISSING, _place(section, table))
                self._locked += sum(cell.is_locked for cell in table.cells)
        for place in sorted(self._placed.doubtful):
            self._note(NoteCode.SECTION_DOUBTFUL, self._expected.sections[place].number)
        self._take_between()
        self._tell_added_tables()
        texts = dict(self._texts())
        comments = returned_comments(self._document, self._comments)
        for comment in comments:
            if comment.address is None:
                self._note(NoteCode.COMMENT_UNPLACED, comment.place, after=comment.text)
        return Returned(
            self._document.passports[0] if self._document.passports else "",
            texts,
            self._expected.addresses - texts.keys(),
            tuple(self._notes),
            tuple(self._revisions()),
            comments,
        )

    def _tell_passport(self) -> None:
        wanted, found = self._expected.passport, self._document.passports
        if wanted and not found:
            self._note(NoteCode.NO_PASSPORT, "", before=wanted)
        for other in found:
            if wanted and other != wanted:
                self._note(NoteCode.OTHER_PASSPORT, "", before=wanted, after=other)

    def _take_table(self, section: ExpectedSection, table: ExpectedTable, other: ReadTable) -> None:
        place = _place(section, table)
        rows = [row for row in other.rows if row.deleted is None]
        pairs = dict(placed_rows(table.rows, rows))
        for number, row in enumerate(table.rows):
            found = rows[pairs[number]] if number in pairs else None
            if found is not None and has_shape(row, found):
                self._take_row(section, row, found, place)
                continue
            code = NoteCode.ROW_MISSING if found is None else NoteCode.SHAPE_CHANGED
            self._note(code, place, _row_text(row), found.text if found is not None else "", number + 1)
            self._locked += sum(cell is not None and cell.is_locked for cell in row.cells)
            self._keep_beside([found] if found is not None else [], section, place)
        self._keep_beside([row for row in other.rows if row.deleted is not None], section, place)
        for number in sorted(set(range(len(rows))) - set(pairs.values())):
            self._note(NoteCode.ROW_ADDED, place, after=rows[number].text, row=number + 1)
            self._keep_beside([rows[number]], section, place)

    def _take_row(self, section: ExpectedSection, row: ExpectedRow, other: ReadRow, place: str) -> None:
        for cell, read in zip(row.cells, other.cells, strict=True):
            if cell is not None:
                self._locked += cell.is_locked
                self._alike += cell.is_locked and is_like(cell, read)
                self._add(cell_return(cell.pieces, read.paragraphs, place), section)
            elif read.text:
                self._note(NoteCode.LINES_ADDED, place, after=read.text)

    def _keep_beside(self, rows: Iterable[ReadRow], section: ExpectedSection | None, place: str) -> None:
        """Keep who changed and said what in rows in which no field is known."""
        address = section.place if section is not None else None
        for row in rows:
            self._changes += [FoundChange(row.deleted, None, place)] if row.deleted is not None else []
            for paragraph in (paragraph for cell in row.cells for paragraph in cell.paragraphs):
                self._changes += [FoundChange(change, None, place) for change in paragraph.changes]
                self._comments |= dict.fromkeys(paragraph.comments, (address, place))

    def _take_between(self) -> None:
        """Take the lines between tables that are both known and still in their order."""
        pairs = sorted(self._placed.tables.items())
        in_order = all(one[1] < other[1] for one, other in pairwise(pairs))
        expected = self._expected_between(dict(pairs) if in_order else {})
        returned = self._returned_between({other for _, other in pairs} if in_order else set())
        for (section, pieces), paragraphs in zip(expected, returned, strict=True):
            lines = [
                paragraph for paragraph in paragraphs if paragraph.text.strip() or paragraph.odds or paragraph.changes
            ]
            self._add(cell_return(pieces, lines, section.number if section is not None else ""), section)

    def _expected_between(self, known: Mapping[int, int]) -> list[tuple[ExpectedSection | None, list[Piece]]]:
        found: list[tuple[ExpectedSection | None, list[Piece]]] = [(None, [])]
        number = 0
        for section in self._expected.sections:
            for block in section.blocks:
                if isinstance(block, ExpectedText):
                    found[-1][1].extend(block.pieces)
                else:
                    if number in known:
                        found.append((section, []))
                    number += 1
        return found

    def _returned_between(self, known: set[int]) -> list[list[ReadParagraph]]:
        found: list[list[ReadParagraph]] = [[]]
        number = 0
        for block in self._document.blocks:
            if isinstance(block, ReadParagraph):
                found[-1].append(block)
            else:
                if number in known:
                    found.append([])
                number += 1
        return found

    def _tell_added_tables(self) -> None:
        known = set(self._placed.tables.values())
        for number, table in enumerate(self._tables):
            if number not in known:
                self._note(NoteCode.TABLE_ADDED, "", after=table.text)
                self._keep_beside(table.rows, None, "")

    def _add(self, found: CellReturn, section: ExpectedSection | None) -> None:
        for one in found.taken:
            self._taken.setdefault(one.slot.address, []).append((one, section.number if section is not None else ""))
        self._notes += found.notes
        self._changes += found.changes
        for comment, (address, place) in found.comments.items():
            item = section.place if section is not None else None
            self._comments[comment] = (address or item, place)

    def _texts(self) -> Iterator[tuple[Address, str]]:
        """Yield the text of each field; what is printed in several places must not have come back as several texts."""
        for address, found in self._taken.items():
            changed = {one.text: one for one, _ in found if one.text is not None and not one.is_kept}
            place = f"{found[0][1]} {found[0][0].slot.label}".strip()
            if len(changed) > 1:
                self._note(NoteCode.DIFFERING, place, after=" / ".join(map(str, changed)), address=address)
            elif changed:
                text = next(iter(changed))
                assert text is not None, "what was not taken is not changed"
                if any(one.is_kept for one, _ in found):
                    self._note(NoteCode.ELSEWHERE, place, found[0][0].slot.printed, text, address=address)
                yield address, text
            elif any(one.is_kept for one, _ in found):
                yield address, found[0][0].slot.stored

    def _revisions(self) -> Iterator[Revision]:
        for found in self._changes:
            change = found.change
            author, text = normalise(change.author).text, normalise(change.text).text
            yield Revision(change.kind, author, change.date, text, found.address, found.place)

    def _note(
        self,
        code: NoteCode,
        place: str,
        before: str = "",
        after: str = "",
        row: int = 0,
        address: Address | None = None,
    ) -> None:
        self._notes.append(ReturnNote(code, place, address, before, after, row))


def _place(section: ExpectedSection, table: ExpectedTable) -> str:
    return f"{section.number} {table.title}".strip()


def _row_text(row: ExpectedRow) -> str:
    return " ".join(cell.text for cell in row.cells if cell is not None and cell.text)
