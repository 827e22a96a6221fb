"""Backups in the window: made as time passes, looked into, one field taken back; damaged files recovered."""

import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from window_driver import LEFT, Driver, cell_texts, close_message, press_button, said

from hyoka_desktop.domain.report import ROOT, Address
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import backups
from hyoka_desktop.services.backups import Reason
from hyoka_desktop.services.reports import verify_report
from hyoka_desktop.services.session import open_copy
from hyoka_desktop.ui.dialogs.backups import BackupsDialog
from hyoka_desktop.ui.dialogs.damage import DamageDialog
from tests.deaf import Deaf

PLACE = Address(ROOT, "procedures", 2024)


def made(driver: Driver) -> tuple[backups.Backup, ...]:
    return backups.find_backups(driver.window.desk.workplace.session, backups.places_of(driver.window.settings))


def write(driver: Driver, text: str) -> None:
    driver.window.desk.workplace.session.set_text(2024, ROOT, "procedures", text)


def test_a_backup_is_made_when_half_an_hour_has_passed(driver: Driver, qtbot) -> None:
    assert driver.window.backups.timer.interval() == 30 * 60 * 1000
    write(driver, "変更")
    driver.window.backups.timer.timeout.emit()
    qtbot.waitUntil(lambda: len(made(driver)) == 1)
    driver.window.backups.timer.timeout.emit()
    driver.window.backups.backup_before(Reason.MERGE)
    assert [one.reason for one in made(driver)] == [Reason.TIMER], "nothing changed since"


def test_adding_a_year_is_preceded_by_a_backup(driver: Driver, dialogs) -> None:
    with dialogs.expect(press_button(word("add_year_do"))):
        driver.window.actions_["add_year"].trigger()
    assert [one.reason for one in made(driver)] == [Reason.YEAR]
    assert 2025 in driver.window.desk.workplace.session.snapshot.years


def test_a_second_place_that_is_gone_is_told_once(driver: Driver, dialogs, tmp_path: Path, qtbot) -> None:
    backups.choose_second_place(driver.window.settings, tmp_path / "stick")
    with dialogs.expect(close_message):
        driver.window.backups.backup_before(Reason.MERGE)
    write(driver, "変更")
    assert driver.window.backups.backup_before(Reason.MERGE)
    assert len(made(driver)) == 2


def test_one_field_is_taken_back_from_a_backup(driver: Driver, dialogs, qtbot) -> None:
    write(driver, "控えの文章")
    driver.window.backups.backup_before(Reason.MERGE)
    write(driver, "今の文章")

    def take_back(dialog: QDialog) -> None:
        assert isinstance(dialog, BackupsDialog)
        qtbot.waitUntil(dialog.restore.isEnabled)
        assert cell_texts(dialog.list)[0][3] == word("backup_proved_now")
        assert dialog.differences.list.lines.rowCount() == 1
        assert "今" in dialog.differences.difference.toPlainText()
        QTest.mouseClick(dialog.restore, LEFT)
        qtbot.waitUntil(lambda: word("backup_same") in said(dialog))
        dialog.accept()

    with dialogs.expect(take_back):
        driver.window.actions_["backups"].trigger()
    session = driver.window.desk.workplace.session
    assert session.snapshot.stored(PLACE) == "控えの文章"
    session.undo()
    assert session.snapshot.stored(PLACE) == "今の文章"


def test_a_text_that_differs_from_a_backup_leads_to_its_field(driver: Driver, dialogs, qtbot) -> None:
    write(driver, "控えの文章")
    driver.window.backups.backup_before(Reason.MERGE)
    write(driver, "今の文章")
    driver.go_page("cover")

    def go(dialog: QDialog) -> None:
        assert isinstance(dialog, BackupsDialog)
        qtbot.waitUntil(lambda: dialog.differences.list.lines.rowCount() == 1)
        QTest.keyClick(dialog.differences.list, Qt.Key.Key_Return)

    with dialogs.expect(go):
        driver.window.actions_["backups"].trigger()
    assert driver.window.focusWidget() is driver.edit(PLACE.field)
    assert driver.snapshot.stored(PLACE) == "今の文章"


