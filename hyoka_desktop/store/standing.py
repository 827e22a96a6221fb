"""Know whether a path still is the file that was opened, and keep some room on its disk for the last save."""

import contextlib
import os
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Final

from hyoka_desktop.errors import WorldError
from hyoka_desktop.store.handles import hold, let_go
from hyoka_desktop.store.lock import lock_bytes, name_beside

_RESERVE_BYTES: Final = 4 << 20
"""Room for a commit of the largest text with its journal and its log."""


class Standing:
    """Remember which file a path was when it was opened, and how its own program left it last.

    `is_own` tells, where size or time of the file are not as they were left, whether some bytes are what was written:
    a new time alone does no harm. The file is looked at through one handle, which stays open as long as the file and
    is locked, so that no second program writes to it through a link.
    """

    def __init__(self, path: Path, is_own: Callable[[bytes], bool]) -> None:
        self._path = path
        self._is_own = is_own
        self._file = path.open("rb+", buffering=0)
        if not lock_bytes(self._file.fileno()):
            self._file.close()
            raise WorldError("file_locked", path=str(path))
        hold(self._file.fileno())
        self._left = self._stamp()

    def check(self) -> None:
        """Raise WorldError where the file was taken away, another stands in its place, or its bytes are not ours."""
        try:
            now = self._path.stat()
        except OSError as fault:
            raise WorldError("file_gone", path=str(self._path)) from fault
        if not os.path.samestat(now, os.fstat(self._file.fileno())):
            raise WorldError("file_replaced", path=str(self._path))
        self.check_bytes()

    def check_bytes(self) -> None:
        """Raise WorldError where another program wrote into the file, wherever it stands now."""
        stamp = self._stamp()
        if stamp == self._left:
            return
        self._file.seek(0)
        if not self._is_own(self._file.read()):
            raise WorldError("file_overwritten", path=str(self._path))
        self._left = stamp

    def renew(self) -> None:
        """Take the file as it is for what its own program left."""
        self._left = self._stamp()

    def close(self) -> None:
        """Look no more; SQLite must have closed the file before."""
        if not self._file.closed:
            let_go(self._file.fileno())
            self._file.close()

    def _stamp(self) -> tuple[int, int]:
        found = os.fstat(self._file.fileno())
        return found.st_size, found.st_mtime_ns


class Reserve:
    """Hold a file of zeros beside a report; given up, it makes room on a full disk.

    `path` is its place; where somebody keeps a file of that name, it has the next one.
    """

    def __init__(self, report: Path) -> None:
        self._report: Final = report
        self.path = name_beside(report, "reserve")
        self.is_held = False

    def take(self) -> bool:
        """Take the room where there is enough of it; tell whether it is held."""
        if self.is_held:
            return True
        try:
            self.path = self._free_place()
        except OSError:
            return False
        try:
            with self.path.open("wb") as file:
                _fill(file.fileno())
            self.is_held = True
        except OSError:
            self._remove()
        return self.is_held

    def give(self) -> bool:
        """Give the room back to the disk; tell whether there was any."""
        was_held, self.is_held = self.is_held, False
        if was_held:
            self._remove()
        return was_held

    def _free_place(self) -> Path:
        names = (name_beside(self._report, f"reserve{number or ''}") for number in count())
        return next(place for place in names if _is_free(place))

    def _remove(self) -> None:
        with contextlib.suppress(OSError):
            self.path.unlink()


def _is_free(place: Path) -> bool:
    """Tell whether nothing stands at a place, or nothing but the room that a killed program had set aside."""
    if not os.path.lexists(place):
        return True
    is_like = place.is_file() and not place.is_symlink() and place.stat().st_size <= _RESERVE_BYTES
    return is_like and not place.read_bytes().strip(b"\0")


def _fill(handle: int) -> None:
    """Have the disk set the room aside at once; a hole in a file would take none."""
    allocate = getattr(os, "posix_fallocate", None)
    if allocate is not None:
        allocate(handle, 0, _RESERVE_BYTES)
    else:
        os.write(handle, bytes(_RESERVE_BYTES))
