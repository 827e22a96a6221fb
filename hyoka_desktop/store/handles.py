"""Read files without harm to the reports that this program has open.

On Linux the locks that SQLite has on a file end when its program closes any handle on that file, through whatever name
it was opened (POSIX). So a file that is open here as a report is read through the handle that is held on it, and no
second one is ever opened. Which handles a program has is a fact of the process, as its locks are.
"""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_Identity = tuple[int, int]
_turn: Final = threading.Lock()
_held: Final[dict[_Identity, int]] = {}
_PIECE: Final = 1 << 24


def hold(handle: int) -> None:
    """Have a file read through this handle from now on, until `let_go`."""
    with _turn:
        _held[_identity_of(os.fstat(handle))] = handle


def let_go(handle: int) -> None:
    """Read through a handle no more; it may be closed after that."""
    with _turn:
        for identity in [known for known, other in _held.items() if other == handle]:
            del _held[identity]


def is_held(path: Path) -> bool:
    """Tell whether a path leads to a report that this program has open; OSError where it leads nowhere."""
    identity = _identity_of(path.stat())
    with _turn:
        return identity in _held


def read_file(path: Path, most: int | None = None) -> bytes:
    """Read a file, or as many bytes of its begin; OSError where it cannot be read."""
    identity = _identity_of(path.stat())
    with _turn:
        handle = _held.get(identity)
        # Windows has no such reading, and its locks end with their own handles alone.
        if handle is not None and hasattr(os, "pread"):
            return b"".join(_pieces(handle, os.fstat(handle).st_size if most is None else most))
    with path.open("rb") as file:
        return file.read() if most is None else file.read(most)


def _pieces(handle: int, size: int) -> Iterator[bytes]:
    """Yield what is in a file, without moving the place of the handle."""
    place = 0
    while place < size:
        piece = os.pread(handle, min(_PIECE, size - place), place)
        if not piece:
            return
        place += len(piece)
        yield piece


def _identity_of(found: os.stat_result) -> _Identity:
    return found.st_dev, found.st_ino
