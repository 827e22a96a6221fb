"""Programs that take and give one lock at the same time: at every moment one of them has it at most."""

import subprocess
import sys
from pathlib import Path

import pytest

from hyoka_desktop.store.lock import FileLock, Holder

ME = Holder("評価 太郎", "PC-01", "2024-06-28T10:00:00+09:00", "1.0")
_TAKE_AND_GIVE = """
import os, sys, time
from pathlib import Path
from hyoka_desktop.store.lock import FileLock, Holder
report, times, name = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
inside = report.with_name("inside")
sys.stdin.readline()
had = 0
for _ in range(times):
    lock = FileLock(report, lambda _: None)
    if lock.take(Holder(name, "PC", "2024-06-28T10:00:00+09:00")) is None:
        os.close(os.open(inside, os.O_CREAT | os.O_EXCL))
        assert lock.is_held()
        inside.unlink()
        lock.release()
        had += 1
    lock.current_holder()
print(had)
"""
_TAKE_ONCE = """
import sys
from pathlib import Path
from hyoka_desktop.store.lock import FileLock, Holder
sys.stdin.readline()
lock = FileLock(Path(sys.argv[1]))
other = lock.take(Holder(sys.argv[2], "PC", "2024-06-28T10:00:00+09:00"))
print("mine" if other is None else "theirs", flush=True)
sys.stdin.read()
"""


def _started(code: str, *arguments: object) -> "subprocess.Popen[str]":
    line = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_of_programs_that_take_a_lock_at_once_exactly_one_gets_it(tmp_path: Path) -> None:
    report = tmp_path / "report.hyoka"
    programs = [_started(_TAKE_ONCE, report, f"P{number}") for number in range(3)]
    for program in programs:
        program.stdin.write("\n")
        program.stdin.flush()
    answers = [program.stdout.readline().strip() for program in programs]
    assert sorted(answers) == ["mine", "theirs", "theirs"]
    winner = programs[answers.index("mine")]
    assert FileLock(report).current_holder().person == f"P{answers.index('mine')}"
    winner.kill()
    winner.wait(20)
    assert FileLock(report).current_holder() is None
    for program in programs:
        program.kill()
        program.communicate(timeout=20)


def test_a_lock_given_back_while_others_take_it_is_never_held_twice(tmp_path: Path) -> None:
    programs = [_started(_TAKE_AND_GIVE, tmp_path / "report.hyoka", 1500, name) for name in ("A", "B")]
    had = [int(program.communicate("\n", timeout=120)[0]) for program in programs]
    assert [program.returncode for program in programs] == [0, 0]
    assert min(had) > 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no open file")
def test_a_file_that_was_given_back_between_opening_and_locking_is_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_back: list[int] = []

    class Late:
        def take(self, handle: int) -> bool:
            if not given_back:
                given_back.append(handle)
                (tmp_path / ".~lock.report.hyoka").unlink()
            return True

    monkeypatch.setattr("hyoka_desktop.store.lock.system_locking", Late)
    lock = FileLock(tmp_path / "report.hyoka")
    assert lock.take(ME) is None
    assert lock.is_held()
    assert lock.path.exists()
    lock.release()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no open file")
def test_a_lock_file_that_was_removed_is_no_longer_held(tmp_path: Path) -> None:
    lock, other = FileLock(tmp_path / "report.hyoka"), FileLock(tmp_path / "report.hyoka")
    assert lock.take(ME) is None
    assert lock.is_held()
    lock.path.unlink()
    assert not lock.is_held()
    assert other.take(ME) is None
    lock.release()
    assert other.is_held(), "the lock of the other is left"
    other.release()
    assert not other.path.exists()


def test_the_version_of_the_holder_is_told_and_one_without_is_read(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "report.hyoka")
    assert lock.take(ME) is None
    assert FileLock(tmp_path / "report.hyoka").current_holder() == ME
    lock.path.write_text('{"person": "a", "computer": "b", "since": "c"}', encoding="utf-8")
    assert lock.holder() == Holder("a", "b", "c")
    lock.path.write_text("[]", encoding="utf-8")
    assert lock.holder() is None
    lock.release()


def test_looking_at_a_lock_that_was_never_taken_makes_no_file(tmp_path: Path) -> None:
    assert FileLock(tmp_path / "report.hyoka").current_holder() is None
    assert list(tmp_path.iterdir()) == []
