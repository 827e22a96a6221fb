"""Tell whether a file lies on a share: on another computer's disk, where no database may be worked on."""

import ctypes
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from hyoka_desktop.store.places import real_place

Mounts = Callable[[], str]
"""Tells the mounts of the system as `/proc/mounts` writes them."""
DriveKind = Callable[[str], int]
"""Tells the kind of the drive of a root such as `Z:\\`, as `GetDriveTypeW` counts them."""
_REMOTE_DRIVE: Final = 4
_MOUNTS: Final = Path("/proc/mounts")
_NETWORK: Final = frozenset(
    {
        *("cifs", "smb3", "smbfs", "nfs", "nfs4", "9p", "afs", "ceph", "davfs", "vboxsf"),
        *("fuse.sshfs", "fuse.gvfsd-fuse", "fuse.davfs2", "fuse.rclone", "fuse.smbnetfs", "fuse.vmhgfs-fuse"),
    }
)
_LOCAL_DEVICE: Final = re.compile(r"[\\/]{2}[?.][\\/](?!UNC[\\/])", re.IGNORECASE)


def is_on_share(path: Path, marked: Iterable[Path] = ()) -> bool:
    """Tell whether a file lies in a folder that was marked as shared, or on a share as the system tells it."""
    place = real_place(path)
    if any(place.is_relative_to(real_place(folder)) for folder in marked):
        return True
    return is_windows_share(str(place)) if os.name == "nt" else is_network_mount(str(place))


def is_windows_share(path: str, drive_kind: DriveKind | None = None) -> bool:
    """Tell whether a path of Windows names another computer, or a drive letter that stands for one."""
    if path.startswith(("\\\\", "//")) and not _LOCAL_DEVICE.match(path):
        return True
    letter = re.search(r"([A-Za-z]:)[\\/]", path)
    return letter is not None and (drive_kind or _drive_kind)(f"{letter[1]}\\") == _REMOTE_DRIVE


def is_network_mount(path: str, mounts: Mounts | None = None) -> bool:
    """Tell whether the nearest mount above a path is a network one.

    The root of the system does not count: a machine that runs from the network has no other disk.
    """
    kinds = dict(_parsed((mounts or _system_mounts)()))
    above = [point for point in kinds if point != "/" and (path == point or path.startswith(f"{point}/"))]
    return bool(above) and kinds[max(above, key=len)] in _NETWORK


def _parsed(mounts: str) -> Iterable[tuple[str, str]]:
    """Read mount points and file systems; a blank in a name is written as an octal number."""
    for line in mounts.splitlines():
        _, _, rest = line.partition(" ")
        point, _, rest = rest.partition(" ")
        yield re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), point), rest.partition(" ")[0]


def _system_mounts() -> str:
    try:
        return _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def _drive_kind(root: str) -> int:
    kernel = getattr(ctypes, "windll", None)
    return int(kernel.kernel32.GetDriveTypeW(root)) if kernel is not None else 0
