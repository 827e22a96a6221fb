"""Measure whether the tests bite: `python run.py mutants [--count N] [--seed S] [--package NAME]`.

Small faults are put into a copy of the modules, one at a time, and the tests of their package run against each. A fault
that no test notices survives and is listed; some change nothing that could be noticed, they are not left out. The exit
code is 1 where fewer than 80% are noticed.
"""

import argparse
import compileall
import contextlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from py_compile import PycInvalidationMode
from typing import Final

from tests.mutants.changes import Mutant, mutants_of

ROOT: Final = Path(__file__).resolve().parents[2]
TESTS: Final[Mapping[str, Sequence[str]]] = {
    "domain": ["tests/domain"],
    "typeset": ["tests/typeset", "tests/documents/test_goldens.py"],
    "store": ["tests/store"],
    "exchange": [
        "tests/exchange",
        *(f"tests/documents/test_returned_{what}.py" for what in ("edits", "tables", "comments", "untouched")),
        "tests/documents/test_word_round_trip.py",
        "tests/services/test_circulation.py",
        "tests/services/test_indicator_workbook.py",
    ],
}
"""The tests that see each package."""
_TARGET: Final = 0.8
_COPIED: Final = ("hyoka_desktop", "forms", "resources", "tests")
_SLOWER: Final = 3
_SECONDS_MORE: Final = 10
_MEMORY: Final = 8 << 30


class Laboratory:
    """Keep a copy of the checkout and try mutants there, so that the checkout is never touched."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for name in _COPIED:
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", folder)
        # Python takes a module for unchanged where time and length are; a mutant may have both of what it replaces.
        compileall.compile_dir(folder / "hyoka_desktop", quiet=1, invalidation_mode=PycInvalidationMode.CHECKED_HASH)

    def is_noticed(self, mutant: Mutant, tests: Sequence[str], seconds: float) -> bool:
        """Tell whether the tests fail, or do not come to an end, under a mutant."""
        module = self._folder / mutant.module
        source = module.read_bytes()
        module.write_bytes(mutant.text(source))
        try:
            return not self.passes(tests, seconds)
        except subprocess.TimeoutExpired:
            return True
        finally:
            module.write_bytes(source)

    def passes(self, tests: Sequence[str], seconds: float | None = None) -> bool:
        """Run tests on the copy as it is; tell whether all pass."""
        options = ["-x", "-q", "--hypothesis-profile=mutants", f"--basetemp={self._folder / 'temporary'}"]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *tests],
            cwd=self._folder,
            env={**os.environ, "PYTHONPATH": str(self._folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
        return done.returncode == 0


def main(arguments: Sequence[str]) -> int:
    """Try mutants and print who survived."""
    parser = argparse.ArgumentParser(prog="run.py mutants")
    parser.add_argument("--count", type=int, default=300, help="how many mutants in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--package", choices=sorted(TESTS), help="one package instead of all")
    options = parser.parse_args(arguments)
    packages = [options.package] if options.package else list(TESTS)
    _limit_memory()
    noticed: list[bool] = []
    with tempfile.TemporaryDirectory() as folder:
        laboratory = Laboratory(Path(folder))
        for package in packages:
            mutants = _chosen(package, options.count // len(packages), options.seed)
            noticed += _try_all(laboratory, package, mutants)
    _say(f"all: {_rate(noticed)}")
    return 0 if sum(noticed) >= _TARGET * len(noticed) else 1


def _limit_memory() -> None:
    """Let a mutant that never stops collecting fail before it takes the memory of the machine."""
    with contextlib.suppress(ImportError):
        import resource  # noqa: PLC0415 - Windows has none

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _try_all(laboratory: Laboratory, package: str, mutants: Sequence[Mutant]) -> list[bool]:
    began = time.monotonic()
    if not laboratory.passes(TESTS[package]):
        sys.exit(f"{package}: the tests fail without any mutant")
    seconds = _SLOWER * (time.monotonic() - began) + _SECONDS_MORE
    noticed: list[bool] = []
    for mutant in mutants:
        noticed.append(laboratory.is_noticed(mutant, TESTS[package], seconds))
        if not noticed[-1]:
            _say(mutant.told((ROOT / mutant.module).read_bytes()))
    _say(f"{package}: {_rate(noticed)}\n")
    return noticed


def _rate(noticed: Sequence[bool]) -> str:
    return f"{sum(noticed)} of {len(noticed)} killed ({sum(noticed) / max(len(noticed), 1):.1%})"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _chosen(package: str, count: int, seed: int) -> list[Mutant]:
    """Choose mutants in places that are spread evenly over a package, one a place."""
    draw = random.Random(f"{seed} {package}")
    modules = sorted(path.relative_to(ROOT) for path in (ROOT / "hyoka_desktop" / package).rglob("*.py"))
    places = [place for module in modules for place in mutants_of(ROOT, module)]
    chosen = [draw.choice(place) for place in draw.sample(places, min(count, len(places)))]
    return sorted(chosen, key=lambda mutant: (mutant.module, mutant.start))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
