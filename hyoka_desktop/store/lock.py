"""Hold a report file for one program: a lock file beside it that names the holder and frees itself after a crash.

The lock is on a byte far behind the text, so that others can read who holds it. One interface over the two ways in
which systems lock; where there is neither, SQLite's own exclusive lock still keeps others out.
"""

import contextlib
import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Protocol

_FAR = 1 << 30
_LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Holder:
    """Say who holds a file, on which computer and since when (ISO time)."""

    person: str
    computer: str
    since: str


class _Locking(Protocol):
    """Lock in the way of one system."""

    def take(self, handle: int) -> bool:
        """Lock the far byte of an open file; False where another process has it."""
        ...


class _WindowsLocking:
    """Lock by `LockFile` (msvcrt)."""

    def take(self, handle: int) -> bool:
        import msvcrt

        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        except OSError:
            return False
        return True


class _PosixLocking:
    """Lock by `flock`, which ends with the process."""

    def take(self, handle: int) -> bool:
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


class _NoLocking:
    """Leave it to SQLite."""

    def take(self, handle: int) -> bool:
        del handle
        return True


def _system_locking() -> _Locking:
    for module, locking in (("msvcrt", _WindowsLocking), ("fcntl", _PosixLocking)):
        with contextlib.suppress(ImportError):
            __import__(module)
            return locking()
    return _NoLocking()


def name_beside(report: Path, purpose: str) -> Path:
    """Tell the place of a file that serves a report; a name too long for the disk is replaced by its digest."""
    full = f".~{purpose}.{report.name}"
    if len(os.fsencode(full)) > _LONGEST_NAME:
        full = f".~{purpose}.{hashlib.sha256(os.fsencode(report.name)).hexdigest()[:32]}"
    return report.with_name(full)


class FileLock:
    """Lock one report file from `take` to `release`."""

    def __init__(self, report: Path) -> None:
        self.path: Final = name_beside(report, "lock")
        self._handle: int | None = None

    def take(self, holder: Holder) -> Holder | None:
        """Take the lock; where another program has it, tell who does."""
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666)
        if not _system_locking().take(handle):
            os.close(handle)
            return self.holder() or Holder("", "", "")
        text = json.dumps(asdict(holder), ensure_ascii=False).encode("utf-8")
        os.lseek(handle, 0, os.SEEK_SET)
        os.ftruncate(handle, 0)
        os.write(handle, text)
        self._handle = handle
        return None

    def holder(self) -> Holder | None:
        """Read who is written in the lock file."""
        try:
            value = json.loads(self.path.read_text(encoding="utf-8"))
            return Holder(str(value["person"]), str(value["computer"]), str(value["since"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def release(self) -> None:
        """Give the lock back and remove its file."""
        if self._handle is None:
            return
        os.close(self._handle)
        self._handle = None
        with contextlib.suppress(OSError):
            self.path.unlink()
