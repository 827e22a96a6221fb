"""Commands read a report on a share from a checked copy, say who has it checked out, and write nothing to it."""

from pathlib import Path
from typing import Any

import pytest

from hyoka_desktop.services.settings import Settings
from hyoka_desktop.services.sharing import mark_shared
from hyoka_desktop.store.lock import FileLock, Holder

Run = Any


@pytest.fixture
def published(sample_file: Path) -> Path:
    mark_shared(sample_file.parent, Settings())
    return sample_file


@pytest.mark.parametrize("command", ["dump", "verify", "check"])
def test_a_report_on_a_share_is_read_without_being_opened_there(command: str, published: Path, run: Run) -> None:
    before = published.read_bytes(), published.stat().st_mtime_ns
    published.chmod(0o444)
    done = run(command, str(published))
    assert (done.code, done.err) == (0, "")
    assert (published.read_bytes(), published.stat().st_mtime_ns) == before
    assert list(published.parent.iterdir()) == [published]


def test_who_has_it_checked_out_is_told(published: Path, run: Run) -> None:
    lock = FileLock(published)
    assert lock.take(Holder("花子", "PC-77", "2024-06-28T10:00:00+09:00")) is None
    done = run("verify", str(published))
    assert done.code == 0
    assert done.err.startswith("花子さんが使用中のため")
    lock.release()


def test_a_command_that_would_write_over_it_leaves_it(published: Path, run: Run, sample_paths: list[Path]) -> None:
    before = published.read_bytes()
    done = run("import", *map(str, sample_paths), "-o", str(published))
    assert done.code == 2
    assert published.read_bytes() == before
