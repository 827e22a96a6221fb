"""Copies lie in folders of one's own; those that a killed program left are taken away, those in use never."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

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


def test_what_was_left_beside_a_file_goes_when_one_is_made_there_again(tmp_path: Path) -> None:
    left = tmp_path / ".hyoka-left"
    left.mkdir()
    (left / "in-use").write_bytes(b"")
    (left / "new.hyoka").write_bytes(b"contents")
    (tmp_path / "others").mkdir()
    with Scratch(tmp_path):
        assert not left.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["others"]
