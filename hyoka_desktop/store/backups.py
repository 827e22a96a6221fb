"""Keep backups of a report in a folder: how they are named, which of them stay, and how one is proved.

A backup has its name only after it was proved, and nothing older goes before that.
"""

import contextlib
import hashlib
import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from hyoka_desktop.errors import WorldError
from hyoka_desktop.store.copying import RepositoryCopy
from hyoka_desktop.store.faults import world_errors
from hyoka_desktop.store.handles import read_file
from hyoka_desktop.store.journals import put_in_place
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.places import real_place
from hyoka_desktop.store.repository import Clock, Repository

ALL_OF: Final = timedelta(days=2)
DAILY: Final = 12
WEEKLY: Final = 10
MONTHLY: Final = 9
_STAMP: Final = "%Y%m%d-%H%M%S"
_NAME: Final = re.compile(r"(\d{8}-\d{6})-([a-z]+)-(\d+-[0-9a-f]{16})\.hyoka")
_PARTIAL: Final = re.compile(rf"(\d{{14}}\.tmp|{_NAME.pattern}\.new\d*)(\.part)?")
_FOLDER: Final = re.compile(r"(.*)-([0-9a-f]{16})-([0-9a-f]{8})", re.DOTALL)
_LONGEST_STEM: Final = 30
IDENTITY_DIGITS: Final = 16


class Reason(StrEnum):
    """Say why a backup was made; part of its name, so a word never changes."""

    TIMER = "timer"
    CLOSING = "closing"
    ASKED = "asked"
    IMPORT = "import"
    MERGE = "merge"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Backup:
    """Hold what the name of a backup says: local time, reason, the anchor of the state that it holds."""

    path: Path
    at: datetime
    reason: Reason
    anchor: str

    @property
    def size(self) -> int:
        """Tell its size in bytes; 0 where it is gone."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0


def identity_of(repository: Repository) -> str:
    """Tell what stays the same for a report wherever its file lies: its first link of the chain, 16 hex digits."""
    row = repository.read(lambda db: db.execute("SELECT chain FROM command WHERE sequence = 1").fetchone())
    return bytes(row[0]).hex()[:IDENTITY_DIGITS] if row else "0" * IDENTITY_DIGITS


def folder_name(path: Path, identity: str) -> str:
    """Tell the name of the folder for a file: a copy that is worked on elsewhere has one of its own."""
    return f"{path.stem[:_LONGEST_STEM].strip()}-{identity}-{_digest(path)}"


def report_name(backup: Backup) -> str:
    """Tell how the file was called of which a backup was made, as far as its folder says."""
    found = _FOLDER.fullmatch(backup.path.parent.name)
    return found[1] if found is not None else backup.path.parent.name


def backup_name(at: datetime, reason: Reason, anchor: str) -> str:
    """Tell the name of a backup."""
    return f"{at.strftime(_STAMP)}-{reason.value}-{anchor}.hyoka"


def backups_in(folder: Path) -> tuple[Backup, ...]:
    """Tell the backups of a folder, newest first; none where it cannot be read."""
    try:
        found = [_read_name(path) for path in folder.iterdir()]
    except OSError:
        return ()
    return tuple(sorted((one for one in found if one), key=lambda one: (one.at, one.anchor), reverse=True))


def backups_of(place: Path, path: Path, identity: str | None) -> tuple[Backup, ...]:
    """Tell all backups of a report in a place, newest first, also those made while its file lay elsewhere.

    Where the identity cannot be told, since the file is damaged, those made while it lay where it lies.
    """
    try:
        folders = [folder for folder in place.iterdir() if _belongs(folder.name, path, identity)]
    except OSError:
        return ()
    found = [backup for folder in folders for backup in backups_in(folder)]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def kept_of(times: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """Tell which times stay: the newest, all of two days, then the last of 12 days, 10 weeks, 9 months."""
    rest = sorted(set(times), reverse=True)
    kept = set(rest[:1]) | {time for time in rest if now - time < ALL_OF}
    for most, period in ((DAILY, _day), (WEEKLY, _week), (MONTHLY, _month)):
        rest = [time for time in rest if time not in kept and (not kept or time < min(kept))]
        kept |= set(_last_of_each(rest, period)[:most])
    return frozenset(kept)


def thin(folder: Path, now: datetime) -> tuple[Path, ...]:
    """Remove the backups of a folder that need not stay; tell which. One that is held by a program stays."""
    backups = backups_in(folder)
    kept = kept_of([backup.at for backup in backups], now)
    gone = []
    for backup in backups:
        if backup.at not in kept:
            with contextlib.suppress(OSError):
                backup.path.unlink()
                gone.append(backup.path)
    return tuple(gone)


def sweep(folder: Path) -> None:
    """Remove what was being written when the program ended; a folder belongs to one open file, so nobody writes now.

    Anything else in it is somebody's own.
    """
    with contextlib.suppress(OSError):
        for left in folder.iterdir():
            if _PARTIAL.fullmatch(left.name):
                left.unlink()


def partial_name(at: datetime) -> str:
    """Tell how a backup is called while it is being written and its anchor is not known."""
    return f"{at:%Y%m%d%H%M%S}.tmp"


def prove(path: Path, author: Author, clock: Clock) -> str:
    """Open a copy of a backup and check all of it; tell its anchor. WorldError where it is not whole."""
    copy = RepositoryCopy.take(path, author, clock)
    try:
        return copy.anchor
    finally:
        copy.close()


def put(write: Callable[[Path], None], folder: Path, name: str, proved: Callable[[Path], str], expected: str) -> Path:
    """Write a backup beside its name, prove it, and only then give it the name. What cannot be proved goes again.

    Nothing else there is touched. WorldError where it cannot be written, or does not hold the `expected` anchor.
    """
    target = folder / name
    with world_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        names = (folder / f"{name}.new{number or ''}" for number in range(1 << 16))
        partial = next(place for place in names if not os.path.lexists(place))
    try:
        with world_errors(target):
            write(partial)
        if proved(partial) != expected:
            raise WorldError("backup_differs", path=str(target))
        with world_errors(target):
            put_in_place(partial, target)
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
    return target


def copy_file(source: Path) -> Callable[[Path], None]:
    """Tell how to write a backup that is there already to another place."""

    def write(target: Path) -> None:
        target.write_bytes(read_file(source))

    return write


def _read_name(path: Path) -> Backup | None:
    found = _NAME.fullmatch(path.name)
    if found is None or found[2] not in set(Reason):
        return None
    try:
        at = datetime.strptime(found[1], _STAMP)
    except ValueError:
        return None
    return Backup(path, at, Reason(found[2]), found[3])


def _belongs(name: str, path: Path, identity: str | None) -> bool:
    found = _FOLDER.fullmatch(name)
    return found is not None and (found[2] == identity if identity else found[3] == _digest(path))


def _digest(path: Path) -> str:
    return hashlib.sha256(str(real_place(path)).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _last_of_each(times: Sequence[datetime], period: Callable[[datetime], tuple[int, ...]]) -> list[datetime]:
    """Tell the last time of each period, newest first; the times come newest first."""
    last: dict[tuple[int, ...], datetime] = {}
    for time in times:
        last.setdefault(period(time), time)
    return list(last.values())


def _day(time: datetime) -> tuple[int, ...]:
    return (time.year, time.month, time.day)


def _week(time: datetime) -> tuple[int, ...]:
    return tuple(time.isocalendar()[:2])


def _month(time: datetime) -> tuple[int, ...]:
    return (time.year, time.month)
