"""Make, find and look into the backups of an open report, in the person's folder and in a second place.

Nothing here writes to a backup or locks it; what is taken out of one becomes a new command of the open report.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from hyoka_desktop.domain.report import Snapshot
from hyoka_desktop.errors import HyokaError, InputError, WorldError
from hyoka_desktop.paths import user_folder
from hyoka_desktop.services.author import current_author, now
from hyoka_desktop.services.comparing import Comparison, compare
from hyoka_desktop.services.session import Session
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.store import backups
from hyoka_desktop.store.backups import Backup, Reason
from hyoka_desktop.store.copying import RepositoryCopy
from hyoka_desktop.store.faults import world_errors
from hyoka_desktop.store.journals import put_in_place
from hyoka_desktop.store.repository import Clock

__all__ = ["Backup", "Reason"]
EVERY_MINUTES: Final = 30
_PATIENCE_SECONDS: Final = 1.0
_LOOK_SECONDS: Final = 0.05
"""So often whoever waits for another backup looks whether this one is still wanted."""
_turns: Final = threading.Lock()
_SECOND_PLACE: Final = "backup_second_place"


@dataclass(frozen=True, slots=True)
class Places:
    """Say where backups go: first into the person's own folder, then perhaps into a second one."""

    first: Path
    second: Path | None = None

    @property
    def all(self) -> tuple[Path, ...]:
        """Tell both places."""
        return (self.first,) if self.second is None else (self.first, self.second)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Report a backup: None where nothing had changed; `second_fault` where the second place could not be written."""

    backup: Backup | None
    second_fault: HyokaError | None = None


@dataclass(frozen=True)
class Inside:
    """Hold what a backup holds, how the report stood when it was read, and what differs."""

    backup: Backup
    snapshot: Snapshot
    now: Snapshot
    comparison: Comparison


def places_of(settings: Settings) -> Places:
    """Tell where backups go."""
    second = settings.text(_SECOND_PLACE)
    return Places(user_folder() / "backups", Path(second) if second else None)


def choose_second_place(settings: Settings, folder: Path | None) -> None:
    """Have backups also put into another folder, for example on a USB stick; None ends it.

    WorldError where it cannot be remembered beyond the end of the program.
    """
    settings.remember({_SECOND_PLACE: str(folder) if folder is not None else ""})
    settings.confirm()


def back_up(
    session: Session,
    places: Places,
    reason: Reason,
    clock: Clock = now,
    checkpoint: Callable[[], None] = lambda: None,
) -> Outcome:
    """Back up the report as it stands, prove the backup and thin the older ones; nothing where nothing changed.

    A fault of the first place is raised, one of the second only told. `checkpoint` may raise to give up; then no
    backup is made. On closing, a backup of the same state is not proved anew: who closes does not wait for that.
    """
    if not session.flush(_PATIENCE_SECONDS):
        raise WorldError("backup_waits", path=str(session.path))
    with _turn(checkpoint):
        return _back_up(session, places, reason, clock, checkpoint)


def find_backups(session: Session, places: Places) -> tuple[Backup, ...]:
    """Tell all backups of an open report, newest first, each once."""
    try:
        identity = session.ask(backups.identity_of).result(_PATIENCE_SECONDS)
    except TimeoutError:
        identity = None
    return _each_once(places, session.path, identity)


def find_backups_of_file(path: Path, places: Places, identity: str | None = None) -> tuple[Backup, ...]:
    """Tell the backups of a file that cannot be opened, newest first."""
    return _each_once(places, path, identity)


def look_inside(session: Session, backup: Backup, checkpoint: Callable[[], None] = lambda: None) -> Inside:
    """Read a backup through a copy; WorldError where it is damaged. `checkpoint` may raise to give up."""
    then, current = read_backup(backup.path), session.snapshot
    checkpoint()
    return Inside(backup, then, current, compare(then, current))


def read_backup(path: Path) -> Snapshot:
    """Read a backup through a copy, proved whole."""
    copy = RepositoryCopy.take(path, current_author(), now)
    try:
        return copy.snapshot()
    finally:
        copy.close()


def restore_as_file(backup: Backup, target: Path, checkpoint: Callable[[], None] = lambda: None) -> None:
    """Put a whole backup as a new file; the report and the backup stay as they are.

    `checkpoint` may raise to give up; then there is no new file.
    """
    if target.exists():
        raise InputError("file_exists", path=str(target))
    anchor = backups.prove(backup.path, current_author(), now)
    checkpoint()
    partial = backups.put(
        backups.copy_file(backup.path), target.parent, target.name, lambda path: _proved(path, now), anchor
    )
    assert partial == target, "a backup is put where it was asked for"


@contextmanager
def _turn(checkpoint: Callable[[], None]) -> Iterator[None]:
    """Have one backup made at a time: each sweeps away what another one left half written."""
    while not _turns.acquire(timeout=_LOOK_SECONDS):
        checkpoint()
    try:
        checkpoint()
        yield
    finally:
        _turns.release()


def _back_up(session: Session, places: Places, reason: Reason, clock: Clock, checkpoint: Callable[[], None]) -> Outcome:
    identity, anchor = session.ask(lambda repository: (backups.identity_of(repository), repository.anchor)).result()
    at = datetime.fromisoformat(clock()).replace(tzinfo=None)
    folder = places.first / backups.folder_name(session.path, identity)
    is_good = _is_there if reason is Reason.CLOSING else _is_whole
    known = _known_one(folder, anchor, lambda one: is_good(one, clock))
    if known is None:
        known = _put(session, folder, at, reason, clock, checkpoint)
        backups.thin(folder, at)
        made: Backup | None = known
    else:
        made = None
    if places.second is None:
        return Outcome(made)
    checkpoint()
    second = places.second / folder.name
    if _known_one(second, anchor, lambda one: is_good(one, clock)) is not None:
        return Outcome(made)
    return Outcome(made, _put_second(known, places.second, second, at, clock))


def _put(
    session: Session, folder: Path, at: datetime, reason: Reason, clock: Clock, checkpoint: Callable[[], None]
) -> Backup:
    """Write through the store's thread into a partial file; what it holds is known from the file itself."""
    partial = folder / backups.partial_name(at)
    with world_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
    backups.sweep(folder)
    try:
        session.backup(partial).result()
        checkpoint()
        anchor = _proved(partial, clock)
        checkpoint()
        target = folder / backups.backup_name(at, reason, anchor)
        with world_errors(target):
            put_in_place(partial, target)
    finally:
        with world_errors(folder):
            partial.unlink(missing_ok=True)
    return Backup(target, at, reason, anchor)


