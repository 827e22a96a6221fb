"""The indicators to Excel and back through the window: a dry run first, one step of undo, faults in plain words."""

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from window_driver import LEFT, button_of, close_message, press_button, said

from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import backups, indicator_sheet
from hyoka_desktop.services.backups import Reason

ACTUAL = "achievement.actual.2024"


@pytest.fixture
def book(driver, tmp_path, monkeypatch):
    """Let the dialogs for files answer with one path."""
    path = tmp_path / "指標.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path.with_suffix("")), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    return path


def _send_out(driver, book):
    driver.trigger("indicators_out")
    driver.qtbot.waitUntil(book.exists, timeout=10_000)
    driver.qtbot.waitUntil(lambda: str(book) in driver.window.statusBar().currentMessage(), timeout=5000)


def _take_back(driver, dialogs, *answers):
    with dialogs.expect(*answers):
        count = len(dialogs.seen)
        driver.trigger("indicators_in")
        driver.qtbot.waitUntil(lambda: len(dialogs.seen) > count, timeout=10_000)
    driver.activate()
    driver.qtbot.waitUntil(lambda: _has_focus(driver))


def _has_focus(driver):
    focus = QApplication.focusWidget()
    return driver.window.isActiveWindow() and focus is not None and focus.window() is driver.window


def _fill(book, cells):
    workbook = openpyxl.load_workbook(book)
    sheet = workbook.worksheets[0]
    places = {cell.value: cell.column for cell in sheet[1]}
    for (row, key), text in cells.items():
        sheet.cell(row, places[key]).value = text
    workbook.save(book)


def _actual(driver, line=0):
    line = indicator_sheet.lines_of(driver.workplace.view)[line]
    return driver.stored(line.nodes[NodeKind.ACHIEVEMENT], "actual")


def test_what_was_filled_in_is_shown_first_and_taken_in_one_step(driver, dialogs, book):
    _send_out(driver, book)
    _fill(book, {(3, ACTUAL): "３２１施設", (4, ACTUAL): "=1+1"})
    seen = []

    def look(dialog):
        seen.append((said(dialog), _cells(dialog.changes)))
        assert _actual(driver) == "301施設", "nothing changes before it is agreed to"
        press_button(word("return_take"))(dialog)

    _take_back(driver, dialogs, look)
    text, cells = seen[0]
    assert word("return_refused", count=1) in text
    assert [row[2:4] for row in cells] == [["301施設", "３２１施設"]]
    assert _actual(driver) == "３２１施設"
    driver.undo()
    assert _actual(driver) == "301施設"


def test_a_backup_is_made_before_a_workbook_is_taken_in(driver, dialogs, book):
    _send_out(driver, book)
    _fill(book, {(3, ACTUAL): "321施設"})
    session = driver.workplace.session
    places = backups.places_of(driver.window.settings)
    assert not backups.find_backups(session, places)
    _take_back(driver, dialogs, press_button(word("return_take")))
    made = backups.find_backups(session, places)
    assert [one.reason for one in made] == [Reason.IMPORT]
    line = indicator_sheet.lines_of(driver.workplace.view)[0].nodes[NodeKind.ACHIEVEMENT]
    address = driver.workplace.view.address(line, "actual")
    assert backups.read_backup(made[0].path).stored(address) == "301施設"


def _cells(table):
    return [[table.item(row, place).text() for place in range(table.columnCount())] for row in range(table.rowCount())]


def test_a_cell_can_be_left_out_and_all_be_given_up(driver, dialogs, book):
    _send_out(driver, book)
    _fill(book, {(3, ACTUAL): "1施設", (4, ACTUAL): "2日"})

    def leave_one_out(dialog):
        dialog.changes.item(0, 0).setCheckState(Qt.CheckState.Unchecked)
        press_button(word("return_take"))(dialog)

    _take_back(driver, dialogs, press_button(word("cancel")))
    assert [_actual(driver, line) for line in (0, 1)] == ["301施設", "24日"]
    _take_back(driver, dialogs, leave_one_out)
    assert [_actual(driver, line) for line in (0, 1)] == ["301施設", "2日"]


def test_what_changed_here_too_is_not_ticked_until_someone_does(driver, dialogs, book):
    _send_out(driver, book)
    _fill(book, {(3, ACTUAL): "1施設"})
    line = indicator_sheet.lines_of(driver.workplace.view)[0]
    driver.session.set_text(2024, line.nodes[NodeKind.ACHIEVEMENT], "actual", "302施設")

    def look(dialog):
        assert list(dialog.chosen) == []
        QTest.mouseClick(button_of(dialog, word("return_all")), LEFT)
        assert len(dialog.chosen) == 1
        QTest.mouseClick(button_of(dialog, word("return_none")), LEFT)
        press_button(word("return_take"))(dialog)

    _take_back(driver, dialogs, look)
    assert _actual(driver) == "302施設"


def test_nothing_to_take_and_a_stranger_are_said(driver, dialogs, book):
    _send_out(driver, book)
    _take_back(driver, dialogs, press_button(word("close")))
    assert word("return_nothing") in dialogs.seen[-1]
    openpyxl.Workbook().save(book)
    _take_back(driver, dialogs, press_button(word("close")))
    assert "目印" in dialogs.seen[-1]


def test_both_ways_have_a_key_and_a_place_in_the_menu(driver):
    for action, key in (("indicators_out", "Ctrl+Shift+L"), ("indicators_in", "Ctrl+Shift+K")):
        assert driver.window.actions_[action].shortcut().toString() == key


@pytest.mark.parametrize(("answer", "is_kept"), [("cancel", True), ("replace_file_do", False)])
def test_a_workbook_that_is_there_is_replaced_only_when_asked_where_the_suffix_came_to_the_name(
    driver, dialogs, book, qtbot, answer, is_kept
):
    book.write_bytes(b"my budget")
    with dialogs.expect(press_button(word(answer))):
        driver.trigger("indicators_out")
    assert book.name in dialogs.seen[-1]
    if is_kept:
        QApplication.processEvents()
        assert book.read_bytes() == b"my budget"
    else:
        qtbot.waitUntil(lambda: book.read_bytes().startswith(b"PK"), timeout=10_000)
        qtbot.waitUntil(lambda: str(book) in driver.window.statusBar().currentMessage(), timeout=5000)


def test_a_workbook_is_never_written_over_a_report(driver, dialogs, tmp_path, monkeypatch, sample):
    other = tmp_path / "よその評価書.xlsx"
    content = driver.path.read_bytes()
    other.write_bytes(content)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(other), ""))
    with dialogs.expect(close_message):
        driver.trigger("indicators_out")
        driver.qtbot.waitUntil(lambda: bool(dialogs.seen), timeout=10_000)
    assert "その上には書き出しません" in dialogs.seen[-1]
    assert other.read_bytes() == content
