"""Input methods: the composition is kept, never made final too early, never lost; full-width digits; dates."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from window_driver import (
    CTRL,
    LEFT,
    NONE,
    compose,
    end_composition,
    on_disk,
    paste,
    press_button,
    table_texts,
    type_text,
)

from hyoka_desktop.domain.report import Address
from hyoka_desktop.messages.commandline import ODDITIES
from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.editors import composition
from hyoka_desktop.ui.pages.grid import IndicatorGrid

WINDOW = (1000, 768)
"""Without room for the preview, which has tests of its own."""
FIELDS = [("results", "results"), ("basic", "item_title")]


def _text_of(driver, field):
    return driver.block(field).editor.text()


@pytest.mark.parametrize(("tab", "field"), FIELDS)
def test_each_step_of_a_composition_is_in_the_draft(driver, tab, field):
    driver.go_item("Ⅰ-1", tab)
    address = driver.block(field).binding.address
    before = driver.stored(address.node, field)
    edit = driver.focus(field)
    for step in ("ｈ", "ひょ", "ひょうか", "評価"):
        compose(edit, step)
        driver.wait_saved()
        assert driver.drafts_on_disk() == {address: before + step}


@pytest.mark.parametrize(("tab", "field"), FIELDS)
def test_a_composition_in_the_middle_stands_in_the_draft_where_it_stands_on_the_screen(driver, tab, field):
    driver.go_item("Ⅰ-1", tab)
    address = driver.block(field).binding.address
    before = driver.stored(address.node, field)
    edit = driver.focus(field)
    QTest.keyClick(edit, Qt.Key.Key_Left)
    compose(edit, "へん")
    driver.wait_saved()
    assert driver.drafts_on_disk() == {address: before[:-1] + "へん" + before[-1]}


@pytest.mark.parametrize(("tab", "field"), FIELDS)
def test_what_an_input_method_hands_over_is_cleaned_and_it_is_said(driver, tab, field):
    driver.go_item("Ⅰ-1", tab)
    edit = driver.focus(field)
    edit.selectAll()
    driver.window.statusBar().clearMessage()
    end_composition(edit, "前\x01\u202e後")
    assert _text_of(driver, field) == "前\u2426後"
    assert ODDITIES["control"] in driver.window.statusBar().currentMessage()
    driver.leave()
    assert driver.stored(driver.block(field).binding.address.node, field) == "前\u2426後"


def test_a_composition_after_a_character_of_two_units_stands_where_it_stands_on_the_screen(driver):
    driver.go_item("Ⅰ-1", "results")
    address = driver.block("results").binding.address
    edit = driver.focus("results")
    edit.selectAll()
    end_composition(edit, "𠮷野家𩸽")
    QTest.keyClick(edit, Qt.Key.Key_Left)
    compose(edit, "の")
    driver.wait_saved()
    assert driver.drafts_on_disk() == {address: "𠮷野家の𩸽"}


@pytest.mark.parametrize(("tab", "field"), FIELDS)
def test_nothing_becomes_final_while_composing_without_a_command(driver, tab, field):
    driver.go_item("Ⅰ-1", tab)
    sequence = driver.session._sequence
    edit = driver.focus(field)
    compose(edit, "へんかんちゅう")
    driver.window.backups.back_up_if_changed()
    driver.trigger("toggle_preview")
    assert driver.session._sequence == sequence
    assert driver.block(field).editor.is_composing


@pytest.mark.parametrize(("tab", "field"), FIELDS)
def test_what_was_composed_arrives_once(driver, tab, field):
    driver.go_item("Ⅰ-1", tab)
    address = driver.block(field).binding.address
    before = driver.stored(address.node, field)
    edit = driver.focus(field)
    for step in ("ひ", "ひょうか", "評価"):
        compose(edit, step)
    end_composition(edit, "評価")
    assert _text_of(driver, field) == before + "評価"
    driver.wait_saved()
    assert driver.drafts_on_disk() == {address: before + "評価"}
    driver.leave()
    assert driver.stored(address.node, field) == before + "評価"


@pytest.mark.parametrize(("tab", "field"), FIELDS)
def test_a_composition_given_up_leaves_no_trace(driver, tab, field):
    driver.go_item("Ⅰ-1", tab)
    address = driver.block(field).binding.address
    before, sequence = driver.stored(address.node, field), driver.session._sequence
    edit = driver.focus(field)
    compose(edit, "やめる")
    compose(edit, "")
    driver.wait_saved()
    assert driver.drafts_on_disk() in ({}, {address: before})
    driver.leave()
    driver.wait_saved()
    assert driver.drafts_on_disk() == {}
    assert driver.session._sequence == sequence


@pytest.mark.parametrize(("tab", "field"), FIELDS)
def test_composing_and_leaving_by_mouse_loses_nothing(driver, tab, field):
    """The input method of this platform hands nothing over when the field is left, as one that crashed."""
    driver.go_item("Ⅰ-1", tab)
    address = driver.block(field).binding.address
    before = driver.stored(address.node, field)
    compose(driver.focus(field), "かきかけ")
    driver.leave()
    driver.wait_saved()
    kept = {driver.stored(address.node, field), driver.drafts_on_disk().get(address)}
    assert before + "かきかけ" in kept


@pytest.mark.parametrize(("tab", "field"), FIELDS)
def test_composing_and_leaving_with_an_input_method_that_hands_over_keeps_it_once(driver, tab, field):
    driver.go_item("Ⅰ-1", tab)
    address = driver.block(field).binding.address
    before = driver.stored(address.node, field)
    edit = driver.focus(field)
    compose(edit, "書きかけ")
    end_composition(edit, "書きかけ")
    driver.leave()
    assert driver.stored(address.node, field) == before + "書きかけ"


def test_going_to_the_next_item_while_composing_loses_nothing_and_spoils_nothing(driver):
    driver.go_item("Ⅰ-1", "results")
    row = driver.row_ids("Ⅰ-1")[0]
    before, after = driver.stored(row, "results"), driver.stored(driver.row_ids("Ⅰ-2")[0], "results")
    compose(driver.focus("results"), "途中")
    driver.trigger("next_item")
    assert driver.edit("results").plain() == after
    driver.leave()
    assert driver.stored(driver.row_ids("Ⅰ-2")[0], "results") == after
    driver.go_item("Ⅰ-1")
    assert driver.edit("results").plain() == before + "途中"
    driver.focus("results")
    driver.leave()
    assert driver.stored(row, "results") == before + "途中"


@pytest.mark.parametrize(("tab", "field"), FIELDS)
def test_closing_while_composing_takes_the_text_in_and_asks_nothing_the_next_time(open_window, sample, tab, field):
    first = open_window(sample)
    first.go_item("Ⅰ-1", tab)
    address = first.block(field).binding.address
    before = first.stored(address.node, field)
    compose(first.focus(field), "閉じる間際")
    first.close()
    assert on_disk(sample, "SELECT text FROM draft") == []
    second = open_window(sample)
    assert second.stored(address.node, field) == before + "閉じる間際"


def test_leaving_the_report_while_composing_takes_the_text_in(driver, sample):
    driver.go_item("Ⅰ-1", "results")
    compose(driver.focus("results"), "離れる間際")
    driver.trigger("start")
    texts = on_disk(sample, "SELECT text FROM value WHERE field='results' AND text LIKE '%離れる間際'")
    assert len(texts) == 1
    assert on_disk(sample, "SELECT text FROM draft") == []


class _InputMethod:
    """Hand over what is being composed when it is asked in one way, as those of different systems do."""

    def __init__(self, widget, answers_to):
        self._widget, self._answers_to = widget, answers_to

    def commit(self):
        self._answer("commit")

    def reset(self):
        self._answer("reset")

    def _answer(self, asked):
        if asked == self._answers_to:
            end_composition(self._widget, "渡した文")


@pytest.mark.parametrize(("tab", "field"), FIELDS)
@pytest.mark.parametrize(("answers_to", "arrived"), [("commit", "渡した文"), ("reset", "渡した文"), ("", "打った文")])
def test_what_is_composed_at_closing_arrives_once(driver, sample, monkeypatch, answers_to, arrived, tab, field):
    driver.go_item("Ⅰ-1", tab)
    address = driver.block(field).binding.address
    before = driver.stored(address.node, field)
    edit = driver.focus(field)
    compose(edit, "打った文")
    system = SimpleNamespace(inputMethod=lambda: _InputMethod(edit, answers_to))
    monkeypatch.setattr(composition, "QGuiApplication", system)
    driver.close()
    query = "SELECT text FROM value WHERE node=? AND field=? AND year=?"
    assert on_disk(sample, query, tuple(address)) == [(before + arrived,)]
    assert on_disk(sample, "SELECT text FROM draft") == []


def test_a_composition_that_was_taken_as_typed_is_on_the_screen_once(driver):
    driver.go_item("Ⅰ-1", "results")
    edit = driver.focus("results")
    compose(edit, "打った文")
    driver.window.save_now()
    assert edit.plain().endswith("打った文")
    assert edit.textCursor().block().layout().preeditAreaText() == ""


def test_a_context_menu_does_not_make_typing_final_or_lose_the_selection(driver):
    driver.go_item("Ⅰ-1", "basic")
    edit = driver.type("item_title", "の選択")
    edit.setSelection(0, 2)
    selected = edit.selectedText()
    # This is what Qt sends to the field when its context menu opens.
    QApplication.sendEvent(edit, QFocusEvent(QFocusEvent.Type.FocusOut, Qt.FocusReason.PopupFocusReason))
    assert edit.selectedText() == selected


def test_full_width_digits_in_a_number_stay_visible_and_are_right(driver, subtests):
    driver.go_item("Ⅰ-1", "basic")
    item = driver.item_id("Ⅰ-1")
    for written in ("１２３", "1,234", "１，２３４", "0", "007"):
        with subtests.test(written):
            edit = driver.focus("staff")
            edit.selectAll()
            end_composition(edit, written)
            assert edit.text() == written
            driver.leave()
            plain = str(int(written.replace(",", "").replace("，", "")))
            assert driver.stored(item, "staff") == plain
            assert edit.text() == plain, "what is stored is shown"
            driver.go_item("Ⅰ-2")
            driver.go_item("Ⅰ-1")
            assert driver.edit("staff").text() == plain


def test_a_number_is_shown_in_plain_digits_at_enter(driver):
    driver.go_item("Ⅰ-1", "basic")
    edit = driver.focus("staff")
    edit.selectAll()
    type_text(edit, "２，３４５")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "2345"


def test_what_is_no_number_stays_as_it_is_written(driver, subtests):
    driver.go_item("Ⅰ-1", "basic")
    for written in ("約30人", "12.5", "-3", "三十", "１２人"):
        with subtests.test(written):
            edit = driver.focus("staff")
            edit.selectAll()
            end_composition(edit, written)
            driver.leave()
            assert edit.text() == written
            assert driver.stored(driver.item_id("Ⅰ-1"), "staff") == written


def test_quantities_in_the_grid_stay_as_they_are_written(driver, subtests):
    driver.go_item("Ⅰ-1", "indicators")
    grid = next(grid for grid in driver.tab.findChildren(IndicatorGrid))
    place = [column.field.id if column.field else "" for column in grid.model.columns].index("actual")
    index = grid.model.index(0, place)
    for written in ("１２３", "９５％以上", "▲3", "１２３．５千円", "最大約480万枚"):
        with subtests.test(written):
            grid.table.setCurrentIndex(index)
            grid.table.setFocus()
            QTest.keyClick(grid.table, Qt.Key.Key_F2)
            editor = grid.table.indexWidget(index)
            editor.selectAll()
            compose(editor, written)
            end_composition(editor, written)
            assert editor.text() == written
            QTest.keyClick(editor, Qt.Key.Key_Return)
            QApplication.processEvents()
            assert grid.model.data(index) == written
            assert driver.stored(grid.model.address(index).node, "actual") == written


def test_an_input_method_opens_the_cell_on_which_it_begins(driver):
    driver.go_item("Ⅰ-1", "indicators")
    grid = next(grid for grid in driver.tab.findChildren(IndicatorGrid))
    place = [column.field.id if column.field else "" for column in grid.model.columns].index("actual")
    index = grid.model.index(0, place)
    grid.table.setCurrentIndex(index)
    grid.table.setFocus()
    assert grid.table.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    QApplication.sendEvent(grid.table, QInputMethodEvent("３", []))
    editor = grid.table.indexWidget(index)
    assert editor is not None
    event = QInputMethodEvent("", [])
    event.setCommitString("３百施設")
    QApplication.sendEvent(grid.table, event)
    editor = grid.table.indexWidget(index)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert "３百施設" in grid.model.data(index)


def test_a_composition_in_a_cell_is_in_the_draft(driver):
    driver.go_item("Ⅰ-1", "indicators")
    grid = next(grid for grid in driver.tab.findChildren(IndicatorGrid))
    place = [column.field.id if column.field else "" for column in grid.model.columns].index("actual")
    index = grid.model.index(0, place)
    grid.table.setCurrentIndex(index)
    grid.table.setFocus()
    QTest.keyClick(grid.table, Qt.Key.Key_F2)
    editor = grid.table.indexWidget(index)
    editor.selectAll()
    compose(editor, "さんびゃく")
    driver.wait_saved()
    address = grid.model.address(index)
    assert driver.drafts_on_disk()[address].endswith("さんびゃく")


def _complaint(driver, field):
    return next(label for label in driver.block(field).findChildren(QLabel) if label.text() == word("date_wrong"))


_DATES = (
    ("令和7年6月27日", "2025-06-27", "令和7年6月27日"),
    ("令和７年６月２７日", "2025-06-27", "令和7年6月27日"),
    ("2025-06-27", "2025-06-27", "令和7年6月27日"),
    ("R7.6.27", "2025-06-27", "令和7年6月27日"),
    ("2025/6/27", "2025-06-27", "令和7年6月27日"),
    ("令和元年5月1日", "2019-05-01", "令和元年5月1日"),
    ("平成31年4月30日", "2019-04-30", "平成31年4月30日"),
    ("令和 7年 6月 1日", "2025-06-01", "令和7年6月1日"),
    ("", "", ""),
)


def test_a_date_is_read_in_the_era_and_written_as_it_prints(driver, subtests):
    driver.go_page("cover")
    for written, stored, shown in _DATES:
        with subtests.test(written):
            edit = driver.focus("cover_date")
            edit.selectAll()
            QTest.keyClick(edit, Qt.Key.Key_Delete)
            end_composition(edit, written)
            driver.leave()
            assert driver.stored(1, "cover_date") == stored
            assert edit.text() == shown
            assert not _complaint(driver, "cover_date").isVisible()


def test_a_wrong_date_is_marked_and_kept(driver, subtests):
    for written in ("令和6年2月30日", "平成31年5月1日", "六月末", "令和6年6月", "6/28"):
        with subtests.test(written):
            driver.go_page("cover")
            edit = driver.focus("cover_date")
            edit.selectAll()
            QTest.keyClick(edit, Qt.Key.Key_Delete)
            end_composition(edit, written)
            assert not _complaint(driver, "cover_date").isVisible(), "not while writing"
            driver.leave()
            assert edit.text() == written
            assert driver.stored(1, "cover_date") == written
            assert _complaint(driver, "cover_date").isVisible()
            driver.go_page("overview")
            driver.go_page("cover")
            assert _complaint(driver, "cover_date").isVisible(), "it is still wrong"


def test_a_wrong_date_that_is_mended_is_no_longer_marked(driver):
    driver.go_page("cover")
    edit = driver.focus("cover_date")
    edit.selectAll()
    type_text(edit, "六月末")
    driver.leave()
    edit = driver.focus("cover_date")
    edit.selectAll()
    type_text(edit, "令和7年6月27日")
    driver.leave()
    assert not _complaint(driver, "cover_date").isVisible()


def test_a_recovered_draft_shows_what_was_before_and_after(open_window, dialogs, sample):
    first = open_window(sample)
    first.go_item("Ⅰ-1", "basic")
    compose(first.focus("item_title"), "の未確定")
    first.wait_saved()
    left = Path(shutil.copy(sample, sample.with_name("落ちたとき.hyoka")))
    first.close()
    second = open_window()

    def drop(dialog):
        title = "港湾施設の点検・診断の支援"
        assert table_texts(dialog) == [["Ⅰ-1 項目名", title, title + "の未確定"]]
        press_button(word("recover_drop"))(dialog)

    with dialogs.expect(drop):
        second.window.open_file(left)
    second.wait_saved()
    assert second.drafts_on_disk() == {}
    assert second.stored(second.item_id("Ⅰ-1"), "item_title") == "港湾施設の点検・診断の支援"


def test_a_number_that_is_pasted_with_a_unit_is_not_cut(driver):
    driver.go_item("Ⅰ-1", "basic")
    edit = driver.focus("budget")
    edit.selectAll()
    paste(edit, "１，２３４，５６７千円（補正後）" * 20)
    driver.leave()
    assert driver.stored(driver.item_id("Ⅰ-1"), "budget") == "１，２３４，５６７千円（補正後）" * 20


def test_leaving_by_a_click_on_another_field_ends_the_first(driver):
    driver.go_item("Ⅰ-1", "basic")
    driver.type("policy", "先の欄")
    other = driver.edit("legal_basis")
    QTest.mouseClick(other.viewport(), LEFT, NONE, QPoint(8, 8))
    assert driver.stored(driver.item_id("Ⅰ-1"), "policy").endswith("先の欄")
    driver.wait_saved()
    assert Address(driver.item_id("Ⅰ-1"), "policy", 0) not in driver.drafts_on_disk()


def _composing_in_a_cell(driver):
    driver.go_item("Ⅰ-1", "indicators")
    grid = next(grid for grid in driver.tab.findChildren(IndicatorGrid))
    index = grid.model.index(0, 0)
    grid.table.setCurrentIndex(index)
    grid.table.setFocus()
    QTest.keyClick(grid.table, Qt.Key.Key_F2)
    before = grid.model.text(index)
    compose(grid.table.indexWidget(index), "へん")
    return grid.model.address(index), before


def test_going_to_the_next_item_while_composing_in_a_cell_writes_the_cell(driver):
    address, before = _composing_in_a_cell(driver)
    driver.key(Qt.Key.Key_PageDown, CTRL)
    assert driver.desk.item == driver.item_id("Ⅰ-2")
    assert driver.snapshot.stored(address) == before + "へん"
    driver.wait_saved()
    assert driver.drafts_on_disk() == {}


def test_closing_while_composing_in_a_cell_writes_the_cell(driver, sample):
    address, before = _composing_in_a_cell(driver)
    driver.close()
    query = "SELECT text FROM value WHERE node=? AND field=? AND year=?"
    assert on_disk(sample, query, tuple(address)) == [(before + "へん",)]
    assert on_disk(sample, "SELECT text FROM draft") == []
