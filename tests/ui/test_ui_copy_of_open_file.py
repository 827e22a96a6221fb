"""A file that another program holds can be looked at in a copy, in which nothing can be changed."""

import os
import subprocess
import sys
import tempfile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox
from window_driver import close_message, press_button

from hyoka_desktop.messages.window import action_text, word
from hyoka_desktop.services import reports
from hyoka_desktop.store import copying
from hyoka_desktop.ui.actions import ACTION_DEFINITIONS
from hyoka_desktop.ui.editors.line import LineEditor
from hyoka_desktop.ui.editors.text import TextEditor
from hyoka_desktop.ui.pages.fieldblock import FieldBlock
from hyoka_desktop.ui.pages.grid import NodeGrid

_HOLD = """
import sys
from pathlib import Path
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import Repository
from hyoka_desktop.domain.report import Address
repository = Repository.open(Path(sys.argv[1]), Author("佐藤 花子", "PC-77"), lambda: "2025-04-01T09:00:00+09:00")
repository.put_drafts({Address(1, "procedures", 2024): "持ち主が入力している文"})
print("open", flush=True)
sys.stdin.read()
repository.close()
"""
CHANGING_WORDS = {word("change_plan"), word("add_minister"), word("remove_minister")} | {
    action_text(name)
    for name in ("add_row", "remove_row", "move_row_up", "move_row_down", "add_indicator", "add_achievement")
}


@pytest.fixture
def temporary(tmp_path_factory, monkeypatch):
    """Let temporary folders be made in a place that is empty."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def holder(sample):
    """Hold the sample open in another process, with something typed and not final."""
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, sample],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUTF8": "1"},
    ) as process:
        assert process.stdout.readline() == "open\n"
        yield process
        if process.poll() is None:
            process.communicate(timeout=20)


@pytest.fixture
def looking(holder, open_window, dialogs, sample, temporary):
    """Look at a copy of the held sample."""
    driver = open_window()
    with dialogs.expect(press_button(word("look_at_copy"))):
        assert driver.window.open_file(sample)
    return driver


def test_the_dialog_says_who_holds_the_file_what_is_safe_and_what_to_do(holder, open_window, dialogs, sample):
    driver = open_window()
    with dialogs.expect(press_button(word("close"))):
        assert not driver.window.open_file(sample)
    sentences = dialogs.seen[0].splitlines()
    assert "佐藤 花子さん（PC-77）" in dialogs.seen[0]
    assert sentences[-2:] == ["ファイルは変更していません。", word("in_use_do")]
    assert driver.window.desk is None


def test_the_title_and_the_state_tell_the_time_of_the_copy(looking, sample):
    time = looking.session.copied_at[11:16]
    assert looking.window.windowTitle() == f"{sample.stem} — {time}時点の写し（閲覧のみ） — 評価書"
    assert looking.saved_text == f"{time}時点の写し（閲覧のみ）"
    assert looking.path == sample


def test_every_editor_on_every_page_is_for_reading(looking):
    seen = 0
    for entry in list(looking.desk.model.entries()):
        looking.desk.tree.choose(entry)
        tabs = getattr(looking.desk.page, "tabs", None)
        for place in range(tabs.count() if tabs is not None else 1):
            if tabs is not None:
                tabs.setCurrentIndex(place)
            QApplication.processEvents()
            seen += _assert_reading(looking.desk.page)
    assert seen > 50


def _assert_reading(page) -> int:
    blocks = page.findChildren(FieldBlock)
    for block in blocks:
        if isinstance(block.editor, TextEditor | LineEditor):
            assert block.editor.edit.isReadOnly(), block.field.id
        else:
            inner = block.editor.findChildren(QComboBox) or block.editor.findChildren(QAbstractButton)
            assert not any(widget.isEnabled() for widget in inner), block.field.id
    for button in page.findChildren(QAbstractButton):
        if button.isVisible():
            assert not {button.text(), button.toolTip(), button.accessibleName()} & CHANGING_WORDS
    for grid in page.findChildren(NodeGrid):
        model = grid.model
        cells = (model.index(row, place) for row in range(model.rowCount()) for place in range(model.columnCount()))
        assert not any(model.flags(cell) & Qt.ItemFlag.ItemIsEditable for cell in cells)
    return len(blocks)


def test_what_changes_the_report_is_off_and_what_reads_it_works(looking):
    off = {one.name for one in ACTION_DEFINITIONS if not looking.window.actions_[one.name].isEnabled()}
    assert off == {
        "unlock_item",
        "state_back",
        "state_forward",
        "add_comment",
        "publish",
        "mark_shared",
        "indicators_in",
        "hand_out",
        "take_back",
        "record_version",
        "insert_value",
        "undo",
        "redo",
        "add_item",
        "add_section",
        "move_up",
        "move_down",
        "renumber",
        "remove_node",
        "add_year",
    }
    flags = [looking.desk.model.flags(looking.desk.model.index_of(entry)) for entry in looking.desk.model.entries()]
    assert not any(flag & (Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled) for flag in flags)


def test_keys_change_nothing(looking):
    before = looking.snapshot
    looking.go_item("Ⅰ-1", "results")
    looking.type("results", "書けない文")
    looking.undo()
    looking.leave()
    for key, modifiers in (
        (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier),
    ):
        looking.key(key, modifiers)
    assert looking.snapshot is before
    assert "書けない文" not in looking.edit("results").plain()


def test_what_the_holder_is_typing_is_not_offered_here(looking, holder, sample):
    QApplication.processEvents()
    assert looking.session.recovered == {}


def test_a_copy_can_be_kept_under_the_name_of_its_time(looking, sample):
    looking.trigger("backup")
    (kept,) = sample.parent.glob("見本.2*.hyoka")
    assert looking.session.copied_at[:10].replace("-", "") in kept.name
    assert reports.read_report(kept).snapshot == looking.snapshot


def test_the_copy_is_gone_when_it_is_closed_and_the_file_opens_when_it_is_free(
    looking, holder, sample, temporary, dialogs
):
    assert len(list(temporary.iterdir())) == 1
    holder.communicate(timeout=20)
    with dialogs.expect(press_button(word("recover_drop"))):
        assert looking.window.open_file(sample), "the copy does not stay in the way of its file"
    assert list(temporary.iterdir()) == []
    assert looking.session.copied_at is None
    looking.go_item("Ⅰ-1", "results")
    looking.type("results", "今は書ける")
    looking.leave()
    looking.wait_saved()
    assert looking.window.actions_["undo"].isEnabled()


def test_a_copy_that_stays_torn_is_said(holder, open_window, dialogs, sample, monkeypatch):
    monkeypatch.setattr(copying, "_PAUSE_SECONDS", 0)

    journals = iter(str(number).encode() for number in range(100))
    monkeypatch.setattr(copying, "read_journal", lambda _: next(journals))
    driver = open_window()
    with dialogs.expect(press_button(word("look_at_copy")), close_message):
        assert not driver.window.open_file(sample)
    assert "書き込みが続いているため" in dialogs.seen[1]
    assert driver.window.desk is None
