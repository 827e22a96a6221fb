"""Divide the lines of a cell that came back among the pieces that it was printed of.

Words of the form must be there as they were; what stands between them is the text of the field that was there. Of all
ways to divide the lines the one is taken in which the fewest pieces changed; where there are several such ways, the
pieces in which they differ are in doubt.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hyoka_desktop.exchange.word.expected import Piece, Rule

_NEVER: Final = 1_000_000
_MOST_STATES: Final = 200_000
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
    first, last = (_Division(pieces, lines, late=late).solved() for late in (False, True))
    told = tuple(
        one if _says_same(lines, one, other) else PlacedPiece(one.start, max(one.end, other.end), Fate.DOUBTFUL)
        for one, other in zip(first.pieces, last.pieces, strict=True)
    )
    return PlacedLines(told, first.added)


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


def _says_same(lines: Sequence[str], one: PlacedPiece, other: PlacedPiece) -> bool:
    """Tell whether the earliest and the latest division agree, empty lines aside: then all between them do."""
    borders = ((one.start, other.start), (one.end, other.end))
    between = (line for first, last in borders for line in lines[min(first, last) : max(first, last)])
    return one.fate is other.fate and not any(line.strip() for line in between)


class _Division:
    """One search for the cheapest division; among equals that which takes lines as early, or as late, as can be."""

    def __init__(self, pieces: Sequence[Piece], lines: Sequence[str], *, late: bool) -> None:
        self._pieces = pieces
        self._lines = lines
        self._late = late
        self._costs = [0] + [_NEVER] * len(lines)
        self._steps: list[list[tuple[int, Fate]]] = []

    def solved(self) -> PlacedLines:
        """Tell the division."""
        self._take_added()
        for piece in self._pieces:
            self._take(piece)
            self._take_added()
        return self._walked_back()

    def _walked_back(self) -> PlacedLines:
        pieces, added, end = [], [], len(self._lines)
        for number in range(len(self._steps) - 1, -1, -1):
            start, fate = self._steps[number][end]
            if number % 2:
                pieces.append(PlacedPiece(start, end, fate))
            elif any(line.strip() for line in self._lines[start:end]):
                added.append((start, end))
            end = start
        return PlacedLines(tuple(pieces[::-1]), tuple(added[::-1]))

    def _take_added(self) -> None:
        """Let lines stand between two pieces; empty ones cost nothing."""
        costs = list(self._costs)
        steps = [(place, Fate.SAME) for place in range(len(costs))]
        best = (_NEVER, 0)
        for end in range(1, len(costs)):
            best = max(best, (self._costs[end - 1], end - 1), key=self._worth)
            offers = [(best[0] + _COST_OF_ADDED, best[1])]
            if not self._lines[end - 1].strip():
                offers.append((costs[end - 1], steps[end - 1][0]))
            for cost, start in offers:
                if self._is_better((cost, start), (costs[end], steps[end][0])):
                    costs[end], steps[end] = cost, (start, Fate.SAME)
        self._costs = costs
        self._steps.append(steps)

    def _take(self, piece: Piece) -> None:
        costs = [_NEVER] * len(self._costs)
        steps = [(0, Fate.BROKEN)] * len(self._costs)
        for end, start, fate in self._offers(piece):
            cost = self._costs[start] + (0 if piece.free else _COSTS[fate])
            if costs[end] == _NEVER or self._is_better((cost, start), (costs[end], steps[end][0])):
                costs[end], steps[end] = cost, (start, fate)
        self._costs = costs
        self._steps.append(steps)

    def _offers(self, piece: Piece) -> Iterator[tuple[int, int, Fate]]:
        """Yield end, start and fate of all ways that could be the cheapest."""
        printed, lines = list(piece.lines), list(self._lines)
        for start in range(len(lines) - len(printed) + 1):
            end = start + len(printed)
            if (lines[start : start + 1] == printed[:1] and lines[start:end] == printed) or not printed:
                yield end, start, Fate.SAME
        if is_flexible(piece):
            yield from self._changed(piece)
        if printed:
            yield from ((end, end, Fate.MISSING) for end in range(len(lines) + 1))
            yield from ((end, start, Fate.BROKEN) for end, start in self._ranges(range(len(lines))))

    def _changed(self, piece: Piece) -> Iterator[tuple[int, int, Fate]]:
        before, after = frame(piece) if piece.shown else ("", "")
        lines = self._lines
        if not before and not after and (piece.shown or piece.free):
            yield from ((end, end, Fate.CHANGED) for end in range(len(lines) + 1))
        starts = [place for place, line in enumerate(lines) if line.startswith(before)]
        one_line = bool(piece.slots) and piece.slots[0].rule in _ONE_LINE
        for end, start in ((place + 1, place) for place in starts) if one_line else self._ranges(starts):
            fits = end - start > 1 or len(lines[start]) >= len(before) + len(after)
            if fits and lines[end - 1].endswith(after):
                yield end, start, Fate.CHANGED

    def _ranges(self, starts: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield for each end the start before it that is the cheapest so far."""
        allowed = set(starts)
        best = (_NEVER, 0)
        for end in range(1, len(self._costs)):
            if end - 1 in allowed:
                best = max(best, (self._costs[end - 1], end - 1), key=self._worth)
            if best[0] < _NEVER:
                yield end, best[1]

    def _is_better(self, offer: tuple[int, int], known: tuple[int, int]) -> bool:
        return self._worth(offer) > self._worth(known)

    def _worth(self, offer: tuple[int, int]) -> tuple[int, int]:
        """Tell how good a cost and a start are: the cheapest, then the latest or the earliest start."""
        cost, start = offer
        return -cost, start if self._late else -start
