"""Hold a report file for one program: a lock file beside it that names the holder and frees itself after a crash.

The lock is on a byte far behind the text, so that others can read who holds it. One interface over the two ways in
which systems lock; where there is neither, SQLite's own exclusive lock still keeps others out. A lock counts only while
its file still stands at its place: where one gives and two take, one of them may have locked a file that was removed.
"""

import contextlib
import errno
import hashlib
import json
import os
import struct
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Protocol

from hyoka_desktop.errors import WorldError
from hyoka_desktop.store.faults import FULL, world_errors
from hyoka_desktop.store.places import real_place

_FAR = 1 << 30
_BEHIND_SQLITE: Final = _FAR + 4096
"""A byte behind those that SQLite locks, from 1 << 30 on; far from all contents."""
_LONGEST_NAME = 255
_PAUSES: Final = (0.0, 0.02, 0.05)
"""Before each try, in seconds: who only looks whether a lock is free holds it for a moment."""
_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)
"""Who holds a lock is never written through a link into a file that somebody else keeps."""
_TURN_SECONDS: Final = 0.25
_BETWEEN_TURNS: Final = 0.001


@dataclass(frozen=True, slots=True)
class Holder:
    """Say who holds a file, on which computer, since when (ISO time), and with which version of the program."""

    person: str
    computer: str
    since: str
    version: str = ""


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


def lock_bytes(handle: int) -> bool:
    """Lock an open report file itself, whatever path leads to it; False where another program has done so.

    On Linux SQLite's own locks go when any handle of this program on the file is closed; this one goes with its own
    handle alone. Windows needs none, and other systems go without.
    """
    try:
        import fcntl

        command, kind = fcntl.F_OFD_SETLK, fcntl.F_WRLCK
    except (ImportError, AttributeError):
        return True
    try:
        fcntl.fcntl(handle, command, struct.pack("hhqqi4x", kind, os.SEEK_SET, _BEHIND_SQLITE, 1, 0))
    except OSError as fault:
        return fault.errno not in {errno.EAGAIN, errno.EACCES}
    return True


def system_locking() -> _Locking:
    """Tell how this system locks."""
    for module, locking in (("msvcrt", _WindowsLocking), ("fcntl", _PosixLocking)):
        with contextlib.suppress(ImportError):
            __import__(module)
            return locking()
    return _NoLocking()


def name_beside(report: Path, purpose: str) -> Path:
    """Tell the place of a file that serves a report, beside the file itself also where a link leads to it.

    A name too long for the disk is replaced by its digest.
    """
    report = real_place(report)
    full = f".~{purpose}.{report.name}"
    if len(os.fsencode(full)) > _LONGEST_NAME:
        full = f".~{purpose}.{hashlib.sha256(os.fsencode(report.name)).hexdigest()[:32]}"
    return report.with_name(full)


@contextlib.contextmanager
def taking_turns(path: Path, seconds: float = _TURN_SECONDS) -> Iterator[None]:
    """Be the only program that rewrites a small file of ours; WorldError where others do so for all of some seconds.

    What is locked is a file beside it that stays: one that goes could be locked by two at once.
    """
    with world_errors(path):
        handle = os.open(name_beside(path, "turn"), os.O_RDWR | os.O_CREAT | _NO_LINK, 0o666)
    try:
        last = time.monotonic() + seconds
        while not system_locking().take(handle):
            if time.monotonic() > last:
                raise WorldError("file_locked", path=str(path))
            time.sleep(_BETWEEN_TURNS)
        yield
    finally:
        os.close(handle)


class FileLock:
    """Lock one report file from `take` to `release`."""

    def __init__(self, report: Path, pause: Callable[[float], None] = time.sleep) -> None:
        self.path: Final = name_beside(report, "lock")
        self._pause = pause
        self._handle: int | None = None
        self._written = b""

    def take(self, holder: Holder) -> Holder | None:
        """Take the lock; where another program has it, tell who does."""
        for seconds in _PAUSES:
            self._pause(seconds)
            handle = self._locked(os.O_RDWR | os.O_CREAT)
            if handle is not None:
                self._handle, self._written = handle, _written(handle, _text_of(holder))
                return None
        return self.holder() or Holder("", "", "")

    def holder(self) -> Holder | None:
        """Read who is written in the lock file."""
        try:
            value = json.loads(self.path.read_text(encoding="utf-8"))
            names = str(value["person"]), str(value["computer"]), str(value["since"])
            return Holder(*names, str(value.get("version", "")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def current_holder(self) -> Holder | None:
        """Tell who holds the lock now; None where nobody does, even if a crash left the file behind."""
        try:
            handle = self._locked(os.O_RDWR)
        except FileNotFoundError:
            return None
        if handle is None:
            return self.holder() or Holder("", "", "")
        os.close(handle)
        return None

    def is_held(self) -> bool:
        """Tell whether this lock is still held: a share that was away may have given it to somebody else."""
        if self._handle is None:
            return False
        try:
            # Some network file systems number a file anew after a while, so that its number proves nothing then.
            return self.path.read_bytes() == self._written
        except OSError:
            return False

    def release(self) -> None:
        """Give the lock back and remove its file, unless another program has it by now."""
        ours, handle = self.is_held(), self._handle
        if handle is None:
            return
        self._handle = None
        removed = ours and self._removed()
        with contextlib.suppress(OSError):
            os.close(handle)
        if ours and not removed:
            # Windows and its shares remove no open file: neither ours until now, nor one that somebody took meanwhile.
            self._removed()

    def _removed(self) -> bool:
        try:
            self.path.unlink()
        except OSError:
            return False
        return True

    def _locked(self, flags: int) -> int | None:
        """Open and lock the file at its place; None where another program has it."""
        handle = os.open(self.path, flags | _NO_LINK, 0o666)
        if system_locking().take(handle) and self._stands(handle):
            return handle
        os.close(handle)
        return None

    def _stands(self, handle: int) -> bool:
        """Tell whether an open file is still the one at the place of the lock."""
        try:
            return os.path.samestat(os.fstat(handle), self.path.stat())
        except OSError:
            return False


def _written(handle: int, text: bytes) -> bytes:
    """Write who holds a lock, and tell what stands there now; on a full disk it is held by nobody who is named."""
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        os.ftruncate(handle, 0)
        if os.write(handle, text) == len(text):
            return text
        os.ftruncate(handle, 0)
    except OSError as fault:
        if fault.errno not in FULL:
            os.close(handle)
            raise
    return b""


def _text_of(holder: Holder) -> bytes:
    """Tell the text of a lock file, which differs at each taking."""
    values = {**asdict(holder), "mark": os.urandom(8).hex()}
    return json.dumps(values, ensure_ascii=False).encode("utf-8")


def in_use(path: Path, holder: Holder) -> WorldError:
    """Make the error that names who holds a file, as far as the lock file tells."""
    if not (holder.person or holder.computer):
        return WorldError("file_locked", path=str(path))
    return WorldError("file_in_use", path=str(path), person=holder.person, computer=holder.computer, since=holder.since)
