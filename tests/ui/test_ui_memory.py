"""What a report took is given back when it is left; a window that stays open for weeks does not grow."""

import gc
import weakref

from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

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


def test_pages_of_another_year_are_given_back(driver):
    pages = []
    for year in (2023, 2024, 2023, 2024):
        driver.go_item("Ⅰ-1", "indicators")
        pages.append(weakref.ref(driver.page))
        driver.choose_year(year)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QTest.qWait(_SETTLE_MS)
    gc.collect()
    assert [page() for page in pages[:-1]] == [None, None, None]
