"""R3: how many keystrokes are lost where the program is killed while somebody types."""

import random
import sys
from pathlib import Path
from typing import Final

from hyoka_desktop.services import reports
from hyoka_desktop.services.forms import find_form
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import Repository
from tests.figures.children import start
from tests.figures.figure import CannotRunHere, Result, Size

TITLE: Final = "kill -9 while typing"
TARGET: Final = "at most 1 keystroke lost in each of 200 kills"
TEXT: Final = "令和六年度は利用者の利便性の向上を図るため窓口の体制を見直した" * 40
"""What is typed, a key a character."""
_MOST_KEYS: Final = 60


def run(size: Size, folder: Path) -> Result:
    """Kill the window as it is."""
    return _count(size.pick(6, 200), folder, "type_until_killed")


def control(size: Size, folder: Path) -> Result:
    """Kill one that saves what is on the screen once a second."""
    return _count(size.pick(4, 50), folder, "type_with_a_timer")


def _count(kills: int, folder: Path, work: str) -> Result:
    if sys.platform == "win32":
        raise CannotRunHere("SIGKILL is of Unix")
    draw = random.Random(7)
    fresh = folder / "fresh.hyoka"
    reports.new_report(fresh, find_form("iaa-annual"), 2024, "見本機構")
    lost = [_lost(folder / f"{number}.hyoka", fresh, draw.randrange(2, _MOST_KEYS), work) for number in range(kills)]
    return Result(f"at most {max(lost)} keystrokes lost, {sum(lost)} in {kills} kills", met=max(lost) <= 1)


def _lost(path: Path, fresh: Path, keys: int, work: str) -> int:
    """Kill a typing window when some keys are on its screen; tell how many of those are not in the file."""
    path.write_bytes(fresh.read_bytes())
    with start(path.parent, "tests.figures.window_work", work, str(path)) as process:
        assert process.stdout is not None, "it was asked for"
        seen = [process.stdout.readline() for _ in range(keys)]
        process.kill()
        seen += process.stdout.read().splitlines(keepends=True)
    on_screen = max(int(line) for line in seen if line.endswith("\n"))
    repository = Repository.open(path, Author("", ""), lambda: "")
    try:
        kept = "".join(repository.drafts().values())
    finally:
        repository.close()
    assert TEXT.startswith(kept), "what is kept is what was typed"
    return max(0, on_screen - len(kept))
