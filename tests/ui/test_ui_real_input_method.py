"""A real input method on a real screen: keys of a keyboard become kana, kanji, and text of the report."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from input_method_desktop import ENGINES, desktop, lacking
from window_driver import on_disk

pytestmark = [pytest.mark.slow, pytest.mark.window, pytest.mark.xdist_group("input method")]

_ROOT = Path(__file__).resolve().parents[2]
_HERE = Path(__file__).resolve().parent
_OTHER = """
from PySide6.QtWidgets import QApplication, QLineEdit
application = QApplication([])
line = QLineEdit()
line.show()
print(int(line.winId()), flush=True)
application.exec()
"""


class Program:
    """Ask and drive the program on the desktop."""

    def __init__(self, screen, report, settings):
        self.screen = screen
        self.report = report
        script = str(_HERE / "input_method_program.py")
        self.process = screen.start(
            sys.executable, script, str(report), str(settings), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self.process.stdout.readline() == "ready\n"

    def ask(self, code, kind="ask"):
        self.process.stdin.write(json.dumps([kind, code]) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, "the program ended"
        return json.loads(answer)

    def do(self, code):
        self.ask(code, "do")

    def wait(self, code):
        came = self.ask(code, "wait")
        assert came, f"this never came: {code}; composed is {self.ask('composed()')!r}"

    def begin(self, tab, field):
        """Click into a field and have its keys make kana, whatever the input method begins with."""
        self.do(f"driver.go_item('Ⅰ-1', {tab!r}); edit = driver.edit({field!r})")
        self.wait("edit.isVisible() and application.activeWindow() is window")
        self.screen.click(self.ask("corner(edit) if hasattr(edit, 'viewport') else middle(edit)"))
        self.wait("edit.hasFocus()")
        self.screen.press("ctrl+End" if self.ask("hasattr(edit, 'viewport')") else "End")
        self._turn_on()

    def _turn_on(self):
        """An engine is loaded when a field first has the keyboard, and may begin with Latin letters."""
        shown = "(edit.plain() if hasattr(edit, 'plain') else edit.text())"
        for _ in range(30):
            before = self.ask(shown)
            self.screen.press("a")
            self.wait(f"composed() or {shown} != {before!r}")
            is_on = self.ask("composed()") == "あ"
            self.screen.press("BackSpace")
            self.wait(f"not composed() and {shown} == {before!r}")
            if is_on:
                return
            self.screen.press("Zenkaku_Hankaku")
        pytest.fail("the input method makes no kana")

    def type(self, letters, composed):
        """Type letters of the Latin alphabet, and wait for what becomes of them."""
        self.screen.type(letters)
        self.wait(f"composed() == {composed!r}")

    def convert(self):
        """Have it converted; tell to what."""
        before = self.ask("composed()")
        self.screen.press("space")
        self.wait(f"composed() not in ('', {before!r})")
        return self.ask("composed()")

    def drafts(self):
        return [text for (text,) in on_disk(self.report, "SELECT text FROM draft")]

    def values(self, end):
        return [text for (text,) in on_disk(self.report, "SELECT text FROM value WHERE text LIKE '%' || ?", (end,))]


@pytest.fixture(scope="module", params=ENGINES)
def screen(request, tmp_path_factory):
    if reason := lacking(request.param):
        pytest.skip(reason)
    with desktop(tmp_path_factory.mktemp("input-method") / "home", request.param) as made:
        made.environment["PYTHONPATH"] = os.pathsep.join([str(_ROOT), str(_HERE)])
        yield made


@pytest.fixture
def program(screen, sample, tmp_path):
    screen.environment["HYOKA_DESKTOP_HOME"] = str(tmp_path / "hyoka")
    started = Program(screen, sample, tmp_path / "settings.json")
    yield started
    started.process.kill()
    started.process.wait()
    started.process.stdin.close()
    started.process.stdout.close()


def test_a_word_is_composed_converted_and_handed_over(program):
    program.begin("results", "results")
    before = program.ask("edit.plain()")
    program.type("hyouka", "ひょうか")
    program.wait("not driver.session.has_unsaved")
    assert program.drafts() == [before + "ひょうか"]
    assert program.convert() == "評価"
    program.screen.press("Return")
    program.wait("not composed()")
    assert program.ask("edit.plain()") == before + "評価", "Enter hands over and does no more"
    program.screen.press("Return")
    program.wait(f"edit.plain().startswith({before + '評価' + chr(10)!r})")


def test_a_conversion_is_given_up_step_by_step_and_leaves_no_trace(program):
    program.begin("results", "results")
    before = program.ask("edit.plain()")
    program.type("hyouka", "ひょうか")
    program.convert()
    for _ in range(3):
        program.screen.press("Escape")
    program.wait("not composed()")
    assert program.ask("edit.plain()") == before


@pytest.mark.parametrize(("tab", "field"), [("results", "results"), ("basic", "item_title")])
def test_no_key_of_a_fast_typist_is_lost_or_changes_its_place(program, tab, field):
    program.begin(tab, field)
    shown = "(edit.plain() if hasattr(edit, 'plain') else edit.text())"
    before = program.ask(shown)
    program.type("kyoumohayokudekimashita" * 9, "きょうもはよくできました" * 9)
    program.screen.press("Return")
    program.wait("not composed()")
    assert program.ask(shown) == before + "きょうもはよくできました" * 9


def test_the_keys_of_direct_conversion_reach_the_input_method(program):
    program.begin("results", "results")
    shown = program.ask("driver.desk.preview.isVisible()")
    for key, becomes in (("F7", "カ"), ("F6", "か"), ("F10", "ka"), ("F9", "ｋａ"), ("F8", "ｶ")):
        program.type("ka", "か")
        program.screen.press(key)
        program.wait(f"composed() == {becomes!r}")
        program.screen.press("Return")
        program.wait(f"not composed() and edit.plain().endswith({becomes!r})")
    assert program.ask("driver.desk.preview.isVisible()") == shown
    program.screen.press("F9")
    program.wait(f"driver.desk.preview.isVisible() != {shown}")


def test_a_cell_takes_the_first_key_and_enter_hands_over_before_it_goes_on(program):
    program.begin("basic", "item_title")
    program.do("driver.go_tab('indicators')")
    program.wait("cell(0).text")
    program.screen.click(program.ask("cell(0).place"))
    program.wait("cell(0).is_current")
    program.type("sanbyaku", "さんびゃく")
    program.screen.press("Return")
    program.wait("not composed()")
    assert program.ask("cell(0).is_current")
    program.screen.press("Return")
    program.wait("cell(1).is_current")
    assert program.ask("cell(0).text") == "さんびゃく"


def test_a_click_on_another_cell_while_composing_keeps_the_text_and_goes_there(program):
    program.begin("basic", "item_title")
    program.do("driver.go_tab('indicators')")
    program.wait("cell(0).text")
    other = program.ask("cell(1).text")
    program.screen.click(program.ask("cell(0).place"))
    program.wait("cell(0).is_current")
    program.type("123", "１２３")
    program.screen.click(program.ask("cell(1).place"))
    program.wait("cell(1).is_current and cell(0).text == '１２３'")
    assert program.ask("cell(1).text") == other


def test_a_dialog_stays_while_one_composes_in_it_and_the_next_key_below_it_is_composed(program):
    program.begin("results", "results")
    program.screen.press("ctrl+k")
    program.wait("type(application.activeModalWidget()).__name__ == 'GoTo'")
    program.do("dialog = application.activeModalWidget()")
    program.screen.type("kouwan")
    program.screen.press("space", "Return")
    program.wait("dialog.line.text()")
    program.screen.type("ka")
    program.screen.press("Escape", "Escape")
    program.wait("not application.activeModalWidget() or not dialog.isVisible()")
    program.wait("edit.hasFocus()")
    program.type("owari", "おわり")


def test_what_is_composed_is_kept_when_another_program_gets_the_keyboard(program):
    program.begin("results", "results")
    before = program.ask("edit.plain()")
    other = program.screen.start(sys.executable, "-c", _OTHER, stdout=subprocess.PIPE)
    try:
        number = int(other.stdout.readline())
        program.wait("application.activeWindow() is None")
        program.screen.activate(program.ask("int(window.winId())"))
        program.wait("edit.hasFocus() and application.activeWindow() is window")
        program.type("kakikake", "かきかけ")
        program.screen.activate(number)
        program.wait("application.activeWindow() is None")
        program.wait(f"edit.plain() == {before + 'かきかけ'!r}")
    finally:
        other.kill()
        other.wait()
        other.stdout.close()


def test_what_is_composed_when_the_window_is_closed_is_in_the_report(program):
    program.begin("results", "results")
    program.type("owari", "おわり")
    program.screen.press("alt+F4")
    program.process.wait(60)
    assert len(program.values("おわり")) == 1
    assert program.drafts() == []


def test_what_is_composed_when_the_program_dies_is_in_the_draft(program):
    program.begin("results", "results")
    before = program.ask("edit.plain()")
    program.type("korosareru", "ころされる")
    program.wait("not driver.session.has_unsaved")
    program.process.kill()
    program.process.wait()
    assert program.drafts() == [before + "ころされる"]
