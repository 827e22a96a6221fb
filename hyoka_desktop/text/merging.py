"""Merge what two persons made of one text, sentence by sentence: what both allow is agreed, the rest is a conflict.

Nothing is guessed. Both changed the same sentence, or put something in at the same place: that is a conflict, which
holds all three texts. Changes of different sentences are both taken, in the order of the text that both began with.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final

from hyoka_desktop.text.diff import matched_units, sentences

Places = Callable[[str], Sequence[tuple[int, int]]]
"""Tells where the parts of a text begin and end that must stay whole."""
_ENDS: Final = ("\n", "。", "．", "！", "？", "!", "?", "」", "』", "）", ")", "】")


class Side(StrEnum):
    """Say who wrote a stretch that is agreed on."""

    BASE = "base"
    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Agreed:
    """Hold text that needs no decision, and whose it is; empty where somebody took something away."""

    text: str
    side: Side


@dataclass(frozen=True, slots=True)
class Conflict:
    """Hold what stood there, and what each made of it."""

    base: str
    ours: str
    theirs: str


Stretch = Agreed | Conflict


@dataclass(frozen=True, slots=True)
class _Hunk:
    """Hold one change of one side: the units from `begin` to `end` became others."""

    side: Side
    begin: int
    end: int
    units: tuple[str, ...]

    @property
    def is_insertion(self) -> bool:
        return self.begin == self.end

    @property
    def is_one_for_one(self) -> bool:
        return self.begin < self.end and self.end - self.begin == len(self.units)


Units = Sequence[str]


@dataclass(frozen=True, slots=True)
class _Part:
    """Hold units of base, ours and theirs, and whose counts; None where they conflict."""

    side: Side | None
    base: Units
    ours: Units
    theirs: Units

    @property
    def is_empty(self) -> bool:
        return not (self.base or self.ours or self.theirs)


def merge_texts(base: str, ours: str, theirs: str, whole: Places = lambda _: ()) -> tuple[Stretch, ...]:
    """Merge two texts that were made of one; without a conflict, merging either of them once more changes nothing."""
    parts = _merged(base, ours, theirs, lambda text: sentences(text, whole(text)))
    stretches = []
    for agreed, group in groupby(parts, lambda part: part.side):
        run = list(group)
        base = "".join(unit for part in run for unit in part.base)
        ours = "".join(unit for part in run for unit in part.ours)
        theirs = "".join(unit for part in run for unit in part.theirs)
        stretches.append(Conflict(base, ours, theirs) if agreed is None else _agreed(agreed, base, ours, theirs))
    return tuple(stretches)


def merge_whole(base: str, ours: str, theirs: str) -> tuple[Stretch, ...]:
    """Merge two values that cannot be mixed, for example numbers or ratings."""
    if ours == theirs:
        return (Agreed(ours, Side.BASE if ours == base else Side.BOTH),)
    if base in {ours, theirs}:
        return (Agreed(theirs, Side.THEIRS) if ours == base else Agreed(ours, Side.OURS),)
    return (Conflict(base, ours, theirs),)


def merged_text(stretches: Sequence[Stretch]) -> str | None:
    """Tell the text that all agree on; None where there is a conflict."""
    if any(isinstance(stretch, Conflict) for stretch in stretches):
        return None
    return "".join(stretch.text for stretch in stretches if isinstance(stretch, Agreed))


def both_texts(conflict: Conflict) -> str:
    """Put ours and theirs behind each other, in lines of their own where ours does not end a sentence."""
    if not conflict.ours or not conflict.theirs:
        return conflict.ours or conflict.theirs
    joint = "" if conflict.ours.endswith(_ENDS) or conflict.theirs.startswith("\n") else "\n"
    return f"{conflict.ours}{joint}{conflict.theirs}"


def _agreed(side: Side, base: str, ours: str, theirs: str) -> Agreed:
    return Agreed({Side.BASE: base, Side.THEIRS: theirs}.get(side, ours), side)


def _merged(base: str, ours: str, theirs: str, cut: Callable[[str], Units]) -> list[_Part]:
    """Merge, and prove that the result stays as it is when either side comes once more; else all is one conflict."""
    units = cut(base), cut(ours), cut(theirs)
    parts = _parts_of_all(*units)
    result = _result(parts)
    if result is None or _result(_parts_of_all(units[0], cut(result), units[2])) == result == _result(
        _parts_of_all(units[0], units[1], cut(result))
    ):
        return parts
    return _all_in_conflict(*units)


def _parts_of_all(base: Units, ours: Units, theirs: Units) -> list[_Part]:
    """Cut the texts into parts; where one side has all that the other wrote, only that one counts."""
    match _side_of(base, ours, theirs):
        case Side.OURS:
            return _parts(base, ours, base)
        case Side.THEIRS:
            return _parts(base, base, theirs)
        case _:
            return _parts(base, ours, theirs)


def _all_in_conflict(base: Units, ours: Units, theirs: Units) -> list[_Part]:
    """Leave out of the conflict what all three texts begin and end with."""
    shortest = min(len(base), len(ours), len(theirs))
    together = [len({*units}) == 1 for units in zip(base, ours, theirs, strict=False)]
    head = next((place for place, same in enumerate(together) if not same), shortest)
    behind = zip(*(reversed(units[head:]) for units in (base, ours, theirs)), strict=False)
    tail = next((place for place, units in enumerate(behind) if len({*units}) > 1), shortest - head)
    middle = [units[head : len(units) - tail] for units in (base, ours, theirs)]
    begin, end = base[:head], base[len(base) - tail :]
    parts = [
        _Part(Side.BASE, begin, begin, begin),
        _Part(None, middle[0], middle[1], middle[2]),
        _Part(Side.BASE, end, end, end),
    ]
    return [part for part in parts if not part.is_empty]


def _parts(base: Units, ours: Units, theirs: Units) -> list[_Part]:
    """Cut three texts into what nobody touched, what one or both changed, and what is in conflict.

    Where both only took away, all that either took away goes.
    """
    parts: list[_Part] = []
    done = 0
    for group in _groups([*_hunks(Side.OURS, base, ours), *_hunks(Side.THEIRS, base, theirs)]):
        begin, end = _range(group)
        kept = base[done:begin]
        parts.append(_Part(Side.BASE, kept, kept, kept))
        here = base[begin:end]
        one, other = (_with_hunks(base, begin, end, group, side) for side in (Side.OURS, Side.THEIRS))
        if len(group) > 1 and _takes_away(group):
            one = other = []
        parts.append(_Part(_side_of(here, one, other), here, one, other))
        done = end
    kept = base[done:]
    parts.append(_Part(Side.BASE, kept, kept, kept))
    return [part for part in parts if not part.is_empty]


def _side_of(base: Units, ours: Units, theirs: Units) -> Side | None:
    """Tell whose units stand where changes meet; None where that cannot be told."""
    if ours == theirs:
        return Side.BOTH
    if base in (ours, theirs):
        return Side.OURS if theirs == base else Side.THEIRS
    has_theirs, has_ours = _contains(base, ours, theirs), _contains(base, theirs, ours)
    if has_theirs == has_ours:
        return None
    return Side.OURS if has_theirs else Side.THEIRS


def _contains(base: Units, more: Units, less: Units) -> bool:
    """Tell whether one text is what comes out where the other is merged with something else, so that it has it all."""
    rest = _simply_merged(less, more, base)
    return rest is not None and _simply_merged(base, rest, less) == more


def _simply_merged(base: Units, ours: Units, theirs: Units) -> Units | None:
    """Merge where no two changes meet; None where some do."""
    merged: list[str] = []
    done = 0
    for group in _groups([*_hunks(Side.OURS, base, ours), *_hunks(Side.THEIRS, base, theirs)]):
        begin, end = _range(group)
        one, other = (_with_hunks(base, begin, end, group, side) for side in (Side.OURS, Side.THEIRS))
        if len(group) > 1 and _takes_away(group):
            one = other = []
        if len(group) > 1 and one != other:
            return None
        merged += [*base[done:begin], *(one if group[0].side is Side.OURS else other)]
        done = end
    return [*merged, *base[done:]]


def _result(parts: Sequence[_Part]) -> str | None:
    """Tell the text that all agree on; None where there is a conflict."""
    if any(part.side is None for part in parts):
        return None
    return "".join(unit for part in parts for unit in (part.theirs if part.side is Side.THEIRS else part.ours))


def _hunks(side: Side, base: Units, text: Units) -> list[_Hunk]:
    """Tell the changes of one side in order."""
    hunks = []
    done_base = done_text = 0
    for one, other in [*matched_units(base, text), (len(base), len(text))]:
        if one > done_base or other > done_text:
            hunks.append(_Hunk(side, done_base, one, tuple(text[done_text:other])))
        done_base, done_text = one + 1, other + 1
    return hunks


def _groups(hunks: Sequence[_Hunk]) -> list[list[_Hunk]]:
    """Put together the changes that meet, directly or through others."""
    groups: list[list[_Hunk]] = []
    for hunk in sorted(hunks, key=lambda hunk: (hunk.begin, hunk.end)):
        met = [group for group in groups if any(_meet(hunk, other) for other in group)]
        if not met:
            groups.append([hunk])
            continue
        first = groups.index(met[0])
        groups[first:] = [[*(one for group in groups[first:] for one in group), hunk]]
    return groups


def _meet(one: _Hunk, other: _Hunk) -> bool:
    """Tell whether two changes of two sides concern the same sentence or the same place.

    Changes that touch are told apart without doubt only where one of them is one for one, or both only take away.
    """
    if one.side is other.side or one.begin > other.end or other.begin > one.end:
        return False
    if one.is_insertion and other.is_insertion:
        return True
    if one.begin == other.end or other.begin == one.end:
        return not (one.is_one_for_one or other.is_one_for_one or _takes_away([one, other]))
    return True


def _range(group: Sequence[_Hunk]) -> tuple[int, int]:
    return min(hunk.begin for hunk in group), max(hunk.end for hunk in group)


def _takes_away(group: Sequence[_Hunk]) -> bool:
    """Tell whether all changes of a group only take away; then nobody disagrees about a word."""
    return not any(hunk.units for hunk in group)


def _with_hunks(base: Units, begin: int, end: int, hunks: Sequence[_Hunk], side: Side) -> list[str]:
    """Tell what one side made of a range of units."""
    made: list[str] = []
    done = begin
    for hunk in (hunk for hunk in hunks if hunk.side is side):
        made += [*base[done : hunk.begin], *hunk.units]
        done = hunk.end
    return [*made, *base[done:end]]
