"""Stand between SQLite and its files: see each write, truncation, flush and deletion, and hold them up.

The engine is the one that the product uses. Its own layer over the operating system (`sqlite3_vfs`) stays in place; the
entries that matter are replaced by ones that tell an observer first and then call the old ones.
"""

import contextlib
import ctypes
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Protocol

from hyoka_desktop.store.engine import sqlite3
from tests.figures.figure import CannotRunHere


class Observer(Protocol):
    """Hear what SQLite does to a file, just before it is done."""

    def write(self, path: Path, offset: int, data: bytes) -> int | None:
        """Hear of bytes; a code of SQLite that is told back is what it gets instead of a written page."""
        ...

    def truncate(self, path: Path, size: int) -> None:
        """Hear of a new end."""
        ...

    def flush(self, path: Path) -> None:
        """Hear that all before must reach the disk."""
        ...

    def delete(self, path: Path) -> None:
        """Hear that a file goes."""
        ...


_File = ctypes.c_void_p
_Open = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, _File, ctypes.c_int, ctypes.POINTER(ctypes.c_int)
)
_Delete = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int)
_Write = ctypes.CFUNCTYPE(ctypes.c_int, _File, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64)
_Truncate = ctypes.CFUNCTYPE(ctypes.c_int, _File, ctypes.c_int64)
_Flush = ctypes.CFUNCTYPE(ctypes.c_int, _File, ctypes.c_int)


class _Vfs(ctypes.Structure):
    """Name the head of `sqlite3_vfs`, as sqlite3.h lays it out."""

    _fields_ = (
        *(("version", ctypes.c_int), ("file_size", ctypes.c_int), ("longest_path", ctypes.c_int)),
        *(("next", ctypes.c_void_p), ("name", ctypes.c_char_p), ("data", ctypes.c_void_p)),
        *(("open", ctypes.c_void_p), ("delete", ctypes.c_void_p)),
    )


class _Methods(ctypes.Structure):
    """Name the entries of `sqlite3_io_methods`, as sqlite3.h lays it out."""

    _fields_ = (
        *(("version", ctypes.c_int), ("close", ctypes.c_void_p), ("read", ctypes.c_void_p)),
        *(("write", ctypes.c_void_p), ("truncate", ctypes.c_void_p), ("flush", ctypes.c_void_p)),
        ("rest", ctypes.c_void_p * 13),
    )


_kept: Final[list[Any]] = []
"""Entries stay alive as long as the process: a file that is still open may call them."""


class _Layer:
    """Hold the replaced entries of one observer."""

    def __init__(self, vfs: _Vfs, observer: Observer) -> None:
        self._observer = observer
        self._paths: dict[int, Path] = {}
        self._methods: dict[int, _Methods] = {}
        self._old_open, self._old_delete = _Open(vfs.open), _Delete(vfs.delete)
        self.open, self.delete = _Open(self._open), _Delete(self._delete)

    def _open(self, vfs: int, name: int | None, file: int, flags: int, out: Any) -> int:
        code: int = self._old_open(vfs, name, file, flags, out)
        if code == 0 and name:
            self._paths[file] = Path(ctypes.string_at(name).decode())
            pointer = ctypes.cast(file, ctypes.POINTER(ctypes.c_void_p))
            pointer[0] = ctypes.addressof(self._replaced(pointer[0]))
        return code

    def _delete(self, vfs: int, name: bytes, flush: int) -> int:
        self._observer.delete(Path(name.decode()))
        return int(self._old_delete(vfs, name, flush))

    def _replaced(self, address: int) -> _Methods:
        """Copy the entries of a kind of file, with our own for what changes it."""
        if address not in self._methods:
            old = _Methods.from_address(address)
            new = _Methods.from_buffer_copy(old)
            entries = (
                _Write(self._writer(_Write(old.write))),
                _Truncate(self._truncater(_Truncate(old.truncate))),
                _Flush(self._flusher(_Flush(old.flush))),
            )
            new.write, new.truncate, new.flush = (ctypes.cast(entry, ctypes.c_void_p).value for entry in entries)
            self._methods[address] = new
            _kept.append((new, entries))
        return self._methods[address]

    def _writer(self, old: Any) -> Any:
        def write(file: int, data: int, length: int, offset: int) -> int:
            refused = self._observer.write(self._paths[file], offset, ctypes.string_at(data, length))
            return refused if refused is not None else int(old(file, data, length, offset))

        return write

    def _truncater(self, old: Any) -> Any:
        def truncate(file: int, size: int) -> int:
            self._observer.truncate(self._paths[file], size)
            return int(old(file, size))

        return truncate

    def _flusher(self, old: Any) -> Any:
        def flush(file: int, flags: int) -> int:
            self._observer.flush(self._paths[file])
            return int(old(file, flags))

        return flush


@contextlib.contextmanager
def watched(observer: Observer) -> Iterator[None]:
    """Have an observer hear of all files that SQLite opens inside."""
    vfs = _vfs()
    layer = _Layer(vfs, observer)
    _kept.append(layer)
    before = vfs.open, vfs.delete
    vfs.open, vfs.delete = (ctypes.cast(entry, ctypes.c_void_p).value for entry in (layer.open, layer.delete))
    try:
        yield
    finally:
        vfs.open, vfs.delete = before


def _vfs() -> _Vfs:
    """Find the layer that the engine uses; where the build hides it the figure cannot be taken."""
    extension = sys.modules[sqlite3.connect.__module__]
    try:
        find = ctypes.CDLL(str(extension.__file__)).sqlite3_vfs_find
    except (AttributeError, OSError):
        raise CannotRunHere("this build of SQLite does not show its layer over the files") from None
    find.restype = ctypes.POINTER(_Vfs)
    found: _Vfs = find(None).contents
    return found
