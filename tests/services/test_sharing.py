"""A report on a share is worked on in a local copy, and published whole; nothing is overwritten and nothing lost."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from unfinished_commits import set_text

from hyoka_desktop.domain.report import ROOT, Address
from hyoka_desktop.errors import HyokaError, WorldError
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.services import sharing
from hyoka_desktop.services.reports import read_report
from hyoka_desktop.services.session import open_copy
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.services.sharewatch import ShareNews, ShareState, look_at_share, news_between
from hyoka_desktop.services.sharing import SharedSession, open_shared, open_working_copy, previous_versions
from hyoka_desktop.services.workingcopies import unpublished_copies, working_copy_of
from hyoka_desktop.store.lock import FileLock, Holder
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import Repository

FIELD = Address(ROOT, "procedures", 2024)
VERSION = "1.0"
Check = Callable[..., SharedSession]
_CHECK_OUT_AND_WAIT = """
import sys
from pathlib import Path
from hyoka_desktop.domain.report import ROOT
from hyoka_desktop.services.sharing import open_shared
class Deaf:
    def written(self): pass
    def failed(self, error): pass
    def broken(self, error): pass
session = open_shared(Path(sys.argv[1]), Deaf(), "1.0")
session.set_text(2024, ROOT, "procedures", "倒れる前の文")
assert session.flush()
print("written", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def share(tmp_path: Path, sample_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a folder that stands for the share, with a published report; the person here is 花子."""
    monkeypatch.setenv("USER", "花子")
    monkeypatch.delenv("USERNAME", raising=False)
    folder = tmp_path / "share"
    folder.mkdir()
    sample_file.replace(folder / "評価書.hyoka")
    return folder


@pytest.fixture
def published(share: Path) -> Path:
    return share / "評価書.hyoka"


@pytest.fixture
def check(heard) -> Iterator[Check]:
    """Check files out; what is still open at the end is closed."""
    opened: list[SharedSession] = []

    def check_one(path: Path) -> SharedSession:
        opened.append(open_shared(path, heard, VERSION))
        return opened[-1]

    yield check_one
    for session in opened:
        with contextlib.suppress(HyokaError):
            session.close()


def _write(session: SharedSession, text: str) -> None:
    session.set_text(2024, ROOT, FIELD.field, text)
    assert session.flush()


def _text(path: Path) -> str:
    return read_report(path).snapshot.stored(FIELD) or ""


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_work_is_done_on_a_local_copy_and_the_share_changes_only_by_publishing(
    check: Check, published: Path, share: Path, user_folder: Path
) -> None:
    before = published.read_bytes()
    session = check(published)
    assert session.path == published
    assert session.checkout.copy.file.is_relative_to(user_folder)
    assert not session.has_unpublished
    _write(session, "新しい文")
    assert session.has_unpublished
    assert published.read_bytes() == before
    session.publish()
    assert not session.has_unpublished
    assert session.close()
    assert _text(published) == "新しい文"
    (previous,) = previous_versions(published)
    assert previous.read_bytes() == before
    assert _names(share) == sorted([published.name, previous.name])
    assert working_copy_of(published) is None
    assert unpublished_copies() == []


def test_the_one_who_works_is_named_and_others_look_at_what_was_published(check: Check, published: Path, heard) -> None:
    session = check(published)
    _write(session, "まだ公開しない文")
    with pytest.raises(WorldError) as refusal:
        open_shared(published, heard, VERSION)
    assert refusal.value.code == "file_in_use"
    assert "花子さん" in message_of(refusal.value).what
    assert FileLock(published).current_holder().version == VERSION
    copy = open_copy(published, heard)
    assert copy.snapshot.stored(FIELD) != "まだ公開しない文"
    assert copy.copied_at is not None
    copy.close()
    session.publish()
    copy = open_copy(published, heard)
    assert copy.snapshot.stored(FIELD) == "まだ公開しない文"
    copy.close()


def test_what_is_only_typed_is_not_published_and_keeps_the_copy(check: Check, published: Path, heard) -> None:
    session = check(published)
    session.put_draft(FIELD, "入力中の文")
    _write_other(session)
    session.publish()
    assert session.close()
    copy = open_copy(published, heard)
    assert copy.snapshot.stored(Address(ROOT, "other_matters", 2024)) == "別の文"
    copy.close()
    assert [copy.origin for copy in unpublished_copies()] == [published]
    again = check(published)
    assert again.recovered == {FIELD: "入力中の文"}


def _write_other(session: SharedSession) -> None:
    session.set_text(2024, ROOT, "other_matters", "別の文")
    assert session.flush()


def test_a_few_earlier_files_are_kept_the_oldest_go(check: Check, published: Path, share: Path) -> None:
    session = check(published)
    for number in range(6):
        _write(session, f"{number}番目")
        session.publish()
    assert session.close()
    assert [_text(path) for path in previous_versions(published)] == ["4番目", "3番目", "2番目"]
    assert len(_names(share)) == 4


def test_a_replaced_file_is_not_overwritten_and_both_are_kept(
    check: Check, published: Path, share: Path, tmp_path: Path
) -> None:
    original = shutil.copy(published, tmp_path / "other.hyoka")
    session = check(published)
    _write(session, "私の文")
    (published.with_name("x")).write_bytes(_changed(Path(original)))
    published.with_name("x").replace(published)
    theirs = published.read_bytes()
    with pytest.raises(WorldError) as refusal:
        session.publish()
    assert refusal.value.code == "published_changed"
    assert "上書きしていません" in message_of(refusal.value).safe
    assert published.read_bytes() == theirs
    beside = session.put_beside()
    assert session.close()
    assert (_text(beside), published.read_bytes()) == ("私の文", theirs)
    assert "花子" in beside.name
    assert sorted([beside.name, published.name]) == _names(share)
    assert working_copy_of(published) is None


def _changed(path: Path) -> bytes:
    """Tell the bytes of a report after somebody else wrote to it."""
    repository = Repository.open(path, Author("他の 人", "PC-9"), lambda: "2024-06-28T09:30:00+09:00")
    set_text(repository, "他の人の文")
    repository.close()
    return path.read_bytes()


def test_a_file_that_was_moved_away_is_told_and_the_work_can_be_put_there(check: Check, published: Path) -> None:
    session = check(published)
    _write(session, "私の文")
    published.rename(published.with_name("改名.hyoka"))
    with pytest.raises(WorldError) as refusal:
        session.publish()
    assert refusal.value.code == "published_gone"
    assert _text(session.put_beside()) == "私の文"


def test_a_share_that_vanishes_leaves_the_work_safe_and_is_published_to_later(
    check: Check, published: Path, share: Path
) -> None:
    session = check(published)
    away = share.rename(share.with_name("away"))
    _write(session, "つながらない間の文")
    with pytest.raises(WorldError) as refusal:
        session.publish()
    assert refusal.value.code == "share_away"
    assert session.close()
    (waiting,) = unpublished_copies()
    resumed = open_working_copy(waiting, _Deaf(), VERSION)
    assert resumed.snapshot.stored(FIELD) == "つながらない間の文"
    with pytest.raises(WorldError):
        resumed.publish()
    away.rename(share)
    resumed.publish()
    assert resumed.close()
    assert _text(published) == "つながらない間の文"
    assert unpublished_copies() == []


class _Deaf:
    def written(self) -> None:
        pass

    def failed(self, error: HyokaError) -> None:
        pass

    def broken(self, error: BaseException) -> None:
        raise error


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no open file")
def test_a_lock_that_the_share_gave_to_somebody_else_stops_the_publication(check: Check, published: Path) -> None:
    session = check(published)
    _write(session, "私の文")
    FileLock(published).path.unlink()
    other = FileLock(published)
    assert other.take(Holder("他の人", "PC-9", "2024-06-28T10:00:00+09:00")) is None
    with pytest.raises(WorldError) as refusal:
        session.publish()
    assert (refusal.value.code, refusal.value.parameters["person"]) == ("file_in_use", "他の人")
    other.release()
    session.publish()
    assert FileLock(published).current_holder().person == "花子"


def test_a_program_that_is_killed_frees_the_file_and_its_work_is_found(check: Check, published: Path) -> None:
    line = [sys.executable, "-c", _CHECK_OUT_AND_WAIT, str(published)]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout.readline() == "written\n"
        assert FileLock(published).current_holder() is not None
        assert unpublished_copies() == [], "what another program has open is not offered"
        program.kill()
    assert FileLock(published).current_holder() is None
    (waiting,) = unpublished_copies()
    assert waiting.origin == published
    session = check(published)
    assert session.checkout.is_resumed
    assert session.snapshot.stored(FIELD) == "倒れる前の文"
    session.publish()
    assert session.close()
    assert _text(published) == "倒れる前の文"


def test_a_publication_of_which_the_end_was_not_seen_is_known_again(
    check: Check, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = check(published)
    _write(session, "届いた文")
    publish = sharing.publish

    def arrives_and_fails(*arguments: object) -> None:
        publish(*arguments)
        raise WorldError("share_away", path="")

    with monkeypatch.context() as patch:
        patch.setattr(sharing, "publish", arrives_and_fails)
        with pytest.raises(WorldError):
            session.publish()
    _write(session, "続きの文")
    session.publish()
    assert session.close()
    assert _text(published) == "続きの文"


def test_after_a_publication_without_end_the_copy_counts_as_published(
    check: Check, published: Path, monkeypatch: pytest.MonkeyPatch, share: Path
) -> None:
    session = check(published)
    _write(session, "届いた文")
    publish = sharing.publish

    def arrives_and_fails(*arguments: object) -> None:
        publish(*arguments)
        raise WorldError("share_away", path="")

    monkeypatch.setattr(sharing, "publish", arrives_and_fails)
    with pytest.raises(WorldError):
        session.publish()
    assert session.close()
    again = check(published)
    assert not again.checkout.is_resumed
    assert not again.has_unpublished
    assert again.snapshot.stored(FIELD) == "届いた文"


def test_work_that_is_thrown_away_can_still_be_opened(check: Check, published: Path, user_folder: Path) -> None:
    session = check(published)
    before = published.read_bytes()
    _write(session, "いらない文")
    assert session.close()
    (waiting,) = unpublished_copies()
    kept = waiting.discard()
    assert _text(kept) == "いらない文"
    assert kept.is_relative_to(user_folder)
    assert unpublished_copies() == []
    assert published.read_bytes() == before
    assert not check(published).checkout.is_resumed


def test_a_copy_that_was_published_whole_is_fetched_anew(check: Check, published: Path, tmp_path: Path) -> None:
    session = check(published)
    record = session.checkout.copy
    kept = tmp_path / "kept"
    shutil.copytree(record.folder, kept)
    assert session.close()
    shutil.copytree(kept, record.folder)
    content = _changed(Path(shutil.copy(published, tmp_path / "other.hyoka")))
    published.write_bytes(content)
    again = check(published)
    assert again.snapshot.stored(FIELD) == "他の人の文"
    assert not again.checkout.is_resumed


def test_a_file_that_is_no_report_is_refused_and_no_lock_is_left(share: Path, heard) -> None:
    wrong = share / "違う.hyoka"
    wrong.write_bytes(b"x" * 200)
    with pytest.raises(HyokaError):
        open_shared(wrong, heard, VERSION)
    assert not FileLock(wrong).path.exists()


def test_a_damaged_file_gives_the_lock_back(published: Path, heard) -> None:
    content = bytearray(published.read_bytes())
    content[5000:9000] = os.urandom(4000)
    published.write_bytes(content)
    with pytest.raises(HyokaError):
        open_shared(published, heard, VERSION)
    assert FileLock(published).current_holder() is None
    assert working_copy_of(published) is None


def test_who_looks_from_outside_hears_of_publication_and_release(check: Check, published: Path, share: Path) -> None:
    session = check(published)
    before = look_at_share(published)
    assert before.holder.person == "花子"
    assert news_between(before, look_at_share(published)) is None
    _write(session, "公開する文")
    session.publish()
    after = look_at_share(published)
    assert news_between(before, after) is ShareNews.PUBLISHED
    assert session.close()
    assert news_between(after, look_at_share(published)) is ShareNews.RELEASED
    share.rename(share.with_name("away"))
    assert look_at_share(published) == ShareState(None, None)
    assert news_between(after, look_at_share(published)) is None


def test_a_marked_folder_is_remembered(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    assert not sharing.is_shared(tmp_path / "共有" / "a.hyoka", settings)
    for _ in range(2):
        sharing.mark_shared(tmp_path / "共有", settings)
    again = Settings(tmp_path / "settings.json")
    assert sharing.is_shared(tmp_path / "共有" / "a.hyoka", again)
    assert not sharing.is_shared(tmp_path / "a.hyoka", again)
    assert len(again.records("shared_folders")) == 1


@pytest.mark.parametrize("damage", [b"", b'{"origin": "x"}', b"[" * 100_000, b"\xff", None])
def test_unpublished_work_whose_record_cannot_be_read_is_put_away_and_told(
    check: Check, published: Path, damage: bytes | None
) -> None:
    session = check(published)
    _write(session, "一日分の仕事")
    session.close()
    copy = working_copy_of(published)
    assert copy is not None
    record = copy.folder / "checkout.json"
    if damage is None:
        record.unlink()
    else:
        record.write_bytes(damage)
    again = check(published)
    place = again.checkout.put_away
    assert place is not None
    assert _text(place) == "一日分の仕事"
    assert again.snapshot.stored(FIELD) != "一日分の仕事"
    again.close()
    assert _text(place) == "一日分の仕事"


def test_a_copy_that_holds_only_what_is_published_is_not_put_away(check: Check, published: Path) -> None:
    session = check(published)
    folder = session.checkout.copy.folder
    (folder / "checkout.json").write_bytes(b"")
    session._store.close()
    session.checkout._lock.release()
    again = check(published)
    assert again.checkout.put_away is None


def test_a_record_that_is_out_of_reach_leaves_the_work_where_it_is(
    check: Check, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = check(published)
    _write(session, "一日分の仕事")
    session.close()
    read_bytes = Path.read_bytes

    def fail(path: Path) -> bytes:
        if path.name == "checkout.json":
            raise PermissionError(path)
        return read_bytes(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", fail)
        with pytest.raises(WorldError):
            check(published)
        assert unpublished_copies() == []
    again = check(published)
    assert again.checkout.is_resumed
    assert again.snapshot.stored(FIELD) == "一日分の仕事"


def test_a_clock_that_is_behind_does_not_cost_the_version_that_was_just_replaced(
    check: Check, published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = ("2026-12-01", "2026-12-02", "2026-12-03", "2026-11-30", "2026-11-29", "2026-12-04")
    replaced = []
    for number, day in enumerate(days):
        monkeypatch.setattr(sharing, "now", lambda day=day: f"{day}T10:00:00+09:00")
        replaced.insert(0, _text(published))
        session = check(published)
        _write(session, f"版{number}")
        session.publish()
        assert session.close()
        assert [_text(path) for path in previous_versions(published)] == replaced[:3]


def test_work_whose_store_broke_down_is_not_published_and_stays(
    check: Check, published: Path, heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = check(published)
    _write(session, "故障の前")
    before = published.read_bytes()

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(type(heard), "broken", lambda *_: None)
    with monkeypatch.context() as patch:
        patch.setattr(Repository, "apply", fail)
        session.set_text(2024, ROOT, FIELD.field, "故障の後")
        assert not session.flush()
    with pytest.raises(WorldError) as refusal:
        session.publish()
    assert refusal.value.code == "publish_unsaved"
    session.close()
    assert published.read_bytes() == before
    (waiting,) = unpublished_copies()
    assert _text(waiting.file) == "故障の前"


def test_a_report_of_any_name_is_published_and_worked_on(check: Check, published: Path) -> None:
    other = published.replace(published.with_name("publish.hyoka"))
    session = check(other)
    _write(session, "一")
    session.publish()
    _write(session, "二")
    session.publish()
    assert session.close()
    assert _text(other) == "二"


def test_putting_away_with_a_clock_that_is_behind_keeps_what_was_just_put_away(
    check: Check, published: Path, user_folder: Path
) -> None:
    (user_folder / "discarded").mkdir(parents=True)
    for number in range(25):
        (user_folder / "discarded" / f"20990101-0000{number:02} 評価書.hyoka").write_bytes(b"")
    session = check(published)
    _write(session, "捨てた文")
    session.close()
    copy = working_copy_of(published)
    assert copy is not None
    place = copy.discard()
    assert _text(place) == "捨てた文"
    assert len(_names(place.parent)) == 20


def test_what_a_killed_program_left_on_the_share_goes_at_the_next_opening(
    share: Path, published: Path, check: Check
) -> None:
    """Of this file at once, of others only when it is old, since somebody may just be writing it."""
    left = [
        share / f".~publish-{published.name}",
        share / f".~previous-{published.name}",
        share / ".~publish-old.hyoka",
    ]
    for part in left:
        part.write_bytes(b"contents")
    os.utime(left[-1], (0, 0))
    being_written = share / ".~publish-other.hyoka"
    being_written.write_bytes(b"contents")
    check(published)
    assert [part.name for part in left if part.exists()] == []
    assert being_written.exists()
