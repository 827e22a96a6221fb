"""A file that another program overwrites in its place is not written to, and never said to be saved."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from hyoka_desktop.domain.report import ROOT, Address
from hyoka_desktop.errors import HyokaError, WorldError
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.services.rescue import rescue
from hyoka_desktop.services.session import Session, open_session
from hyoka_desktop.store import worker
from hyoka_desktop.store.repository import Repository

FIELD = Address(ROOT, "procedures", 2024)
Open = Callable[[Path], Repository]


def _cut(path: Path) -> None:
    os.truncate(path, 0)


def _shorten(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 4096)


def _overwrite_in_place(path: Path) -> None:
    """Put another content of the same size into the same file."""
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\1" * 4096)
    os.utime(path, ns=(1, 1))


HARMS = pytest.mark.parametrize("harm", [_cut, _shorten, _overwrite_in_place])


class Heard:
    """Keep what the store tells, and wait for it."""

    def __init__(self) -> None:
        self.codes: list[str] = []
        self.refused = threading.Event()
        self.saved = threading.Event()

    def written(self) -> None:
        self.saved.set()

    def short_of_room(self) -> None:
        self.saved.set()

    def failed(self, error: HyokaError) -> None:
        self.codes.append(error.code)
        self.refused.set()

    def broken(self, error: BaseException) -> None:
        self.codes.append(repr(error))


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def session(sample_file: Path, heard: Heard) -> Session:
    return open_session(sample_file, heard)


@HARMS
def test_nothing_is_written_to_a_file_that_was_overwritten_in_place(
    harm: Callable[[Path], None], repository: Repository, sample_file: Path
) -> None:
    repository.put_drafts({FIELD: "前"})
    harm(sample_file)
    harmed = sample_file.read_bytes()
    for write in (lambda: repository.put_drafts({FIELD: "後"}), lambda: repository.backup(sample_file.with_name("b"))):
        with pytest.raises(WorldError) as refusal:
            write()
        assert refusal.value.code == "file_overwritten"
        assert message_of(refusal.value).do
    assert sample_file.read_bytes() == harmed


@HARMS
def test_an_overwritten_file_is_unsaved_and_all_texts_come_along_to_another_place(
    harm: Callable[[Path], None], session: Session, sample_file: Path, heard: Heard
) -> None:
    session.set_text(2024, ROOT, FIELD.field, "保存した文章")
    assert session.flush()
    harm(sample_file)
    assert not session.flush(), "also where nothing waits to be written"
    assert session.has_unsaved
    session.set_text(2024, ROOT, FIELD.field, "その後の文章")
    target = sample_file.with_name("rescued.hyoka")
    assert not rescue(session, target)
    assert not session.close()
    assert set(heard.codes) == {"file_overwritten"}
    again = open_session(target, Heard())
    assert again.snapshot.stored(FIELD) == "その後の文章"
    again.close()


def test_an_overwritten_file_is_noticed_while_nobody_types(
    session: Session, sample_file: Path, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "_RETRY_SECONDS", 0.01)
    session.set_text(2024, ROOT, FIELD.field, "文章")
    assert session.flush()
    whole, stamp = sample_file.read_bytes(), sample_file.stat()
    heard.saved.clear()
    _cut(sample_file)
    assert heard.refused.wait(10)
    with sample_file.open("r+b") as file:
        file.write(whole)
    os.utime(sample_file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert heard.saved.wait(10), "put back, it is saved again"
    assert session.close()


def test_a_new_time_of_the_file_alone_changes_nothing(repository: Repository, sample_file: Path) -> None:
    repository.put_drafts({FIELD: "前"})
    os.utime(sample_file)
    repository.put_drafts({FIELD: "後"})
    assert repository.drafts() == {FIELD: "後"}
    repository.backup(sample_file.with_name("b.hyoka"))


def test_an_older_state_put_over_the_file_is_no_touch(repository: Repository, sample_file: Path) -> None:
    repository.put_drafts({FIELD: "一"})
    older = sample_file.read_bytes()
    repository.put_drafts({FIELD: "二"})
    assert len(older) == sample_file.stat().st_size
    with sample_file.open("r+b") as file:
        file.write(older)
    os.utime(sample_file, ns=(1, 1))
    with pytest.raises(WorldError) as refusal:
        repository.put_drafts({FIELD: "三"})
    assert refusal.value.code == "file_overwritten"
