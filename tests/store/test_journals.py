"""The journal of a file that is no more is never written into the file that stands in its place now."""

from collections.abc import Callable
from pathlib import Path

import pytest
from unfinished_commits import FIELD, UnfinishedCommit, set_text, write_unfinished

from hyoka_desktop.errors import WorldError
from hyoka_desktop.services import reports
from hyoka_desktop.services.forms import find_form
from hyoka_desktop.store import engine
from hyoka_desktop.store.copying import RepositoryCopy
from hyoka_desktop.store.faults import world_errors
from hyoka_desktop.store.journals import journal_of
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import Repository

Open = Callable[[Path], Repository]
OLD = "sample.hyoka-journal.old"


@pytest.fixture
def yesterday(sample_file: Path) -> bytes:
    """Tell the file as it was before; asked for before it is opened."""
    return sample_file.read_bytes()


@pytest.fixture
def unfinished(repository: Repository) -> UnfinishedCommit:
    """Write much, so that the journal holds pages of a later state than the sample's."""
    set_text(repository, "その後の文章" * 900)
    unfinished = write_unfinished(repository, "文" * 5000)
    repository.close()
    return unfinished


def test_a_backup_put_over_a_killed_file_is_not_destroyed_by_its_journal(
    yesterday: bytes, unfinished: UnfinishedCommit, sample_file: Path, open_file: Open
) -> None:
    sample_file.write_bytes(yesterday)
    journal_of(sample_file).write_bytes(unfinished.journal)
    opened = open_file(sample_file)
    opened.check_log()
    assert opened.sequence == 1
    assert sample_file.with_name(OLD).read_bytes() == unfinished.journal, "it is kept"


def test_a_command_that_was_written_in_part_is_taken_back(
    unfinished: UnfinishedCommit, sample_file: Path, open_file: Open
) -> None:
    for content in (unfinished.mixed(set(unfinished.changed_pages[:2])), unfinished.before, unfinished.after):
        sample_file.write_bytes(content)
        journal_of(sample_file).write_bytes(unfinished.journal)
        opened = open_file(sample_file)
        assert (opened.sequence, opened.snapshot().stored(FIELD)) == (2, "その後の文章" * 900)
        opened.close()
        assert not sample_file.with_name(OLD).exists()


def test_what_neither_the_file_nor_its_journal_proves_is_left_as_it_is(
    unfinished: UnfinishedCommit, sample_file: Path, open_file: Open
) -> None:
    content = unfinished.mixed(set(unfinished.changed_pages[:2])).replace("港湾".encode(), "贋湾".encode())
    sample_file.write_bytes(content)
    journal_of(sample_file).write_bytes(unfinished.journal)
    with pytest.raises(WorldError) as refusal:
        open_file(sample_file)
    assert refusal.value.parameters["path"] == str(sample_file)
    assert (sample_file.read_bytes(), journal_of(sample_file).read_bytes()) == (content, unfinished.journal)
    assert sorted(path.name for path in sample_file.parent.iterdir()) == ["sample.hyoka", "sample.hyoka-journal"]


def test_a_journal_is_put_aside_where_a_new_report_or_a_backup_is_made(
    unfinished: UnfinishedCommit, sample_file: Path, open_file: Open
) -> None:
    sample_file.unlink()
    journal_of(sample_file).write_bytes(unfinished.journal)
    reports.new_report(sample_file, find_form("iaa-annual"), 2024, "別の法人")
    assert not journal_of(sample_file).exists()
    target = sample_file.with_name("backup.hyoka")
    journal_of(target).write_bytes(unfinished.journal)
    reports.backup_report(sample_file, target)
    assert not journal_of(target).exists()
    open_file(target).check_log()


def test_a_copy_is_read_without_a_journal_that_is_not_of_its_file(
    yesterday: bytes, unfinished: UnfinishedCommit, sample_file: Path
) -> None:
    sample_file.write_bytes(yesterday)
    journal_of(sample_file).write_bytes(unfinished.journal)
    copy = RepositoryCopy.take(sample_file, Author("", ""), lambda: "", lambda _: None)
    assert copy.sequence == 1
    copy.close()


@pytest.mark.parametrize(
    "content", [b"\xe8\xa6\x9a\xe6\x9b\xb8", b"x", b"SQLite format 3\x00" * 99, b"\x00" * 27 + b"x"]
)
def test_a_file_that_only_has_the_name_of_a_journal_is_kept(content: bytes, sample_file: Path, open_file: Open) -> None:
    journal_of(sample_file).write_bytes(content)
    opened = open_file(sample_file)
    assert sample_file.with_name(OLD).read_bytes() == content, "before anything is written"
    set_text(opened, "その後の文章")
    opened.check_log()
    opened.close()
    assert sample_file.with_name(OLD).read_bytes() == content
    assert not journal_of(sample_file).exists()


@pytest.mark.parametrize("content", [b"", b"\x00" * 28, b"\x00" * 28 + b"pages of a command that ended"])
def test_what_sqlite_leaves_of_a_journal_is_no_file_of_somebody_else(
    content: bytes, sample_file: Path, open_file: Open
) -> None:
    journal_of(sample_file).write_bytes(content)
    open_file(sample_file).check_log()
    assert not sample_file.with_name(OLD).exists()


def test_a_file_with_the_name_of_a_journal_is_kept_where_the_report_is_damaged(
    sample_file: Path, open_file: Open
) -> None:
    sample_file.write_bytes(sample_file.read_bytes().replace("港湾".encode(), "贋湾".encode()))
    journal_of(sample_file).write_text("覚書", encoding="utf-8")
    with pytest.raises(WorldError):
        open_file(sample_file)
    kept = [path for path in sample_file.parent.iterdir() if "journal" in path.name]
    assert [path.read_text(encoding="utf-8") for path in kept] == ["覚書"]


@pytest.mark.parametrize("fault", [engine.sqlite3.OperationalError("database or disk is full"), OSError(28, "full")])
def test_where_no_copy_can_be_tried_nothing_is_touched(
    fault: Exception,
    unfinished: UnfinishedCommit,
    sample_file: Path,
    open_file: Open,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A full disk proves nothing of the journal, so it is not put aside."""

    def refuse(*_: object, **__: object) -> None:
        with world_errors(sample_file):
            raise fault

    sample_file.write_bytes(unfinished.after)
    journal_of(sample_file).write_bytes(unfinished.journal)
    with monkeypatch.context() as full:
        full.setattr("hyoka_desktop.store.repository._Trial.check_log", refuse)
        with pytest.raises(WorldError) as refusal:
            open_file(sample_file)
    assert refusal.value.code == "copy_no_place"
    assert journal_of(sample_file).read_bytes() == unfinished.journal
    assert open_file(sample_file).sequence == 2
