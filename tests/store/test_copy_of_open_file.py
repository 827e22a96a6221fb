"""A file that another program holds is read from a copy, which is one committed state or none."""

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from unfinished_commits import FIELD, PAGE, UnfinishedCommit, set_text, write_unfinished

from hyoka_desktop.errors import Blame, WorldError
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.store import copying
from hyoka_desktop.store.copying import RepositoryCopy
from hyoka_desktop.store.journals import journal_of
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import Repository

Clock = Callable[[], str]
Take = Callable[..., RepositoryCopy]
_INDEX_LEAF = 10
_COMMIT_UNTIL_STOPPED = """
import sys, time
from pathlib import Path
from hyoka_desktop.domain.changes import Action, Edit, ValueChange
from hyoka_desktop.domain.report import Address
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import Repository
path, told, stop, pause = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), float(sys.argv[4])
address, draft = Address(1, "procedures", 2024), Address(1, "other_matters", 2024)
repository = Repository.open(path, Author("別の 花子", "PC-77"), lambda: "2024-06-28T00:00:00+09:00")
before = repository.snapshot().stored(address)
with told.open("w") as states:
    print(repository.anchor, file=states, flush=True)
    while not stop.exists():
        repository.put_drafts({draft: "草" * (repository.sequence % 3000)})
        text = str(repository.sequence + 1) + "文" * (repository.sequence % 700)
        repository.apply(Edit(Action.SET_TEXT, "procedures", (ValueChange(address, before, text),)))
        before = text
        print(repository.anchor, file=states, flush=True)
        time.sleep(pause)
repository.close()
"""


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let temporary folders be made in a place that is empty."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def take(place: Path, author: Author, clock: Clock) -> Iterator[Take]:
    """Take copies; nothing of them may stay behind."""
    taken: list[RepositoryCopy] = []

    def take_one(path: Path, pause: Callable[[float], None] = lambda _: None) -> RepositoryCopy:
        taken.append(RepositoryCopy.take(path, author, clock, pause))
        return taken[-1]

    yield take_one
    for copy in taken:
        copy.close()
    assert list(place.iterdir()) == []


@pytest.fixture
def unfinished(sample_file: Path, repository: Repository) -> UnfinishedCommit:
    """Write a second and a third command, the third step by step; the file is closed."""
    set_text(repository, "前の文" * 40)
    made = write_unfinished(repository, "後の文" * 2000)
    repository.close()
    return made


def test_a_copy_shows_the_file_as_it_stands_and_leaves_it_alone(repository: Repository, take: Take) -> None:
    set_text(repository, "持ち主の文")
    before = {path.name: path.read_bytes() for path in repository.path.parent.iterdir()}
    copy = take(repository.path)
    assert copy.anchor == repository.anchor
    assert copy.snapshot() == repository.snapshot()
    assert copy.form() == repository.form()
    assert copy.copied_at is not None
    assert repository.copied_at is None
    copy.close()
    assert {path.name: path.read_bytes() for path in repository.path.parent.iterdir()} == before
    set_text(repository, "続きの文")


def test_a_copy_cannot_be_written(repository: Repository, take: Take) -> None:
    copy = take(repository.path)
    with pytest.raises(WorldError) as refusal:
        set_text(copy, "写しへの文")
    assert refusal.value.code == "file_read_only"
    with pytest.raises(WorldError):
        copy.put_drafts({FIELD: "写しへの文"})
    assert copy.anchor == repository.anchor


def test_a_copy_can_be_copied_by_the_backup(repository: Repository, take: Take, open_file, tmp_path: Path) -> None:
    set_text(repository, "持ち主の文")
    take(repository.path).backup(tmp_path / "kept.hyoka")
    kept = open_file(tmp_path / "kept.hyoka")
    kept.check_log()
    assert kept.anchor == repository.anchor
    set_text(kept, "写しは書ける")


