"""Where a draft belongs: offered with its year and what held there, never written where nobody sees it."""

import shutil

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_driver import ALT, CTRL, close_message, compose, press_button, table_texts, type_text

from hyoka_desktop.domain.comments import comments_of
from hyoka_desktop.domain.draftkeys import comment_key, read_key, rewriting_key
from hyoka_desktop.domain.report import SINCE_START, Address
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import commenting, drafts
from hyoka_desktop.services.session import open_session
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import Repository
from tests.deaf import Deaf

YEAR = 2024


def _leave_drafts(path, texts):
    repository = Repository.open(path, Author("", ""), lambda: "2025-01-01T00:00:00+09:00")
    repository.put_drafts(texts)
    repository.close()


def _remark_box(driver, node=None):
    """Begin a comment on the results of the first item, in the panel of comments."""
    driver.focus("results", node)
    driver.key(Qt.Key.Key_C, CTRL | ALT)
    return driver.desk.side.panel("comments").text


def _offered(driver, dialogs, path):
    rows = []

    def later(dialog):
        rows.extend(table_texts(dialog))
        press_button(word("recover_later"))(dialog)

    with dialogs.expect(later):
        driver.window.open_file(path)
    return rows


def test_drafts_of_two_years_are_told_apart(driver, open_window, dialogs, sample):
    row = driver.row_ids("Ⅰ-1")[0]
    driver.close()
    _leave_drafts(sample, {Address(row, "results", year): f"{year}の下書き" for year in (2023, YEAR)})
    rows = _offered(open_window(), dialogs, sample)
    assert {(row[0], row[2]) for row in rows} == {
        ("Ⅰ-1 主要な業務実績（令和5年度）", "2023の下書き"),
        ("Ⅰ-1 主要な業務実績（令和6年度）", "2024の下書き"),
    }


def test_a_plan_that_was_being_changed_is_shown_with_the_one_that_held(driver, open_window, dialogs, sample):
    row = driver.row_ids("Ⅰ-1")[0]
    held = driver.snapshot.stored(Address(row, "mid_term_plan", SINCE_START))
    driver.close()
    _leave_drafts(sample, {Address(row, "mid_term_plan", YEAR): "変更後の計画"})
    ((_, before, after),) = _offered(open_window(), dialogs, sample)
    assert (before, after) == (held, "変更後の計画")


def test_a_remark_whose_year_is_taken_back_stays_with_a_year_that_is_there(driver):
    driver.session.add_year(2025)
    driver.workplace.choose_year(2025)
    driver.go_item("Ⅰ-1", "results")
    type_text(_remark_box(driver), "書きかけ")
    driver.desk.hide_side()
    driver.leave()
    driver.undo()
    QApplication.processEvents()
    driver.wait_saved()
    ((key, text),) = driver.drafts_on_disk().items()
    assert (read_key(key).address.year, text) == (YEAR, "書きかけ")


def test_a_remark_on_a_row_that_is_taken_back_stays_on_the_disk_though_its_panel_is_hidden(driver):
    driver.go_item("Ⅰ-1", "results")
    driver.tab.rows.add_row()
    type_text(_remark_box(driver, driver.tab.rows.row), "書きかけ")
    driver.desk.hide_side()
    driver.leave()
    driver.undo()
    QApplication.processEvents()
    driver.wait_saved()
    assert list(driver.drafts_on_disk().values()) == ["書きかけ"]


def test_a_comment_is_said_with_what_is_being_composed(driver):
    driver.go_item("Ⅰ-1", "results")
    box = _remark_box(driver)
    type_text(box, "打った後に")
    compose(box, "変換の途中")
    QTest.keyClick(box, Qt.Key.Key_Return, CTRL)
    (comment,) = comments_of(driver.workplace.view)
    assert comment.remark.text == "打った後に変換の途中"
    driver.wait_saved()
    assert driver.drafts_on_disk() == {}


def test_what_has_no_place_in_the_report_is_said_once_and_stays_in_the_file(driver, open_window, dialogs, sample):
    row = driver.row_ids("Ⅰ-1")[0]
    commenting.add_comment(driver.session, YEAR, Address(row, "results", YEAR), "元の言葉")
    (comment,) = comments_of(driver.workplace.view)
    driver.session.remove_node(YEAR, row)
    driver.close()
    _leave_drafts(sample, {rewriting_key(comment.node, YEAR): "別の言葉"})
    again = open_window()
    with dialogs.expect(press_button(word("recover_take")), close_message):
        again.window.open_file(sample)
    again.wait_saved()
    assert list(again.drafts_on_disk().values()) == ["別の言葉"]


def test_no_draft_is_written_into_a_field_or_a_year_that_the_report_does_not_have(sample, tmp_path):
    path = shutil.copy(sample, tmp_path / "写し.hyoka")
    nowhere, gone = Address(1, "nosuch", YEAR), comment_key(Address(1, "procedures", 2031))
    _leave_drafts(path, {nowhere: "宙に浮く", gone: "来ない年度"})
    session = open_session(path, Deaf())
    left = drafts.take_in(session, YEAR, drafts.offered(session))
    assert {draft.text for draft in left} == {"宙に浮く", "来ない年度"}
    assert session.snapshot.stored(nowhere) is None
    assert session.close()
