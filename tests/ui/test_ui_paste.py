"""Paste: whatever comes from outside is cleaned, what was cleaned is said, nothing else is lost, nothing freezes."""

import time

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_driver import CTRL, paste

from hyoka_desktop.domain.report import Address
from hyoka_desktop.messages.commandline import ODDITIES
from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.search.replacing import ReplaceDialog

WINDOW = (1000, 768)
"""Without room for the preview, which has tests of its own."""
BUDGET_SECONDS = 2.0
HOSTILE = {
    "control characters": ("前\x01\x02\x08\x1b後", "前後", "control"),
    "a NUL": ("前\x00後", "前後", "control"),
    "C1 controls": ("前\x80\x9f後", "前後", "control"),
    "vertical tab": ("前\x0b後", "前\n後", "line_end"),
    "form feed": ("前\x0c後", "前\n後", "line_end"),
    "line separator": ("前\u2028後", "前\n後", "line_end"),
    "paragraph separator": ("前\u2029後", "前\n後", "line_end"),
    "next line": ("前\u0085後", "前\n後", "line_end"),
    "byte order mark": ("前\ufeff後", "前後", "noncharacter"),
    "noncharacter": ("前\ufffe\uffff後", "前後", "noncharacter"),
    "right to left": ("前\u202e後", "前\u2426後", "direction"),
}
KEPT = {
    "carriage return and line feed": ("一\r\n二", "一\n二"),
    "carriage return": ("一\r二", "一\n二"),
    "no-break space": ("第\u00a03\u00a0章", "第\u00a03\u00a0章"),
    "ideographic space": ("\u3000字下げ", "\u3000字下げ"),
    "tab": ("一\t二", "一\t二"),
    "beyond the first plane": ("𠮷野家𩸽😀", "𠮷野家𩸽😀"),
    "variation selector": ("葛\U000e0100飾", "葛\U000e0100飾"),
    "private use": ("外\ue000字", "外\ue000字"),
    "decomposed": ("か\u3099", "か\u3099"),
    "markup": ("<b>太字</b>&amp;<img src=x>", "<b>太字</b>&amp;<img src=x>"),
    "zero width joiner": ("👩\u200d🔬", "👩\u200d🔬"),
}


def _pasted_into(driver, text, field="results", tab="results"):
    driver.go_item("Ⅰ-1", tab)
    edit = driver.focus(field)
    edit.selectAll()
    paste(edit, text)
    return edit


def test_what_no_document_can_hold_is_cleaned_and_it_is_said(driver, subtests):
    row = driver.row_ids("Ⅰ-1")[0]
    for name, (pasted, clean, kind) in HOSTILE.items():
        with subtests.test(name):
            driver.window.statusBar().clearMessage()
            edit = _pasted_into(driver, pasted)
            assert edit.plain() == clean
            assert ODDITIES[kind] in driver.window.statusBar().currentMessage()
            driver.leave()
            assert driver.stored(row, "results") == clean
            driver.wait_saved()
            assert driver.value_on_disk(row, "results", 2024) == clean


def test_what_merely_looks_odd_is_kept(driver, subtests):
    for name, (pasted, kept) in KEPT.items():
        with subtests.test(name):
            edit = _pasted_into(driver, pasted)
            assert edit.plain() == kept
            assert driver.window.statusBar().currentMessage() == ""
            driver.leave()
            assert driver.stored(driver.row_ids("Ⅰ-1")[0], "results") == kept


def test_lone_surrogates_are_replaced_or_refused_but_never_break_anything(driver):
    edit = _pasted_into(driver, "前\ud800後")
    assert edit.plain().startswith("前")
    assert "\ud800" not in edit.plain()
    driver.leave()
    driver.wait_saved()
    text = driver.value_on_disk(driver.row_ids("Ⅰ-1")[0], "results", 2024)
    text.encode("utf-8")
    assert text[0] == "前"
    assert text[-1] == "後"


_IN_LINES = ("control characters", "line separator", "noncharacter", "right to left")


def test_a_line_is_cleaned_too_and_it_is_said(driver, subtests):
    for name in _IN_LINES:
        pasted, clean, kind = HOSTILE[name]
        with subtests.test(name):
            driver.window.statusBar().clearMessage()
            _pasted_into(driver, pasted, "item_title", "basic")
            message = driver.window.statusBar().currentMessage()
            driver.leave()
            stored = driver.stored(driver.item_id("Ⅰ-1"), "item_title")
            assert stored.replace(" ", "") == clean.replace("\n", "")
            assert driver.edit("item_title").text() == stored, "the screen shows what is stored"
            assert ODDITIES[kind] in message


def test_a_line_never_holds_a_line_end(driver, subtests):
    for pasted in ("港湾\n施設", "港湾\r\n施設", "港湾\u2028施設", "港湾施設\n"):
        with subtests.test(repr(pasted)):
            _pasted_into(driver, pasted, "item_title", "basic")
            driver.leave()
            stored = driver.stored(driver.item_id("Ⅰ-1"), "item_title")
            assert "\n" not in stored
            assert driver.edit("item_title").text() == stored, "the screen shows what is stored"


