"""Commands that read work on a file that another program holds, and say which copy they read."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from unfinished_commits import FIELD, set_text, write_unfinished

from hyoka_desktop.store import copying
from hyoka_desktop.store.lock import FileLock
from hyoka_desktop.store.repository import Repository

Run = Any
NOTE = re.compile(r"評価 太郎さんが使用中のため、\d\d:\d\d 時点の写しを読みました。\n")


_HOLD = """
import sys
from pathlib import Path
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import Repository
repository = Repository.open(Path(sys.argv[1]), Author("評価 太郎", "PC-01"), lambda: "2024-06-28T09:30:00+09:00")
print("open", flush=True)
sys.stdin.read()
repository.close()
"""


@pytest.fixture
def held_file(sample_file: Path) -> Iterator[Path]:
    """Hold the sample file open in another process."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, sample_file],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield sample_file
        process.communicate(timeout=20)
        assert process.returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("dump", "sample.hyoka"),
        ("export", "sample.hyoka", "--docx", "x.docx", "--pdf", "x.pdf"),
        ("check", "sample.hyoka"),
        ("verify", "sample.hyoka"),
        ("backup", "sample.hyoka", "-o", "kept.hyoka"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_file_in_use_is_read_from_a_copy_that_is_told(
    arguments: tuple[str, ...], run: Run, held_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(held_file.parent)
    before = held_file.read_bytes()
    outcome = run(*arguments)
    assert outcome.code == 0
    assert NOTE.fullmatch(outcome.err)
    assert held_file.read_bytes() == before


def test_a_copy_holds_what_the_holder_wrote_last(
    run: Run, repository: Repository, open_file: Callable[[Path], Repository], tmp_path: Path
) -> None:
    set_text(repository, "持ち主が確定した文")
    assert json.loads(run("dump", repository.path).out)["overview"][FIELD.field] == "持ち主が確定した文"
    assert repository.anchor in run("verify", repository.path).out
    assert run("backup", repository.path, "-o", tmp_path / "kept.hyoka").code == 0
    kept = open_file(tmp_path / "kept.hyoka")
    kept.check_log()
    assert kept.anchor == repository.anchor


def test_a_holder_who_is_not_known_is_told_as_another_program(run: Run, repository: Repository) -> None:
    FileLock(repository.path).path.write_bytes(b"")
    outcome = run("verify", repository.path)
    assert outcome.code == 0
    assert outcome.err.startswith("別のプログラムが使用中のため、")


def test_a_copy_that_stays_torn_ends_with_three_and_one_line(
    run: Run, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_PAUSE_SECONDS", 0)
    unfinished = write_unfinished(repository, "文" * 3000)
    repository.path.write_bytes(unfinished.mixed(set(unfinished.changed_pages[1:])))
    outcome = run("dump", repository.path)
    repository.path.write_bytes(unfinished.after)
    assert (outcome.code, outcome.out) == (3, "")
    assert re.fullmatch("「.*」は使用中で、書き込みが続いているため、写しを取れません。.*。\n", outcome.err)


def test_a_command_that_would_write_over_a_file_in_use_leaves_it(
    run: Run, repository: Repository, sample_paths: list[Path]
) -> None:
    before = repository.path.read_bytes()
    assert run("import", *sample_paths, "-o", repository.path).code == 2
    assert run("dump", repository.path, "-o", repository.path).code == 2
    assert repository.path.read_bytes() == before
