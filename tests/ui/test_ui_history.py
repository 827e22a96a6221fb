"""History in the window: what was written to a field, the difference of any two, the way back; named versions."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_driver import LEFT, cell_texts, press_button, type_text

from hyoka_desktop.domain.versions import named_versions
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.history import name_version
from hyoka_desktop.ui.dialogs.versions import VersionsDialog
from hyoka_desktop.ui.window import Window

FIELD = "results"


@pytest.fixture
def written(driver, qtbot):
    """Write a field twice and have its history shown."""
    driver.go_item("Ⅰ-1", "results")
    driver.type(FIELD, "一度目。")
    driver.leave()
    driver.type(FIELD, "二度目。")
    driver.leave()
    driver.focus(FIELD)
    driver.trigger("toggle_history")
    qtbot.waitUntil(lambda: driver.desk.side.panel("history").list.count() >= 3)
    return driver


@pytest.fixture
def panel(written):
    return written.desk.side.panel("history")


def _formats(view):
    """Tell the runs of a difference with how they are marked."""
    runs = []
    block = view.document().begin()
    while block.isValid():
        for fragment in block:
            shape = fragment.fragment().charFormat()
            runs.append((fragment.fragment().text(), shape.fontUnderline(), shape.fontStrikeOut()))
        block = block.next()
    return runs


def test_the_history_of_the_field_in_hand_is_shown_newest_first(panel):
    assert panel.list.count() == 3
    assert [panel.list.item(row).text().split("\n")[1] for row in range(3)] == [
        "主要な業務実績の入力",
        "主要な業務実績の入力",
        "データの取り込み",
    ]
    assert panel.list.item(0).isSelected()
    marked = [run for run in _formats(panel.difference) if run[1] or run[2]]
    assert marked == [("二度目。", True, False)]


def test_two_chosen_entries_are_compared_with_each_other(panel):
    panel.list.item(2).setSelected(True)
    marked = [run for run in _formats(panel.difference) if run[1] or run[2]]
    assert marked == [("一度目。二度目。", True, False)]
    assert not panel.partner.isVisible()


def test_an_entry_is_compared_with_the_text_of_now_where_that_is_wanted(panel):
    panel.list.setCurrentRow(1)
    panel.partner.setCurrentIndex(1)
    panel.partner.activated.emit(1)
    assert [run for run in _formats(panel.difference) if run[1] or run[2]] == [("二度目。", True, False)]


def test_an_earlier_text_comes_back_by_a_button_and_undo_takes_it_away_again(written, panel, qtbot):
    row = written.row_ids("Ⅰ-1")[0]
    now = written.stored(row, FIELD)
    panel.list.setCurrentRow(1)
    QTest.mouseClick(panel.back, LEFT)
    assert written.stored(row, FIELD) == now.removesuffix("二度目。")
    assert written.edit(FIELD).plain() == now.removesuffix("二度目。")
    assert "以前の内容への復元" in written.undo_name()
    qtbot.waitUntil(lambda: panel.list.count() == 4)
    written.undo()
    assert written.stored(row, FIELD) == now


def test_the_text_of_now_has_nothing_to_come_back_to(panel):
    assert not panel.back.isEnabled()


def test_another_field_in_hand_has_its_own_history(written, panel, qtbot):
    written.go_tab("self")
    written.focus("self_grounds")
    qtbot.waitUntil(lambda: panel.list.count() == 1)
    assert written.workplace.form.fields["self_grounds"].label in panel._heading.text()
    written.go_page("cover")
    qtbot.waitUntil(lambda: panel.list.count() == 0)
    assert panel._heading.text() == word("history_no_field")


def test_the_search_finds_what_came_and_went_and_leads_to_its_field(written, dialogs, qtbot):
    found = {}

    def use(dialog):
        type_text(dialog.line, "二度目")
        dialog.search()
        qtbot.waitUntil(lambda: dialog.list.lines.rowCount() == 1)
        found["line"] = cell_texts(dialog.list)[0]
        press_button(word("history_go"))(dialog)

    written.go_page("cover")
    with dialogs.expect(use):
        written.trigger("search_history")
    assert found["line"][:2] == ["Ⅰ-1 主要な業務実績", "主要な業務実績の入力"]
    assert written.window.focusWidget() is written.edit(FIELD)


def test_a_version_is_recorded_listed_compared_and_taken_back_from(written, dialogs, qtbot):
    row = written.row_ids("Ⅰ-1")[0]
    submitted = written.stored(row, FIELD)

    def name(dialog):
        type_text(dialog.name, "提出版")
        press_button(word("version_record_do"))(dialog)

    with dialogs.expect(name):
        written.trigger("record_version")
    assert [version.name for version in named_versions(written.snapshot)] == ["提出版"]
    written.type(FIELD, "提出後。")
    written.leave()

    def take_back(dialog):
        assert dialog.view.list.lines.rowCount() == 1
        press_button(word("comparison_restore", before="提出版"))(dialog)
        assert dialog.view.list.lines.rowCount() == 0
        dialog.reject()

    versions = VersionsDialog(written.window, written.workplace, lambda _: None, lambda _: None)
    versions.show()
    assert [cell_texts(versions.list)[0][place] for place in (0, 3)] == ["提出版", ""]
    with dialogs.expect(take_back):
        press_button(word("version_compare_now"))(versions)
    versions.close()
    assert written.stored(row, FIELD) == submitted


ENTER, DOUBLE_CLICK, BUTTON = "enter", "double click", "button"


def lead(lines, way):
    """Go where the line in hand leads, in a person's way."""
    if way == ENTER:
        QTest.keyClick(lines, Qt.Key.Key_Return)
    else:
        place = lines.visualRect(lines.currentIndex()).center()
        QTest.mouseClick(lines.viewport(), LEFT, pos=place)
        QTest.mouseDClick(lines.viewport(), LEFT, pos=place)