def test_every_mixture_of_old_and_new_pages_is_refused_or_one_of_both_states(
    unfinished: UnfinishedCommit, sample_file: Path, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_RETRIES", 0)
    whole = {}
    for content in (unfinished.before, unfinished.after):
        sample_file.write_bytes(content)
        copy = take(sample_file)
        whole[copy.anchor] = copy.snapshot()
    assert len(whole) == 2
    accepted = 0
    for mixture in unfinished.mixtures(200):
        sample_file.write_bytes(mixture)
        copy = _taken(sample_file, take)
        if copy is None:
            continue
        accepted += 1
        assert copy.snapshot() == whole[copy.anchor]
        copy.close()
    assert accepted < 10, "most mixtures are no state at all"


def test_the_journal_takes_back_every_mixture_of_old_and_new_pages(
    unfinished: UnfinishedCommit, sample_file: Path, take: Take
) -> None:
    sample_file.write_bytes(unfinished.before)
    expected = take(sample_file).anchor
    journal_of(sample_file).write_bytes(unfinished.journal)
    for mixture in unfinished.mixtures(60):
        sample_file.write_bytes(mixture)
        copy = take(sample_file, _must_not_pause)
        assert copy.anchor == expected
        copy.close()
    assert journal_of(sample_file).read_bytes() == unfinished.journal


def _must_not_pause(_: float) -> None:
    raise AssertionError("the copy was torn")


def test_a_torn_copy_is_taken_again_after_a_pause(unfinished: UnfinishedCommit, sample_file: Path, take: Take) -> None:
    torn = unfinished.mixed(set(unfinished.changed_pages[1:]))
    sample_file.write_bytes(torn)
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            sample_file.write_bytes(unfinished.after)

    assert take(sample_file, pause).snapshot().stored(FIELD) == "後の文" * 2000
    assert len(pauses) == 3


def test_a_copy_that_stays_torn_is_refused_with_its_own_message(
    unfinished: UnfinishedCommit, sample_file: Path, take: Take
) -> None:
    torn = unfinished.mixed(set(unfinished.changed_pages[1:]))
    sample_file.write_bytes(torn)
    pauses: list[float] = []
    with pytest.raises(WorldError) as refusal:
        take(sample_file, pauses.append)
    assert (refusal.value.code, refusal.value.blame) == ("copy_torn", Blame.ENVIRONMENT)
    assert str(sample_file) in message_of(refusal.value).what
    assert len(pauses) == 5
    assert sample_file.read_bytes() == torn


def test_a_journal_that_changes_while_the_file_is_read_makes_the_copy_torn(
    unfinished: UnfinishedCommit, sample_file: Path, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the checks would let through is not asked for: the pages and their journal belong to one moment."""
    sample_file.write_bytes(unfinished.after)
    journals = iter([b"", unfinished.journal] * 6)
    monkeypatch.setattr(copying, "read_journal", lambda _: next(journals))
    with pytest.raises(WorldError) as refusal:
        take(sample_file)
    assert refusal.value.code == "copy_torn"


def test_an_index_that_does_not_belong_to_its_table_makes_a_copy_torn(
    sample_file: Path, repository: Repository, take: Take
) -> None:
    """Facts and log are whole, and yet the next command would go wrong in a backup of such a copy."""
    (root,) = repository._db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'node_by_parent'").fetchone()
    repository.close()
    content = bytearray(sample_file.read_bytes())
    page = memoryview(content)[(root - 1) * PAGE : root * PAGE]
    assert page[0] == _INDEX_LEAF
    cells = int.from_bytes(page[3:5], "big")
    last = int.from_bytes(page[8 + 2 * (cells - 1) : 8 + 2 * cells], "big")
    # A cell is the length of its record, and the record ends with the id of the line.
    page[last + page[last]] += 1
    page.release()
    sample_file.write_bytes(content)
    with pytest.raises(WorldError) as refusal:
        take(sample_file)
    assert refusal.value.code == "copy_torn"


def test_an_older_part_of_the_log_that_does_not_belong_to_the_rest_makes_a_copy_torn(
    unfinished: UnfinishedCommit, sample_file: Path, take: Take
) -> None:
    assert unfinished.after
    other = sqlite3.connect(sample_file)
    other.execute("UPDATE change SET after = 'x' WHERE command = 2")
    other.commit()
    other.close()
    with pytest.raises(WorldError) as refusal:
        take(sample_file)
    assert refusal.value.code == "copy_torn"


def test_no_room_for_the_copy_is_said(
    repository: Repository, take: Take, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(WorldError) as refusal:
        take(repository.path)
    assert refusal.value.code == "copy_no_place"
    message_of(refusal.value)
    monkeypatch.setattr(tempfile, "tempdir", str(place / "gone"))
    with pytest.raises(WorldError) as refusal:
        take(repository.path)
    assert refusal.value.code == "copy_no_place"


def test_a_file_that_vanishes_is_said_to_be_missing(sample_file: Path, take: Take) -> None:
    sample_file.unlink()
    with pytest.raises(WorldError) as refusal:
        take(sample_file)
    assert refusal.value.code == "file_missing"


def test_every_copy_taken_while_another_program_commits_is_a_state_that_it_committed(
    sample_file: Path, take: Take
) -> None:
    _copy_while_writing(40, 0.0, sample_file, take)


@pytest.mark.slow
@pytest.mark.parametrize("pause", [0.0, 0.005, 0.05])
def test_hundreds_of_copies_taken_while_another_program_commits_are_states_that_it_committed(
    pause: float, sample_file: Path, take: Take
) -> None:
    _copy_while_writing(300, pause, sample_file, take)


def _copy_while_writing(times: int, pause: float, path: Path, take: Take) -> None:
    """Take copies of a file while another program writes commands to it; each must be a state that it told."""
    told, stop = path.with_name("told"), path.with_name("stop")
    arguments = [sys.executable, "-c", _COMMIT_UNTIL_STOPPED, path, told, stop, str(pause)]
    with subprocess.Popen(arguments) as process:
        try:
            while not (told.exists() and told.read_text(encoding="utf-8")):
                assert process.poll() is None
            anchors = [anchor for _ in range(times) if (anchor := _anchor_of_copy(path, take)) is not None]
        finally:
            stop.touch()
        assert process.wait(timeout=60) == 0
    assert len(anchors) > times // 4, "most are taken at last"
    assert len(set(anchors)) > times // 8, "the file went on"
    assert set(anchors) <= set(told.read_text(encoding="utf-8").splitlines())


def _anchor_of_copy(path: Path, take: Take) -> str | None:
    copy = _taken(path, take)
    if copy is None:
        return None
    text = copy.snapshot().stored(FIELD) or ""
    assert copy.sequence == 1 or text == f"{copy.sequence}{'文' * ((copy.sequence - 1) % 700)}"
    copy.close()
    return copy.anchor


def _taken(path: Path, take: Take) -> RepositoryCopy | None:
    """Take a copy; None where it is torn, and any other refusal is raised."""
    try:
        return take(path)
    except WorldError as refusal:
        if refusal.code != "copy_torn":
            raise
        return None
