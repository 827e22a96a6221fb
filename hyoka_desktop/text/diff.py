"""Tell how two Japanese texts differ: by sentence, then by character inside the sentences that changed.

Numbers and Latin words are never marked in part: 「12.5」 that became 「13.5」 is one change.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import Final

from hyoka_desktop.text.clusters import clusters


class PieceKind(StrEnum):
    """Say in which of the two texts a piece stands."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold a run of text that stands in both texts, only before, or only after."""

    kind: PieceKind
    text: str


_SENTENCE: Final = re.compile(r"\n|[^。．！？!?\n]*[。．！？!?]+[」』）)】〉》]*|[^。．！？!?\n]+")
_WHOLE: Final = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*|[A-Za-zＡ-Ｚａ-ｚ]+")
_ENDS: Final = ("\n", "。", "．")
_MOST_BY_CHANCE: Final = 4
_MOST_CELLS: Final = 100_000_000
"""So many pairs of units are compared in a tenth of a second; a longer stretch counts as rewritten."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Hold units of both texts: equal ones, or those that took the place of each other."""

    before: Sequence[str]
    after: Sequence[str]
    same: bool

    @property
    def length(self) -> int:
        return max(len("".join(self.before)), len("".join(self.after)))


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """Tell the pieces in order of reading: SAME and REMOVED give the text before, SAME and ADDED the one after.

    Neighbours are never of one kind, and where both texts differ REMOVED stands before ADDED.
    """
    stretches = [
        inner
        for outer in _stretches(sentences(before), sentences(after))
        for inner in ([outer] if outer.same else _inside("".join(outer.before), "".join(outer.after)))
    ]
    return tuple(piece for stretch in _joined(_slid(_joined(stretches))) for piece in _pieces(stretch))


def sentences(text: str, whole: Sequence[tuple[int, int]] = ()) -> list[str]:
    """Split into sentences with their closing brackets; a line end is one of its own.

    What lies between the places of `whole` (begin, end) is not cut.
    """
    starts = {found.start() for found in _SENTENCE.finditer(text)}
    starts -= {place for begin, end in whole for place in range(begin + 1, end)}
    return _units(text, lambda place: place in starts)


