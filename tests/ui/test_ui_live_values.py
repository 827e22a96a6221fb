"""Values of indicators in prose: chosen from a list, shown as chips, stored bound, printed as the table says."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_driver import CTRL, SHIFT, compose, end_composition, paste, type_text

from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.ui.editors.chips import CHIP
from hyoka_desktop.ui.search.itembar import select_words

FORWARD = QTextCursor.MoveOperation.NextCharacter
NAME = "点検診断の実施施設数"


@pytest.fixture
def entry(driver):
    """Tell the achievement of the first indicator: 301施設."""
    row = driver.row_ids("Ⅰ-1")[0]
    indicator = driver.workplace.view.children(row, NodeKind.INDICATOR)[0]
    return driver.workplace.view.children(indicator.id, NodeKind.ACHIEVEMENT)[0].id


@pytest.fixture
def edit(driver):
    driver.go_item("Ⅰ-1", "results")
    box = driver.focus("results")
    box.selectAll()
    QTest.keyClick(box, Qt.Key.Key_Delete)
    return box


def picker_of(driver):
    picker = driver.block("results").editor.picker
    assert picker is not None
    assert picker.isVisible()
    return picker


def choose(driver, words):
    picker = picker_of(driver)
    QTest.keyClicks(picker.filter, "")
    picker.filter.setText(words)
    QTest.keyClick(picker.filter, Qt.Key.Key_Return)
    QApplication.processEvents()


def quoted(entry, field="実績"):
    return f"{{指標:{NAME}.{field}#{entry}}}"


def put_chip(driver, edit):
    QTest.keyClick(edit, Qt.Key.Key_V, CTRL | SHIFT)
    choose(driver, f"{NAME} 実績")


def test_a_value_is_chosen_from_a_list_that_narrows_down(driver, edit, entry):
    end_composition(edit, "実施は")
    QTest.keyClick(edit, Qt.Key.Key_V, CTRL | SHIFT)
    picker = picker_of(driver)
    everything = picker.list.count()
    picker.filter.setText("点検診断")
    assert 0 < picker.list.count() < everything
    assert picker.list.item(0).text().startswith(NAME), "those of the own item come first"
    QTest.keyClick(picker.filter, Qt.Key.Key_Down)
    QTest.keyClick(picker.filter, Qt.Key.Key_Return)
    end_composition(edit, "であった。")
    assert edit.plain() == f"実施は{quoted(entry)}であった。"
    assert edit.document().toPlainText() == f"実施は{CHIP}であった。"


def test_a_brace_offers_the_list_and_esc_leaves_the_brace(driver, edit, entry):
    type_text(edit, "{")
    choose(driver, f"{NAME} 実績")
    assert edit.plain() == quoted(entry)
    end_composition(edit, "｛")
    QTest.keyClick(picker_of(driver).filter, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert edit.plain() == quoted(entry) + "｛"
    assert driver.window.focusWidget() is edit


def test_a_value_that_is_typed_out_becomes_a_chip(driver, edit, entry):
    end_composition(edit, f"実施は{{指標:{NAME}.実績")
    type_text(edit, "}")
    assert edit.plain() == f"実施は{quoted(entry)}"
    assert CHIP in edit.document().toPlainText()


def test_braces_of_other_kinds_stay_as_they_are_typed(driver, edit):
    end_composition(edit, "集合{甲、乙")
    type_text(edit, "}")
    assert edit.plain() == "集合{甲、乙}"


def test_the_count_counts_what_is_printed(driver, edit):
    put_chip(driver, edit)
    assert driver.block("results").editor.count.text() == f"{len('301施設')}字"


def test_typing_and_composing_beside_a_chip_leave_it_alone(driver, edit, entry):
    put_chip(driver, edit)
    compose(edit, "うしろ")
    driver.wait_saved()
    assert list(driver.drafts_on_disk().values()) == [quoted(entry) + "うしろ"]
    end_composition(edit, "後ろ")
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    compose(edit, "まえ")
    driver.wait_saved()
    assert list(driver.drafts_on_disk().values()) == ["まえ" + quoted(entry) + "後ろ"]
    end_composition(edit, "前𠮷")
    edit.moveCursor(FORWARD)
    type_text(edit, "１２")
    assert edit.plain() == f"前𠮷{quoted(entry)}１２後ろ"


def test_a_chip_is_one_character_for_cursor_selection_and_deletion(driver, edit, entry):
    end_composition(edit, "前")
    put_chip(driver, edit)
    end_composition(edit, "後")
    QTest.keyClick(edit, Qt.Key.Key_Left)
    QTest.keyClick(edit, Qt.Key.Key_Left, SHIFT)
    assert edit.selected() == quoted(entry)
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    assert edit.plain() == "前後"
    driver.undo()
    assert edit.plain() == f"前{quoted(entry)}後"


def test_a_chip_is_copied_as_a_chip_here_and_as_text_elsewhere(driver, edit, entry):
    end_composition(edit, "前")
    put_chip(driver, edit)
    edit.selectAll()
    edit.copy()
    assert QGuiApplication.clipboard().text() == "前301施設"
    edit.moveCursor(QTextCursor.MoveOperation.End)
    edit.paste()
    assert edit.plain() == f"前{quoted(entry)}" * 2
    driver.undo()
    assert edit.plain() == f"前{quoted(entry)}"


def test_text_from_elsewhere_is_bound_by_its_names_and_not_by_its_ids(driver, edit, entry):
    paste(edit, f"{{指標:{NAME}.実績#1}}と{{指標:ない指標.実績#{entry}}}")
    assert edit.plain() == f"{quoted(entry)}と{{指標:ない指標.実績}}"


def test_the_chip_the_text_beside_and_the_pages_follow_the_table(driver, edit, entry):
    end_composition(edit, "実施は")
    put_chip(driver, edit)
    driver.leave()
    driver.wait_preview("実施は301施設")
    driver.session.set_text(2024, entry, "actual", "305施設")
    QApplication.processEvents()
    assert driver.block("results").editor.count.text() == f"{len('実施は305施設')}字"
    driver.wait_preview("実施は305施設")
    driver.go_tab("self")
    beside = [shown.plain() for _, shown in driver.tab._reading._texts]
    assert "実施は305施設" in beside


def test_a_chip_survives_another_name_of_its_indicator_and_undo_of_everything(driver, edit, entry):
    put_chip(driver, edit)
    driver.leave()
    row = driver.row_ids("Ⅰ-1")[0]
    indicator = driver.snapshot.tree.nodes[entry].parent
    driver.session.set_text(2024, indicator, "indicator_name", "別の名")
    driver.wait_preview("301施設")
    driver.session.undo()
    assert driver.stored(row, "results") == quoted(entry)
    driver.go_tab("results")
    edit = driver.focus("results")
    driver.undo()
    assert edit.plain() == ""
    driver.redo()
    assert edit.plain() == quoted(entry)


def test_a_value_without_an_indicator_is_marked(driver, edit):
    paste(edit, "{指標:ない指標.実績}")
    driver.leave()
    driver.wait_preview("【？ない指標.実績】")


def test_a_locked_plan_offers_no_values(driver):
    driver.go_item("Ⅰ-1", "plan")
    edit = driver.focus("mid_term_plan")
    QTest.keyClick(edit, Qt.Key.Key_V, CTRL | SHIFT)
    assert driver.block("mid_term_plan").editor.picker is None


def test_words_that_are_found_behind_a_chip_are_chosen(driver, edit, entry):
    end_composition(edit, "𠮷前")
    put_chip(driver, edit)
    end_composition(edit, "目印の語\n次の𠮷段落")
    text = edit.plain()
    for words in ("目印", "次の𠮷", "𠮷前", "段落"):
        start = text.index(words)
        select_words(edit, start, start + len(words))
        assert edit.textCursor().selectedText() == words


def test_plan_indicators_and_results_stand_beside_the_self_evaluation_and_follow_the_table(driver, entry):
    driver.go_item("Ⅰ-1", "self")
    reading = driver.tab._reading
    assert [field.id for field, _ in reading._texts] == ["annual_plan", "actual", "results"]
    assert "301施設" in reading._texts[1][1].plain()
    driver.session.set_text(2024, entry, "actual", "305施設")
    assert "305施設" in reading._texts[1][1].plain()
