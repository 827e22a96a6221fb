"""The menus: entries for the field in hand, a letter for each entry, and a word to those who press Ctrl+S."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from window_driver import CTRL, SHIFT, type_text

from hyoka_desktop.domain.work import WORK_STATE, WorkState
from hyoka_desktop.messages.window import action_text, word
from hyoka_desktop.services.blocks import Area
from hyoka_desktop.ui.actions import ACTION_DEFINITIONS
from hyoka_desktop.ui.grid.view import SheetView
from hyoka_desktop.ui.plain import shown_caption


def letters_of(entries):
    """Tell the letters with which the entries of a menu are chosen, in their order."""
    texts = [entry.text().split("\t")[0] for entry in entries if not entry.isSeparator()]
    found = {text: re.search(r"\(&([A-Z])\)…?$", text) for text in texts}
    assert all(found.values()), [text for text, letter in found.items() if letter is None]
    return [letter[1] for letter in found.values()]


def test_each_entry_of_a_menu_has_a_letter_of_its_own_and_no_digit(driver):
    window, bar = driver.window, driver.window.menuBar()
    menus = [menu for menu in window.findChildren(QMenu) if menu.parent() in (bar, window) and menu.title()]
    menus.remove(window.recent.menu)
    for menu in (bar, *menus):
        letters = letters_of(menu.actions())
        assert len(set(letters)) == len(letters), (menu.title() if isinstance(menu, QMenu) else "bar", letters)
    assert len(menus) == 9, "the seven menus of the bar, and the two inside of them"


def test_the_letters_are_those_of_other_programs(driver):
    known = {"new": "N", "open": "O", "save": "S", "print": "P", "quit": "X", "undo": "U", "cut": "T", "copy": "C"}
    for name, letter in {**known, "paste": "P", "select_all": "A", "help": "H", "about": "A"}.items():
        assert letters_of([driver.window.actions_[name]]) == [letter]
    assert driver.window.actions_["new"].text() == "新規作成(&N)…"


def test_letters_stand_in_menus_alone(driver):
    for definition in ACTION_DEFINITIONS:
        action = driver.window.actions_[definition.name]
        assert action.iconText() == action_text(definition.name)
        assert "&" not in action.toolTip()


def test_recent_files_are_chosen_by_their_number(driver):
    menu = driver.window.recent.menu
    menu.aboutToShow.emit()
    assert [entry.text()[:2] for entry in menu.actions()] == ["&1"]


def test_the_edit_menu_works_on_the_text_in_hand(driver):
    driver.go_item("Ⅰ-1", "self")
    edit = driver.focus("self_issues")
    before = edit.plain()
    driver.trigger("select_all")
    driver.trigger("copy")
    assert QGuiApplication.clipboard().text() == before
    driver.trigger("cut")
    assert edit.plain() == ""
    driver.trigger("paste")
    driver.trigger("paste")
    assert edit.plain() == before * 2


def test_the_edit_menu_works_on_the_table_in_hand(driver):
    driver.go_item("Ⅰ-1", "indicators")
    table = [table for table in driver.page.findChildren(SheetView) if table.isVisible()][-1]
    table.setFocus()
    table.select_area(Area(0, 0, 1, 1))
    name = table.currentIndex().data()
    driver.trigger("cut")
    assert QGuiApplication.clipboard().text().strip() == name
    assert not table.model().index(0, 0).data()
    table.select_area(Area(0, 0, 1, 1))
    driver.trigger("paste")
    assert table.model().index(0, 0).data() == name
    driver.trigger("select_all")
    assert table.selected_area.rows == table.model().rowCount()


def test_a_locked_text_is_not_pasted_into_and_says_so(driver):
    driver.go_item("Ⅰ-1", "plan")
    edit = driver.focus("mid_term_plan")
    before = edit.plain()
    QGuiApplication.clipboard().setText("貼り付け")
    driver.trigger("paste")
    driver.trigger("cut")
    assert edit.plain() == before
    assert driver.window.statusBar().currentMessage() == word("locked_tip")


def test_the_key_of_saving_writes_and_says_that_nobody_needs_it(driver):
    driver.go_item("Ⅰ-1", "self")
    edit = driver.focus("self_issues")
    type_text(edit, "追記")
    driver.key(Qt.Key.Key_S, CTRL)
    assert driver.window.statusBar().currentMessage() == word("saves_itself")
    assert driver.stored(driver.item_id("Ⅰ-1"), "self_issues").endswith("追記")
    assert not driver.session.has_unsaved


def shown_menu():
    QApplication.processEvents()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def entries(menu):
    return [action for action in menu.actions() if not action.isSeparator()]


def captions(menu):
    return [shown_caption(action.text().split("\t")[0]) for action in entries(menu)]


def right_click(widget, place):
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, widget.viewport().mapToGlobal(place))
    QApplication.sendEvent(widget.viewport(), event)


@pytest.mark.parametrize("by_key", [True, False])
def test_the_tree_has_a_menu(driver, by_key):
    driver.go_item("Ⅰ-2")
    tree = driver.desk.tree
    tree.setFocus()
    if by_key:
        driver.key(Qt.Key.Key_F10, SHIFT)
    else:
        right_click(tree, tree.visualRect(tree.currentIndex()).center())
    menu = shown_menu()
    assert {action_text(name) for name in ("add_item", "move_down", "remove_node", "state_forward")} <= set(
        captions(menu)
    )
    labels = driver.tree_labels()
    next(action for action in menu.actions() if action.objectName() == "move_down").trigger()
    menu.close()
    assert driver.tree_labels() != labels


@pytest.mark.parametrize("by_key", [True, False])
def test_a_table_has_a_menu(driver, by_key):
    driver.go_item("Ⅰ-1", "indicators")
    table = [table for table in driver.page.findChildren(SheetView) if table.isVisible()][-1]
    table.setFocus()
    table.select_area(Area(0, 0, 1, 1))
    if by_key:
        driver.key(Qt.Key.Key_F10, SHIFT)
    else:
        right_click(table, table.visualRect(table.currentIndex()).center())
    menu = shown_menu()
    names = ("cut", "copy", "paste", "select_all", "grid_clear", "grid_fill_down", "add_indicator", "remove_grid")
    assert {action_text(name) for name in names} <= set(captions(menu))
    next(action for action in menu.actions() if action.text().startswith(action_text("grid_clear"))).trigger()
    menu.close()
    assert not table.model().index(0, 0).data()


@pytest.mark.parametrize("added", ["add_output", "add_indicator"])
def test_each_entry_of_the_menu_of_a_table_has_a_letter_of_its_own_that_chooses_it(driver, added):
    driver.go_item("Ⅰ-1", "indicators")
    tables = [table for table in driver.page.findChildren(SheetView) if table.isVisible()]
    table = tables[0 if added == "add_output" else -1]
    table.setFocus()
    table.select_area(Area(0, 0, 1, 1))
    driver.key(Qt.Key.Key_F10, SHIFT)
    menu = shown_menu()
    letters = dict(zip(captions(menu), letters_of(menu.actions()), strict=True))
    assert len(set(letters.values())) == len(letters), letters
    assert letters[action_text(added)] == "I"
    assert (action_text("add_achievement") in letters) is (added == "add_indicator")
    main = {definition.name: definition.letter for definition in ACTION_DEFINITIONS}
    shared = [name for name in main if action_text(name) in letters]
    assert shared == ["cut", "copy", "paste", "select_all"]
    assert [letters[action_text(name)] for name in shared] == [main[name] for name in shared], "as in 編集"
    QTest.keyClick(menu, getattr(Qt.Key, f"Key_{letters[action_text('grid_clear')]}"))
    assert not table.model().index(0, 0).data()


def test_the_menu_of_a_table_of_a_final_item_lets_one_copy_alone(driver):
    driver.go_item("Ⅰ-1", "indicators")
    driver.session.set_text(2024, driver.item_id("Ⅰ-1"), WORK_STATE, WorkState.FINAL.value)
    table = [table for table in driver.page.findChildren(SheetView) if table.isVisible()][-1]
    table.setFocus()
    driver.key(Qt.Key.Key_F10, SHIFT)
    menu = shown_menu()
    on = [caption for caption, action in zip(captions(menu), entries(menu), strict=True) if action.isEnabled()]
    menu.close()
    assert on == [action_text("copy"), action_text("select_all")]


def test_a_text_has_its_menu_by_key_too(driver):
    driver.go_item("Ⅰ-1", "self")
    driver.focus("self_issues")
    driver.key(Qt.Key.Key_F10, SHIFT)
    menu = shown_menu()
    assert len(menu.actions()) > 3
    menu.close()
