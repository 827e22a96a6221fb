"""Set the contents: number, text, leader and page number, the last two when the pages are known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hyoka_desktop.document.model import Contents, ContentsEntry, Paragraph, Run, Style
from hyoka_desktop.typeset.frames import Destination, Element, Link, PageFrame
from hyoka_desktop.typeset.pagemaker import PageMaker
from hyoka_desktop.typeset.paragraph import LineBreaker

_LEADER: Final = "…"
_LEADER_GAP: Final = 4.0
_ROOM_FOR_NUMBER_EM: Final = 6


@dataclass(frozen=True, slots=True)
class _OpenLine:
    """Hold a line whose page number is not yet known: where it stands, and where its text ends."""

    page: PageFrame
    top: float
    text_end: float
    entry: ContentsEntry
    style: Style
    prefix: str
    element: Element


class ContentsLines:
    """Set the lines of the contents of a document, from `left` on and `width` points wide."""

    def __init__(self, breaker: LineBreaker, left: float, width: float) -> None:
        self._breaker = breaker
        self._left = left
        self._width = width
        self._open: list[_OpenLine] = []

    def add(self, contents: Contents, entry: ContentsEntry, element: Element, pages: PageMaker) -> None:
        """Set one line as a part of an element, without its page number."""
        breaker, left = self._breaker, self._left
        style = contents.styles[min(entry.level, len(contents.styles)) - 1]
        number_width = contents.number_width.pt
        text_width = self._width - number_width - _ROOM_FOR_NUMBER_EM * style.size.pt
        lines = breaker.lines(Paragraph((Run(entry.text),), style, style.align), text_width)
        pages.y += style.before.pt
        if style.leading.pt * len(lines) > pages.room:
            pages.new_page()
        number = breaker.single_line(entry.number, style)
        breaker.place(pages.page, number, left - style.indent.pt, pages.y, number_width, element)
        end = 0.0
        for line in lines:
            breaker.place(pages.page, line, left + number_width, pages.y, text_width, element)
            end = left + number_width + style.indent.pt + line.width
            pages.y += style.leading.pt
        top = pages.y - style.leading.pt
        self._open.append(_OpenLine(pages.page, top, end, entry, style, contents.page_prefix, element))

    def fill(self, anchors: Mapping[str, Destination], pages: Sequence[PageFrame]) -> None:
        """Set the page numbers, with leaders before them, and link the lines; what leads nowhere stays as it is."""
        right = self._left + self._width
        for line in self._open:
            place = anchors.get(line.entry.anchor)
            if place is None:
                continue
            printed = pages[place.page].number
            number = f"{line.prefix}{printed}" if printed is not None else ""
            widest = self._breaker.width(f"{line.prefix}000", line.style)
            self._place_at(line, number, right - self._breaker.width(number, line.style), line.element)
            self._place_leader(line, right - widest - _LEADER_GAP)
            height = line.style.leading.pt
            line.page.links.append(Link(self._left, line.top, self._width, height, line.entry.anchor, line.element))

    def _place_leader(self, line: _OpenLine, end: float) -> None:
        """Fill up to `end` with leader dots that stand under those of the other lines."""
        width = self._breaker.width(_LEADER, line.style)
        count = int((end - line.text_end - _LEADER_GAP) // width)
        if count > 0:
            self._place_at(line, _LEADER * count, end - count * width, None)

    def _place_at(self, line: _OpenLine, text: str, x: float, element: Element | None) -> None:
        set_line = self._breaker.single_line(text, line.style)
        self._breaker.place(line.page, set_line, x - line.style.indent.pt, line.top, set_line.width, element)
