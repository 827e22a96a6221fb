"""States in the window: the chip of an item, keys, the lock of a final item, and what writing does to a check."""

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from window_driver import CTRL, LEFT, SHIFT, close_message, type_text

from hyoka_desktop.domain import work
from hyoka_desktop.domain.edits import remove_nodes
from hyoka_desktop.domain.work import WorkState
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import progress
from hyoka_desktop.ui.dialogs.reason import ReasonDialog

FIELD = "results"
ITEM = "Ⅰ-1"


@pytest.fixture
def at_item(driver):
    driver.go_item(ITEM, FIELD)
    return driver


def state(driver, number=ITEM):
    return work.state_of(driver.workplace.view, driver.item_id(number))


def put(driver, wanted):
    progress.set_state(driver.session, driver.year, [driver.item_id(ITEM)], wanted, "")


def give_reason(text):
    """Answer the question for a reason by keyboard alone."""

    def answer(dialog):
        assert isinstance(dialog, ReasonDialog)
        assert not dialog.unlock.isEnabled()
        type_text(dialog.reason, text)
        QTest.keyClick(dialog.reason, Qt.Key.Key_Return)

    return answer


def test_the_first_text_begins_the_work_and_undo_ends_it(at_item):
    put(at_item, WorkState.NOT_STARTED)
    assert at_item.page.state.text() == "未着手"
    at_item.type(FIELD, "実績。")
    at_item.leave()
    assert at_item.page.state.text() == "作成中"
    at_item.undo()
    assert (state(at_item), at_item.page.state.text()) == (WorkState.NOT_STARTED, "未着手")


def test_keys_lead_to_the_next_and_the_previous_state(at_item):
    put(at_item, WorkState.NOT_STARTED)
    seen = []
    for _ in range(5):
        at_item.key(Qt.Key.Key_PageDown, CTRL | SHIFT)
        seen.append(at_item.page.state.text())
    assert seen == ["作成中", "課内確認", "部内確認", "確定", "確定"]
    at_item.undo()
    at_item.key(Qt.Key.Key_PageUp, CTRL | SHIFT)
    assert at_item.page.state.text() == "課内確認"


def test_the_menu_of_the_chip_sets_a_state_by_keyboard(at_item):
    chip = at_item.page.state
    menu = chip.menu()
    assert isinstance(menu, QMenu)
    states = ["未着手", "作成中", "課内確認", "部内確認", "確定"]
    assert [action.text() for action in menu.actions()] == [*states, "", "作成状況の履歴"]
    menu.popup(chip.mapToGlobal(chip.rect().bottomLeft()))
    for _ in range(3):
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert state(at_item) is WorkState.DIVISION_CHECK
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["課内確認"]


def test_the_chip_tells_who_set_the_state_and_when(at_item, qtbot):
    at_item.trigger("add_item")
    assert at_item.page.state.text() == "未着手"
    qtbot.waitUntil(lambda: "記録なし" in at_item.page.state.accessibleDescription())
    at_item.go_item(ITEM)
    put(at_item, WorkState.DIVISION_CHECK)
    qtbot.waitUntil(lambda: "試験者" in at_item.page.state.accessibleDescription())
    assert "課内確認" in at_item.page.state.accessibleDescription()
    assert at_item.page.state.accessibleName() == "状態：課内確認"


def test_writing_into_a_checked_item_drops_it_back_and_says_so(at_item):
    put(at_item, WorkState.DEPARTMENT_CHECK)
    at_item.type(FIELD, "追記。")
    at_item.leave()
    assert at_item.page.state.text() == "作成中"
    assert at_item.window.statusBar().currentMessage() == word("state_dropped", number=ITEM, before="部内確認")
    at_item.undo()
    assert at_item.page.state.text() == "部内確認"


def test_a_final_item_is_locked_with_a_sign_and_freed_for_a_reason_that_the_history_shows(at_item, qtbot, dialogs):
    row, before = at_item.row_ids(ITEM)[0], at_item.stored(at_item.row_ids(ITEM)[0], FIELD)
    put(at_item, WorkState.FINAL)
    assert at_item.page.final.isVisible()
    assert at_item.edit(FIELD).isReadOnly()
    type_text(at_item.edit(FIELD), "書けない")
    assert at_item.window.statusBar().currentMessage() == word("locked_final")
    at_item.leave()
    assert at_item.stored(row, FIELD) == before
    with dialogs.expect(give_reason("数値の誤り")):
        at_item.trigger("unlock_item")
    assert state(at_item) is WorkState.DRAFTING
    assert not at_item.page.final.isVisible()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    at_item.activate()
    at_item.type(FIELD, "書ける。")
    at_item.leave()
    assert at_item.stored(row, FIELD).endswith("書ける。")


