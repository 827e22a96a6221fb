"""Read the files that a list names as documents that came back, and print for each the seconds, megabytes and outcome.

`python -m tests.figures.word_child EXPECTED LIST MODE`; in the mode `bare` nothing is measured before it is read.
"""

import pickle
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from hyoka_desktop.errors import HyokaError
from hyoka_desktop.exchange import package_guard
from hyoka_desktop.exchange.word import body
from hyoka_desktop.exchange.word.return_reader import read_returned

_MOST_MEMORY: Final = 3_000_000_000
_MOST_SECONDS: Final = 120
_NO_LIMIT: Final = 1 << 62
_KILOBYTES: Final = 1024


def main(arguments: Sequence[str]) -> None:
    """Read all files of the list, one after the other; what is not foreseen ends the program."""
    expected_path, names, mode = Path(arguments[0]), Path(arguments[1]), arguments[2]
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if mode == "bare":
        _take_guard_away()
    expected = pickle.loads(expected_path.read_bytes())
    for name in names.read_text(encoding="utf-8").split("\n"):
        begin = time.process_time()
        outcome = "read"
        try:
            read_returned(Path(name), expected)
        except HyokaError as refusal:
            outcome = refusal.code
        seconds = time.process_time() - begin
        sys.stdout.write(f"{name}\t{seconds:.3f}\t{_peak():.0f}\t{outcome}\n")
        sys.stdout.flush()


def _peak() -> float:
    """Tell the most memory of this process so far, in megabytes; that of `getrusage` begins with its parent's."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KILOBYTES
    line = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / _KILOBYTES


def _take_guard_away() -> None:
    """Lift every limit."""
    guards = ("LARGEST_CONTENT", "LARGEST_XML", "MOST_PARTS", "MOST_TAGS", "MOST_MARKUP", "MOST_PACKED")
    limits = {package_guard: (*guards, "_MOST_MARKS"), body: ("MOST_ELEMENTS", "MOST_PARAGRAPHS")}
    for module, names in limits.items():
        for name in names:
            setattr(module, name, _NO_LIMIT)


if __name__ == "__main__":
    main(sys.argv[1:])
