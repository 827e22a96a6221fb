"""A file gets its name although somebody looks into it for a moment, as a virus scanner of Windows does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hyoka_desktop.errors import WorldError
from hyoka_desktop.services.files import write_file
from hyoka_desktop.store.journals import put_in_place
from hyoka_desktop.store.renaming import move_over

Looked = Callable[[int], list[Path]]


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> Looked:
    """Have so many renamings refused, as if somebody had the file open; tell whose."""
    replace = Path.replace

    def refuse(count: int) -> list[Path]:
        refused: list[Path] = []

        def in_the_way(path: Path, target: Path) -> Path:
            if len(refused) < count:
                refused.append(path)
                raise PermissionError(13, "used by another process")
            return replace(path, target)

        monkeypatch.setattr(Path, "replace", in_the_way)
        return refused

    return refuse


def test_somebody_who_looks_for_a_moment_is_waited_for(tmp_path: Path, looked: Looked) -> None:
    made, target = tmp_path / "made", tmp_path / "target"
    made.write_bytes(b"new")
    target.write_bytes(b"old")
    refused, pauses = looked(3), []
    move_over(made, target, pauses.append)
    assert (target.read_bytes(), made.exists()) == (b"new", False)
    assert len(refused) == len(pauses) == 3
    assert 0 < sum(pauses) < 1


def test_somebody_who_stays_is_told_after_less_than_a_second(tmp_path: Path, looked: Looked) -> None:
    made, target = tmp_path / "made", tmp_path / "target"
    made.write_bytes(b"new")
    looked(1000)
    pauses: list[float] = []
    with pytest.raises(PermissionError):
        move_over(made, target, pauses.append)
    assert (made.read_bytes(), target.exists()) == (b"new", False)
    assert 0 < sum(pauses) < 1


def test_what_has_gone_is_told_at_once(tmp_path: Path) -> None:
    pauses: list[float] = []
    with pytest.raises(FileNotFoundError):
        move_over(tmp_path / "made", tmp_path / "target", pauses.append)
    assert pauses == []


def test_an_export_and_a_backup_wait_for_whoever_looks(tmp_path: Path, looked: Looked) -> None:
    looked(2)
    pauses: list[float] = []
    write_file(tmp_path / "表.pdf", b"new", pauses.append)
    looked(2)
    put_in_place(tmp_path / "表.pdf", tmp_path / "控え.hyoka", pauses.append)
    assert [path.name for path in tmp_path.iterdir()] == ["控え.hyoka"]
    assert len(pauses) == 4


def test_an_export_over_a_file_that_word_has_open_says_so_and_leaves_it(tmp_path: Path, looked: Looked) -> None:
    (tmp_path / "表.docx").write_bytes(b"old")
    looked(1000)
    with pytest.raises(WorldError) as refusal:
        write_file(tmp_path / "表.docx", b"new", lambda _: None)
    assert refusal.value.code == "export_in_use"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"表.docx": b"old"}
