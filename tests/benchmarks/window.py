"""Measure the window, offscreen: start to first paint, opening a report, and keystrokes while the preview works.

A keystroke counts from the key press to the end of the event loop, painting included.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from hyoka_desktop.app import make_application, make_window
from hyoka_desktop.domain.report import Address, NodeKind
from hyoka_desktop.garbage import collect_seldom
from hyoka_desktop.services.reports import import_reports
from hyoka_desktop.ui.window import Window
from tests.benchmarks.subject import Subject

_ROOT = Path(__file__).resolve().parents[2]
_KEYSTROKES = 400
_WARM = 20
_PAUSE_S = 0.02
_SETTLE_S = 1.5
_TEXT = "令和6年度は、利用者の利便性の向上を図るため、窓口の体制を見直した。"


@dataclass(frozen=True)
class WindowFigures:
    """Hold the figures in milliseconds; `start` is the whole process until the window is painted."""

    start: float
    opening: float
    keystroke_p95: float
    keystroke_max: float


def measure_window(subject: Subject, rounds: int) -> WindowFigures:
    """Measure in processes of their own, offscreen."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with tempfile.TemporaryDirectory() as folder:
        environment["HYOKA_DESKTOP_HOME"] = folder
        starts, openings, keys = [], [], []
        for _ in range(rounds):
            began = time.time()
            arguments = [sys.executable, "-m", "tests.benchmarks.window", str(subject.path), folder]
            tried = subprocess.run(
                arguments, cwd=_ROOT, env=environment, capture_output=True, encoding="utf-8", check=True
            )
            painted, opened, *taken = map(float, tried.stdout.split())
            starts.append((painted - began) * 1000)
            openings.append(opened)
            keys.append(taken)
    p95 = [statistics.quantiles(taken, n=20)[-1] for taken in keys]
    return WindowFigures(
        statistics.median(starts),
        statistics.median(openings),
        statistics.median(p95),
        statistics.median(max(taken) for taken in keys),
    )


def _main(source: Path, folder: Path) -> None:
    """Print, in the process measured: when it was painted, the opening, and each keystroke."""
    collect_seldom()
    application = make_application()
    window = make_window()
    window.show()
    application.processEvents()
    painted = time.time()
    report = folder / f"{os.getpid()}.hyoka"
    import_reports(report, [source])
    began = time.perf_counter()
    window.open_file(report)
    application.processEvents()
    opening = (time.perf_counter() - began) * 1000
    editor = _results_editor(window)
    QTest.qWait(round(_SETTLE_S * 1000))
    taken = []
    for number in range(_WARM + _KEYSTROKES):
        # A pause in typing lets the preview begin; from then on it is worked on while keys are pressed.
        if number % 25 == 0:
            QTest.qWait(450)
        time.sleep(_PAUSE_S)
        began = time.perf_counter()
        character = _TEXT[number % len(_TEXT)]
        application.sendEvent(editor, QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, character))
        application.processEvents()
        taken.append((time.perf_counter() - began) * 1000)
    sys.stdout.write(" ".join(map(str, (painted, opening, *taken[_WARM:]))))
    window.close()


def _results_editor(window: Window) -> QWidget | None:
    """Go to the results of the first item."""
    desk = window.desk
    view = desk.workplace.view
    row = view.children(view.items[0].id, NodeKind.ROW)[-1]
    desk.go_to(Address(row.id, "results", view.year))
    return window.focusWidget()


if __name__ == "__main__":
    _main(Path(sys.argv[1]), Path(sys.argv[2]))
