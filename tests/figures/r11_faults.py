"""R11: in how many faults of the disk while someone writes a text is lost, or the program breaks."""

import os
import random
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from enum import Enum
from pathlib import Path
from typing import Final
from unittest.mock import patch

from hyoka_desktop.domain.report import ROOT, Address
from hyoka_desktop.errors import HyokaError, WorldError
from hyoka_desktop.services import reports
from hyoka_desktop.services.rescue import rescue
from hyoka_desktop.services.session import Session, open_session
from hyoka_desktop.store.repository import Repository
from tests.figures.disk import watched
from tests.figures.figure import Result, Size

TITLE: Final = "faults of the disk while writing"
TARGET: Final = "every text recovered and no breakdown in 500 faults"
_FIELD: Final = Address(ROOT, "procedures", 2024)
_DRAFT: Final = Address(ROOT, "other_matters", 2024)
_MOST_WRITES: Final = 30
_SECONDS: Final = 0.05


class Fault(Enum):
    """Name what goes wrong; where SQLite refuses a page, its code."""

    FULL = 13
    READ_ONLY = 8
    LOCKED = 5
    VANISHED = 10 | 3 << 8
    REMOVED = "removed"
    REPLACED = "replaced"
    OVERWRITTEN = "overwritten"


class _Disk:
    """Fail for one file, from some write on."""

    def __init__(self, path: Path, code: int | None, good_writes: int) -> None:
        self._name = path.name
        self._code = code
        self._left = good_writes

    def write(self, path: Path, offset: int, data: bytes) -> int | None:
        """Refuse a page when the time has come."""
        del offset, data
        if self._code is None or not path.name.startswith(self._name):
            return None
        self._left -= 1
        return self._code if self._left < 0 else None

    def truncate(self, path: Path, size: int) -> None:
        """Let it be."""

    def flush(self, path: Path) -> None:
        """Let it be."""

    def delete(self, path: Path) -> None:
        """Let it be."""


class _Heard:
    """Count breakdowns of the store."""

    def __init__(self) -> None:
        self.broke = 0

    def written(self) -> None:
        """Hear of success."""

    def short_of_room(self) -> None:
        """Hear of success with the last room."""

    def failed(self, error: HyokaError) -> None:
        """Hear of a fault of the world, which is what is tried here."""

    def broken(self, error: BaseException) -> None:
        """Hear of a breakdown."""
        del error
        self.broke += 1


def run(size: Size, folder: Path) -> Result:
    """Bring the report to another place after each fault, as the window offers."""
    return _count(size.pick(21, 500), folder, _rescued)


def control(size: Size, folder: Path) -> Result:
    """Only close it."""
    return _count(size.pick(21, 60), folder, _closed)


def _count(faults: int, folder: Path, end: Callable[[Session, Path], Path]) -> Result:
    sample = folder / "sample.hyoka"
    reports.make_sample(sample)
    draw = random.Random(7)
    lost = broke = 0
    for number in range(faults):
        place = folder / str(number)
        place.mkdir()
        path = Path(shutil.copy(sample, place / "report.hyoka"))
        heard = _Heard()
        lost += not _survives(path, list(Fault)[number % len(Fault)], draw, heard, end)
        broke += heard.broke
        shutil.rmtree(place)
    found = f"{lost} with a text lost, {broke} breakdowns in {faults:,} faults"
    return Result(found, met=lost == broke == 0)


def _survives(
    path: Path, fault: Fault, draw: random.Random, heard: _Heard, end: Callable[[Session, Path], Path]
) -> bool:
    """Write, have the disk fail, write on; tell whether all of it is in the file that comes out."""
    code = fault.value if isinstance(fault.value, int) else None
    with ExitStack() as undo:
        undo.enter_context(watched(_Disk(path, code, draw.randrange(_MOST_WRITES))))
        session = open_session(path, heard)
        session.set_text(2024, _FIELD.node, _FIELD.field, "書けた文章")
        session.flush(_SECONDS)
        if fault is Fault.REMOVED:
            path.unlink()
        if fault is Fault.REPLACED:
            other = Path(shutil.copy(path, path.with_name("other.hyoka")))
            other.replace(path)
        if fault is Fault.OVERWRITTEN:
            os.truncate(path, draw.randrange(path.stat().st_size))
        if fault is Fault.VANISHED:
            undo.enter_context(patch.object(Repository, "backup", _unreadable))
        text = f"{draw.random()}" * draw.randrange(1, 400)
        session.set_text(2024, _FIELD.node, _FIELD.field, text)
        session.put_draft(_DRAFT, text[::-1])
        session.flush(_SECONDS)
        kept = end(session, path)
    return _holds(kept, text, heard)


def _rescued(session: Session, path: Path) -> Path:
    target = path.with_name("rescued.hyoka")
    rescue(session, target)
    session.close()
    return target


def _closed(session: Session, path: Path) -> Path:
    session.close()
    return path


def _holds(path: Path, text: str, heard: _Heard) -> bool:
    try:
        session = open_session(path, heard)
    except HyokaError:
        return False
    kept = session.snapshot.stored(_FIELD) == text and session.recovered.get(_DRAFT) == text[::-1]
    session.close()
    return kept


def _unreadable(_repository: Repository, target: Path) -> None:
    raise WorldError("file_unreachable", path=str(target))
