"""Copies lie in folders of one's own; those that a killed program left are taken away, those in use never."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hyoka_desktop.store import scratch
from hyoka_desktop.store.scratch import Scratch, sweep

_COPY = """
import sys
from pathlib import Path
from hyoka_desktop.store.copying import RepositoryCopy
from hyoka_desktop.store.log import Author
copy = RepositoryCopy.take(Path(sys.argv[1]), Author("", ""), lambda: "2024-06-28T09:30:00+09:00")
print("open", flush=True)
sys.stdin.read()
"""


CONTENTS = [f"{number}.hyoka" for number in range(20)]
"""Many, since a folder tells its entries in any order."""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have the temporary folder be one of the test's own."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


@contextmanager
def _reading(path: Path) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [sys.executable, "-c", _COPY, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "open\n"
        yield program
        program.kill()


class _Refusing:
    """Lock as a file system does that has no locks, or the first few times only; the tries are counted."""

    def __init__(self, refusals: int) -> None:
        self.tries, self._refusals = 0, refusals

    def take(self, handle: int) -> bool:
        del handle
        self.tries += 1
        assert self.tries < 100, "it goes on for ever"
        return self.tries > self._refusals


def test_where_no_file_can_be_locked_a_folder_is_made_all_the_same(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locking = _Refusing(100)
    monkeypatch.setattr(scratch, "system_locking", lambda: locking)
    folder = Scratch()
    (folder.path / "copy.hyoka").write_text("写し", encoding="utf-8")
    assert list(temporary.iterdir()) == [folder.path], "the folders of the other tries are gone"
    sweep()
    assert (folder.path / "copy.hyoka").exists(), "nobody can tell that it is in use, so nobody takes it away"
    folder.cleanup()
    assert list(temporary.iterdir()) == []


def test_where_somebody_sweeps_another_folder_is_made_and_locked(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locking = _Refusing(2)
    monkeypatch.setattr(scratch, "system_locking", lambda: locking)
    folder = Scratch()
    assert locking.tries == 3
    assert list(temporary.iterdir()) == [folder.path]
    folder.cleanup()


def test_the_copy_that_a_killed_program_left_is_swept(temporary: Path, sample_file: Path) -> None:
    with _reading(sample_file) as program:
        assert list(temporary.rglob("copy.hyoka"))
        program.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        program.wait(20)
        assert list(temporary.rglob("copy.hyoka"))
        sweep()
    assert list(temporary.iterdir()) == []


def test_a_copy_that_is_being_read_is_never_swept(temporary: Path, sample_file: Path) -> None:
    with _reading(sample_file):
        sweep()
        assert list(temporary.rglob("copy.hyoka"))
    with Scratch() as mine:
        sweep()
        assert Path(mine).is_dir()
    assert not Path(mine).exists()


def test_a_folder_without_a_mark_goes_only_when_it_is_old(temporary: Path) -> None:
    young, old = temporary / "hyoka-young", temporary / "hyoka-old"
    for folder in (young, old):
        folder.mkdir()
    os.utime(old, (0, 0))
    sweep()
    assert list(temporary.iterdir()) == [young]


def test_a_folder_of_somebody_else_is_never_swept_whatever_its_name_and_age(temporary: Path) -> None:
    own = temporary / "hyoka-資料"
    own.mkdir()
    (own / "原稿.txt").write_bytes(b"mine")
    os.utime(own, (0, 0))
    sweep()
    assert (own / "原稿.txt").read_bytes() == b"mine"


def _left(place: Path) -> Path:
    """Tell a folder as a killed program of this kind left it."""
    place.mkdir()
    (place / "in-use").write_bytes(b"")
    (place / "copy.hyoka").write_bytes(b"contents")
    return place


def test_what_a_link_leads_to_is_never_swept(temporary: Path, tmp_path: Path) -> None:
    elsewhere = _left(tmp_path / "elsewhere")
    (temporary / "hyoka-link").symlink_to(elsewhere, target_is_directory=True)
    sweep()
    assert (elsewhere / "copy.hyoka").read_bytes() == b"contents"
    assert (temporary / "hyoka-link").is_symlink()


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="Windows gives each person a temporary folder of their own")
def test_the_folder_of_another_person_is_never_swept(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = _left(temporary / "hyoka-other")
    mine = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: mine + 1)
    sweep()
    assert (other / "copy.hyoka").read_bytes() == b"contents"
    monkeypatch.setattr(os, "getuid", lambda: mine)
    sweep()
    assert list(temporary.iterdir()) == []


def _clear_away_own(folder: Path) -> None:
    made = Scratch(folder)
    for name in CONTENTS:
        (made.path / name).write_bytes(b"contents")
    made.cleanup()


def _clear_away_left(folder: Path) -> None:
    left = folder / "hyoka-left"
    left.mkdir()
    for name in (*CONTENTS, "in-use"):
        (left / name).write_bytes(b"contents")
    sweep(folder)


@pytest.mark.parametrize("clear_away", [_clear_away_own, _clear_away_left])
def test_the_mark_goes_last_so_that_what_a_kill_leaves_is_still_known_to_be_ours(
    clear_away: Callable[[Path], None], temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    removed: list[str] = []
    unlink = os.unlink

    def watched(path: str | Path, *, dir_fd: int | None = None) -> None:
        removed.append(Path(path).name)
        unlink(path, dir_fd=dir_fd)

    monkeypatch.setattr(os, "unlink", watched)
    clear_away(temporary)
    assert removed[-1] == "in-use"
    assert sorted(removed) == sorted((*CONTENTS, "in-use"))
    assert list(temporary.iterdir()) == []


def test_what_was_left_beside_a_file_goes_when_one_is_made_there_again(tmp_path: Path) -> None:
    left = tmp_path / ".hyoka-left"
    left.mkdir()
    (left / "in-use").write_bytes(b"")
    (left / "new.hyoka").write_bytes(b"contents")
    (tmp_path / "others").mkdir()
    with Scratch(tmp_path):
        assert not left.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["others"]
