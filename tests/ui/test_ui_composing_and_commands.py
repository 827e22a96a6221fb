"""A command that comes while something is being composed: what was on the screen becomes final before it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from window_driver import LEFT, compose, type_text

from hyoka_desktop.domain.report import Address, NodeKind
from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.pages.grid import IndicatorGrid

YEAR = 2024


def _compose_in_a_cell(driver):
    """Type and compose at the end of the first cell of the year; tell the table and the cell's address."""
    driver.go_item("Ⅰ-1", "indicators")
    grid = next(grid for grid in driver.page.findChildren(IndicatorGrid) if grid.isVisible())
    model = grid.model
    cells = [model.index(0, place) for place in range(model.columnCount())]
    cell = next(
        cell
        for cell in cells
        if model.flags(cell) & Qt.ItemFlag.ItemIsEditable
        and model.choices(cell) is None
        and model.address(cell).year == YEAR
    )
    grid.table.setFocus()
    grid.table.setCurrentIndex(cell)
    QTest.keyClick(grid.table, Qt.Key.Key_F2)
    edit = grid.table.indexWidget(cell)
    type_text(edit, "9")
    compose(edit, "へんかん")
    return grid, model.address(cell)


@pytest.mark.parametrize("command", ["add a line", "add a row", "add an item"])
def test_a_cell_that_is_composed_in_is_final_before_a_command(driver, command):
    grid, address = _compose_in_a_cell(driver)
    match command:
        case "add a line":
            QTest.mouseClick(grid._changing[0], LEFT)
        case "add a row":
            QTest.mouseClick(driver.tab.rows._add, LEFT)
        case _:
            driver.trigger("add_item")
    QApplication.processEvents()
    assert driver.snapshot.stored(address).endswith("9へんかん")
    assert driver.session.typed == {}


@pytest.mark.parametrize("command", ["add a row", "add an item"])
def test_a_field_that_is_composed_in_is_final_before_a_command(driver, command):
    driver.go_item("Ⅰ-1", "results")
    row = driver.row_ids("Ⅰ-1")[0]
    compose(driver.focus("results", row), "変換の途中")
    if command == "add a row":
        QTest.mouseClick(driver.tab.rows._add, LEFT)
    else:
        driver.trigger("add_item")
    QApplication.processEvents()
    assert driver.snapshot.stored(Address(row, "results", YEAR)).endswith("変換の途中")
    assert driver.session.typed == {}


def test_a_row_that_is_removed_while_one_composes_in_it_comes_back_whole(driver):
    driver.go_item("Ⅰ-1", "results")
    driver.session.add_node(YEAR, driver.desk.item, NodeKind.ROW, 1)
    row = driver.row_ids("Ⅰ-1")[1]
    driver.tab.rows.choose(row)
    type_text(driver.focus("results", row), "打った後に")
    compose(driver.edit("results", row), "変換の途中")
    QTest.mouseClick(driver.tab.rows._remove, LEFT)
    QApplication.processEvents()
    driver.undo()
    assert driver.snapshot.stored(Address(row, "results", YEAR)) == "打った後に変換の途中"


def test_a_minister_who_is_removed_while_one_composes_there_comes_back_whole(driver):
    form = driver.workplace.form
    page = next(tab for tab in form.pages if form.fields_on(NodeKind.MINISTER, tab.id))
    driver.go_page(page.id)
    field = form.fields_on(NodeKind.MINISTER, page.id)[0].id
    node = driver.block(field).node
    compose(driver.focus(field, node), "変換の途中")
    remove = next(
        button for button in driver.desk.page.findChildren(QToolButton) if button.toolTip() == word("remove_minister")
    )
    QTest.mouseClick(remove, LEFT)
    QApplication.processEvents()
    driver.undo()
    assert driver.workplace.view.text(node, field).endswith("変換の途中")
