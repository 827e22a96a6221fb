"""The commands of run.py that are modules of the tests begin without pytest, which finds modules in its own way."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_MODULES = sorted(set(re.findall(r'_module\("(tests\.\w+)"', (_ROOT / "run.py").read_text(encoding="utf-8"))))


@pytest.mark.parametrize("module", _MODULES)
def test_what_a_command_runs_can_be_imported(module: str) -> None:
    wanted = f"{module}.__main__" if (_ROOT / module.replace(".", "/")).is_dir() else module
    command = [sys.executable, "-c", f"import {wanted}"]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stderr


def test_run_py_has_such_commands() -> None:
    assert len(_MODULES) == 5
