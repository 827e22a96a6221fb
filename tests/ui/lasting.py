"""Look for faults of layout that stay: a layout takes some turns of the event loop, late ones on a busy computer."""

from collections.abc import Callable, Iterable

from PySide6.QtTest import QTest

_TURNS_MS = 60
_MOST_LOOKS = 50


def lasting(faults: Callable[[], Iterable[str]]) -> list[str]:
    """Tell the faults that are still there when the window came to rest; nothing as soon as there are none."""
    found: list[str] = []
    for _ in range(_MOST_LOOKS):
        QTest.qWait(_TURNS_MS)
        found = list(faults())
        if not found:
            break
    return found
