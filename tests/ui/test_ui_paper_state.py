"""The pages say that newer ones are on the way, and are looked at in the next report as in the last one."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from hyoka_desktop.messages.window import word
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.ui.paper.area import Fit
from hyoka_desktop.ui.paper.remembered import PaperState, remember_state, remembered_state
from hyoka_desktop.ui.tasks import Job


@pytest.fixture
def paper(driver):
    driver.go_item("Ⅰ-1", "basic")
    driver.wait_preview("定量的指標は四つの全てで")
    return driver.desk.preview


@pytest.fixture
def busy_worker(driver):
    """Keep the worker thread busy until it is let go."""
    go_on = threading.Event()
    driver.window.queue.submit(Job("test", lambda *_: go_on.wait(30), lambda _: None, lambda _: None))
    yield go_on
    go_on.set()


def test_old_pages_say_that_newer_ones_are_being_made_until_they_are_there(paper, driver, busy_worker, qtbot):
    pages = paper.view.pages
    paper.refresh()
    qtbot.waitUntil(paper.busy.label.isVisible)
    assert paper.busy.label.text() == word("preview_updating")
    assert paper.view.pages is pages
    corner = paper.busy.label.geometry()
    assert paper.area.rect().contains(corner)
    assert corner.right() > paper.area.width() * 0.8
    busy_worker.set()
    qtbot.waitUntil(paper.busy.label.isHidden)
    assert paper.view.pages is not pages


def test_pages_of_another_item_are_announced_as_such(paper, driver, busy_worker, qtbot):
    driver.go_item("Ⅰ-2", "basic")
    qtbot.waitUntil(paper.busy.label.isVisible)
    assert paper.busy.label.text() == word("preview_wait")


def test_what_is_done_at_once_shows_no_sign(paper):
    paper.busy.begin("準備")
    paper.busy.end()
    assert paper.busy.label.isHidden()
    assert not paper.busy._patience.isActive()


def test_the_next_report_is_looked_at_as_the_last_one(paper, driver, sample):
    paper.act("two_up")
    paper.act("thumbnails")
    paper.area.set_factor(0.75)
    driver.trigger("start")
    assert driver.window.open_file(sample)
    after = driver.desk.preview
    assert after is not paper
    assert (after.area.fit, after.area.columns) == (Fit.NONE, 2)
    assert after.bar.two_up.isChecked()
    assert after.bar.thumbnails.isChecked()
    assert not after.thumbnails.isHidden()
    driver.go_item("Ⅰ-1", "basic")
    driver.wait_preview("定量的指標は四つの全てで")
    assert after.area.factor == pytest.approx(0.75, abs=0.001)


@pytest.mark.parametrize(
    "state", [PaperState(), PaperState(Fit.PAGE, 1.0, 2, strip=True), PaperState(Fit.NONE, 1.5, 1, strip=True)]
)
def test_a_state_survives_the_settings(tmp_path, state):
    remember_state(Settings(tmp_path / "s.json"), "preview", state)
    assert remembered_state(Settings(tmp_path / "s.json"), "preview") == state


@pytest.mark.parametrize("zoom", ["", "wide", "nan", "inf", "99", "-1", "0"])
def test_a_zoom_that_is_not_understood_is_as_usual(tmp_path, zoom):
    settings = Settings(tmp_path / "s.json")
    settings.remember({"preview_zoom": zoom})
    assert remembered_state(settings, "preview") == PaperState()


def test_what_exports_remember_is_given_back_with_the_report(driver, sample):
    memory = weakref.ref(driver.workplace.export_memory)
    assert driver.workplace.export_memory is memory()
    driver.trigger("start")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert memory() is None
