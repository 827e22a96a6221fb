"""Know whether a path still is the file that was opened, and keep some room on its disk for the last save."""

import contextlib
import os
from pathlib import Path
from typing import Final

from hyoka_desktop.errors import WorldError
from hyoka_desktop.store.lock import name_beside

_RESERVE_BYTES: Final = 4 << 20
"""Room for a commit of the largest text with its journal and its log."""


class Standing:
    """Remember which file a path was when it was opened."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = path.stat()

    def check(self) -> None:
        """Raise WorldError where the file was taken away, or another one stands in its place."""
        try:
            now = self._path.stat()
        except OSError as fault:
            raise WorldError("file_gone", path=str(self._path)) from fault
        if not os.path.samestat(now, self._known):
            raise WorldError("file_replaced", path=str(self._path))


class Reserve:
    """Hold a file of zeros beside a report; given up, it makes room on a full disk."""

    def __init__(self, report: Path) -> None:
        self.path: Final = name_beside(report, "reserve")
        self.is_held = False

    def take(self) -> bool:
        """Take the room where there is enough of it; tell whether it is held."""
        if self.is_held:
            return True
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

    def _remove(self) -> None:
        with contextlib.suppress(OSError):
            self.path.unlink()


def _fill(handle: int) -> None:
    """Have the disk set the room aside at once; a hole in a file would take none."""
    allocate = getattr(os, "posix_fallocate", None)
    if allocate is not None:
        allocate(handle, 0, _RESERVE_BYTES)
    else:
        os.write(handle, bytes(_RESERVE_BYTES))
