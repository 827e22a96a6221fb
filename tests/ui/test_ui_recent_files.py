"""The files that were opened last: listed newest first, picked by keyboard, in the menu and on the start page."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from window_driver import CTRL, close_message, focused, press_button, type_text

from hyoka_desktop.messages.window import word
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.ui.search.quickpick import QuickPick


@pytest.fixture
def files(sample, tmp_path):
    """Tell three reports, two of one name in folders of their own."""
    (tmp_path / "総務").mkdir()
    (tmp_path / "企画").mkdir()
    places = (tmp_path / "総務" / "評価書.hyoka", tmp_path / "企画" / "評価書.hyoka", tmp_path / "控え.hyoka")
    return [Path(shutil.copy(sample, place)) for place in places]


@pytest.fixture
def used(open_window, files):
    """Open them one after the other, the last stays open."""
    driver = open_window()
    for path in files:
        assert driver.window.open_file(path)
    return driver


def lines(picker: QuickPick) -> list[str]:
    return [picker.list.item(row).text() for row in range(picker.list.count())]


def picking(*keys, words="", seen=None):
    """Answer the list: write words, press keys where the cursor is."""

    def answer(dialog):
        assert isinstance(dialog, QuickPick)
        if seen is not None:
            seen.extend(lines(dialog))
        type_text(dialog.line, words)
        for key in keys:
            QTest.keyClick(dialog.line, key)

    return answer


def test_the_key_lists_them_newest_first_with_their_folders(used, files, dialogs):
    seen = []
    with dialogs.expect(picking(Qt.Key.Key_Escape, seen=seen)):
        used.key(Qt.Key.Key_R, CTRL)
    newest_first = zip(seen, files[::-1], strict=True)
    assert all(path.name in line and str(path.parent) in line for line, path in newest_first), seen
    assert used.path == files[-1], "Esc opens nothing"


def test_one_is_opened_with_keys_alone(used, files, dialogs):
    with dialogs.expect(picking(Qt.Key.Key_Down, Qt.Key.Key_Return)):
        used.key(Qt.Key.Key_R, CTRL)
    assert used.path == files[1]
    assert used.window.settings.recent_files == [files[1], files[2], files[0]], "it is the newest now, and there once"


def test_words_of_the_name_narrow_the_list_down(used, files, dialogs):
    with dialogs.expect(picking(Qt.Key.Key_Down, Qt.Key.Key_Return, words="評価")):
        used.key(Qt.Key.Key_R, CTRL)
    assert used.path == files[0]


def test_words_that_no_file_has_open_nothing_and_say_so(used, files, dialogs):
    said = []

    def answer(dialog):
        type_text(dialog.line, "ない名前")
        said.append((dialog.list.count(), dialog.state.text()))
        QTest.keyClick(dialog.line, Qt.Key.Key_Return)
        assert dialog.isVisible()
        QTest.keyClick(dialog.line, Qt.Key.Key_Escape)

    with dialogs.expect(answer):
        used.key(Qt.Key.Key_R, CTRL)
    assert said == [(0, word("recent_no_match"))]
    assert used.path == files[-1]


def test_the_key_works_on_the_start_page_too(used, files, dialogs):
    used.trigger("start")
    with dialogs.expect(picking(Qt.Key.Key_Return)):
        used.key(Qt.Key.Key_R, CTRL)
    assert used.path == files[-1]


def test_a_file_that_is_gone_is_said_and_the_report_stays(used, files, dialogs):
    files[0].unlink()
    desk = used.window.desk
    with dialogs.expect(
        picking(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return), press_button(word("recent_keep"))
    ):
        used.key(Qt.Key.Key_R, CTRL)
    assert str(files[0]) in dialogs.seen[-1]
    assert "移動した場合は、移動先のファイルを開いてください" in dialogs.seen[-1]
    assert used.window.desk is desk


def test_the_menu_lists_them_with_a_digit_each_and_opens_one_by_keys(used, files):
    menu = used.window.recent.menu
    menu.popup(used.window.mapToGlobal(used.window.rect().center()))
    captions = [action.text() for action in menu.actions()]
    assert [caption[:3] for caption in captions] == ["&1　", "&2　", "&3　"]
    assert files[-1].name in captions[0]
    QTest.keyClick(menu, Qt.Key.Key_3)
    QApplication.processEvents()
    assert used.path == files[0]


def test_the_menu_says_that_there_are_none_yet(open_window):
    driver = open_window()
    driver.window.recent.menu.aboutToShow.emit()
    (only,) = driver.window.recent.menu.actions()
    assert (only.text(), only.isEnabled()) == (word("recent_none"), False)


def test_the_start_page_lists_them_and_a_key_opens_one(used, files):
    used.trigger("start")
    QApplication.processEvents()
    buttons = [
        button
        for button in used.window.start_page.findChildren(QPushButton)
        if Path(button.accessibleDescription()).suffix == ".hyoka"
    ]
    assert [Path(button.accessibleDescription()) for button in buttons] == files[::-1]
    for _ in range(40):
        if QApplication.focusWidget() is buttons[1]:
            break
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    assert used.path == files[1]


def test_they_are_remembered_at_the_next_start_and_the_oldest_goes(used, files, sample, open_window, tmp_path):
    used.close()
    again = open_window()
    assert again.window.settings.recent_files == files[::-1]
    for number in range(9):
        assert again.window.open_file(Path(shutil.copy(sample, tmp_path / f"{number}.hyoka")))
    kept = Settings(tmp_path / "settings" / "settings.json").recent_files
    assert len(kept) == 10
    assert kept[0].name == "8.hyoka"
    assert kept[-1] == files[-1]


def test_a_file_that_could_not_be_opened_is_not_listed(used, files, dialogs, tmp_path):
    (tmp_path / "空.hyoka").write_bytes(b"")
    with dialogs.expect(close_message):
        assert not used.window.open_file(tmp_path / "空.hyoka")
    assert used.window.settings.recent_files == files[::-1]


def test_a_file_that_is_gone_is_taken_out_of_the_list_where_one_wants(used, files, dialogs):
    gone = files[-1]
    used.trigger("start")
    gone.rename(gone.with_name("別の名前.hyoka"))
    with dialogs.expect(picking(Qt.Key.Key_Return, words=gone.stem), press_button(word("recent_keep"))):
        used.key(Qt.Key.Key_R, CTRL)
    assert str(gone) in dialogs.seen[-1]
    assert gone in used.window.settings.recent_files
    page = used.window.start_page
    line = next(button for button in page.findChildren(QPushButton) if button.text() == gone.name)
    with dialogs.expect(press_button(word("recent_forget"))):
        QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert gone not in used.window.settings.recent_files
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    shown = [button.text() for button in page.findChildren(QPushButton) if button.isVisible()]
    assert gone.name not in shown


def test_the_folder_of_a_recent_file_has_room_for_strokes_below_the_line(used, files):
    used.trigger("start")
    QApplication.processEvents()
    folders = [label for label in used.window.start_page.findChildren(QLabel) if label.text() == str(files[0].parent)]
    assert folders
    assert all(label.height() > label.fontMetrics().height() + 2 for label in folders if label.isVisible())
