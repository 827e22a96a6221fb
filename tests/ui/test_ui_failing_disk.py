"""A disk that fails while someone types: it is said, the text stays, and it is written when the disk is free again."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from window_driver import close_message, on_disk, press_button, type_text

from hyoka_desktop.errors import WorldError
from hyoka_desktop.messages.window import word
from hyoka_desktop.store import worker
from hyoka_desktop.store.repository import Repository
from hyoka_desktop.ui.pages.grid import IndicatorGrid

WINDOW = (1000, 768)
"""Without room for the preview, which has tests of its own."""


class Disk:
    """Be full or free."""

    def __init__(self) -> None:
        self.full = threading.Event()

    def check(self, path) -> None:
        if self.full.is_set():
            raise WorldError("disk_full", path=str(path))


@pytest.fixture
def disk(monkeypatch):
    """Let the disk fail for commands and drafts alike; retries come quickly."""
    made = Disk()
    apply, put_drafts = Repository.apply, Repository.put_drafts

    def failing_apply(self, *arguments, **options):
        made.check(self.path)
        return apply(self, *arguments, **options)

    def failing_drafts(self, drafts):
        made.check(self.path)
        return put_drafts(self, drafts)

    monkeypatch.setattr(Repository, "apply", failing_apply)
    monkeypatch.setattr(Repository, "put_drafts", failing_drafts)
    monkeypatch.setattr(worker, "_RETRY_SECONDS", 0.05)
    yield made
    made.full.clear()


def test_a_full_disk_is_said_and_the_text_is_written_when_there_is_room(driver, disk, qtbot):
    driver.go_item("Ⅰ-1", "results")
    row = driver.row_ids("Ⅰ-1")[0]
    disk.full.set()
    driver.type("results", "空きのない時の文章")
    driver.leave()
    qtbot.waitUntil(lambda: driver.saved_text.startswith("▲ 未保存：") and "ディスクの空きがなく" in driver.saved_text)
    QTest.qWait(1200)
    assert driver.saved_text.startswith("▲ 未保存："), "it is still said after a second"
    assert driver.edit("results").plain().endswith("空きのない時の文章")
    driver.type("results", "、続き")
    assert driver.edit("results").plain().endswith("空きのない時の文章、続き")
    disk.full.clear()
    driver.leave()
    driver.wait_saved()
    qtbot.waitUntil(lambda: driver.saved_text.startswith("● 保存済み"))
    assert driver.value_on_disk(row, "results", 2024).endswith("空きのない時の文章、続き")


def test_everything_done_on_a_full_disk_is_written_in_its_order(driver, disk, qtbot):
    driver.go_item("Ⅰ-1", "results")
    row = driver.row_ids("Ⅰ-1")[0]
    disk.full.set()
    driver.type("results", "一")
    driver.leave()
    driver.trigger("add_item")
    driver.go_item("Ⅰ-1", "results")
    driver.type("results", "二")
    driver.leave()
    driver.undo()
    disk.full.clear()
    driver.wait_saved()
    assert driver.value_on_disk(row, "results", 2024).endswith("一")
    assert on_disk(driver.path, "SELECT count(*) FROM command")[0][0] == driver.session._sequence


_CLOSE_AND_TRY_AGAIN = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from PySide6.QtTest import QTest
from hyoka_desktop.app import make_application, make_window
from hyoka_desktop.errors import WorldError
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.store.repository import Repository
from window_driver import DialogWatch, Driver, press_button
application = make_application()
window = make_window(Settings(Path({settings!r})))
window.show()
QTest.qWaitForWindowActive(window)
assert window.open_file(Path({path!r}))
driver = Driver(window, None, DialogWatch())
full = [True]
def failing(method):
    def do(self, *arguments, **options):
        if full:
            raise WorldError("disk_full", path=str(self.path))
        return method(self, *arguments, **options)
    return do
Repository.apply, Repository.put_drafts = failing(Repository.apply), failing(Repository.put_drafts)
driver.go_item("Ⅰ-1", "results")
driver.type("results", "閉じる時に空きがない")
driver.leave()
def make_room(dialog):
    full.clear()
    press_button("もう一度試す")(dialog)
with driver.dialogs.expect(make_room):
    window.close()
print("closed", window.isVisible(), flush=True)
"""


