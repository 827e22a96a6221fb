"""One program at a time: who holds a file is named, and a crash frees it."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hyoka_desktop.errors import Blame, WorldError
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.store.lock import FileLock, Holder, _NoLocking, lock_bytes
from hyoka_desktop.store.repository import Repository

Open = Callable[[Path], Repository]
ME = Holder("評価 太郎", "PC-01", "2024-06-28T10:00:00+09:00")
_HOLD = """
import sys
from pathlib import Path
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import Repository
repository = Repository.open(Path(sys.argv[1]), Author("別の 花子", "PC-77"), lambda: "2024-06-28T09:30:00+09:00")
print("open", flush=True)
sys.stdin.read()
repository.close()
"""


@pytest.fixture
def other_program(sample_file: Path) -> Iterator["subprocess.Popen[str]"]:
    """Hold the sample file open in another process."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, sample_file],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
        if process.poll() is None:
            process.kill()


@pytest.mark.usefixtures("other_program")
def test_a_file_open_in_another_program_is_refused_and_the_holder_named(sample_file: Path, open_file: Open) -> None:
    with pytest.raises(WorldError) as refusal:
        open_file(sample_file)
    assert (refusal.value.code, refusal.value.blame) == ("file_in_use", Blame.ENVIRONMENT)
    sentence = message_of(refusal.value).what
    assert sentence == f"「{sample_file}」は別の 花子さん（PC-77）が6月28日 09:30から使用中です。"


def test_a_killed_program_frees_its_file(
    other_program: "subprocess.Popen[str]", sample_file: Path, open_file: Open
) -> None:
    other_program.kill()
    other_program.wait(timeout=20)
    repository = open_file(sample_file)
    repository.close()
    assert list(sample_file.parent.iterdir()) == [sample_file]


def test_an_ended_program_frees_its_file(
    other_program: "subprocess.Popen[str]", sample_file: Path, open_file: Open
) -> None:
    other_program.communicate(timeout=20)
    assert open_file(sample_file).sequence == 1


