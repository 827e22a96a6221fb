"""Comments in the window: said beside the field by keyboard alone, answered, closed, taken away."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_driver import ALT, CTRL, LEFT, SHIFT, compose, end_composition, type_text

from hyoka_desktop.domain.comments import comments_of, open_counts
from hyoka_desktop.domain.work import WorkState
from hyoka_desktop.services import commenting, progress
from hyoka_desktop.ui.pages.talksign import TalkSign

FIELD = "results"
ITEM = "Ⅰ-1"


@pytest.fixture
def at_field(driver):
    driver.go_item(ITEM, FIELD)
    driver.focus(FIELD)
    return driver


@pytest.fixture
def panel(at_field):
    return at_field.desk.side.panel("comments")


def said(driver):
    return comments_of(driver.workplace.view)


def say(driver, panel, text):
    """Say something about the field in hand by keyboard alone."""
    driver.key(Qt.Key.Key_C, CTRL | ALT)
    assert panel.text.hasFocus()
    type_text(panel.text, text)
    QTest.keyClick(panel.text, Qt.Key.Key_Return, CTRL)


def texts(panel):
    return [panel.list.item(row).text() for row in range(panel.list.count())]


def test_a_comment_is_written_by_keyboard_and_tells_who_and_where(at_field, panel):
    say(at_field, panel, "数値の根拠は？")
    (comment,) = said(at_field)
    assert (comment.place.node, comment.place.field) == (at_field.row_ids(ITEM)[0], FIELD)
    assert (comment.remark.text, comment.remark.person, comment.is_open) == ("数値の根拠は？", "試験者", True)
    assert panel.text.toPlainText() == ""
    assert "試験者" in texts(panel)[0]
    assert "未対応" in texts(panel)[0]
    at_field.undo()
    assert said(at_field) == ()


def test_nothing_is_said_with_an_empty_text(at_field, panel):
    say(at_field, panel, "  ")
    assert said(at_field) == ()
    assert not panel.buttons["comments_add"].isEnabled()


def test_a_comment_that_is_still_composed_can_be_said_by_its_button(at_field, panel):
    at_field.key(Qt.Key.Key_C, CTRL | ALT)
    compose(panel.text, "かくにん")
    QTest.mouseClick(panel.buttons["comments_add"], LEFT)
    (comment,) = said(at_field)
    assert comment.remark.text == "かくにん"
    assert panel.text.toPlainText() == ""


def test_a_comment_given_up_while_composing_cannot_be_said(at_field, panel):
    at_field.key(Qt.Key.Key_C, CTRL | ALT)
    compose(panel.text, "かくにん")
    compose(panel.text, "")
    assert not panel.buttons["comments_add"].isEnabled()


def test_what_is_composed_in_a_comment_is_kept_where_it_stands(at_field, panel):
    at_field.key(Qt.Key.Key_C, CTRL | ALT)
    end_composition(panel.text, "𠮷野家𩸽")
    QTest.keyClick(panel.text, Qt.Key.Key_Left)
    compose(panel.text, "の")
    assert panel.text.on_screen() == "𠮷野家の𩸽"
    at_field.wait_saved()
    assert list(at_field.drafts_on_disk().values()) == ["𠮷野家の𩸽"]


def test_an_answer_goes_to_the_chosen_comment_and_closing_and_opening_it_can_be_undone(at_field, panel):
    say(at_field, panel, "数値の根拠は？")
    panel.list.setCurrentRow(0)
    type_text(panel.text, "直しました。")
    QTest.keyClick(panel.text, Qt.Key.Key_Return, CTRL)
    (comment,) = said(at_field)
    assert [reply.text for reply in comment.replies] == ["直しました。"]
    panel.list.setCurrentRow(0)
    QTest.mouseClick(panel.buttons["comments_close"], LEFT)
    assert not said(at_field)[0].is_open
    at_field.undo()
    assert said(at_field)[0].is_open
    at_field.undo()
    assert said(at_field)[0].replies == ()


def test_ones_own_comment_is_said_in_other_words_and_taken_away_but_not_that_of_others(
    at_field, panel, dialogs, monkeypatch
):
    say(at_field, panel, "数値の根拠は？")
    panel.list.setCurrentRow(0)

    def rewrite(dialog):
        dialog.text.selectAll()
        type_text(dialog.text, "根拠は？")
        QTest.keyClick(dialog.text, Qt.Key.Key_Return, CTRL)

    with dialogs.expect(rewrite):
        panel.buttons["comments_edit"].click()
    assert said(at_field)[0].remark.text == "根拠は？"
    monkeypatch.setenv("USERNAME", "別の人")
    panel.refresh()
    assert not panel.buttons["comments_edit"].isEnabled()
    assert not panel.buttons["comments_remove"].isEnabled()
    monkeypatch.setenv("USERNAME", "試験者")
    panel.refresh()
    panel.buttons["comments_remove"].click()
    assert said(at_field) == ()
    at_field.trigger("undo")
    assert said(at_field)[0].remark.text == "根拠は？"


def test_the_head_of_a_field_counts_its_open_comments_and_leads_to_them(at_field, panel):
    sign = at_field.block(FIELD).findChild(TalkSign)
    assert not sign.isVisible()
    say(at_field, panel, "一")
    say(at_field, panel, "二")
    assert sign.isVisible()
    assert (sign.count, sign.accessibleName()) == (2, "未対応のコメント 2件")
    at_field.trigger("toggle_preview")
    QTest.mouseClick(sign, LEFT)
    assert at_field.desk.side.shown == "comments"
    at_field.desk.step_item(1)
    QApplication.processEvents()
    at_field.go_tab(FIELD)
    assert not at_field.block(FIELD).findChild(TalkSign).isVisible()


def test_the_tree_counts_the_open_comments_of_an_item_and_says_so(at_field, panel):
    say(at_field, panel, "一")
    model = at_field.desk.model
    entry = next(entry for entry in model.entries() if entry.node == at_field.item_id(ITEM))
    assert "未対応のコメント 1件" in model.data(model.index_of(entry), Qt.ItemDataRole.AccessibleTextRole)
    assert open_counts(at_field.workplace.view) == {at_field.item_id(ITEM): 1}


def test_the_comments_of_the_field_in_hand_come_first_then_those_of_the_item_and_lead_there(at_field, panel):
    session, year, item = at_field.session, at_field.year, at_field.item_id(ITEM)
    other = at_field.workplace.view.address(item, "self_grounds")._replace(year=year)
    commenting.add_comment(session, year, other, "ほかの欄")
    elsewhere = at_field.workplace.view.address(at_field.item_id("Ⅰ-2"), "self_grounds")._replace(year=year)
    commenting.add_comment(session, year, elsewhere, "ほかの項目")
    say(at_field, panel, "この欄")
    assert [text.split("\n")[-1] for text in texts(panel)] == ["この欄", "ほかの欄"]
    panel.list.setCurrentRow(1)
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert at_field.block("self_grounds").editor.edit.hasFocus()


def test_a_key_leads_through_the_open_comments_of_the_report(at_field, panel):
    session, year = at_field.session, at_field.year
    for number in (ITEM, "Ⅰ-3"):
        place = at_field.workplace.view.address(at_field.row_ids(number)[0], FIELD)
        commenting.add_comment(session, year, place, number)
    shown = []
    for _ in range(3):
        at_field.key(Qt.Key.Key_F7, SHIFT)
        QApplication.processEvents()
        shown.append(at_field.desk.item)
    first, third = at_field.item_id(ITEM), at_field.item_id("Ⅰ-3")
    assert shown == [first, third, first]


def test_a_final_item_is_still_talked_about(at_field, panel):
    progress.set_state(at_field.session, at_field.year, [at_field.item_id(ITEM)], WorkState.FINAL)
    at_field.focus(FIELD)
    say(at_field, panel, "次年度に直す")
    assert len(said(at_field)) == 1
    assert at_field.page.state.text() == "確定"


def test_closed_comments_can_be_left_out(at_field, panel):
    say(at_field, panel, "一")
    panel.list.setCurrentRow(0)
    panel.buttons["comments_close"].click()
    assert "対応済み" in texts(panel)[0]
    panel.with_closed.click()
    assert texts(panel) == ["コメントはありません。"]
