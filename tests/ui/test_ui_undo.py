"""Undo and redo: typing first, then commands; every command that the window offers, with its name and its place."""

import re

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from window_driver import ALT, CTRL, LEFT, NONE, compose, press_button, type_text

from hyoka_desktop.domain.report import Address, NodeKind
from hyoka_desktop.messages.window import action_text, word
from hyoka_desktop.ui.pages.grid import IndicatorGrid, NodeGrid
from hyoka_desktop.ui.tree_model import Entry

WINDOW = (1000, 768)
"""Without room for the preview, which has tests of its own."""


def _facts(snapshot):
    """Tell all that a report holds, but for the number that the next node will get."""
    return dict(snapshot.tree.nodes), {key: dict(years) for key, years in snapshot.values.items()}, snapshot.years


def test_typing_commit_typing_and_three_times_undo(driver):
    driver.go_item("Ⅰ-1", "results")
    row = driver.row_ids("Ⅰ-1")[0]
    start = driver.stored(row, "results")
    driver.type("results", "一")
    driver.leave()
    edit = driver.type("results", "二")
    assert edit.plain() == start + "一二"
    driver.undo()
    assert edit.plain() == start + "一", "typing since the last commit"
    driver.undo()
    assert edit.plain() == start, "the command"
    assert driver.stored(row, "results") == start
    driver.undo()
    assert edit.plain() == start, "nothing is left"
    driver.redo()
    assert edit.plain() == start + "一"
    assert edit.hasFocus()


def test_typing_commit_typing_and_undo_in_a_line(driver):
    driver.go_item("Ⅰ-1", "basic")
    item = driver.item_id("Ⅰ-1")
    start = driver.stored(item, "item_title")
    driver.type("item_title", "一")
    driver.leave()
    edit = driver.type("item_title", "二")
    driver.undo()
    assert edit.text() == start + "一"
    driver.undo()
    assert edit.text() == start
    driver.redo()
    assert edit.text() == start + "一"


def test_typing_commit_typing_and_undo_in_a_date(driver):
    driver.go_page("cover")
    start = driver.edit("cover_date").text()
    edit = driver.focus("cover_date")
    edit.selectAll()
    type_text(edit, "令和7年7月1日")
    driver.leave()
    driver.focus("cover_date")
    driver.undo()
    driver.leave()
    assert driver.edit("cover_date").text() == start
    assert driver.session.undoable is None, "it took back the command, and made no new one"


def test_the_draft_follows_typing_that_is_taken_back(driver):
    driver.go_item("Ⅰ-1", "results")
    row = driver.row_ids("Ⅰ-1")[0]
    start = driver.stored(row, "results")
    driver.type("results", "あ")
    driver.undo()
    driver.wait_saved()
    assert driver.drafts_on_disk() in ({}, {Address(row, "results", 2024): start})


def test_undo_from_the_tool_bar_takes_back_typing_first(driver):
    driver.go_item("Ⅰ-1", "results")
    start = driver.edit("results").plain()
    edit = driver.type("results", "打鍵")
    button = driver.window._bar.widgetForAction(driver.window.actions_["undo"])
    QTest.mouseClick(button, LEFT)
    assert edit.plain() == start


def test_undo_of_a_move_in_the_tree_keeps_a_draft(driver):
    driver.go_item("Ⅰ-2")
    driver.desk.tree.setFocus()
    driver.key(Qt.Key.Key_Down, ALT)
    moved = _order(driver)
    driver.go_item("Ⅰ-1", "results")
    row = driver.row_ids("Ⅰ-1")[0]
    edit = driver.type("results", "途中の入力")
    driver.undo()
    assert not edit.plain().endswith("途中の入力"), "typing first"
    driver.redo()
    assert edit.plain().endswith("途中の入力")
    driver.leave()
    driver.go_item("Ⅰ-1", "results")
    driver.desk.tree.setFocus()
    driver.undo()
    assert _order(driver) == moved, "the text is newer than the move"
    driver.undo()
    assert _order(driver) != moved
    driver.redo()
    driver.redo()
    assert driver.stored(row, "results").endswith("途中の入力")


def test_undo_of_a_move_while_a_draft_of_another_field_stands(driver):
    driver.go_item("Ⅰ-1", "results")
    row = driver.row_ids("Ⅰ-1")[0]
    text = driver.stored(row, "results")
    compose(driver.focus("results"), "未確定")
    driver.trigger("next_item")
    moved = _order(driver)
    driver.desk.tree.setFocus()
    driver.key(Qt.Key.Key_Down, ALT)
    driver.undo()
    assert _order(driver) == moved
    driver.wait_saved()
    assert driver.stored(row, "results") == text + "未確定", "going on made it final, before the move"
    driver.go_item("Ⅰ-1")
    assert driver.edit("results").plain() == text + "未確定"