def _put_second(backup: Backup, place: Path, folder: Path, at: datetime, clock: Clock) -> HyokaError | None:
    """Copy a backup to its folder in the second place; tell the fault where that cannot be done."""
    try:
        if not _is_folder(place):
            raise WorldError("backup_second_gone", path=str(place))
        backups.sweep(folder)
        write = backups.copy_file(backup.path)
        backups.put(write, folder, backup.path.name, lambda path: _proved(path, clock), backup.anchor)
    except WorldError as fault:
        return fault
    backups.thin(folder, at)
    return None


def _known_one(folder: Path, anchor: str, is_good: Callable[[Backup], bool]) -> Backup | None:
    """Find a good backup of a state."""
    return next((one for one in backups.backups_in(folder) if one.anchor == anchor and is_good(one)), None)


def _is_there(backup: Backup, _: Clock) -> bool:
    return backup.size > 0


def _is_whole(backup: Backup, clock: Clock) -> bool:
    """Tell whether a backup is still whole; one that was damaged since it was made is none."""
    try:
        return _proved(backup.path, clock) == backup.anchor
    except HyokaError:
        return False


def _is_folder(place: Path) -> bool:
    """Tell whether a place is there; a stick that was pulled out is not made anew as a folder of the disk."""
    try:
        return place.is_dir()
    except OSError:
        return False


def _proved(path: Path, clock: Clock) -> str:
    return backups.prove(path, current_author(), clock)


def _each_once(places: Places, path: Path, identity: str | None) -> tuple[Backup, ...]:
    found: dict[str, Backup] = {}
    for place in places.all:
        for backup in backups.backups_of(place, path, identity):
            found.setdefault(backup.path.name, backup)
    return tuple(sorted(found.values(), key=lambda one: one.at, reverse=True))
