"""Measure the longest gap of the window's event loop in a day of work on 500 項目 × 5 years, offscreen.

Each step counts by its best of three rounds; `python -m tests.benchmarks.loop FOLDER` prints all of them.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from PySide6.QtCore import qInstallMessageHandler

from hyoka_desktop.app import make_application, make_window
from hyoka_desktop.services.settings import Settings
from tests.big_report import make_big_report
from tests.loop_probe import LoopProbe
from tests.loop_steps import LoopSteps, told

_ROOT: Final = Path(__file__).resolve().parents[2]
_ROUNDS: Final = 3


def longest_gap() -> tuple[str, float]:
    """Tell the step with the longest gap, and that gap in milliseconds; measured in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HYOKA_DESKTOP_HOME": f"{folder}/home"}
        arguments = [sys.executable, "-m", "tests.benchmarks.loop", folder]
        tried = subprocess.run(arguments, cwd=_ROOT, env=environment, capture_output=True, encoding="utf-8", check=True)
    step, _, gap = tried.stdout.strip().splitlines()[-1].rpartition(" ")
    return step, float(gap)


def _main(folder: Path) -> None:
    """Print every step with its gaps, then the longest of the best rounds."""
    # The platform without a screen complains of what only a screen can do.
    qInstallMessageHandler(lambda *_: None)
    big = make_big_report(folder / "original.hyoka")
    make_application()
    probe = LoopProbe()
    window = make_window(Settings(folder / "settings.json"))
    window.resize(1366, 768)
    window.show()
    steps = LoopSteps(window, probe)
    for number in range(_ROUNDS):
        steps.work(Path(shutil.copy(big, folder / f"report{number}.hyoka")))
        steps.export()
        steps.leave()
    window.close()
    probe.end()
    sys.stdout.write(f"{told(probe)}\n")
    best = {name: min(gaps) for name, gaps in probe.gaps.items()}
    step = max(best, key=lambda name: best[name])
    sys.stdout.write(f"{step} {best[step]:.1f}\n")


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