@pytest.mark.parametrize(("tab", "field"), [("results", "results"), ("basic", "item_title")])
def test_undo_while_composing_is_refused_quietly(driver, tab, field):
    driver.go_item("Ⅰ-1", "basic")
    driver.type("legal_basis", "先の命令")
    driver.leave()
    driver.go_tab(tab)
    edit = driver.focus(field)
    facts = _facts(driver.snapshot)
    text = driver.block(field).editor.text()
    compose(edit, "へんかん")
    driver.undo()
    driver.trigger("undo")
    driver.trigger("redo")
    assert _facts(driver.snapshot) == facts
    assert driver.block(field).editor.text() == text
    assert driver.block(field).editor.is_composing, "the composition goes on"


def test_undo_with_the_cursor_in_a_text_for_reading_takes_back_the_last_command(driver):
    driver.go_item("Ⅰ-1", "results")
    row = driver.row_ids("Ⅰ-1")[0]
    start = driver.stored(row, "results")
    driver.type("results", "取り消す")
    beside = driver.tab._reading._texts[0][1]
    QTest.mouseClick(beside.viewport(), LEFT, NONE, QPoint(5, 5))
    assert driver.stored(row, "results") == start + "取り消す"
    driver.undo()
    assert driver.stored(row, "results") == start


# Every command


def _add_item(driver):
    driver.trigger("add_item")


def _add_section(driver):
    driver.trigger("add_section")


def _tree_key(key):
    def act(driver):
        driver.desk.tree.setFocus()
        driver.key(key, ALT)

    return act


def _move_section(driver):
    driver.go_section("Ⅱ")
    driver.trigger("move_up")


def _remove(driver):
    with driver.dialogs.expect(press_button(word("remove_do"))):
        driver.desk.tree.setFocus()
        driver.key(Qt.Key.Key_Delete)


def _remove_section(driver):
    driver.go_section("Ⅱ")
    _remove(driver)


def _drag_out(driver):
    model, item = driver.desk.model, driver.item_id("Ⅰ-2")
    target = next(e for e in model.entries() if e.kind is NodeKind.SECTION and e.label.startswith("Ⅱ"))
    data = model.mimeData([model.index_of(Entry("", node=item))])
    model.dropMimeData(data, Qt.DropAction.MoveAction, 1, 0, model.index_of(target))


def _renumber(driver):
    driver.desk.tree.setFocus()
    driver.key(Qt.Key.Key_Down, ALT)
    with driver.dialogs.expect(press_button(word("renumber_do"))):
        driver.trigger("renumber")


def _add_year(driver):
    with driver.dialogs.expect(press_button(word("add_year_do"))):
        driver.trigger("add_year")


def _rows_button(action):
    def act(driver):
        driver.go_tab("results")
        _press(driver.tab.rows, action)

    return act


def _grid(driver, kind):
    driver.go_item("Ⅰ-1")
    driver.go_tab("indicators")
    grids = driver.tab.findChildren(NodeGrid)
    return next(grid for grid in grids if isinstance(grid, IndicatorGrid) is (kind == "indicator") and grid.isVisible())


def _grid_button(kind, action, line=0):
    def act(driver):
        grid = _grid(driver, kind)
        grid.table.setCurrentIndex(grid.model.index(line, 0))
        _press(grid, action)

    return act


def _grid_text(driver):
    grid = _grid(driver, "indicator")
    place = [column.field.id if column.field else "" for column in grid.model.columns].index("actual")
    grid.table.setCurrentIndex(grid.model.index(0, place))
    grid.table.setFocus()
    QTest.keyClick(grid.table, Qt.Key.Key_F2)
    editor = grid.table.indexWidget(grid.table.currentIndex())
    type_text(editor, "増")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # the view commits and closes the editor in a queued call


def _field(tab, field, text):
    def act(driver):
        driver.go_tab(tab)
        driver.type(field, text)
        driver.leave()

    return act


def _letter(driver):
    driver.go_tab("self")
    combo = driver.block("self_rating").editor.combo
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_C)


