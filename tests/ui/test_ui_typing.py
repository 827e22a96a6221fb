"""Typing: each keystroke is on the disk as a draft, leaving the field makes a command, all places show it."""

import gc
import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from window_driver import button_of, on_disk, press_button, table_texts, type_text

from hyoka_desktop.domain.report import ROOT, SINCE_START, Address
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import reports
from hyoka_desktop.ui.pages.grid_model import GridModel
from hyoka_desktop.ui.theme import COLOURS
from hyoka_desktop.ui.tree_model import LETTER_ROLE, Entry

KINDS = [
    # tab, field, text typed, what is stored of it
    ("results", "results", "新しい実績。", "新しい実績。"),
    ("basic", "item_title", "の追加", "の追加"),
    ("basic", "staff", "5", "5"),
    ("basic", "budget", "0", "0"),
    ("indicators", "viewpoints", "\n視点", "\n視点"),
    ("self", "self_grounds", "根拠A&B<b>", "根拠A&B<b>"),
]


@pytest.mark.parametrize(("tab", "field", "typed", "kept"), KINDS, ids=[kind[1] for kind in KINDS])
def test_each_keystroke_is_a_draft_on_the_disk_and_leaving_makes_one_command(driver, tab, field, typed, kept):
    driver.go_item("Ⅰ-1", tab)
    edit = driver.focus(field)
    address = driver.block(field).binding.address
    before, sequence = driver.stored(address.node, field), driver.session._sequence
    for length, character in enumerate(typed, start=1):
        type_text(edit, character)
        driver.wait_saved()
        assert driver.drafts_on_disk() == {address: before + kept[:length]}
    assert driver.value_on_disk(*address) == (before or None), "no command before the field is left"
    driver.leave()
    driver.wait_saved()
    assert driver.stored(address.node, field) == before + kept
    assert driver.value_on_disk(*address) == before + kept
    assert driver.drafts_on_disk() == {}
    assert driver.session._sequence == sequence + 1


def test_leaving_a_field_unchanged_makes_no_command(driver):
    driver.go_item("Ⅰ-1", "results")
    sequence = driver.session._sequence
    edit = driver.type("results", "あ")
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    driver.leave()
    driver.wait_saved()
    assert driver.session._sequence == sequence
    assert driver.drafts_on_disk() == {}


def test_the_title_of_an_item_follows_in_tree_head_preview_and_summary_table(driver, qtbot):
    driver.go_item("Ⅰ-3", "basic")
    driver.type("item_title", "（改題）")
    driver.leave()
    title = driver.stored(driver.item_id("Ⅰ-3"), "item_title")
    assert title.endswith("（改題）")
    assert f"Ⅰ-3 {title}" in driver.tree_labels()
    assert driver.page._title.text() == title
    driver.wait_preview("（改題）")
    driver.go_computed()
    qtbot.waitUntil(lambda: "（改題）" in driver.computed_text(), timeout=5000)


def test_the_letter_follows_in_tree_head_progress_and_summary_table(driver, qtbot):
    driver.go_item("Ⅰ-3", "self")
    item = driver.item_id("Ⅰ-3")
    combo = driver.block("self_rating").editor.combo
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_S)
    assert driver.stored(item, "self_rating") == "S"
    model = driver.desk.model
    assert model.data(model.index_of(Entry("", node=item)), LETTER_ROLE) == "S"
    badges = [label.text() for label in driver.page.findChildren(QLabel) if label.property("role") == "badge"]
    assert "自己評定 S" in badges
    assert driver.window._progress.text().endswith(word("progress", done=14, all=14))
    driver.wait_preview("評定：S")


def test_typing_shows_in_the_texts_for_reading_beside_before_the_field_is_left(driver, qtbot):
    driver.go_item("Ⅰ-1", "indicators")
    driver.type("viewpoints", "\n目新しい視点")
    driver.leave()
    driver.go_tab("results")
    shown = [text.plain() for field, text in driver.tab._reading._texts if field.id == "viewpoints"]
    assert shown[0].endswith("・目新しい視点")