def test_a_damaged_backup_is_told_in_the_list(driver: Driver, dialogs, qtbot) -> None:
    driver.window.backups.backup_before(Reason.MERGE)
    (backup,) = made(driver)
    backup.path.write_bytes(backup.path.read_bytes()[:40000])

    def look(dialog: QDialog) -> None:
        qtbot.waitUntil(lambda: cell_texts(dialog.list)[0][3] == word("backup_is_damaged"))
        assert not dialog.restore.isEnabled()
        dialog.accept()

    with dialogs.expect(look):
        driver.window.actions_["backups"].trigger()


def test_without_a_backup_the_list_says_so_and_one_is_made_by_hand(driver: Driver, dialogs, qtbot) -> None:
    def make(dialog: QDialog) -> None:
        assert word("backups_none") in said(dialog)
        QTest.mouseClick(dialog.make, LEFT)
        qtbot.waitUntil(lambda: dialog.list.lines.rowCount() == 1)
        dialog.accept()

    with dialogs.expect(make):
        driver.window.actions_["backups"].trigger()
    assert [one.reason for one in made(driver)] == [Reason.ASKED]


def test_a_damaged_file_is_opened_as_a_new_one_after_its_list_was_seen(
    open_window: Callable[..., Driver], sample: Path, dialogs
) -> None:
    anchor = verify_report(sample)
    with closing(sqlite3.connect(sample)) as connection:
        connection.execute("UPDATE value SET text = '偽' WHERE field = 'procedures' AND year = 2024")
        connection.commit()
    before = sample.read_bytes()
    driver = open_window()

    def agree(dialog: QDialog) -> None:
        assert isinstance(dialog, DamageDialog)
        assert word("standing_restored") in [line[1] for line in cell_texts(dialog.list)]
        press_button(word("damage_make"))(dialog)

    with dialogs.expect(press_button(word("damage_examine")), agree):
        assert driver.window.open_file(sample)
    opened = driver.window.desk.workplace.session.path
    assert "（復旧 " in opened.name
    assert driver.window.desk.workplace.session.anchor() == anchor
    assert driver.window.settings.recent_files[0] == opened.resolve()
    assert sample.read_bytes() == before


def test_nothing_is_made_where_the_person_does_not_want_it(
    open_window: Callable[..., Driver], sample: Path, dialogs
) -> None:
    content = bytearray(sample.read_bytes())
    content[4096 * 3 : 4096 * 5] = bytes(4096 * 2)
    sample.write_bytes(content)
    files = set(sample.parent.iterdir())
    driver = open_window()
    with dialogs.expect(press_button(word("damage_examine")), press_button(word("cancel"))):
        assert not driver.window.open_file(sample)
    with dialogs.expect(press_button(word("close"))):
        assert not driver.window.open_file(sample)
    assert {path for path in sample.parent.iterdir() if path.suffix == ".hyoka"} <= files


def test_a_copy_in_hand_is_not_backed_up(driver: Driver, open_window: Callable[..., Driver], sample: Path) -> None:
    other = open_window()
    session = backups_of_copy(sample)
    other.window.show_session(session)
    assert other.window.backups.backup_before(Reason.MERGE)
    assert made(driver) == ()


def backups_of_copy(path: Path):
    return open_copy(Path(shutil.copy(path, path.with_name("写し.hyoka"))), Deaf())


def test_reading_a_backup_that_takes_long_shows_a_bar_and_can_be_given_up(
    driver: Driver, dialogs, qtbot, monkeypatch
) -> None:
    write(driver, "変更")
    assert driver.window.backups.backup_before(Reason.MERGE)
    begun, really = threading.Event(), backups.look_inside

    def slow(session, backup, checkpoint):
        begun.set()
        while True:
            checkpoint()
            begun.wait(0.01)

    def give_up(dialog: QDialog) -> None:
        assert isinstance(dialog, BackupsDialog)
        qtbot.waitUntil(dialog.reading.isVisible)
        assert begun.is_set()
        QTest.mouseClick(dialog.reading.stop, LEFT)
        assert not dialog.reading.isVisible()
        assert dialog.heading.text() == word("backup_not_read")
        monkeypatch.setattr(backups, "look_inside", really)
        dialog.list.clearSelection()
        dialog.list.selectRow(0)
        qtbot.waitUntil(lambda: dialog.heading.text() == word("backup_same"))
        assert not dialog.reading.isVisible()
        dialog.reject()

    monkeypatch.setattr(backups, "look_inside", slow)
    with dialogs.expect(give_up):
        driver.trigger("backups")
