"""A backup when a report is left: where something changed, told or given up, and never in the way of leaving."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from window_driver import LEFT, Driver, cell_texts, close_message, said

from hyoka_desktop.app import _save_all
from hyoka_desktop.domain.report import ROOT
from hyoka_desktop.errors import WorldError
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import backups
from hyoka_desktop.services.backups import Backup, Outcome, Reason
from hyoka_desktop.services.session import Session, open_copy
from hyoka_desktop.store import backups as store_backups
from hyoka_desktop.store.repository import Repository
from hyoka_desktop.ui.dialogs.backups import BackupsDialog
from hyoka_desktop.ui.dialogs.waiting import WaitingDialog
from tests.deaf import Deaf

_LOOK_MS = 10


def write(driver: Driver, text: str) -> None:
    driver.window.desk.workplace.session.set_text(2024, ROOT, "procedures", text)


def made(driver: Driver, path: Path) -> list[Reason]:
    found: tuple[Backup, ...] = backups.find_backups_of_file(path, backups.places_of(driver.window.settings))
    return [one.reason for one in found]


def test_a_report_that_was_changed_is_backed_up_when_its_window_is_closed(driver: Driver, sample: Path) -> None:
    write(driver, "変更")
    assert driver.window.close()
    assert made(driver, sample) == [Reason.CLOSING]


def test_what_was_typed_last_is_in_it(driver: Driver, sample: Path) -> None:
    driver.go_item("Ⅰ-1", "results")
    driver.type("results", "閉じる直前")
    row = driver.row_ids("Ⅰ-1")[0]
    driver.trigger("start")
    (backup,) = backups.find_backups_of_file(sample, backups.places_of(driver.window.settings))
    texts = backups.read_backup(backup.path).values[row, "results"]
    assert any("閉じる直前" in text for text in texts.values())


def test_a_report_that_gives_way_to_another_one_is_backed_up(driver: Driver, sample: Path) -> None:
    other = Path(shutil.copy(sample, sample.with_name("別.hyoka")))
    write(driver, "変更")
    assert driver.window.open_file(other)
    assert made(driver, sample) == [Reason.CLOSING]


def test_where_nothing_changed_since_the_newest_one_none_is_made(driver: Driver, sample: Path) -> None:
    write(driver, "変更")
    assert driver.window.backups.backup_before(Reason.MERGE)
    driver.trigger("start")
    assert driver.window.open_file(sample)
    driver.trigger("start")
    assert made(driver, sample) == [Reason.MERGE]


def test_the_list_says_when_it_was_made(driver: Driver, sample: Path, dialogs) -> None:
    write(driver, "変更")
    driver.trigger("start")
    assert driver.window.open_file(sample)

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, BackupsDialog)
        assert cell_texts(dialog.list)[0][1] == word("backup_reason_closing")
        dialog.accept()

    with dialogs.expect(look):
        driver.window.actions_["backups"].trigger()


def test_a_report_that_is_only_read_gets_none(open_window: Callable[..., Driver], sample: Path) -> None:
    driver = open_window()
    copy = Path(shutil.copy(sample, sample.with_name("写し.hyoka")))
    driver.window.show_session(open_copy(copy, Deaf()))
    assert driver.window.close()
    assert made(driver, copy) == []


def test_a_fault_is_told_and_keeps_nobody(
    driver: Driver, sample: Path, dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise WorldError("disk_full", path=str(sample))

    monkeypatch.setattr(Repository, "backup", full)
    write(driver, "変更")
    with dialogs.expect(close_message):
        assert driver.window.close()
    assert made(driver, sample) == []


def test_a_second_place_that_is_gone_is_told_and_keeps_nobody(
    driver: Driver, sample: Path, dialogs, tmp_path: Path
) -> None:
    backups.choose_second_place(driver.window.settings, tmp_path / "stick")
    write(driver, "変更")
    with dialogs.expect(close_message):
        assert driver.window.close()
    assert made(driver, sample) == [Reason.CLOSING]


def test_one_that_takes_long_is_shown_and_can_be_given_up(
    driver: Driver, sample: Path, release: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def slow(*_: object) -> Outcome:
        release.wait()
        return Outcome(None)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, WaitingDialog) and dialog.isVisible() and not seen:
            seen.append(said(dialog))
            QTest.mouseClick(dialog.stop, LEFT)

    monkeypatch.setattr(backups, "back_up", slow)
    timer = QTimer(interval=_LOOK_MS)
    timer.timeout.connect(look)
    timer.start()
    write(driver, "変更")
    driver.trigger("start")
    timer.stop()
    assert word("waiting_backup_closing") in seen[0]
    assert driver.window.desk is None
    assert made(driver, sample) == []


def test_the_one_of_the_half_hour_gives_way(
    driver: Driver, sample: Path, release: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = threading.Event()
    prove = store_backups.prove

    def waits(*arguments: object) -> str:
        began.set()
        assert release.wait(20)
        return prove(*arguments)

    write(driver, "変更")
    monkeypatch.setattr(store_backups, "prove", waits)
    driver.window.backups.timer.timeout.emit()
    assert began.wait(20)
    job = driver.window.backups._scheduled
    cancel = job.cancel
    monkeypatch.setattr(job, "cancel", lambda: (cancel(), release.set()))
    driver.trigger("start")
    assert driver.window.desk is None
    assert made(driver, sample) == [Reason.CLOSING]


def test_while_the_computer_shuts_down_all_is_saved_and_nobody_waits_for_a_backup(
    driver: Driver, open_window: Callable[..., Driver], sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.go_item("Ⅰ-1", "results")
    driver.type("results", "終了の直前")
    session: Session = driver.window.desk.workplace.session
    row = driver.row_ids("Ⅰ-1")[0]
    _save_all()
    assert not session.has_unsaved
    assert driver.window.close()
    assert made(driver, sample) == []
    again = open_window(sample)
    assert again.stored(row, "results").endswith("終了の直前")
