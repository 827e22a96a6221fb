"""Last year's text beside this year's: shown by a key, differences marked, paragraphs level, copied in one step."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from window_driver import ALT, compose, end_composition

from hyoka_desktop.messages.window import word

WINDOW = (1600, 768)


@pytest.fixture
def row(driver):
    driver.go_item("Ⅰ-1", "results")
    return driver.row_ids("Ⅰ-1")[0]


def show_past(driver):
    edit = driver.focus("results")
    QTest.keyClick(edit, Qt.Key.Key_L, ALT)
    QApplication.processEvents()
    past = driver.block("results").past
    assert past is not None
    assert past.isVisible()
    return past


def past_button(driver, field="results"):
    return next(
        button for button in driver.block(field).findChildren(QToolButton) if button.text() == word("past_show")
    )


def struck(past):
    """Tell the stretches that are struck out in the earlier text."""
    found = []
    block = past.view.document().begin()
    while block.isValid():
        step = block.begin()
        while not step.atEnd():
            if step.fragment().charFormat().fontStrikeOut():
                found.append(step.fragment().text())
            step += 1
        block = block.next()
    return found


def new(edit):
    return [mark.cursor.selectedText() for mark in edit.extraSelections()]


def write(driver, row, before, after):
    driver.session.set_text(2023, row, "results", before)
    driver.session.set_text(2024, row, "results", after)


def test_the_key_shows_the_text_of_last_year_and_hides_it_again(driver, row):
    past = show_past(driver)
    assert past.view.toPlainText() == driver.workplace.view.in_year(2023).text(row, "results")
    assert past_button(driver).isChecked()
    QTest.keyClick(driver.edit("results"), Qt.Key.Key_L, ALT)
    assert not past.isVisible()
    assert new(driver.edit("results")) == []


def test_differences_are_marked_in_both_and_follow_typing(driver, row):
    write(driver, row, "研修を3回行った。", "研修を5回行った。")
    past = show_past(driver)
    edit = driver.focus("results")
    assert struck(past) == ["3"]
    assert new(edit) == ["5"]
    end_composition(edit, "𠮷も参加した。")
    driver.qtbot.waitUntil(lambda: new(edit) == ["5", "𠮷も参加した。"], timeout=2000)
    assert edit.plain() == "研修を5回行った。𠮷も参加した。", "marks are no part of the text"
    assert driver.undo() is None
    assert edit.plain() == "研修を5回行った。"


def test_a_text_that_is_written_anew_leaves_last_years_readable(driver, row):
    write(driver, row, "研修を3回行い、延べ120人が参加した。\n・手引を改訂した。", "")
    past = show_past(driver)
    edit = driver.focus("results")
    assert past.view.toPlainText() == "研修を3回行い、延べ120人が参加した。\n・手引を改訂した。"
    assert struck(past) == [], "nothing is written yet, so nothing is left out"
    end_composition(edit, "・点検を行った。")
    past.compare()
    assert (struck(past), new(edit)) == ([], []), "little is kept"
    end_composition(edit, "研修を3回行い、延べ150人が参加した。")
    past.compare()
    assert "2" in "".join(struck(past))
    assert new(edit)


def test_marks_wait_while_something_is_composed(driver, row):
    write(driver, row, "研修を行った。", "研修を行った。")
    past = show_past(driver)
    edit = driver.focus("results")
    compose(edit, "てんけん")
    past.compare()
    assert new(edit) == []
    assert driver.block("results").editor.is_composing
    end_composition(edit, "点検")
    driver.qtbot.waitUntil(lambda: new(edit) == ["点検"], timeout=2000)


def test_the_text_of_last_year_is_copied_in_one_step_of_undo(driver, row):
    write(driver, row, "昨年度の文。\n二段落目。", "今年度の文。")
    past = show_past(driver)
    QTest.mouseClick(past.copy_button, Qt.MouseButton.LeftButton)
    edit = driver.edit("results")
    assert edit.plain() == "昨年度の文。\n二段落目。"
    driver.undo()
    assert edit.plain() == "今年度の文。"
    driver.redo()
    driver.leave()
    assert driver.stored(row, "results") == "昨年度の文。\n二段落目。"


def test_it_goes_along_to_another_item_and_row(driver, row):
    past = show_past(driver)
    driver.go_item("Ⅰ-2")
    other = driver.row_ids("Ⅰ-2")[0]
    assert past.isVisible()
    assert past.view.toPlainText() == driver.workplace.view.in_year(2023).text(other, "results")


def test_matching_paragraphs_stand_level_when_the_cursor_moves(driver, row):
    lines = [f"第{number}の取組として、地区{number}で研修を行った。" for number in range(60)]
    driver.trigger("toggle_preview")
    write(driver, row, "\n".join(lines), "\n".join(["前置きの段落。"] * 20 + lines[20:]))
    past = show_past(driver)
    edit = driver.focus("results")
    QApplication.processEvents()

    def level(view, text):
        cursor = view.document().find(text)
        assert not cursor.isNull(), text
        return view.viewport().mapToGlobal(view.cursorRect(cursor).topLeft()).y()

    for number in (30, 45):
        cursor = edit.document().find(lines[number])
        edit.setTextCursor(cursor)
        QApplication.processEvents()
        assert abs(level(edit, lines[number]) - level(past.view, lines[number])) < 8


def test_there_is_no_button_where_there_is_no_earlier_year(driver, row):
    driver.choose_year(2023)
    driver.go_item("Ⅰ-1", "results")
    assert not past_button(driver).isVisible()


def test_undo_in_the_earlier_text_is_that_of_the_report(driver, row):
    start = driver.stored(row, "results")
    past = show_past(driver)
    end_composition(driver.focus("results"), "取り消す")
    past.view.setFocus()
    assert driver.stored(row, "results") == start + "取り消す"
    driver.undo()
    assert driver.stored(row, "results") == start


def test_a_copied_quote_prints_the_value_of_this_year(driver, row):
    driver.session.set_text(2023, row, "results", "実施は{指標:点検診断の実施施設数.実績#12}であった。")
    past = show_past(driver)
    assert past.view.toPlainText() == "実施は268施設であった。"
    QTest.mouseClick(past.copy_button, Qt.MouseButton.LeftButton)
    assert driver.edit("results").quotes.printed(driver.edit("results").plain()) == "実施は301施設であった。"