def matched_units(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Tell the places (before, after) of a longest common subsequence of two sequences of units, in order."""
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    pairs = [(place, place) for place in range(head)]
    inner = _matches(before[head : len(before) - tail], after[head : len(after) - tail])
    pairs += [(one + head, other + head) for one, other in inner]
    pairs += [(len(before) - place, len(after) - place) for place in range(tail, 0, -1)]
    return pairs


def _inside(before: str, after: str) -> list[_Stretch]:
    """Compare sentences that changed by character, and forget likenesses by chance."""
    stretches = _joined(_stretches(_words(before), _words(after)))
    count = 0
    while count != len(stretches):
        count = len(stretches)
        around = zip(stretches, stretches[1:], stretches[2:], strict=False)
        chances = [_is_chance(*three) for three in around]
        marked = zip(stretches, [False, *chances, False], strict=False)
        stretches = _joined([replace(stretch, same=stretch.same and not chance) for stretch, chance in marked])
    return stretches


def _slid(stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """Slide what was put in or taken out, where it could as well stand elsewhere, to the ends of sentences."""
    slid = list(stretches)
    for place in range(1, len(slid) - 1):
        left, here, right = slid[place - 1 : place + 2]
        moving = here.after or here.before
        if here.same or (here.before and here.after):
            continue
        run = [*left.after, *moving, *right.after]
        start = _best_start(run, len(left.after), len(moving))
        moved = run[start : start + len(moving)]
        slid[place - 1] = replace(left, before=run[:start], after=run[:start])
        slid[place] = replace(here, before=moved if here.before else (), after=moved if here.after else ())
        rest = run[start + len(moving) :]
        slid[place + 1] = replace(right, before=rest, after=rest)
    return slid


def _best_start(run: Sequence[str], start: int, length: int) -> int:
    """Tell where a stretch begins best among the places that make the same text: a line, a sentence, where it is."""
    least = start
    while least > 0 and run[least - 1] == run[least + length - 1]:
        least -= 1
    most = start
    while most + length < len(run) and run[most] == run[most + length]:
        most += 1
    places = range(least, most + 1)
    behind = (place for end in _ENDS for place in places if place == 0 or run[place - 1].endswith(end))
    return next(behind, start)


def _is_chance(left: _Stretch, here: _Stretch, right: _Stretch) -> bool:
    """Tell whether a likeness is shorter than the changes around it, and so short that it says nothing."""
    return here.same and here.length <= min(_MOST_BY_CHANCE, left.length, right.length)


def _words(text: str) -> list[str]:
    """Split into clusters, numbers and Latin words."""
    inside = {place for found in _WHOLE.finditer(text) for place in range(found.start() + 1, found.end())}
    return _units(text, lambda place: place not in inside)


def _units(text: str, begins: Callable[[int], bool]) -> list[str]:
    """Cut a text where a unit begins, and never through a cluster."""
    units: list[str] = []
    place = 0
    for cluster in clusters(text):
        if begins(place) or not units:
            units.append(cluster)
        else:
            units[-1] += cluster
        place += len(cluster)
    return units


def _joined(stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """Join neighbours of one kind."""
    joined = []
    for same, group in groupby(stretches, lambda stretch: stretch.same):
        run = list(group)
        before = [unit for stretch in run for unit in stretch.before]
        joined.append(_Stretch(before, [unit for stretch in run for unit in stretch.after], same))
    return joined


def _pieces(stretch: _Stretch) -> Iterator[Piece]:
    before, after = "".join(stretch.before), "".join(stretch.after)
    if stretch.same:
        yield Piece(PieceKind.SAME, before)
        return
    if before:
        yield Piece(PieceKind.REMOVED, before)
    if after:
        yield Piece(PieceKind.ADDED, after)


def _stretches(before: Sequence[str], after: Sequence[str]) -> list[_Stretch]:
    """Cut two sequences of units at a longest common subsequence of theirs."""
    stretches, done_before, done_after = [], 0, 0
    for one, other in matched_units(before, after):
        if one > done_before or other > done_after:
            stretches.append(_Stretch(before[done_before:one], after[done_after:other], same=False))
        stretches.append(_Stretch(before[one : one + 1], after[other : other + 1], same=True))
        done_before, done_after = one + 1, other + 1
    if len(before) > done_before or len(after) > done_after:
        stretches.append(_Stretch(before[done_before:], after[done_after:], same=False))
    return stretches


def _common(before: Sequence[str], after: Sequence[str]) -> int:
    """Count the equal units at the head of both."""
    shorter = min(len(before), len(after))
    return next((place for place in range(shorter) if before[place] != after[place]), shorter)


def _matches(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Tell the places of a longest common subsequence.

    All columns of a row of the table of lengths are worked out at once as bits of one number (Hyyrö 2004: a bit is 0
    where the length grows), so that time does not depend on what the texts say.
    """
    if not before or not after or len(before) * len(after) > _MOST_CELLS:
        return []
    places: dict[str, int] = {}
    for place, unit in enumerate(before):
        places[unit] = places.get(unit, 0) | 1 << place
    full = (1 << len(before)) - 1
    rows = [full]
    for unit in after:
        row = rows[-1]
        grown = row & places.get(unit, 0)
        rows.append((row + grown | row - grown) & full)
    return _traced(rows, len(before))


def _traced(rows: Sequence[int], width: int) -> list[tuple[int, int]]:
    """Walk the table of lengths back from its end; the latest matches win."""
    matches = []
    row, column = len(rows) - 1, width
    while row and column:
        if rows[row] >> (column - 1) & 1:
            column -= 1
        elif not rows[row - 1] >> (column - 1) & 1:
            row -= 1
        else:
            row, column = row - 1, column - 1
            matches.append((column, row))
    return matches[::-1]
