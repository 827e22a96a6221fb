"""R1: how many acknowledged commits are lost where the program is killed while it saves."""

import random
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

from hyoka_desktop.domain.report import ROOT, Address
from hyoka_desktop.services import reports
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import Repository
from tests.figures.figure import CannotRunHere, Result, Size

TITLE: Final = "kill -9 while saving"
TARGET: Final = "0 acknowledged commits lost in 1,000 kills"
_FIELD: Final = "procedures"
_MOST_COMMITS: Final = 40

_COMMIT_FOR_EVER: Final = """
import sys
from pathlib import Path
from hyoka_desktop.domain.changes import Action, Edit, ValueChange
from hyoka_desktop.domain.report import Address
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import Repository
address = Address(1, "procedures", 2024)
repository = Repository.open(Path(sys.argv[1]), Author("", ""), lambda: "2024-06-28T00:00:00+09:00")
before = repository.snapshot().stored(address)
early = sys.argv[2] == "early"
while True:
    text = str(repository.sequence + 1) + "文" * 500
    edit = Edit(Action.SET_TEXT, "procedures", (ValueChange(address, before, text),))
    if early:
        print(repository.sequence + 1, flush=True)
    repository.apply(edit)
    if not early:
        print(repository.sequence, flush=True)
    before = text
"""


def run(size: Size, folder: Path) -> Result:
    """Kill a program that tells a commit after it."""
    return _count(size.pick(20, 1000), folder, "late")


def control(size: Size, folder: Path) -> Result:
    """Kill one that tells a commit before it."""
    return _count(size.pick(20, 200), folder, "early")


def _count(kills: int, folder: Path, when: str) -> Result:
    if sys.platform == "win32":
        raise CannotRunHere("SIGKILL is of Unix")
    path = folder / "sample.hyoka"
    reports.make_sample(path)
    draw = random.Random(5)
    told, lost, wrong = 0, 0, 0
    for _ in range(kills):
        first, last = _kill_after(draw.randrange(1, _MOST_COMMITS), path, when)
        told += last - first + 1
        kept, is_right = _look(path)
        lost += max(0, last - kept)
        wrong += not is_right
    found = f"{lost:,} of {told:,} acknowledged commits lost, {wrong} files wrong, in {kills:,} kills"
    return Result(found, met=lost == 0 and wrong == 0)


def _kill_after(commits: int, path: Path, when: str) -> tuple[int, int]:
    """Kill a committing program when it has told some commits; give the first and the last that it told."""
    command = [sys.executable, "-c", _COMMIT_FOR_EVER, str(path), when]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None, "it was asked for"
        told = [process.stdout.readline() for _ in range(commits)]
        process.send_signal(signal.SIGKILL)
        told += process.stdout.read().splitlines(keepends=True)
    numbers = [int(line) for line in told if line.endswith("\n")]
    return min(numbers), max(numbers)


def _look(path: Path) -> tuple[int, bool]:
    """Open what is left; tell the newest commit in it, and whether the field holds what that commit wrote."""
    repository = Repository.open(path, Author("", ""), lambda: "2024-06-28T00:00:00+09:00")
    try:
        repository.check_log()
        text = repository.snapshot().stored(Address(ROOT, _FIELD, 2024)) or ""
        return repository.sequence, repository.sequence == 1 or text == f"{repository.sequence}{'文' * 500}"
    finally:
        repository.close()
