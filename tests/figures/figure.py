"""What a figure is: a module `rNN_name.py` that counts something, how much of it, and what came out.

Such a module offers `TITLE` and `TARGET` (both printed), `run(size, folder) -> Result`, whose result meets the target,
and `control(size, folder) -> Result`: the same count where the protection in question is taken away. A control that
still meets the target shows that the figure measures nothing. `folder` is empty and belongs to the one call.
"""

import importlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final, Protocol, cast


class Size(Enum):
    """Say how much is tried: what every run of the tests can bear, or the count of the target."""

    SMALL = "small"
    FULL = "full"

    def pick(self, small: int, full: int) -> int:
        """Choose a count."""
        return full if self is Size.FULL else small


@dataclass(frozen=True, slots=True)
class Result:
    """Hold what a figure counted, in words to be printed, and whether that meets its target."""

    found: str
    met: bool


class CannotRunHere(Exception):
    """Say why a figure cannot be taken on this machine; it is skipped with that reason."""


class Figure(Protocol):
    """Describe a module that takes one figure."""

    TITLE: str
    TARGET: str

    def run(self, size: Size, folder: Path) -> Result:
        """Take the figure."""
        ...

    def control(self, size: Size, folder: Path) -> Result:
        """Take it without the protection; the result must miss the target."""
        ...


_MODULE: Final = re.compile(r"r(\d\d)_\w+")


def figures() -> Mapping[str, Figure]:
    """Find all figures, by name (`R1`), in the order of their numbers."""
    found: dict[str, Figure] = {}
    for path in sorted(Path(__file__).parent.glob("r*.py")):
        if match := _MODULE.fullmatch(path.stem):
            module = importlib.import_module(f"tests.figures.{path.stem}")
            found[f"R{int(match[1])}"] = cast("Figure", module)
    return found
