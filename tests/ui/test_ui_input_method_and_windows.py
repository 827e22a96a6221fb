"""Input methods where windows come and go: what is composed is kept, and the next key is composed again."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from window_driver import compose

from hyoka_desktop.ui.editors import composition
from hyoka_desktop.ui.pages.grid import IndicatorGrid

WINDOW = (1000, 768)
FIELDS = [("results", "results"), ("basic", "item_title")]


def test_the_field_with_the_keyboard_gets_the_input_method_back_where_the_system_took_it(driver, qapp):
    driver.go_item("Ⅰ-1", "results")
    edit = driver.focus("results")
    QApplication.processEvents()
    asked = []

    def hear(_self, _watched, event):
        if event.type() is QEvent.Type.InputMethodQuery and event.queries() & Qt.InputMethodQuery.ImEnabled:
            asked.append(edit)
        return False

    listener = type("_Listener", (QObject,), {"eventFilter": hear})()
    edit.installEventFilter(listener)
    qapp.focusObjectChanged.emit(None)
    QApplication.processEvents()
    assert asked == [edit], "Qt asks a field whether it takes an input method before it gives it one"
    qapp.focusObjectChanged.emit(edit)
    QApplication.processEvents()
    assert asked == [edit], "only where it was taken"


@pytest.fixture
def other_program(driver, monkeypatch):
    """Have the keyboard go to another program, which ibus tells the input method before it tells the window."""
    window = QWidget()

    def go(widget):
        compose(widget, "")
        compose(widget, "")
        system = SimpleNamespace(inputMethod=QGuiApplication.inputMethod, focusWindow=lambda: None)
        monkeypatch.setattr(composition, "QGuiApplication", system)
        window.show()
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window)

    yield go
    monkeypatch.undo()
    window.close()
    window.deleteLater()
    driver.activate()


@pytest.mark.parametrize(("tab", "field"), FIELDS)
def test_what_is_composed_when_another_program_gets_the_keyboard_is_kept_once(driver, other_program, tab, field):
    driver.go_item("Ⅰ-1", tab)
    address = driver.block(field).binding.address
    before = driver.stored(address.node, field)
    edit = driver.focus(field)
    compose(edit, "書きかけ")
    other_program(edit)
    assert driver.stored(address.node, field) == before + "書きかけ"
    assert driver.block(field).editor.text() == before + "書きかけ"


def test_what_a_command_made_final_is_there_once_when_another_program_gets_the_keyboard(driver, other_program):
    driver.go_item("Ⅰ-1", "results")
    before = driver.stored(driver.row_ids("Ⅰ-1")[0], "results")
    edit = driver.focus("results")
    compose(edit, "書きかけ")
    driver.window.save_now()
    other_program(edit)
    assert driver.stored(driver.row_ids("Ⅰ-1")[0], "results") == before + "書きかけ"


@pytest.mark.parametrize("sign", [QTest.keyPress, QTest.keyRelease], ids=["down", "up"])
@pytest.mark.parametrize(("tab", "field"), FIELDS)
def test_what_was_given_up_stays_away_when_another_program_gets_the_keyboard(driver, other_program, sign, tab, field):
    driver.go_item("Ⅰ-1", tab)
    address = driver.block(field).binding.address
    before = driver.stored(address.node, field)
    edit = driver.focus(field)
    compose(edit, "やめる")
    compose(edit, "")
    sign(edit, Qt.Key.Key_Shift)
    other_program(edit)
    assert driver.stored(address.node, field) == before


def test_what_was_given_up_stays_away_when_the_field_is_left(driver):
    driver.go_item("Ⅰ-1", "results")
    before = driver.stored(driver.row_ids("Ⅰ-1")[0], "results")
    edit = driver.focus("results")
    compose(edit, "やめる")
    compose(edit, "")
    driver.leave()
    assert driver.stored(driver.row_ids("Ⅰ-1")[0], "results") == before


def test_a_comment_that_is_composed_when_another_program_gets_the_keyboard_is_kept(driver, other_program):
    driver.go_item("Ⅰ-1", "results")
    driver.focus("results")
    driver.trigger("toggle_comments")
    text = driver.desk.side.panel("comments").text
    text.setFocus()
    compose(text, "書きかけ")
    other_program(text)
    assert text.toPlainText() == "書きかけ"


def test_a_cell_that_is_composed_on_when_another_program_gets_the_keyboard_is_written(driver, other_program):
    driver.go_item("Ⅰ-1", "indicators")
    grid = next(grid for grid in driver.tab.findChildren(IndicatorGrid) if grid.isVisible())
    place = [column.field.id if column.field else "" for column in grid.model.columns].index("actual")
    cell = grid.model.index(0, place)
    grid.table.setCurrentIndex(cell)
    grid.table.setFocus()
    compose(grid.table, "さ")
    compose(grid.table, "さんびゃく")
    other_program(grid.table)
    assert grid.model.text(cell) == "さんびゃく"
