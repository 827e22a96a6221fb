"""Write files that leave the program: beside the target, flushed, then renamed over it."""

import contextlib
import json
import os
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from hyoka_desktop.errors import InputError, WorldError
from hyoka_desktop.store.faults import FULL
from hyoka_desktop.store.handles import is_held, read_file
from hyoka_desktop.store.names import is_too_long, refuse_impossible
from hyoka_desktop.store.renaming import move_over
from hyoka_desktop.store.schema import APPLICATION_ID

_LONGEST_STEM = 80
_HEAD = 72
_IDENTITY = slice(68, 72)
_FORBIDDEN = frozenset('\\/:*?"<>|')


def write_file(path: Path, content: bytes, pause: Callable[[float], None] = time.sleep) -> None:
    """Write a whole file or nothing; WorldError says why not. What stood there before stays until the end.

    A report is never written over; InputError says so, or that no file can be called so.
    """
    refuse_impossible(path)
    refuse_report(path)
    if _is_folder(path):
        raise WorldError("export_is_folder", path=str(path))
    partial = _partial_of(path)
    try:
        # A file of that name which came up meanwhile is somebody's own.
        with partial.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        move_over(partial, path, pause)
    except FileExistsError as fault:
        raise WorldError("export_in_use", path=str(path)) from fault
    except OSError as fault:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise WorldError(_code_of(fault, path), path=str(path)) from fault


def refuse_report(path: Path) -> None:
    """Raise InputError where a report stands, by its first bytes whatever its name, or by its name however damaged."""
    if _is_report(path):
        raise InputError("target_is_report", path=str(path))


def refuse_held(path: Path) -> None:
    """Raise InputError where a path leads to a report that is open here, before a reader of other files opens it."""
    with contextlib.suppress(OSError):
        if is_held(path):
            raise InputError("package_damaged", path=str(path))


def _is_report(path: Path) -> bool:
    try:
        if not path.is_file():
            return False
        head = read_file(path, _HEAD)
    except (OSError, ValueError):
        # What cannot be read or looked up is told by who writes it.
        return False
    return path.suffix.lower() == ".hyoka" or head[_IDENTITY] == APPLICATION_ID.to_bytes(4, "big")


def json_bytes(value: object) -> bytes:
    """Tell a value as JSON; names that are no proper text, which Linux allows, are kept as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, indent=1).encode("ascii")


def free_path(path: Path) -> Path:
    """Tell a path where nothing stands yet: the given one, or 「名前 (2)」 and so on beside it."""
    numbered = (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in count(2))
    return path if not _is_taken(path) else next(place for place in numbered if not _is_taken(place))


def _is_taken(path: Path) -> bool:
    try:
        return os.path.lexists(path)
    except OSError:
        # A name that the system cannot even look up is not taken; writing it tells why.
        return False


def _is_folder(path: Path) -> bool:
    try:
        return not path.name or path.is_dir()
    except OSError:
        # A name that the system cannot even look up is no folder; writing it tells why.
        return False


def safe_name(name: str) -> str:
    """Tell a name without the characters that Windows takes in no file name."""
    return "".join(character for character in name if character not in _FORBIDDEN and character.isprintable()).strip()


def make_folder(path: Path) -> None:
    """Make a folder where there is none; WorldError where it cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise WorldError("folder_failed", path=str(path)) from fault


def _partial_of(path: Path) -> Path:
    """Tell a free place beside the target whose name is hardly longer than the target's own."""
    return free_path(path.with_name(f"{path.name[:_LONGEST_STEM]}.part"))


def _code_of(fault: OSError, path: Path) -> str:
    if is_too_long(fault, path):
        return "name_too_long"
    if fault.errno in FULL:
        return "export_disk_full"
    if isinstance(fault, FileNotFoundError | NotADirectoryError):
        return "export_no_folder"
    if isinstance(fault, PermissionError):
        return "export_in_use"
    return "export_failed"
