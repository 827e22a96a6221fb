"""Write files that leave the program: beside the target, flushed, then renamed over it."""

import contextlib
import errno
import os
from pathlib import Path

from hyoka_desktop.errors import WorldError

_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}


def write_file(path: Path, content: bytes) -> None:
    """Write a whole file or nothing; WorldError says why not. What stood there before stays until the end."""
    partial = path.with_name(f"{path.name}.part")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as fault:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise WorldError(_code_of(fault), path=str(path)) from fault


def _code_of(fault: OSError) -> str:
    if fault.errno in _FULL:
        return "export_disk_full"
    if isinstance(fault, FileNotFoundError | NotADirectoryError):
        return "export_no_folder"
    if isinstance(fault, PermissionError):
        return "export_in_use"
    return "export_failed"
