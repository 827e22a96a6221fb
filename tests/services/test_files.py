"""Files that leave the program appear whole, and nothing that stands beside them is touched."""

import os
import sys
from pathlib import Path

import pytest

from hyoka_desktop.errors import InputError, WorldError
from hyoka_desktop.services.files import free_path, write_file
from hyoka_desktop.store import names


def test_a_part_that_is_somebodys_own_stays(tmp_path: Path) -> None:
    own = tmp_path / "表.pdf.part"
    own.write_bytes(b"mine")
    write_file(tmp_path / "表.pdf", b"new")
    assert own.read_bytes() == b"mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["表.pdf", "表.pdf.part"]


def test_a_fault_leaves_what_stood_there_and_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "表.pdf"
    target.write_bytes(b"old")

    def fail(_: int) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(WorldError):
        write_file(target, b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"表.pdf": b"old"}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_free_path_is_numbered_before_its_suffix(tmp_path: Path) -> None:
    assert free_path(tmp_path / "記録.txt") == tmp_path / "記録.txt"
    (tmp_path / "記録.txt").touch()
    (tmp_path / "記録 (2).txt").symlink_to(tmp_path / "nowhere")
    assert free_path(tmp_path / "記録.txt") == tmp_path / "記録 (3).txt"


@pytest.mark.parametrize("name", ["NUL.pdf", "報告:最終.pdf", "報告.pdf."])
def test_a_name_that_windows_gives_to_no_file_is_refused_there(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "IS_WINDOWS", True)
    with pytest.raises(InputError) as refusal:
        write_file(tmp_path / name, b"new")
    assert refusal.value.code == "name_impossible"
    assert list(tmp_path.iterdir()) == []
