"""Bring answers of the store to the window's thread; nobody waits for the disk."""

from collections.abc import Callable
from concurrent.futures import Future
from itertools import count
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from hyoka_desktop.errors import HyokaError
from hyoka_desktop.services.session import StoreEndedError
from hyoka_desktop.ui.letterbox import Line

T = TypeVar("T")


class Answers(QObject):
    """Tell answers when they come. What is told stays on this thread: the store holds no widget.

    A fault of the world is told to `failed`. Nothing is told to a listener that has ended, nor after `end`, nor of a
    store that broke down, which tells so itself.
    """

    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: dict[int, tuple[Future[Any], Callable[[Any], object], QObject]] = {}
        self._numbers = count(1)
        self._line = Line(self)

    def when(self, asked: "Future[T]", listener: QObject, tell: Callable[[T], object]) -> None:
        """Have an answer told when it comes, unless its listener has ended by then."""
        number = next(self._numbers)
        self._waiting[number] = (asked, tell, listener)
        line = self._line
        asked.add_done_callback(lambda _: line.post(lambda answers: answers.hand_over(number)))

    def end(self) -> None:
        """Tell nothing any more."""
        self._waiting.clear()

    def hand_over(self, number: int) -> None:
        """Tell the answer that came, to a listener that is still there."""
        if number not in self._waiting:
            return
        asked, tell, listener = self._waiting.pop(number)
        if not isValid(listener):
            return
        # Not raised here: a fault that was holds its listener, and the store's thread may be the last to let go of it.
        fault = asked.exception()
        if fault is None:
            tell(asked.result())
        elif isinstance(fault, HyokaError):
            self.failed.emit(fault)
        elif not isinstance(fault, StoreEndedError):
            raise fault
