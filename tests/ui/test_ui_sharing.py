"""A report on a share opens in a working copy, is published by a key or at closing, and what was left is offered."""

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from window_driver import CTRL, SHIFT, Driver, close_message, press_button, said

from hyoka_desktop.domain.report import ROOT, Address
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.reports import read_report
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.services.sharing import SharedSession, mark_shared, previous_versions
from hyoka_desktop.services.workingcopies import unpublished_copies
from hyoka_desktop.store.lock import FileLock

FIELD = Address(ROOT, "procedures", 2024)
_CHECK_OUT = """
import sys
from pathlib import Path
from hyoka_desktop.services.sharing import open_shared
class Deaf:
    def written(self): pass
    def failed(self, error): pass
    def broken(self, error): pass
session = open_shared(Path(sys.argv[1]), Deaf(), "1.0")
print("open", flush=True)
for line in sys.stdin:
    if line == "publish\\n":
        session.set_text(2024, 1, "procedures", "相手の文")
        session.publish()
    else:
        session.close()
    print("done", flush=True)
"""


@pytest.fixture
def published(sample, tmp_path):
    """Let the folder of the sample be a share."""
    folder = tmp_path / "共有"
    folder.mkdir()
    mark_shared(folder, Settings(tmp_path / "settings" / "settings.json"))
    return sample.rename(folder / sample.name)


@pytest.fixture
def shared(open_window, published) -> Driver:
    return open_window(published)


@pytest.fixture
def colleague(published, tmp_path):
    """Have the report checked out by somebody else."""
    environment = {**os.environ, "USERNAME": "佐藤", "HYOKA_DESKTOP_HOME": str(tmp_path / "佐藤"), "PYTHONUTF8": "1"}
    line = [sys.executable, "-c", _CHECK_OUT, str(published)]
    with subprocess.Popen(
        line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, encoding="utf-8"
    ) as process:
        assert process.stdout.readline() == "open\n"
        yield process
        process.communicate(timeout=20)


def _tell(colleague, order: str) -> None:
    colleague.stdin.write(f"{order}\n")
    colleague.stdin.flush()
    assert colleague.stdout.readline() == "done\n"


def _write(driver: Driver, text: str) -> None:
    driver.session.set_text(2024, ROOT, FIELD.field, text)


def _text(path) -> str:
    return read_report(path).snapshot.stored(FIELD) or ""


def _state(driver: Driver) -> str:
    return driver.window.sharing.label.text()


def test_a_report_on_a_share_opens_in_a_working_copy_and_says_so(shared, published):
    assert isinstance(shared.session, SharedSession)
    assert shared.window.statusBar().currentMessage() == word("checked_out")
    assert _state(shared).startswith("手元の作業コピー・公開 ")
    assert shared.window.windowTitle().startswith(published.stem)
    assert FileLock(published).current_holder().person == "試験者"
    assert shared.window.files._folder() == published.parent


def test_a_window_that_is_closed_is_held_by_no_shared_session(shared):
    """A worker that is still at a share that does not answer would be the last to let go of the window."""
    session = shared.session
    shared.close()
    assert session._subscribers == []


def test_a_report_elsewhere_is_worked_on_at_its_place(driver):
    assert not isinstance(driver.session, SharedSession)
    assert _state(driver) == ""
    for action, said_word in (("publish", "not_shared"), ("reopen", "is_newest")):
        driver.trigger(action)
        assert driver.window.statusBar().currentMessage() == word(said_word)


def test_a_key_publishes(shared, published):
    _write(shared, "公開する文")
    assert "未公開" in _state(shared)
    shared.key(Qt.Key.Key_S, CTRL | SHIFT)
    assert shared.window.statusBar().currentMessage() == word("published")
    assert "未公開" not in _state(shared)
    assert len(previous_versions(published)) == 1
    shared.key(Qt.Key.Key_S, CTRL | SHIFT)
    assert shared.window.statusBar().currentMessage() == word("nothing_to_publish")
    shared.window.show_start()
    assert _text(published) == "公開する文"


def test_closing_asks_only_where_something_is_unpublished(shared, dialogs, published):
    _write(shared, "閉じる前の文")
    with dialogs.expect(press_button(word("cancel"))):
        assert not shared.window.show_start()
    with dialogs.expect(press_button(word("publish_and_close"))):
        assert shared.window.show_start()
    assert _text(published) == "閉じる前の文"
    assert FileLock(published).current_holder() is None
    assert shared.window.open_file(published)
    assert shared.window.show_start()


def test_work_left_unpublished_is_offered_and_goes_on(shared, dialogs, published):
    _write(shared, "続きのある文")
    with dialogs.expect(press_button(word("close_unpublished"))):
        assert shared.window.show_start()
    assert _text(published) != "続きのある文"
    button = _waiting_button(shared)
    with dialogs.expect(press_button(word("waiting_continue"))):
        button.click()
    assert shared.session.snapshot.stored(FIELD) == "続きのある文"
    shared.trigger("publish")
    assert shared.window.show_start()
    assert _text(published) == "続きのある文"
    shared.qtbot.waitUntil(lambda: not _waiting_buttons(shared))


def test_work_left_unpublished_can_be_published_from_the_start_page(shared, dialogs, published):
    _write(shared, "あとで公開する文")
    with dialogs.expect(press_button(word("close_unpublished"))):
        shared.window.show_start()
    with dialogs.expect(press_button(word("waiting_publish"))):
        _waiting_button(shared).click()
    assert shared.window.show_start()
    assert _text(published) == "あとで公開する文"


