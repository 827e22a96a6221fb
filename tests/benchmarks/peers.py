"""Measure the makers, ours and the others, on one document: warm, cold, and whether no character is lost."""

import importlib
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from hyoka_desktop.document.model import Document
from hyoka_desktop.paths import resource
from hyoka_desktop.typeset.fonts import FontLibrary
from hyoka_desktop.typeset.pages import Typesetter
from tests.benchmarks.characters import characters_of, characters_of_docx, characters_of_pdf
from tests.benchmarks.makers import CannotMake
from tests.benchmarks.timing import Timing, ordinary_environment, summary, timed

MAKERS: Final = {
    "our_docx": "our .docx",
    "naive_docx": "python-docx, table.cell",
    "template_docx": "docxtpl",
    "our_plain_pdf": "our PDF, plain",
    "our_pdf": "our PDF, tagged, PDF/A",
    "platypus_pdf": "Platypus splitInRow=1, multiBuild",
    "typst_pdf": "Typst",
}
_REPOSITORY: Final = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Measured:
    """Hold what one maker took."""

    warm: Timing
    cold: Timing


def measure_makers(document: Document, rounds: int) -> dict[str, Measured | str]:
    """Measure every maker, or say in a word why it cannot be; AssertionError where one loses a character."""
    page_numbers = Typesetter(FontLibrary(resource("fonts"))).set(document).page_numbers()
    measured: dict[str, Measured | str] = {}
    runs: dict[str, Callable[[], bytes]] = {}
    for name in MAKERS:
        try:
            run = partial(importlib.import_module(f"tests.benchmarks.makers.{name}").make, document, page_numbers)
            _check_characters(name, document, run())
            runs[name] = run
        except ImportError:
            measured[name] = "not installed"
        except CannotMake as reason:
            measured[name] = str(reason)
    warm = timed(runs, rounds)
    cold = _cold_timings(list(runs), (document, page_numbers), rounds)
    return measured | {name: Measured(warm[name], cold[name]) for name in runs}


def _check_characters(name: str, document: Document, content: bytes) -> None:
    found = characters_of_pdf(content) if name.endswith("pdf") else characters_of_docx(content)
    lost = characters_of(document) - found
    assert not lost, f"{name} loses {lost.total()} characters, for example {lost.most_common(5)}"


def _cold_timings(names: Sequence[str], pickled: Any, rounds: int) -> dict[str, Timing]:
    taken: dict[str, list[float]] = {name: [] for name in names}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.pickle"
        path.write_bytes(pickle.dumps(pickled))
        for _ in range(rounds):
            for name in names:
                taken[name].append(_cold_run(name, path))
    return {name: summary(times) for name, times in taken.items()}


def _cold_run(name: str, path: Path) -> float:
    command = [sys.executable, "-m", "tests.benchmarks.cold", name, str(path)]
    done = subprocess.run(command, cwd=_REPOSITORY, env=ordinary_environment(), capture_output=True, check=True)
    return float(done.stdout)
