"""Bring what other threads tell to the window's thread.

Another thread never holds a widget, nor anything else that Qt sends events to: whoever drops the last reference to one
destroys it, and Qt may hand an event to it on the window's thread at that moment (measured: a segmentation fault in one
of ten runs on a busy computer). It holds a line, which knows its receiver weakly.
"""

import threading
import weakref
from collections.abc import Callable
from functools import cache
from itertools import count
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

T = TypeVar("T")


class _Letterbox(QObject):
    """Live on the window's thread as long as the program. The signal carries a number and no Python object."""

    _came = Signal(int)

    def __init__(self) -> None:
        assert threading.current_thread() is threading.main_thread(), "letters arrive where the box was made"
        super().__init__()
        self._letters: dict[int, Callable[[], object]] = {}
        self._numbers = count(1)
        self._came.connect(self._deliver)

    def post(self, letter: Callable[[], object]) -> None:
        """Carry it out on the window's thread: at once if this is it, otherwise between two events, in order."""
        number = next(self._numbers)
        self._letters[number] = letter
        self._came.emit(number)

    def _deliver(self, number: int) -> None:
        self._letters.pop(number)()


@cache
def _letterbox() -> _Letterbox:
    return _Letterbox()


class Line(Generic[T]):
    """Lead from any thread to a receiver on the window's, where a line is made. One that has ended hears nothing."""

    def __init__(self, receiver: T) -> None:
        self._box: Final = _letterbox()
        self._receiver: Final = weakref.ref(receiver)

    def post(self, letter: Callable[[T], object]) -> None:
        """Hand a letter over, on any thread; it is given the receiver, and so need not hold it."""
        self._box.post(lambda: self._open(letter))

    def _open(self, letter: Callable[[T], Any]) -> None:
        receiver = self._receiver()
        if receiver is not None and isValid(receiver):
            letter(receiver)
