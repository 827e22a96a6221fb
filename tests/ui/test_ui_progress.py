"""The board of progress: counts that add up, a list that sorts, and several items set in one step."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_driver import ALT, CTRL, cell_texts, type_text

from hyoka_desktop.domain import work
from hyoka_desktop.domain.work import WorkState
from hyoka_desktop.ui.dialogs.progress import ProgressBoard
from hyoka_desktop.ui.dialogs.progresslist import COLUMNS
from hyoka_desktop.ui.dialogs.reason import NameDialog

NUMBER, DEPARTMENT, STATE, WHO = (COLUMNS.index(name) for name in (
    "progress_column_number", "work_department", "work_state", "progress_column_who"))  # fmt: skip


@pytest.fixture
def board(driver, qtbot):
    made = ProgressBoard(driver.window, driver.workplace, driver.desk.go_to)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
    made.deleteLater()


def column(table, place):
    return [line[place] for line in cell_texts(table)]


def states(driver):
    return [work.state_of(driver.workplace.view, item.id) for item in driver.workplace.view.items]


def choose(board, *rows):
    board.items.clearSelection()
    model = board.items.selectionModel()
    for row in rows:
        flags = model.SelectionFlag.Select | model.SelectionFlag.Rows
        model.select(board.items.model().index(row, 0), flags)


def test_a_key_opens_the_board_and_enter_goes_to_the_item(driver, dialogs):
    def go(dialog):
        assert isinstance(dialog, ProgressBoard)
        dialog.items.setFocus()
        QTest.keyClick(dialog.items, Qt.Key.Key_Down)
        QTest.keyClick(dialog.items, Qt.Key.Key_Return)

    driver.go_page("overview")
    with dialogs.expect(go):
        driver.key(Qt.Key.Key_G, CTRL | ALT)
    assert driver.desk.item == driver.workplace.view.items[1].id


def test_several_items_are_set_in_one_step_and_undone_in_one(driver, board):
    before = states(driver)
    choose(board, 0, 1, 2)
    board.set_state(WorkState.DIVISION_CHECK)
    assert states(driver)[:4] == [*[WorkState.DIVISION_CHECK] * 3, before[3]]
    assert board.items.chosen_nodes == [item.id for item in driver.workplace.view.items[:3]]
    assert column(board.items, STATE)[:3] == ["課内確認"] * 3
    driver.session.undo()
    assert states(driver) == before


def test_a_department_is_set_for_the_chosen_items_and_counted(driver, board, dialogs):
    def name_it(dialog):
        assert isinstance(dialog, NameDialog)
        type_text(dialog.name.lineEdit(), "総務課")
        QTest.keyClick(dialog.name.lineEdit(), Qt.Key.Key_Return)

    choose(board, 0, 1)
    with dialogs.expect(name_it):
        board.buttons["progress_set_department"].click()
    assert column(board.items, DEPARTMENT)[:3] == ["総務課", "総務課", ""]
    count = len(driver.workplace.view.items)
    told = {row[0]: row[6] for row in zip(*(column(board.departments, place) for place in range(8)), strict=True)}
    assert told == {"総務課": "2", "（担当課なし）": str(count - 2), "計": str(count)}
    driver.session.undo()
    assert not any(work.in_charge(driver.workplace.view, i.id, work.DEPARTMENT) for i in driver.workplace.view.items)


def test_the_counts_by_section_add_up(driver, board):
    choose(board, 0)
    board.set_state(WorkState.FINAL)
    count = len(driver.workplace.view.items)
    finals, sums = column(board.sections, 5), column(board.sections, 6)
    assert finals[0] == finals[-1] == "1"
    assert sums[-1] == str(count) == str(sum(int(number) for number in sums[:-1]))
    assert column(board.sections, 7)[-1] == f"{100 // count}%"


def test_the_list_tells_who_set_a_state_and_sorts_by_state_and_by_number(driver, board, qtbot):
    numbers = column(board.items, NUMBER)
    choose(board, 4)
    board.set_state(WorkState.DEPARTMENT_CHECK)
    qtbot.waitUntil(lambda: "試験者" in column(board.items, WHO)[4])
    board.order.setCurrentIndex(STATE)
    board.order.activated.emit(STATE)
    assert column(board.items, NUMBER)[-1] == numbers[4]
    assert board.items.chosen_nodes == [driver.workplace.view.items[4].id]
    board.order.activated.emit(NUMBER)
    assert column(board.items, NUMBER) == numbers


def test_freeing_final_items_on_the_board_asks_for_one_reason(driver, board, dialogs):
    choose(board, 0, 1)
    board.set_state(WorkState.FINAL)

    def give(dialog):
        type_text(dialog.reason, "監事の指摘")
        QTest.keyClick(dialog.reason, Qt.Key.Key_Return)

    with dialogs.expect(give):
        board.set_state(WorkState.DRAFTING)
    assert states(driver)[:2] == [WorkState.DRAFTING] * 2
    QApplication.processEvents()


def test_the_menu_of_states_can_be_reached_by_keyboard(driver, board):
    button = board.buttons["progress_set_state"]
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert [action.text() for action in button.menu().actions()] == ["未着手", "作成中", "課内確認", "部内確認", "確定"]
    choose(board, 0)
    button.menu().actions()[4].trigger()
    assert states(driver)[0] is WorkState.FINAL
