"""Items go out and come back through the window, by keyboard: taken, combined, decided, refused by name, undone."""

import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from window_driver import (
    ALT,
    CTRL,
    NONE,
    button_of,
    cell_texts,
    close_message,
    compose,
    end_composition,
    press_button,
    said,
    type_text,
)

from hyoka_desktop.domain import work
from hyoka_desktop.domain.draftkeys import taking_key
from hyoka_desktop.domain.handouts import HandoutFormat
from hyoka_desktop.domain.report import ROOT, Address, NodeKind
from hyoka_desktop.domain.work import WorkState
from hyoka_desktop.messages.window import done_text, word
from hyoka_desktop.services import commenting, handouts, progress, taking
from hyoka_desktop.services.backups import Reason, back_up, find_backups, places_of, read_backup
from hyoka_desktop.services.handouts import Order
from hyoka_desktop.services.reviewing import LineState, Take
from hyoka_desktop.services.session import Session, open_session
from hyoka_desktop.services.taking import Fate
from hyoka_desktop.ui.circulation import review as review_module
from hyoka_desktop.ui.circulation.board import HandoutBoard
from hyoka_desktop.ui.circulation.handout import HandoutDialog
from hyoka_desktop.ui.circulation.receipt import ReceiptDialog
from hyoka_desktop.ui.circulation.review import ReviewDialog
from tests.deaf import Deaf

YEAR = 2024
SPACE, DOWN, UP = Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Up
KEYS = {Take.OURS: Qt.Key.Key_1, Take.THEIRS: Qt.Key.Key_2, Take.BOTH: Qt.Key.Key_3}
Answer = Callable[[ReviewDialog], object]


def press(widget, key, modifiers=NONE):
    """Press a key in an active window, since shortcuts work in no other."""
    if not widget.window().isActiveWindow():
        widget.window().activateWindow()
        assert QTest.qWaitForWindowActive(widget.window())
        QApplication.processEvents()
    QTest.keyClick(widget, key, modifiers)
    QApplication.processEvents()


