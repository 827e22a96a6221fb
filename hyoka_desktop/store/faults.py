"""Turn faults of SQLite and of the file system into errors that a person can understand, where they are detected."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from hyoka_desktop.errors import WorldError
from hyoka_desktop.store.engine import sqlite3
from hyoka_desktop.store.names import is_too_long

_CODES = (
    ("unable to open", "file_unreachable"),
    ("disk i/o", "file_unreachable"),
    ("locked", "file_locked"),
    ("busy", "file_locked"),
    ("full", "disk_full"),
    ("readonly", "file_read_only"),
    ("read-only", "file_read_only"),
)


FULL: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
"""What a system says of a disk, or of a person's share of it, that is full."""


@contextmanager
def world_errors(path: Path) -> Iterator[None]:
    """Raise WorldError for what SQLite or the system refuses on this file."""
    try:
        yield
    except sqlite3.IntegrityError:
        # A constraint stops what only a fault of ours can try; it is no damage and no use to try again.
        raise
    except UnicodeDecodeError as fault:
        raise WorldError("file_damaged", path=str(path)) from fault
    except sqlite3.DatabaseError as fault:
        code = _code_of(str(fault))
        if code == "file_unreachable" and is_too_long(fault, path):
            code = "name_too_long"
        raise WorldError(code, path=str(path)) from fault
    except OSError as fault:
        raise WorldError(_code_of_system(fault, path), path=str(path)) from fault


def _code_of(message: str) -> str:
    """Tell the code for what SQLite says; what is not of the world around the file is damage inside it."""
    lowered = message.lower()
    return next((code for word, code in _CODES if word in lowered), "file_damaged")


def _code_of_system(fault: OSError, path: Path) -> str:
    if is_too_long(fault, path):
        return "name_too_long"
    if isinstance(fault, FileNotFoundError):
        return "file_missing"
    return "disk_full" if fault.errno in FULL else "file_unreachable"
