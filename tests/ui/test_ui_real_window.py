"""One real window on a screen of its own (Xvfb): typed into by the X server, looked at, saved as a picture."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from window_driver import on_disk

_ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from hyoka_desktop.app import make_application, make_window
from hyoka_desktop.services.settings import Settings
from window_driver import DialogWatch, Driver
application = make_application()
assert QGuiApplication.platformName() == "xcb", QGuiApplication.platformName()
window = make_window(Settings(Path({settings!r})))
window.move(0, 0)
window.show()
assert QTest.qWaitForWindowExposed(window)
assert window.open_file(Path({path!r}))
driver = Driver(window, None, DialogWatch())
window.activateWindow()
driver.go_item("Ⅰ-1", "results")
QTest.qWait(300)
edit = driver.edit("results")
edit.setFocus()
corner = edit.viewport().mapToGlobal(QPoint(8, 8))
print(corner.x(), corner.y(), flush=True)
for _ in range(200):
    QTest.qWait(50)
    if edit.plain().startswith("xdotool"):
        break
QTest.qWait(900)
window.grab().save({picture!r})
print("typed", edit.plain()[:7], len(driver.desk.preview.view.pages), flush=True)
window.close()
"""


@pytest.fixture
def display():
    """Start a screen of its own; the display number is whichever is free."""
    if shutil.which("Xvfb") is None or shutil.which("xdotool") is None:
        pytest.skip("Xvfb or xdotool is not installed (apt-get install xvfb xdotool)")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(10)


@pytest.mark.window
def test_a_real_window_takes_real_keys_and_keeps_them(display, sample, tmp_path):
    if not display.strip(":"):
        pytest.skip("Xvfb does not start here")
    pictures = _ROOT / "artifacts"
    pictures.mkdir(exist_ok=True)
    picture = pictures / "real-window.png"
    picture.unlink(missing_ok=True)
    code = _PROGRAM.format(
        tests=str(Path(__file__).resolve().parent),
        settings=str(tmp_path / "settings.json"),
        path=str(sample),
        picture=str(picture),
    )
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(_ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as program:
        where = program.stdout.readline().split()
        if where:
            for command in (["mousemove", *where], ["click", "1"], ["key", "ctrl+Home"], ["type", "xdotool"]):
                subprocess.run(["xdotool", *command], env=environment, check=True, timeout=20)
        told, complaints = program.communicate(timeout=60)
    if "could not connect to display" in complaints or "Could not load the Qt platform plugin" in complaints:
        pytest.skip(f"Qt cannot open a window here: {complaints.strip().splitlines()[0]}")
    assert program.returncode == 0, complaints
    assert told.split()[:2] == ["typed", "xdotool"]
    assert int(told.split()[2]) > 0, "the preview shows pages"
    assert picture.stat().st_size > 20_000
    text = on_disk(sample, "SELECT text FROM value WHERE field = 'results' AND text LIKE 'xdotool%'")
    assert len(text) == 1
    assert "Warning" not in complaints
