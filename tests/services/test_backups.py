"""Backups of an open report: made where something changed, proved, found again, looked into, taken from."""

import shutil
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hyoka_desktop.domain.report import ROOT, Address
from hyoka_desktop.errors import InputError, WorldError
from hyoka_desktop.services import backups, history
from hyoka_desktop.services.backups import Places, Reason
from hyoka_desktop.services.comparing import compare
from hyoka_desktop.services.reports import verify_report
from hyoka_desktop.services.session import Session, open_session
from hyoka_desktop.services.settings import Settings

YEAR = 2024
PLACE = Address(ROOT, "procedures", YEAR)


class Clock:
    """Tell a time that only the test moves."""

    def __init__(self) -> None:
        self.time = datetime(2024, 6, 28, 9, 0, 0)

    def __call__(self) -> str:
        return self.time.isoformat() + "+09:00"

    def wait(self, **span: int) -> None:
        self.time += timedelta(**span)


@pytest.fixture
def time() -> Clock:
    return Clock()


@pytest.fixture
def places(tmp_path: Path) -> Places:
    (tmp_path / "stick").mkdir()
    return Places(tmp_path / "backups", tmp_path / "stick")


def write(session: Session, text: str) -> None:
    session.set_text(YEAR, ROOT, "procedures", text)


def test_a_backup_is_made_in_both_places_and_is_whole(session: Session, places: Places, time: Clock) -> None:
    write(session, "一回目")
    outcome = backups.back_up(session, places, Reason.TIMER, time)
    assert outcome.backup is not None
    assert outcome.second_fault is None
    for place in places.all:
        (made,) = place.rglob("*.hyoka")
        assert verify_report(made) == session.anchor() == outcome.backup.anchor


def test_two_backups_at_once_do_not_take_away_what_the_other_one_writes(
    session: Session, places: Places, time: Clock
) -> None:
    write(session, "一回目")
    halfway, may_end = threading.Event(), threading.Event()

    def hold() -> None:
        if any(places.first.rglob("*.tmp")):
            halfway.set()
            may_end.wait()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(backups.back_up, session, places, Reason.TIMER, time, hold)
        assert halfway.wait(10)
        second = pool.submit(backups.back_up, session, places, Reason.YEAR, time)
        # Were it not for its turn, the second one would be made meanwhile.
        wait([second], 0.5)
        may_end.set()
        made = first.result().backup
        assert made is not None
        assert verify_report(made.path) == made.anchor
        assert second.result().backup is None, "nothing changed since the first"


def test_who_waits_for_another_backup_can_give_up(session: Session, places: Places, time: Clock) -> None:
    write(session, "一回目")

    def give_up() -> None:
        raise InterruptedError

    with backups._turn(lambda: None), pytest.raises(InterruptedError):
        backups.back_up(session, places, Reason.ASKED, time, give_up)
    assert backups.back_up(session, places, Reason.ASKED, time).backup is not None, "the turn goes on"


def test_nothing_is_made_where_nothing_changed(session: Session, places: Places, time: Clock) -> None:
    assert backups.back_up(session, places, Reason.TIMER, time).backup is not None
    time.wait(minutes=30)
    assert backups.back_up(session, places, Reason.TIMER, time).backup is None
    write(session, "変更")
    assert backups.back_up(session, places, Reason.MERGE, time).backup is not None
    assert [one.reason for one in backups.find_backups(session, places)] == [Reason.MERGE, Reason.TIMER]


@pytest.mark.parametrize("harmed", ["backups", "stick"])
def test_a_backup_that_was_damaged_is_made_again(
    harmed: str, session: Session, places: Places, tmp_path: Path, time: Clock
) -> None:
    backups.back_up(session, places, Reason.TIMER, time)
    (damaged,) = (tmp_path / harmed).rglob("*.hyoka")
    damaged.write_bytes(b"rubbish")
    time.wait(minutes=30)
    outcome = backups.back_up(session, places, Reason.TIMER, time)
    assert (outcome.backup is not None) == (harmed == "backups")
    for place in places.all:
        newest = max(place.rglob("*.hyoka"))
        assert verify_report(newest) == session.anchor()


def test_a_second_place_that_is_gone_never_stops_the_first(session: Session, tmp_path: Path, time: Clock) -> None:
    gone = Places(tmp_path / "backups", tmp_path / "no stick")
    outcome = backups.back_up(session, gone, Reason.TIMER, time)
    assert outcome.backup is not None
    assert outcome.second_fault is not None
    assert outcome.second_fault.code == "backup_second_gone"
    assert not (tmp_path / "no stick").exists()


