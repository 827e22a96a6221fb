"""The window works with the oldest Qt that the project allows: its tests run in an environment of their own."""

import os
import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
_OF_QT = re.compile(r"PySide6|shiboken6", re.IGNORECASE)
_INSTALL_SECONDS, _TESTS_SECONDS = 600, 1500

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("kit")]


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """Install the project for development, with the newest patch of the oldest Qt; tell the interpreter."""
    constraints = tmp_path / "constraints.txt"
    constraints.write_text("\n".join(_constraints()), encoding="utf-8")
    venv.create(tmp_path / "environment", with_pip=True)
    interpreter = tmp_path / "environment" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    done = _run(
        *(interpreter, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"),
        *("-c", constraints, "-e", f"{REPOSITORY}[dev]"),
        seconds=_INSTALL_SECONDS,
    )
    if "No matching distribution found" in done.stderr:
        pytest.skip(f"pip cannot install here: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stderr
    return interpreter


def test_the_tests_of_the_window_pass_with_the_oldest_qt(python: Path) -> None:
    version = _run(python, "-c", "import PySide6; print(PySide6.__version__)", seconds=60).stdout.strip()
    assert version.startswith(f"{_oldest()}."), version
    done = _run(python, "-m", "pytest", "-q", "tests/ui", seconds=_TESTS_SECONDS)
    assert done.returncode == 0, done.stdout[-8000:]
    sys.stdout.write(f"PySide6 {version}: {done.stdout.splitlines()[-1]}\n")


def _constraints() -> list[str]:
    """Tell the pinned versions of everything, but for Qt."""
    pinned = (REPOSITORY / ".ci" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    others = [line for line in pinned if not _OF_QT.match(line)]
    return [*others, *(f"{package}=={_oldest()}.*" for package in ("PySide6-Essentials", "shiboken6"))]


def _oldest() -> str:
    """Tell the lower bound of Qt, as 6.8."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    bounds = [re.match(r"PySide6-Essentials>=(\d+\.\d+)", text) for text in project["dependencies"]]
    return next(bound[1] for bound in bounds if bound is not None)


def _run(*command: object, seconds: int) -> subprocess.CompletedProcess[str]:
    """Run in the repository, as if no other environment and no other pytest were around."""
    unwanted = ("PYTEST_", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    return subprocess.run(
        [str(part) for part in command],
        cwd=REPOSITORY,
        env={**environment, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=seconds,
        check=False,
    )
