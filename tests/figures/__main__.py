"""Print the figures of safety beside their targets: `python run.py figures [R1 ...] [--full]`.

Without `--full` each is taken small, as in the tests. The exit code is 1 where a target is missed, or where a control,
which has the protection taken away, does not miss it.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.figures.figure import CannotRunHere, Figure, Result, Size, figures


def main(arguments: Sequence[str]) -> int:
    """Take the figures that are named, all by default, and print a line for each."""
    known = figures()
    parser = argparse.ArgumentParser(prog="run.py figures")
    parser.add_argument("names", nargs="*", metavar="R1", help=f"which figures: {', '.join(known)}; all by default")
    parser.add_argument("--full", action="store_true", help="the counts of the targets; takes minutes to an hour")
    asked = parser.parse_args(arguments)
    names = [name.upper() for name in asked.names] or list(known)
    for name in names:
        if name not in known:
            parser.error(f"no figure {name}; known: {', '.join(known)}")
    size = Size.FULL if asked.full else Size.SMALL
    taken = [_take(name, known[name], size) for name in names]
    return 0 if all(taken) else 1


def _take(name: str, figure: Figure, size: Size) -> bool:
    """Take one figure and its control; tell whether both came out as they must."""
    begin = time.monotonic()
    try:
        result = _in_folder(figure.run, size)
        control = _in_folder(figure.control, Size.SMALL)
    except CannotRunHere as reason:
        _say(f"skip  {name:<4} {figure.TITLE}: {reason}")
        return True
    end = f"({time.monotonic() - begin:.0f} s, {size.value})"
    _say(f"{'ok  ' if result.met else 'MISS'}  {name:<4} {figure.TITLE}: {result.found}   target: {figure.TARGET}")
    _say(f"{'MISS' if control.met else 'ok  '}       control, must miss: {control.found}   {end}")
    return result.met and not control.met


def _in_folder(take: Callable[[Size, Path], Result], size: Size) -> Result:
    with tempfile.TemporaryDirectory(prefix="figure-") as folder:
        return take(size, Path(folder))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
