"""A file that is taken away while someone types: it is said above the pages, and the work goes on at another place."""

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from window_driver import LEFT, SHIFT, close_message, focused

from hyoka_desktop.errors import WorldError
from hyoka_desktop.messages.window import word
from hyoka_desktop.store import worker

WINDOW = (1000, 768)
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no open file")


@pytest.fixture
def stranded(driver, monkeypatch, qtbot):
    """Type after the file was taken away."""
    monkeypatch.setattr(worker, "_RETRY_SECONDS", 0.05)
    driver.go_item("Ⅰ-1", "results")
    driver.path.rename(driver.path.with_name("よそ.hyoka"))
    driver.type("results", "消えた後の文章")
    qtbot.waitUntil(driver.window.trouble.isVisible)
    yield driver
    away = driver.path.with_name("よそ.hyoka")
    if away.exists() and not driver.path.exists():
        away.rename(driver.path)
        driver.wait_saved()


def _choose(monkeypatch, path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))


def test_the_fault_is_said_in_three_sentences_and_the_text_stays(stranded):
    text = stranded.window.trouble.label.text()
    assert "見つかりません" in text
    assert "別の場所に保存" in text
    assert stranded.edit("results").plain().endswith("消えた後の文章")
    assert stranded.saved_text.startswith("▲ 未保存")


def test_the_bar_goes_when_the_file_is_back(stranded, qtbot):
    stranded.path.with_name("よそ.hyoka").rename(stranded.path)
    qtbot.mouseClick(stranded.window.trouble.retry, LEFT)
    qtbot.waitUntil(lambda: not stranded.window.trouble.isVisible())
    stranded.wait_saved()
    assert stranded.saved_text.startswith("● 保存済み")


def test_the_work_goes_on_in_a_file_at_another_place(stranded, monkeypatch, tmp_path, qtbot):
    row = stranded.row_ids("Ⅰ-1")[0]
    target = tmp_path / "退避.hyoka"
    _choose(monkeypatch, target)
    qtbot.mouseClick(stranded.window.trouble.elsewhere, LEFT)
    assert stranded.path == target
    assert stranded.stored(row, "results").endswith("消えた後の文章")
    assert not stranded.window.trouble.isVisible()
    assert stranded.window.statusBar().currentMessage() == word("trouble_moved", name="退避.hyoka")
    stranded.go_tab("results")
    stranded.type("results", "、続き")
    stranded.leave()
    stranded.wait_saved()
    assert stranded.value_on_disk(row, "results", 2024).endswith("消えた後の文章、続き")


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_given_up(
    stranded, monkeypatch, tmp_path, dialogs, qtbot
):
    before = stranded.path
    _choose(monkeypatch, tmp_path / "ない" / "退避.hyoka")
    with dialogs.expect(close_message):
        qtbot.mouseClick(stranded.window.trouble.elsewhere, LEFT)
    assert stranded.path == before
    assert stranded.window.trouble.isVisible()
    stranded.path.with_name("よそ.hyoka").rename(stranded.path)
    stranded.wait_saved()


def test_the_two_ways_out_are_reached_with_tab_in_both_directions(driver):
    driver.window.trouble.show_error(WorldError("disk_full", path=str(driver.path)))
    trouble = driver.window.trouble
    driver.desk.tree.setFocus()
    reached = []
    for _ in range(100):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
        if reached[-1] is driver.desk.tree:
            break
    assert reached.index(trouble.retry) + 1 == reached.index(trouble.elsewhere)
    trouble.elsewhere.setFocus()
    QTest.keyClick(trouble.elsewhere, Qt.Key.Key_Backtab, SHIFT)
    assert QApplication.focusWidget() is trouble.retry
