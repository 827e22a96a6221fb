"""Make folders for copies that nobody else shall see, and take away those that a killed program left.

A folder is in use while its mark is locked; the system unlocks it when the program ends, however it ends. So nothing
that is in use is ever taken away, and no contents stay behind for longer than to the next start. The mark is there
before any contents and goes after them: a folder with contents and without it is somebody else's, whatever its name.
"""

import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Final

from hyoka_desktop.store.lock import system_locking

_IN_TEMPORARY: Final = "hyoka-"
_BESIDE: Final = ".hyoka-"
_MARK: Final = "in-use"
_TRIES: Final = 5
"""So often a mark is locked anew: a program that sweeps was quicker. No more, since some file systems lock nothing:
there a folder is in use without a lock, and whoever sweeps cannot lock its mark either and lets it be."""
_UNMARKED_SECONDS: Final = 3600
"""For as long a folder without a mark is let be: it may just be made."""


class Scratch(tempfile.TemporaryDirectory[str]):
    """Hold a folder of one's own until `cleanup`, in the temporary folder or in another one."""

    def __init__(self, place: Path | None = None) -> None:
        self._mark: int | None = None
        if place is not None:
            sweep(place, _BESIDE)
        for _ in range(_TRIES):
            self._make(place)
            self._mark = _marked(Path(self.name))
            if self._mark is not None:
                break
            super().cleanup()
        else:
            self._make(place)
            self._mark = os.open(Path(self.name) / _MARK, os.O_RDWR | os.O_CREAT, 0o600)
        self.path: Final = Path(self.name)

    def _make(self, place: Path | None) -> None:
        super().__init__(prefix=_IN_TEMPORARY if place is None else _BESIDE, dir=place)

    def cleanup(self) -> None:
        """Remove the folder with all that is in it."""
        mark, self._mark = self._mark, None
        if mark is not None:
            _empty(self.path)
            os.close(mark)
        super().cleanup()


def sweep(place: Path | None = None, prefix: str = _IN_TEMPORARY) -> None:
    """Remove this person's folders that no program uses any more, from the temporary folder or from another one."""
    with contextlib.suppress(OSError):
        for folder in (place or Path(tempfile.gettempdir())).glob(f"{prefix}*"):
            if not _is_ours(folder):
                continue
            if not (folder / _MARK).exists():
                _drop_empty(folder)
            elif _is_left(folder):
                _empty(folder)
                shutil.rmtree(folder, ignore_errors=True)


def _marked(folder: Path) -> int | None:
    """Lock the mark of a new folder; None where a program that sweeps was quicker."""
    with contextlib.suppress(FileNotFoundError):
        handle = os.open(folder / _MARK, os.O_RDWR | os.O_CREAT, 0o600)
        if system_locking().take(handle) and (folder / _MARK).exists():
            return handle
        os.close(handle)
    return None


def _is_ours(folder: Path) -> bool:
    found = folder.lstat()
    return folder.is_dir() and not folder.is_symlink() and found.st_uid == getattr(os, "getuid", lambda: found.st_uid)()


def _drop_empty(folder: Path) -> None:
    """Remove a folder whose program was killed before it could mark it; with anything in it, it is not ours."""
    if time.time() - folder.stat().st_mtime > _UNMARKED_SECONDS:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _empty(folder: Path) -> None:
    """Remove all that is in a folder but its mark."""
    with contextlib.suppress(OSError):
        for entry in folder.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, ignore_errors=True)
            elif entry.name != _MARK:
                with contextlib.suppress(OSError):
                    entry.unlink()


def _is_left(folder: Path) -> bool:
    """Tell whether nobody holds a folder."""
    handle = os.open(folder / _MARK, os.O_RDWR)
    try:
        return system_locking().take(handle)
    finally:
        os.close(handle)
