"""A report whose name is no proper text, as Linux allows, is worked on, closed and opened again like any other."""

import os
import sys

import pytest

from hyoka_desktop.messages.window import word
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.services.sharing import mark_shared

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a file of Windows has a name of proper text")


@pytest.fixture
def odd(sample, tmp_path):
    return sample.rename(tmp_path / os.fsdecode(b"\xff\xe3.hyoka"))


def test_it_is_opened_written_closed_and_remembered(open_window, odd, tmp_path):
    driver = open_window(odd)
    driver.go_item("Ⅰ-1", "results")
    driver.type("results", "、続き")
    driver.leave()
    driver.wait_saved()
    assert driver.window.close()
    assert driver.window.desk is None
    assert Settings(tmp_path / "settings" / "settings.json").recent_files == [odd]
    again = open_window(odd)
    assert again.stored(again.row_ids("Ⅰ-1")[0], "results").endswith("、続き")
    assert word("saved", time="")[:4] in again.saved_text
    assert again.window.show_start()
    assert again.window.start_page.isVisible()


def test_it_is_worked_on_in_a_working_copy_too(open_window, odd, tmp_path):
    folder = tmp_path / os.fsdecode(b"\xfe")
    folder.mkdir()
    mark_shared(folder, Settings(tmp_path / "settings" / "settings.json"))
    driver = open_window(odd.rename(folder / odd.name))
    driver.go_item("Ⅰ-1", "results")
    driver.type("results", "、公開")
    driver.leave()
    driver.wait_saved()
    driver.trigger("publish")
    driver.qtbot.waitUntil(lambda: not driver.session.has_unpublished, timeout=10_000)
    assert driver.window.close()
