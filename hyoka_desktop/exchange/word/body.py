"""Read the body of a Word document: paragraphs and tables with revisions of rows, cells and paragraph ends accepted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final
from xml.etree.ElementTree import Element

from hyoka_desktop.exchange.word.document import (
    Odd,
    Oddment,
    ReadCell,
    ReadParagraph,
    ReadRow,
    ReadTable,
    RevisionKind,
)
from hyoka_desktop.exchange.word.runs import (
    DEEPEST,
    Story,
    TooDeepError,
    TooLongError,
    child,
    name_of,
    plain_text,
    tracked,
    value_of,
)

MOST_ELEMENTS: Final = 500_000
MOST_PARAGRAPHS: Final = 50_000
"""In the whole body; an item has some 250 paragraphs, for which LibreOffice writes 5,400 elements."""
_WRAPPERS: Final = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"})
_EMBEDDED: Final = frozenset({"altChunk", "subDoc"})


def read_body(body: Element, story: Story) -> tuple[ReadParagraph | ReadTable, ...]:
    """Read all blocks in order; TooLongError where there is more than in any report."""
    elements = paragraphs = 0
    for element in body.iter():
        elements += 1
        paragraphs += name_of(element) == "p"
    if elements > MOST_ELEMENTS or paragraphs > MOST_PARAGRAPHS:
        raise TooLongError
    return _Body(story).blocks(body)


class _Body:
    """One body being read."""

    def __init__(self, story: Story) -> None:
        self._story = story

    def blocks(self, body: Element) -> tuple[ReadParagraph | ReadTable, ...]:
        """Read the blocks of the body."""
        return tuple(_joined(self._read(body)))

    def _read(self, body: Element) -> Iterator[ReadParagraph | ReadTable]:
        for element in self._unwrapped(body, 0):
            match name_of(element):
                case "p":
                    yield self._paragraph(element)
                case "tbl":
                    yield self._table(element)
                case name if name in _EMBEDDED:
                    yield ReadParagraph(odds=[Odd(Oddment.EMBEDDED)])

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

    def _paragraph(self, element: Element) -> ReadParagraph:
        return self._story.paragraph(element)

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
        paragraphs = (block for block in _joined(self._paragraphs_of(cell)) if isinstance(block, ReadParagraph))
        return ReadCell(tuple(_without_hosts(paragraphs)), goes_on)

    def _paragraphs_of(self, cell: Element) -> Iterator[ReadParagraph]:
        for element in self._unwrapped(cell, 0):
            match name_of(element):
                case "p":
                    yield self._paragraph(element)
                case "tbl":
                    yield ReadParagraph(odds=[Odd(Oddment.NESTED_TABLE, plain_text(element))])
                case name if name in _EMBEDDED:
                    yield ReadParagraph(odds=[Odd(Oddment.EMBEDDED)])


def _joined(blocks: Iterable[ReadParagraph | ReadTable]) -> Iterator[ReadParagraph | ReadTable]:
    """Yield the blocks; a paragraph whose end was deleted is one with the next."""
    waiting: list[ReadParagraph] = []
    for block in blocks:
        if isinstance(block, ReadParagraph):
            waiting.append(block)
            if block.ends_deleted:
                continue
        if waiting:
            yield _as_one(waiting)
            waiting = []
        if isinstance(block, ReadTable):
            yield block
    if waiting:
        yield _as_one(waiting)


def _as_one(paragraphs: Sequence[ReadParagraph]) -> ReadParagraph:
    if len(paragraphs) == 1:
        return paragraphs[0]
    return ReadParagraph(
        "".join(paragraph.text for paragraph in paragraphs),
        [mark for paragraph in paragraphs for mark in paragraph.bookmarks],
        [change for paragraph in paragraphs for change in paragraph.changes],
        [comment for paragraph in paragraphs for comment in paragraph.comments],
        [odd for paragraph in paragraphs for odd in paragraph.odds],
    )


def _without_hosts(found: Iterable[ReadParagraph]) -> Iterator[ReadParagraph]:
    """Yield the paragraphs; what only tells of a nested table or an embedded file goes to one beside it."""
    waiting: list[Odd] = []
    last: ReadParagraph | None = None
    for paragraph in found:
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
