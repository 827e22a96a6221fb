"""A screen of 910×512 with the largest texts has room for every dialog, and no line of a list is cut there."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

_HERE = Path(__file__).parent
_LONGEST_SECONDS = 500
"""Ends a program that hangs, before the limit of pytest does; no measure of speed, since computers differ."""
_SCREEN = {"name": "small", "x": 0, "y": 0, "width": 910, "height": 512, "logicalDpi": 96, "dpr": 1}


@pytest.mark.parametrize("text_size", [100, 175])
def test_every_dialog_fits_with_its_buttons_in_reach_and_its_lists_uncut(sample, tmp_path, text_size):
    described = tmp_path / "screen.json"
    described.write_text(json.dumps({"screens": [_SCREEN]}), encoding="utf-8")
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": f"offscreen:configfile={described}",
        "PYTHONPATH": f"{_HERE.parents[1]}{os.pathsep}{_HERE}",
    }
    done = subprocess.run(
        [sys.executable, str(_HERE / "small_screen.py"), *map(str, (sample, tmp_path, text_size))],
        capture_output=True,
        text=True,
        env=environment,
        timeout=_LONGEST_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert told["screen"] == [910, 512]
    assert len(told["found"]) > 20, "every dialog was shown"
    assert {name: found for name, found in told["found"].items() if found} == {}
