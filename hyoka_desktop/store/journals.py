"""Know the journal beside a file: it takes back the command that a killed program had written only in part."""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from hyoka_desktop.store.faults import world_errors
from hyoka_desktop.store.places import real_place
from hyoka_desktop.store.renaming import move_over

_JOURNAL: Final = "-journal"
_ASIDE: Final = ".old"
_MAGIC: Final = bytes.fromhex("d9d505f920a163d7")
_HEADER: Final = 28
"""The length of what begins a journal, and of the zeros that SQLite writes over it (file format, 3)."""


def journal_of(path: Path) -> Path:
    """Tell the place of the journal that takes back a command which a file holds only in part."""
    place = real_place(path)
    return place.with_name(f"{place.name}{_JOURNAL}")


def has_journal(path: Path) -> bool:
    """Tell whether pages of the file, or its end, are still to be taken back or to be written."""
    try:
        return journal_of(path).stat().st_size > 0
    except OSError:
        return False


def read_journal(path: Path) -> bytes:
    """Read the journal of a file; empty where there is none."""
    try:
        return journal_of(path).read_bytes()
    except FileNotFoundError:
        return b""


def put_foreign_aside(path: Path) -> None:
    """Keep what only has the name of a journal: SQLite would cut it to nothing at its first write."""
    with contextlib.suppress(FileNotFoundError), journal_of(path).open("rb") as file:
        head = file.read(_HEADER)
        if head.startswith(_MAGIC) or not any(head):
            return
    put_journal_aside(path)


def put_journal_aside(path: Path) -> None:
    """Take the journal of a file that is no more away from a place where another file is to stand; it is kept."""
    journal = journal_of(path)
    with world_errors(path), contextlib.suppress(FileNotFoundError):
        if not journal.stat().st_size:
            journal.unlink()
            return
        names = (journal.with_name(f"{journal.name}{_ASIDE}{number or ''}") for number in range(1 << 16))
        move_over(journal, next(name for name in names if not name.exists()))


def put_in_place(made: Path, target: Path, pause: Callable[[float], None] = time.sleep) -> None:
    """Give a finished file its name; a journal that lies there is of another file and must not be written into it."""
    put_journal_aside(target)
    move_over(made, target, pause)
