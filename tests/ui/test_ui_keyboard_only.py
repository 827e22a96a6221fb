"""One 調書 from nothing, with the keyboard alone, as a person does who has no mouse or cannot use one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QTabBar,
    QTableView,
    QTextEdit,
    QWidget,
)
from window_driver import CTRL, SHIFT, end_composition, focused

from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.domain.work import WorkState
from hyoka_desktop.messages.window import action_text, word
from hyoka_desktop.services import progress, reports
from hyoka_desktop.services.forms import find_form
from hyoka_desktop.ui.editors.base import FieldEditor
from hyoka_desktop.ui.grid.view import SheetView
from hyoka_desktop.ui.pages.grid import NodeGrid

_MOST_STEPS = 80


def _press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(focused(), key, modifiers)
    QApplication.processEvents()


def _names():
    focus = QApplication.focusWidget()
    text = getattr(focus, "text", str)()
    return {focus.accessibleName(), text, focus.toolTip()}


def _named(widget):
    return f"{type(widget).__name__} {widget.accessibleName() or getattr(widget, 'text', str)()}"


def _go_to(name):
    """Press Tab until the focus is on what has a name."""
    passed = []
    for _ in range(_MOST_STEPS):
        if name in _names():
            return QApplication.focusWidget()
        passed.append(sorted(_names(), key=len)[-1])
        _press(Qt.Key.Key_Tab)
    raise AssertionError(f"「{name}」 is not reached by Tab; passed: {passed}")


def _write(name, text):
    end_composition(_go_to(name), text)


def _next_tab(driver, tab):
    """Go on to the tab by Ctrl+Tab, from wherever the focus is inside."""
    for _ in range(8):
        if driver.tab.tab.id == tab:
            return
        _press(Qt.Key.Key_Tab, CTRL)
    raise AssertionError(f"the tab {tab} is not reached by Ctrl+Tab; the focus is on {_names()}")


@pytest.fixture
def empty(open_window, tmp_path):
    path = tmp_path / "空.hyoka"
    reports.new_report(path, find_form("iaa-annual"), 2024, "鍵盤法人")
    return open_window(path)


def test_a_sheet_is_written_from_nothing_by_keys_alone(empty, dialogs):
    driver = empty
    assert QApplication.focusWidget() is driver.desk.tree
    _write("項目名", "鍵だけで書く項目")
    _write("業務に関連する政策・施策", "政策目標1")
    _write("従事人員数", "１２")
    _next_tab(driver, "plan")
    for name, text in (("中期目標", "目標の文。"), ("中期計画", "計画の文。"), ("年度計画", "年度計画の文。")):
        _write(name, text)
    _next_tab(driver, "indicators")
    grid = next(one for one in driver.tab._grids if len(one._kinds) == 2)
    while True:
        _go_to(action_text("add_indicator"))
        if QApplication.focusWidget().parent() is grid:
            break
        _press(Qt.Key.Key_Tab)
    _press(Qt.Key.Key_Space)
    assert QApplication.focusWidget() is grid.table
    for text in ("実施件数", "", "", "１０件以上", "１２件"):
        _press(Qt.Key.Key_F2)
        end_composition(QApplication.focusWidget(), text)
        _press(Qt.Key.Key_Return)
        _press(Qt.Key.Key_Right)
    assert "・実施件数：１２件【計画：１０件以上】" in grid._printed.text()
    _press(Qt.Key.Key_Escape)
    _next_tab(driver, "results")
    _write("主要な業務実績", "実績の文。")
    _next_tab(driver, "self")
    _go_to("自己評定")
    _press(Qt.Key.Key_A)
    _write("評定の根拠", "根拠の文。")
    _press(Qt.Key.Key_N, CTRL | SHIFT)
    assert len(driver.workplace.view.items) == 2
    assert "項目名" in _names(), "the number is there already"
    driver.wait_saved()
    item = driver.item_id("Ⅰ-1")
    row = driver.row_ids("Ⅰ-1")[0]
    stored = {field: driver.stored(item, field) for field in ("item_title", "policy", "staff", "self_rating")}
    assert stored == {"item_title": "鍵だけで書く項目", "policy": "政策目標1", "staff": "12", "self_rating": "A"}
    assert driver.stored(item, "self_grounds") == "根拠の文。"
    fields = ("mid_term_objective", "mid_term_plan", "annual_plan", "results")
    assert [driver.stored(row, field) for field in fields] == [
        "目標の文。",
        "計画の文。",
        "年度計画の文。",
        "実績の文。",
    ]


def test_enter_adds_the_first_line_of_an_empty_table_which_says_so(empty):
    _go_to("項目名")
    _next_tab(empty, "indicators")
    table = QApplication.focusWidget()
    grid = next(one for one in empty.tab._grids if one.table is table)
    assert grid.note.text() == word("grid_empty")
    _press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is table
    assert table.model().rowCount() == 1
    assert grid.note.text() == word("grid_keys")
    _press(Qt.Key.Key_Return)
    assert table.model().rowCount() == 1, "only the first"


def test_the_first_line_of_a_table_of_a_final_item_cannot_be_added(empty):
    progress.set_state(empty.session, 2024, [empty.item_id("Ⅰ-1")], WorkState.FINAL)
    _go_to("項目名")
    _next_tab(empty, "indicators")
    table = empty.tab._grids[0].table
    table.setFocus()
    _press(Qt.Key.Key_Return)
    assert table.model().rowCount() == 0


def test_the_way_out_of_a_table_is_told_only_in_the_table(empty):
    _go_to("項目名")
    _next_tab(empty, "indicators")
    grid = empty.tab._grids[0]
    grid.table.setFocus()
    _press(Qt.Key.Key_Escape)
    assert grid.note.text() == word("grid_leave")
    _press(Qt.Key.Key_Tab)
    assert grid.note.text() == word("grid_empty")


def test_tab_leaves_a_table_that_is_not_being_written_in(empty):
    _go_to("項目名")
    _next_tab(empty, "indicators")
    grid = next(one for one in empty.tab._grids if len(one._kinds) == 2)
    grid.add_top()
    QApplication.processEvents()
    assert QApplication.focusWidget() is grid.table
    for _ in range(3 * grid.model.columnCount()):
        _press(Qt.Key.Key_Tab)
        if QApplication.focusWidget() is not grid.table:
            return
    raise AssertionError("the table holds the keyboard for ever")


def test_tab_leaves_every_text_and_shift_tab_comes_back(empty):
    first = _go_to("業務に関連する政策・施策")
    _press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not first
    _press(Qt.Key.Key_Backtab, SHIFT)
    assert QApplication.focusWidget() is first


def _places(page):
    """Tell what of a page can be seen and worked with: editors, buttons, tables, tabs."""
    kinds = QAbstractButton | QLineEdit | QTextEdit | QComboBox | QTableView | QTabBar
    widgets = [widget for widget in page.findChildren(QWidget) if isinstance(widget, kinds)]
    return {
        widget
        for widget in widgets
        if widget.isVisible() and widget.isEnabled() and not isinstance(widget.parent(), QTabBar | QTableView)
    }


def _walk(page, key, modifiers=Qt.KeyboardModifier.NoModifier):
    """Press a key until the focus is where it began; tell what of the page was passed, in order."""
    begin, passed = QApplication.focusWidget(), []
    for _ in range(_MOST_STEPS):
        if isinstance(QApplication.focusWidget(), SheetView):
            # Tab goes from cell to cell in a table, and leaves it after Esc.
            _press(Qt.Key.Key_Escape)
        _press(key, modifiers)
        if page.isAncestorOf(QApplication.focusWidget()):
            passed.append(QApplication.focusWidget())
        if QApplication.focusWidget() is begin:
            return passed
    raise AssertionError("the keyboard does not come back to where it began")


def _screens(driver):
    """Show every tab of an item, every page, a 区分; name each."""
    for tab in range(driver.page.tabs.count()):
        driver.page.tabs.setCurrentIndex(tab)
        yield driver.page.tab_id
    for page in driver.workplace.form.pages:
        driver.go_page(page.id)
        yield page.id
    driver.go_section("Ⅰ")
    yield "section"


def test_tab_reaches_every_editor_and_button_of_every_page_and_shift_tab_comes_back(driver, subtests):
    for name in _screens(driver):
        with subtests.test(name):
            driver.desk.tree.setFocus()
            QApplication.processEvents()
            page = driver.desk.page
            forward = _walk(page, Qt.Key.Key_Tab)
            assert {_named(widget) for widget in _places(page) - set(forward)} == set()
            assert _walk(page, Qt.Key.Key_Backtab, SHIFT) == forward[::-1]


def test_whatever_has_the_keyboard_looks_otherwise_than_without_it(driver, subtests):
    for name in _screens(driver):
        driver.desk.tree.setFocus()
        QApplication.processEvents()
        without = {widget: widget.grab().toImage() for widget in _places(driver.desk.page)}
        with subtests.test(name):
            same = set()
            for _ in range(_MOST_STEPS):
                _press(Qt.Key.Key_Tab)
                focus = QApplication.focusWidget()
                if focus in without and focus.grab().toImage() == without[focus]:
                    same.add(_named(focus))
                if focus is driver.desk.tree:
                    break
            assert same == set()


def test_going_to_another_tab_puts_the_cursor_where_something_can_be_done(driver):
    driver.activate()
    driver.edit("item_title").setFocus()
    for _ in range(driver.page.tabs.count() - 1):
        _press(Qt.Key.Key_Tab, CTRL)
        focus = QApplication.focusWidget()
        assert focus in _places(driver.tab), driver.tab.tab.id
        assert isinstance(focus.parent(), FieldEditor | NodeGrid), "it is where one can write, not beside"


def test_ctrl_tab_turns_the_tabs_from_anywhere_and_enters_them(driver):
    driver.activate()
    for outside in (driver.desk.tree, driver.desk.filter.line, driver.window._year):
        for modifiers, key, tab in ((CTRL, Qt.Key.Key_Tab, "plan"), (CTRL | SHIFT, Qt.Key.Key_Backtab, "basic")):
            outside.setFocus()
            _press(key, modifiers)
            assert driver.page.tab_id == tab
            assert driver.tab.isAncestorOf(QApplication.focusWidget())


def test_return_in_the_tree_goes_into_the_page(driver):
    driver.activate()
    for choose in (lambda: driver.go_item("Ⅰ-2"), lambda: driver.go_page("cover"), lambda: driver.go_section("Ⅱ")):
        choose()
        driver.desk.tree.setFocus()
        _press(Qt.Key.Key_Return)
        assert driver.desk.page.isAncestorOf(QApplication.focusWidget())
        assert isinstance(QApplication.focusWidget().parent(), FieldEditor)
    driver.go_computed()
    driver.desk.tree.setFocus()
    _press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is driver.desk.tree, "there is nothing to write"


def test_the_menus_are_reached_by_their_keys(empty):
    labels = [action.text() for action in empty.window.menuBar().actions()]
    assert all("&" in label for label in labels), "each menu has a letter, as (&F) in Japanese programs"


def test_all_shortcuts_differ(empty):
    keys = [action.shortcut().toString() for action in empty.window.findChildren(type(empty.window.actions_["undo"]))]
    keys = [key for key in keys if key]
    assert sorted(keys) == sorted(set(keys))


def test_rows_are_added_by_keys(empty):
    driver = empty
    _go_to("項目名")
    _next_tab(driver, "results")
    _go_to(action_text("add_row"))
    _press(Qt.Key.Key_Space)
    assert len(driver.workplace.view.children(driver.item_id("Ⅰ-1"), NodeKind.ROW)) == 2
