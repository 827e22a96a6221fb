"""A file on another computer's disk is known by what the system says of its place."""

import os
from pathlib import Path

import pytest

from hyoka_desktop.store.journals import has_journal
from hyoka_desktop.store.lock import FileLock
from hyoka_desktop.store.places import real_place
from hyoka_desktop.store.shares import is_network_mount, is_on_share, is_windows_share

MOUNTS = """\
server:/root / nfs rw 0 0
/dev/sda1 /home ext4 rw 0 0
//server/share /mnt/共有\\040フォルダー cifs rw,vers=3.1.1 0 0
server:/x /mnt/nfs nfs4 rw 0 0
/dev/sdb1 /mnt/nfs/local ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "shared"),
    [
        ("/mnt/共有 フォルダー/a/評価書.hyoka", True),
        ("/mnt/共有 フォルダー", True),
        ("/mnt/共有 フォルダー2/評価書.hyoka", False),
        ("/mnt/nfs/評価書.hyoka", True),
        ("/mnt/nfs/local/評価書.hyoka", False),
        ("/home/評価書.hyoka", False),
        ("/srv/評価書.hyoka", False),
    ],
)
def test_the_nearest_mount_decides_and_the_root_does_not(path: str, shared: bool) -> None:
    assert is_network_mount(path, lambda: MOUNTS) is shared


@pytest.mark.parametrize(
    ("path", "shared"),
    [
        (r"\\server\share\評価書.hyoka", True),
        ("//server/share/評価書.hyoka", True),
        (r"\\?\UNC\server\share\評価書.hyoka", True),
        (r"\\?\C:\評価書.hyoka", False),
        (r"\\?\Z:\評価書.hyoka", True),
        (r"C:\評価書.hyoka", False),
        (r"Z:\評価書.hyoka", True),
        ("評価書.hyoka", False),
    ],
)
def test_windows_tells_other_computers_by_name_or_by_the_kind_of_the_drive(path: str, shared: bool) -> None:
    assert is_windows_share(path, lambda root: 4 if root == "Z:\\" else 3) is shared


def test_a_marked_folder_counts_as_shared_with_all_below_it(tmp_path: Path) -> None:
    marked = tmp_path / "共有"
    assert is_on_share(marked / "年度" / "評価書.hyoka", [marked])
    assert not is_on_share(tmp_path / "共有2" / "評価書.hyoka", [marked])
    assert not is_on_share(tmp_path / "評価書.hyoka")


def test_a_share_that_has_gone_while_a_path_is_followed_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_: object, **__: object) -> str:
        raise OSError(22, "the network name is no longer available")

    monkeypatch.setattr(os.path, "realpath", gone)
    report = tmp_path / "評価書.hyoka"
    assert real_place(report) == report
    assert is_on_share(report, [tmp_path])
    assert FileLock(report).path == tmp_path / ".~lock.評価書.hyoka"
    assert not has_journal(report)
