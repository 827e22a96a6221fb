"""The pages as they will be painted: texts, rules, tints and links at fixed places.

Coordinates are points (1/72 inch) from the top left corner of the page, y downwards.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class ElementKind(StrEnum):
    """Name the kinds of elements by the standard structure types of PDF (PDF 32000-1, 14.8.4)."""

    DOCUMENT = "Document"
    PART = "Part"
    SECT = "Sect"
    H1 = "H1"
    H2 = "H2"
    P = "P"
    TOC = "TOC"
    TOCI = "TOCI"
    TABLE = "Table"
    TR = "TR"
    TH = "TH"
    TD = "TD"
    L = "L"
    LI = "LI"
    LBODY = "LBody"
    LINK = "Link"
    FIGURE = "Figure"


class Scope(StrEnum):
    """Name what a header cell heads."""

    COLUMN = "Column"
    ROW = "Row"


@dataclass(eq=False, slots=True)
class Element:
    """Hold one element of the logical structure (PDF 32000-1, 14.8): its kind, what is inside, and how a cell spans.

    `title` names a table or describes a figure. Texts that belong to it point to it.
    """

    kind: ElementKind
    children: list["Element"] = field(default_factory=list)
    colspan: int = 1
    rowspan: int = 1
    title: str = ""
    scope: Scope | None = None


@dataclass(slots=True)
class Text:
    """Set a piece of text on a baseline.

    `element` is what it belongs to; None where it is not read aloud: repeated headers, leaders, page numbers. `gaps` is
    the space behind each character (with its variation selector) beyond its own width, in points; empty where there is
    none.
    """

    x: float
    baseline: float
    width: float
    font: str
    size: float
    text: str
    source: Hashable = None
    element: Element | None = field(default=None, compare=False)
    gaps: tuple[float, ...] = ()


@dataclass(slots=True)
class Rule:
    """Draw a straight line, horizontal or vertical."""

    x0: float
    y0: float
    x1: float
    y1: float
    thickness: float


@dataclass(slots=True)
class Fill:
    """Tint a box (0 black, 1 white)."""

    x: float
    y: float
    width: float
    height: float
    tint: float


@dataclass(slots=True)
class Link:
    """Make a box lead to an anchor."""

    x: float
    y: float
    width: float
    height: float
    anchor: str
    element: Element | None = field(default=None, compare=False)


@dataclass(slots=True)
class Box:
    """Mark the area of a cell, so that a click finds the field even where there is no text."""

    x: float
    y: float
    width: float
    height: float
    source: Hashable


@dataclass(slots=True)
class PageFrame:
    """Hold all that stands on one page.

    `number` is what is printed in its `foot`, None where nothing is; `head` holds what stands above on every page.
    """

    number: int | None
    foot: Text | None = None
    texts: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    head: "PageFrame | None" = None

    def without_foot(self) -> "PageFrame":
        """Tell a page with the same things on it and no number yet."""
        return PageFrame(None, None, self.texts, self.rules, self.fills, self.links, self.boxes)

    def all_texts(self) -> Iterator[Text]:
        """Yield the texts of the page with those at its head and foot."""
        yield from self.texts
        if self.head is not None:
            yield from self.head.texts
        if self.foot is not None:
            yield self.foot

    def all_rules(self) -> Iterator[Rule]:
        """Yield the rules of the page with those at its head."""
        yield from self.rules
        if self.head is not None:
            yield from self.head.rules

    def source_at(self, x: float, y: float) -> Hashable:
        """Tell where the text at a point came from: the nearest line of the cell, or the cell; None elsewhere."""
        inside = next((box for box in self.boxes if _holds(box, x, y)), None)
        lines = [
            text
            for text in self.texts
            if text.source is not None
            and abs(text.baseline - text.size / 2 - y) <= text.size
            and text.x - text.size <= x
            and (inside is None or _holds(inside, text.x, text.baseline - text.size / 2))
        ]
        if lines:
            return min(lines, key=lambda text: abs(text.baseline - text.size / 2 - y)).source
        return inside.source if inside is not None else None


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x <= x < box.x + box.width and box.y <= y < box.y + box.height


@dataclass(frozen=True, slots=True)
class Destination:
    """Name a place in the document: page from 0, y on the page."""

    page: int
    y: float


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """Hold one line of the outline."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Hold the laid out document: pages, where the anchors are, the outline and the paper in points.

    `structure` has one element for each section, in the order of reading.
    """

    title: str
    author: str
    width: float
    height: float
    pages: Sequence[PageFrame]
    anchors: Mapping[str, Destination]
    outline: Sequence[OutlineEntry]
    structure: Sequence[Element] = ()

    def page_numbers(self) -> Mapping[str, int]:
        """Tell the printed page number of each anchor that stands on a numbered page (the page map)."""
        return {
            anchor: number
            for anchor, place in self.anchors.items()
            if (number := self.pages[place.page].number) is not None
        }
