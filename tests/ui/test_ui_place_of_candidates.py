"""The list of candidates of an input method comes up at the cursor: the place that it is told is where one writes."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit
from window_driver import LEFT, NONE, compose

from hyoka_desktop.ui.pages.grid import IndicatorGrid
from hyoka_desktop.ui.scrolled import pages_around


def _told():
    """Tell the place of the cursor in its window, as an input method is told it."""
    return QGuiApplication.inputMethod().cursorRectangle().toAlignedRect()


def _seen(edit):
    """Tell the place of the cursor in its window, as a person sees it."""
    if isinstance(edit, QTextEdit):
        return QRect(edit.viewport().mapTo(edit.window(), edit.cursorRect().topLeft()), edit.cursorRect().size())
    place = edit.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    return QRect(edit.mapTo(edit.window(), place.topLeft()), place.size())


def _assert_at_the_cursor(edit):
    told, seen = _told(), _seen(edit)
    away = told.center() - seen.center()
    assert abs(away.x()) <= 1, (told, seen)
    assert abs(away.y()) <= 1, (told, seen)


@pytest.mark.parametrize(("tab", "field"), [("results", "results"), ("basic", "item_title")])
def test_in_a_field(driver, tab, field):
    driver.go_item("Ⅰ-1", tab)
    edit = driver.focus(field)
    compose(edit, "ひょうか")
    _assert_at_the_cursor(edit)


def _scroll_by(edit, pixels):
    bar = next(pages_around(edit)).verticalScrollBar()
    before = bar.value()
    bar.setValue(before + pixels)
    assert bar.value() != before, "the page scrolls"


@pytest.mark.parametrize(("tab", "field"), [("results", "results"), ("basic", "item_title")])
def test_in_a_field_whose_page_was_scrolled(driver, tab, field):
    driver.go_item("Ⅰ-1", tab)
    edit = driver.focus(field)
    compose(edit, "ひょうか")
    QTest.qWait(0)
    for pixels in (40, -15):
        _scroll_by(edit, pixels)
        compose(edit, "評価")
        _assert_at_the_cursor(edit)


def test_in_a_field_that_makes_its_page_scroll_while_one_writes(driver):
    driver.go_item("Ⅰ-1", "results")
    edit = driver.focus("results")
    bar = next(pages_around(edit)).verticalScrollBar()
    before = bar.value()
    for lines in range(1, 8):
        QTest.keyClick(edit, Qt.Key.Key_Return)
        compose(edit, "行" * lines)
        QApplication.processEvents()
        _assert_at_the_cursor(edit)
        compose(edit, "")
    assert bar.value() > before, "the page followed the cursor"


def test_in_a_field_that_something_above_it_moved(driver):
    driver.go_item("Ⅰ-1", "results")
    edit = driver.focus("results")
    compose(edit, "ひょうか")
    before = _seen(edit).top()
    area = next(pages_around(edit))
    area.widget().layout().setContentsMargins(0, 30, 0, 0)
    QApplication.processEvents()
    assert _seen(edit).top() != before, "it was moved"
    compose(edit, "評価")
    _assert_at_the_cursor(edit)


def test_on_a_cell_that_is_not_yet_open(driver):
    driver.go_item("Ⅰ-1", "indicators")
    grid = next(grid for grid in driver.tab.findChildren(IndicatorGrid) if grid.isVisible())
    place = [column.field.id if column.field else "" for column in grid.model.columns].index("actual")
    cell = grid.model.index(0, place)
    QTest.mouseClick(grid.table.viewport(), LEFT, NONE, grid.table.visualRect(cell).center())
    compose(grid.table, "さ")
    for pixels in (0, 40, -15):
        if pixels:
            _scroll_by(grid.table, pixels)
        compose(grid.table, "さんびゃく")
        assert grid.table.hasFocus()
        _assert_at_the_cursor(grid.table.indexWidget(cell))


def test_in_a_comment(driver):
    driver.go_item("Ⅰ-1", "results")
    driver.focus("results")
    driver.trigger("toggle_comments")
    QApplication.processEvents()
    text = driver.desk.side.panel("comments").text
    QTest.mouseClick(text.viewport(), LEFT, NONE, QPoint(8, 8))
    compose(text, "こめんと")
    _assert_at_the_cursor(text)


def test_in_the_bar_that_finds_in_the_item(driver):
    driver.go_item("Ⅰ-1", "results")
    driver.focus("results")
    driver.trigger("find_in_item")
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    compose(line, "てんけん")
    _assert_at_the_cursor(line)
