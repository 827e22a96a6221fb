"""The tree: drag and drop, keys, filter, going on from item to item with the tab kept; the bar of rows."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar, QToolButton
from window_driver import ALT, CTRL, LEFT, NONE, press_button, type_text

from hyoka_desktop.domain.report import ROOT, NodeKind
from hyoka_desktop.messages.window import action_text, word
from hyoka_desktop.ui.pages.fieldblock import FieldBlock
from hyoka_desktop.ui.tree_model import MIME, Entry


def _numbers(driver, section):
    view = driver.workplace.view
    node = view.sections["ⅠⅡⅢ".index(section)].id
    return [view.text(item.id, "item_number") for item in view.children(node, NodeKind.ITEM)]


def _index(driver, node):
    return driver.desk.model.index_of(Entry("", node=node))


def _section(driver, number):
    view = driver.workplace.view
    return next(s.id for s in view.sections if view.text(s.id, "section_number") == number)


def _drop(driver, node, row, target):
    """Do what the view does when a line is dropped before line `row` of a target."""
    model = driver.desk.model
    data = model.mimeData([_index(driver, node)])
    parent = _index(driver, target) if target is not None else QModelIndex()
    return model.dropMimeData(data, Qt.DropAction.MoveAction, row, 0, parent)


def test_an_item_is_dropped_into_another_section(driver):
    item = driver.item_id("Ⅰ-2")
    _drop(driver, item, 1, _section(driver, "Ⅱ"))
    assert _numbers(driver, "Ⅱ") == ["Ⅱ-1", "Ⅰ-2", "Ⅱ-2", "Ⅱ-3"]
    assert "Ⅰ-2" not in _numbers(driver, "Ⅰ")
    assert _index(driver, item).parent() == _index(driver, _section(driver, "Ⅱ"))
    driver.wait_saved()


def test_an_item_dropped_on_a_section_goes_to_its_end(driver):
    _drop(driver, driver.item_id("Ⅰ-2"), -1, _section(driver, "Ⅲ"))
    assert _numbers(driver, "Ⅲ") == ["Ⅲ-1", "Ⅲ-2", "Ⅲ-3", "Ⅰ-2"]


@pytest.mark.parametrize(
    ("number", "row", "expected"),
    [
        ("Ⅱ-1", 3, ["Ⅱ-2", "Ⅱ-3", "Ⅱ-1"]),
        ("Ⅱ-3", 0, ["Ⅱ-3", "Ⅱ-1", "Ⅱ-2"]),
        ("Ⅱ-1", 2, ["Ⅱ-2", "Ⅱ-1", "Ⅱ-3"]),
        ("Ⅱ-2", 1, ["Ⅱ-1", "Ⅱ-2", "Ⅱ-3"]),
        ("Ⅱ-2", 2, ["Ⅱ-1", "Ⅱ-2", "Ⅱ-3"]),
    ],
)
def test_an_item_is_dropped_between_its_like(driver, number, row, expected):
    _drop(driver, driver.item_id(number), row, _section(driver, "Ⅱ"))
    assert _numbers(driver, "Ⅱ") == expected


def test_a_section_is_dropped_before_another(driver):
    first = _index(driver, _section(driver, "Ⅰ")).row()
    _drop(driver, _section(driver, "Ⅲ"), first, None)
    view = driver.workplace.view
    assert [view.text(section.id, "section_number") for section in view.sections] == ["Ⅲ", "Ⅰ", "Ⅱ"]


def test_a_section_dropped_above_the_pages_becomes_the_first(driver):
    _drop(driver, _section(driver, "Ⅱ"), 0, None)
    view = driver.workplace.view
    assert [view.text(section.id, "section_number") for section in view.sections] == ["Ⅱ", "Ⅰ", "Ⅲ"]


@pytest.mark.parametrize("target", ["item", "page", "nothing"])
def test_an_item_is_dropped_nowhere_else(driver, target):
    model, item = driver.desk.model, driver.item_id("Ⅰ-2")
    index = {
        "item": _index(driver, driver.item_id("Ⅱ-1")),
        "page": model.index_of(Entry("", page="cover")),
        "nothing": QModelIndex(),
    }[target]
    sequence = driver.session._sequence
    model.dropMimeData(model.mimeData([_index(driver, item)]), Qt.DropAction.MoveAction, 0, 0, index)
    assert driver.session._sequence == sequence
    flags = model.flags(index)
    assert target == "nothing" or not flags & Qt.ItemFlag.ItemIsDropEnabled


def test_what_is_being_typed_comes_before_the_drop_and_the_cursor_stays(driver):
    driver.go_page("overview")
    minister = driver.workplace.view.children(ROOT, NodeKind.MINISTER)[0].id
    edit = driver.type("bureau", "の続き", minister)
    _drop(driver, driver.item_id("Ⅰ-2"), 1, _section(driver, "Ⅱ"))
    assert driver.stored(minister, "bureau").endswith("の続き")
    assert edit.hasFocus()
    assert driver.edit("bureau", minister) is edit
    driver.undo()
    assert "Ⅰ-2" in _numbers(driver, "Ⅰ"), "the drop is newer than the typing"
    assert driver.stored(minister, "bureau").endswith("の続き")


def test_foreign_things_and_copies_are_not_dropped(driver):
    model, sequence = driver.desk.model, driver.session._sequence
    data = QMimeData()
    data.setText("よその文字")
    target = _index(driver, _section(driver, "Ⅰ"))
    assert not model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, target)
    ours = model.mimeData([_index(driver, driver.item_id("Ⅰ-2"))])
    assert not model.dropMimeData(ours, Qt.DropAction.CopyAction, 0, 0, target)
    assert driver.session._sequence == sequence


def test_what_is_dragged_from_another_report_moves_nothing(driver):
    sequence = driver.session._sequence
    for content in (b"999999", b"abc", b"", b"-1"):
        data = QMimeData()
        data.setData(MIME, content)
        driver.desk.model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, _index(driver, _section(driver, "Ⅰ")))
    assert driver.session._sequence == sequence


def test_what_is_dragged_from_the_window_of_another_report_moves_nothing(driver, open_window, sample):
    other = open_window(Path(shutil.copy(sample, sample.with_name("別の評価書.hyoka"))))
    data = other.desk.model.mimeData([_index(other, other.item_id("Ⅰ-3"))])
    sequence = driver.session._sequence
    driver.desk.model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, _index(driver, _section(driver, "Ⅱ")))
    assert driver.session._sequence == sequence


def test_the_item_in_hand_stays_in_hand_when_it_is_moved(driver):
    driver.go_item("Ⅰ-2", "results")
    driver.desk.tree.setFocus()
    item = driver.item_id("Ⅰ-2")
    driver.key(Qt.Key.Key_Down, ALT)
    assert _numbers(driver, "Ⅰ")[:3] == ["Ⅰ-1", "Ⅰ-3", "Ⅰ-2"]
    assert driver.desk.item == item
    assert driver.desk.model.entry(driver.desk.tree.currentIndex()).node == item
    assert driver.tab.tab.id == "results"
    driver.key(Qt.Key.Key_Up, ALT)
    assert _numbers(driver, "Ⅰ")[:3] == ["Ⅰ-1", "Ⅰ-2", "Ⅰ-3"]


def test_an_item_at_the_edge_goes_over_into_the_next_section(driver):
    driver.go_item("Ⅰ-8")
    driver.desk.tree.setFocus()
    driver.key(Qt.Key.Key_Down, ALT)
    assert _numbers(driver, "Ⅱ") == ["Ⅰ-8", "Ⅱ-1", "Ⅱ-2", "Ⅱ-3"]
    driver.key(Qt.Key.Key_Up, ALT)
    assert _numbers(driver, "Ⅰ")[-1] == "Ⅰ-8"


def test_the_first_item_cannot_go_up_nor_the_last_down(driver):
    sequence = driver.session._sequence
    for number, key in (("Ⅰ-1", Qt.Key.Key_Up), ("Ⅲ-3", Qt.Key.Key_Down)):
        driver.go_item(number)
        driver.desk.tree.setFocus()
        driver.key(key, ALT)
    assert driver.session._sequence == sequence


def test_a_page_of_the_report_is_neither_moved_nor_removed(driver):
    driver.go_page("cover")
    driver.desk.tree.setFocus()
    sequence = driver.session._sequence
    driver.key(Qt.Key.Key_Down, ALT)
    driver.key(Qt.Key.Key_Delete)
    QTest.qWait(50)
    assert driver.session._sequence == sequence


@pytest.mark.parametrize("agreed", [True, False])
def test_delete_asks_with_the_name_of_what_would_go(driver, dialogs, agreed):
    driver.go_item("Ⅰ-2")
    item = driver.item_id("Ⅰ-2")
    driver.desk.tree.setFocus()
    with dialogs.expect(press_button(word("remove_do") if agreed else word("cancel"))):
        driver.key(Qt.Key.Key_Delete)
    assert "Ⅰ-2 港湾の災害予防及び応急復旧の支援" in dialogs.seen[0]
    living = [node.id for node in driver.workplace.view.items]
    assert (item not in living) is agreed


def test_delete_asks_with_the_name_that_the_item_has_now(driver, dialogs):
    driver.go_item("Ⅰ-2", "basic")
    driver.type("item_title", "（改題）")
    driver.leave()
    with dialogs.expect(press_button(word("cancel"))):
        driver.key(Qt.Key.Key_Delete)
    assert "応急復旧の支援（改題）" in dialogs.seen[0]


def test_escape_is_no_agreement_to_delete(driver, dialogs):
    driver.go_item("Ⅰ-2")
    sequence = driver.session._sequence
    driver.desk.tree.setFocus()
    with dialogs.expect(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape)):
        driver.key(Qt.Key.Key_Delete)
    assert driver.session._sequence == sequence


def test_after_a_removal_the_neighbour_is_in_hand(driver, dialogs):
    driver.go_item("Ⅰ-2")
    driver.desk.tree.setFocus()
    with dialogs.expect(press_button(word("remove_do"))):
        driver.key(Qt.Key.Key_Delete)
    neighbours = {driver.item_id("Ⅰ-1"), driver.item_id("Ⅰ-3")}
    assert driver.desk.item in neighbours, "a person goes on where he was, not at the cover"


def test_an_item_of_earlier_years_is_removed_from_this_year_on_only(driver, dialogs):
    driver.go_item("Ⅰ-2")
    item = driver.item_id("Ⅰ-2")
    with dialogs.expect(press_button(word("remove_do"))):
        driver.trigger("remove_node")
    driver.choose_year(2023)
    assert item in [node.id for node in driver.workplace.view.items]


def test_delete_in_a_field_deletes_a_character_only(driver):
    driver.go_item("Ⅰ-2", "results")
    items = len(driver.workplace.view.items)
    edit = driver.focus("results")
    before = edit.plain()
    QTest.keyClick(edit, Qt.Key.Key_Home, CTRL)
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    assert edit.plain() == before[1:]
    assert len(driver.workplace.view.items) == items


def test_the_filter_shows_matching_items_and_all_again(driver):
    tree, model = driver.desk.tree, driver.desk.model

    def shown():
        items = [entry for entry in model.entries() if entry.kind is NodeKind.ITEM]
        return [
            e.label.split()[0]
            for e in items
            if not tree.isRowHidden(model.index_of(e).row(), model.index_of(e).parent())
        ]

    driver.desk.filter.line.setFocus()
    type_text(driver.desk.filter.line, "調達")
    assert shown() == ["Ⅱ-2"]
    driver.desk.filter.line.clear()
    assert len(shown()) == 14
    type_text(driver.desk.filter.line, "<b>")
    assert shown() == []


def test_the_filter_holds_while_titles_change(driver):
    tree, model = driver.desk.tree, driver.desk.model
    driver.go_item("Ⅱ-2", "basic")
    driver.desk.filter.line.setText("調達")
    driver.type("item_title", "（改）")
    driver.leave()
    hidden = _index(driver, driver.item_id("Ⅰ-1"))
    assert tree.isRowHidden(hidden.row(), hidden.parent())
    assert driver.desk.item == driver.item_id("Ⅱ-2")
    assert model.data(_index(driver, driver.item_id("Ⅱ-2"))).endswith("（改）")


def test_the_next_and_the_previous_item_keep_the_tab(driver):
    driver.go_item("Ⅰ-8", "self")
    for key, number in ((Qt.Key.Key_PageDown, "Ⅱ-1"), (Qt.Key.Key_PageUp, "Ⅰ-8"), (Qt.Key.Key_PageUp, "Ⅰ-7")):
        driver.key(key, CTRL)
        QApplication.processEvents()
        assert driver.desk.item == driver.item_id(number)
        assert driver.tab.tab.id == "self"
        assert driver.block("self_grounds").node == driver.item_id(number)


def test_going_on_from_inside_a_field_makes_it_final(driver):
    driver.go_item("Ⅰ-1", "self")
    driver.type("self_grounds", "次へ行く前")
    driver.key(Qt.Key.Key_PageDown, CTRL)
    assert driver.desk.item == driver.item_id("Ⅰ-2")
    assert driver.stored(driver.item_id("Ⅰ-1"), "self_grounds").endswith("次へ行く前")
    assert "次へ行く前" not in driver.stored(driver.item_id("Ⅰ-2"), "self_grounds")


def test_a_new_item_is_numbered_in_hand_and_has_a_row(driver):
    driver.go_item("Ⅱ-1")
    driver.trigger("add_item")
    item = driver.desk.item
    assert driver.stored(item, "item_number") == "Ⅱ-4"
    assert len(driver.workplace.view.children(item, NodeKind.ROW)) == 1
    assert "Ⅱ-4 " + word("item_untitled") in driver.tree_labels()


def test_the_preview_of_an_empty_section_does_not_show_the_pages_of_another(driver):
    driver.go_item("Ⅰ-1")
    driver.wait_preview("港湾施設の点検・診断の支援")
    driver.trigger("add_section")
    QTest.qWait(700)
    assert "港湾施設の点検・診断の支援" not in driver.preview_text()


def test_going_through_all_items_writes_nothing(driver):
    sequence = driver.session._sequence
    driver.go_item("Ⅰ-1")
    for tab in driver.workplace.form.tabs[1:]:
        driver.go_tab(tab.id)
        for _ in range(14):
            driver.trigger("next_item")
    for page in driver.workplace.form.pages:
        driver.go_page(page.id)
    driver.go_section("Ⅱ")
    driver.go_computed()
    driver.wait_saved()
    assert driver.session._sequence == sequence, "looking is no command"
    assert driver.drafts_on_disk() == {}


def test_looking_at_a_new_item_writes_nothing(driver):
    driver.trigger("add_item")
    sequence = driver.session._sequence
    driver.go_tab("self")
    driver.go_item("Ⅰ-1")
    assert driver.session._sequence == sequence, "fields that nobody touched stay without a value"


# Rows


def _bar(driver):
    return driver.tab.rows.findChild(QTabBar)


def _press(driver, action):
    button = next(
        button for button in driver.tab.rows.findChildren(QToolButton) if button.toolTip() == action_text(action)
    )
    QTest.mouseClick(button, LEFT)
    QApplication.processEvents()


def test_rows_are_added_behind_the_one_in_hand_moved_and_removed(driver):
    driver.go_item("Ⅰ-1", "results")
    first, second, third = driver.row_ids("Ⅰ-1")
    _press(driver, "add_row")
    added = driver.tab.rows.row
    assert driver.row_ids("Ⅰ-1") == [first, added, second, third]
    assert driver.edit("results").plain() == ""
    _press(driver, "move_row_down")
    assert driver.row_ids("Ⅰ-1") == [first, second, added, third]
    assert driver.tab.rows.row == added
    _press(driver, "move_row_up")
    _press(driver, "move_row_up")
    _press(driver, "move_row_up")
    assert driver.row_ids("Ⅰ-1") == [added, first, second, third]
    _press(driver, "remove_row")
    assert driver.row_ids("Ⅰ-1") == [first, second, third]
    assert _bar(driver).count() == 3


def test_a_row_is_chosen_by_mouse_and_by_keys(driver):
    driver.go_item("Ⅰ-1", "results")
    bar, rows = _bar(driver), driver.row_ids("Ⅰ-1")
    QTest.mouseClick(bar, LEFT, NONE, bar.tabRect(2).center())
    assert driver.block("results").node == rows[2]
    bar.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(bar, Qt.Key.Key_Left)
    assert driver.block("results").node == rows[1]


def test_choosing_another_row_makes_the_first_final(driver):
    driver.go_item("Ⅰ-1", "results")
    bar, rows = _bar(driver), driver.row_ids("Ⅰ-1")
    driver.type("results", "一行目の加筆")
    QTest.mouseClick(bar, LEFT, NONE, bar.tabRect(1).center())
    assert driver.stored(rows[0], "results").endswith("一行目の加筆")
    assert "一行目の加筆" not in driver.stored(rows[1], "results")


def test_removing_the_last_row_says_how_to_go_on(driver):
    driver.go_item("Ⅱ-1", "results")
    for _ in driver.row_ids("Ⅱ-1"):
        _press(driver, "remove_row")
    assert driver.tab._no_rows.isVisible()
    assert not driver.tab._row_fields.isVisible()
    _press(driver, "add_row")
    driver.type("results", "また始める")
    driver.leave()
    assert driver.stored(driver.row_ids("Ⅱ-1")[0], "results") == "また始める"


def test_the_row_in_hand_is_kept_from_tab_to_tab(driver):
    driver.go_item("Ⅰ-1", "results")
    third = driver.row_ids("Ⅰ-1")[2]
    driver.tab.rows.choose(third)
    driver.go_tab("self")
    assert driver.tab.rows.row == third, "who wrote the results of row 3 goes on with its evaluation"


def test_the_keyboard_reaches_every_editor_of_a_tab(driver):
    driver.go_item("Ⅰ-1", "basic")
    driver.desk.tree.setFocus()
    reached = set()
    for _ in range(60):
        focus = QApplication.focusWidget()
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    editors = [b.editor.focusProxy() for b in driver.desk.page.findChildren(FieldBlock) if b.isVisible()]
    assert [editor.accessibleName() for editor in editors if editor not in reached] == []


def test_every_widget_that_takes_the_focus_has_a_name_for_those_who_cannot_see(driver):
    nameless = []
    driver.go_item("Ⅰ-1")
    for tab in driver.workplace.form.tabs[1:]:
        driver.go_tab(tab.id)
        for widget in driver.window.findChildren(QToolButton) + driver.window.findChildren(QTabBar):
            if widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
                name = widget.accessibleName() or getattr(widget, "text", str)() or widget.toolTip()
                if not name and not widget.objectName().startswith("qt_"):
                    nameless.append((tab.id, type(widget).__name__, widget.objectName()))
    assert [one for one in nameless if one[1] != "QTabBar" or one[2]] == []


def test_the_question_before_a_removal_says_what_goes_with_it_and_enter_removes_nothing(driver, dialogs):
    view = driver.workplace.view
    section = view.sections[0]
    items = len(view.children(section.id, NodeKind.ITEM))
    sequence = driver.session._sequence

    def press_enter(dialog):
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    driver.go_section("Ⅰ")
    with dialogs.expect(press_enter):
        driver.trigger("remove_node")
    assert f"区分「Ⅰ {view.text(section.id, 'section_title')}」と、その中の{items}項目を削除します" in dialogs.seen[-1]
    driver.go_item("Ⅰ-1")
    with dialogs.expect(press_enter):
        driver.trigger("remove_node")
    rows = len(driver.row_ids("Ⅰ-1"))
    assert (
        f"項目「Ⅰ-1 {driver.stored(driver.item_id('Ⅰ-1'), 'item_title')}」と、その中の{rows}行、指標"
        in dialogs.seen[-1]
    )
    assert driver.session._sequence == sequence


def test_a_removed_row_is_told_with_what_it_held(driver):
    driver.go_item("Ⅰ-1", "results")
    row = driver.row_ids("Ⅰ-1")[0]
    indicators = len(driver.workplace.view.children(row, NodeKind.INDICATOR))
    _press(driver, "remove_row")
    said = driver.window.statusBar().currentMessage()
    assert said.startswith(f"1行目と、その中の指標{indicators}件を削除しました。")
    driver.trigger("add_item")
    driver.go_tab("results")
    _press(driver, "remove_row")
    assert driver.window.statusBar().currentMessage() == word("removed", what="1行目")