def test_the_preview_shows_what_is_typed_before_the_field_is_left(driver):
    driver.go_item("Ⅰ-1", "reference")
    driver.type("reference", "書きかけの参考情報")
    driver.wait_preview("書きかけの参考情報")


def test_the_preview_still_follows_after_the_summary_table_was_looked_at(driver, qtbot):
    driver.go_computed()
    qtbot.waitUntil(lambda: "総括表" in driver.computed_text(), timeout=5000)
    driver.go_item("Ⅰ-1", "reference")
    driver.wait_preview("Ⅰ-1")
    driver.type("reference", "後から書いた参考")
    driver.wait_preview("後から書いた参考")


def test_a_click_on_the_preview_goes_to_the_field(driver):
    driver.go_item("Ⅰ-1", "basic")
    driver.wait_preview("定量的指標は四つの全てで")
    view = driver.desk.preview.view
    text, number = next(
        (text, number)
        for number, page in enumerate(view.pages)
        for text in page.texts
        if getattr(text.source, "field", "") == "self_grounds"
    )
    at = view.area_in_view(number, QRectF(text.x + 2, text.baseline - 2, 1, 1)).topLeft()
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at.toPoint())
    assert driver.tab.tab.id == "self"
    assert driver.edit("self_grounds").hasFocus()


def test_everything_typed_is_there_after_reopening(open_window, sample):
    first = open_window(sample)
    first.go_item("Ⅱ-1", "results")
    first.type("results", "再開後も残る実績")
    first.close()
    assert not list(sample.parent.glob(".~lock*")), "the lock is gone"
    second = open_window(sample)
    row = second.row_ids("Ⅱ-1")[0]
    assert second.stored(row, "results").endswith("再開後も残る実績")
    assert second.drafts_on_disk() == {}


_TYPE_AND_HANG = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from hyoka_desktop.app import make_application, make_window
from hyoka_desktop.services.settings import Settings
from PySide6.QtTest import QTest
from window_driver import Driver, DialogWatch, type_text
application = make_application()
window = make_window(Settings(Path({settings!r})))
window.show()
window.open_file(Path({path!r}))
QTest.qWaitForWindowActive(window)
driver = Driver(window, None, DialogWatch())
driver.go_item("Ⅰ-2", "results")
driver.type("results", "停電の直前")
while driver.session.has_unsaved:
    QTest.qWait(1)
