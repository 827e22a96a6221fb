"""A cell of the indicators that has open comments bears a mark, and says how many they are."""

import pytest
from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from hyoka_desktop.domain.comments import comments_of
from hyoka_desktop.domain.report import Address, NodeKind
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import commenting
from hyoka_desktop.ui.pages.grid import IndicatorGrid

ITEM = "Ⅰ-1"
YEAR = 2024
CORNER = 6


@pytest.fixture
def grid(driver):
    """Show the indicators of the first row, all in sight."""
    driver.go_item(ITEM, "indicators")
    shown = next(grid for grid in driver.tab._grids if isinstance(grid, IndicatorGrid))
    shown.table.setFocus()
    return shown


@pytest.fixture
def place(driver):
    """Tell the 実績値 of the first indicator."""
    indicator = driver.workplace.view.children(driver.row_ids(ITEM)[0], NodeKind.INDICATOR)[0]
    return Address(driver.workplace.view.children(indicator.id, NodeKind.ACHIEVEMENT)[0].id, "actual", YEAR)


def say(driver, place, text="根拠は？"):
    commenting.add_comment(driver.session, driver.year, place, text)
    QApplication.processEvents()


def corner(grid, index: QModelIndex) -> QImage:
    """Tell the picture of the upper left corner of a cell."""
    box = grid.table.visualRect(index)
    place = QRect(box.topLeft(), box.topLeft()).adjusted(0, 0, CORNER, CORNER)
    return grid.table.viewport().grab(place).toImage()


def is_dark(picture: QImage) -> bool:
    """Tell whether a corner is filled, without regard to its colour."""
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    return sum(grey.pixelColor(x, y).value() < 128 for x in range(CORNER) for y in range(CORNER)) > CORNER


def test_a_cell_with_an_open_comment_bears_a_corner_that_is_seen_without_colour(driver, grid, place):
    index, beside = grid.model.index_of(place), grid.model.index_of(place._replace(field="target"))
    assert not is_dark(corner(grid, index))
    say(driver, place)
    assert is_dark(corner(grid, index))
    assert not is_dark(corner(grid, beside))


def test_the_corner_is_seen_in_a_chosen_cell_too(driver, grid, place):
    index = grid.model.index_of(place)
    grid.table.setCurrentIndex(index)
    grid.table.clearFocus()
    QApplication.processEvents()
    plain = corner(grid, index)
    say(driver, place)
    assert corner(grid, index) != plain


def test_the_corner_goes_when_the_comment_is_settled_and_comes_back_with_undo(driver, grid, place):
    index = grid.model.index_of(place)
    say(driver, place)
    (comment,) = comments_of(driver.workplace.view)
    commenting.set_open(driver.session, driver.year, comment, is_open=False)
    QApplication.processEvents()
    assert not is_dark(corner(grid, index))
    driver.session.undo()
    # Undo leads to the cell; the colour of what is chosen would be taken for the mark.
    grid.table.setCurrentIndex(grid.model.index(1, 0))
    QApplication.processEvents()
    assert is_dark(corner(grid, index))


def test_tip_spoken_text_and_the_line_under_the_table_tell_how_many_are_open(driver, grid, place):
    index = grid.model.index_of(place)
    grid.table.setCurrentIndex(index)
    assert "コメント" not in grid.note.text()
    say(driver, place)
    say(driver, place, "もう一つ")
    told = word("comments_count_tip", count=2)
    assert grid.model.data(index, Qt.ItemDataRole.ToolTipRole).count(told) == 1
    assert grid.model.data(index, Qt.ItemDataRole.AccessibleTextRole).count(told) == 1
    assert grid.model.data(index, Qt.ItemDataRole.AccessibleTextRole).startswith("301施設")
    assert grid.note.text().endswith(told)


def test_a_rate_and_an_empty_cell_are_spoken_of_as_before(driver, grid, place):
    columns = list(grid.model.columns)
    rate = grid.model.index(0, next(n for n, column in enumerate(columns) if column.is_rate))
    assert grid.model.data(rate, Qt.ItemDataRole.AccessibleTextRole).startswith("120.4% ")
    unit = grid.model.index_of(Address(place.node, "unit", 0))
    before = grid.model.data(unit, Qt.ItemDataRole.AccessibleTextRole)
    say(driver, place)
    assert grid.model.data(unit, Qt.ItemDataRole.AccessibleTextRole) == before


def test_the_cell_of_an_earlier_year_bears_no_mark_of_this_one(driver, grid, place):
    say(driver, place)
    earlier = grid.model.index_of(place._replace(year=YEAR - 1))
    assert earlier.isValid()
    assert "コメント" not in (grid.model.data(earlier, Qt.ItemDataRole.AccessibleTextRole) or "")
    driver.choose_year(YEAR - 1)
    grid = next(one for one in driver.tab._grids if isinstance(one, IndicatorGrid))
    shown = grid.model.index_of(place._replace(year=YEAR - 1))
    assert "コメント" not in (grid.model.data(shown, Qt.ItemDataRole.AccessibleTextRole) or "")


def test_a_name_that_belongs_to_the_period_bears_the_mark_too(driver, grid, place):
    indicator = driver.snapshot.tree.nodes[place.node].parent
    name = Address(indicator, "indicator_name", 0)
    say(driver, name)
    assert word("comments_count_tip", count=1) in grid.model.data(
        grid.model.index_of(name), Qt.ItemDataRole.AccessibleTextRole
    )
