"""Words of Japanese text by keyboard and mouse: gone over, chosen and erased one at a time."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_driver import ALT, CTRL, LEFT, NONE, SHIFT, compose, end_composition

TEXT = "点検を301施設で𠮷野町が実施した。\n次の段落"
Key = Qt.Key


@pytest.fixture
def edit(driver):
    driver.go_item("Ⅰ-1", "results")
    driver.session.set_text(2024, driver.row_ids("Ⅰ-1")[0], "results", TEXT)
    edit = driver.focus("results")
    QTest.keyClick(edit, Key.Key_Home, CTRL)
    return edit


def middle(edit, place):
    """Tell the middle of the character behind a place."""
    cursor = edit.textCursor()
    cursor.setPosition(place)
    left = edit.cursorRect(cursor)
    cursor.setPosition(place + 1)
    return QPoint((left.x() + edit.cursorRect(cursor).x()) // 2, left.center().y())


def chosen(edit):
    return edit.textCursor().selectedText()


def test_ctrl_and_arrows_go_from_word_to_word_and_over_the_end_of_a_paragraph(edit):
    stops = []
    for _ in range(12):
        QTest.keyClick(edit, Key.Key_Right, CTRL)
        stops.append(edit.toPlainText().encode("utf-16-le")[edit.textCursor().position() * 2 :].decode("utf-16-le")[:2])
    assert stops == ["を3", "30", "施設", "で𠮷", "𠮷野", "が実", "実施", "した", "。\n", "\n次", "次の", "の段"]
    QTest.keyClick(edit, Key.Key_Left, CTRL)
    QTest.keyClick(edit, Key.Key_Left, CTRL)
    QTest.keyClick(edit, Key.Key_Left, CTRL | SHIFT)
    assert chosen(edit) == "。"
    QTest.keyClick(edit, Key.Key_Left, CTRL | SHIFT)
    assert chosen(edit) == "した。"


def test_ctrl_backspace_and_delete_erase_one_word_as_one_step_of_undo(edit):
    QTest.keyClick(edit, Key.Key_Delete, CTRL)
    assert edit.plain() == TEXT.removeprefix("点検")
    QTest.keyClick(edit, Key.Key_End, CTRL)
    QTest.keyClick(edit, Key.Key_Backspace, CTRL)
    assert edit.plain().endswith("次の")
    QTest.keyClick(edit, Key.Key_Z, CTRL)
    assert edit.plain().endswith("次の段落")
    edit.selectAll()
    QTest.keyClick(edit, Key.Key_Backspace, CTRL)
    assert edit.plain() == "", "what is chosen, and no word more"


def test_a_composition_and_a_final_text_keep_their_words(driver, edit):
    compose(edit, "へんかん")
    QTest.keyClick(edit, Key.Key_Delete, CTRL)
    end_composition(edit, "")
    assert edit.plain() == TEXT
    edit.setReadOnly(True)
    QTest.keyClick(edit, Key.Key_Delete, CTRL)
    assert edit.plain() == TEXT


def test_a_double_click_chooses_a_word_pulling_more_and_a_third_click_the_paragraph(edit):
    view = edit.viewport()
    QTest.mouseDClick(view, LEFT, NONE, middle(edit, 1))
    assert chosen(edit) == "点検"
    QTest.mousePress(view, LEFT, NONE, middle(edit, 1))
    assert chosen(edit) == TEXT.splitlines()[0]
    QTest.mouseRelease(view, LEFT, NONE, middle(edit, 1))
    edit._words.choose(middle(edit, 3))
    assert edit._words.pull(middle(edit, 7))
    assert chosen(edit) == "301施設"
    assert edit._words.pull(middle(edit, 0))
    assert chosen(edit) == "点検を301"
    edit._words.let_go()
    assert not edit._words.pull(middle(edit, 7))


def test_in_a_line_the_same_keys_and_the_double_click_work(driver):
    driver.go_item("Ⅰ-1")
    line = driver.focus("item_title")
    line.selectAll()
    end_composition(line, "港湾施設の点検")
    QTest.keyClick(line, Key.Key_Left, CTRL)
    QTest.keyClick(line, Key.Key_Left, CTRL | SHIFT)
    assert line.selectedText() == "の"
    QTest.keyClick(line, Key.Key_Left, CTRL | SHIFT)
    assert line.selectedText() == "港湾施設の"
    QTest.keyClick(line, Key.Key_End)
    QTest.keyClick(line, Key.Key_Backspace, CTRL)
    assert line.text() == "港湾施設の"
    QTest.mouseDClick(line, LEFT, NONE, line.rect().center() - QPoint(line.width() // 2 - 24, 0))
    assert line.selectedText() == "港湾施設"
    driver.leave()
    assert driver.stored(driver.item_id("Ⅰ-1"), "item_title") == "港湾施設の"
    assert QApplication.focusWidget() is driver.desk.tree


def test_a_remark_is_written_and_a_text_for_reading_is_chosen_by_words(driver, edit):
    remark = driver.desk.side.panel("comments").text
    driver.key(Key.Key_C, CTRL | ALT)
    assert remark.hasFocus()
    end_composition(remark, "数値を確認してください。")
    QTest.keyClick(remark, Key.Key_Left, CTRL)
    QTest.keyClick(remark, Key.Key_Backspace, CTRL)
    assert remark.toPlainText() == "数値を確認。"
    driver.session.set_text(2023, driver.row_ids("Ⅰ-1")[0], "results", TEXT)
    driver.focus("results")
    driver.key(Key.Key_L, ALT)
    QApplication.processEvents()
    past = driver.block("results").past.view
    QTest.mouseDClick(past.viewport(), LEFT, NONE, middle(past, 0))
    assert chosen(past) == "点検"
