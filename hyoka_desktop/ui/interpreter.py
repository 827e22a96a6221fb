"""Set the Python interpreter up for a window: quick switches between threads, no long collections of garbage.

A collection holds all threads up, and a full one looks at every object that can be part of a circle: with a report of
500 項目 that was 80 to 340 ms, wherever it happened to begin. So what lives long is exempt from it (`gc.freeze`), and
what is made in large numbers is made without one.
"""

import ctypes
import gc
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_SWITCH_INTERVAL_SECONDS: Final = 0.0005
_MANY: Final = 15_000
"""More than the pages of a few items are made of; a full collection of so many takes some 5 ms."""
_ENOUGH_REFERENCES: Final = 1 << 40
_FIRST_WITH_IMMORTALS: Final = (3, 12)


def prepare_interpreter() -> None:
    """Make the settings; calling it again does no harm."""
    # A worker in Python holds the interpreter; a short interval keeps typing quick beside it.
    sys.setswitchinterval(_SWITCH_INTERVAL_SECONDS)
    if sys.version_info < _FIRST_WITH_IMMORTALS:
        for constant in (None, True, False):
            _keep_alive(constant)


def exempt_what_is_there() -> None:
    """Have later collections pass over all that is there, for example the modules, which live as long as we do."""
    gc.freeze()
    _EXEMPT.at_start = gc.get_freeze_count()


def collect_what_a_report_left() -> None:
    """Collect all that a closed report left, exempt or not; where little was exempt, the usual collections do it.

    It looks at everything once and takes some 100 ms after a report of 500 項目, when nobody writes.
    """
    if gc.get_freeze_count() > _EXEMPT.at_start + _MANY:
        gc.unfreeze()
        gc.collect()
        exempt_what_is_there()


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Keep the garbage collector off, on all threads; those who want it at the same time do not disturb each other.

    WORKAROUND: where all widgets are gone through, asked for as a list or dressed anew, PySide makes Python objects
    meanwhile, or Qt calls into Python, and either may start a collection; that destroys a closed window which stands
    further down the list, and the next step follows a pointer to nothing.
    """
    _PAUSES.begin()
    try:
        yield
    finally:
        _PAUSES.end()


@contextmanager
def made_in_numbers() -> Iterator[None]:
    """Make what may be many objects: nothing is collected meanwhile, and many that stay are exempt from then on.

    They go all the same when nobody holds them any more; circles among them stay until the report is closed.
    """
    with nothing_collected():
        yield
        if gc.get_count()[0] > _MANY:
            gc.freeze()


class _Pauses:
    """Count who wants the collector off; the last one to end turns it on."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._count = 0

    def begin(self) -> None:
        with self._lock:
            self._count += 1
            gc.disable()

    def end(self) -> None:
        with self._lock:
            self._count -= 1
            if not self._count:
                gc.enable()


class _Exempt:
    """Remember how many objects were exempt from collections when the program had begun."""

    at_start = 0


_EXEMPT: Final = _Exempt()
_PAUSES: Final = _Pauses()
"""The collector is one for the whole process, and so are these."""


def _keep_alive(constant: object) -> None:
    """Give a constant more references than any program can lose.

    WORKAROUND: on CPython before 3.12, where None, True and False are not immortal (PEP 683), calls of PySide6 6.12.0
    that return nothing take a reference of None away, and some overrides one of True; painting uses up all of them in
    a minute, and the interpreter aborts with "none_dealloc". Measured: 6.8.3 and 6.11.3 do not.
    """
    references = ctypes.c_ssize_t.from_address(id(constant))
    if references.value < _ENOUGH_REFERENCES:
        references.value += _ENOUGH_REFERENCES