@pytest.mark.parametrize("way", [ENTER, DOUBLE_CLICK, BUTTON])
def test_a_text_that_differs_leads_to_its_field_in_its_year_and_nothing_is_taken_back(written, dialogs, way):
    row = written.row_ids("Ⅰ-1")[0]
    name_version(written.session, "提出版", "")
    written.type(FIELD, "提出後。")
    written.leave()
    now = written.stored(row, FIELD)
    written.choose_year(2023)
    written.go_page("cover")

    def go(dialog):
        assert dialog.view.list.lines.rowCount() == 1
        if way == BUTTON:
            press_button(word("history_go"))(dialog)
        else:
            lead(dialog.view.list, way)
        assert not dialog.isVisible()

    # The list of versions is no modal window here, so that the one above it can be answered.
    versions = VersionsDialog(written.window, written.workplace, lambda _: None, written.window.moving.go_to)
    versions.show()
    with dialogs.expect(go):
        press_button(word("version_compare_now"))(versions)
    assert not versions.isVisible()
    assert written.year == 2024
    assert written.window.focusWidget() is written.edit(FIELD)
    assert written.stored(row, FIELD) == now


def test_a_part_that_is_gone_leads_nowhere(written, dialogs):
    name_version(written.session, "提出版", "")
    written.session.remove_node(2024, written.row_ids("Ⅰ-1")[-1])

    def try_to_go(dialog):
        assert dialog.view.place is None
        assert not dialog.go_button.isEnabled()
        lead(dialog.view.list, ENTER)
        assert dialog.isVisible()
        dialog.reject()

    versions = VersionsDialog(written.window, written.workplace, lambda _: None, written.window.moving.go_to)
    versions.show()
    with dialogs.expect(try_to_go):
        press_button(word("version_compare_now"))(versions)
    assert versions.isVisible()
    versions.close()


@pytest.mark.parametrize("way", [ENTER, DOUBLE_CLICK])
def test_an_entry_that_was_found_leads_to_its_field_in_its_year(written, dialogs, qtbot, way):
    written.choose_year(2023)
    written.go_page("cover")

    def go(dialog):
        type_text(dialog.line, "二度目")
        dialog.search()
        qtbot.waitUntil(lambda: dialog.list.lines.rowCount() == 1)
        lead(dialog.list, way)

    with dialogs.expect(go):
        written.trigger("search_history")
    assert written.year == 2024
    assert written.window.focusWidget() is written.edit(FIELD)


def test_a_version_opens_in_a_window_of_its_own_and_can_only_be_read(written, dialogs, qtbot):
    def name(dialog):
        type_text(dialog.name, "提出版")
        press_button(word("version_record_do"))(dialog)

    with dialogs.expect(name):
        written.trigger("record_version")
    row = written.row_ids("Ⅰ-1")[0]
    submitted = written.stored(row, FIELD)
    written.type(FIELD, "提出後。")
    written.leave()
    written.window.history.open_version(named_versions(written.snapshot)[0])
    other = next(
        window
        for window in QApplication.topLevelWidgets()
        if isinstance(window, Window) and window is not written.window and window.isVisible()
    )
    try:
        assert "提出版" in other.windowTitle()
        assert other.desk.workplace.is_read_only
        assert other.desk.workplace.view.text(row, FIELD) == submitted
        assert not other.actions_["undo"].isEnabled()
        assert other.actions_["export"].isEnabled()
    finally:
        other.close()
    assert written.stored(row, FIELD) != submitted