def test_formatted_text_arrives_as_plain_text(driver):
    driver.go_item("Ⅰ-1", "results")
    edit = driver.focus("results")
    edit.selectAll()
    data = QMimeData()
    data.setHtml('<p style="color:red;font-size:40pt">赤い<b>太字</b></p><img src="file:///etc/passwd">')
    data.setText("赤い太字")
    QGuiApplication.clipboard().setMimeData(data)
    edit.paste()
    assert edit.plain() == "赤い太字"
    cursor = edit.textCursor()
    assert cursor.charFormat().fontPointSize() == 0
    assert not cursor.charFormat().hasProperty(cursor.charFormat().Property.ForegroundBrush)


@pytest.mark.parametrize("kind", ["picture", "file"])
def test_pictures_and_files_are_not_pasted(driver, kind, tmp_path):
    driver.go_item("Ⅰ-1", "results")
    edit = driver.focus("results")
    before = edit.plain()
    data = QMimeData()
    if kind == "picture":
        data.setImageData(QImage(10, 10, QImage.Format.Format_RGB32))
    else:
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / "秘密.txt"))])
    QGuiApplication.clipboard().setMimeData(data)
    edit.paste()
    assert edit.plain() == before


def test_a_hundred_thousand_characters_do_not_freeze_the_window(driver):
    text = "独立行政法人の業務実績に関する評価の文章。\n" * (100_000 // 22)
    driver.go_item("Ⅰ-1", "results")
    edit = driver.focus("results")
    edit.selectAll()
    begin = time.perf_counter()
    paste(edit, text)
    QApplication.processEvents()
    assert time.perf_counter() - begin < BUDGET_SECONDS
    assert edit.plain() == text
    begin = time.perf_counter()
    driver.leave()
    QApplication.processEvents()
    assert time.perf_counter() - begin < BUDGET_SECONDS
    driver.wait_saved()
    assert driver.value_on_disk(driver.row_ids("Ⅰ-1")[0], "results", 2024) == text


def test_a_hundred_thousand_characters_without_a_break_do_not_freeze_the_window(driver):
    driver.go_item("Ⅰ-1", "results")
    edit = driver.focus("results")
    edit.selectAll()
    begin = time.perf_counter()
    paste(edit, "評" * 100_000)
    QApplication.processEvents()
    assert time.perf_counter() - begin < BUDGET_SECONDS
    assert edit.plain() == "評" * 100_000


def test_a_hundred_thousand_characters_in_a_line_do_not_freeze_the_window(driver):
    begin = time.perf_counter()
    _pasted_into(driver, "評" * 100_000, "policy_evaluation", "basic")
    QApplication.processEvents()
    assert time.perf_counter() - begin < BUDGET_SECONDS + 1


def test_a_paste_is_one_step_of_undo(driver):
    driver.go_item("Ⅰ-1", "results")
    before = driver.edit("results").plain()
    edit = driver.focus("results")
    paste(edit, "一\n二\n三")
    assert edit.plain() == before + "一\n二\n三"
    driver.undo()
    assert edit.plain() == before


def test_a_locked_plan_takes_no_paste(driver):
    driver.go_item("Ⅰ-1", "plan")
    edit = driver.focus("mid_term_plan")
    before = edit.plain()
    paste(edit, "貼り付け")
    assert edit.plain() == before


def test_the_draft_of_a_paste_is_clean_too(driver):
    _pasted_into(driver, "前\x00\u2028後")
    driver.wait_saved()
    assert driver.drafts_on_disk() == {Address(driver.row_ids("Ⅰ-1")[0], "results", 2024): "前\n後"}


def test_empty_lines_of_a_list_go_when_it_is_left(driver):
    edit = _pasted_into(driver, "一\n\n  \n二\n", "viewpoints", "indicators")
    driver.leave()
    assert driver.stored(driver.row_ids("Ⅰ-1")[0], "viewpoints") == "一\n二"
    assert edit.plain() == "一\n二", "the screen shows what is stored"


def test_a_control_character_that_a_keyboard_gives_is_cleaned_told_and_gone_from_the_screen(driver):
    driver.go_item("Ⅰ-1", "results")
    edit = driver.type("results", "甲\u202e乙")
    driver.leave()
    assert ODDITIES["direction"] in driver.window.statusBar().currentMessage()
    assert driver.stored(driver.row_ids("Ⅰ-1")[0], "results").endswith("甲␦乙")
    assert edit.plain().endswith("甲␦乙")


def test_what_replacing_everywhere_cleaned_is_told(driver, qtbot):
    driver.key(Qt.Key.Key_H, CTRL)
    dialog = driver.window.findChild(ReplaceDialog)
    dialog.words.setText("港湾")
    dialog.new.setText("港\x01湾\u202e")
    QTest.keyClick(dialog.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(dialog.ticked))
    address, count = dialog.ticked[0].address, len(dialog.ticked)
    dialog.replace()
    said = driver.window.statusBar().currentMessage()
    assert ODDITIES["control"] in said
    assert said.startswith(word("replace_done", fields=count))
    assert "港湾␦" in driver.snapshot.stored(address)
    driver.wait_saved()
    dialog.close()
