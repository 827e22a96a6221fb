"""Say how a program of many small objects gives memory back: garbage is looked for seldom, much is let go in bits."""

import gc
from collections.abc import MutableMapping
from typing import Any, Final

_NEW_OBJECTS: Final = 10_000


def collect_seldom() -> None:
    """Have the collector look after 10,000 new objects instead of 700.

    Measured: documents of ten reports in one take 1.45 s instead of 1.75 s, more than 10,000 gains nothing further, and
    the memory of a hundred reports made one after the other stays the same.
    """
    gc.set_threshold(_NEW_OBJECTS)


def let_go(known: MutableMapping[Any, Any]) -> None:
    """Empty a mapping entry by entry, so that other threads have their turn in between.

    Dropped in one piece, what is remembered of 500 項目 holds all threads up for 150 ms.
    """
    while known:
        known.popitem()
