"""Look for garbage between two events of the window's thread, and nowhere else.

Python would look wherever it happens to make an object. On the thread of a worker it takes their Python halves from the
widgets of a page that is gone, while Qt still sends to the other halves (measured: a segmentation fault within a minute
of mixed work); in the middle of going through all widgets it removes one that stands further down the list.

A collection holds all threads up, and a full one looks at every object that can be part of a circle: with a report of
500 項目 that took 80 to 340 ms. So what lives long is exempt from it (`gc.freeze`).
"""

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer

_LOOK_MS: Final = 250
_NEW: Final = 10_000
"""So many new objects are worth a collection; it takes a few milliseconds."""
_LASTING: Final = 40_000
"""So many between two looks are a report, or what was worked out from one, and stay."""
_YOUNG: Final = 1
_FULL: Final = 2
_FULL_EACH: Final = 10
"""A full collection comes after so many young ones."""


class _Holds:
    """Count who makes many objects just now, on any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.count = 0

    def add(self, step: int) -> None:
        with self._lock:
            self.count += step


_HOLDS: Final = _Holds()
"""Garbage is one for the whole process, and so is this."""


@contextmanager
def made_in_numbers() -> Iterator[None]:
    """Make what may be many objects, on any thread: meanwhile nothing is looked for.

    So they are still new at the end, and are passed over where they are many; collected bit by bit they would be old,
    and each full collection would look at them.
    """
    _HOLDS.add(1)
    try:
        yield
    finally:
        _HOLDS.add(-1)


class Collector(QObject):
    """Stand in for Python's own collections as long as the application lives."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._has_passed_over = False
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def exempt_what_is_there(self) -> None:
        """Pass over all that is there from now on, for example the modules, which live as long as we do."""
        gc.freeze()

    def look(self) -> None:
        """Collect where enough objects are new; pass over them where so many are new that they will stay."""
        new, _, young = gc.get_count()
        if _HOLDS.count:
            return
        if new > _LASTING:
            self._pass_over()
        elif new > _NEW:
            gc.collect(_FULL if young >= _FULL_EACH else _YOUNG)

    def _pass_over(self) -> None:
        """Pass over what is there; it may hold an open report, also where another one was just closed."""
        gc.freeze()
        self._has_passed_over = True

    def collect_what_a_report_left(self) -> None:
        """Collect all that a closed report left where it was passed over, or would be at the next look.

        Where reports were only small ones, the usual looks do it. It goes through everything once and takes some 100 ms
        after a report of 500 項目, when nobody writes.
        """
        new, *_ = gc.get_count()
        if self._has_passed_over or new > _LASTING:
            gc.unfreeze()
            gc.collect()
            self._pass_over()


def collector() -> Collector:
    """Tell the collector of the application."""
    application = QCoreApplication.instance()
    found = application.findChild(Collector) if application is not None else None
    assert isinstance(found, Collector), "the application was made"
    return found