def test_a_final_item_stays_where_no_reason_is_given(at_item, dialogs):
    put(at_item, WorkState.FINAL)
    with dialogs.expect(lambda dialog: dialog.reject()):
        QTest.mouseClick(at_item.page.final.unlock, LEFT)
    assert state(at_item) is WorkState.FINAL
    assert at_item.page.state.text() == "確定"


def test_rows_and_lines_of_a_final_item_neither_come_nor_go(at_item):
    at_item.go_tab("indicators")
    grid = next(grid for grid in at_item.tab._grids if grid.isVisible())
    put(at_item, WorkState.FINAL)
    assert not any(button.isEnabled() for button in grid._changing)
    assert not at_item.tab.rows._add.isEnabled()
    cells = [grid.model.index(0, place) for place in range(grid.model.columnCount())]
    this_year = [cell for cell in cells if (a := grid.model.address(cell)) and a.year == at_item.year]
    assert this_year
    assert not any(grid.model.flags(cell) & Qt.ItemFlag.ItemIsEditable for cell in this_year)
    at_item.undo()
    assert all(button.isEnabled() for button in grid._changing)
    assert all(grid.model.flags(cell) & Qt.ItemFlag.ItemIsEditable for cell in this_year)


def test_removing_a_final_item_is_refused_in_words(at_item, dialogs):
    put(at_item, WorkState.FINAL)
    with dialogs.expect(lambda dialog: dialog.findChildren(type(dialog.defaultButton() or dialog.buttons()[0]))
                        and dialog.buttons()[0].click(), close_message):  # fmt: skip
        at_item.trigger("remove_node")
    assert "「確定」なので、変更できません" in dialogs.seen[-1]
    assert at_item.item_id(ITEM)


def test_the_status_bar_counts_the_items_in_each_state(at_item):
    count = len(at_item.workplace.view.items)
    put(at_item, WorkState.FINAL)
    QApplication.processEvents()
    assert at_item.window._progress.text().startswith(f"作成中 {count - 1}　確定 1")


def test_another_year_has_states_of_its_own(at_item):
    put(at_item, WorkState.DIVISION_CHECK)
    at_item.choose_year(2023)
    assert at_item.page.state.text() == "作成中"
    assert not at_item.page.final.isVisible()


def _line(driver, number=ITEM):
    entry = next(e for e in driver.desk.model.entries() if e.node == driver.item_id(number))
    return driver.desk.model.index_of(entry)


def _disc(driver):
    """Tell the picture of the place where the disc of the item in hand stands, as the tree paints it."""
    tree = driver.desk.tree
    tree.setFocus()
    box = tree.visualRect(_line(driver))
    return tree.viewport().grab(QRect(box.left() + 6, box.center().y() - 8, 16, 16)).toImage()


def test_the_tree_shows_each_state_as_a_shape_of_its_own_and_says_it(at_item):
    pictures = []
    for wanted in WorkState:
        put(at_item, wanted)
        QApplication.processEvents()
        pictures.append(_disc(at_item))
        spoken = at_item.desk.model.data(_line(at_item), Qt.ItemDataRole.AccessibleTextRole)
        assert word(f"state_{wanted.value}") in spoken
    for place, picture in enumerate(pictures):
        assert all(picture != other for other in pictures[:place])


def test_the_discs_are_told_apart_without_colour(at_item):
    shares = []
    for wanted in WorkState:
        put(at_item, wanted)
        QApplication.processEvents()
        grey = _disc(at_item).convertToFormat(QImage.Format.Format_Grayscale8)
        dark = sum(grey.pixelColor(x, y).value() < 160 for x in range(16) for y in range(16))
        shares.append(dark)
    assert shares == sorted(set(shares)), f"each state fills more of the disc: {shares}"


def test_a_report_without_items_says_so_in_the_status_bar(at_item):
    view = at_item.workplace.view
    at_item.session.do(remove_nodes(view, [section.id for section in view.sections]))
    assert at_item.window._progress.text() == word("progress_none")
