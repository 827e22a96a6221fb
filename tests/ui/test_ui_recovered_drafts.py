"""Drafts of the last time: nothing of them is lost but what the person drops in so many words."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel
from window_driver import ALT, CTRL, Driver, close_message, compose, press_button, table_texts, type_text

from hyoka_desktop.domain.comments import comments_of
from hyoka_desktop.domain.draftkeys import DraftKind, rewriting_key, taking_key
from hyoka_desktop.domain.report import Address
from hyoka_desktop.domain.work import WorkState, set_states
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import commenting, progress
from hyoka_desktop.services.drafts import Draft
from hyoka_desktop.services.reports import read_report
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import Repository

OF_FINAL, OF_OTHER = "確定した項目の下書き", "別の項目の下書き"


def leave_drafts(path: Path, drafts: Mapping[Address, str]) -> None:
    """Leave drafts in a file, as a program that was killed does."""
    repository = Repository.open(path, Author("a", "b"), lambda: "2025-01-01T00:00:00+09:00")
    repository.put_drafts(drafts)
    repository.close()


@pytest.fixture
def rows(open_window, sample) -> tuple[Address, Address]:
    """Tell the results of a final item and of another, each with a draft in the file."""
    driver = open_window(sample)
    final, other = (Address(driver.row_ids(number)[0], "results", 2024) for number in ("Ⅰ-1", "Ⅰ-2"))
    progress.set_state(driver.session, 2024, [driver.item_id("Ⅰ-1")], WorkState.FINAL)
    driver.close()
    leave_drafts(sample, {final: OF_FINAL, other: OF_OTHER})
    return final, other


def free(driver: Driver) -> None:
    progress.set_state(driver.session, 2024, [driver.item_id("Ⅰ-1")], WorkState.DRAFTING, "直すため")


def test_a_draft_of_a_final_item_does_not_keep_the_others_from_being_taken(rows, open_window, dialogs, sample):
    driver = open_window()
    with dialogs.expect(press_button(word("recover_take")), close_message):
        driver.window.open_file(sample)
    assert "Ⅰ-1 主要な業務実績" in dialogs.seen[1]
    assert driver.snapshot.stored(rows[1]) == OF_OTHER
    driver.wait_saved()
    assert list(driver.drafts_on_disk().values()) == [OF_FINAL]


def test_a_draft_of_a_final_item_is_offered_again_when_the_item_is_freed(rows, open_window, dialogs, sample):
    driver = open_window()
    with dialogs.expect(press_button(word("recover_take")), close_message):
        driver.window.open_file(sample)

    def take(dialog):
        assert [row[0] for row in table_texts(dialog)] == ["Ⅰ-1 主要な業務実績（令和6年度）"]
        press_button(word("recover_take"))(dialog)

    with dialogs.expect(take):
        free(driver)
    assert driver.snapshot.stored(rows[0]) == OF_FINAL
    driver.wait_saved()
    assert driver.drafts_on_disk() == {}


def test_typing_into_the_field_of_a_draft_that_waits_does_not_lose_it(rows, open_window, dialogs, sample):
    driver = open_window()
    with dialogs.expect(press_button(word("recover_take")), close_message):
        driver.window.open_file(sample)
    driver.close()
    report = read_report(sample)
    item = next(item for item in report.view(2024).items if report.view(2024).text(item.id, "item_number") == "Ⅰ-1")
    repository = Repository.open(sample, Author("a", "b"), lambda: "2025-01-01T00:00:00+09:00")
    edit = set_states(report.view(2024), [item.id], WorkState.DRAFTING, "直すため")
    repository.apply(edit)
    repository.put_drafts({rows[0]: "その後の下書き"})
    repository.close()
    again = open_window()
    texts = []

    def take(dialog):
        texts.append([row[2] for row in table_texts(dialog)])
        press_button(word("recover_take"))(dialog)

    with dialogs.expect(take, take):
        again.window.open_file(sample)
    assert texts == [[OF_FINAL, "その後の下書き"], [OF_FINAL]], "the newer one first, then the one that waited"
    assert again.snapshot.stored(rows[0]) == OF_FINAL
    again.wait_saved()
    assert again.drafts_on_disk() == {}


@pytest.fixture
def typed(open_window, sample) -> Address:
    """Tell the results of an item that have a draft in the file."""
    driver = open_window(sample)
    address = Address(driver.row_ids("Ⅰ-2")[0], "results", 2024)
    driver.close()
    leave_drafts(sample, {address: OF_OTHER})
    return address


@pytest.fixture
def damaged(typed, sample) -> Address:
    """Tell the place of a draft that is not as it was written."""
    with closing(sqlite3.connect(sample)) as connection:
        connection.execute("UPDATE draft SET text = '別の項目の上書き'")
        connection.commit()
    return typed


def test_a_draft_that_is_not_as_it_was_written_is_said_to_be_so_and_never_loses_its_mark(
    damaged, open_window, dialogs, sample
):
    driver = open_window()

    def look(dialog):
        (row,) = table_texts(dialog)
        assert row[2] == word("mark_draft") + "別の項目の上書き"
        said = " ".join(label.text() for label in dialog.findChildren(QLabel))
        assert word("recover_doubted", count=1) in said
        press_button(word("recover_later"))(dialog)

    with dialogs.expect(look):
        driver.window.open_file(sample)
    driver.wait_saved()
    driver.close()
    again = open_window()
    with dialogs.expect(press_button(word("recover_take"))):
        again.window.open_file(sample)
    assert again.snapshot.stored(damaged) == word("mark_draft") + "別の項目の上書き"


def test_a_draft_that_is_not_as_it_was_written_is_never_taken_in_unasked(damaged, open_window, dialogs, sample):
    driver = open_window()
    with dialogs.expect(press_button(word("recover_drop"))):
        driver.window.open_file(sample, offer_drafts=False)
    assert "上書き" not in (driver.snapshot.stored(damaged) or "")


def test_drafts_as_they_were_written_are_offered_without_a_word_of_doubt(typed, open_window, dialogs, sample):
    driver = open_window()

    def look(dialog):
        said = " ".join(label.text() for label in dialog.findChildren(QLabel))
        assert word("mark_draft") not in said + repr(table_texts(dialog))
        press_button(word("recover_take"))(dialog)

    with dialogs.expect(look):
        driver.window.open_file(sample)


def escape(dialog: QDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_escape_keeps_the_drafts_for_the_next_time(typed, open_window, dialogs, sample):
    driver = open_window()
    with dialogs.expect(escape):
        driver.window.open_file(sample)
    driver.wait_saved()
    assert list(driver.drafts_on_disk().values()) == [OF_OTHER]
    assert driver.snapshot.stored(typed) != OF_OTHER
    driver.go_item("Ⅰ-2", "results")
    driver.type("results", "その後の文")
    driver.leave()
    driver.close()
    again = open_window()
    with dialogs.expect(press_button(word("recover_take"))):
        again.window.open_file(sample)
    assert again.snapshot.stored(typed) == OF_OTHER
    again.wait_saved()
    assert again.drafts_on_disk() == {}


def test_deciding_later_keeps_the_drafts_also_the_second_time(typed, open_window, dialogs, sample):
    for answer in (press_button(word("recover_later")), escape):
        driver = open_window()
        with dialogs.expect(answer):
            driver.window.open_file(sample)
        driver.wait_saved()
        assert list(driver.drafts_on_disk().values()) == [OF_OTHER]
        driver.close()


def test_only_the_button_for_it_drops_the_drafts(typed, open_window, dialogs, sample):
    driver = open_window()
    with dialogs.expect(press_button(word("recover_drop"))):
        driver.window.open_file(sample)
    driver.wait_saved()
    assert driver.drafts_on_disk() == {}


REMARK = "部長への書きかけ"


@pytest.fixture
def remarking(open_window, sample) -> Driver:
    """Write a comment on the results of an item, and do not say it."""
    driver = open_window(sample)
    driver.go_item("Ⅰ-2", "results")
    driver.focus("results")
    driver.key(Qt.Key.Key_C, CTRL | ALT)
    type_text(driver.desk.side.panel("comments").text, REMARK)
    return driver


def test_a_comment_that_is_being_written_is_in_the_file_at_each_keystroke(remarking):
    remarking.wait_saved()
    row = remarking.row_ids("Ⅰ-2")[0]
    assert remarking.drafts_on_disk() == {Address(row, "comment:results", 2024): REMARK}
    compose(remarking.desk.side.panel("comments").text, "へんかん")
    remarking.wait_saved()
    assert list(remarking.drafts_on_disk().values()) == [REMARK + "へんかん"]


def test_a_comment_that_was_being_written_at_closing_is_offered_and_said(remarking, open_window, dialogs, sample):
    row = remarking.row_ids("Ⅰ-2")[0]
    remarking.close()
    again = open_window()

    def take(dialog):
        assert table_texts(dialog) == [["コメント（Ⅰ-2 主要な業務実績（令和6年度））", "", REMARK]]
        press_button(word("recover_take"))(dialog)

    with dialogs.expect(take):
        again.window.open_file(sample)
    (comment,) = comments_of(again.workplace.view)
    assert (comment.place, comment.remark.text) == (Address(row, "results", 2024), REMARK)
    again.wait_saved()
    assert again.drafts_on_disk() == {}


def test_an_answer_that_was_being_written_is_offered_and_answers(remarking, open_window, dialogs, sample):
    panel = remarking.desk.side.panel("comments")
    QTest.keyClick(panel.text, Qt.Key.Key_Return, CTRL)
    panel.list.setCurrentRow(0)
    type_text(panel.text, "返事の途中")
    remarking.close()
    again = open_window()
    with dialogs.expect(press_button(word("recover_take"))):
        again.window.open_file(sample)
    (comment,) = comments_of(again.workplace.view)
    assert [reply.text for reply in comment.replies] == ["返事の途中"]


def test_a_comment_that_was_said_or_emptied_leaves_no_draft(remarking):
    panel = remarking.desk.side.panel("comments")
    QTest.keyClick(panel.text, Qt.Key.Key_Return, CTRL)
    remarking.wait_saved()
    assert remarking.drafts_on_disk() == {}
    type_text(panel.text, "や")
    panel.text.clear()
    remarking.wait_saved()
    assert remarking.drafts_on_disk() == {}


def test_a_comment_that_is_being_written_goes_with_the_field_in_hand_and_stays_where_there_is_none(remarking):
    remarking.go_tab("basic")
    remarking.focus("item_title")
    remarking.desk.side.panel("comments").refresh()
    remarking.wait_saved()
    (key,) = remarking.drafts_on_disk()
    assert (key.node, key.field) == (remarking.item_id("Ⅰ-2"), "comment:item_title")
    remarking.go_item("Ⅰ-3")
    remarking.desk.side.panel("comments").refresh()
    remarking.wait_saved()
    assert remarking.drafts_on_disk() == {key: REMARK}


def test_a_comment_that_is_being_written_changes_no_page(remarking):
    assert REMARK not in str(remarking.workplace.live_view.snapshot.values)


def comment_of(driver: Driver, sample: Path, state: WorkState = WorkState.DRAFTING) -> Address:
    """Say something on the results of an item, and tell under what its other words are kept."""
    place = Address(driver.row_ids("Ⅰ-1")[0], "results", 2024)
    commenting.add_comment(driver.session, 2024, place, "元の文章")
    progress.set_state(driver.session, 2024, [driver.item_id("Ⅰ-1")], state)
    (comment,) = comments_of(driver.session.view(2024))
    return rewriting_key(comment.node, 2024)


def test_other_words_for_a_comment_are_kept_at_each_keystroke_and_go_when_the_dialog_ends(driver, dialogs, sample):
    key = comment_of(driver, sample)
    driver.go_item("Ⅰ-1", "results")
    driver.desk.show_panel("comments")
    panel = driver.desk.side.panel("comments")
    panel.refresh()
    panel.list.setCurrentRow(0)
    kept = []

    def rewrite(dialog: QDialog, answer: str) -> None:
        dialog.text.selectAll()
        type_text(dialog.text, "別の言い方")
        driver.wait_saved()
        kept.append(driver.drafts_on_disk())
        press_button(answer)(dialog)

    for answer, text in ((word("cancel"), "元の文章"), (word("comments_edit_do"), "別の言い方")):
        with dialogs.expect(partial(rewrite, answer=answer)):
            panel.buttons["comments_edit"].click()
        driver.wait_saved()
        assert kept.pop() == {key: "別の言い方"}
        assert driver.drafts_on_disk() == {}
        assert comments_of(driver.session.view(2024))[0].remark.text == text


@pytest.mark.parametrize("state", [WorkState.DRAFTING, WorkState.FINAL])
def test_other_words_that_a_killed_program_left_are_offered_and_taken(state, driver, open_window, dialogs, sample):
    key = comment_of(driver, sample, state)
    driver.close()
    leave_drafts(sample, {key: "別の言い方"})
    again = open_window()
    seen = []

    def take(dialog: QDialog) -> None:
        seen.append(table_texts(dialog))
        press_button(word("recover_take"))(dialog)

    with dialogs.expect(take):
        again.window.open_file(sample)
    assert seen[0][0][2] == "別の言い方"
    assert word("place_rewriting") in seen[0][0][0]
    (comment,) = comments_of(again.session.view(2024))
    assert (comment.remark.text, comment.replies) == ("別の言い方", ())
    again.wait_saved()
    assert again.drafts_on_disk() == {}


def test_what_was_written_in_a_review_is_offered_with_where_it_comes_from_and_taken_into_its_field(
    driver, open_window, dialogs, sample
):
    place = Address(driver.row_ids("Ⅰ-1")[0], "results", 2024)
    saved = driver.snapshot.stored(place)
    driver.close()
    leave_drafts(sample, {taking_key(place): "双方を合わせて書き直した文"})
    again, seen = open_window(), []

    def answer(dialog: QDialog, button: str) -> None:
        seen.append(table_texts(dialog)[0])
        press_button(button)(dialog)

    with dialogs.expect(partial(answer, button=word("recover_later"))):
        again.window.open_file(sample)
    again.wait_saved()
    assert again.snapshot.stored(place) == saved
    again.close()
    last = open_window()
    with dialogs.expect(partial(answer, button=word("recover_take"))):
        last.window.open_file(sample)
    where = word("recover_taking", place="Ⅰ-1 主要な業務実績（令和6年度）")
    assert [row[0] for row in seen] == [where, where]
    assert seen[0][2] == "双方を合わせて書き直した文"
    assert last.snapshot.stored(place) == "双方を合わせて書き直した文"
    last.wait_saved()
    assert last.drafts_on_disk() == {}


def test_what_was_written_in_a_review_changes_no_page_and_is_never_taken_unasked(driver):
    place = Address(driver.row_ids("Ⅰ-1")[0], "results", 2024)
    driver.workplace.keep_remark(taking_key(place), "双方を合わせて書き直した文")
    assert "双方を合わせて" not in str(driver.workplace.live_view.snapshot.values)
    draft = Draft(taking_key(place), place, "双方を合わせて書き直した文", DraftKind.TAKING)
    assert not draft.is_of_now
    assert Draft(place, place, "打った文").is_of_now


def test_other_words_for_the_comment_of_somebody_else_become_an_answer(
    driver, open_window, dialogs, sample, monkeypatch
):
    key = comment_of(driver, sample)
    driver.close()
    leave_drafts(sample, {key: "別の言い方"})
    monkeypatch.setenv("USERNAME", "別の人")
    again = open_window()
    with dialogs.expect(press_button(word("recover_take"))):
        again.window.open_file(sample)
    (comment,) = comments_of(again.session.view(2024))
    assert comment.remark.text == "元の文章"
    assert [(reply.text, reply.person) for reply in comment.replies] == [("別の言い方", "別の人")]
