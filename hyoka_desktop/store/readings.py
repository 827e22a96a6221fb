"""Read the bytes of a damaged file in the ways in which they can be meant. The file itself is never touched."""

import contextlib
from collections.abc import Sequence
from pathlib import Path

from hyoka_desktop.store.backups import IDENTITY_DIGITS
from hyoka_desktop.store.carving import carve
from hyoka_desktop.store.engine import sqlite3
from hyoka_desktop.store.faults import world_errors
from hyoka_desktop.store.handles import read_file
from hyoka_desktop.store.journals import journal_of, read_journal
from hyoka_desktop.store.remains import Remains, remains_of
from hyoka_desktop.store.scratch import Scratch


def readings_of(path: Path) -> Sequence[Remains]:
    """Tell what is found in a file: with the command under way taken back, where SQLite still can, and as it lies.

    A journal may be of another file that lay there before, so that only the second way is right.
    """
    with world_errors(path):
        content, journal = read_file(path), read_journal(path)
        contents = [_taken_back(content, journal), content] if journal else [content]
    return [remains_of(carve(content)) for content in contents]


def identity_in(readings: Sequence[Remains]) -> str | None:
    """Tell the identity of the report in a damaged file, as its backups are kept by; None where it cannot be read."""
    found = [remains.commands[1][1] for remains in readings if 1 in remains.commands]
    return found[-1].chain.hex()[:IDENTITY_DIGITS] if found else None


def _taken_back(content: bytes, journal: bytes) -> bytes:
    with Scratch() as folder:
        copy = Path(folder) / "damaged.hyoka"
        copy.write_bytes(content)
        journal_of(copy).write_bytes(journal)
        with contextlib.suppress(sqlite3.DatabaseError), contextlib.closing(sqlite3.connect(str(copy))) as opened:
            opened.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return copy.read_bytes()
