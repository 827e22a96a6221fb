"""The page follows what is written: cursor and cell are seen after every key, paste, composition, undo and way."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from window_driver import CTRL, LEFT, NONE, SHIFT, compose, end_composition, focused, paste, type_text

from hyoka_desktop.domain.report import Address, NodeKind
from hyoka_desktop.ui.grid.view import SheetView

MANY = "\n".join(f"第{number}段落の文章。" for number in range(60))


def is_seen(widget, place=None) -> bool:
    """Tell whether a place of a widget, its cursor by default, can be seen as a whole."""
    if hasattr(widget, "viewport"):
        place = widget.cursorRect() if place is None else place
        widget = widget.viewport()
    return widget.visibleRegion().boundingRect().contains(place or widget.rect())


def wait_seen(widget, place=lambda: None) -> None:
    """Wait until Qt has laid out everything and the place is seen."""
    for _ in range(200):
        if is_seen(widget, place()):
            return
        QTest.qWait(5)
    raise AssertionError(f"not to be seen: {place() or widget.cursorRect()}")


def page_of(widget) -> QScrollArea:
    above = widget.parentWidget()
    while not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above


def scroll_away(widget) -> None:
    bar = page_of(widget).verticalScrollBar()
    QApplication.processEvents()
    bar.setValue(bar.minimum() if bar.value() > bar.maximum() // 2 else bar.maximum())


@pytest.fixture
def long(driver):
    """Have a text of sixty paragraphs, the cursor at its end."""
    driver.session.set_text(2024, driver.row_ids("Ⅰ-1")[0], "results", MANY)
    driver.go_item("Ⅰ-1", "results")
    edit = driver.focus("results")
    wait_seen(edit)
    return edit


def test_thirty_typed_lines_stay_in_sight(driver):
    driver.go_item("Ⅰ-1", "self")
    edit = driver.focus("self_grounds")
    for number in range(30):
        type_text(edit, f"\n追加の行{number}")
        wait_seen(edit)


def test_the_ends_of_the_text_come_into_sight(long):
    QTest.keyClick(long, Qt.Key.Key_Home, CTRL)
    wait_seen(long)
    QTest.keyClick(long, Qt.Key.Key_End, CTRL)
    wait_seen(long)


def test_a_key_shows_the_cursor_again_after_the_wheel_went_elsewhere(long):
    scroll_away(long)
    QApplication.processEvents()
    assert not is_seen(long)
    QTest.keyClick(long, Qt.Key.Key_Left)
    wait_seen(long)
    scroll_away(long)
    QTest.keyClick(long, Qt.Key.Key_Backspace)
    wait_seen(long)


def test_a_page_that_is_scrolled_away_stays_there_while_nothing_is_written(driver, long):
    scroll_away(long)
    driver.window.resize(driver.window.width(), driver.window.height() - 60)
    QApplication.processEvents()
    assert not is_seen(long)


def test_a_paste_and_a_composition_are_followed(long):
    paste(long, MANY)
    wait_seen(long)
    compose(long, "変換している長い文章" * 40)
    wait_seen(long)
    end_composition(long, "変換した長い文章" * 40)
    wait_seen(long)


def test_undo_is_followed(long):
    type_text(long, "足した文")
    scroll_away(long)
    QTest.keyClick(long, Qt.Key.Key_Z, CTRL)
    wait_seen(long)


def test_the_page_keys_go_by_what_is_seen(long):
    shown = page_of(long).viewport().height()
    before = long.cursorRect().top()
    QTest.keyClick(long, Qt.Key.Key_PageUp)
    assert shown / 2 < before - long.cursorRect().top() <= shown
    wait_seen(long)
    QTest.keyClick(long, Qt.Key.Key_PageDown, SHIFT)
    assert long.textCursor().selectedText().count("\u2029") > 3
    wait_seen(long)
    for _ in range(30):
        QTest.keyClick(long, Qt.Key.Key_PageUp)
    assert long.textCursor().blockNumber() == 0


def test_a_field_to_which_one_is_led_comes_into_sight(driver):
    cost = Address(driver.item_id("Ⅰ-1"), "administrative_cost", 2024)
    driver.go_item("Ⅰ-1", "basic")
    driver.desk.preview.field_wanted.emit(cost)
    edit = driver.edit("administrative_cost")
    assert edit.hasFocus()
    wait_seen(edit, edit.rect)
    scroll_away(edit)
    assert not is_seen(edit, edit.rect())
    driver.desk.preview.field_wanted.emit(cost)
    wait_seen(edit, edit.rect)  # also where it had the cursor


def test_the_place_of_an_undo_comes_into_sight(driver):
    driver.go_item("Ⅰ-1", "basic")
    edit = driver.edit("administrative_cost")
    edit.setFocus()
    type_text(edit, "9")
    driver.go_item("Ⅰ-3", "self")
    driver.leave()
    driver.undo()
    edit = driver.edit("administrative_cost")
    assert edit.hasFocus()
    wait_seen(edit, edit.rect)


def test_a_place_that_is_found_comes_into_sight_while_the_cursor_stays_in_the_bar(driver, long):
    QTest.keyClick(long, Qt.Key.Key_Home, CTRL)
    wait_seen(long)
    driver.key(Qt.Key.Key_F, CTRL)
    bar = driver.desk.find_bar
    type_text(bar.line, "第59段落")
    QTest.keyClick(bar.line, Qt.Key.Key_Return)
    assert bar.line.hasFocus()
    assert long.textCursor().selectedText() == "第59段落"
    wait_seen(long)


def test_last_years_text_does_not_push_the_cursor_out_of_sight(driver, long):
    driver.trigger("toggle_past")
    wait_seen(long)
    driver.trigger("toggle_past")
    wait_seen(long)


def test_a_click_scrolls_nothing_that_is_seen_in_part(driver, long):
    bar = page_of(long).verticalScrollBar()
    QTest.qWait(1)
    bar.setValue(bar.value() // 2)
    before = bar.value()
    top = long.viewport().mapFrom(page_of(long).viewport(), QPoint(20, 3))
    QTest.mousePress(long.viewport(), LEFT, NONE, top)
    QTest.qWait(1)
    assert bar.value() == before
    QTest.mouseRelease(long.viewport(), LEFT, NONE, top)


def test_the_cell_in_hand_stays_in_sight_in_a_long_table(driver):
    driver.go_item("Ⅰ-1", "indicators")
    table = [table for table in driver.page.findChildren(SheetView) if table.isVisible()][-1]
    row = driver.row_ids("Ⅰ-1")[0]
    for number in range(25):
        driver.session.add_branch(2024, row, (NodeKind.INDICATOR, NodeKind.ACHIEVEMENT), number)
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))

    def cell() -> QRect:
        return table.visualRect(table.currentIndex())

    for _ in range(25):
        QTest.keyClick(table, Qt.Key.Key_Down)
        wait_seen(table, cell)
    type_text(table, "名")
    QTest.keyClick(focused(), Qt.Key.Key_Return, SHIFT)
    wait_seen(table, cell)
    QTest.keyClick(table, Qt.Key.Key_Home, CTRL)
    wait_seen(table, cell)