def _flag(driver):
    driver.go_tab("basic")
    box = driver.block("prioritized").editor.box
    QTest.mouseClick(box, LEFT, NONE, QPoint(8, box.height() // 2))


def _plan(driver):
    driver.go_tab("plan")
    block = driver.block("mid_term_plan")
    with driver.dialogs.expect(press_button("計画の変更（令和6年度から）")):
        block.ask_to_unlock()
    driver.activate()
    type_text(driver.edit("mid_term_plan"), "変更")
    driver.leave()


def _add_minister(driver):
    driver.go_page("overview")
    QTest.mouseClick(_button(driver.desk.page, word("add_minister")), LEFT)


def _remove_minister(driver):
    driver.go_page("overview")
    QTest.mouseClick(_button(driver.desk.page, word("remove_minister")), LEFT)


def _press(parent, action):
    QTest.mouseClick(_button(parent, action_text(action)), LEFT)


def _button(parent, text):
    return next(
        button
        for button in parent.findChildren(QToolButton)
        if button.isVisible() and text in (button.text(), button.toolTip(), button.accessibleName())
    )


COMMANDS = {
    "add item": (_add_item, "項目の追加"),
    "add section": (_add_section, "区分の追加"),
    "item down": (_tree_key(Qt.Key.Key_Down), "項目の移動"),
    "item up": (_tree_key(Qt.Key.Key_Up), "項目の移動"),
    "section up": (_move_section, "区分の移動"),
    "drag into another section": (_drag_out, "項目の移動"),
    "remove item": (_remove, "項目の削除"),
    "remove section": (_remove_section, "区分の削除"),
    "renumber": (_renumber, "項目番号の振り直し"),
    "add year": (_add_year, "年度の追加"),
    "add row": (_rows_button("add_row"), "行の追加"),
    "remove row": (_rows_button("remove_row"), "行の削除"),
    "move row": (_rows_button("move_row_down"), "行の移動"),
    "add indicator": (_grid_button("indicator", "add_indicator"), "指標の追加"),
    "add achievement": (_grid_button("indicator", "add_achievement"), "内訳の追加"),
    "move indicator": (_grid_button("indicator", "grid_down"), "指標の移動"),
    "remove indicator": (_grid_button("indicator", "remove_grid"), "指標の削除"),
    "add output": (_grid_button("output", "add_output"), "アウトプット指標の追加"),
    "move output": (_grid_button("output", "grid_up", 1), "アウトプット指標の移動"),
    "remove output": (_grid_button("output", "remove_grid", 1), "アウトプット指標の削除"),
    "edit a cell": (_grid_text, "実績値の入力"),
    "type a text": (_field("results", "results", "加筆"), "主要な業務実績の入力"),
    "type a line": (_field("basic", "item_title", "加筆"), "項目名の入力"),
    "type a number": (_field("basic", "staff", "1"), "従事人員数の入力"),
    "choose a letter": (_letter, "自己評定の入力"),
    "set a flag": (_flag, "重点化の対象の入力"),
    "change the plan": (_plan, "中期計画の計画の変更"),
    "add minister": (_add_minister, "主務大臣の追加"),
    "remove minister": (_remove_minister, "主務大臣の削除"),
}


@pytest.mark.parametrize(("act", "name"), COMMANDS.values(), ids=COMMANDS)
def test_every_command_is_named_and_taken_back_and_repeated_exactly(driver, act, name):
    driver.go_item("Ⅰ-2")
    driver.desk.tree.setFocus()
    before = _facts(driver.snapshot)
    act(driver)
    after = _facts(driver.snapshot)
    assert after != before
    assert driver.undo_name() == f"{name}を元に戻す"
    steps = len(driver.session._done)
    for step in range(steps):
        driver.desk.tree.setFocus()
        driver.undo()
        assert step or driver.redo_name() == f"{name}をやり直す"
    assert _facts(driver.snapshot) == before
    for _ in range(steps):
        driver.desk.tree.setFocus()
        driver.redo()
    assert _facts(driver.snapshot) == after
    driver.wait_saved()
    assert driver.session.anchor(), "the store took every step of it"


def test_no_name_of_undo_holds_a_placeholder():
    for _, name in COMMANDS.values():
        assert not re.search(r"[{}A-Za-z_]", name)


def test_undo_goes_to_the_field_that_it_changes(driver):
    driver.go_item("Ⅰ-1", "self")
    driver.type("self_grounds", "離れた所の変更")
    driver.leave()
    driver.go_item("Ⅱ-1", "basic")
    driver.desk.tree.setFocus()
    driver.undo()
    assert driver.desk.item == driver.item_id("Ⅰ-1")
    assert driver.tab.tab.id == "self"
    assert driver.edit("self_grounds").hasFocus()


def test_undo_goes_to_the_row_that_it_changes(driver):
    driver.go_item("Ⅰ-1", "results")
    third = driver.row_ids("Ⅰ-1")[2]
    driver.tab.rows.choose(third)
    driver.type("results", "三行目", third)
    driver.leave()
    driver.go_page("overview")
    driver.desk.tree.setFocus()
    driver.undo()
    assert driver.tab.rows.row == third
    assert driver.edit("results", third).hasFocus()


def test_undo_goes_to_the_cell_that_it_changes(driver):
    driver.go_item("Ⅰ-1")
    _grid_text(driver)
    driver.go_item("Ⅱ-1", "basic")
    driver.desk.tree.setFocus()
    driver.undo()
    assert driver.desk.item == driver.item_id("Ⅰ-1")
    grid = _grid(driver, "indicator")
    assert grid.table.hasFocus()
    assert grid.model.columns[grid.table.currentIndex().column()].field.id == "actual"


def test_undo_of_a_removed_row_goes_to_the_row(driver):
    driver.go_item("Ⅰ-1", "results")
    second = driver.row_ids("Ⅰ-1")[1]
    driver.tab.rows.choose(second)
    _press(driver.tab.rows, "remove_row")
    driver.go_item("Ⅱ-1", "basic")
    driver.desk.tree.setFocus()
    driver.undo()
    assert driver.desk.item == driver.item_id("Ⅰ-1")
    driver.go_tab("results")
    assert driver.tab.rows.row == second


def test_undo_of_a_change_in_another_year_shows_that_year(driver):
    driver.go_item("Ⅰ-1", "results")
    driver.type("results", "令和6年度の加筆")
    driver.leave()
    driver.choose_year(2023)
    driver.desk.tree.setFocus()
    driver.undo()
    assert driver.year == 2024, "what was taken back is to be seen"


@pytest.mark.parametrize("typed", ["途中", ""])
def test_redo_of_a_change_in_another_year_leaves_no_text_half_typed_behind(driver, typed):
    driver.choose_year(2023)
    driver.go_item("Ⅰ-1", "results")
    driver.type("results", "前の年の文")
    driver.leave()
    driver.undo()
    driver.choose_year(2024)
    row = driver.row_ids("Ⅰ-1")[0]
    start = driver.stored(row, "results")
    driver.type("results", typed)
    driver.redo()
    assert driver.year == (2024 if typed else 2023), "what is typed comes after what was taken back, and ends it"
    driver.choose_year(2024)
    assert driver.stored(row, "results") == start + typed
    driver.wait_saved()
    assert driver.drafts_on_disk() == {}


def test_undo_of_a_new_year_shows_a_year_that_there_is(driver):
    _add_year(driver)
    assert driver.year == 2025
    driver.desk.tree.setFocus()
    driver.undo()
    assert driver.snapshot.years == (2023, 2024)
    assert driver.year in driver.snapshot.years
    assert driver.window._year.currentText() == "令和6年度"


def test_steps_are_taken_back_in_the_order_in_which_they_were_made(driver):
    driver.go_item("Ⅰ-1", "results")
    row = driver.row_ids("Ⅰ-1")[0]
    start, items = driver.stored(row, "results"), len(driver.workplace.view.items)
    driver.type("results", "先に打った文章")
    driver.key(Qt.Key.Key_N, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert len(driver.workplace.view.items) == items + 1
    driver.desk.tree.setFocus()
    driver.undo()
    assert len(driver.workplace.view.items) == items, "the item came last"
    assert driver.stored(row, "results") == start + "先に打った文章"


def test_a_row_that_is_added_while_typing_is_taken_back_before_the_typing(driver):
    driver.go_item("Ⅰ-1", "results")
    rows = driver.row_ids("Ⅰ-1")
    driver.type("results", "先に打った文章")
    _press(driver.tab.rows, "add_row")
    driver.desk.tree.setFocus()
    driver.undo()
    assert driver.row_ids("Ⅰ-1") == rows
    assert driver.stored(rows[0], "results").endswith("先に打った文章")


def test_text_typed_into_a_row_comes_back_with_the_row(driver):
    driver.go_item("Ⅰ-1", "results")
    first = driver.row_ids("Ⅰ-1")[0]
    driver.type("results", "消される直前")
    _press(driver.tab.rows, "remove_row")
    assert first not in driver.row_ids("Ⅰ-1")
    driver.desk.tree.setFocus()
    driver.undo()
    assert driver.row_ids("Ⅰ-1")[0] == first
    assert driver.stored(first, "results").endswith("消される直前")


def test_undo_with_nothing_to_take_back_does_nothing(driver):
    facts = _facts(driver.snapshot)
    driver.desk.tree.setFocus()
    driver.undo()
    driver.redo()
    assert _facts(driver.snapshot) == facts
    assert driver.undo_name() == action_text("undo")


def _order(driver):
    return [item.id for item in driver.workplace.view.items]
