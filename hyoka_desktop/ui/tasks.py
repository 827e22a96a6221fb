"""Run pure-Python work away from the window, one job at a time: a newer job of a kind cancels the older one.

One job at a time keeps typing quick, because a worker in Python holds the interpreter.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

from hyoka_desktop.ui.collecting import made_in_numbers
from hyoka_desktop.ui.letterbox import Line

_THREAD: Final = "cpu"
_PATIENCE_SECONDS: Final = 5.0
Work = Callable[[Callable[[], None], Callable[[object], None]], Any]
"""What a job does; it gets a checkpoint to call often, and a function to report progress with. It holds no widget."""


class JobCancelled(Exception):
    """End a job from within."""


@dataclass(eq=False)
class Job:
    """Hold one job and who listens to it; everything but `work` stays on the window's thread."""

    kind: str
    work: Work
    done: Callable[[Any], None]
    failed: Callable[[BaseException], None]
    progress: Callable[[object], None] = lambda _: None
    cancelled: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Have the job end at its next checkpoint; nothing more is heard of it."""
        self.cancelled.set()


@dataclass(frozen=True, slots=True)
class _Order:
    """What the worker knows of a job."""

    number: int
    work: Work
    cancelled: threading.Event


@dataclass(frozen=True, slots=True)
class _News:
    """What the worker tells of a job: `ends` where it is the last.

    Who hears it takes the value out. A fault that was raised again holds widgets, those of who caught it, and the
    worker would be the last to let go of it where it is slow to come back from telling.
    """

    number: int
    tell: Callable[[Job, Any], None] | None
    values: list[Any]
    ends: bool = True


class CpuQueue:
    """Have jobs done on a thread of their own. Results, faults and progress arrive on the window's thread."""

    def __init__(self) -> None:
        self._jobs: dict[int, Job] = {}
        self._numbers = count(1)
        self._worker = _Worker(Line(self))

    def submit(self, job: Job) -> Job:
        """Queue a job; older ones of the same kind are cancelled."""
        self._cancel([number for number, older in self._jobs.items() if older.kind == job.kind])
        number = next(self._numbers)
        self._jobs[number] = job
        self._worker.order(_Order(number, job.work, job.cancelled))
        return job

    def cancel_all(self) -> None:
        """Cancel everything; nothing more is heard of what was asked for until now."""
        self._cancel(list(self._jobs))

    def close(self) -> None:
        """Cancel everything; the thread ends when it can, for example when a share answers, and no window waits."""
        self.cancel_all()
        self._worker.end()

    def hear(self, news: _News) -> None:
        """Tell a job what the worker tells of it."""
        value = news.values.pop()
        job = self._jobs.pop(news.number, None) if news.ends else self._jobs.get(news.number)
        if job is not None and news.tell is not None and not job.cancelled.is_set():
            news.tell(job, value)

    def _cancel(self, numbers: Iterable[int]) -> None:
        """Cancel jobs, and hold them no more: who listens may be a page of a report that is being closed."""
        for number in numbers:
            self._jobs.pop(number).cancel()


class _Worker:
    """Work through orders on a thread, which knows the queue by its line only and may outlive it."""

    def __init__(self, line: Line[CpuQueue]) -> None:
        self._line = line
        self._wake = threading.Condition()
        self._orders: deque[_Order] = deque()
        self._closing = False
        threading.Thread(target=self._run, name=_THREAD, daemon=True).start()

    def order(self, order: _Order) -> None:
        """Put an order behind the others."""
        with self._wake:
            self._orders.append(order)
            self._wake.notify()

    def end(self) -> None:
        """Begin no other order."""
        with self._wake:
            self._closing = True
            self._wake.notify()

    def _run(self) -> None:
        while True:
            with self._wake:
                while not (self._orders or self._closing):
                    self._wake.wait()
                if self._closing:
                    return
                order = self._orders.popleft()
            news = self._outcome(order)
            # Let go of it before anybody hears: what it holds may be as large as the report.
            del order
            self._tell(news)
            del news

    def _outcome(self, order: _Order) -> _News:
        checkpoint = _checkpoint_of(order.cancelled)
        try:
            checkpoint()
            with made_in_numbers():
                value = order.work(checkpoint, lambda step: self._tell_progress(order.number, step))
        except JobCancelled:
            return _News(order.number, None, [None])
        except Exception as error:  # noqa: BLE001 - handed to the window's thread
            return _News(order.number, lambda job, fault: job.failed(fault), [error])
        return _News(order.number, lambda job, made: job.done(made), [value])

    def _tell_progress(self, number: int, step: object) -> None:
        self._tell(_News(number, lambda job, share: job.progress(share), [step], ends=False))

    def _tell(self, news: _News) -> None:
        self._line.post(lambda queue: queue.hear(news))


def wait_for_the_last() -> None:
    """Let threads that are still at work end, for a few seconds: what they write is whole, and no window is left."""
    end = time.monotonic() + _PATIENCE_SECONDS
    for thread in threading.enumerate():
        if thread.name == _THREAD:
            thread.join(max(0.0, end - time.monotonic()))


def _checkpoint_of(cancelled: threading.Event) -> Callable[[], None]:
    """Make what ends a job that was cancelled. A work may keep it, and so it does not know the work."""

    def checkpoint() -> None:
        if cancelled.is_set():
            raise JobCancelled

    return checkpoint
