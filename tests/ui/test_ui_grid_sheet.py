"""The table of indicators as a spreadsheet: its keys, its blocks, what an input method begins, what cells say."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QTableView
from window_driver import CTRL, LEFT, NONE, SHIFT, compose, end_composition, focused, press_button, type_text

from hyoka_desktop.domain.work import WorkState
from hyoka_desktop.messages.commandline import ODDITIES
from hyoka_desktop.messages.window import word
from hyoka_desktop.messages.words.achievement import UNREAD
from hyoka_desktop.services import progress
from hyoka_desktop.services.blocks import Area
from hyoka_desktop.ui.pages.grid import IndicatorGrid
from hyoka_desktop.ui.pages.grid_model import POINTS_ROLE, UNREAD_ROLE
from hyoka_desktop.ui.theme import COLOURS

Key = Qt.Key
TIP = Qt.ItemDataRole.ToolTipRole


@pytest.fixture
def grid(driver):
    driver.go_item("Ⅰ-1", "indicators")
    grid = next(grid for grid in driver.tab.findChildren(IndicatorGrid))
    _at(grid, "target")
    return grid


def _place(grid, field, year=2024):
    for place, column in enumerate(grid.model.columns):
        name = column.field.id if column.field else column.computed.name.lower()
        if name == field and column.year == year:
            return place
    raise AssertionError(field)


def _index(grid, field, line=0, year=2024):
    return grid.model.index(line, _place(grid, field, year))


def _at(grid, field, line=0, year=2024):
    grid.table.setFocus()
    grid.table.setCurrentIndex(_index(grid, field, line, year))


def _key(grid, key, modifiers=NONE):
    target = QApplication.focusWidget()
    assert target is grid.table or grid.table.isAncestorOf(target)
    QTest.keyClick(target, key, modifiers)
    QApplication.processEvents()


def _texts(grid, fields, lines=(0, 1)):
    return [[grid.model.text(_index(grid, field, line)) for field in fields] for line in lines]


def _current(grid):
    index = grid.table.currentIndex()
    column = grid.model.columns[index.column()]
    return index.row(), column.field.id if column.field else column.computed.name.lower()


def _clip(text):
    QGuiApplication.clipboard().setText(text)


def _paste(grid, text):
    _clip(text)
    _key(grid, Key.Key_V, CTRL)


PAIR = ("target", "actual")
FIRST = [["250施設以上", "301施設"], ["30日以内", "24日"]]


def test_the_sample_begins_as_these_tests_say(grid):
    assert _texts(grid, PAIR) == FIRST


MOVES = {
    "enter": ([(Key.Key_Return, NONE)], (1, "target")),
    "shift enter": ([(Key.Key_Return, NONE), (Key.Key_Return, SHIFT)], (0, "target")),
    "tab": ([(Key.Key_Tab, NONE)], (0, "actual")),
    "tabs then enter": ([(Key.Key_Tab, NONE), (Key.Key_Tab, NONE), (Key.Key_Return, NONE)], (1, "target")),
    "shift tab": ([(Key.Key_Backtab, SHIFT)], (0, "unit")),
    "home": ([(Key.Key_Home, NONE)], (0, "indicator_name")),
    "end": ([(Key.Key_End, NONE)], (0, "indicator_lead")),
    "ctrl home": ([(Key.Key_Down, NONE), (Key.Key_Home, CTRL)], (0, "indicator_name")),
    "ctrl end": ([(Key.Key_End, CTRL)], (1, "indicator_lead")),
    "ctrl down": ([(Key.Key_Down, CTRL)], (1, "target")),
    "arrows": ([(Key.Key_Down, NONE), (Key.Key_Right, NONE), (Key.Key_Up, NONE)], (0, "actual")),
}


@pytest.mark.parametrize(("keys", "place"), MOVES.values(), ids=MOVES)
def test_keys_move_as_in_a_spreadsheet(grid, keys, place):
    for key, modifiers in keys:
        _key(grid, key, modifiers)
    assert _current(grid) == place


def test_tab_goes_on_to_the_next_line_behind_the_last_column(grid):
    _at(grid, "indicator_lead")
    _key(grid, Key.Key_Tab)
    assert _current(grid) == (1, "indicator_name")


def test_the_table_is_left_behind_its_last_cell_and_after_escape(grid):
    _at(grid, "indicator_lead", 1)
    _key(grid, Key.Key_Tab)
    assert not grid.table.hasFocus()
    _at(grid, "target")
    _key(grid, Key.Key_Escape)
    assert grid.note.text() == word("grid_leave")
    _key(grid, Key.Key_Tab)
    assert not grid.table.hasFocus()
    assert "Esc" in grid.table.accessibleDescription()


def test_shift_with_arrows_extends_and_enter_goes_round_in_the_selection(grid):
    _key(grid, Key.Key_Right, SHIFT)
    _key(grid, Key.Key_Down, SHIFT)
    area = Area(0, _place(grid, "target"), 2, 2)
    assert grid.table.selected_area == area
    _at(grid, "target")
    grid.table.select_area(area)
    seen = []
    for _ in range(4):
        _key(grid, Key.Key_Return)
        seen.append(_current(grid))
    assert seen == [(1, "target"), (0, "actual"), (1, "actual"), (0, "target")]
    assert grid.table.selected_area == area


def test_ctrl_a_selects_all_and_ctrl_shift_arrow_to_the_end(grid):
    _key(grid, Key.Key_A, CTRL)
    assert grid.table.selected_area == Area(0, 0, grid.model.rowCount(), grid.model.columnCount())
    _at(grid, "target")
    _key(grid, Key.Key_Down, CTRL | SHIFT)
    assert grid.table.selected_area == Area(0, _place(grid, "target"), 2, 1)


def test_typing_begins_anew_enter_writes_and_goes_down_and_arrows_write_too(grid):
    type_text(grid.table, "1")
    type_text(QApplication.focusWidget(), "0件")
    _key(grid, Key.Key_Return)
    assert _current(grid) == (1, "target")
    type_text(grid.table, "2")
    _key(grid, Key.Key_Right)
    assert _current(grid) == (1, "actual")
    assert [row[0] for row in _texts(grid, PAIR)] == ["10件", "2"]


def test_f2_keeps_the_text_and_lets_the_arrows_move_in_it(grid):
    _key(grid, Key.Key_F2)
    _key(grid, Key.Key_Right)
    _key(grid, Key.Key_Left)
    editor = QApplication.focusWidget()
    assert editor.text() == "250施設以上"
    assert _current(grid) == (0, "target")
    _key(grid, Key.Key_End)
    type_text(editor, "X")
    _key(grid, Key.Key_Return)
    assert _texts(grid, PAIR)[0][0] == "250施設以上X"


def test_backspace_begins_with_an_empty_cell(grid):
    _key(grid, Key.Key_Backspace)
    assert QApplication.focusWidget().text() == ""
    _key(grid, Key.Key_Escape)
    assert _texts(grid, PAIR) == FIRST


def test_composing_on_a_cell_begins_it_with_no_character_lost(driver, grid):
    address = grid.model.address(grid.table.currentIndex())
    for step in ("ｎ", "に", "にひゃく"):
        compose(grid.table, step)
        driver.wait_saved()
        assert driver.drafts_on_disk() == {address: step}, "the composition stands in place of the old text"
    end_composition(grid.table, "二百")
    editor = grid.table.indexWidget(grid.table.currentIndex())
    assert editor.text() == "二百"
    assert editor.hasFocus()
    compose(editor, "けん")
    end_composition(editor, "件")
    _key(grid, Key.Key_Return)
    assert driver.snapshot.stored(address) == "二百件"


def test_a_composition_that_is_given_up_leaves_the_cell_as_it_was(driver, grid):
    compose(grid.table, "に")
    compose(grid.table, "")
    _key(grid, Key.Key_Escape)
    driver.wait_saved()
    assert driver.drafts_on_disk() == {}
    assert _texts(grid, PAIR) == FIRST


def test_full_width_input_is_kept_and_understood(grid):
    compose(grid.table, "１２３")
    end_composition(grid.table, "１２３．５施設")
    _key(grid, Key.Key_Return)
    assert _texts(grid, PAIR)[0][0] == "１２３．５施設"
    assert word("grid_read_as", quantity="123.5 施設") in grid.model.data(_index(grid, "target"), TIP)


READINGS = {
    "▲3": "-3", "△3": "-3", "－3": "-3", "1,234千円": "1,234,000 円", "９５％以上": "95 %以上",
    "5百万円": "5,000,000 円",
    "10～20件": word("grid_range", low="10", high="20") + " 件",
}  # fmt: skip


@pytest.mark.parametrize(("text", "reading"), READINGS.items(), ids=READINGS)
def test_what_was_understood_is_told_at_the_cell_and_below_the_table(grid, text, reading):
    _paste(grid, text)
    _at(grid, "actual")
    _at(grid, "target")
    assert grid.model.text(_index(grid, "target")) == text, "it stays as written"
    told = f"{text}\n{word('grid_read_as', quantity=reading)}"
    assert grid.model.data(_index(grid, "target"), TIP) == told
    assert grid.note.text() == told


def test_a_number_takes_the_unit_of_its_column(grid):
    grid.model.setData(_index(grid, "unit"), "（千円）")
    _paste(grid, "1,200\t1.5百万円")
    assert word("grid_read_as", quantity="1,200,000 円") in grid.model.data(_index(grid, "target"), TIP)
    assert grid.model.data(_index(grid, "rate")) == "125.0%"


def test_what_is_not_understood_has_a_sign_and_says_why(grid):
    _paste(grid, "前年度比3％増")
    index = _index(grid, "target")
    assert index.data(UNREAD_ROLE) is True
    assert UNREAD["compared"] in index.data(TIP)
    assert UNREAD["compared"] in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert _pixels(_picture(grid, index), COLOURS.warning) > 0


def _picture(grid, index) -> QImage:
    return grid.table.viewport().grab(grid.table.visualRect(index)).toImage()


def _pixels(image: QImage, colour: str) -> int:
    places = [QPoint(x, y) for x in range(image.width()) for y in range(image.height())]
    return sum(image.pixelColor(place).name() == colour for place in places)


def test_what_need_not_be_a_number_has_no_sign(grid):
    _paste(grid, "令和6年3月までに改訂")
    index = _index(grid, "target")
    assert index.data(UNREAD_ROLE) is True
    _at(grid, "direction")
    _paste(grid, "節目")
    assert index.data(UNREAD_ROLE) is False
    assert UNREAD["several"] not in index.data(TIP)
    _at(grid, "actual", 1)
    _paste(grid, "－")
    assert _index(grid, "actual", 1).data(UNREAD_ROLE) is False, "a dash says that there is none"


def test_a_cell_that_is_understood_has_no_sign(grid):
    assert _index(grid, "target").data(UNREAD_ROLE) is False
    assert _pixels(_picture(grid, _index(grid, "target")), COLOURS.warning) == 0


def test_a_block_from_excel_is_pasted_in_one_step_of_undo(driver, grid):
    _paste(grid, '"二百\n五十"\t３００\r\n▲3\t"1""5"\r\n')
    assert _texts(grid, PAIR) == [["二百 五十", "３００"], ["▲3", '1"5']]
    assert word("grid_joined_lines", count=1) in grid.note.text()
    assert "貼り付け" in driver.undo_name()
    driver.undo()
    assert _texts(grid, PAIR) == FIRST
    driver.redo()
    assert _texts(grid, PAIR)[1] == ["▲3", '1"5']


def test_one_value_fills_the_selected_block(grid):
    grid.table.select_area(Area(0, _place(grid, "target"), 2, 2))
    _paste(grid, "7件\r\n")
    assert _texts(grid, PAIR) == [["7件", "7件"], ["7件", "7件"]]


def test_what_was_cleaned_is_said(grid):
    _paste(grid, "三百\x00施設")
    assert _texts(grid, PAIR)[0][0] == "三百施設"
    assert word("grid_cleaned", details=f"{ODDITIES['control']} 1") in grid.note.text()


def test_a_block_that_is_longer_than_the_table_adds_indicators_where_that_is_wanted(driver, grid, dialogs):
    _at(grid, "indicator_name", 1)
    with dialogs.expect(press_button(word("grid_paste_add", missing=2))):
        _paste(grid, "二\t\t件\t10\t20\r\n三\t\t\t30\t40\r\n四\t\t\t50\t60")
    assert grid.model.rowCount() == 4
    assert _texts(grid, ("indicator_name", "unit", *PAIR), (1, 2, 3)) == [
        ["二", "件", "10", "20"],
        ["三", "", "30", "40"],
        ["四", "", "50", "60"],
    ]
    driver.undo()
    assert grid.model.rowCount() == 2
    assert _texts(grid, PAIR) == FIRST


def test_a_block_that_is_longer_is_pasted_as_far_as_it_fits_or_not_at_all(driver, grid, dialogs):
    with dialogs.expect(press_button(word("cancel"))):
        _paste(grid, "1\r\n2\r\n3")
    assert _texts(grid, PAIR) == FIRST
    driver.activate()
    with dialogs.expect(press_button(word("grid_paste_part"))):
        _paste(grid, "1\r\n2\r\n3")
    assert [row[0] for row in _texts(grid, PAIR)] == ["1", "2"]
    assert word("grid_cut_rows", count=1) in grid.note.text()


def test_a_block_that_is_wider_says_so(grid, dialogs):
    _at(grid, "indicator_lead")
    with dialogs.expect(press_button(word("grid_paste_part"))):
        _paste(grid, "前置き\t余り")
    assert _texts(grid, ("indicator_lead",), (0,)) == [["前置き"]]
    assert word("grid_cut_columns", count=1) in grid.note.text()


def test_computed_cells_and_words_that_cannot_be_chosen_stay_and_are_counted(grid):
    _at(grid, "actual")
    _paste(grid, "1件\t999%")
    assert word("grid_skipped", count=1) in grid.note.text()
    _at(grid, "direction")
    _paste(grid, "大きい")
    assert _texts(grid, ("direction",), (0,)) == [[""]]
    assert word("grid_refused", count=1) in grid.note.text()
    _paste(grid, "小さい方が良い")
    assert _texts(grid, ("direction",), (0,)) == [["小さい方が良い"]]


def test_copy_gives_what_excel_reads_and_comes_back(grid):
    grid.model.setData(_index(grid, "target"), "=1+1")
    grid.table.select_area(Area(0, _place(grid, "target"), 2, 2))
    _key(grid, Key.Key_C, CTRL)
    contents = QGuiApplication.clipboard().mimeData()
    assert contents.text() == "'=1+1\t301施設\r\n30日以内\t24日"
    assert "mso-number-format" in contents.html()
    before = _texts(grid, PAIR)
    _key(grid, Key.Key_Delete)
    assert _texts(grid, PAIR) == [["", ""], ["", ""]]
    _key(grid, Key.Key_V, CTRL)
    assert _texts(grid, PAIR) == before


ACTS = {
    "delete": (Key.Key_Delete, NONE, [["", ""], ["", ""]], "消去"),
    "cut": (Key.Key_X, CTRL, [["", ""], ["", ""]], "消去"),
    "fill down": (Key.Key_D, CTRL, [FIRST[0], FIRST[0]], "コピー"),
    "fill right": (Key.Key_R, CTRL, [[FIRST[0][0]] * 2, [FIRST[1][0]] * 2], "コピー"),
}


@pytest.mark.parametrize(("key", "modifiers", "after", "name"), ACTS.values(), ids=ACTS)
def test_an_act_on_a_block_is_one_named_step_of_undo(driver, grid, key, modifiers, after, name):
    grid.table.select_area(Area(0, _place(grid, "target"), 2, 2))
    _key(grid, key, modifiers)
    assert _texts(grid, PAIR) == after
    assert name in driver.undo_name()
    driver.undo()
    assert _texts(grid, PAIR) == FIRST


def test_fill_down_on_one_cell_takes_what_stands_above(grid):
    _at(grid, "target", 1)
    _key(grid, Key.Key_D, CTRL)
    assert _texts(grid, PAIR)[1][0] == FIRST[0][0]
    _at(grid, "target", 0)
    _key(grid, Key.Key_D, CTRL)
    assert _texts(grid, PAIR)[0][0] == FIRST[0][0], "above the first line there is nothing"


def test_the_direction_is_chosen_from_a_list_and_turns_the_rate(grid):
    _at(grid, "direction")
    _key(grid, Key.Key_F2)
    box = grid.table.indexWidget(grid.table.currentIndex())
    assert isinstance(box, QComboBox)
    box.setCurrentText("小さい方が良い")
    _key(grid, Key.Key_Return)
    assert _texts(grid, ("direction",), (0,)) == [["小さい方が良い"]]
    assert grid.model.data(_index(grid, "rate")) == "83.0%"
    assert "計画値 250 ÷ 実績値 301" in grid.model.data(_index(grid, "rate"), TIP)


def test_a_reduction_counts_from_its_baseline(grid):
    for field, text in (("baseline", "40日"), ("direction", "基準値から減らす"), ("actual", "25日")):
        grid.model.setData(_index(grid, field, 1), text)
    assert grid.model.data(_index(grid, "rate", 1)) == "150.0%"
    assert "基準値 40" in grid.model.data(_index(grid, "rate", 1), TIP)


def test_five_years_stand_beside_each_other_newest_first_with_a_line_of_their_values(grid):
    years = [column.year for column in grid.model.columns if column.field and column.field.id == "actual"]
    assert years == [2024, 2023, 2022, 2021, 2020]
    for year, text in ((2023, "270施設"), (2021, "200施設"), (2020, "多数")):
        grid.model.setData(_index(grid, "actual", 0, year), text)
    grid.model.setData(_index(grid, "actual", 0, 2022), "")
    index = _index(grid, "trend")
    assert index.data(POINTS_ROLE) == [None, 200.0, None, 270.0, 301.0]
    assert "令和5年度 270施設" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    grid.table.scrollTo(index)
    assert _pixels(_picture(grid, index), COLOURS.accent) > 0


def test_nothing_is_written_where_the_report_is_only_read(driver, grid, monkeypatch):
    monkeypatch.setattr(type(driver.workplace), "is_read_only", property(lambda _: True))
    for key, modifiers in ((Key.Key_Delete, NONE), (Key.Key_V, CTRL), (Key.Key_D, CTRL)):
        _clip("1")
        _key(grid, key, modifiers)
    assert _texts(grid, PAIR) == FIRST
    assert isinstance(grid.table, QTableView)


def test_the_names_stay_in_sight_when_the_years_are_scrolled_and_hide_no_cell_in_hand(grid):
    assert not grid.frozen.isVisible()
    _key(grid, Key.Key_End)
    assert grid.frozen.isVisible()
    assert grid.frozen.columnWidth(0) == grid.table.columnWidth(0)
    while _current(grid)[1] != "achievement_label":
        _key(grid, Key.Key_Left)
        place = grid.table.visualRect(grid.table.currentIndex())
        assert place.left() >= (grid.table.columnWidth(0) if grid.frozen.isVisible() else 0)
    _key(grid, Key.Key_End)
    QTest.mouseClick(grid.frozen.viewport(), LEFT, NONE, grid.frozen.visualRect(grid.model.index(1, 0)).center())
    assert _current(grid) == (1, "indicator_name")
    assert grid.table.hasFocus()
    assert not grid.frozen.isVisible()


def test_f2_goes_on_behind_the_text_and_typing_begins_anew(grid):
    _at(grid, "actual")
    before = grid.table.currentIndex().data()
    _key(grid, Key.Key_F2)
    type_text(QApplication.focusWidget(), "９")
    QTest.keyClick(focused(), Key.Key_Return)
    assert _index(grid, "actual").data() == before + "９"
    _at(grid, "actual")
    type_text(grid.table, "7")
    type_text(QApplication.focusWidget(), "8")
    QTest.keyClick(focused(), Key.Key_Return)
    assert _index(grid, "actual").data() == "78"


EXTENDING = {
    "down and up again": ([(Key.Key_Down, CTRL | SHIFT), (Key.Key_Up, CTRL | SHIFT)], (0, "target", 1, 1)),
    "back over the beginning": ([(Key.Key_Right, CTRL | SHIFT), (Key.Key_Left, CTRL | SHIFT)], (0, "target", 1, 1)),
    "cells, then to the end": ([(Key.Key_Right, SHIFT), (Key.Key_Down, CTRL | SHIFT)], (0, "target", 2, 2)),
    "to the first cell": ([(Key.Key_Home, CTRL | SHIFT)], (0, "indicator_name", 1, 4)),
}


@pytest.mark.parametrize(("keys", "area"), EXTENDING.values(), ids=EXTENDING)
def test_what_is_selected_goes_from_where_it_began_to_where_the_keys_lead(grid, keys, area):
    for key, modifiers in keys:
        _key(grid, key, modifiers)
    top, left, rows, columns = area
    assert grid.table.selected_area == Area(top, _place(grid, left), rows, columns)


def test_to_the_last_cell_all_is_selected(grid):
    _key(grid, Key.Key_End, CTRL | SHIFT)
    rows, columns = grid.model.rowCount(), grid.model.columnCount()
    assert grid.table.selected_area == Area(0, _place(grid, "target"), rows, columns - _place(grid, "target"))


def test_empty_rows_and_columns_at_the_end_of_a_block_ask_for_no_room(driver, grid):
    _paste(grid, "1件\t2件\r\n3件\t4件\r\n\t\r\n\t\r\n")
    assert _texts(grid, PAIR) == [["1件", "2件"], ["3件", "4件"]]
    _at(grid, "indicator_lead")
    _paste(grid, "文\t\t\r\n")
    assert _texts(grid, ("indicator_lead",), (0,)) == [["文"]]
    assert driver.dialogs.seen == []


def _click(grid, name):
    QTest.mouseClick(next(button for button in grid._changing if button.objectName() == name), LEFT)
    QApplication.processEvents()


def test_the_cell_in_hand_stays_so_when_lines_move_come_and_go(driver, grid):
    _at(grid, "actual")
    _click(grid, "grid_down")
    assert _current(grid) == (1, "actual"), "it moved with its line"
    grid.table.setFocus()
    driver.undo()
    assert _current(grid) == (0, "actual")
    _at(grid, "actual", 1)
    _click(grid, "remove_grid")
    assert _current(grid) == (0, "actual"), "the next line, or the last one"
    assert grid.note.text().startswith("301施設"), "which is told of"
    grid.table.setFocus()
    driver.undo()
    assert _current(grid) == (0, "actual")
    _key(grid, Key.Key_Down)
    assert _current(grid) == (1, "actual")


def test_another_item_begins_without_a_cell_in_hand(driver, grid):
    driver.go_item("Ⅰ-2", "indicators")
    assert not grid.table.currentIndex().isValid()


def test_a_width_that_was_given_to_a_column_stays(driver, grid):
    grid.table.setColumnWidth(0, 300)
    _click(grid, "add_indicator")
    assert grid.table.columnWidth(0) == 300
    driver.go_item("Ⅰ-2", "indicators")
    driver.go_item("Ⅰ-1", "indicators")
    assert grid.table.columnWidth(0) == 300


LONG = "電子申請の利用率（全申請件数に占める電子申請の件数の割合。令和4年度から対象の手続を広げた。）"


def test_a_line_is_as_high_as_its_longest_text_and_the_table_as_all_lines(driver, grid):
    usual, before = grid.table.rowHeight(1), grid.table.height()
    _at(grid, "indicator_name")
    _paste(grid, LONG)
    higher = grid.table.rowHeight(0)
    assert higher >= usual + 2 * grid.table.fontMetrics().lineSpacing()
    assert grid.table.height() - before == higher - usual
    assert grid.table.rowHeight(1) == usual
    _at(grid, "indicator_lead")
    assert grid.frozen.isVisible()
    assert grid.frozen.rowHeight(0) == higher, "the names that stay in sight stand beside their values"
    grid.table.setColumnWidth(0, 900)
    assert grid.table.rowHeight(0) == usual, "a wide column needs one line"
    driver.undo()
    assert grid.table.height() == before


def test_a_line_that_is_edited_is_as_wide_as_its_text(grid):
    _at(grid, "indicator_name")
    _key(grid, Key.Key_F2)
    edit = QApplication.focusWidget()
    cell = edit.width()
    end_composition(edit, LONG)
    assert edit.width() >= edit.fontMetrics().horizontalAdvance(edit.text()) or edit.geometry().right() >= (
        edit.parentWidget().width() - 1
    )
    assert edit.width() > cell
    _key(grid, Key.Key_Escape)
    _key(grid, Key.Key_F2)
    assert QApplication.focusWidget().width() < edit.parentWidget().width() // 2


def test_the_cell_in_hand_is_found_again_when_all_lines_come_back(driver, grid):
    grid.table.select_area(Area(0, _place(grid, "target"), 2, 1))
    _click(grid, "remove_grid")
    assert grid.model.rowCount() == 0
    assert grid.note.text() == word("grid_empty"), "nothing more of the cell that went"
    grid.table.setFocus()
    driver.undo()
    assert _current(grid) == (0, "target")


FINAL = {
    "typing": lambda grid: type_text(grid.table, "5"),
    "erasing": lambda grid: _key(grid, Key.Key_Delete),
    "pasting": lambda grid: _paste(grid, "5件\n6件\n7件"),
    "filling": lambda grid: _key(grid, Key.Key_D, CTRL),
}


@pytest.mark.parametrize("write", FINAL.values(), ids=FINAL)
def test_writing_in_the_table_of_a_final_item_is_refused_in_the_line_below_as_in_texts(driver, grid, write):
    progress.set_state(driver.session, 2024, [driver.item_id("Ⅰ-1")], WorkState.FINAL)
    _at(grid, "target", 1)
    write(grid)
    assert driver.window.statusBar().currentMessage() == word("locked_final")
    assert _texts(grid, PAIR) == FIRST
    assert driver.dialogs.seen == []


def test_typing_on_what_is_computed_says_how_and_not_that_the_item_is_final(driver, grid):
    _at(grid, "rate")
    type_text(grid.table, "5")
    assert driver.window.statusBar().currentMessage() == ""
    assert "÷" in grid.note.text()


def test_ctrl_enter_writes_what_was_typed_into_all_selected_cells_in_one_step(driver, grid):
    grid.table.select_area(Area(0, _place(grid, "target"), 2, 2))
    type_text(grid.table, "5")
    type_text(QApplication.focusWidget(), "件")
    _key(grid, Key.Key_Return, CTRL)
    assert _texts(grid, PAIR) == [["5件", "5件"]] * 2
    assert grid.note.text() == word("grid_spread", cells=4)
    assert grid.table.hasFocus()
    assert driver.drafts_on_disk() == {}, "the draft of the cell went into the step"
    driver.undo()
    assert _texts(grid, PAIR) == FIRST