def test_closing_on_a_full_disk_asks_and_saves_when_it_is_tried_again(sample, tmp_path):
    """In a process of its own: what goes wrong here takes the process with it."""
    tests = Path(__file__).resolve().parent
    code = _CLOSE_AND_TRY_AGAIN.format(tests=str(tests), settings=str(tmp_path / "s.json"), path=str(sample))
    environment = {**os.environ, "PYTHONPATH": str(tests.parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, timeout=60, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "closed False"), done.stderr[-1500:]
    texts = [row[0] for row in on_disk(sample, "SELECT text FROM value WHERE field = 'results' AND year = 2024")]
    assert any(text.endswith("閉じる時に空きがない") for text in texts)


def test_closing_on_a_full_disk_can_be_given_up(driver, disk, dialogs):
    driver.go_item("Ⅰ-1", "results")
    disk.full.set()
    driver.type("results", "捨ててもよい")
    driver.leave()
    with dialogs.expect(press_button(word("discard"))):
        driver.window.close()
    assert not driver.window.isVisible()


def test_escape_does_not_throw_away_what_is_unsaved(driver, disk, dialogs):
    driver.go_item("Ⅰ-1", "results")
    disk.full.set()
    driver.type("results", "捨ててはいけない")
    driver.leave()
    answers = []

    def escape(dialog: QMessageBox):
        answers.append(dialog.escapeButton().text())
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    with dialogs.expect(escape):
        driver.window.close()
    assert answers == [word("cancel")], "Escape leaves the window open; throwing away takes a button of its own"
    assert driver.window.isVisible()


def test_a_copy_on_a_full_disk_does_not_freeze_the_window(driver, disk, dialogs):
    driver.go_item("Ⅰ-1", "results")
    disk.full.set()
    driver.type("results", "あ")
    driver.leave()
    release = threading.Timer(3, disk.full.clear)
    release.start()
    begin = time.perf_counter()
    asked: list[float] = []

    def told(dialog: QMessageBox):
        asked.append(time.perf_counter())
        close_message(dialog)

    with dialogs.expect(told):
        driver.window.files.backup()
    took = asked[0] - begin
    release.cancel()
    assert took < 1, "the window waited for the disk"


def test_a_fault_of_ours_while_saving_is_said_once_and_stays_said(driver, dialogs, qtbot, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError

    driver.go_item("Ⅰ-1", "results")
    monkeypatch.setattr(Repository, "apply", broken)
    with dialogs.expect(close_message):
        driver.type("results", "あ")
        driver.leave()
        qtbot.waitUntil(lambda: driver.saved_text.startswith("▲ 未保存"))
    driver.activate()
    QApplication.processEvents()
    driver.type("results", "い")
    QTest.qWait(1300)
    assert driver.saved_text.startswith("▲ 未保存"), "「保存待ち」 would promise what never comes"
    with dialogs.expect(press_button(word("discard"))):
        driver.window.close()


@pytest.fixture
def broken(driver, dialogs, qtbot, monkeypatch):
    """Type when the store has broken down by a fault of ours."""

    def fail(*_, **__):
        raise ZeroDivisionError

    driver.go_item("Ⅰ-1", "results")
    with monkeypatch.context() as patch:
        patch.setattr(Repository, "apply", fail)
        with dialogs.expect(close_message):
            driver.type("results", "故障の文")
            driver.leave()
            qtbot.waitUntil(lambda: driver.saved_text.startswith("▲ 未保存"))
    driver.activate()
    driver.type("results", "、その後の文")
    driver.leave()
    return driver


def _choose(monkeypatch, path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))


def test_after_a_fault_of_ours_the_work_goes_on_at_another_place(broken, monkeypatch, tmp_path, qtbot):
    trouble, row = broken.window.trouble, broken.row_ids("Ⅰ-1")[0]
    assert "「別の場所に保存」" in trouble.label.text()
    assert not trouble.retry.isVisible(), "trying again would promise what never comes"
    target = tmp_path / "退避.hyoka"
    _choose(monkeypatch, target)
    qtbot.mouseClick(trouble.elsewhere, Qt.MouseButton.LeftButton)
    assert broken.path == target
    assert broken.stored(row, "results").endswith("故障の文、その後の文")
    broken.go_tab("results")
    broken.type("results", "、続き")
    broken.leave()
    broken.wait_saved()
    assert broken.value_on_disk(row, "results", 2024).endswith("故障の文、その後の文、続き")


def test_closing_after_a_fault_of_ours_offers_another_place(broken, monkeypatch, tmp_path, dialogs):
    row, target = broken.row_ids("Ⅰ-1")[0], tmp_path / "退避.hyoka"
    _choose(monkeypatch, target)
    with dialogs.expect(press_button(word("trouble_elsewhere"))):
        broken.window.close()
    assert not broken.window.isVisible()
    rows = on_disk(target, "SELECT text FROM value WHERE node=? AND field='results' AND year=2024", (row,))
    assert rows[0][0].endswith("故障の文、その後の文")


def test_the_text_stays_on_the_screen_when_the_disk_fails_in_a_cell(driver, disk, qtbot):
    driver.go_item("Ⅰ-1", "indicators")
    grid = driver.tab.findChild(IndicatorGrid)
    place = [column.field.id if column.field else "" for column in grid.model.columns].index("actual")
    index = grid.model.index(0, place)
    grid.table.setCurrentIndex(index)
    grid.table.setFocus()
    disk.full.set()
    QTest.keyClick(grid.table, Qt.Key.Key_F2)
    type_text(grid.table.indexWidget(index), "追加")
    QTest.keyClick(grid.table.indexWidget(index), Qt.Key.Key_Return)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: driver.saved_text.startswith("▲ 未保存"))
    assert grid.model.data(index) == "301施設追加"
    disk.full.clear()
    driver.wait_saved()
