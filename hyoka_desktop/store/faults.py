"""Turn faults of SQLite and of the file system into errors that a person can understand, where they are detected."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hyoka_desktop.errors import WorldError
from hyoka_desktop.store.engine import sqlite3

_CODES = (
    ("locked", "file_locked"),
    ("busy", "file_locked"),
    ("full", "disk_full"),
    ("readonly", "file_read_only"),
    ("read-only", "file_read_only"),
    ("malformed", "file_damaged"),
    ("not a database", "file_damaged"),
    ("corrupt", "file_damaged"),
)


@contextmanager
def world_errors(path: Path) -> Iterator[None]:
    """Raise WorldError for what SQLite or the system refuses on this file."""
    try:
        yield
    except sqlite3.OperationalError as fault:
        raise WorldError(_code_of(str(fault)), path=str(path)) from fault
    except sqlite3.DatabaseError as fault:
        raise WorldError(_code_of(str(fault), "file_damaged"), path=str(path)) from fault
    except FileNotFoundError as fault:
        raise WorldError("file_missing", path=str(path)) from fault
    except OSError as fault:
        raise WorldError("file_unreachable", path=str(path)) from fault


def _code_of(message: str, otherwise: str = "file_unreachable") -> str:
    lowered = message.lower()
    return next((code for word, code in _CODES if word in lowered), otherwise)
