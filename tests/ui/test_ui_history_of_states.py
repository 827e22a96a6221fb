"""Who made an item final, who freed it and why, is shown beside the item and found by the search of the history."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from window_driver import SHIFT, cell_texts, press_button, type_text

from hyoka_desktop.domain.work import WorkState
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import progress
from hyoka_desktop.ui.dialogs.history_search import HistorySearch

ITEM = "Ⅰ-1"
REASON = "監事の指摘による数値の修正"


@pytest.fixture
def freed(driver):
    """Make an item final and free it again; the cursor is in one of its fields."""
    driver.go_item(ITEM, "results")
    item = [driver.item_id(ITEM)]
    progress.set_state(driver.session, driver.year, item, WorkState.FINAL)
    progress.set_state(driver.session, driver.year, item, WorkState.DRAFTING, REASON)
    driver.focus("results")
    return driver


def lines(panel):
    return [panel.list.item(row).text() for row in range(panel.list.count())]


def shown(driver, qtbot):
    panel = driver.desk.side.panel("history")
    qtbot.waitUntil(lambda: panel.isVisible() and panel.list.count() == 3)
    return panel


def test_the_key_shows_every_state_of_the_item_with_who_when_and_why(freed, qtbot):
    freed.key(Qt.Key.Key_F8, SHIFT)
    panel = shown(freed, qtbot)
    assert panel._heading.text() == word("history_of_states", number=ITEM)
    newest, final, imported = lines(panel)
    assert "試験者" in newest
    assert "令和" in newest
    assert newest.endswith(f"状態：確定 → 作成中　理由：{REASON}")
    assert final.endswith("状態：作成中 → 確定")
    assert imported.endswith("状態：未着手 → 作成中")
    assert not any(widget.isVisible() for widget in (panel.partner, panel.difference, panel.back))


def test_the_chip_leads_to_the_states_by_keyboard_and_tells_the_reason(freed, qtbot):
    chip = freed.page.state
    qtbot.waitUntil(lambda: REASON in chip.accessibleDescription())
    assert "試験者" in chip.toolTip()
    for action in ("state_forward", "state_back"):
        assert freed.window.actions_[action].shortcut().toString() in chip.toolTip(), "the keys that change it"
    menu = chip.menu()
    menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))
    QTest.keyClick(menu, Qt.Key.Key_Up)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert len(lines(shown(freed, qtbot))) == 3


def test_the_panel_follows_a_field_that_comes_into_hand_and_another_state(freed, qtbot):
    freed.key(Qt.Key.Key_F8, SHIFT)
    panel = shown(freed, qtbot)
    freed.key(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier | SHIFT)
    qtbot.waitUntil(lambda: lines(panel)[0].endswith("状態：作成中 → 課内確認"))
    freed.go_tab("self")
    freed.focus("self_grounds")
    qtbot.waitUntil(lambda: panel._heading.text().startswith("「Ⅰ-1 "))
    assert panel.difference.isVisible()
    assert panel.back.isVisible()


def test_without_an_item_it_is_said_where_to_find_one(driver):
    driver.go_page("cover")
    driver.key(Qt.Key.Key_F8, SHIFT)
    assert driver.window.statusBar().currentMessage() == word("history_no_item")


@pytest.mark.parametrize("words", [REASON, "監事の指摘", "確定"])
def test_the_search_finds_a_state_by_its_reason_and_by_its_word(words, freed, qtbot):
    dialog = HistorySearch(freed.window, freed.workplace, lambda _: None)
    dialog.show()
    type_text(dialog.line, words)
    dialog.search()
    wanted = 2 if words == "確定" else 1
    qtbot.waitUntil(lambda: dialog.list.lines.rowCount() == wanted)
    line = cell_texts(dialog.list)[0]
    assert line[:2] == [f"{ITEM} 状態", f"状態：確定 → 作成中　理由：{REASON}"]
    assert "試験者" in line[2]
    dialog.list.selectRow(0)
    assert dialog.difference.toPlainText().replace("作成中", "") == "確定"
    dialog.close()


def test_a_found_state_leads_to_its_item(freed, dialogs, qtbot):
    def use(dialog):
        type_text(dialog.line, REASON)
        dialog.search()
        qtbot.waitUntil(lambda: dialog.list.lines.rowCount() == 1)
        press_button(word("history_go"))(dialog)

    freed.go_item("Ⅰ-2")
    with dialogs.expect(use):
        freed.trigger("search_history")
    assert freed.desk.item == freed.item_id(ITEM)
    assert freed.window.focusWidget() is freed.page.state


def test_a_state_that_began_with_the_first_text_is_not_found_beside_the_text(driver, qtbot):
    progress.set_state(driver.session, driver.year, [driver.item_id(ITEM)], WorkState.NOT_STARTED)
    driver.go_item(ITEM, "results")
    driver.type("results", "唯一の語句")
    driver.leave()
    dialog = HistorySearch(driver.window, driver.workplace, lambda _: None)
    dialog.show()
    type_text(dialog.line, "作成中")
    dialog.search()
    qtbot.waitUntil(lambda: dialog.list.lines.rowCount() == 1)
    assert cell_texts(dialog.list)[0][1] == "状態：作成中 → 未着手"
    dialog.close()
