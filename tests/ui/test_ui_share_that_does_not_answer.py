"""Whatever touches a share is done away from the window's thread: one that does not answer holds up nobody who writes.

Every way into the file system is watched that Python's files and folders go; SQLite's own run on the store's thread.
"""

import builtins
import io
import os
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog
from window_driver import Driver, press_button

from hyoka_desktop.domain.report import ROOT, Address
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.backups import choose_second_place
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.services.sharing import SharedSession, mark_shared
from hyoka_desktop.ui.dialogs.backups import BackupsDialog

_WAYS_IN = ("stat", "lstat", "readlink", "listdir", "scandir", "mkdir", "open", "replace", "rename", "unlink", "access")
FIELD = Address(ROOT, "procedures", 2024)


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "共有"
    folder.mkdir()
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Write the settings that the window reads."""
    return Settings(tmp_path / "settings" / "settings.json")


@pytest.fixture
def touches(share: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Collect where the window's thread touches the share."""
    found: list[str] = []
    main = threading.get_ident()

    def watched(way: Callable) -> Callable:
        def go_in(path: object, *arguments: object, **named: object) -> object:
            if threading.get_ident() == main and isinstance(path, str | os.PathLike):
                _note(found, os.fspath(path), share)
            return way(path, *arguments, **named)

        return go_in

    for name in _WAYS_IN:
        monkeypatch.setattr(os, name, watched(getattr(os, name)))
    monkeypatch.setattr(io, "open", watched(io.open))
    monkeypatch.setattr(builtins, "open", watched(builtins.open))
    return found


def _note(found: list[str], path: str | bytes, share: Path) -> None:
    if str(path).startswith(str(share)):
        calls = [call for call in traceback.extract_stack() if "hyoka_desktop" in call.filename]
        ours = [call for call in calls if "tests" not in call.filename]
        if ours:
            found.append(" > ".join(f"{Path(call.filename).name}:{call.lineno}" for call in ours[-3:]))


@pytest.fixture
def shared(share: Path, settings: Settings, sample: Path) -> Path:
    """Put the sample into the shared folder, and second backups too."""
    mark_shared(share, settings)
    choose_second_place(settings, share)
    return sample.rename(share / sample.name)


def test_the_watch_sees_a_touch_of_the_share(share, touches):
    Settings(share / "settings.json").remember({"a": "b"})
    assert touches


def test_a_report_on_a_share_is_opened_written_published_and_left_without_the_window_touching_it(
    open_window, shared, touches
):
    driver: Driver = open_window(shared)
    driver.session.set_text(2024, ROOT, FIELD.field, "意見の聴取")
    driver.trigger("publish")
    assert driver.window.open_file(shared)
    driver.session.set_text(2024, ROOT, FIELD.field, "意見の聴取など")
    with driver.dialogs.expect(press_button(word("publish_and_close"))):
        driver.trigger("start")
    assert touches == []


def test_a_file_that_was_open_lately_is_opened_anew_without_the_window_touching_it(open_window, shared, touches):
    driver: Driver = open_window(shared)
    driver.trigger("start")
    driver.window.recent.open(shared)
    assert driver.window.desk is not None
    assert touches == []


def test_backups_in_a_second_place_are_listed_and_read_without_the_window_touching_it(
    open_window, sample, share, settings, touches
):
    choose_second_place(settings, share)
    driver: Driver = open_window(sample)
    driver.session.set_text(2024, ROOT, FIELD.field, "意見の聴取")

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, BackupsDialog)
        press_button(word("backup_make"))(dialog)
        driver.qtbot.waitUntil(lambda: dialog.heading.text() == word("backup_same"))
        dialog.reject()

    with driver.dialogs.expect(look):
        driver.trigger("backups")
    assert list(share.rglob("*.hyoka"))
    assert touches == []


def test_documents_are_written_to_a_share_without_the_window_touching_it(open_window, shared, share, touches):
    driver: Driver = open_window(shared)

    def make(dialog: QDialog) -> None:
        dialog.folder.setText(str(share))
        dialog.start()
        driver.qtbot.waitUntil(lambda: bool(dialog.buttons.made), timeout=60_000)
        dialog.reject()

    with driver.dialogs.expect(make):
        driver.trigger("export")
    assert touches == []


def test_choosing_a_file_on_a_share_does_not_touch_it_before(open_window, shared, touches, monkeypatch):
    driver: Driver = open_window(shared)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    driver.trigger("start")
    driver.trigger("open")
    assert touches == []


def test_a_copy_beside_a_report_on_a_share_is_made_without_the_window_touching_it(open_window, shared, share, touches):
    driver: Driver = open_window(shared)
    driver.trigger("backup")
    assert len([path for path in share.glob("見本*.hyoka") if path != shared]) == 1
    assert touches == []


def test_the_sample_is_made_and_opened_on_a_share_without_the_window_touching_it(open_window, shared, share, touches):
    driver: Driver = open_window(shared)
    driver.trigger("start")
    driver.trigger("sample")
    assert driver.session.path == share / word("sample_file")
    assert touches == []


def test_a_report_is_marked_as_shared_without_the_window_touching_it(open_window, sample, share, touches):
    path = sample.rename(share / sample.name)
    driver: Driver = open_window(path)
    with driver.dialogs.expect(press_button(word("mark_shared_do"))):
        driver.trigger("mark_shared")
    assert isinstance(driver.session, SharedSession)
    assert touches == []


def test_indicators_go_to_a_share_without_the_window_touching_it(open_window, shared, share, touches, monkeypatch):
    driver: Driver = open_window(shared)
    book = share / "指標.xlsx"
    book.write_bytes(b"old")
    touches.clear()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(book.with_suffix("")), ""))
    with driver.dialogs.expect(press_button(word("replace_file_do"))):
        driver.trigger("indicators_out")
    driver.qtbot.waitUntil(lambda: book.stat().st_size > 3)
    assert touches == []
