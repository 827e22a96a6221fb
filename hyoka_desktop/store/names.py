"""Know which names Windows gives to no file: it takes some for a device, and cuts others short or to pieces.

`NUL.pdf` would be lost, `報告:最終.pdf` be hidden in a file 「報告」, and `報告.pdf.` be a file without the dot.
"""

import errno
import os
from pathlib import Path
from typing import Final

from hyoka_desktop.errors import InputError, WorldError
from hyoka_desktop.store.places import real_place

IS_WINDOWS: Final = os.name == "nt"
_LONGEST_PATH: Final = 259
_LONGEST_NAME: Final = 255
_ROOM: Final = len(".~reserve.")
"""What the files that stand beside a report have in front of its name or after it."""
_NAME_TOO_LONG: Final = 206
_FORBIDDEN: Final = frozenset('<>:"|?*')
_DEVICES: Final = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
    | {f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"}
)


def refuse_impossible(path: Path) -> None:
    """Raise InputError where the system would not give a new file, or a folder above it, its name."""
    names = [name for name in path.parts if name not in {path.anchor, ".."}]
    if IS_WINDOWS and not all(map(is_windows_name, names)):
        raise InputError("name_impossible", path=str(path))


def refuse_nameless(path: Path) -> None:
    """Raise InputError where a path leads to a device of the system, and WorldError where to the top of a disk."""
    if IS_WINDOWS and is_device(path.name):
        raise InputError("name_impossible", path=str(path))
    if not real_place(path).name:
        raise WorldError("file_unreachable", path=str(path))


def is_windows_name(name: str) -> bool:
    """Tell whether a file of Windows can be called so, and not otherwise."""
    is_clean = _FORBIDDEN.isdisjoint(name) and all(character >= " " for character in name)
    return is_clean and not name.endswith((" ", ".")) and not is_device(name)


def is_device(name: str) -> bool:
    """Tell whether Windows takes a name for a device, whatever suffix it has."""
    return name.partition(".")[0].partition(":")[0].rstrip(" ").upper() in _DEVICES


def is_too_long(fault: Exception, path: Path) -> bool:
    """Tell whether a path is refused for its length.

    Windows takes 259 characters, and says of a longer path that there is no such file, or that it cannot be opened.
    """
    if isinstance(fault, OSError) and fault.errno not in {errno.ENOENT, errno.EINVAL}:
        return fault.errno == errno.ENAMETOOLONG
    if getattr(fault, "winerror", None) == _NAME_TOO_LONG:
        return True
    is_long = len(str(path.absolute())) > _LONGEST_PATH - _ROOM
    return IS_WINDOWS and (is_long or any(len(name) > _LONGEST_NAME for name in path.parts))
