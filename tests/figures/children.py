"""Start the processes in which figures are taken: a home of their own, no screen, the checkout first on the path."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]


def start(home: Path, *arguments: str) -> "subprocess.Popen[str]":
    """Start a module of this checkout by its name; its output is read as it comes."""
    command, environment = _prepared(home, arguments)
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, encoding="utf-8")


def finish(home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run a module of this checkout to its end, whatever that is."""
    command, environment = _prepared(home, arguments)
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)


def _prepared(home: Path, arguments: tuple[str, ...]) -> tuple[list[str], dict[str, str]]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
        "QT_QPA_PLATFORM": "offscreen",
        "HYOKA_DESKTOP_HOME": str(home / "hyoka"),
        "HOME": str(home),
    }
    return [sys.executable, "-m", *arguments], environment
