"""Open a report file by a fixed protocol: look at its header, lock it, connect, set and read back pragmas, check it.

A file that is not ours, newer or damaged is left exactly as it was.
"""

import contextlib
import os
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from sqlite_utils import Database

from hyoka_desktop.errors import InputError, WorldError
from hyoka_desktop.store.engine import sqlite3
from hyoka_desktop.store.faults import world_errors
from hyoka_desktop.store.handles import read_file
from hyoka_desktop.store.journals import has_journal, journal_of, put_in_place
from hyoka_desktop.store.places import real_place
from hyoka_desktop.store.schema import APPLICATION_ID, SCHEMA_VERSION, fingerprint, migrate
from hyoka_desktop.store.scratch import Scratch

_MAGIC: Final = b"SQLite format 3\x00"
_HEADER_LENGTH: Final = 100
_LONGEST_NAME: Final = 255
_BUSY_MILLISECONDS: Final = 0
_PRAGMAS: Final = (
    ("locking_mode", "EXCLUSIVE", "exclusive"),
    ("journal_mode", "TRUNCATE", "truncate"),
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("secure_delete", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("temp_store", "MEMORY", 2),
    ("cell_size_check", "ON", 1),
)

_INTEGRITY: Final = "PRAGMA integrity_check"
"""Not `quick_check`, which compares no index with its table: history and the newest node are asked of indexes, and
neither the sum of facts nor the chain notices a wrong one. It makes opening a tenth longer (0.1 s for a log of 100,000
changes)."""


@dataclass(frozen=True, slots=True)
class Header:
    """Hold what the first 100 bytes of a report file say."""

    schema_version: int


def read_header(path: Path) -> Header:
    """Look at a file without opening it as a database.

    InputError where it is empty, no report file or a newer one; WorldError where it is cut off or out of reach.
    """
    with world_errors(path):
        head = read_file(path, _HEADER_LENGTH)
        # In this order: a commit under way is seen by its journal, and one that has ended has written all its pages.
        is_whole = has_journal(path) or path.stat().st_size >= _size_told(head)
    if not head:
        raise InputError("file_empty", path=str(path))
    if len(head) < _HEADER_LENGTH or not head.startswith(_MAGIC):
        raise InputError("file_not_ours", path=str(path))
    (version,) = struct.unpack(">I", head[60:64])
    (application,) = struct.unpack(">I", head[68:72])
    if application != APPLICATION_ID:
        raise InputError("file_not_ours", path=str(path))
    if version > SCHEMA_VERSION:
        raise InputError("file_newer", path=str(path), version=version)
    if not is_whole:
        raise WorldError("file_damaged", path=str(path))
    if len(os.fsencode(journal_of(path).name)) > _LONGEST_NAME:
        raise WorldError("name_too_long", path=str(path))
    return Header(version)


def _size_told(head: bytes) -> int:
    """Tell the size that a header speaks of; 0 where it is none."""
    if len(head) < _HEADER_LENGTH:
        return 0
    (page_size,), (pages,) = struct.unpack(">H", head[16:18]), struct.unpack(">I", head[28:32])
    return int(page_size * pages)


@contextlib.contextmanager
def connected(path: Path, *, new: bool = False) -> Iterator[Database]:
    """Connect to a file; it is closed where what follows fails."""
    db = connect(path, new=new)
    try:
        yield db
    except BaseException:
        db.close()
        raise


def connect(path: Path, *, new: bool = False) -> Database:
    """Connect to a report file, alone; migrate it where it is older, or new. Damage raises WorldError."""
    with world_errors(path):
        # A bare path would silently create an empty file.
        uri = f"{real_place(path).as_uri()}?mode={'rwc' if new else 'rw'}"
        connection = sqlite3.connect(uri, uri=True, timeout=_BUSY_MILLISECONDS, isolation_level=None)
    try:
        with world_errors(path):
            db = Database(connection, execute_plugins=False)
            _set_pragmas(db, path)
            db.execute("BEGIN IMMEDIATE")
            db.execute("COMMIT")
            if new:
                _bring_up(db)
            elif (version := int(_single(db, "PRAGMA user_version"))) < SCHEMA_VERSION:
                _keep_copy(db, _free_place(path, f".schema{version}"))
                _bring_up(db)
            _check(db, path)
    except BaseException:
        connection.close()
        raise
    return db


def _set_pragmas(db: Database, path: Path) -> None:
    for name, value, expected in _PRAGMAS:
        db.execute(f"PRAGMA {name} = {value}")
        found = _single(db, f"PRAGMA {name}")
        if found != expected:
            raise WorldError("file_pragma", path=str(path), name=name, found=str(found))


def _keep_copy(db: Database, target: Path) -> None:
    """Copy a file before it is migrated, and check the copy."""

    def check(copy: sqlite3.Connection) -> None:
        if copy.execute(_INTEGRITY).fetchone()[0] != "ok":
            raise WorldError("file_damaged", path=str(target))

    copy_whole(db, target, check)


def _free_place(path: Path, mark: str) -> Path:
    """Tell a place beside a file where nothing stands: what is there was perhaps made of another file."""
    names = (f"{path.stem}{mark}{f'-{number}' if number > 1 else ''}{path.suffix}" for number in range(1, 1 << 16))
    return next(place for place in map(path.with_name, names) if not place.exists())


def copy_whole(db: Database, target: Path, check: Callable[[sqlite3.Connection], object] = lambda _: None) -> None:
    """Copy an open file through SQLite's backup; the target appears whole and checked, or not at all."""
    with Scratch(target.parent) as folder:
        made = Path(folder) / "whole.hyoka"
        with contextlib.closing(sqlite3.connect(str(made))) as copy:
            db.conn.backup(copy)
            check(copy)
        put_in_place(made, target)


def same_pages(copy: bytes, content: bytes) -> bool:
    """Tell whether a copy by `copy_whole` was made of these bytes; the copy counts its own changes in its header."""
    return _without_counters(copy) == _without_counters(content)


def _without_counters(content: bytes) -> bytes:
    """Blank the change counter, the schema cookie and what goes with them (SQLite database file format, 1.3)."""
    blank = bytearray(content)
    for start, end in ((24, 28), (40, 44), (92, 100)):
        blank[start:end] = bytes(end - start)
    return bytes(blank)


def _bring_up(db: Database) -> None:
    """Make or migrate the tables in one transaction: a file is always of exactly one schema."""
    db.execute("PRAGMA foreign_keys = OFF")
    with db.atomic():
        migrate(db)
    db.execute("PRAGMA foreign_keys = ON")


def _check(db: Database, path: Path) -> None:
    if _single(db, _INTEGRITY) != "ok":
        raise WorldError("file_damaged", path=str(path))
    if db.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise WorldError("file_damaged", path=str(path))
    if fingerprint(db) != _expected_fingerprint():
        raise WorldError("file_damaged", path=str(path))


@cache
def _expected_fingerprint() -> str:
    """Tell the fingerprint of a fresh file, made in memory."""
    fresh = Database(sqlite3.connect(":memory:", isolation_level=None), execute_plugins=False)
    try:
        _bring_up(fresh)
        return fingerprint(fresh)
    finally:
        fresh.close()


def _single(db: Database, query: str) -> Any:  # noqa: ANN401 - a value of SQLite
    row = db.execute(query).fetchone()
    return row[0] if row else None
