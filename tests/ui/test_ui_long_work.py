"""Long work: the window stays awake, shows a bar after a moment, and the person can give it up."""

import threading
import time
import weakref
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from window_driver import LEFT, DialogWatch, Driver, press_button, said

from hyoka_desktop.domain.report import ROOT, Address, Snapshot
from hyoka_desktop.errors import InputError
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import history, reports
from hyoka_desktop.services.comparing import Comparison, compare
from hyoka_desktop.services.session import Session
from hyoka_desktop.store.repository import Repository
from hyoka_desktop.ui.dialogs import comparison as comparison_module
from hyoka_desktop.ui.dialogs.comparison import ComparisonDialog
from hyoka_desktop.ui.dialogs.history_search import HistorySearch
from hyoka_desktop.ui.dialogs.versions import VersionsDialog
from hyoka_desktop.ui.dialogs.waiting import WaitingDialog
from hyoka_desktop.ui.longwork import LongWork
from hyoka_desktop.ui.tasks import JobCancelled

_LOOK_MS = 10


class Bar:
    """Act on the bar when it comes up; `seen` holds what it said."""

    def __init__(self, act: Callable[[WaitingDialog], object]) -> None:
        self.seen: list[str] = []
        self._act = act
        self._timer = QTimer(interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, WaitingDialog) and dialog.isVisible() and not self.seen:
            self.seen.append(said(dialog))
            self._act(dialog)


def press_stop(dialog: WaitingDialog) -> None:
    QTest.mouseClick(dialog.stop, LEFT)


def until(release: threading.Event, checkpoint: Callable[[], None]) -> None:
    while not release.wait(0.005):
        checkpoint()


def test_short_work_shows_nothing(driver: Driver) -> None:
    bar = Bar(lambda _: None)

    assert driver.window.long_work.carry_out("短い作業", lambda *_: 7) == 7
    assert bar.seen == []
    assert not driver.window.long_work.is_busy


def test_longer_work_shows_what_it_is_and_how_far_it_is(driver: Driver, release: threading.Event) -> None:
    shares: list[tuple[int, int]] = []

    def act(dialog: WaitingDialog) -> None:
        driver.qtbot.waitUntil(lambda: dialog.bar.maximum() > 0)
        shares.append((dialog.bar.value(), dialog.bar.maximum()))
        release.set()

    def work(checkpoint: Callable[[], None], tell: Callable[[object], None]) -> str:
        tell(0.25)
        until(release, checkpoint)
        return "できた"

    bar = Bar(act)

    assert driver.window.long_work.carry_out("長い作業です", work) == "できた"
    assert "長い作業です" in bar.seen[0]
    assert shares == [(250, 1000)]


def test_the_person_can_give_it_up_at_a_checkpoint(driver: Driver, release: threading.Event) -> None:
    bar = Bar(press_stop)

    with pytest.raises(JobCancelled):
        driver.window.long_work.carry_out("長い作業", lambda checkpoint, _: until(release, checkpoint))

    assert bar.seen
    assert not driver.window.long_work.is_busy


def test_work_without_a_way_back_is_waited_for_and_says_so(driver: Driver, release: threading.Event) -> None:
    told: list[str] = []

    def act(dialog: WaitingDialog) -> None:
        press_stop(dialog)
        told.append(dialog.said.text())
        assert not dialog.stop.isEnabled()
        release.set()

    bar = Bar(act)

    assert driver.window.long_work.carry_out("長い作業", lambda *_: release.wait()) is True
    assert told == [word("waiting_stopping")]
    assert bar.seen