print("typed", flush=True)
QTest.qWait(60000)
"""


def test_text_typed_before_the_program_is_killed_is_offered_and_taken(open_window, dialogs, sample, tmp_path):
    code = textwrap.dedent(_TYPE_AND_HANG).format(
        tests=str(Path(__file__).parent), settings=str(tmp_path / "other.json"), path=str(sample)
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as process:
        assert process.stdout.readline().strip() == "typed"
        process.send_signal(signal.SIGKILL)
    assert [row[0][-5:] for row in on_disk(sample, "SELECT text FROM draft")] == ["停電の直前"]

    def take(dialog):
        rows = table_texts(dialog)
        assert [row[0] for row in rows] == ["Ⅰ-2 主要な業務実績（令和6年度）"]
        assert rows[0][2] == rows[0][1] + "停電の直前"
        press_button(word("recover_take"))(dialog)

    driver = open_window()
    with dialogs.expect(take):
        driver.window.open_file(sample)
    driver.wait_saved()
    assert driver.stored(driver.row_ids("Ⅰ-2")[0], "results").endswith("停電の直前")
    assert driver.drafts_on_disk() == {}


def test_a_year_shows_and_writes_its_own_texts(driver):
    driver.go_item("Ⅰ-1", "results")
    row = driver.row_ids("Ⅰ-1")[0]
    newest = driver.edit("results").plain()
    driver.choose_year(2023)
    driver.go_tab("results")
    older = driver.edit("results").plain()
    assert older != newest
    driver.type("results", "前年度の加筆")
    driver.leave()
    assert driver.edit("results").plain() == older + "前年度の加筆"
    driver.choose_year(2024)
    driver.go_tab("results")
    assert driver.edit("results").plain() == newest
    assert driver.snapshot.stored(Address(row, "results", 2023)) == older + "前年度の加筆"
    assert driver.snapshot.stored(Address(row, "results", 2024)) == newest


def test_the_tab_stays_when_another_year_is_chosen(driver):
    driver.go_item("Ⅰ-1", "results")
    driver.choose_year(2023)
    assert driver.desk.item == driver.item_id("Ⅰ-1")
    assert driver.tab.tab.id == "results"


def test_typing_that_is_not_final_is_kept_for_its_year_when_another_is_chosen(driver):
    driver.go_item("Ⅰ-1", "results")
    row = driver.row_ids("Ⅰ-1")[0]
    driver.type("results", "年度を替える前")
    driver.choose_year(2023)
    assert driver.snapshot.stored(Address(row, "results", 2024)).endswith("年度を替える前")
    assert "年度を替える前" not in driver.snapshot.stored(Address(row, "results", 2023))


def test_the_year_in_the_tool_bar_is_changed_by_keys(driver):
    box = driver.window._year
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert driver.year == 2023
    assert [box.itemText(place) for place in range(box.count())] == ["令和6年度", "令和5年度"]


def test_choosing_a_year_in_which_the_item_did_not_exist_writes_nothing_there(driver):
    driver.trigger("add_item")
    item = driver.desk.item
    driver.go_tab("basic")
    driver.type("item_title", "新しい項目")
    driver.leave()
    driver.go_tab("self")
    driver.type("self_grounds", "令和6年度だけの根拠")
    driver.leave()
    sequence = driver.session._sequence
    driver.choose_year(2023)
    assert driver.session._sequence == sequence, "looking at another year is no command"
    assert driver.snapshot.stored(Address(item, "self_grounds", 2023)) is None


def test_switching_years_often_leaves_no_old_tables_listening(driver):
    def listening():
        gc.collect()
        return sum(isinstance(thing, GridModel) for thing in gc.get_objects())

    driver.go_item("Ⅰ-1", "indicators")
    driver.qtbot.wait(1)
    before = listening()
    for _ in range(4):
        driver.choose_year(2023)
        driver.choose_year(2024)
        driver.qtbot.wait(1)
    assert listening() <= before + 2


def test_an_approved_plan_takes_no_typing_until_it_is_unlocked(driver):
    driver.go_item("Ⅰ-1", "plan")
    edit = driver.edit("mid_term_plan")
    before = edit.plain()
    driver.focus("mid_term_plan")
    type_text(edit, "勝手な加筆")
    assert driver.window.statusBar().currentMessage() == word("locked_tip")
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert edit.plain() == before
    driver.leave()
    driver.wait_saved()
    assert driver.drafts_on_disk() == {}


def _change_plan(driver, dialogs, answer, text, field="mid_term_plan"):
    driver.go_item("Ⅰ-1", "plan")
    block = driver.block(field)
    button = button_of(block, "計画の変更")
    with dialogs.expect(press_button(answer)):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    edit = driver.edit(field)
    driver.activate()
    if not edit.isReadOnly():
        assert edit.hasFocus(), "one can write at once"
        QTest.keyClick(edit, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        type_text(edit, text)
        driver.leave()
    return driver.row_ids("Ⅰ-1")[0]


def test_a_correction_of_the_plan_holds_in_all_years(driver, dialogs):
    row = _change_plan(driver, dialogs, "誤記の訂正（すべての年度に反映）", "訂正")
    assert driver.stored(row, "mid_term_plan").endswith("訂正")
    driver.choose_year(2023)
    driver.go_tab("plan")
    assert driver.stored(row, "mid_term_plan").endswith("訂正")
    assert driver.edit("mid_term_plan").plain().endswith("訂正")
    assert driver.edit("mid_term_plan").isReadOnly(), "locked again"


def test_a_change_of_the_plan_leaves_earlier_years_as_they_were(driver, dialogs):
    row = _change_plan(driver, dialogs, "計画の変更（令和6年度から）", "変更後")
    assert driver.stored(row, "mid_term_plan").endswith("変更後")
    driver.choose_year(2023)
    driver.go_tab("plan")
    assert "変更後" not in driver.stored(row, "mid_term_plan")
    assert "変更後" not in driver.edit("mid_term_plan").plain(), "the screen too"


def test_a_change_of_the_plan_leaves_no_draft_that_would_change_all_years(driver, dialogs):
    row = _change_plan(driver, dialogs, "計画の変更（令和6年度から）", "変更後")
    driver.wait_saved()
    assert driver.drafts_on_disk() == {}
    assert "変更後" not in (driver.session.live_view(2023).text(row, "mid_term_plan")), "preview and export of 2023"
    assert driver.snapshot.stored(Address(row, "mid_term_plan", SINCE_START)) is not None


def test_a_plan_that_is_unlocked_and_cancelled_stays_as_it_was(driver, dialogs):
    sequence = driver.session._sequence
    _change_plan(driver, dialogs, word("cancel"), "取消")
    assert driver.edit("mid_term_plan").isReadOnly()
    assert driver.session._sequence == sequence


def test_a_plan_of_one_year_offers_only_that_year(driver, dialogs):
    row = _change_plan(driver, dialogs, "この年度の計画を直す", "年度計画の直し", field="annual_plan")
    assert driver.stored(row, "annual_plan").endswith("年度計画の直し")
    assert "計画の変更（" not in dialogs.seen[0]


def test_an_empty_plan_is_open_for_writing_at_once(driver):
    driver.trigger("add_item")
    driver.go_tab("plan")
    driver.type("mid_term_objective", "最初から書ける")
    driver.leave()
    assert driver.edit("mid_term_objective").isReadOnly(), "what stands there now is approved"


def test_a_plan_looks_locked_and_offers_its_change_exactly_while_it_is_locked(driver, dialogs):
    driver.trigger("add_item")
    driver.go_tab("plan")
    block = driver.block("annual_plan")

    def look():
        QApplication.processEvents()
        paper = block.editor.edit.grab().toImage().pixelColor(20, block.editor.edit.height() - 6).name()
        return paper, block.findChild(QPushButton).isVisible()

    assert look() == (COLOURS.paper, False)
    driver.type("annual_plan", "計画")
    driver.leave()
    assert look() == (COLOURS.locked, True)
    with dialogs.expect(press_button(word("change_plan_this_year"))):
        block.ask_to_unlock()
    assert look() == (COLOURS.paper, False)
    driver.leave()
    assert look() == (COLOURS.locked, True)


def test_lines_stand_apart_as_they_are_typed_and_when_they_are_shown_again(driver):
    driver.trigger("add_item")
    driver.go_tab("results")
    edit = driver.type("results", "一行目\n二行目\n三行目")
    typed = edit.document().size().height()
    driver.leave()
    item = driver.desk.entry
    driver.go_item("Ⅰ-1", "results")
    driver.desk.tree.choose(item)
    assert driver.edit("results").plain() == "一行目\n二行目\n三行目"
    assert driver.edit("results").document().size().height() == typed > 3 * edit.fontMetrics().lineSpacing() * 1.5


def test_the_state_of_saving_tells_the_time(driver, qtbot):
    driver.go_item("Ⅰ-1", "results")
    driver.type("results", "あ")
    driver.wait_saved()
    qtbot.waitUntil(lambda: driver.saved_text.startswith("● 保存済み "))


def test_what_is_written_is_what_the_command_line_dumps(driver, sample):
    driver.go_item("Ⅰ-1", "results")
    driver.type("results", "画面から入れた実績")
    driver.close()
    row = json.loads(reports.dump_report(sample, 2024))["sections"][0]["items"][0]["sheet"]["rows"][0]
    assert row["results"].endswith("画面から入れた実績")


def test_a_day_before_all_eras_is_kept_and_shown_by_its_calendar_year(driver):
    driver.desk.tree.choose(next(entry for entry in driver.desk.model.entries() if entry.page == "cover"))
    edit = driver.focus("cover_date")
    edit.selectAll()
    type_text(edit, "1800/1/1")
    driver.leave()
    assert edit.text() == "1800年1月1日"
    assert driver.snapshot.stored(Address(ROOT, "cover_date", driver.year)) == "1800-01-01"
