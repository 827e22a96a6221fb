"""Divide the lines of a cell that came back among the pieces that it was printed of.

Words of the form must be there as they were; what stands between them is the text of the field that was there. Of all
ways to divide the lines the one is taken in which the fewest pieces changed; where there are several such ways, the
pieces in which they differ are in doubt.

What the lines before a piece cost, and those behind it, is worked out from both ends; so each way in which a piece
could have come back is known that is part of some cheapest division.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate
from typing import Final

from hyoka_desktop.exchange.word.expected import Piece, Rule

_NEVER: Final = 1_000_000
_MOST_STATES: Final = 150_000
_ONE_LINE: Final = frozenset({Rule.LINE, Rule.CHOICE, Rule.WRITTEN})


class Fate(StrEnum):
    """Say what became of a piece."""

    SAME = "same"
    CHANGED = "changed"
    """Its field has another text."""
    BROKEN = "broken"
    """Words of the form in it are others."""
    MISSING = "missing"
    DOUBTFUL = "doubtful"


_COSTS: Final = {Fate.SAME: 0, Fate.CHANGED: 2, Fate.MISSING: 5, Fate.BROKEN: 5}
_COST_OF_ADDED: Final = 3


@dataclass(frozen=True, slots=True)
class PlacedPiece:
    """Hold the lines, from `start` to before `end`, that a piece came back as."""

    start: int
    end: int
    fate: Fate


@dataclass(frozen=True, slots=True)
class PlacedLines:
    """Hold what became of each piece in order, and the ranges of lines that belong to none."""

    pieces: tuple[PlacedPiece, ...]
    added: tuple[tuple[int, int], ...]


def placed_lines(pieces: Sequence[Piece], lines: Sequence[str]) -> PlacedLines:
    """Divide the lines among the pieces."""
    if tuple(lines) == tuple(line for piece in pieces for line in piece.lines):
        return PlacedLines(tuple(_as_printed(pieces)), ())
    if (2 * len(pieces) + 1) * (len(lines) + 1) > _MOST_STATES:
        return PlacedLines(tuple(PlacedPiece(0, len(lines), Fate.DOUBTFUL) for _ in pieces), ())
    shapes = [_shape_of(piece) for piece in pieces]
    forth = _Division(shapes, lines)
    back = _Division([shape.turned() for shape in reversed(shapes)], lines[::-1])
    words = [0, *accumulate(bool(line.strip()) for line in lines)]
    behind = [costs[::-1] for costs in reversed(back.before)]
    first = forth.walked_back()
    told = (
        _certain(one, list(forth.cheapest(number, costs)), words)
        for number, (one, costs) in enumerate(zip(first.pieces, behind, strict=True))
    )
    return PlacedLines(tuple(told), first.added)


def is_flexible(piece: Piece) -> bool:
    """Tell whether a piece is one field, which may have any text."""
    return len(piece.slots) == 1 or piece.free


def frame(piece: Piece) -> tuple[str, str]:
    """Tell the words of the form before and behind the one field of a piece."""
    if not piece.slots or piece.bullet:
        return "", ""
    return piece.text[: piece.slots[0].start], piece.text[piece.slots[0].end :]


def _as_printed(pieces: Sequence[Piece]) -> Iterator[PlacedPiece]:
    end = 0
    for piece in pieces:
        start, end = end, end + len(piece.lines)
        yield PlacedPiece(start, end, Fate.SAME)


def _certain(one: PlacedPiece, ways: Sequence[PlacedPiece], words: Sequence[int]) -> PlacedPiece:
    """Tell one way of a piece where all say the same, empty lines aside; `words` counts the others before a place."""

    def said(way: PlacedPiece) -> tuple[Fate, int, int]:
        start, end = words[way.start], words[way.end]
        # Of words that are gone an empty line may be left.
        return Fate.MISSING if way.fate is Fate.BROKEN and start == end else way.fate, start, end

    if len({said(way) for way in ways}) == 1:
        return one
    return PlacedPiece(min(way.start for way in ways), max(way.end for way in ways), Fate.DOUBTFUL)


@dataclass(frozen=True, slots=True)
class _Shape:
    """Say which lines a piece may come back as; `turned` says it for lines that are read from the end."""

    printed: Sequence[str]
    before: str
    after: str
    is_turned: bool
    is_flexible: bool
    is_of_one_line: bool
    may_vanish: bool
    is_free: bool

    def turned(self) -> "_Shape":
        return replace(self, printed=self.printed[::-1], is_turned=not self.is_turned)

    def opens(self, line: str) -> bool:
        """Tell whether a changed text may begin with a line, as they are read."""
        return line.endswith(self.after) if self.is_turned else line.startswith(self.before)

    def closes(self, line: str) -> bool:
        """Tell whether a changed text may end with a line, as they are read."""
        return line.startswith(self.before) if self.is_turned else line.endswith(self.after)

    def holds(self, line: str) -> bool:
        """Tell whether a changed text may be one line."""
        return self.opens(line) and self.closes(line) and len(line) >= len(self.before) + len(self.after)

    def cost(self, fate: Fate) -> int:
        return 0 if self.is_free else _COSTS[fate]


def _shape_of(piece: Piece) -> _Shape:
    before, after = frame(piece) if piece.shown else ("", "")
    return _Shape(
        printed=list(piece.lines),
        before=before,
        after=after,
        is_turned=False,
        is_flexible=is_flexible(piece),
        is_of_one_line=bool(piece.slots) and piece.slots[0].rule in _ONE_LINE,
        may_vanish=not before and not after and (piece.shown or piece.free),
        is_free=piece.free,
    )


class _Division:
    """One search for the cheapest division; among equals that which takes lines as early as can be.

    `before` tells for each piece what the lines cost up to each place at which it could begin.
    """

    def __init__(self, shapes: Sequence[_Shape], lines: Sequence[str]) -> None:
        self._shapes = shapes
        self._lines = lines
        self._costs = [0] + [_NEVER] * len(lines)
        self._steps: list[list[tuple[int, Fate]]] = []
        self.before: list[list[int]] = []
        self._take_added()
        for shape in shapes:
            self.before.append(self._costs)
            self._take(shape)
            self._take_added()

    def walked_back(self) -> PlacedLines:
        """Tell the division."""
        pieces, added, end = [], [], len(self._lines)
        for number in range(len(self._steps) - 1, -1, -1):
            start, fate = self._steps[number][end]
            if number % 2:
                pieces.append(PlacedPiece(start, end, fate))
            elif any(line.strip() for line in self._lines[start:end]):
                added.append((start, end))
            end = start
        return PlacedLines(tuple(pieces[::-1]), tuple(added[::-1]))

    def cheapest(self, number: int, behind: Sequence[int]) -> Iterator[PlacedPiece]:
        """Yield the ways of a piece that are part of a cheapest division; of many that differ in a border, both ends.

        `behind` tells what the lines from each place on cost without the piece.
        """
        shape, before, least = self._shapes[number], self.before[number], self._costs[-1]
        for start, end, fate in _ways(shape, self._lines, before):
            if before[start] + shape.cost(fate) + behind[end] == least:
                yield PlacedPiece(start, end, fate)

    def _take_added(self) -> None:
        """Let lines stand between two pieces; empty ones cost nothing."""
        costs = list(self._costs)
        steps = [(place, Fate.SAME) for place in range(len(costs))]
        best = (_NEVER, 0)
        for end in range(1, len(costs)):
            best = min(best, (self._costs[end - 1], end - 1))
            offers = [(best[0] + _COST_OF_ADDED, best[1])]
            if not self._lines[end - 1].strip():
                offers.append((costs[end - 1], steps[end - 1][0]))
            for cost, start in offers:
                if (cost, start) < (costs[end], steps[end][0]):
                    costs[end], steps[end] = cost, (start, Fate.SAME)
        self._costs = costs
        self._steps.append(steps)

    def _take(self, shape: _Shape) -> None:
        costs = [_NEVER] * len(self._costs)
        steps = [(0, Fate.BROKEN)] * len(self._costs)
        for start, end, fate in _ways(shape, self._lines, self._costs):
            cost = self._costs[start] + shape.cost(fate)
            if costs[end] == _NEVER or (cost, start) < (costs[end], steps[end][0]):
                costs[end], steps[end] = cost, (start, fate)
        self._costs = costs
        self._steps.append(steps)


def _ways(shape: _Shape, lines: Sequence[str], before: Sequence[int]) -> Iterator[tuple[int, int, Fate]]:
    """Yield start, end and fate of all ways of a piece that could be the cheapest, behind lines of such costs."""
    printed, places = list(shape.printed), range(len(lines) + 1)
    for start in range(len(lines) - len(printed) + 1):
        end = start + len(printed)
        if not printed or (lines[start] == printed[0] and list(lines[start:end]) == printed):
            yield start, end, Fate.SAME
    if shape.is_flexible:
        yield from ((start, end, Fate.CHANGED) for start, end in _changed(shape, lines, before))
    if printed:
        yield from ((place, place, Fate.MISSING) for place in places)
        yield from ((start, end, Fate.BROKEN) for start, end in _ranges([True] * len(lines), before, 1))


def _changed(shape: _Shape, lines: Sequence[str], before: Sequence[int]) -> Iterator[tuple[int, int]]:
    if shape.may_vanish:
        yield from ((place, place) for place in range(len(lines) + 1))
    yield from ((place, place + 1) for place, line in enumerate(lines) if shape.holds(line))
    if not shape.is_of_one_line:
        for start, end in _ranges([shape.opens(line) for line in lines], before, 2):
            if shape.closes(lines[end - 1]):
                yield start, end


def _ranges(opens: Sequence[bool], before: Sequence[int], shortest: int) -> Iterator[tuple[int, int]]:
    """Yield for each end the earliest and the latest start of those before it that are the cheapest."""
    least, first, last = _NEVER, 0, 0
    for end in range(shortest, len(before)):
        start = end - shortest
        if opens[start] and before[start] < least:
            least, first, last = before[start], start, start
        elif opens[start] and before[start] == least:
            last = start
        if least < _NEVER:
            yield first, end
            if last != first:
                yield last, end