def test_work_is_thrown_away_only_after_a_second_question(shared, dialogs, published):
    _write(shared, "いらない文")
    with dialogs.expect(press_button(word("close_unpublished"))):
        shared.window.show_start()
    with dialogs.expect(press_button(word("waiting_discard")), press_button(word("cancel"))):
        _waiting_button(shared).click()
    assert len(unpublished_copies()) == 1
    with dialogs.expect(press_button(word("waiting_discard")), press_button(word("discard_do"))):
        _waiting_button(shared).click()
    assert unpublished_copies() == []
    shared.qtbot.waitUntil(lambda: not _waiting_buttons(shared))


def _waiting_buttons(driver: Driver) -> list[QPushButton]:
    buttons = driver.window.start_page.findChildren(QPushButton)
    return [button for button in buttons if "変更が未公開" in button.text() and button.isVisibleTo(driver.window)]


def _waiting_button(driver: Driver) -> QPushButton:
    # The new buttons are laid out when the window comes to it.
    driver.qtbot.waitUntil(lambda: bool(_waiting_buttons(driver)))
    (button,) = _waiting_buttons(driver)
    return button


def test_a_replaced_report_is_left_and_the_work_put_beside(shared, dialogs, published):
    _write(shared, "私の文")
    theirs = published.read_bytes()[:-1] + b"!"
    published.write_bytes(theirs)
    with dialogs.expect(press_button(word("leave_for_later"))):
        shared.trigger("publish")
    assert "未公開" in _state(shared)
    with dialogs.expect(press_button(word("publish_beside"))):
        shared.trigger("publish")
    assert published.read_bytes() == theirs
    (beside,) = published.parent.glob("*作業分*")
    assert _text(beside) == "私の文"


def test_a_share_that_is_away_holds_nobody_in_the_window(shared, dialogs, published):
    _write(shared, "手元の文")
    folder = published.parent
    away = folder.rename(folder.with_name("away"))
    with dialogs.expect(
        press_button(word("publish_and_close")), close_message, press_button(word("close_unpublished"))
    ):
        assert shared.window.show_start()
    away.rename(folder)
    assert [copy.origin for copy in unpublished_copies()] == [published]


def test_closing_publishes_by_itself_where_the_person_said_so(shared, dialogs, published):
    with dialogs.expect(press_button(word("at_closing_always"))):
        shared.trigger("publish_at_closing")
    _write(shared, "いつも公開する文")
    assert shared.window.show_start()
    assert _text(published) == "いつも公開する文"
    assert shared.window.open_file(published)
    with dialogs.expect(press_button(word("at_closing_each"))):
        shared.trigger("publish_at_closing")
    _write(shared, "確かめる文")
    with dialogs.expect(press_button(word("close_unpublished"))):
        assert shared.window.show_start()


def test_a_second_reader_sees_who_works_and_hears_of_publication_and_release(
    colleague, open_window, dialogs, published, qtbot
):
    driver = open_window()

    def look(dialog) -> None:
        assert "佐藤さん" in said(dialog)
        press_button(word("look_at_copy"))(dialog)

    with dialogs.expect(look):
        assert driver.window.open_file(published)
    assert "時点の写し（閲覧のみ）" in driver.window.windowTitle()
    qtbot.waitUntil(lambda: "佐藤さん" in _state(driver))
    _tell(colleague, "publish")
    driver.window.sharing.look()
    qtbot.waitUntil(lambda: _state(driver) == word("news_published"))
    with dialogs.expect(press_button(word("look_at_copy"))):
        driver.trigger("reopen")
    assert driver.session.snapshot.stored(FIELD) == "相手の文"
    qtbot.waitUntil(lambda: "佐藤さん" in _state(driver))
    _tell(colleague, "close")
    driver.window.sharing.look()
    qtbot.waitUntil(lambda: _state(driver) == word("news_released"))
    driver.trigger("reopen")
    assert isinstance(driver.session, SharedSession)


def test_a_folder_is_marked_as_shared(driver, dialogs, sample):
    with dialogs.expect(press_button(word("mark_shared_do"))):
        driver.trigger("mark_shared")
    assert isinstance(driver.session, SharedSession)
    assert driver.session.path == sample
    driver.trigger("mark_shared")
    assert driver.window.statusBar().currentMessage() == word("already_shared")


def test_a_report_checked_out_in_one_window_is_only_looked_at_in_another(shared, open_window, dialogs, published):
    other = open_window()
    with dialogs.expect(press_button(word("close"))):
        assert not other.window.open_file(published)


def test_work_whose_record_is_damaged_is_kept_and_its_place_told(shared, open_window, published, dialogs):
    shared.session.set_text(2024, ROOT, "procedures", "一日分の仕事")
    with dialogs.expect(press_button(word("close_unpublished"))):
        shared.close()
    (copy,) = unpublished_copies()
    (copy.folder / "checkout.json").write_bytes(b"")
    again = open_window()
    with dialogs.expect(close_message):
        assert again.window.open_file(published)
    place = again.session.checkout.put_away
    assert str(place) in dialogs.seen[-1]
    assert read_report(place).snapshot.stored(FIELD) == "一日分の仕事"
