"""Writing: lists that continue, tidy paste that can be taken back, counts, undo that survives leaving a field."""

import time

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_driver import CTRL, SHIFT, compose, end_composition, paste, type_text

from hyoka_desktop.domain.report import Address

WINDOW = (1000, 768)
"""Without room for the preview, which has tests of its own."""
PDF = (
    "当機構は、中期計画に基づき、港湾施設の点検及び診\n断を行い、令和６年度においては三百二十の施設を対\n"
    "象として実施した。"
)


@pytest.fixture
def edit(driver):
    """Tell the empty box of the results of the first row, with the cursor in it."""
    driver.go_item("Ⅰ-1", "results")
    box = driver.focus("results")
    box.selectAll()
    QTest.keyClick(box, Qt.Key.Key_Delete)
    return box


def editor_of(driver):
    return driver.block("results").editor


# Lists


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("・研修\n助言", "・研修\n・助言"),
        ("①研修\n助言", "①研修\n②助言"),
        ("（９）研修\n助言", "（９）研修\n（１０）助言"),
        ("注1)研修\n助言", "注1)研修\n注2)助言"),
        ("研修\n助言", "研修\n助言"),
        ("・研修\n\n助言", "・研修\n助言"),
    ],
)
def test_enter_continues_a_list_and_ends_it_at_an_empty_item(driver, edit, typed, text):
    type_text(edit, typed)
    assert edit.plain() == text


def test_a_list_continues_while_it_is_written_with_an_input_method(driver, edit):
    end_composition(edit, "①点検")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    compose(edit, "しんだん")
    assert edit.plain() == "①点検\n②"
    end_composition(edit, "診断")
    assert edit.plain() == "①点検\n②診断"


def test_the_mark_comes_and_goes_with_its_enter_in_one_step_of_undo(driver, edit):
    end_composition(edit, "・研修")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.plain() == "・研修\n・"
    driver.undo()
    assert edit.plain() == "・研修"
    driver.redo()
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert edit.plain() == "・研修\n"


def test_enter_before_the_mark_is_an_ordinary_enter(driver, edit):
    end_composition(edit, "・研修")
    QTest.keyClick(edit, Qt.Key.Key_Home)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.plain() == "\n・研修"


def test_tab_leaves_the_field_also_in_a_list(driver, edit):
    end_composition(edit, "・研修")
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert not edit.hasFocus()
    assert edit.plain() == "・研修"


# Paste


def test_what_a_pdf_broke_is_joined_and_said_and_can_be_taken_back(driver, edit):
    paste(edit, PDF)
    assert edit.plain() == PDF.replace("\n", "")
    assert "文の途中の改行2か所" in editor_of(driver).notice.text()
    driver.undo()
    assert edit.plain() == PDF, "as it came"
    assert editor_of(driver).notice.text() == ""
    driver.undo()
    assert edit.plain() == ""


def test_bullets_of_word_become_those_of_the_report(driver, edit):
    paste(edit, "\uf0b7\t研修\r\n\uf0b7\t助言")
    assert edit.plain() == "・研修\n・助言"
    assert "箇条書きの記号2個" in editor_of(driver).notice.text()


def test_a_cell_of_a_spreadsheet_is_pasted_as_its_text(driver, edit):
    data = QMimeData()
    data.setText("301施設\n")
    data.setHtml('<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><td>301施設</td></table></html>')
    QGuiApplication.clipboard().setMimeData(data)
    edit.paste()
    assert edit.plain() == "301施設"


def test_an_ordinary_paste_says_nothing(driver, edit):
    paste(edit, "“研修”を\u00a0実施した。")
    assert edit.plain() == "“研修”を\u00a0実施した。"
    assert editor_of(driver).notice.text() == ""


def test_the_word_of_the_paste_goes_when_typing_goes_on(driver, edit):
    paste(edit, PDF)
    type_text(edit, "続")
    assert editor_of(driver).notice.text() == ""


# Counts


