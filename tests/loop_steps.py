"""A day's work on a long report in a window, step by step, each of them measured by a `LoopProbe`."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QDeadlineTimer, QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from hyoka_desktop.checks.engine import check
from hyoka_desktop.domain.report import Address, NodeKind
from hyoka_desktop.ui.desk import Desk
from hyoka_desktop.ui.dialogs.export import ExportDialog
from hyoka_desktop.ui.dialogs.progress import ProgressBoard
from hyoka_desktop.ui.search.goto import GoTo
from hyoka_desktop.ui.search.replacing import ReplaceDialog
from hyoka_desktop.ui.tasks import Job
from hyoka_desktop.ui.window import Window
from tests.loop_probe import LoopProbe, spin

_SENTENCE: Final = "令和6年度は、利用者の利便性の向上を図るため、窓口の体制を見直した。"
_WORD: Final = "港湾"
_BETWEEN_KEYS_MS: Final = 12
_PREVIEW_PAUSE_MS: Final = 450
_SETTLE_MS: Final = 150
_LOOK_MS: Final = 20
_ITEMS: Final = 8


class LoopSteps:
    """Work in a window; `probe` measures each step under its name."""

    def __init__(self, window: Window, probe: LoopProbe) -> None:
        self._window = window
        self._probe = probe

    def work(self, path: Path) -> None:
        """Do all but the export on a report, from opening on."""
        self.open(path)
        self.walk()
        self.write()
        self.find()
        self.look_around()
        self.keep()

    def open(self, path: Path) -> None:
        """Open the report, and wait for its first pages."""
        with self._step("open"):
            assert self._window.open_file(path)
            self._wait_for_jobs()

    def walk(self) -> None:
        """Go from item to item, to a section, to a computed table, and from year to year."""
        with self._step("items"):
            for _ in range(_ITEMS):
                self._desk.step_item(1)
                pause(_BETWEEN_KEYS_MS * 3)
            self._wait_for_jobs()
        with self._step("computed table"):
            self._desk.tree.choose(next(entry for entry in self._desk.model.entries() if entry.part is not None))
            self._wait_for_jobs()
        with self._step("back to the items"):
            self._desk.step_item(1)
            self._wait_for_jobs()
        years = self._workplace.session.snapshot.years
        for year in (years[1], years[-1]):
            with self._step("years"):
                self._workplace.choose_year(year)
                self._wait_for_jobs()

    def write(self) -> None:
        """Type, while pages and checks are made; leave the field, take back and repeat."""
        editor = self._results_editor()
        view, found = self._workplace.view, list[object]()
        with self._step("typing"):
            job = Job("check", lambda *_: check(view), found.append, _raise)
            self._window.queue.submit(job)
            for place, character in enumerate(_SENTENCE):
                _press(editor, character)
                pause(_PREVIEW_PAUSE_MS if place % 12 == 11 else _BETWEEN_KEYS_MS)
            spin(lambda: bool(found))
            self._wait_for_jobs()
        with self._step("leaving the field"):
            self._desk.tree.setFocus()
            pause(_PREVIEW_PAUSE_MS)
            self._wait_for_jobs()
        for name in ("undo", "redo"):
            with self._step(name):
                self._act(name)

    def find(self) -> None:
        """Go to an item, find in the item, filter the tree, find and replace in all years."""
        with self._step("go to item"), self._dialog(GoTo, _typed(lambda dialog: dialog.line)):
            self._act("go_to_item")
        with self._step("find in item"):
            self._act("find_in_item")
            _type(self._desk.find_bar.line, _WORD)
            pause(_SETTLE_MS)
            self._desk.find_bar.close_bar()
        with self._step("filter"):
            _type(self._desk.filter.line, _WORD)
            pause(_SETTLE_MS)
            self._desk.filter.line.clear()
            pause(_SETTLE_MS)
        self._replace()

    def look_around(self) -> None:
        """Open the board of progress, history and comments; set a state; move an item and take that back."""
        with self._step("board of progress"), self._dialog(ProgressBoard, lambda dialog: dialog.reject()):
            self._act("progress")
        for name in ("history", "comments", "preview"):
            with self._step(name):
                self._desk.show_panel(name)
                pause(_SETTLE_MS)
                self._wait_for_jobs()
        for name in ("state_forward", "move_down", "undo", "undo"):
            with self._step(f"action {name}"):
                self._act(name)

    def keep(self) -> None:
        """Copy the report beside it."""
        with self._step("backup"):
            self._act("backup")

    def export(self) -> None:
        """Export everything to Word and PDF."""
        with self._step("export"), self._dialog(ExportDialog, _exported):
            self._act("export")

    def leave(self) -> None:
        """Close the report; not measured, since what it held is collected then, when nobody writes."""
        self._window.show_start()
        pause(_SETTLE_MS)
        # The desk is deleted when the loop goes on that it was left from, and there is none around these steps.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        pause(_SETTLE_MS)

    def _replace(self) -> None:
        with self._step("replace: open"):
            self._act("replace")
        dialog = next(one for one in self._window.findChildren(ReplaceDialog) if one.isVisible())
        with self._step("replace: find in all years"):
            dialog.words.setText(_WORD)
            dialog.new.setText("港わん")
            dialog.year.setCurrentIndex(1)
            dialog.search()
            self._wait_for_jobs()
            pause(_SETTLE_MS)
        with self._step("replace: all of this year"):
            assert len(dialog.ticked) > 1000
            dialog.replace()
            self._wait_for_jobs()
        with self._step("replace: undo"):
            dialog.reject()
            self._act("undo")
            self._wait_for_jobs()

    @property
    def _desk(self) -> Desk:
        assert self._window.desk is not None, "a report is open"
        return self._window.desk

    @property
    def _workplace(self) -> Any:
        return self._desk.workplace

    def _results_editor(self) -> QWidget:
        """Go to the results of the first row of the item in hand."""
        view = self._workplace.view
        row = view.children(self._desk.item, NodeKind.ROW)[0]
        self._desk.go_to(Address(row.id, "results", view.year))
        editor = self._window.focusWidget()
        assert editor is not None
        self._wait_for_jobs()
        return editor

    def _step(self, name: str) -> Any:
        return self._probe.step(name)

    def _act(self, name: str) -> None:
        """Choose an action from its menu, and see what comes of it."""
        assert self._window.actions_[name].isEnabled(), f"{name} is off"
        self._window.actions_[name].trigger()
        pause(_SETTLE_MS)

    def _wait_for_jobs(self) -> None:
        """Wait until nothing is made any more; a pause in typing may still begin something."""
        pause(_SETTLE_MS)
        idle: list[object] = []
        self._window.queue.submit(Job("last in line", lambda *_: None, idle.append, _raise))
        spin(lambda: bool(idle))

    @contextmanager
    def _dialog(self, kind: type[QDialog], act: Callable[[Any], object]) -> Iterator[None]:
        """Have the modal dialog of a kind acted on when it comes; it must come, and close."""
        seen: list[QDialog] = []
        timer = QTimer(interval=_LOOK_MS)

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, kind) and not seen:
                seen.append(dialog)
                pause(_SETTLE_MS)
                act(dialog)

        timer.timeout.connect(look)
        timer.start()
        yield
        timer.stop()
        assert seen, f"no {kind.__name__} came"


def pause(milliseconds: int) -> None:
    """Let the loop run for a while, as a person pauses."""
    ends = QDeadlineTimer(milliseconds)
    spin(ends.hasExpired)


def hold_the_interpreter() -> None:
    """Do on another thread what holds all threads up, as a careless call of C in a worker does."""
    thread = threading.Thread(target=lambda: sum(range(20_000_000)))
    thread.start()
    thread.join()


def _exported(dialog: ExportDialog) -> None:
    dialog.start()
    spin(lambda: bool(dialog.buttons.made), 300)
    for path in dialog.buttons.made:
        path.unlink()
    dialog.reject()


def _typed(line_of: Callable[[Any], QWidget]) -> Callable[[Any], None]:
    def act(dialog: QDialog) -> None:
        _type(line_of(dialog), _WORD)
        pause(_PREVIEW_PAUSE_MS)
        dialog.reject()

    return act


def _type(widget: QWidget, text: str) -> None:
    for character in text:
        _press(widget, character)
        pause(_BETWEEN_KEYS_MS)


def _press(widget: QWidget, character: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, Qt.Key(0), Qt.KeyboardModifier.NoModifier, character))


def _raise(error: BaseException) -> None:
    raise error


def told(probe: LoopProbe) -> str:
    """Tell each step with its longest gap in each round, and where a long one was spent."""
    lines = []
    for name, gaps in probe.gaps.items():
        lines.append(f"{name:<30} {' '.join(f'{gap:6.1f}' for gap in gaps)}")
        lines += [f"    {place}" for place in probe.spent.get(name, [])[-2:] if min(gaps) > 50]
    return "\n".join(lines)
