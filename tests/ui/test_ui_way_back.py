"""The cursor goes back to the field one came from, when a line or panel beside it is left."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_driver import ALT, CTRL, SHIFT, type_text

from hyoka_desktop.ui.editors.remark import RemarkEdit
from hyoka_desktop.ui.grid.view import SheetView

Key = Qt.Key
WINDOW = (1600, 900)
LINES = {
    "find in the item": (Key.Key_F, CTRL),
    "find on the page": (Key.Key_F, CTRL | SHIFT),
    "the number of the page": (Key.Key_G, CTRL),
    "a comment": (Key.Key_C, CTRL | ALT),
}


@pytest.fixture
def field(driver):
    driver.go_item("Ⅰ-1", "self")
    return driver.focus("self_issues")


@pytest.mark.parametrize("keys", LINES.values(), ids=LINES)
def test_escape_leads_back_to_the_field(driver, field, keys):
    driver.key(*keys)
    assert not field.hasFocus()
    driver.key(Key.Key_Escape)
    assert QApplication.focusWidget() is field


def test_escape_after_a_place_was_found_leaves_the_cursor_there(driver, field):
    driver.key(Key.Key_F, CTRL)
    type_text(driver.desk.find_bar.line, field.plain()[:4])
    QTest.keyClick(driver.desk.find_bar.line, Key.Key_Return)
    driver.key(Key.Key_Escape)
    assert QApplication.focusWidget().textCursor().selectedText() == field.plain()[:4]
    year = driver.year
    driver.key(Key.Key_Down)
    assert driver.year == year


def test_a_line_that_was_opened_from_the_tree_leads_back_to_the_tree(driver, field):
    driver.leave()
    driver.key(Key.Key_F, CTRL)
    driver.key(Key.Key_Escape)
    assert driver.desk.tree.hasFocus()


def test_a_cell_leads_back_to_its_table(driver):
    driver.go_item("Ⅰ-1", "indicators")
    table = next(table for table in driver.page.findChildren(SheetView) if table.isVisible())
    table.setFocus()
    driver.key(Key.Key_F2)
    driver.key(Key.Key_F, CTRL)
    driver.key(Key.Key_Escape)
    assert table.hasFocus()


def test_hiding_the_panel_in_which_one_writes_leads_back_to_the_field(driver, field):
    driver.key(Key.Key_C, CTRL | ALT)
    assert isinstance(QApplication.focusWidget(), RemarkEdit)
    driver.key(Key.Key_F7)
    assert QApplication.focusWidget() is field


def test_hiding_the_pages_that_one_reads_leads_back_to_the_field(driver, field):
    driver.desk.preview.area.setFocus()
    driver.key(Key.Key_F9)
    assert QApplication.focusWidget() is field
