"""The program under real keys: the window on a report, and a line to ask it and to have it wait."""

import json
import os
import sys
import traceback
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import QDeadlineTimer, QPoint, QSocketNotifier, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from window_driver import Driver

from hyoka_desktop.app import make_application, make_window
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.ui.pages.grid import IndicatorGrid

_MOST_MS = 15_000
_LOOK_MS = 10
_SIZE = (1366, 740)


class Line:
    """Answer what comes in by standard input: a question, something to do, or something to wait for."""

    def __init__(self, names: dict[str, Any]) -> None:
        self._names = names
        self._begun = b""
        self._notifier = QSocketNotifier(0, QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._read)

    def _read(self) -> None:
        read = os.read(0, 65536)
        if not read:
            self._notifier.setEnabled(False)
            return
        *lines, self._begun = (self._begun + read).split(b"\n")
        for line in lines:
            kind, code = json.loads(line)
            _tell(json.dumps(self._answer(kind, code)))

    def _answer(self, kind: str, code: str) -> object:
        if kind == "do":
            exec(code, self._names)
            return None
        if kind == "wait":
            return self._came(code)
        return eval(code, self._names)

    def _came(self, code: str) -> bool:
        patience = QDeadlineTimer(_MOST_MS)
        while not (came := bool(eval(code, self._names))) and not patience.hasExpired():
            QTest.qWait(_LOOK_MS)
        return came


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _names(driver: Driver) -> dict[str, Any]:
    """Tell the words in which questions are asked."""

    def composed() -> str:
        """Tell what is composed in the field or cell in hand, empty where nothing is."""
        holder = QApplication.focusWidget()
        table = getattr(holder, "currentIndex", None)
        editor = holder.indexWidget(table()) if table is not None and hasattr(holder, "indexWidget") else holder
        composition = getattr(editor, "_composition", None)
        return composition.text if composition is not None else ""

    def middle(widget: QWidget) -> tuple[int, int]:
        return widget.mapToGlobal(widget.rect().center()).toTuple()

    def corner(edit: QWidget) -> tuple[int, int]:
        return edit.viewport().mapToGlobal(QPoint(8, 8)).toTuple()

    def cell(row: int) -> Any:
        grid = next(grid for grid in driver.tab.findChildren(IndicatorGrid) if grid.isVisible())
        place = [column.field.id if column.field else "" for column in grid.model.columns].index("actual")
        index = grid.model.index(row, place)
        centre = grid.table.viewport().mapToGlobal(grid.table.visualRect(index).center()).toTuple()
        return SimpleNamespace(text=grid.model.text(index), place=centre, is_current=grid.table.currentIndex() == index)

    return {
        "driver": driver,
        "window": driver.window,
        "application": QApplication.instance(),
        "focus": QApplication.focusWidget,
        "composed": composed,
        "middle": middle,
        "corner": corner,
        "cell": cell,
        "Qt": Qt,
    }


def _end(*fault: Any) -> None:
    traceback.print_exception(*fault)
    os._exit(1)


def main(report: str, settings: str) -> int:
    """Show the report and answer until the window is closed; a fault ends the program, so that nobody waits for it."""
    sys.excepthook = _end
    application = make_application()
    assert QGuiApplication.platformName() == "xcb", QGuiApplication.platformName()
    window = make_window(Settings(Path(settings)))
    window.move(0, 0)
    window.resize(*_SIZE)
    window.show()
    assert QTest.qWaitForWindowExposed(window)
    assert window.open_file(Path(report))
    line = Line(_names(Driver(window, None, None)))
    _tell("ready")
    code = application.exec()
    del line
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
