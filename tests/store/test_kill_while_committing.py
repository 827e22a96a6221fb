"""A program that is killed while it commits loses no commit that it had acknowledged."""

import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hyoka_desktop.domain.report import ROOT, Address
from hyoka_desktop.store.repository import Repository

_COMMIT_FOR_EVER = """
import sys
from pathlib import Path
from hyoka_desktop.domain.changes import Action, Edit, ValueChange
from hyoka_desktop.domain.report import Address
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import Repository
address = Address(1, "procedures", 2024)
repository = Repository.open(Path(sys.argv[1]), Author("", ""), lambda: "2024-06-28T00:00:00+09:00")
before = repository.snapshot().stored(address)
while True:
    text = str(repository.sequence + 1) + "文" * 500
    edit = Edit(Action.SET_TEXT, "procedures", (ValueChange(address, before, text),))
    print(repository.apply(edit).sequence, flush=True)
    before = text
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of Unix")
def test_twenty_kills_lose_no_acknowledged_commit(sample_file: Path, open_file: Callable[[Path], Repository]) -> None:
    _kill_and_look(20, sample_file, open_file)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of Unix")
def test_a_thousand_kills_lose_no_acknowledged_commit(
    sample_file: Path, open_file: Callable[[Path], Repository]
) -> None:
    _kill_and_look(1000, sample_file, open_file)


def _kill_and_look(times: int, path: Path, open_file: Callable[[Path], Repository]) -> None:
    draw = random.Random(5)
    acknowledged = 1
    for _ in range(times):
        acknowledged = max(acknowledged, _kill_after(draw.randrange(1, 40), path))
        repository = open_file(path)
        repository.check_log()
        assert repository.sequence in {acknowledged, acknowledged + 1}
        text = repository.snapshot().stored(Address(ROOT, "procedures", 2024)) or ""
        assert text == f"{repository.sequence}{'文' * 500}"
        acknowledged = repository.sequence
        repository.close()


def _kill_after(commits: int, path: Path) -> int:
    """Kill a committing program after some commits; tell the last that it acknowledged."""
    with subprocess.Popen([sys.executable, "-c", _COMMIT_FOR_EVER, path], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(commits)]
        process.kill()
        told += process.stdout.read().splitlines(keepends=True)
    return max(int(line) for line in told if line.endswith("\n"))
