"""Do long work away from the window's thread and wait for its end: after a moment with a bar and a way to give it up.

This is the one way for whatever may take half a second and must be done before the person can go on.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete

from hyoka_desktop.ui.breathing import between_steps
from hyoka_desktop.ui.dialogs.waiting import WaitingDialog
from hyoka_desktop.ui.tasks import CpuQueue, Job, JobCancelled

T = TypeVar("T")
Checkpoint = Callable[[], None]
Tell = Callable[[object], None]
_PATIENCE_MS: Final = 300
"""So long nothing is shown; what ends by then would only flicker."""


class LongWork:
    """Carry out one work at a time for a widget; `is_busy` tells that one is being waited for.

    Each has a thread of its own, so that a share which does not answer holds up only who waits for it.
    """

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent
        self.is_busy = False

    def carry_out(
        self, said: str, work: Callable[[Checkpoint, Tell], T], give_back: Callable[[T], object] | None = None
    ) -> T:
        """Tell what the work returns, raise what it raises, and JobCancelled where the person gave it up.

        `said` is what the dialog says. The work calls the checkpoint wherever it can end, and tells its share of the
        whole, from 0 to 1, if it knows it. With `give_back` nobody waits for its end once it is given up: what it
        returns after that is given back on the worker's thread. Without, its last whole step is waited for.
        """
        waiting, queue = _Waiting(work, give_back), CpuQueue()
        was_busy, self.is_busy = self.is_busy, True
        try:
            waiting.begin(queue)
            with _kept_open(self._parent):
                waiting.for_a_moment(_PATIENCE_MS)
                waiting.with_dialog(self._parent, said)
        finally:
            self.is_busy = was_busy
            waiting.end()
            queue.close()
        return waiting.value()

    def look(self, said: str, question: Callable[[], T]) -> T:
        """Ask for what leaves nothing behind, of a file on a share for example, as `carry_out` does a work."""
        return self.carry_out(said, lambda *_: question(), lambda _: None)


class _Keeper(QObject):
    """Keep windows from being closed."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Refuse to close."""
        if event.type() is QEvent.Type.Close:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


@contextmanager
def _kept_open(parent: QWidget) -> Iterator[None]:
    """Keep the window of a widget open, and the windows behind it: who waits goes on to work with them."""
    keeper = _Keeper()
    at: QWidget | None = parent
    while at is not None:
        at.window().installEventFilter(keeper)
        at = at.window().parentWidget()
    try:
        yield
    finally:
        # A fault keeps this frame, and with it a keeper that had not ended.
        delete(keeper)


class _Waiting(Generic[T]):
    """Wait for one work on the window's thread."""

    def __init__(self, work: Callable[[Checkpoint, Tell], T], give_back: Callable[[T], object] | None) -> None:
        self._claim = _Claim(work, give_back)
        self._loop = QEventLoop()
        self._dialog: WaitingDialog | None = None
        self._share: float | None = None
        self._values: list[T] = []
        self._fault: BaseException | None = None
        self._has_ended = False
        self._job = Job(f"long work {id(self)}", self._claim.carry_out, self._take, self._fail, self._hear)

    def begin(self, queue: CpuQueue) -> None:
        """Hand the work over."""
        queue.submit(self._job)

    def for_a_moment(self, milliseconds: int) -> None:
        """Let the window paint, but not be used: keys and clicks stay in line."""
        patience = QTimer(singleShot=True, interval=milliseconds)
        patience.timeout.connect(self._loop.quit)
        patience.start()
        with between_steps():
            self._loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        patience.stop()

    def with_dialog(self, parent: QWidget, said: str) -> None:
        """Show the dialog until the work ends or is given up."""
        if self._has_ended:
            return
        self._dialog = WaitingDialog(QApplication.activeModalWidget() or parent, said)
        self._dialog.stop_wanted.connect(self._give_up)
        self._show_share()
        self._dialog.exec()
        self._dialog.deleteLater()
        self._dialog = None

    def end(self) -> None:
        """Hold the work no more: what it holds, a whole report perhaps, need not wait for a collection of garbage."""
        del self._job

    def value(self) -> T:
        """Tell what came, or raise."""
        if self._fault is not None:
            raise self._fault
        if not self._values:
            raise JobCancelled
        return self._values[0]

    def _take(self, values: list[T]) -> None:
        self._values = values
        self._end()

    def _fail(self, fault: BaseException) -> None:
        self._fault = fault
        self._end()

    def _hear(self, share: object) -> None:
        if isinstance(share, float):
            self._share = share
            self._show_share()

    def _show_share(self) -> None:
        if self._dialog is not None and self._share is not None:
            self._dialog.show_share(self._share)

    def _give_up(self) -> None:
        if self._claim.give_up():
            self._job.cancel()
            self._end()
        elif self._dialog is not None:
            self._dialog.say_stopping()

    def _end(self) -> None:
        self._has_ended = True
        self._loop.quit()
        if self._dialog is not None:
            self._dialog.done(0)


class _Claim(Generic[T]):
    """Settle between the two threads whether what a work returns is still wanted when it comes."""

    def __init__(self, work: Callable[[Checkpoint, Tell], T], give_back: Callable[[T], object] | None) -> None:
        self._work = work
        self._give_back = give_back
        self._lock = threading.Lock()
        self._is_given_up = False
        self._has_come = False

    def carry_out(self, checkpoint: Checkpoint, tell: Tell) -> list[T]:
        """Do the work on the worker's thread; tell what came in a list, which is empty where it was given up."""

        def check() -> None:
            checkpoint()
            if self._is_given_up:
                raise JobCancelled

        try:
            value = self._work(check, tell)
        except JobCancelled:
            return []
        with self._lock:
            self._has_come = True
            is_wanted = not self._is_given_up or self._give_back is None
        if not is_wanted and self._give_back is not None:
            self._give_back(value)
        return [value] if is_wanted else []

    def give_up(self) -> bool:
        """Want it no more; tell whether nobody need wait for its end."""
        with self._lock:
            self._is_given_up = True
            return self._give_back is not None and not self._has_come
