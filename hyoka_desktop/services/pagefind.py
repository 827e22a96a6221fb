"""Find a text on laid out pages, over the ends of lines, whether written in full or half width."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from hyoka_desktop.services.pageplaces import box_around
from hyoka_desktop.typeset.clusters import is_variation_selector
from hyoka_desktop.typeset.frames import Box, PageFrame, Text

_VOICING: Final = "\u3099\u309a\uff9e\uff9f"
_FARTHEST_LINE: Final = 2.5
"""How far below a line the next one of its paragraph may stand, in sizes of the font."""
_NEAR: Final = 0.6
_MOST_LINES: Final = 4096
"""So many lines are remembered as they are compared: an edit changes few of them."""


@dataclass(frozen=True, slots=True)
class Span:
    """Name a part of a text on a page: characters `start` to `end`."""

    page: int
    text: Text
    start: int
    end: int


Match = tuple[Span, ...]
"""One place where the text was found; several spans where it runs over the end of a line."""


def plain(text: str) -> str:
    """Tell a text as it is compared: compatible forms, small letters, no blanks."""
    return "".join(folded for folded, _, _ in _folded(text))


class PageIndex:
    """Know the words of some pages, paragraph by paragraph and cell by cell."""

    def __init__(self, pages: Sequence[PageFrame]) -> None:
        self._flows = [_Flow(pieces) for pieces in _flows(pages)]
        texts = (text for page in pages for text in page.all_texts())
        self._order = {id(text): place for place, text in enumerate(texts)}

    def find(self, wanted: str) -> tuple[Match, ...]:
        """Tell all places of a text in the order of the pages; none for a blank one."""
        sought = plain(wanted)
        if not sought:
            return ()
        found = [match for flow in self._flows for match in flow.find(sought)]
        return tuple(sorted(found, key=lambda match: (self._order[id(match[0].text)], match[0].start)))


_Piece = tuple[int, Text]


class _Flow:
    """One run of lines that belong together, with its letters as they are compared."""

    def __init__(self, pieces: Sequence[_Piece]) -> None:
        letters: list[str] = []
        self._origins: list[tuple[int, Text, int, int]] = []
        for page, text in pieces:
            for folded, start, end in _folded(text.text):
                letters.append(folded)
                self._origins += [(page, text, start, end)] * len(folded)
        self._letters = "".join(letters)

    def find(self, sought: str) -> Iterator[Match]:
        place = self._letters.find(sought)
        while place >= 0:
            yield tuple(self._spans(place, place + len(sought)))
            place = self._letters.find(sought, place + len(sought))

    def _spans(self, first: int, last: int) -> Iterator[Span]:
        page, text, start, end = self._origins[first]
        for next_page, next_text, next_start, next_end in self._origins[first + 1 : last]:
            if next_text is text:
                end = next_end
            else:
                yield Span(page, text, start, end)
                page, text, start, end = next_page, next_text, next_start, next_end
        yield Span(page, text, start, end)


@lru_cache(maxsize=_MOST_LINES)
def _folded(text: str) -> tuple[tuple[str, int, int], ...]:
    """Tell the letters of a text as they are compared, each with the characters that it stands for."""
    return tuple(_letters(text))


def _letters(text: str) -> Iterator[tuple[str, int, int]]:
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and _joins(text[end]):
            continue
        written = "".join(character for character in text[start:end] if not is_variation_selector(character))
        folded = unicodedata.normalize("NFKC", written).casefold()
        letters = "".join(character for character in folded if not character.isspace())
        if letters:
            yield letters, start, end
        start = end


def _joins(character: str) -> bool:
    """Tell whether a character belongs to the one before it."""
    return character in _VOICING or is_variation_selector(character) or bool(unicodedata.combining(character))


def _flows(pages: Sequence[PageFrame]) -> Iterator[list[_Piece]]:
    """Yield the texts of the pages in runs: the lines of a cell, over pages too, and the lines of a paragraph."""
    cells: dict[tuple[object, ...], tuple[int, list[_Piece]]] = {}
    for number, page in enumerate(pages):
        loose: list[_Piece] = []
        fresh: dict[int, list[_Piece]] = {}
        for text in page.all_texts():
            box = box_around(page, text)
            if box is not None:
                if id(box) not in fresh:
                    fresh[id(box)] = _pieces_of_cell(cells, number, box)
                fresh[id(box)].append((number, text))
                continue
            if loose and not _goes_on(loose[-1][1], text):
                yield loose
                loose = []
            loose.append((number, text))
        if loose:
            yield loose
        yield from _finished(cells, number)
    yield from (pieces for _, pieces in cells.values())


def _pieces_of_cell(cells: dict[tuple[object, ...], tuple[int, list[_Piece]]], number: int, box: Box) -> list[_Piece]:
    """Tell the run of a cell: the one that it had on the page before, or a new one."""
    key: tuple[object, ...] = (box.source, round(box.x), round(box.width))
    last, pieces = cells.get(key, (number, []))
    if key in cells and last == number:
        # A second cell of the same field on one page is another printing of it.
        key = (*key, round(box.y), number)
        pieces = []
    cells[key] = (number, pieces)
    return pieces


def _finished(cells: dict[tuple[object, ...], tuple[int, list[_Piece]]], number: int) -> Iterator[list[_Piece]]:
    """Yield the runs of cells that did not go on on this page."""
    for key in [key for key, (last, _) in cells.items() if last < number]:
        yield cells.pop(key)[1]


def _goes_on(line: Text, following: Text) -> bool:
    """Tell whether a text outside of cells is the next of its paragraph: beside the last one or under it."""
    if following.source != line.source or following.size != line.size:
        return False
    if abs(following.baseline - line.baseline) < _NEAR:
        return abs(following.x - line.x - line.width) < line.size * _NEAR
    below = following.baseline - line.baseline
    overlap = min(following.x + following.width, line.x + line.width) - max(following.x, line.x)
    return 0 < below <= _FARTHEST_LINE * line.size and overlap > 0
