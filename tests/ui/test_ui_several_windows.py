"""Several windows with a report each: opened by a key, none twice, closed in any order, all at once until one stays."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid
from window_driver import ALT, CTRL, Driver, on_disk, press_button

from hyoka_desktop.errors import WorldError
from hyoka_desktop.messages.window import word
from hyoka_desktop.store.repository import Repository

FIELD = "results"
ITEM = "Ⅰ-1"


@pytest.fixture
def others(sample):
    """Tell two more reports."""
    return [Path(shutil.copy(sample, sample.with_name(f"{name}.hyoka"))) for name in ("乙", "丙")]


@pytest.fixture
def new_window(driver, dialogs):
    """Open one more window from a driver's by the key; what is left open is closed at the end."""
    made = []

    def open_one(path=None, beside=driver) -> Driver:
        known = list(beside.window.windows.all)
        beside.key(Qt.Key.Key_N, CTRL | ALT)
        (window,) = (one for one in beside.window.windows.all if one not in known)
        made.append(Driver(window, driver.qtbot, dialogs))
        if path is not None:
            assert window.open_file(path)
        return made[-1]

    yield open_one
    for one in made:
        one.close()


def windows(driver):
    return list(driver.window.windows.all)


def test_the_key_opens_another_window_on_the_start_page_and_leaves_the_first_as_it_was(driver, new_window):
    driver.go_item("Ⅰ-2", FIELD)
    second = new_window()
    assert second.window.isVisible()
    assert second.window.desk is None
    assert second.window.settings is driver.window.settings
    assert (driver.path.name, driver.desk.item) == ("見本.hyoka", driver.item_id("Ⅰ-2"))


def test_a_second_window_can_be_opened_from_the_second_one_too(driver, new_window, others):
    second = new_window(others[0])
    third = new_window(others[1], beside=second)
    assert [one.path.name for one in (driver, second, third)] == ["見本.hyoka", "乙.hyoka", "丙.hyoka"]
    assert len(windows(third)) == 3


def test_what_is_written_in_one_window_is_written_to_its_own_file_alone(driver, new_window, others):
    second = new_window(others[0])
    row = driver.row_ids(ITEM)[0]
    for one, text in ((driver, "一つ目。"), (second, "二つ目。")):
        one.go_item(ITEM, FIELD)
        one.type(FIELD, text)
        one.leave()
        one.wait_saved()
    assert driver.value_on_disk(row, FIELD, 2024).endswith("一つ目。")
    assert second.value_on_disk(row, FIELD, 2024).endswith("二つ目。")
    driver.undo()
    assert not driver.stored(row, FIELD).endswith("一つ目。")
    assert second.stored(row, FIELD).endswith("二つ目。")


def test_a_report_that_is_open_comes_forward_instead_of_being_opened_twice(driver, new_window, others, qtbot):
    second = new_window(others[0])
    second.activate()
    assert second.window.open_file(driver.path)
    qtbot.waitUntil(driver.window.isActiveWindow)
    assert second.path == others[0]
    driver.window.showMinimized()
    assert second.window.open_file(driver.path)
    assert not driver.window.isMinimized()
    assert len(windows(driver)) == 2


def test_a_report_is_known_again_by_another_path_to_it(driver, new_window, sample, tmp_path):
    second = new_window()
    (tmp_path / "道").mkdir()
    assert second.window.open_file(tmp_path / "道" / ".." / sample.name)
    assert second.window.desk is None


def test_a_report_that_was_closed_can_be_opened_in_the_other_window(driver, new_window, sample):
    second = new_window()
    driver.trigger("start")
    assert second.window.open_file(sample)
    assert second.path == sample
    assert driver.window.desk is None


@pytest.mark.parametrize("first_goes", [True, False], ids=["the first", "the second"])
def test_one_is_closed_and_the_other_works_on(driver, new_window, others, first_goes):
    second = new_window(others[0])
    going, staying = (driver, second) if first_goes else (second, driver)
    window = going.window
    going.closed = True
    assert window.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(window), "what is closed is given back"
    assert windows(staying) == [staying.window]
    staying.activate()
    staying.go_item(ITEM, FIELD)
    staying.type(FIELD, "続けて書く。")
    staying.leave()
    staying.wait_saved()
    assert staying.value_on_disk(staying.row_ids(ITEM)[0], FIELD, 2024).endswith("続けて書く。")


def test_the_key_to_quit_closes_all_windows_and_saves_them(driver, new_window, others):
    second = new_window(others[0])
    row, paths = driver.row_ids(ITEM)[0], (driver.path, second.path)
    for one in (driver, second):
        one.go_item(ITEM, FIELD)
        one.type(FIELD, "閉じる前の文。")
    driver.closed = second.closed = True
    second.key(Qt.Key.Key_Q, CTRL)
    assert windows(driver) == []
    for path in paths:
        query = "SELECT text FROM value WHERE node = ? AND field = ? AND year = 2024"
        assert on_disk(path, query, (row, FIELD))[0][0].endswith("閉じる前の文。")


def test_quitting_stops_at_the_window_that_wants_to_stay(driver, new_window, others, dialogs, monkeypatch):
    """The second cannot be saved, and the person keeps it open: it stays with its text, and so does the third."""
    second, third = new_window(others[0]), new_window(others[1])
    apply = Repository.apply

    def failing(self, *arguments, **options):
        if self.path == others[0]:
            raise WorldError("disk_full", path=str(self.path))
        return apply(self, *arguments, **options)

    monkeypatch.setattr(Repository, "apply", failing)
    second.go_item(ITEM, FIELD)
    second.type(FIELD, "保存できない文。")
    second.leave()
    driver.closed = True
    with dialogs.expect(press_button(word("cancel"))):
        third.key(Qt.Key.Key_Q, CTRL)
    assert windows(third) == [second.window, third.window]
    assert second.edit(FIELD).plain().endswith("保存できない文。")
    monkeypatch.setattr(Repository, "apply", apply)
    second.wait_saved()


def test_an_appearance_that_is_chosen_holds_in_all_windows(driver, new_window, others):
    second = new_window(others[0])
    before = driver.edit("item_title").font().pointSizeF()
    try:
        for name in ("text_125", "colours_light", "colours_system"):
            second.trigger(name)
            assert [one.window.actions_[name].isChecked() for one in (driver, second)] == [True, True]
        assert driver.edit("item_title").font().pointSizeF() > before
    finally:
        second.trigger("text_100")
