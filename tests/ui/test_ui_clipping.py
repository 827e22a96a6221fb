"""No text is cut on any page, tab and dialog: screens at 100% and 150%, large texts, short and long titles."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QTabBar, QToolButton

from hyoka_desktop.services import reports
from hyoka_desktop.ui.theme import COLOURS, UNIT

_HERE = Path(__file__).resolve().parent
_LONGEST_SECONDS = 500
"""Ends a program that hangs, before the limit of pytest does; no measure of speed, since computers differ."""
_MODEL = _HERE.parents[2] / "shared" / "model" / "jlis-r5.json"
SCREENS = {
    "100%": ("1", 1366, 768, 100),
    "150%": ("1.5", 911, 512, 100),
    "large texts": ("1", 1366, 768, 150),
    "largest texts": ("1", 1920, 1080, 175),
}


@pytest.fixture(params=[pytest.param("sample", marks=pytest.mark.slow), "model"])
def report(request, sample, tmp_path):
    if request.param == "sample":
        return sample
    if not _MODEL.is_file():
        pytest.skip(
            "the model document is absent (../shared/model/jlis-r5.json beside the repository); --slow takes the sample"
        )
    path = tmp_path / "手本.hyoka"
    reports.import_reports(path, [_MODEL])
    return path


def test_a_few_rows_have_their_buttons_beside_them_and_many_have_arrows_to_scroll(driver):
    driver.go_item("Ⅰ-1", "plan")
    rows = driver.tab.rows
    bar = rows.findChild(QTabBar)
    assert rows._add.x() - bar.tabRect(bar.count() - 1).right() - bar.x() < 2 * UNIT
    for _ in range(30):
        rows.add_row()
    QApplication.processEvents()
    arrow = next(button for button in bar.findChildren(QToolButton) if button.isVisible() and button.isEnabled())
    picture = arrow.grab().toImage()
    across, down = range(picture.width()), range(picture.height())
    darkest = min(picture.pixelColor(x, y).lightness() for x in across for y in down)
    assert darkest < QColor(COLOURS.window).lightness() / 2, "an arrow is painted"


@pytest.mark.parametrize(("scale", "width", "height", "text_size"), SCREENS.values(), ids=SCREENS)
def test_no_text_is_cut(report, tmp_path, scale, width, height, text_size):
    environment = {**os.environ, "QT_SCALE_FACTOR": scale, "PYTHONPATH": f"{_HERE.parents[1]}{os.pathsep}{_HERE}"}
    done = subprocess.run(
        [sys.executable, str(_HERE / "clipped_texts.py"), *map(str, (report, tmp_path, width, height, text_size))],
        capture_output=True,
        text=True,
        env=environment,
        timeout=_LONGEST_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert told["size"] == [width, height], "the window fits the screen"
    assert told["found"] == {}
