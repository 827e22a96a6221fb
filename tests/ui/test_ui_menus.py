"""The menus: entries for the field in hand, a letter for each entry, and a word to those who press Ctrl+S."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from window_driver import CTRL, type_text

from hyoka_desktop.messages.window import action_text, word
from hyoka_desktop.services.blocks import Area
from hyoka_desktop.ui.actions import ACTION_DEFINITIONS
from hyoka_desktop.ui.grid.view import SheetView


def test_each_entry_of_a_menu_has_a_letter_of_its_own(driver):
    letters = {}
    for definition in ACTION_DEFINITIONS:
        text = driver.window.actions_[definition.name].text()
        found = re.search(r"\(&([A-Z0-9])\)", text)
        assert found, text
        letters.setdefault(definition.menu, []).append(found[1])
    for menu, used in letters.items():
        assert len(set(used)) == len(used), (menu, used)
    assert driver.window.actions_["new"].text() == "新規作成(&N)…"
    assert not {"C", "S"} & set(letters["view"]), "those of the menus inside"


def test_letters_stand_in_menus_alone(driver):
    for definition in ACTION_DEFINITIONS:
        action = driver.window.actions_[definition.name]
        assert action.iconText() == action_text(definition.name)
        assert "&" not in action.toolTip()


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
