"""Know where sheets stand on the screen: under each other or in pairs, at a zoom, centred in the room there is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

GAP: Final = 12
"""Pixels between sheets and around them."""


@dataclass(frozen=True, slots=True)
class Placing:
    """Place `count` sheets of a size in points, at `zoom` pixels a point, in a view of at least `room` pixels width."""

    count: int
    width: float
    height: float
    zoom: float
    columns: int = 1
    room: int = 0

    @property
    def view_width(self) -> int:
        """Tell the width of the view in pixels."""
        return max(self.columns * (self._box_width + GAP) + GAP, self.room)

    @property
    def view_height(self) -> int:
        """Tell the height of the view in pixels."""
        return self._rows * (self._box_height + GAP) + GAP

    def box(self, number: int) -> tuple[int, int, int, int]:
        """Tell x, y, width and height of a sheet in whole pixels, so that its lines are sharp."""
        row, column = divmod(number, self.columns)
        used = self.columns * (self._box_width + GAP) + GAP
        left = max(self.room - used, 0) // 2 + GAP + column * (self._box_width + GAP)
        return left, GAP + row * (self._box_height + GAP), self._box_width, self._box_height

    def between(self, top: float, bottom: float) -> Iterator[int]:
        """Yield the sheets of which something lies between two heights."""
        step = self._box_height + GAP
        first = min(max(int((top - GAP) // step), 0), self._rows - 1)
        last = min(int(max(bottom - GAP, 0) // step), self._rows - 1)
        yield from range(first * self.columns, min((last + 1) * self.columns, self.count))

    def at(self, x: float, y: float) -> int | None:
        """Tell the sheet at a point of the view."""
        for number in self.between(y, y):
            left, top, width, height = self.box(number)
            if left <= x < left + width and top <= y < top + height:
                return number
        return None

    @property
    def _rows(self) -> int:
        return -(-self.count // self.columns)

    @property
    def _box_width(self) -> int:
        return max(round(self.width * self.zoom), 1)

    @property
    def _box_height(self) -> int:
        return max(round(self.height * self.zoom), 1)


def zoom_to_width(width: float, columns: int, room: int) -> float:
    """Tell the zoom at which so many sheets of a width (points) fill the room (pixels)."""
    return max((room - (columns + 1) * GAP) / columns, 1) / width


def zoom_to_page(size: tuple[float, float], columns: int, room: tuple[int, int]) -> float:
    """Tell the zoom at which a whole sheet is to be seen."""
    return min(zoom_to_width(size[0], columns, room[0]), max(room[1] - 2 * GAP, 1) / size[1])
