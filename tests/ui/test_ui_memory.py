"""What a report took is given back when it is left; a window that stays open for weeks does not grow."""

import gc
import weakref

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from hyoka_desktop.services.export import ExportRequest, export, prepare
from hyoka_desktop.services.outputsets import AS_FILLED
from hyoka_desktop.ui.tasks import Job

_SETTLE_MS = 600


def test_a_report_that_is_left_is_given_back(driver, sample):
    left = []
    for _ in range(3):
        left.append(weakref.ref(driver.session))
        driver.go_item("Ⅰ-2", "results")
        QTest.qWait(_SETTLE_MS)
        driver.trigger("start")
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert driver.window.open_file(sample)
    QTest.qWait(_SETTLE_MS)
    # What the window exempted meanwhile counts too.
    gc.unfreeze()
    gc.collect()
    assert [session() for session in left] == [None, None, None]


def test_a_dialog_that_is_answered_is_given_back(driver, dialogs):
    driver.session.set_text(2024, driver.item_id("Ⅰ-2"), "item_number", "Ⅰ-9")
    asking = ("new", "export", "renumber", "remove_node", "about")
    with dialogs.expect(*[QDialog.reject] * len(asking)):
        for action in asking:
            driver.trigger(action)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert driver.window.findChildren(QDialog) == []


def test_pages_of_another_size_are_given_back(driver):
    pages = []
    for _ in range(4):
        driver.go_item("Ⅰ-1", "indicators")
        pages.append(weakref.ref(driver.page))
        driver.window.fit_texts()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QTest.qWait(_SETTLE_MS)
    # What the window exempted meanwhile counts too.
    gc.unfreeze()
    gc.collect()
    assert [page() for page in pages[:-1]] == [None, None, None]


def test_what_exports_remembered_is_given_back_without_looking_for_garbage(driver, tmp_path):
    workplace, memory = driver.workplace, weakref.ref(driver.workplace.export_memory)
    request = ExportRequest(None, tmp_path / "評価書.pdf", None, AS_FILLED, None)
    form, view, results = workplace.form, workplace.view, list[bool]()

    def work(checkpoint, progress):
        export(prepare(form, view, request, progress, checkpoint, memory()), request, progress, checkpoint)
        return True

    driver.window.queue.submit(Job("export", work, results.append, pytest.fail))
    driver.qtbot.waitUntil(lambda: bool(results))
    driver.trigger("start")
    assert memory() is None
