"""Time the first document of a process: import the maker with its libraries, open its fonts, make.

`python -m tests.benchmarks.cold MAKER PICKLE` prints seconds. Python's own start and reading the input do not count.
"""

import importlib
import pickle
import sys
import time
from pathlib import Path


def main(maker: str, pickled: str) -> None:
    """Make one document and print how long it took."""
    document, page_numbers = pickle.loads(Path(pickled).read_bytes())
    start = time.perf_counter()
    importlib.import_module(f"tests.benchmarks.makers.{maker}").make(document, page_numbers)
    sys.stdout.write(f"{time.perf_counter() - start}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
