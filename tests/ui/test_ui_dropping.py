"""Files are dragged onto the window: reports are opened, each in a window, data are taken in, others are refused."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from window_driver import close_message

from hyoka_desktop.messages.window import word
from hyoka_desktop.paths import resource

pytestmark = pytest.mark.filterwarnings("ignore:Function. 'QD.*:DeprecationWarning")
"""PySide6 6.12 says so of every constructor of drop events that takes a place."""


@pytest.fixture
def drop(qtbot):
    """Drag files over the window of a driver and let them go; every window that this opens is closed at the end."""
    families = []

    def drop_files(driver, *paths: Path | str) -> bool:
        families.append(driver.window.windows)
        data = QMimeData()
        data.setUrls([path if isinstance(path, QUrl) else QUrl.fromLocalFile(str(path)) for path in paths])
        rest = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        enter = QDragEnterEvent(QPoint(5, 5), *rest)
        enter.ignore()
        QApplication.sendEvent(driver.window, enter)
        if enter.isAccepted():
            QApplication.sendEvent(driver.window, QDropEvent(QPoint(5, 5), *rest))
        return enter.isAccepted()

    yield drop_files
    for family in families:
        family.close_all()


@pytest.fixture
def copies(sample):
    """Tell three reports with names of their own."""
    return [Path(shutil.copy(sample, sample.with_name(f"{name}.hyoka"))) for name in ("甲", "乙", "丙")]


def open_paths(driver) -> list[str]:
    """Tell the names of the reports in all windows of a driver, in the order in which these were made."""
    desks = [window.desk for window in driver.window.windows.all]
    return [desk.workplace.session.path.name if desk is not None else "" for desk in desks]


def test_a_report_is_opened_in_the_window(open_window, sample, drop, qtbot):
    driver = open_window()
    assert drop(driver, sample)
    qtbot.waitUntil(lambda: driver.window.desk is not None)
    assert open_paths(driver) == [sample.name]


def test_several_reports_get_a_window_each_the_first_that_which_is_there(open_window, copies, drop, qtbot):
    driver = open_window()
    drop(driver, *copies)
    qtbot.waitUntil(lambda: open_paths(driver) == ["甲.hyoka", "乙.hyoka", "丙.hyoka"])
    assert all(window.isVisible() for window in driver.window.windows.all)


def test_what_was_typed_in_the_report_before_is_saved_when_another_takes_its_window(driver, copies, drop, qtbot):
    before, row = driver.path, driver.row_ids("Ⅰ-1")[0]
    driver.go_item("Ⅰ-1", "results")
    driver.type("results", "落とす前の加筆")
    drop(driver, copies[0])
    qtbot.waitUntil(lambda: driver.path == copies[0])
    assert driver.window.open_file(before)
    assert driver.stored(row, "results").endswith("落とす前の加筆")


def test_a_report_that_is_open_in_another_window_comes_forward_there(open_window, copies, drop, qtbot):
    driver = open_window()
    drop(driver, *copies[:2])
    qtbot.waitUntil(lambda: open_paths(driver) == ["甲.hyoka", "乙.hyoka"])
    second = driver.window.windows.all[1]
    driver.activate()
    drop(driver, copies[1])
    qtbot.waitUntil(second.isActiveWindow)
    assert open_paths(driver) == ["甲.hyoka", "乙.hyoka"]


def test_the_same_report_twice_among_the_dropped_is_opened_once(open_window, copies, drop, qtbot):
    driver = open_window()
    drop(driver, copies[0], copies[0], copies[1])
    qtbot.waitUntil(lambda: "乙.hyoka" in open_paths(driver))
    assert open_paths(driver) == ["甲.hyoka", "乙.hyoka"]


def test_data_are_taken_in_and_opened(open_window, tmp_path, drop, qtbot, monkeypatch):
    driver = open_window()
    sources = sorted(resource("sample").glob("*.json"))
    asked = []

    def choose(_parent, _title, proposed, *_):
        asked.append(proposed)
        return str(tmp_path / "取り込み"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    drop(driver, *sources)
    qtbot.waitUntil(lambda: driver.window.desk is not None)
    assert asked == [str(sources[0].with_suffix(".hyoka"))]
    assert driver.path == tmp_path / "取り込み.hyoka"
    assert driver.snapshot.years == (2023, 2024)


def test_other_files_are_refused_while_they_are_still_dragged(driver, sample, drop):
    desk = driver.window.desk
    assert not drop(driver, sample.with_suffix(".docx"))
    assert not drop(driver, QUrl("http://example.invalid/report.hyoka"))
    assert driver.window.desk is desk


def test_what_cannot_be_opened_among_the_dropped_is_said_and_the_rest_is_opened(open_window, copies, drop, qtbot):
    driver = open_window()
    other = copies[0].with_suffix(".docx")
    other.write_bytes(b"PK")
    assert drop(driver, other, copies[0])
    qtbot.waitUntil(lambda: open_paths(driver) == ["甲.hyoka"])
    assert driver.window.statusBar().currentMessage() == word("drop_nothing")


def test_a_damaged_report_among_the_dropped_is_told_and_the_others_are_opened(
    open_window, copies, drop, qtbot, dialogs
):
    driver = open_window()
    copies[0].write_bytes(b"")
    with dialogs.expect(close_message):
        drop(driver, *copies[:2])
        qtbot.waitUntil(lambda: "乙.hyoka" in open_paths(driver))
    assert "空のファイルです" in dialogs.seen[0]


def test_what_is_dropped_while_another_report_is_being_shown_is_opened_after_it(driver, copies, drop, qtbot):
    """Both were shown at once, one within the other, and the desk of one was taken away under it."""
    assert drop(driver, copies[0])
    assert drop(driver, copies[1])
    qtbot.waitUntil(lambda: open_paths(driver) == [copies[1].name])
    assert driver.desk.item == driver.item_id("Ⅰ-1")


def test_nothing_is_taken_while_a_dialog_is_open_that_shows_the_report(driver, dialogs, copies, drop):
    taken = []

    def drop_behind(dialog):
        taken.append(drop(driver, copies[0]))
        dialog.reject()

    with dialogs.expect(drop_behind):
        driver.trigger("export")
    assert taken == [False]
    assert open_paths(driver) == ["見本.hyoka"]


def test_what_was_dropped_just_before_a_dialog_came_is_opened_when_that_is_closed(driver, dialogs, copies, drop, qtbot):
    """The report went away under the dialog, which then worked on what was gone."""
    shown = []

    def look(dialog):
        QTest.qWait(200)
        shown.append(open_paths(driver))
        dialog.reject()

    assert drop(driver, copies[0])
    with dialogs.expect(look):
        driver.trigger("export")
    assert shown == [["見本.hyoka"]]
    qtbot.waitUntil(lambda: open_paths(driver) == [copies[0].name])