def undo(driver):
    """Press Ctrl+Z in the window, when the dialogs before it are gone."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    driver.desk.tree.setFocus()
    driver.undo()


class Round:
    """Send items of the open report out, work on them elsewhere, and take them back through the window."""

    def __init__(self, driver, monkeypatch, folder: Path) -> None:
        self.driver = driver
        self.folder = folder
        self.items = [item.id for item in driver.workplace.view.items[:2]]
        self.row = driver.row_ids("Ⅰ-1")[0]
        driver.session.set_text(YEAR, self.row, "results", "一。二。三。四。")
        self.path = folder
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(self.path), ""))

    def send(self) -> None:
        order = Order(tuple(self.items), "総務課", "2020-07-10", HandoutFormat.PACKET)
        (made,) = handouts.hand_out(self.driver.session, YEAR, [order], self.folder / "依頼")
        self.path = made.path

    def away(self, *works: Callable[[Session], object]) -> None:
        other = open_session(self.path, Deaf())
        for one in works:
            one(other)
        assert other.close()

    def writes(self, text: str, field: str = "results", node: int | None = None) -> Callable[[Session], object]:
        return lambda session: session.set_text(YEAR, node or self.row, field, text)

    def both(self, ours: str, theirs: str) -> None:
        self.send()
        self.away(self.writes(theirs))
        self.writes(ours)(self.driver.session)

    def review(self, answer: Answer, *more: Callable[[object], object]) -> None:
        """Take the file back by its key, and answer the dialogs that come."""
        dialogs = self.driver.dialogs
        with dialogs.expect(answer, *more):
            count = len(dialogs.seen)
            self.driver.key(Qt.Key.Key_T, CTRL | Qt.KeyboardModifier.ShiftModifier)
            wanted = count + 1 + len(more)
            self.driver.qtbot.waitUntil(lambda: len(dialogs.seen) >= wanted or bool(dialogs._faults), timeout=15_000)
            QApplication.processEvents()

    @property
    def stored(self) -> str:
        return self.driver.stored(self.row, "results")


@pytest.fixture
def trip(driver, monkeypatch, tmp_path) -> Round:
    return Round(driver, monkeypatch, tmp_path)


def agree(dialog: ReviewDialog) -> None:
    """Take by the key Enter, as the button says, and wait until it is done."""
    assert dialog.agree.isEnabled(), dialog.state.text()
    press(dialog.list if dialog.list.isVisible() else dialog, Qt.Key.Key_Return)
    for _ in range(1500):
        if not dialog.isVisible():
            return
        QTest.qWait(10)
    raise AssertionError(dialog.state.text())


def close_receipt(dialog) -> None:
    assert isinstance(dialog, ReceiptDialog)
    press(dialog, Qt.Key.Key_Escape)


# Handing out


def test_items_are_handed_out_by_keyboard_and_the_files_are_told_before_and_after(driver, dialogs, tmp_path):
    seen = []

    def fill(dialog):
        assert isinstance(dialog, HandoutDialog)
        dialog.items.list.setFocus()
        assert dialog.items.chosen == (driver.item_id("Ⅰ-1"),)
        dialog.items.list.setCurrentIndex(dialog.items.list.lines.index(0, 0))
        press(dialog.items.list, DOWN)
        press(dialog.items.list, SPACE)
        assert len(dialog.items.chosen) == 2
        dialog.to.setFocus()
        dialog.to.clearEditText()
        end_composition(dialog.to.lineEdit(), "総務課")
        dialog.due.edit.setFocus()
        end_composition(dialog.due.edit, "令和8年12月10日")
        dialog.formats[HandoutFormat.PACKET].setFocus()
        press(dialog.formats[HandoutFormat.PACKET], SPACE)
        seen.append(cell_texts(dialog.files))
        assert not list(tmp_path.rglob("*総務課*"))
        dialog.folder.setFocus()
        press(dialog.folder, Qt.Key.Key_Return)
        driver.qtbot.waitUntil(dialog._open.isVisible, timeout=15_000)
        seen.append(dialog.state.text())
        press(dialog, Qt.Key.Key_Escape)

    with dialogs.expect(fill):
        driver.key(Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    path = driver.path.parent / word("handout_folder_name") / "見本_総務課_令和6年度.hyoka"
    assert seen[0] == [["総務課", "Ⅰ-1、Ⅰ-2", path.name]]
    assert path.is_file()
    assert str(path) in seen[1]
    (line,) = handouts.board(driver.session)
    assert (line.handout.to, line.handout.due, line.numbers) == ("総務課", "2026-12-10", ("Ⅰ-1", "Ⅰ-2"))
    assert driver.undo_name().startswith(done_text("hand_out", ""))


def test_all_departments_get_theirs_in_one_go_and_the_rest_is_named(driver, dialogs):
    view = driver.workplace.view
    for place, name in ((0, "点検課"), (1, "総務課")):
        progress.set_in_charge(driver.session, YEAR, [view.items[place].id], work.DEPARTMENT, name)

    def fill(dialog):
        press(dialog.each, SPACE)
        assert dialog.each.isChecked()
        assert [row[:2] for row in cell_texts(dialog.files)] == [["点検課", "Ⅰ-1"], ["総務課", "Ⅰ-2"]]
        assert "Ⅰ-3" in dialog.state.text(), "who is in no department's charge is named"
        press_button(word("handout_do"))(dialog)
        driver.qtbot.waitUntil(dialog._open.isVisible, timeout=30_000)
        dialog.reject()

    with dialogs.expect(fill):
        driver.trigger("hand_out")
    assert [line.handout.to for line in handouts.board(driver.session)] == ["点検課", "総務課"]
    assert len(list((driver.path.parent / word("handout_folder_name")).glob("*.docx"))) == 2
    undo(driver)
    assert handouts.board(driver.session) == ()


def test_items_are_narrowed_ticked_and_unticked_in_sight_alone(driver, dialogs):
    def fill(dialog):
        choice = dialog.items
        choice.filter.setFocus()
        end_composition(choice.filter, "災害")
        press_button(word("handout_all"))(dialog)
        assert len(choice.chosen) == 2
        assert word("handout_hidden", count=2, hidden=1) in said(dialog)
        choice.filter.clear()
        press_button(word("handout_none"))(dialog)
        assert word("handout_need_items") in said(dialog)
        assert not button_of(dialog, word("handout_do")).isEnabled()
        QTest.mouseClick(
            choice.list.viewport(), Qt.MouseButton.LeftButton, NONE,
            choice.list.visualRect(choice.list.lines.index(1, 1)).center(),
        )  # fmt: skip
        assert choice.chosen == (driver.item_id("Ⅰ-2"),)
        dialog.reject()

    with dialogs.expect(fill):
        driver.trigger("hand_out")


def test_a_file_that_is_there_and_a_day_that_is_none_are_said_before_anything_is_made(driver, dialogs):
    folder = driver.path.parent / word("handout_folder_name")
    folder.mkdir()
    (folder / "見本_総務課_令和6年度.docx").write_bytes(b"there")

    def fill(dialog):
        dialog.to.setCurrentText("総務課")
        driver.qtbot.waitUntil(lambda: "見本_総務課_令和6年度.docx" in dialog.state.text(), timeout=5000)
        assert not button_of(dialog, word("handout_do")).isEnabled()
        dialog.folder.setText(str(folder / "別"))
        assert dialog.state.text() == word("handout_ready", count=1)
        dialog.due.edit.setText("そのうち")
        press_button(word("handout_do"))(dialog)
        assert dialog.state.text() == word("handout_wrong_due")
        dialog.reject()

    with dialogs.expect(fill):
        driver.trigger("hand_out")
    assert handouts.board(driver.session) == ()
    assert not (folder / "別").exists()


def test_giving_up_while_files_are_made_leaves_neither_files_nor_records(driver, dialogs):
    def fill(dialog):
        dialog.items.tick_all(ticked=True)
        dialog.to.setCurrentText("総務課")
        press_button(word("handout_do"))(dialog)
        press(dialog, Qt.Key.Key_Escape)
        driver.qtbot.waitUntil(lambda: dialog.state.text() == word("handout_stopped"), timeout=30_000)
        assert dialog.isVisible()
        press(dialog, Qt.Key.Key_Escape)

    with dialogs.expect(fill):
        driver.trigger("hand_out")
    assert handouts.board(driver.session) == ()
    assert not list(driver.path.parent.rglob("*総務課*"))


def test_giving_up_when_all_is_made_takes_the_files_away_again(driver, dialogs, monkeypatch):
    gate, make = threading.Event(), handouts.make_files

    def slow(plan, *_):
        make(plan)
        assert gate.wait(20)

    monkeypatch.setattr(handouts, "make_files", slow)
    folder = driver.path.parent / word("handout_folder_name")

    def fill(dialog):
        dialog.to.setCurrentText("総務課")
        press_button(word("handout_do"))(dialog)
        driver.qtbot.waitUntil(lambda: any(folder.glob("*.docx")), timeout=20_000)
        press(dialog, Qt.Key.Key_Escape)
        gate.set()
        driver.qtbot.waitUntil(lambda: dialog.state.text() == word("handout_stopped"), timeout=20_000)
        dialog.reject()

    with dialogs.expect(fill):
        driver.trigger("hand_out")
    assert handouts.board(driver.session) == ()
    assert list(folder.iterdir()) == []


# Taking back


def test_a_clean_return_is_shown_first_taken_in_one_step_and_undone_in_one(trip, driver):
    trip.send()
    trip.away(trip.writes("一。二。三！四。"), trip.writes("見直す。", "self_issues", trip.items[1]))
    seen = []

    def answer(dialog):
        seen.append((dialog.list.item(0).text(), dialog.state.text()))
        assert dialog.question.columns.views["review_theirs"].toPlainText() != ""
        assert trip.stored == "一。二。三。四。", "nothing changes before it is agreed to"
        agree(dialog)

    trip.review(answer, close_receipt)
    assert word("outcome_taken") in seen[0][0] or word("outcome_taken") in seen[0][1]
    assert word("review_will_texts", count=2) in seen[0][1]
    assert (trip.stored, driver.stored(trip.items[1], "self_issues")) == ("一。二。三！四。", "見直す。")
    assert [line.standing.value for line in handouts.board(driver.session)] == ["imported"]
    assert find_backups(driver.session, places_of(driver.window.settings))[0].reason.value == "merge"
    undo(driver)
    assert trip.stored == "一。二。三。四。"
    assert driver.stored(trip.items[1], "self_issues") != "見直す。"
    assert [line.standing.value for line in handouts.board(driver.session)] == ["late"]


def test_an_untouched_return_says_that_nothing_changes_and_is_noted(trip, driver):
    trip.send()

    def answer(dialog):
        assert dialog.state.text() == word("review_nothing")
        agree(dialog)

    trip.review(answer, close_receipt)
    assert trip.stored == "一。二。三。四。"
    assert [line.standing.value for line in handouts.board(driver.session)] == ["imported"]


def test_changes_of_different_sentences_are_combined_without_a_question(trip):
    trip.both("甲。二。三。四。", "一。二。三。丑。")

    def answer(dialog):
        assert dialog.review.open_spots == ()
        assert dialog.question.result.plain() == "甲。二。三。丑。"
        assert dialog.question.takes[Take.BOTH].isChecked()
        agree(dialog)

    trip.review(answer, close_receipt)
    assert trip.stored == "甲。二。三。丑。"


@pytest.mark.parametrize(
    ("side", "text"),
    [(Take.OURS, "甲。二。三。四。"), (Take.THEIRS, "子。二。三。四。"), (Take.BOTH, "甲。子。二。三。四。")],
)
def test_a_conflict_is_answered_by_its_key(trip, side, text):
    trip.both("甲。二。三。四。", "子。二。三。四。")

    def answer(dialog):
        assert not dialog.agree.isEnabled()
        assert word("review_open") in dialog.list.item(0).text()
        views = dialog.question.columns.views
        assert views["review_base"].toPlainText() == "一。"
        assert "甲" in views["review_ours"].toPlainText()
        assert "子" in views["review_theirs"].toPlainText()
        press(dialog.list, KEYS[side], ALT)
        assert word("review_decided") in dialog.list.item(0).text()
        assert dialog.question.result.plain() == text
        agree(dialog)

    trip.review(answer, close_receipt)
    assert trip.stored == text


def test_the_result_is_rewritten_in_place_and_that_is_what_is_taken(trip):
    trip.both("甲。二。三。四。", "子。二。三。四。")

    def answer(dialog):
        press(dialog.list, Qt.Key.Key_F2)
        result = dialog.question.result
        assert result.hasFocus()
        press(result, Qt.Key.Key_End, CTRL)
        type_text(result, "五。")
        assert dialog.agree.isEnabled()
        press(result, Qt.Key.Key_0, ALT)
        assert not dialog.agree.isEnabled(), "what was written is given up again"
        assert result.plain() == "甲。二。三。四。"
        press(dialog.list, Qt.Key.Key_F2)
        press(result, Qt.Key.Key_End, CTRL)
        type_text(result, "六。")
        agree(dialog)

    trip.review(answer, close_receipt)
    assert trip.stored == "甲。二。三。四。六。"


def test_a_review_is_backed_up_once_and_away_from_the_window(trip, driver, monkeypatch):
    trip.send()
    trip.away(trip.writes("子。二。三。四。"))
    before, threads = driver.snapshot, []

    def kept(*args: object) -> object:
        threads.append(threading.current_thread())
        return back_up(*args)

    monkeypatch.setattr(review_module, "back_up", kept)
    monkeypatch.setattr(taking, "back_up", kept)
    trip.review(agree, close_receipt)
    assert trip.stored == "子。二。三。四。"
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()
    newest = find_backups(driver.session, places_of(driver.window.settings))[0]
    assert newest.reason is Reason.MERGE
    assert read_backup(newest.path).values == before.values, "as it stood before"


def test_words_of_ones_own_are_kept_as_a_draft_at_each_keystroke_until_they_are_taken(trip, driver):
    trip.both("甲。二。三。四。", "子。二。三。四。")
    key, kept = taking_key(Address(trip.row, "results", YEAR)), []

    def look():
        driver.wait_saved()
        kept.append(driver.drafts_on_disk().get(key))

    def write(dialog):
        press(dialog.list, Qt.Key.Key_F2)
        result = dialog.question.result
        press(result, Qt.Key.Key_End, CTRL)
        type_text(result, "五。")
        look()
        compose(result, "ろく")
        look()
        compose(result, "")
        look()
        press(result, KEYS[Take.THEIRS], ALT)
        look()
        press(dialog.list, Qt.Key.Key_F2)
        press(result, Qt.Key.Key_End, CTRL)
        type_text(result, "七。")
        press(dialog, Qt.Key.Key_Escape)
        look()

    trip.review(write)
    own = "甲。二。三。四。五。"
    assert kept == [own, own + "ろく", own, None, "子。二。三。四。七。"]
    kept.clear()

    def take(dialog):
        assert dialog.question.result.plain() == "子。二。三。四。七。"
        look()
        agree(dialog)

    trip.review(take, close_receipt)
    look()
    assert kept == ["子。二。三。四。七。", None]
    assert trip.stored == "子。二。三。四。七。"


def test_the_keys_go_from_question_to_question_round_the_end(trip, driver):
    trip.send()
    trip.away(trip.writes("子。二。三。丑。"), trip.writes("丑。", "self_issues", trip.items[1]))
    trip.writes("甲。二。三。乙。")(driver.session)
    trip.writes("乙。", "self_issues", trip.items[1])(driver.session)

    def answer(dialog):
        spots = dialog.review.open_spots
        assert len(spots) == 3
        assert dialog.question.spot == spots[0]
        for expected in (*spots[1:], spots[0]):
            press(dialog.list, DOWN, ALT)
            assert dialog.question.spot == expected
            assert dialog.list.currentRow() == expected.line
        press(dialog.list, UP, ALT)
        assert dialog.question.spot == spots[-1]
        texts = next(spot for spot in spots if spot.conflict == 1)
        dialog.question.show_spot(texts)
        assert word("review_spot", number=2, all=2) in said(dialog)
        dialog.question.whole.setFocus()
        press(dialog.question.whole, SPACE)
        assert dialog.question.columns.views["review_base"].toPlainText() == "一。二。三。四。"
        press(dialog.list, KEYS[Take.THEIRS], ALT)
        press(dialog.list, DOWN, ALT)
        press(dialog.list, KEYS[Take.OURS], ALT)
        assert dialog.review.open_spots == ()
        assert not dialog.next.isEnabled()
        agree(dialog)

    trip.review(answer, close_receipt)
    assert trip.stored == "子。二。三。丑。"
    assert driver.stored(trip.items[1], "self_issues") == "乙。"


def test_what_is_final_here_is_refused_by_name_before_and_in_the_receipt(trip, driver):
    trip.both("甲。二。三。四。", "子。二。三。四。")
    progress.set_state(driver.session, YEAR, [trip.items[0]], WorkState.FINAL)
    told = []

    def answer(dialog):
        assert word("review_refused") in dialog.list.item(0).text()
        assert dialog.question.plan.text() == word("plan_locked")
        assert dialog.question.result.isReadOnly()
        assert not any(button.isEnabled() for button in dialog.question.takes.values())
        assert word("review_will_refuse", count=1) in dialog.state.text()
        agree(dialog)

    def look(dialog):
        told.append(dialog.text.toPlainText())
        close_receipt(dialog)

    trip.review(answer, look)
    assert trip.stored == "甲。二。三。四。"
    assert word("fate_locked") in told[0]
    assert "子。二。三。四。" in told[0], "the text that is nowhere else stands in the receipt"


def test_what_they_took_away_is_asked_about_and_what_they_said_comes_along(trip, driver):
    row = driver.session.add_node(YEAR, trip.items[0], NodeKind.ROW, 1, {"results": "二つ目の行。"})
    trip.send()
    place = Address(trip.row, "results", YEAR)
    trip.away(
        lambda other: other.remove_node(YEAR, row),
        lambda other: commenting.add_comment(other, YEAR, place, "根拠を確かめてください。"),
    )

    def answer(dialog):
        texts = [dialog.list.item(number).text() for number in range(dialog.list.count())]
        assert len(texts) == 2
        assert word("review_part_removed") in texts[0]
        assert "二つ目の行。" in dialog.question.columns.views["review_ours"].toPlainText()
        assert not dialog.question.result.isVisible()
        press(dialog.list, KEYS[Take.OURS], ALT)
        assert dialog.question.plan.text() == word("plan_left")
        press(dialog.list, KEYS[Take.THEIRS], ALT)
        press(dialog.list, DOWN)
        assert "根拠を確かめてください。" in dialog.question.columns.views["review_theirs"].toPlainText()
        agree(dialog)

    trip.review(answer, close_receipt)
    assert row not in driver.row_ids("Ⅰ-1")
    assert place in commenting.open_places(driver.workplace.view)


def test_a_report_that_changed_meanwhile_is_compared_anew_and_decisions_stay(trip, driver):
    trip.send()
    first, second = trip.items
    trip.away(trip.writes("子。", "self_issues", first), trip.writes("丑。", "self_issues", second))
    for node in (first, second):
        trip.writes("甲。", "self_issues", node)(driver.session)

    def answer(dialog):
        for _ in range(2):
            press(dialog.list, KEYS[Take.THEIRS], ALT)
            press(dialog.list, DOWN, ALT)
        trip.writes("乙。", "self_issues", second)(driver.session)
        press_button(word("review_take"))(dialog)
        driver.qtbot.waitUntil(lambda: dialog.state.text() == word("review_stale"), timeout=15_000)
        assert dialog.receipt is None
        states = [dialog.review.state(number) for number in range(2)]
        assert states == [LineState.DECIDED, LineState.OPEN]
        press(dialog.list, KEYS[Take.BOTH], ALT)
        agree(dialog)

    trip.review(answer, close_receipt)
    assert driver.stored(first, "self_issues") == "子。"
    assert driver.stored(second, "self_issues") == "乙。丑。"


def test_a_copy_of_the_whole_report_is_taken_and_what_is_no_item_can_be_left_out_at_once(trip, driver, tmp_path):
    driver.wait_saved()
    trip.path = Path(shutil.copy(driver.path, tmp_path / "写し.hyoka"))
    before = driver.stored(ROOT, "procedures")
    trip.away(trip.writes("子。二。三。四。"), trip.writes("先方の手続。", "procedures", ROOT))

    def answer(dialog):
        assert word("source_copy") in said(dialog)
        press_button(word("review_own"))(dialog)
        plans = {line.place: dialog.review.plan(number) for number, line in enumerate(dialog.review.lines)}
        assert sorted(plans.values()) == [Fate.KEPT, Fate.TAKEN]
        assert word("review_will_keep", count=1) in dialog.state.text()
        agree(dialog)

    trip.review(answer, close_receipt)
    assert (trip.stored, driver.stored(ROOT, "procedures")) == ("子。二。三。四。", before)


def test_leaving_the_review_changes_nothing(trip, driver):
    trip.both("甲。二。三。四。", "子。二。三。四。")
    before = driver.snapshot
    trip.review(lambda dialog: press(dialog, Qt.Key.Key_Escape))
    assert driver.snapshot is before


def test_what_was_decided_is_there_again_when_the_same_file_is_taken_once_more(trip, driver):
    trip.both("甲。二。三。乙。", "子。二。三。丑。")

    def begin(dialog):
        press(dialog.list, KEYS[Take.THEIRS], ALT)
        press(dialog, Qt.Key.Key_Escape)

    def go_on(dialog):
        assert dialog.question.spot.conflict == 1, "the first question is answered"
        press(dialog.list, KEYS[Take.OURS], ALT)
        agree(dialog)

    trip.review(begin)
    assert driver.window.statusBar().currentMessage() == word("review_kept")
    trip.review(go_on, close_receipt)
    assert trip.stored == "子。二。三。乙。"


def test_a_stranger_is_refused_in_plain_words(trip, driver, tmp_path):
    trip.path = tmp_path / "別.hyoka"
    trip.path.write_bytes(b"not a report")
    trip.review(close_message)
    assert word("error_title") in driver.dialogs.seen[-1]


def test_the_receipt_is_saved_and_copied(trip, driver, monkeypatch, tmp_path):
    trip.send()
    trip.away(trip.writes("子。二。三。四。"))
    target = tmp_path / "控え"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))

    def keep(dialog):
        press_button(word("receipt_copy"))(dialog)
        press_button(word("receipt_save"))(dialog)
        assert str(target) in dialog.state.text()
        close_receipt(dialog)

    trip.review(agree, keep)
    saved = target.with_suffix(".txt").read_bytes().decode("utf-8-sig")
    assert saved.replace("\r\n", "\n") == QGuiApplication.clipboard().text()
    assert "総務課" in saved
    assert word("fate_taken") in saved


# The board


def test_the_board_says_how_far_each_handout_is_and_notes_returns(trip, driver, dialogs):
    trip.send()

    def look(dialog):
        assert isinstance(dialog, HandoutBoard)
        (line,) = cell_texts(dialog.list)
        assert line[0].startswith(word("board_late"))
        assert line[1:4] == ["総務課", "Ⅰ-1、Ⅰ-2", "令和2年7月10日"]
        press_button(word("board_note"))(dialog)
        assert cell_texts(dialog.list)[0][0].startswith(word("board_returned"))
        assert not dialog.buttons["board_note"].isEnabled()
        press_button(word("board_forget"))(dialog)
        assert cell_texts(dialog.list) == []
        assert word("board_forgot", to="総務課") in said(dialog)
        press(dialog, Qt.Key.Key_Escape)

    with dialogs.expect(look):
        driver.key(Qt.Key.Key_D, CTRL | ALT)
    assert handouts.board(driver.session) == ()
    undo(driver)
    assert [line.standing.value for line in handouts.board(driver.session)] == ["returned"]
    undo(driver)
    assert [line.standing.value for line in handouts.board(driver.session)] == ["late"]


def test_taking_begins_from_the_board_too(trip, driver, dialogs):
    trip.both("一。二。三。四。", "子。二。三。四。")
    with dialogs.expect(press_button(word("board_take")), agree, close_receipt):
        driver.trigger("handouts")
        driver.qtbot.waitUntil(lambda: trip.stored == "子。二。三。四。", timeout=15_000)


def test_a_copy_that_is_only_read_shows_the_board_and_offers_nothing_that_changes(trip, driver, open_window, dialogs):
    trip.send()
    driver.wait_saved()
    other = open_window()
    with dialogs.expect(press_button(word("look_at_copy"))):
        assert other.window.open_file(driver.path)
    assert other.workplace.is_read_only
    assert not other.window.actions_["hand_out"].isEnabled()
    assert not other.window.actions_["take_back"].isEnabled()

    def look(dialog):
        assert len(cell_texts(dialog.list)) == 1
        assert [name for name, button in dialog.buttons.items() if button.isVisible()] == ["close"]
        dialog.reject()

    with dialogs.expect(look):
        other.trigger("handouts")


def test_the_menu_stands_between_history_and_view_with_a_key_for_each_action(driver):
    titles = [action.text().partition("(")[0] for action in driver.window.menuBar().actions()]
    place = titles.index("回付")
    assert titles[place - 1 : place + 2] == ["履歴", "回付", "表示"]
    for name in ("hand_out", "take_back", "handouts"):
        assert not driver.window.actions_[name].shortcut().isEmpty()
        assert driver.window.actions_[name] in [action for _, action in driver.window.actions_.by_menu()]


def test_in_a_narrow_dialog_the_buttons_go_on_below_and_cover_no_text(trip):
    trip.both("一。二改。三。四。", "一。二変。三。四。")
    found = []

    def narrow(dialog):
        question = dialog.question
        dialog.resize(1, dialog.height())
        QApplication.processEvents()
        buttons = [*question.takes.values(), question.write, question.again]
        assert len({button.y() for button in buttons}) > 1, "they go on below"
        lowest = max(button.geometry().bottom() for button in buttons)
        found.append((lowest, question.plan.y(), question.plan.geometry().bottom(), question.result.y()))
        dialog.reject()

    trip.review(narrow)
    ((lowest, plan_top, plan_bottom, result_top),) = found
    assert lowest < plan_top <= plan_bottom < result_top