def test_the_count_follows_typing_and_tells_what_is_selected(driver, edit):
    end_composition(edit, "点検を１２回\n行った𠮷")
    count = editor_of(driver).count
    assert count.text() == "10字"
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    for _ in range(2):
        QTest.keyClick(edit, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert count.text() == "2字を選択／10字"
    QTest.keyClick(edit, Qt.Key.Key_Right)
    assert count.text() == "10字"


# Undo


def test_undo_of_typing_survives_going_to_another_item_and_back(driver, edit):
    row = driver.row_ids("Ⅰ-1")[0]
    end_composition(edit, "一文目。")
    driver.leave()
    driver.focus("results")
    end_composition(edit, "二文目。")
    driver.go_item("Ⅰ-2", "results")
    driver.go_item("Ⅰ-1", "results")
    edit = driver.focus("results")
    assert edit.plain() == "一文目。二文目。"
    driver.undo()
    assert edit.plain() == "一文目。"
    assert driver.stored(row, "results") == "一文目。", "the command is taken back with its typing"
    driver.undo()
    assert edit.plain() == ""
    driver.redo()
    driver.redo()
    assert driver.stored(row, "results") == "一文目。二文目。"


def test_undo_takes_the_newest_first_wherever_it_was(driver, edit):
    first, second = driver.row_ids("Ⅰ-1")[0], driver.row_ids("Ⅰ-2")[0]
    before = driver.stored(second, "results")
    end_composition(edit, "先")
    driver.go_item("Ⅰ-2", "results")
    driver.type("results", "後")
    driver.go_item("Ⅰ-1", "results")
    driver.focus("results")
    driver.undo()
    assert driver.stored(second, "results") == before
    assert driver.stored(first, "results") == "先"
    driver.go_item("Ⅰ-1", "results")
    edit = driver.focus("results")
    driver.undo()
    assert edit.plain() == ""


def test_part_of_what_was_typed_can_be_taken_back_after_leaving(driver, edit):
    row = driver.row_ids("Ⅰ-1")[0]
    end_composition(edit, "一")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    end_composition(edit, "二")
    driver.leave()
    driver.focus("results")
    driver.undo()
    left = edit.plain()
    assert left.startswith("一")
    driver.leave()
    driver.wait_saved()
    assert driver.value_on_disk(row, "results", 2024) == left
    assert driver.drafts_on_disk() == {}


def test_another_writer_of_the_field_ends_its_undo_of_typing(driver, edit):
    row = driver.row_ids("Ⅰ-1")[0]
    end_composition(edit, "打鍵")
    driver.leave()
    driver.session.set_text(2024, row, "results", "取り込んだ文")
    edit = driver.focus("results")
    assert edit.plain() == "取り込んだ文"
    driver.undo()
    assert edit.plain() == "打鍵", "the command of the other"


def test_a_long_paste_can_be_taken_back_after_leaving(driver, edit):
    text = "独立行政法人の業務実績に関する評価の文章。\n" * (100_000 // 22)
    paste(edit, text)
    driver.go_item("Ⅰ-2", "results")
    driver.go_item("Ⅰ-1", "results")
    edit = driver.focus("results")
    assert edit.plain() == text
    begin = time.perf_counter()
    driver.undo()
    assert edit.plain() == ""
    assert time.perf_counter() - begin < 2.0


def test_each_row_has_undo_of_its_own(driver, edit):
    rows = driver.row_ids("Ⅰ-1")
    end_composition(edit, "一行目の文")
    driver.tab.rows.choose(rows[1])
    QApplication.processEvents()
    driver.tab.rows.choose(rows[0])
    QApplication.processEvents()
    edit = driver.focus("results", rows[0])
    driver.undo()
    assert edit.plain() == ""
    assert Address(rows[1], "results", 2024) not in driver.drafts_on_disk()


def test_typing_in_a_text_of_500_paragraphs_is_quick(driver, edit):
    """Measure the window's own thread, whatever else the machine does."""
    paste(edit, "\n".join(f"・第{number}回の研修を行い、多くの参加者を得た。" for number in range(500)))
    driver.leave()
    driver.focus("results")
    times = []
    for character in "これは速く打てる文章である。" * 5:
        begin = time.thread_time()
        type_text(edit, character)
        QApplication.processEvents()
        times.append(time.thread_time() - begin)
    assert sorted(times)[len(times) * 95 // 100] < 0.016


def test_the_keys_that_choose_by_paragraph_move_nothing_in_the_tree(driver):
    driver.session.set_text(2024, driver.row_ids("Ⅰ-2")[0], "results", "一つ目\n二つ目\n三つ目")
    driver.go_item("Ⅰ-2", "results")
    edit, labels, sequence = driver.focus("results"), driver.tree_labels(), driver.session._sequence
    driver.key(Qt.Key.Key_Up, CTRL | SHIFT)
    assert edit.textCursor().selectedText() == "三つ目"
    driver.key(Qt.Key.Key_Up, CTRL | SHIFT)
    assert edit.textCursor().selectedText() == "二つ目\u2029三つ目"
    driver.key(Qt.Key.Key_Down, CTRL)
    assert edit.textCursor().atBlockStart()
    driver.key(Qt.Key.Key_Down, CTRL | SHIFT)
    assert edit.textCursor().selectedText() == "三つ目"
    driver.go_tab("basic")
    driver.focus("item_title")
    driver.key(Qt.Key.Key_Down, CTRL | SHIFT)
    assert (driver.tree_labels(), driver.session._sequence) == (labels, sequence)
    driver.leave()
    driver.key(Qt.Key.Key_Down, CTRL | SHIFT)
    assert driver.tree_labels() != labels, "in the tree they move the item"
