"""Run the command line, in this process and in one of its own."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from hyoka_desktop.cli import main


@dataclass(frozen=True)
class Outcome:
    """Hold what a command gave: its exit code, its output and its complaints."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process."""

    def run_here(*arguments: object) -> Outcome:
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        captured = capsys.readouterr()
        return Outcome(code, captured.out, captured.err)

    return run_here


@pytest.fixture
def process(tmp_path: Path) -> Run:
    """Run a command in a process of its own, from an empty folder; there may never be a traceback."""

    def run_apart(*arguments: object, encoding: str = "utf-8", environment: dict[str, str] | None = None) -> Outcome:
        root = Path(__file__).resolve().parents[2]
        given = {
            **os.environ,
            "PYTHONPATH": str(root),
            "PYTHONIOENCODING": encoding,
            "QT_QPA_PLATFORM": "offscreen",
            **(environment or {}),
        }
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            given.pop(name, None)
        found = subprocess.run(
            [sys.executable, "-W", "error", "-m", "hyoka_desktop", *_strings(arguments)],
            capture_output=True,
            check=False,
            cwd=tmp_path,
            env=given,
            timeout=120,
        )
        outcome = Outcome(found.returncode, found.stdout.decode(encoding), found.stderr.decode(encoding))
        assert "Traceback" not in outcome.err
        return outcome

    return run_apart


def _strings(arguments: Sequence[object]) -> list[str]:
    return [str(argument) for argument in arguments]
