"""Keep what was found on the pages: all places, the one in hand, and how they are marked."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF

from hyoka_desktop.services.pagefind import Match, PageIndex
from hyoka_desktop.typeset.frames import PageFrame
from hyoka_desktop.ui.paper.glyphs import GlyphSetter
from hyoka_desktop.ui.paper.view import Mark, MarkKind

_OVER = 0.92
_UNDER = 0.2


class PageSearch:
    """Search some pages; the words of the pages are gathered when they are first wanted."""

    def __init__(self, glyphs: GlyphSetter) -> None:
        self._glyphs = glyphs
        self._pages: Sequence[PageFrame] = ()
        self._index: PageIndex | None = None
        self._wanted = ""
        self.matches: tuple[Match, ...] = ()
        self.place = 0

    @property
    def current(self) -> Match | None:
        """Tell the match in hand."""
        return self.matches[self.place] if self.matches else None

    def show_pages(self, pages: Sequence[PageFrame]) -> None:
        """Search other pages from now on; the place in hand stays as far as there are so many."""
        self._pages = pages
        self._index = None
        if self._wanted:
            self._search()
            self.place = min(self.place, max(len(self.matches) - 1, 0))

    def find(self, wanted: str, from_page: int) -> None:
        """Find a text; the first place from a page on comes into hand."""
        self._wanted = wanted
        self._search()
        self.place = next((place for place, match in enumerate(self.matches) if match[0].page >= from_page), 0)

    def step(self, by: int) -> None:
        """Take the next (1) or previous (-1) place in hand, from the last on to the first."""
        if self.matches:
            self.place = (self.place + by) % len(self.matches)

    def marks(self) -> Iterator[Mark]:
        """Tell how the places are marked."""
        for place, match in enumerate(self.matches):
            kind = MarkKind.CURRENT if place == self.place else MarkKind.MATCH
            for page, area in self.areas(match):
                yield Mark(page, area, kind)

    def areas(self, match: Match) -> Iterator[tuple[int, QRectF]]:
        """Tell the areas of a match: page, and place in points."""
        for span in match:
            text = span.text
            start, end = self._glyphs.extent(text, span.start, span.end)
            top = text.baseline - text.size * _OVER
            yield span.page, QRectF(text.x + start, top, end - start, text.size * (_OVER + _UNDER))

    def _search(self) -> None:
        if not self._wanted:
            self.matches = ()
            return
        if self._index is None:
            self._index = PageIndex(self._pages)
        self.matches = self._index.find(self._wanted)