def test_a_second_place_that_comes_back_gets_what_it_missed(session: Session, tmp_path: Path, time: Clock) -> None:
    places = Places(tmp_path / "backups", tmp_path / "stick")
    backups.back_up(session, places, Reason.TIMER, time)
    (tmp_path / "stick").mkdir()
    assert backups.back_up(session, places, Reason.TIMER, time).second_fault is None
    assert len(list((tmp_path / "stick").rglob("*.hyoka"))) == 1


def test_one_that_cannot_be_proved_gets_no_name_and_nothing_older_goes(
    session: Session, places: Places, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = backups.back_up(session, places, Reason.TIMER, time).backup
    assert old is not None
    time.wait(days=900)
    write(session, "変更")

    def torn(self: object, target: Path) -> None:
        del self
        target.write_bytes(old.path.read_bytes()[:30000])

    monkeypatch.setattr("hyoka_desktop.store.repository.Repository.backup", torn)
    with pytest.raises(WorldError):
        backups.back_up(session, places, Reason.TIMER, time)
    assert [path.name for path in places.first.rglob("*.*")] == [old.path.name]


def test_what_a_killed_program_left_half_written_is_swept_away(session: Session, places: Places, time: Clock) -> None:
    made = backups.back_up(session, places, Reason.TIMER, time).backup
    assert made is not None
    (made.path.parent / "20240628093000.tmp").write_bytes(b"half")
    write(session, "変更")
    time.wait(minutes=30)
    backups.back_up(session, places, Reason.TIMER, time)
    assert {path.suffix for path in made.path.parent.iterdir()} == {".hyoka"}


def test_a_file_of_somebody_else_in_the_folder_of_backups_is_never_swept_away(
    session: Session, places: Places, time: Clock
) -> None:
    made = backups.back_up(session, places, Reason.TIMER, time).backup
    assert made is not None
    own = {
        made.path.with_name(name) for name in ("下書き.tmp", "表.part", "メモ.new", "2024.tmp", "x20240628093000.tmp")
    }
    for path in own:
        path.write_bytes(b"mine")
    write(session, "変更")
    time.wait(minutes=30)
    again = backups.back_up(session, places, Reason.TIMER, time).backup
    assert again is not None
    assert set(made.path.parent.iterdir()) == {made.path, again.path, *own}


def test_what_a_killed_program_left_in_the_second_place_is_swept_away(
    session: Session, places: Places, time: Clock
) -> None:
    made = backups.back_up(session, places, Reason.TIMER, time).backup
    assert made is not None
    assert places.second is not None
    folder = places.second / made.path.parent.name
    (folder / f"{made.path.name}.new").write_bytes(b"half")
    (folder / "メモ.new").write_bytes(b"mine")
    write(session, "変更")
    time.wait(minutes=30)
    backups.back_up(session, places, Reason.TIMER, time)
    assert [path.name for path in folder.iterdir() if path.suffix != ".hyoka"] == ["メモ.new"]


def test_the_folder_is_thinned_as_it_fills(session: Session, places: Places, time: Clock) -> None:
    for day in range(20):
        write(session, f"{day}日目")
        backups.back_up(session, places, Reason.TIMER, time)
        time.wait(days=1)
    kept = backups.find_backups(session, places)
    assert len(kept) == 2 + 12 + 2 + 1, "of two days, of twelve days, and the last of the weeks and the month before"
    assert kept[0].at == datetime(2024, 7, 17, 9, 0, 0)


def test_a_backup_on_closing_is_thinned_as_any_other(session: Session, places: Places, time: Clock) -> None:
    for day in range(20):
        write(session, f"{day}日目")
        backups.back_up(session, places, Reason.CLOSING if day % 2 else Reason.TIMER, time)
        time.wait(days=1)
    kept = backups.find_backups(session, places)
    assert len(kept) == 2 + 12 + 2 + 1
    assert {one.reason for one in kept} == {Reason.CLOSING, Reason.TIMER}


def test_who_closes_does_not_wait_until_what_is_backed_up_already_is_proved_anew(
    session: Session, places: Places, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups.back_up(session, places, Reason.TIMER, time)

    def prove(*_: object) -> str:
        raise AssertionError("proved")

    with monkeypatch.context() as proving:
        proving.setattr(backups.backups, "prove", prove)
        assert backups.back_up(session, places, Reason.CLOSING, time) == backups.Outcome(None)
    write(session, "変更")
    made = backups.back_up(session, places, Reason.CLOSING, time).backup
    assert made is not None
    assert verify_report(made.path) == session.anchor()


def test_a_backup_on_closing_can_be_given_up_between_its_two_places(
    session: Session, places: Places, time: Clock
) -> None:
    steps: list[int] = []

    def checkpoint() -> None:
        steps.append(len(list(places.first.rglob("*.hyoka"))))
        if steps[-1]:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        backups.back_up(session, places, Reason.CLOSING, time, checkpoint)
    assert steps[-1] == 1
    assert places.second is not None
    assert list(places.second.iterdir()) == []
    assert [path.suffix for path in places.first.rglob("*.*")] == [".hyoka"]


def test_backups_are_found_after_the_file_was_moved(
    session: Session, sample_file: Path, places: Places, time: Clock
) -> None:
    made = backups.back_up(session, places, Reason.TIMER, time).backup
    assert made is not None
    identity = made.path.parent.name.rsplit("-", 2)[1]
    moved = sample_file.with_name("別の名.hyoka")
    assert backups.find_backups_of_file(moved, places, identity) == (made,)
    assert backups.find_backups_of_file(moved, places) == ()
    assert backups.find_backups_of_file(sample_file, places) == (made,)


def test_one_field_is_taken_from_a_backup_and_that_can_be_undone(session: Session, places: Places, time: Clock) -> None:
    write(session, "元の文章")
    made = backups.back_up(session, places, Reason.TIMER, time).backup
    assert made is not None
    before = made.path.read_bytes()
    write(session, "誤った文章")
    session.set_text(YEAR, ROOT, "self_rating_reason", "残す文章")
    inside = backups.look_inside(session, made)
    assert {one.address for one in compare(inside.snapshot, inside.now).texts} >= {PLACE}
    sequence = session.sequence
    history.restore(session, {PLACE: inside.snapshot.stored(PLACE)})
    assert session.snapshot.stored(PLACE) == "元の文章"
    assert session.snapshot.stored(Address(ROOT, "self_rating_reason", YEAR)) == "残す文章"
    assert session.sequence == sequence + 1
    session.undo()
    assert session.snapshot.stored(PLACE) == "誤った文章"
    assert made.path.read_bytes() == before
    assert [path.name for path in made.path.parent.iterdir()] == [made.path.name], "neither lock nor journal"


def test_a_damaged_backup_is_said_to_be_so(session: Session, places: Places, time: Clock) -> None:
    made = backups.back_up(session, places, Reason.TIMER, time).backup
    assert made is not None
    content = bytearray(made.path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 9000] = bytes(9000)
    made.path.write_bytes(content)
    with pytest.raises(WorldError):
        backups.look_inside(session, made)


def test_a_whole_backup_becomes_a_new_file(session: Session, places: Places, time: Clock, tmp_path: Path) -> None:
    made = backups.back_up(session, places, Reason.TIMER, time).backup
    assert made is not None
    target = tmp_path / "戻した.hyoka"
    backups.restore_as_file(made, target)
    assert verify_report(target) == made.anchor
    with pytest.raises(InputError):
        backups.restore_as_file(made, target)


def test_a_backup_that_becomes_a_new_file_touches_nothing_beside_it(
    session: Session, places: Places, time: Clock, tmp_path: Path
) -> None:
    made = backups.back_up(session, places, Reason.TIMER, time).backup
    assert made is not None
    folder = tmp_path / "documents"
    own = {folder / f"戻した.hyoka{mark}": mark.encode() for mark in (".new", ".part", ".tmp", ".new2")}
    folder.mkdir()
    for path, content in own.items():
        path.write_bytes(content)
    backups.restore_as_file(made, folder / "戻した.hyoka")
    assert set(folder.iterdir()) == {folder / "戻した.hyoka", *own}
    assert {path: path.read_bytes() for path in own} == own


def test_the_second_place_is_remembered(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    assert backups.places_of(settings).second is None
    backups.choose_second_place(settings, tmp_path)
    assert backups.places_of(Settings(tmp_path / "settings.json")).second == tmp_path
    backups.choose_second_place(settings, None)
    assert backups.places_of(settings).second is None


def test_a_copy_that_is_worked_on_elsewhere_has_a_folder_of_its_own(
    session: Session, sample_file: Path, places: Places, time: Clock, heard: object
) -> None:
    backups.back_up(session, places, Reason.TIMER, time)
    session.close()
    other = open_session(Path(shutil.copy(sample_file, sample_file.with_name("写し.hyoka"))), heard)
    backups.back_up(other, places, Reason.TIMER, time)
    other.close()
    assert len(list(places.first.iterdir())) == 2
