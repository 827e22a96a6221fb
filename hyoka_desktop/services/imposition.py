"""Impose pages on paper: which page stands where on which side of which leaf, for reading one by one or as a booklet.

A leaf is a sheet of paper; its sides follow each other as front, back, front, back. Lengths are points.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_POINTS_PER_MM: Final = 72 / 25.4
_LEAF_OF_BOOKLET: Final = 4
_SAME_SIZE: Final = 0.01
"""A scale so near to 1 is 1: paper sizes are rounded to millimetres, and nothing is to be printed at 99.9%."""


class Arrangement(StrEnum):
    """Name how pages stand on the sides: one each, two each in reading order, or as a booklet to be folded."""

    SINGLE = "single"
    TWO_UP = "two_up"
    BOOKLET = "booklet"


class Binding(StrEnum):
    """Name the edge at which a booklet is folded, seen from a reader of its pages."""

    LEFT = "left"
    TOP = "top"


class Paper(StrEnum):
    """Name the paper in the trays of an office; B4 is the Japanese one (JIS P 0138)."""

    A4 = "A4"
    A3 = "A3"
    B4 = "B4"


PAPER_MM: Final = {Paper.A4: (210, 297), Paper.A3: (297, 420), Paper.B4: (257, 364)}


class Faces(StrEnum):
    """Name the sides that are printed; printing fronts, then backs, turns both sides by hand."""

    ALL = "all"
    FRONTS = "fronts"
    BACKS = "backs"
    BACKS_REVERSED = "backs_reversed"


@dataclass(frozen=True, slots=True)
class Placement:
    """Put a page on a side: its top left corner at x, y, scaled."""

    page: int
    x: float
    y: float
    scale: float


Side = tuple[Placement, ...]
"""One side of a leaf: the pages on it. An empty one is blank."""


@dataclass(frozen=True, slots=True)
class Imposition:
    """Hold the sides of all leaves and their size; `fold` is the line to fold at, from end to end."""

    width: float
    height: float
    sides: tuple[Side, ...]
    fold: tuple[float, float, float, float] | None = None

    @property
    def is_landscape(self) -> bool:
        """Tell whether the sides are wider than tall."""
        return self.width > self.height

    @property
    def turns_on_short_edge(self) -> bool:
        """Tell at which edge leaves printed on both sides are turned: a booklet's at the short one, whatever its fold.

        Other pages are turned at their left edge.
        """
        return self.is_landscape or self.fold is not None


@dataclass(frozen=True, slots=True)
class Request:
    """Say how to impose: the arrangement, the paper, and for a booklet where it is bound."""

    arrangement: Arrangement = Arrangement.SINGLE
    paper: Paper = Paper.A4
    binding: Binding = Binding.LEFT


def impose(pages: Sequence[int], page_size: tuple[float, float], request: Request) -> Imposition:
    """Place pages (their indexes, in the order of reading) on sides, as large as the paper allows.

    The paper is turned as suits the pages. Two pages stand beside each other or one above the other, whichever lets
    them be larger; in a booklet the binding decides.
    """
    (width, height), slots = _best_slots(page_size, request)
    sides = tuple(
        tuple(_placed(page, page_size, slot) for page, slot in zip(group, slots, strict=False) if page is not None)
        for group in _groups(pages, request.arrangement)
    )
    fold = _fold(width, height, slots) if request.arrangement is Arrangement.BOOKLET else None
    return Imposition(width, height, sides, fold)


def page_by_page(count: int, width: float, height: float) -> Imposition:
    """Show pages as they are, each on a side of its own size."""
    return Imposition(width, height, tuple((Placement(page, 0, 0, 1),) for page in range(count)))


def leaves(sides: Sequence[Side]) -> Iterator[tuple[Side, Side]]:
    """Yield front and back of each leaf printed on both sides; the last back may be blank."""
    for front in range(0, len(sides), 2):
        yield sides[front], sides[front + 1] if front + 1 < len(sides) else ()


def printed_sides(sides: Sequence[Side], faces: Faces) -> tuple[Side, ...]:
    """Tell the sides to print, in order; as many backs as fronts, so that they meet."""
    match faces:
        case Faces.ALL:
            return tuple(sides)
        case Faces.FRONTS:
            return tuple(front for front, _ in leaves(sides))
        case Faces.BACKS:
            return tuple(back for _, back in leaves(sides))
        case Faces.BACKS_REVERSED:
            return tuple(back for _, back in leaves(sides))[::-1]


def booklet_order(count: int) -> list[tuple[int | None, int | None]]:
    """Tell the two places of each side of a booklet of so many pages: left and right, or upper and lower.

    Leaves lie inside each other: the outer one carries the first and the last page. Where the pages do not fill the
    last leaf, the blank places come behind the last page.
    """
    full = -(-count // _LEAF_OF_BOOKLET) * _LEAF_OF_BOOKLET
    order: list[tuple[int, int]] = []
    for leaf in range(full // _LEAF_OF_BOOKLET):
        first, last = 2 * leaf, full - 1 - 2 * leaf
        order += [(last, first), (first + 1, last - 1)]
    return [(_real(one, count), _real(other, count)) for one, other in order]


def _real(page: int, count: int) -> int | None:
    return page if page < count else None


def _groups(pages: Sequence[int], arrangement: Arrangement) -> list[tuple[int | None, ...]]:
    """Tell the pages of each side in the order of its places."""
    match arrangement:
        case Arrangement.SINGLE:
            return [(page,) for page in pages]
        case Arrangement.TWO_UP:
            return [tuple(pages[start : start + 2]) for start in range(0, len(pages), 2)]
        case Arrangement.BOOKLET:
            return [
                tuple(None if place is None else pages[place] for place in places)
                for places in booklet_order(len(pages))
            ]


_Slot = tuple[float, float, float, float]
"""A place for a page on a side: x, y, width, height."""


def _best_slots(page_size: tuple[float, float], request: Request) -> tuple[tuple[float, float], tuple[_Slot, ...]]:
    """Tell the turned paper and its places for pages that let the pages be largest."""
    short, long = (side * _POINTS_PER_MM for side in PAPER_MM[request.paper])
    ways = [
        ((width, height), slots)
        for width, height in ((long, short), (short, long))
        for slots in _ways_to_cut(width, height, request)
    ]
    return max(ways, key=lambda way: _scale(page_size, way[1][0]))


def _ways_to_cut(width: float, height: float, request: Request) -> list[tuple[_Slot, ...]]:
    beside = ((0.0, 0.0, width / 2, height), (width / 2, 0.0, width / 2, height))
    above = ((0.0, 0.0, width, height / 2), (0.0, height / 2, width, height / 2))
    match request.arrangement:
        case Arrangement.SINGLE:
            return [((0.0, 0.0, width, height),)]
        case Arrangement.TWO_UP:
            return [beside, above]
        case Arrangement.BOOKLET:
            return [beside] if request.binding is Binding.LEFT else [above]


def _scale(page_size: tuple[float, float], slot: _Slot) -> float:
    scale = min(slot[2] / page_size[0], slot[3] / page_size[1])
    return 1.0 if abs(scale - 1) < _SAME_SIZE else scale


def _placed(page: int, page_size: tuple[float, float], slot: _Slot) -> Placement:
    """Put a page into the middle of its place."""
    x, y, width, height = slot
    scale = _scale(page_size, slot)
    return Placement(page, x + (width - page_size[0] * scale) / 2, y + (height - page_size[1] * scale) / 2, scale)


def _fold(width: float, height: float, slots: Sequence[_Slot]) -> tuple[float, float, float, float]:
    x, y, *_ = slots[1]
    return (x, 0, x, height) if x else (0, y, width, y)
