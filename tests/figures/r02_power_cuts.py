"""R2: how many files are corrupt, or lack what had been told as saved, after the power was cut.

A real session writes a real file; each write and flush that SQLite makes is recorded. Then the power is cut at any
moment (`powercuts`), the product opens what is left, and its facts, log and drafts must be those of the newest told
state or of the one that was being written.
"""

import random
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final
from unittest.mock import patch

from hyoka_desktop.domain.changes import Action, Edit, NodeChange, ValueChange
from hyoka_desktop.domain.report import ROOT, Address, Node, NodeKind
from hyoka_desktop.errors import HyokaError
from hyoka_desktop.services import reports
from hyoka_desktop.services.forms import find_form
from hyoka_desktop.store import opening
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.opening import _PRAGMAS
from hyoka_desktop.store.repository import Repository
from tests.figures.disk import watched
from tests.figures.figure import Result, Size
from tests.figures.powercuts import Cut, Recorder, cuts

TITLE: Final = "power cut while saving"
TARGET: Final = "0 corrupt, 0 lost in 10,000 simulated cuts"
_NAME: Final = "report.hyoka"
_FIELDS: Final = ("procedures", "other_matters")
_COMMANDS: Final = 60
State = tuple[str, tuple[tuple[Address, str], ...]]
"""The anchor, which covers facts and log, and the drafts."""


def run(size: Size, folder: Path) -> Result:
    """Cut the power of the product as it is."""
    return _count(size.pick(300, 10_000), folder)


def control(size: Size, folder: Path) -> Result:
    """Cut it where SQLite does not flush."""
    with without_flushing():
        return _count(size.pick(300, 1_000), folder)


def _count(number: int, folder: Path) -> Result:
    draw = random.Random(11)
    path = folder / _NAME
    reports.new_report(path, find_form("iaa-annual"), 2024, "見本機構")
    start = {_NAME: path.read_bytes()}
    recorder = Recorder()
    with watched(recorder):
        states = _work(path, recorder, draw)
    corrupt = lost = 0
    with without_flushing():  # looking is quicker so, and sees the same
        for place, cut in enumerate(cuts(start, recorder.events, number, draw)):
            found = _look(folder / str(place), cut)
            corrupt += found is None
            lost += found is not None and found not in states[cut.told : cut.told + 2]
    flushes = f"{len(recorder.events):,} sectors and flushes of {len(states) - 1} commits"
    return Result(f"{corrupt} corrupt, {lost} lost in {number:,} cuts among {flushes}", met=corrupt == lost == 0)


def _work(path: Path, recorder: Recorder, draw: random.Random) -> list[State]:
    """Write commands and drafts, and tell each; give the states, that of the start first."""
    repository = Repository.open(path, Author("評価 太郎", "PC-01"), lambda: "2024-06-28T00:00:00+09:00")
    states = [_state(repository)]
    for _ in range(_COMMANDS):
        if draw.random() < 0.3:
            repository.put_drafts({Address(ROOT, draw.choice(_FIELDS), 2024): "書きかけ" * draw.randrange(1, 900)})
        else:
            repository.apply(_edit(repository, draw))
        states.append(_state(repository))
        recorder.tell(len(states) - 1)
    repository.close()
    return states


def _edit(repository: Repository, draw: random.Random) -> Edit:
    """Make a text long or short, or a node."""
    snapshot = repository.snapshot()
    if draw.random() < 0.2:
        node = Node(snapshot.next_node, NodeKind.ITEM, 3, draw.randrange(9))
        return Edit(Action.ADD, "item", (NodeChange(None, node),))
    address = Address(ROOT, draw.choice(_FIELDS), 2024)
    text = "評価の文" * draw.randrange(1, 3000)
    return Edit(Action.SET_TEXT, address.field, (ValueChange(address, snapshot.stored(address), text),))


def _state(repository: Repository) -> State:
    return repository.anchor, tuple(sorted(repository.drafts().items()))


def _look(folder: Path, cut: Cut) -> State | None:
    """Open what a cut left, by the product's own protocol with all its checks; None where it refuses."""
    folder.mkdir()
    for name, content in cut.files.items():
        (folder / name).write_bytes(content)
    try:
        repository = Repository.open(folder / _NAME, Author("", ""), lambda: "")
        try:
            repository.check_log()
            return _state(repository)
        finally:
            repository.close()
    except HyokaError:
        return None
    finally:
        for left in folder.iterdir():
            left.unlink()
        folder.rmdir()


def without_flushing() -> AbstractContextManager[object]:
    """Open files with the product's pragmas but for the flushes."""
    pragmas = tuple(("synchronous", "OFF", 0) if name == "synchronous" else (name, *rest) for name, *rest in _PRAGMAS)
    return patch.object(opening, "_PRAGMAS", pragmas)