def test_a_search_of_the_history_is_given_up_and_the_list_stays(driver: Driver, release: threading.Event) -> None:
    dialog = HistorySearch(driver.window, driver.workplace, lambda _: None)
    dialog.show()
    driver.qtbot.waitUntil(lambda: dialog.list.lines.rowCount() > 1)
    before = dialog.list.lines.rowCount()
    dialog.line.setText("どこにもない言葉")
    busy = driver.session.ask(lambda _: release.wait())
    bar = Bar(press_stop)

    QTest.mouseClick(dialog.search_button, LEFT)

    assert word("waiting_search") in bar.seen[0]
    assert dialog.list.lines.rowCount() == before
    release.set()
    assert busy.result() is True
    QTest.mouseClick(dialog.search_button, LEFT)
    assert dialog.list.lines.rowCount() == 0
    dialog.close()


def test_comparing_versions_is_given_up_and_their_list_stays(
    driver: Driver, dialogs: DialogWatch, release: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    history.name_version(driver.session, "提出版", "")
    driver.session.set_text(2024, ROOT, "procedures", "書き直した手続")
    versions = VersionsDialog(driver.window, driver.workplace, lambda _: None, lambda _: None)
    versions.show()
    busy = driver.session.ask(lambda _: release.wait())
    bar = Bar(press_stop)

    press_button(word("version_compare_now"))(versions)

    assert word("waiting_compare") in bar.seen[0]
    assert versions.isVisible()
    release.set()
    assert busy.result() is True
    threads: list[str] = []

    def compared(before: Snapshot, after: Snapshot) -> Comparison:
        threads.append(threading.current_thread().name)
        return compare(before, after)

    monkeypatch.setattr(history, "compare", compared)

    def look(dialog: ComparisonDialog) -> None:
        assert dialog.view.list.lines.rowCount() == 1
        dialog.reject()

    with dialogs.expect(look):
        press_button(word("version_compare_now"))(versions)
    assert threads
    assert threading.main_thread().name not in threads
    versions.close()


def test_a_restored_text_is_compared_anew_away_from_the_window_or_the_list_stays(
    driver: Driver, release: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = driver.session.snapshot
    driver.session.set_text(2024, ROOT, "procedures", "書き直した手続")
    now = driver.session.snapshot
    states = ("提出版", before), ("今", now)
    dialog = ComparisonDialog(driver.window, driver.workplace, *states, compare(before, now))
    dialog.show()

    def slow(*states: Snapshot) -> Comparison:
        release.wait()
        return compare(*states)

    monkeypatch.setattr(comparison_module, "compare", slow)
    bar = Bar(press_stop)

    press_button(word("comparison_restore", before="提出版"))(dialog)

    assert word("waiting_compare") in bar.seen[0]
    assert driver.stored(ROOT, "procedures") == before.stored(Address(ROOT, "procedures", 2024))
    assert word("comparison_stopped") in said(dialog)
    assert dialog.view.list.lines.rowCount() == 1
    assert not dialog.back.isVisible(), "the list is no longer of the report of now"
    dialog.close()


def test_what_comes_after_it_was_given_up_is_given_back(driver: Driver, release: threading.Event) -> None:
    given_back: list[str] = []
    back = threading.Event()

    def give_back(value: str) -> None:
        given_back.append(value)
        back.set()

    def work(*_: object) -> str:
        release.wait()
        return "遅れて来た"

    bar = Bar(press_stop)

    with pytest.raises(JobCancelled):
        driver.window.long_work.carry_out("長い作業", work, give_back)

    assert bar.seen
    assert given_back == [], "nobody waited for it"
    release.set()
    assert back.wait(5)
    assert given_back == ["遅れて来た"]


def test_the_thread_of_work_that_was_given_up_ends_with_it(driver: Driver, release: threading.Event) -> None:
    threads: list[threading.Thread] = []

    def work(*_: object) -> None:
        threads.append(threading.current_thread())
        release.wait()

    bar = Bar(press_stop)
    with pytest.raises(JobCancelled):
        LongWork(driver.window).carry_out("長い作業", work, lambda _: None)
    assert bar.seen
    release.set()
    threads[0].join(5)
    assert not threads[0].is_alive()


def test_what_a_work_held_goes_with_it_and_waits_for_no_collection(driver: Driver) -> None:
    class Held:
        pass

    held = Held()
    known = weakref.ref(held)

    assert driver.window.long_work.carry_out("短い作業", partial(lambda *_: 7, held)) == 7
    del held
    assert known() is None


def test_a_fault_of_the_work_is_raised_where_it_was_asked_for(driver: Driver) -> None:
    def work(*_: object) -> None:
        raise InputError("no_folder", path="どこか")

    with pytest.raises(InputError):
        driver.window.long_work.carry_out("作業", work)


def test_the_window_does_not_close_while_it_waits(driver: Driver, release: threading.Event) -> None:
    def act(_: WaitingDialog) -> None:
        driver.window.close()
        release.set()

    bar = Bar(act)
    driver.window.long_work.carry_out("長い作業", lambda checkpoint, _: until(release, checkpoint))

    assert bar.seen
    assert driver.window.isVisible()
    assert driver.desk.page is not None


def test_neither_a_dialog_that_waits_nor_the_window_behind_it_is_closed_by_the_system(
    driver: Driver, release: threading.Event
) -> None:
    """At the end of a session it closes all: what goes on after the wait then worked on what was gone."""
    dialog, closed = QDialog(driver.window), list[bool]()
    dialog.show()

    def close_all() -> None:
        closed.extend(one.close() for one in (dialog, driver.window))

    def close_all_again(_: WaitingDialog) -> None:
        close_all()
        release.set()

    QTimer.singleShot(0, close_all)
    bar = Bar(close_all_again)
    LongWork(dialog).carry_out("長い作業", lambda *_: release.wait())

    assert bar.seen
    assert closed == [False] * 4
    assert dialog.isVisible()
    assert driver.window.desk is not None
    assert dialog.close()


def test_an_opening_that_is_given_up_leaves_the_file_free(
    driver: Driver, sample: Path, tmp_path: Path, release: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "別の評価書.hyoka"
    reports.make_sample(other)
    snapshot, closed = Repository.snapshot, threading.Event()
    close = Session.close

    def slow(repository: Repository) -> object:
        release.wait()
        return snapshot(repository)

    def noted(session: Session) -> bool:
        saved = close(session)
        closed.set()
        return saved

    with monkeypatch.context() as patch:
        patch.setattr(Repository, "snapshot", slow)
        patch.setattr(Session, "close", noted)
        bar = Bar(press_stop)
        assert not driver.window.open_file(other)
        assert word("waiting_open", name=other.name) in bar.seen[0]
        release.set()
        assert closed.wait(5), "what was opened too late is closed"

    assert driver.path == sample
    assert driver.window.open_file(other), "it can be opened again at once"


def test_an_import_that_is_given_up_leaves_no_file(
    driver: Driver, tmp_path: Path, sample_paths: list[Path], release: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = reports.read_interchange

    def slow(*arguments: object) -> object:
        release.wait(1.0)
        return read(*arguments)

    target = tmp_path / "取り込み.hyoka"
    monkeypatch.setattr(reports, "read_interchange", slow)
    monkeypatch.setattr("hyoka_desktop.ui.work.files.QFileDialog.getSaveFileName", lambda *_: (str(target), ""))
    bar = Bar(press_stop)

    driver.window.files.import_files(sample_paths)

    assert bar.seen
    assert list(tmp_path.glob("*取り込み*")) == []


def test_a_slow_disk_does_not_hold_the_window_up_when_a_report_is_left(
    driver: Driver, release: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    flush = Session.flush
    turns: list[float] = []

    def slow(session: Session, seconds: float = 3.0) -> bool:
        release.wait(0.6)
        return flush(session, seconds)

    monkeypatch.setattr(Session, "flush", slow)
    beat = QTimer(interval=20)
    beat.timeout.connect(lambda: turns.append(time.perf_counter()))
    beat.start()

    assert driver.window.show_start()

    assert len(turns) > 10, "the loop went on"
