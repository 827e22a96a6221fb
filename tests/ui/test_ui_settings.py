"""Settings that cannot be kept: what was chosen in so many words says so, and nothing of it holds up a report."""

import threading

import pytest
from PySide6.QtWidgets import QFileDialog, QInputDialog
from window_driver import close_message, press_button

from hyoka_desktop.app import make_window
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import settings as settings_module
from hyoka_desktop.services.reports import read_report
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.ui.dialogs.backups import BackupsDialog
from hyoka_desktop.ui.dialogs.output_picker import OutputPicker
from hyoka_desktop.ui.memory import Memory


@pytest.fixture
def blocked(tmp_path, open_window, sample):
    """Open the sample where the settings cannot be written."""
    (tmp_path / "settings").write_bytes(b"")
    return open_window(sample)


def _said(dialogs) -> bool:
    return "この設定を" in dialogs.seen[-1] and "プログラムを閉じるまでは有効" in dialogs.seen[-1]


def test_a_search_that_cannot_be_kept_says_so(blocked, dialogs, monkeypatch):
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("わたしの検索", True))
    with dialogs.expect(close_message):
        blocked.desk.filter._keep()
    assert _said(dialogs)


def test_output_choices_that_cannot_be_kept_say_so(blocked, dialogs, monkeypatch):
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("わたしの設定", True))
    picker = OutputPicker(blocked.workplace.form, blocked.workplace.view, blocked.window.settings, None)
    with dialogs.expect(close_message):
        picker._save()
    assert _said(dialogs)
    picker.deleteLater()


def test_a_second_place_for_backups_that_cannot_be_kept_says_so_and_holds_for_now(
    blocked, dialogs, monkeypatch, tmp_path
):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    dialog = BackupsDialog(blocked.window, blocked.workplace, blocked.window.settings)
    with dialogs.expect(close_message):
        dialog._choose_second()
    assert _said(dialogs)
    assert dialog.second.text() == str(tmp_path)
    dialog.deleteLater()


def test_publishing_at_closing_that_cannot_be_kept_says_so(blocked, dialogs):
    with dialogs.expect(press_button(word("at_closing_always")), close_message):
        blocked.trigger("publish_at_closing")
    assert _said(dialogs)


def test_a_fault_in_remembering_does_not_keep_the_report_open(driver, sample, monkeypatch):
    def fail(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(Memory, "keep_desk", fail)
    with pytest.raises(ZeroDivisionError):
        driver.window.show_start()
    assert driver.window.desk is None
    assert read_report(sample).snapshot


def test_the_window_does_not_wait_for_its_settings_to_reach_the_disk(home, qtbot, monkeypatch):
    writers = []
    really = settings_module.write_file
    monkeypatch.setattr(
        settings_module, "write_file", lambda *file: (writers.append(threading.get_ident()), really(*file))
    )
    window = make_window()
    window.settings.remember({"colours": "dark"})
    assert window.settings.text("colours") == "dark"
    qtbot.waitUntil(lambda: Settings().text("colours") == "dark")
    assert writers
    assert threading.get_ident() not in writers
    window.close()
    window.deleteLater()
