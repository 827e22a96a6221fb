"""Leaving a report, whatever is going on: nothing is raised, nothing is lost, nothing stays behind."""

import shutil
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hyoka_desktop.ui import desk, window
from hyoka_desktop.ui.breathing import breathe
from hyoka_desktop.ui.pages import stack
from hyoka_desktop.ui.tasks import Job

LEAVING_MS = 700


@pytest.mark.parametrize("pause", [0, 120])
def test_the_start_page_while_the_preview_is_being_made_raises_nothing(driver, qtbot, pause):
    driver.go_item("Ⅰ-2")
    QTest.qWait(pause)
    driver.trigger("start")
    QTest.qWait(LEAVING_MS)
    assert driver.window.desk is None
    assert driver.window.start_page.isVisible()


@pytest.mark.parametrize("pause", [0, 60])
def test_another_report_while_the_preview_is_being_made_raises_nothing(driver, sample, pause):
    other = Path(shutil.copy(sample, sample.with_name("別.hyoka")))
    driver.go_item("Ⅰ-2")
    QTest.qWait(pause)
    assert driver.window.open_file(other)
    QTest.qWait(LEAVING_MS)
    assert driver.path == other


def test_opening_and_leaving_often_raises_nothing(driver, sample):
    for _ in range(5):
        driver.trigger("start")
        assert driver.window.open_file(sample)
        QApplication.processEvents()
    QTest.qWait(LEAVING_MS)
    assert driver.desk.item == driver.item_id("Ⅰ-1")


def test_choosing_years_quickly_raises_nothing(driver):
    for _ in range(6):
        driver.choose_year(2023)
        driver.choose_year(2024)
    QTest.qWait(LEAVING_MS)
    driver.wait_preview("令和6年度")


@pytest.mark.parametrize("turn", range(1, 8))
@pytest.mark.parametrize("leave", ["close", "show_start"])
def test_nothing_leaves_a_report_that_is_half_shown(driver, sample, monkeypatch, qtbot, turn, leave):
    """Qt was at work on the tree of a desk that was taken away from under it: a segmentation fault."""
    other, turns, left = Path(shutil.copy(sample, sample.with_name("別.hyoka"))), [], []

    def breathe_and_leave():
        turns.append(None)
        if len(turns) == turn:
            QTimer.singleShot(0, lambda: left.append(getattr(driver.window, leave)()))
        breathe()

    for module in (desk, window, stack):
        monkeypatch.setattr(module, "breathe", breathe_and_leave)
    assert driver.window.open_file(other)
    assert left == [False]
    assert driver.window.isVisible()
    assert driver.path == other
    if leave == "close":
        qtbot.waitUntil(lambda: not driver.window.isVisible())
    else:
        QTest.qWait(LEAVING_MS)
        assert driver.desk.item == driver.item_id("Ⅰ-1")


def test_the_start_page_has_no_actions_that_need_a_report(driver):
    driver.trigger("start")
    off = {name for name in ("export", "undo", "add_item", "add_year") if not driver.window.actions_[name].isEnabled()}
    assert off == {"export", "undo", "add_item", "add_year"}
    assert not driver.window._bar.isVisible()


def test_an_idle_file_is_a_whole_file_while_the_window_is_open(driver, open_window, sample):
    driver.go_item("Ⅰ-1", "results")
    driver.type("results", "写しにも入る")
    driver.leave()
    driver.wait_saved()
    copy = Path(shutil.copy(sample, sample.with_name("写し.hyoka")))
    again = open_window(copy)
    assert again.stored(again.row_ids("Ⅰ-1")[0], "results").endswith("写しにも入る")


def test_typing_at_once_after_opening_is_kept(open_window, sample):
    driver = open_window(sample)
    driver.go_item("Ⅰ-1", "results")
    driver.type("results", "すぐに")
    driver.close()
    again = open_window(sample)
    assert again.stored(again.row_ids("Ⅰ-1")[0], "results").endswith("すぐに")


def test_pages_that_were_asked_for_while_the_report_was_being_closed_are_heard_of_no_more(driver, monkeypatch):
    """Closing waits for the disk in a loop of its own, and a pause in typing may end in there."""
    asked, go_on = threading.Event(), threading.Event()
    preview, session = driver.desk.preview, driver.session
    really_close = session.close

    def close():
        QTimer.singleShot(0, preview, preview.refresh)
        assert asked.wait(10), "the pages were asked for"
        return really_close()

    def lay_out(*_):
        asked.set()
        assert go_on.wait(10)

    driver.wait_preview("Ⅰ-1")
    monkeypatch.setattr(session, "close", close)
    monkeypatch.setattr(preview._previewer, "layout", lay_out)
    driver.trigger("start")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    go_on.set()
    QTest.qWait(LEAVING_MS)


def test_a_backup_that_falls_due_while_the_report_is_being_closed_is_not_begun(driver, monkeypatch):
    """The half hour may end while closing waits for the disk, and the file answers nobody any more."""
    heard = threading.Event()
    session = driver.session
    really_close = session.close

    def fall_due():
        driver.window.backups.timer.timeout.emit()
        driver.window.queue.submit(Job("last in line", lambda *_: None, lambda _: heard.set(), pytest.fail))

    def close():
        whole = really_close()
        QTimer.singleShot(0, driver.window, fall_due)
        assert heard.wait(10), "what was begun has ended"
        return whole

    monkeypatch.setattr(session, "close", close)
    driver.trigger("start")
    assert heard.is_set()
    assert driver.window.start_page.isVisible()
