"""Read the body of a Word document: paragraphs and tables with revisions of rows, cells and paragraph ends accepted."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element

from hyoka_desktop.exchange.word_document import (
    Odd,
    Oddment,
    ReadCell,
    ReadParagraph,
    ReadRow,
    ReadTable,
    RevisionKind,
)
from hyoka_desktop.exchange.word_runs import (
    DEEPEST,
    Story,
    TooDeepError,
    child,
    name_of,
    plain_text,
    tracked,
    value_of,
)

MOST_PARAGRAPHS: Final = 200_000
_WRAPPERS: Final = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"})
_EMBEDDED: Final = frozenset({"altChunk", "subDoc"})


class TooLongError(Exception):
    """Say that a document has more paragraphs than any report."""


def read_body(body: Element, story: Story) -> tuple[ReadParagraph | ReadTable, ...]:
    """Read all blocks in order."""
    return _Body(story).blocks(body)


class _Body:
    """One body being read."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._paragraphs = 0

    def blocks(self, body: Element) -> tuple[ReadParagraph | ReadTable, ...]:
        """Read the blocks of the body."""
        found: list[ReadParagraph | ReadTable] = []
        for element in self._unwrapped(body, 0):
            match name_of(element):
                case "p":
                    _append(found, self._paragraph(element, 1))
                case "tbl":
                    found.append(self._table(element))
                case name if name in _EMBEDDED:
                    found.append(ReadParagraph(odds=[Odd(Oddment.EMBEDDED)]))
        return tuple(found)

    def _unwrapped(self, element: Element, depth: int) -> Iterator[Element]:
        """Yield the elements inside, those in wrappers too; marks between them belong to what comes next."""
        if depth > DEEPEST:
            raise TooDeepError
        for inner in element:
            name = name_of(inner)
            if name in _WRAPPERS:
                yield from self._unwrapped(inner, depth + 1)
            elif name in {"bookmarkStart", "commentRangeStart", "commentRangeEnd"}:
                self._story.between(inner)
            else:
                yield inner

    def _paragraph(self, element: Element, depth: int) -> ReadParagraph:
        self._paragraphs += 1
        if self._paragraphs > MOST_PARAGRAPHS:
            raise TooLongError
        return self._story.paragraph(element, depth)

    def _table(self, table: Element) -> ReadTable:
        rows = (inner for inner in self._unwrapped(table, 0) if name_of(inner) == "tr")
        return ReadTable(tuple(self._row(row) for row in rows))

    def _row(self, row: Element) -> ReadRow:
        properties = child(row, "trPr")
        deleted = child(properties, "del") if properties is not None else None
        inserted = child(properties, "ins") if properties is not None else None
        cells = tuple(
            self._cell(cell)
            for cell in self._unwrapped(row, 0)
            if name_of(cell) == "tc" and child(cell, "tcPr", "cellDel") is None
        )
        found = ReadRow(cells)
        if deleted is not None:
            return replace(found, deleted=tracked(deleted, RevisionKind.DELETED, found.text))
        if inserted is not None and cells and cells[0].paragraphs:
            cells[0].paragraphs[0].changes.insert(0, tracked(inserted, RevisionKind.INSERTED, found.text))
        return found

    def _cell(self, cell: Element) -> ReadCell:
        merge = child(cell, "tcPr", "vMerge")
        goes_on = merge is not None and value_of(merge, "val") != "restart"
        found: list[ReadParagraph | ReadTable] = []
        for element in self._unwrapped(cell, 0):
            match name_of(element):
                case "p":
                    _append(found, self._paragraph(element, 1))
                case "tbl":
                    _append(found, ReadParagraph(odds=[Odd(Oddment.NESTED_TABLE, plain_text(element))]))
                case name if name in _EMBEDDED:
                    _append(found, ReadParagraph(odds=[Odd(Oddment.EMBEDDED)]))
        return ReadCell(tuple(_without_hosts(found)), goes_on)


def _append(found: list[ReadParagraph | ReadTable], paragraph: ReadParagraph) -> None:
    """Add a paragraph, to the one before it where the end of that was deleted."""
    last = found[-1] if found else None
    if not isinstance(last, ReadParagraph) or not last.ends_deleted:
        found.append(paragraph)
        return
    last.text += paragraph.text
    last.ends_deleted = paragraph.ends_deleted
    last.bookmarks += paragraph.bookmarks
    last.changes += paragraph.changes
    last.comments += paragraph.comments
    last.odds += paragraph.odds


def _without_hosts(found: Sequence[ReadParagraph | ReadTable]) -> Iterator[ReadParagraph]:
    """Yield the paragraphs; what only tells of a nested table or an embedded file goes to one beside it."""
    waiting: list[Odd] = []
    last: ReadParagraph | None = None
    for paragraph in found:
        assert isinstance(paragraph, ReadParagraph), "tables in cells are told by name"
        if not paragraph.text and any(odd.kind in _HOSTED for odd in paragraph.odds):
            waiting += paragraph.odds
            continue
        paragraph.odds += waiting
        waiting = []
        last = paragraph
        yield paragraph
    if waiting and last is not None:
        last.odds += waiting
    elif waiting:
        yield ReadParagraph(odds=waiting)


_HOSTED: Final = frozenset({Oddment.NESTED_TABLE, Oddment.EMBEDDED})