@pytest.mark.usefixtures("other_program")
def test_without_lock_files_sqlite_itself_keeps_others_out(
    sample_file: Path, open_file: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hyoka_desktop.store.lock.system_locking", _Always)
    with pytest.raises(WorldError) as refusal:
        open_file(sample_file)
    assert refusal.value.code == "file_locked"
    message_of(refusal.value)


class _Always:
    def take(self, handle: int) -> bool:
        return True


def test_a_second_opening_in_the_same_program_is_refused(repository: Repository, open_file: Open) -> None:
    with pytest.raises(WorldError) as refusal:
        open_file(repository.path)
    assert refusal.value.code == "file_in_use"


def test_a_refused_opening_leaves_the_lock_of_the_holder(repository: Repository, open_file: Open) -> None:
    for _ in range(2):
        with pytest.raises(WorldError):
            open_file(repository.path)
    assert FileLock(repository.path).path.exists()


def test_a_holder_that_cannot_be_read_still_makes_a_whole_sentence(repository: Repository, open_file: Open) -> None:
    FileLock(repository.path).path.write_bytes(b"\xff")
    with pytest.raises(WorldError) as refusal:
        open_file(repository.path)
    sentence = message_of(refusal.value).what
    assert "はさん" not in sentence
    assert "（）" not in sentence


def test_a_lock_file_left_by_a_crash_does_not_hinder(sample_file: Path, open_file: Open) -> None:
    FileLock(sample_file).path.write_text('{"person": "前の人", "computer": "x", "since": "y"}' * 5, encoding="utf-8")
    repository = open_file(sample_file)
    assert FileLock(sample_file).holder() == Holder("評価 太郎", "PC-01", "2024-06-28T00:00:01+09:00")
    repository.close()
    assert not FileLock(sample_file).path.exists()


def test_two_files_in_one_folder_are_locked_apart(sample_file: Path, open_file: Open) -> None:
    other = sample_file.with_name("other.hyoka")
    other.write_bytes(sample_file.read_bytes())
    assert open_file(sample_file).sequence == open_file(other).sequence


def test_a_released_lock_can_be_taken_again(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "report.hyoka")
    assert lock.take(ME) is None
    assert FileLock(tmp_path / "report.hyoka").take(ME) == ME
    lock.release()
    lock.release()
    assert FileLock(tmp_path / "report.hyoka").holder() is None
    assert lock.take(ME) is None
    lock.release()


def test_a_name_that_leaves_no_room_for_the_lock_file_is_told(sample_file: Path, open_file: Open) -> None:
    name = "評" * 82 + "abc.hyoka"
    assert len(name.encode()) == 255
    longest = sample_file.rename(sample_file.with_name(name))
    with pytest.raises(WorldError) as refusal:
        open_file(longest)
    assert refusal.value.code == "name_too_long"
    assert list(longest.parent.iterdir()) == [longest]


def test_the_lock_file_of_a_report_has_its_name(sample_file: Path) -> None:
    assert FileLock(sample_file).path == sample_file.with_name(".~lock.sample.hyoka")


def test_the_lock_file_of_a_long_name_still_has_a_name_of_its_own(tmp_path: Path) -> None:
    longest, longer, other = (tmp_path / name for name in ("x" * 248, "x" * 249, "x" * 248 + "y"))
    assert FileLock(longest).path.name == ".~lock." + "x" * 248
    names = {FileLock(path).path.name for path in (longest, longer, other)}
    assert len(names) == 3
    assert max(map(len, names)) <= 255


@pytest.mark.usefixtures("other_program")
def test_where_a_system_has_no_locks_sqlite_keeps_others_out(
    sample_file: Path, open_file: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hyoka_desktop.store.lock.system_locking", _NoLocking)
    with pytest.raises(WorldError) as refusal:
        open_file(sample_file)
    assert refusal.value.code == "file_locked"


_OPEN_AND_WRITE = """
import sys
from pathlib import Path
from hyoka_desktop.errors import WorldError
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import Repository
try:
    Repository.open(Path(sys.argv[1]), Author("", ""), lambda: "2024-06-28T09:30:00+09:00")
except WorldError as error:
    print(error.code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows, where SQLite's own locks hold")
@pytest.mark.parametrize("link", [os.symlink, os.link], ids=["symbolic", "hard"])
def test_a_second_program_cannot_write_through_a_link_even_after_the_file_was_looked_at(
    link: Callable[[Path, Path], None], sample_file: Path, open_file: Open
) -> None:
    """On Linux SQLite's locks go when a program closes any handle of its own on the file."""
    repository = open_file(sample_file)
    other = sample_file.parent / "sub" / "link.hyoka"
    other.parent.mkdir()
    link(sample_file, other)
    with pytest.raises(WorldError):
        open_file(sample_file)
    sample_file.read_bytes()
    run = subprocess.run(
        [sys.executable, "-c", _OPEN_AND_WRITE, other], capture_output=True, text=True, check=False, timeout=60
    )
    assert (run.stdout, run.stderr) in {("file_in_use\n", ""), ("file_locked\n", "")}
    repository.put_drafts({})


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_report_opened_through_a_symbolic_link_names_its_holder(sample_file: Path, open_file: Open) -> None:
    link = sample_file.with_name("link.hyoka")
    link.symlink_to(sample_file)
    open_file(sample_file)
    with pytest.raises(WorldError) as refusal:
        open_file(link)
    assert refusal.value.parameters["person"] == "評価 太郎"


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="links need rights on Windows")
def test_a_lock_is_not_written_through_a_link_into_another_file(sample_file: Path, open_file: Open) -> None:
    own = sample_file.with_name("own.txt")
    own.write_bytes(b"mine")
    FileLock(sample_file).path.symlink_to(own)
    with pytest.raises(WorldError) as refusal:
        open_file(sample_file)
    assert refusal.value.code == "file_unreachable"
    assert own.read_bytes() == b"mine"


class _Full:
    """Refuse to write to lock files, for as long as the disk is full."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_full = True
        self._write = os.write
        monkeypatch.setattr(os, "write", self)

    def __call__(self, handle: int, content: bytes) -> int:
        if self.is_full:
            raise OSError(errno.ENOSPC, "No space left on device")
        return self._write(handle, content)


def test_on_a_full_disk_a_report_can_be_opened_and_opened_again(
    sample_file: Path, open_file: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = _Full(monkeypatch)
    repository = open_file(sample_file)
    with pytest.raises(WorldError) as refusal:
        open_file(sample_file)
    assert refusal.value.code == "file_locked", "it is held, though nobody is named"
    repository.close()
    assert list(sample_file.parent.iterdir()) == [sample_file]
    disk.is_full = False
    open_file(sample_file)


def test_a_lock_that_cannot_be_written_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(os, "write", refuse)
        with pytest.raises(OSError, match="Input"):
            FileLock(tmp_path / "report.hyoka").take(ME)
    assert FileLock(tmp_path / "report.hyoka").take(ME) is None


def test_where_the_system_has_no_lock_on_a_handle_a_file_is_not_held_for_locked(
    sample_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fcntl = pytest.importorskip("fcntl", reason="Windows has none")
    monkeypatch.delattr(fcntl, "F_OFD_SETLK")
    with sample_file.open("r+b") as file:
        assert lock_bytes(file.fileno()) is True
