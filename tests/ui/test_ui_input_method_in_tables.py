"""An input method that begins on a cell: the table keeps the keyboard until the text is handed over."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_driver import LEFT, NONE, compose, end_composition, focused, type_text

from hyoka_desktop.ui.editors import composition
from hyoka_desktop.ui.pages.grid import IndicatorGrid


@pytest.fixture
def system(monkeypatch):
    """Have what is composed handed over when it is asked for, to whatever has the keyboard, as ibus does."""
    composed = SimpleNamespace(text="")

    def commit():
        text, composed.text = composed.text, ""
        if text:
            end_composition(QApplication.focusWidget(), text)

    method = SimpleNamespace(commit=commit, reset=commit)
    monkeypatch.setattr(composition, "QGuiApplication", SimpleNamespace(inputMethod=lambda: method))
    return composed


@pytest.fixture
def grid(driver):
    driver.go_item("Ⅰ-1", "indicators")
    return next(grid for grid in driver.tab.findChildren(IndicatorGrid) if grid.isVisible())


def _actual(grid, row):
    place = [column.field.id if column.field else "" for column in grid.model.columns].index("actual")
    return grid.model.index(row, place)


def _click(grid, index):
    QTest.mouseClick(grid.table.viewport(), LEFT, NONE, grid.table.visualRect(index).center())


def _compose_on(grid, index, system, text):
    """Begin to compose on a cell without opening it first."""
    _click(grid, index)
    assert grid.table.hasFocus()
    system.text = text
    compose(grid.table, text[0])
    compose(grid.table, text)
    assert grid.table.hasFocus(), "the keyboard goes to the cell only when the text was handed over"


def test_a_click_on_another_cell_keeps_what_is_composed_and_goes_there(grid, system):
    _compose_on(grid, _actual(grid, 0), system, "さんびゃく")
    _click(grid, _actual(grid, 1))
    assert grid.model.text(_actual(grid, 0)) == "さんびゃく"
    assert grid.table.currentIndex() == _actual(grid, 1)
    assert grid.table.selectedIndexes() == [_actual(grid, 1)]
    assert grid.table.hasFocus()
    type_text(grid.table, "7")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert [grid.model.text(_actual(grid, row)) for row in (0, 1)] == ["さんびゃく", "7"]
