"""R8: how many merges of two random hands lose a sentence, see a conflict where there is none, or depend on the order.

Each sentence of a text belongs to one of the two, or to nobody, and each of them writes only about the own ones: puts
them otherwise, strikes them out, puts something in behind them. So the right text is known. In some of the merges one
sentence is written about by both: there a conflict must be seen, with the texts of both.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby, pairwise
from pathlib import Path
from typing import Final

from hyoka_desktop.domain.livevalues import live_value_places
from hyoka_desktop.text.diff import sentences
from hyoka_desktop.text.merging import Agreed, Conflict, Stretch, merge_texts, merged_text
from tests.figures.figure import Result, Size

TITLE: Final = "random merges"
TARGET: Final = "0 of 10,000 lose text or see a false conflict; all symmetric and idempotent"
_SUBJECTS: Final = ("応答率", "研修", "審査", "広報", "{指標:満足度.実績#7}", "体制", "経費", "システム")
_VERBS: Final = ("は目標を上回った", "を見直した", "に12.5%を充てた", "を計画どおり実施した", "は「良好」であった")
_REPEATED: Final = ("特になし。", "以上のとおりである。")
_APART: Final = 8
_SHARED: Final = 0.2
Merge = Callable[[str, str, str], Sequence[Stretch]]


class _Deed(Enum):
    """Say what is done with a sentence."""

    REWRITE = 1
    STRIKE_OUT = 2
    PUT_IN = 3


@dataclass(frozen=True, slots=True)
class _Trial:
    """Hold three texts; `right` is what must come out, None where both wrote about one sentence."""

    base: str
    ours: str
    theirs: str
    right: str | None


def run(size: Size, folder: Path) -> Result:
    """Merge as the product does."""
    return _count(size.pick(500, 10_000), lambda *texts: merge_texts(*texts, live_value_places))


def control(size: Size, folder: Path) -> Result:
    """Merge by line, whoever comes last winning."""
    return _count(size.pick(500, 500), _last_writer_wins)


def _last_writer_wins(base: str, ours: str, theirs: str) -> Sequence[Stretch]:
    lines = [text.split("\n") for text in (base, ours, theirs)]
    longest = max(map(len, lines))
    filled = [[*text, *[""] * (longest - len(text))] for text in lines]
    merged = "\n".join(one if other == old else other for old, one, other in zip(*filled, strict=True)).rstrip("\n")
    return merge_texts(merged, merged, merged)


def _count(trials: int, merge: Merge) -> Result:
    draw = random.Random(8)
    faults: Counter[str] = Counter()
    for _ in range(trials):
        faults.update(_faults(_trial(draw), merge))
    found = ", ".join(f"{faults[name]} {name}" for name in ("lost", "false", "missed", "asymmetric", "not idempotent"))
    return Result(f"{trials:,} merges: {found}", met=not faults)


def _faults(trial: _Trial, merge: Merge) -> set[str]:
    """Tell what is wrong with one merge: `false` is another text than the right one, or a conflict instead of it."""
    base, ours, theirs = trial.base, trial.ours, trial.theirs
    stretches, other_way = merge(base, ours, theirs), merge(base, theirs, ours)
    merged = merged_text(stretches)
    checks = {
        "lost": _loses(trial, stretches),
        "false": trial.right is not None and merged != trial.right,
        "missed": trial.right is None and merged is not None,
        "asymmetric": [_swapped(stretch) for stretch in stretches] != [_plain(stretch) for stretch in other_way],
        "not idempotent": merged is not None
        and {merged_text(merge(base, merged, theirs)), merged_text(merge(base, ours, merged))} != {merged},
    }
    return {name for name, wrong in checks.items() if wrong}


def _loses(trial: _Trial, stretches: Sequence[Stretch]) -> bool:
    """Tell whether a sentence that somebody wrote is neither in the result nor on that side of a conflict."""
    for side, text in (("ours", trial.ours), ("theirs", trial.theirs)):
        kept = Counter(
            unit
            for stretch in stretches
            for unit in _cut(stretch.text if isinstance(stretch, Agreed) else getattr(stretch, side))
        )
        if Counter(_cut(text)) - Counter(_cut(trial.base)) - kept:
            return True
    return False


def _cut(text: str) -> list[str]:
    return sentences(text, live_value_places(text))


def _plain(stretch: Stretch) -> tuple[str, ...]:
    if isinstance(stretch, Conflict):
        return (stretch.base, stretch.ours, stretch.theirs)
    return (stretch.text,)


def _swapped(stretch: Stretch) -> tuple[str, ...]:
    if isinstance(stretch, Conflict):
        return (stretch.base, stretch.theirs, stretch.ours)
    return (stretch.text,)


def _trial(draw: random.Random) -> _Trial:
    units = _sentences(draw)
    owners = [draw.choice("NNOT") for _ in units]
    done = [draw.choice(list(_Deed)) for _ in units]
    for place in _beside_another(owners):
        done[place] = _Deed.REWRITE
    right = [_written(draw, unit, owner, deed) for unit, owner, deed in zip(units, owners, done, strict=True)]
    ours = [new if owner == "O" else unit for unit, owner, new in zip(units, owners, right, strict=True)]
    theirs = [new if owner == "T" else unit for unit, owner, new in zip(units, owners, right, strict=True)]
    if draw.random() < _SHARED:
        place = draw.randrange(len(units))
        ours[place], theirs[place] = (_written(draw, units[place], owner, _Deed.REWRITE) for owner in "OT")
        return _Trial("".join(units), "".join(ours), "".join(theirs), None)
    return _Trial("".join(units), "".join(ours), "".join(theirs), "".join(right))


def _beside_another(owners: Sequence[str]) -> Iterator[int]:
    """Yield the sentences of a run of one that follows at once on a run of the other; there only words change."""
    runs = [(owner, list(group)) for owner, group in groupby(range(len(owners)), lambda place: owners[place])]
    for (before, _), (owner, places) in pairwise(runs):
        if {before, owner} == {"O", "T"}:
            yield from places


def _sentences(draw: random.Random) -> list[str]:
    """Make sentences, some more than once, but so far apart that a reader could tell which of them was meant."""
    units: list[str] = []
    for _ in range(draw.randrange(1, 25)):
        unit = _sentence(draw)
        if unit not in units[-_APART:]:
            units.append(unit)
    return units


def _sentence(draw: random.Random) -> str:
    if draw.random() < 0.1:
        return draw.choice(_REPEATED)
    end = draw.choice(("。", "。", "。", "。\n", "。\n\n"))
    return f"{draw.choice(_SUBJECTS)}{draw.randrange(1000)}{draw.choice(_VERBS)}{end}"


def _written(draw: random.Random, unit: str, owner: str, deed: _Deed) -> str:
    """Tell what one makes of an own sentence; no two write the same."""
    if owner == "N":
        return unit
    new = f"{draw.choice(_SUBJECTS)}{owner}{draw.randrange(1_000_000)}{draw.choice(_VERBS)}。"
    line_ends = unit[len(unit.rstrip("\n")) :]
    match deed:
        case _Deed.REWRITE:
            return f"{new}{line_ends}"
        case _Deed.STRIKE_OUT:
            return line_ends
        case _Deed.PUT_IN:
            return f"{unit.rstrip()}{new}{line_ends}"
