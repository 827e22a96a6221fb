"""Keep the working copies of files on shares: each in a folder of its own, with a record of where it came from.

The record lies beside the copy and never among its facts. A folder counts once it has its record, which is written
last.
"""

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final, Self

from hyoka_desktop.errors import HyokaError, WorldError
from hyoka_desktop.paths import user_folder
from hyoka_desktop.services.author import current_author, now
from hyoka_desktop.services.files import free_path, json_bytes, make_folder, write_file
from hyoka_desktop.store.copying import IN_USE, RepositoryCopy
from hyoka_desktop.store.faults import world_errors
from hyoka_desktop.store.journals import journal_of
from hyoka_desktop.store.places import real_place
from hyoka_desktop.store.publishing import fitting_name
from hyoka_desktop.store.renaming import move_over
from hyoka_desktop.store.repository import Repository

_RECORD: Final = "checkout.json"
_MOST_DISCARDED: Final = 20


@dataclass(frozen=True, slots=True)
class Record:
    """Say where a working copy came from: the published file, its anchor, and when it was fetched or published.

    `pending` is the anchor that was about to be published; whether it arrived was not known when it was written.
    """

    origin: str
    base: str
    at: str
    pending: str = ""


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """Hold a working copy; `put_away` tells where an older one went whose record could not be read."""

    folder: Path
    record: Record
    put_away: Path | None = None

    @property
    def origin(self) -> Path:
        """Tell the published file that it came from."""
        return Path(self.record.origin)

    @property
    def file(self) -> Path:
        """Tell the place of the copy itself."""
        return self.folder / self.origin.name

    @classmethod
    def fetch(cls, origin: Path) -> Self:
        """Copy a published file, proved whole, to the place of its working copy.

        What is there is given up where its record says that it is published; without one that can be read it is put
        away where it holds anything else than the published file.
        """
        folder = _folder_of(origin)
        with contextlib.closing(RepositoryCopy.take(origin, current_author(), now)) as published:
            is_known = _read(folder) is not None
            put_away = None if is_known else _put_away(folder / origin.name, published.anchor)
            with world_errors(folder):
                shutil.rmtree(folder, ignore_errors=True)
            make_folder(folder)
            copy = cls(folder, Record(str(origin), published.anchor, published.copied_at), put_away)
            published.backup(copy.file)
        return copy.noted(copy.record)

    def noted(self, record: Record) -> Self:
        """Write another record."""
        write_file(self.folder / _RECORD, json_bytes(asdict(record)))
        return replace(self, record=record)

    def has_unpublished(self) -> bool:
        """Tell whether there is something in it that was never published; it must not be open."""
        with contextlib.closing(Repository.open(self.file, current_author(), now)) as repository:
            return repository.anchor != self.record.base or bool(repository.drafts())

    def remove(self) -> None:
        """Remove it; all of it is on the share."""
        # Without its record the folder counts no more, whatever else cannot be removed.
        with contextlib.suppress(OSError):
            (self.folder / _RECORD).unlink()
        shutil.rmtree(self.folder, ignore_errors=True)

    def discard(self) -> Path:
        """Put it away among the discarded ones, from where it can still be opened; tell its place."""
        target = _moved_away(self.file)
        self.remove()
        return target


def working_copy_of(origin: Path) -> WorkingCopy | None:
    """Find the working copy of a published file."""
    return _read(_folder_of(origin))


def unpublished_copies() -> list[WorkingCopy]:
    """Find the working copies with something that was never published, and that no other program has open."""
    return [copy for copy in _all() if _is_waiting(copy)]


def _all() -> Iterator[WorkingCopy]:
    with contextlib.suppress(OSError):
        for folder in sorted(_home().iterdir()):
            with contextlib.suppress(WorldError):
                copy = _read(folder)
                if copy is not None:
                    yield copy


def _is_waiting(copy: WorkingCopy) -> bool:
    """Tell whether a copy is to be offered; one that cannot be opened is, so that it is not forgotten."""
    try:
        return copy.has_unpublished()
    except HyokaError as error:
        return error.code not in IN_USE


def _read(folder: Path) -> WorkingCopy | None:
    """Read the record of a folder; None where there is none or it is damaged, WorldError where it is out of reach."""
    record = folder / _RECORD
    try:
        values = json.loads(record.read_bytes())
        return WorkingCopy(folder, Record(*(str(values[name]) for name in ("origin", "base", "at", "pending"))))
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError, RecursionError):
        return None
    except OSError as fault:
        raise WorldError("file_unreachable", path=str(record)) from fault


def _put_away(file: Path, published: str) -> Path | None:
    """Put a file of a folder without a record away, where it holds something that is not published; tell its place."""
    if not file.exists() or not _holds_other_than(file, published):
        return None
    return _moved_away(file)


def _holds_other_than(file: Path, published: str) -> bool:
    try:
        with contextlib.closing(Repository.open(file, current_author(), now)) as repository:
            return repository.anchor != published or bool(repository.drafts())
    except HyokaError as error:
        if error.code in IN_USE:
            raise
        return True


def _moved_away(file: Path) -> Path:
    """Move a file, with what takes back a torn command, among the discarded ones; tell its place."""
    place = user_folder() / "discarded"
    make_folder(place)
    stamp = now()[:19].replace(":", "").replace("-", "").replace("T", "-")
    target = free_path(place / fitting_name(f"{stamp} {file.name}"))
    with world_errors(target):
        for one, other in ((journal_of(file), journal_of(target)), (file, target)):
            if one.exists():
                move_over(one, other)
    _thin(place, target)
    return target


def _home() -> Path:
    return user_folder() / "working"


def _folder_of(origin: Path) -> Path:
    name = os.path.normcase(real_place(origin))
    return _home() / hashlib.sha256(os.fsencode(name)).hexdigest()[:24]


def _thin(place: Path, newest: Path) -> None:
    """Remove the oldest of the discarded ones; a clock that is behind does not make the newest one of them."""
    with contextlib.suppress(OSError):
        others = sorted(old for old in place.iterdir() if old.name not in {newest.name, journal_of(newest).name})
        for old in others[: max(0, len(others) - _MOST_DISCARDED + 1)]:
            old.unlink()
