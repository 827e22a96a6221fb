"""The tables of indicators: keys as in a spreadsheet, drafts at each keystroke, the rate and why, what prints."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTabBar, QToolButton
from window_driver import CTRL, LEFT, NONE, compose, paste, type_text

from hyoka_desktop.messages.window import action_text, word
from hyoka_desktop.messages.words.achievement import REASONS
from hyoka_desktop.services.blocks import Area
from hyoka_desktop.ui.pages.grid import IndicatorGrid, NodeGrid


@pytest.fixture
def grid(driver):
    driver.go_item("Ⅰ-1", "indicators")
    return next(grid for grid in driver.tab.findChildren(IndicatorGrid))


def _place(grid, field, year=2024):
    for place, column in enumerate(grid.model.columns):
        if (column.field.id if column.field else "rate") == field and column.year == year:
            return place
    raise AssertionError(field)


def _at(grid, field, line=0, year=2024):
    return grid.model.index(line, _place(grid, field, year))


def _open(grid, field, line=0, year=2024):
    index = _at(grid, field, line, year)
    grid.table.setCurrentIndex(index)
    grid.table.setFocus()
    QTest.keyClick(grid.table, Qt.Key.Key_F2)
    editor = grid.table.indexWidget(index)
    assert editor is not None
    editor.selectAll()
    return editor


def _write(grid, field, text, line=0, year=2024):
    editor = _open(grid, field, line, year)
    type_text(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


def _printed(grid):
    return grid._printed.text()


def test_each_keystroke_in_a_cell_is_a_draft_on_the_disk(driver, grid):
    address = grid.model.address(_at(grid, "actual"))
    editor = _open(grid, "actual")
    for text in ("3", "32", "321"):
        type_text(editor, text[-1])
        driver.wait_saved()
        assert driver.drafts_on_disk() == {address: text}
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    driver.wait_saved()
    assert driver.drafts_on_disk() == {}
    assert driver.value_on_disk(*address) == "321"


def test_a_key_on_a_cell_begins_to_write_over_it(driver, grid):
    index = _at(grid, "actual")
    grid.table.setCurrentIndex(index)
    grid.table.setFocus()
    QTest.keyClick(grid.table, Qt.Key.Key_9)
    editor = grid.table.indexWidget(index)
    assert editor.text() == "9"
    address = grid.model.address(index)
    driver.wait_saved()
    assert driver.drafts_on_disk() == {address: "9"}, "the first key too"


def test_escape_gives_up_what_was_typed_with_its_draft(driver, grid):
    before, printed = grid.model.data(_at(grid, "actual")), _printed(grid)
    editor = _open(grid, "actual")
    type_text(editor, "999施設")
    assert "999施設" in _printed(grid), "it prints while it is typed"
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    QApplication.processEvents()
    driver.wait_saved()
    assert driver.drafts_on_disk() == {}
    assert grid.model.data(_at(grid, "actual")) == before
    assert _printed(grid) == printed, "and no longer when it is given up"


def test_tab_goes_on_to_the_next_cell_and_writes(driver, grid):
    editor = _open(grid, "target")
    type_text(editor, "260施設以上")
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    QApplication.processEvents()
    assert driver.stored(grid.model.address(_at(grid, "target")).node, "target") == "260施設以上"
    assert grid.table.currentIndex() == _at(grid, "actual")


def test_the_arrow_keys_go_from_cell_to_cell(grid):
    grid.table.setCurrentIndex(_at(grid, "target"))
    grid.table.setFocus()
    QTest.keyClick(grid.table, Qt.Key.Key_Right)
    QTest.keyClick(grid.table, Qt.Key.Key_Down)
    assert grid.table.currentIndex() == _at(grid, "actual", 1)


def test_the_rate_follows_and_tells_its_formula(grid):
    _write(grid, "target", "250施設以上")
    _write(grid, "actual", "３００施設")
    index = _at(grid, "rate")
    assert grid.model.data(index) == "120.0%"
    tip = grid.model.data(index, Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("実績値 300 ÷ 計画値 250 = 120.0%")


def test_the_rate_follows_while_typing(grid):
    _write(grid, "target", "250施設以上")
    editor = _open(grid, "actual")
    type_text(editor, "500施設")
    assert grid.model.data(_at(grid, "rate")) == "200.0%"


def test_a_limit_is_better_when_it_is_smaller(grid):
    _write(grid, "target", "30日以内", 1)
    _write(grid, "actual", "２０日", 1)
    assert grid.model.data(_at(grid, "rate", 1)) == "150.0%"
    assert "小さい方" in grid.model.data(_at(grid, "rate", 1), Qt.ItemDataRole.ToolTipRole)


_NO_RATE = (
    ("", "30件", "no_target"),
    ("30件", "", "no_actual"),
    ("30件", "多数", "not_a_quantity"),
    ("30件", "30日", "units_differ"),
    ("10～20件", "15件", "range"),
    ("0件", "3件", "not_positive"),
)


def test_no_rate_says_why(grid, subtests):
    index = _at(grid, "rate")
    for target, actual, reason in _NO_RATE:
        with subtests.test(reason):
            for field, text in (("target", target), ("actual", actual)):
                editor = _open(grid, field)
                QTest.keyClick(editor, Qt.Key.Key_Delete)
                type_text(editor, text)
                QTest.keyClick(editor, Qt.Key.Key_Return)
                QApplication.processEvents()
            assert grid.model.data(index) == (word("grid_met") if reason == "range" else "")
            assert grid.model.data(index, Qt.ItemDataRole.ToolTipRole) == REASONS[reason]


def test_the_rate_cannot_be_written(grid):
    index = _at(grid, "rate")
    grid.table.setCurrentIndex(index)
    grid.table.setFocus()
    QTest.keyClick(grid.table, Qt.Key.Key_5)
    assert grid.table.indexWidget(index) is None
    assert not grid.model.flags(index) & Qt.ItemFlag.ItemIsEditable


def test_the_lines_that_will_print_follow(driver, grid):
    _write(grid, "indicator_name", "指標の新しい名")
    _write(grid, "actual", "777件")
    assert "・指標の新しい名：777件【計画：250施設以上】" in _printed(grid)
    driver.wait_preview("777件")


def test_earlier_years_stand_beside_and_are_written_as_theirs(driver, grid):
    node = grid.model.address(_at(grid, "actual", year=2023)).node
    newest = driver.stored(node, "actual")
    _write(grid, "actual", "269施設", year=2023)
    assert driver.snapshot.stored(grid.model.address(_at(grid, "actual", year=2023))) == "269施設"
    assert driver.stored(node, "actual") == newest


def _press(parent, action):
    button = next(button for button in parent.findChildren(QToolButton) if button.text() == action_text(action))
    QTest.mouseClick(button, LEFT)
    QApplication.processEvents()


LEAVINGS = {
    "add an indicator": lambda driver, grid: _press(grid, "add_indicator"),
    "add a part": lambda driver, grid: _press(grid, "add_achievement"),
    "move the line": lambda driver, grid: _press(grid, "grid_down"),
    "another row": lambda driver, grid: _choose_row(driver),
    "another tab": lambda driver, grid: driver.go_tab("basic"),
    "the next item": lambda driver, grid: driver.key(Qt.Key.Key_PageDown, CTRL),
    "another cell": lambda driver, grid: QTest.mouseClick(
        grid.table.viewport(), LEFT, NONE, grid.table.visualRect(_at(grid, "target", 1)).center()
    ),
    "another year": lambda driver, grid: driver.choose_year(2023),
    "the export": lambda driver, grid: driver.desk.commit(),
}


def _choose_row(driver):
    bar = driver.tab.rows.findChild(QTabBar)
    QTest.mouseClick(bar, LEFT, NONE, bar.tabRect(1).center())


@pytest.mark.parametrize("leave", LEAVINGS.values(), ids=LEAVINGS)
def test_what_is_typed_in_a_cell_becomes_final_however_it_is_left(driver, grid, leave):
    address = grid.model.address(_at(grid, "actual"))
    editor = _open(grid, "actual")
    type_text(editor, "456施設")
    leave(driver, grid)
    QApplication.processEvents()
    assert driver.snapshot.stored(address) == "456施設"
    driver.wait_saved()
    assert address not in driver.drafts_on_disk()


def test_closing_the_window_writes_what_is_typed_in_a_cell(open_window, driver, grid, sample):
    address = grid.model.address(_at(grid, "actual"))
    type_text(_open(grid, "actual"), "456施設")
    driver.close()
    again = open_window(sample)
    assert again.snapshot.stored(address) == "456施設"


def test_undo_in_an_open_cell_takes_back_typing_then_the_last_command(driver, grid):
    _write(grid, "actual", "1施設")
    editor = _open(grid, "actual")
    type_text(editor, "2施設")
    driver.undo()
    assert editor.text() != "2施設"
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    QApplication.processEvents()
    driver.undo()
    assert grid.model.data(_at(grid, "actual")) == "301施設"


def test_a_new_indicator_has_a_part_and_is_written_by_keys_alone(driver, grid):
    lines = grid.model.rowCount()
    _press(grid, "add_indicator")
    assert grid.model.rowCount() == lines + 1
    assert grid.table.hasFocus()
    line = grid.table.currentIndex().row()
    assert grid.table.currentIndex().column() == 0
    for text in ("鍵だけの指標", "", "", "10件", "12件"):
        QTest.keyClick(grid.table, Qt.Key.Key_F2)
        editor = grid.table.indexWidget(grid.table.currentIndex())
        type_text(editor, text)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        QApplication.processEvents()
        QTest.keyClick(grid.table, Qt.Key.Key_Right)
    assert grid.model.data(_at(grid, "rate", line)) == "120.0%"


def test_a_part_shares_its_indicator_and_goes_before_it(driver, grid):
    grid.table.setCurrentIndex(grid.model.index(0, 0))
    _press(grid, "add_achievement")
    names = [grid.model.data(grid.model.index(line, 0)) for line in range(grid.model.rowCount())]
    assert names[0] == names[1]
    _press(grid, "remove_grid")
    assert [grid.model.data(grid.model.index(line, 0)) for line in range(grid.model.rowCount())] == [names[0], names[2]]


def test_outputs_are_added_written_moved_and_removed(driver):
    driver.go_item("Ⅰ-1", "indicators")
    grid = next(g for g in driver.tab.findChildren(NodeGrid) if not isinstance(g, IndicatorGrid))
    lines = grid.model.rowCount()
    grid.table.setCurrentIndex(grid.model.index(0, 0))
    _press(grid, "add_output")
    assert grid.table.currentIndex().row() == 1
    _write(grid, "output_name", "新しい指標等", 1)
    grid.table.setCurrentIndex(grid.model.index(1, 0))
    _press(grid, "grid_up")
    assert grid.model.data(grid.model.index(0, 0)) == "新しい指標等"
    _press(grid, "remove_grid")
    assert grid.model.rowCount() == lines
    assert "新しい指標等" not in [grid.model.data(grid.model.index(line, 0)) for line in range(lines)]


def test_pasting_into_a_cell_is_clean_and_one_line(driver, grid):
    editor = _open(grid, "actual")
    paste(editor, "三百\x00\r\n施設")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    stored = driver.stored(grid.model.address(_at(grid, "actual")).node, "actual")
    assert "\x00" not in stored
    assert "\n" not in stored


def test_composing_in_a_cell_and_leaving_it_by_mouse_loses_nothing(driver, grid):
    address = grid.model.address(_at(grid, "actual"))
    editor = _open(grid, "actual")
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    compose(editor, "ごひゃく")
    QTest.mouseClick(grid.table.viewport(), LEFT, NONE, grid.table.visualRect(_at(grid, "target", 1)).center())
    QApplication.processEvents()
    driver.wait_saved()
    assert driver.snapshot.stored(address) == "ごひゃく"
    assert driver.drafts_on_disk() == {}


def test_without_indicators_the_grid_says_what_will_stand_there(driver, grid):
    for _ in range(2):
        grid.table.setCurrentIndex(grid.model.index(0, 0))
        _press(grid, "remove_grid")
    assert grid.model.rowCount() == 0
    assert word("printed_none") in [label.text() for label in grid.findChildren(QLabel)]


def test_all_chosen_lines_are_removed_in_one_step(driver, grid):
    for line in (1, 1):
        grid.table.setCurrentIndex(grid.model.index(line, 0))
        _press(grid, "add_achievement")
    before = [grid.model.text(grid.model.index(line, 0)) for line in range(grid.model.rowCount())]
    assert before[1] == before[2] == before[3]
    grid.table.select_area(Area(0, 0, 3, 2))
    _press(grid, "remove_grid")
    assert [grid.model.text(grid.model.index(line, 0)) for line in range(grid.model.rowCount())] == before[3:]
    driver.undo()
    assert [grid.model.text(grid.model.index(line, 0)) for line in range(grid.model.rowCount())] == before


def test_the_line_under_a_table_tells_nothing_of_the_item_before(driver):
    driver.go_item("Ⅰ-1", "indicators")
    grid = next(grid for grid in driver.tab.findChildren(IndicatorGrid) if grid.isVisible())
    grid.table.setCurrentIndex(grid.model.index(0, 0))
    assert grid.model.told(grid.model.index(0, 0)) == grid.note.text()
    driver.go_item("Ⅰ-2")
    assert not grid.table.currentIndex().isValid()
    assert grid.note.text() == word("grid_keys")


def test_the_line_under_a_table_tells_nothing_of_the_year_before(driver):
    driver.go_item("Ⅰ-1", "indicators")
    grid = next(grid for grid in driver.tab.findChildren(IndicatorGrid) if grid.isVisible())
    place = [column.field.id if column.field else "" for column in grid.model.columns].index("actual")
    grid.table.setCurrentIndex(grid.model.index(0, place))
    driver.choose_year(2023)
    now = grid.table.currentIndex()
    assert grid.note.text() == (grid.model.told(now) if now.isValid() else word("grid_keys"))
