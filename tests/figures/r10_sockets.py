"""R10: how many sockets the program asks for in all that it can do.

A filter of the system kills it at the first one that is not of this computer alone (`sandbox`). The count is therefore
0, or 1 together with the step at which the program ended.
"""

import signal
from pathlib import Path
from typing import Final

from tests.figures.children import finish
from tests.figures.figure import Result, Size
from tests.figures.sandbox import require_sandbox

TITLE: Final = "sockets in the whole flow"
TARGET: Final = "0"


def run(size: Size, folder: Path) -> Result:
    """Do everything; both sizes do the same."""
    return _count(folder)


def control(size: Size, folder: Path) -> Result:
    """Do everything, then ask for a socket."""
    return _count(folder, "--reach-out")


def _count(folder: Path, *options: str) -> Result:
    require_sandbox()
    done = finish(folder, "tests.figures.whole_flow", str(folder), *options)
    steps = done.stdout.splitlines()
    if done.returncode == -signal.SIGSYS:
        return Result(f"1 socket after {len(steps)} steps, the last of them {steps[-1:]}", met=False)
    assert done.returncode == 0, done.stderr
    return Result(f"0 in {len(steps)} steps", met=not options)
