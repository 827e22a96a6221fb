"""Find where a field stands on laid out pages, so that a page can be scrolled to what is being edited."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from hyoka_desktop.domain.report import Address
from hyoka_desktop.typeset.frames import Box, PageFrame, Text

_OVER_BASELINE = 0.95
_UNDER_BASELINE = 0.25


@dataclass(frozen=True, slots=True)
class Place:
    """Name an area on a page, in points from its top left corner."""

    page: int
    x: float
    y: float
    width: float
    height: float


def places_of(pages: Sequence[PageFrame], address: Address, *, loosely: bool = False) -> tuple[Place, ...]:
    """Tell where a field is printed, at most one area a page; empty where it is not.

    It is the very value where that is printed, else the field in another year. With `loosely`, or where the address
    names no field, it is anything else of the same node.
    """
    tests: list[Callable[[object], bool]] = [
        lambda source: source == address,
        lambda source: isinstance(source, Address) and source[:2] == address[:2],
    ]
    if loosely or not address.field:
        tests.append(lambda source: isinstance(source, Address) and source.node == address.node)
    for is_meant in tests:
        found = tuple(_found(pages, is_meant))
        if found:
            return found
    return ()


def box_around(page: PageFrame, text: Text) -> Box | None:
    """Tell the cell in which a text stands, None where it stands in none."""
    middle = text.baseline - text.size / 2
    return next(
        (box for box in page.boxes if box.x <= text.x < box.x + box.width and box.y <= middle < box.y + box.height),
        None,
    )


def _found(pages: Sequence[PageFrame], is_meant: Callable[[object], bool]) -> Iterator[Place]:
    for number, page in enumerate(pages):
        texts = [text for text in page.texts if is_meant(text.source)]
        if texts:
            yield _around_texts(number, page, texts)
            continue
        empty = next((box for box in page.boxes if is_meant(box.source)), None)
        if empty is not None:
            yield Place(number, empty.x, empty.y, empty.width, empty.height)


def _around_texts(number: int, page: PageFrame, texts: Sequence[Text]) -> Place:
    """Tell the area of some lines, as wide as the cell of the first."""
    box = box_around(page, texts[0])
    inside = [text for text in texts if box_around(page, text) == box]
    left = box.x if box else min(text.x for text in inside)
    right = box.x + box.width if box else max(text.x + text.width for text in inside)
    top = min(text.baseline - text.size * _OVER_BASELINE for text in inside)
    bottom = max(text.baseline + text.size * _UNDER_BASELINE for text in inside)
    return Place(number, left, top, right - left, bottom - top)
