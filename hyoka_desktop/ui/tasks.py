"""Run pure-Python work away from the window, one job at a time: a newer job of a kind cancels the older one.

One job at a time keeps typing quick, because a Python worker holds the interpreter (see the figures in the manual).
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QObject, Signal


class JobCancelled(Exception):
    """End a job from within."""


@dataclass(eq=False)
class Job:
    """Hold one job; `work` gets a checkpoint to call often, and a function to report progress with."""

    kind: str
    work: Callable[[Callable[[], None], Callable[[object], None]], Any]
    done: Callable[[Any], None]
    failed: Callable[[BaseException], None]
    progress: Callable[[object], None] = lambda _: None
    cancelled: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Have the job end at its next checkpoint; nothing more is heard of it."""
        self.cancelled.set()

    def checkpoint(self) -> None:
        """Raise JobCancelled where the job was cancelled."""
        if self.cancelled.is_set():
            raise JobCancelled


class CpuQueue(QObject):
    """Own the worker thread. Results, faults and progress arrive on the window's thread."""

    _news = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._wake = threading.Condition()
        self._waiting: deque[Job] = deque()
        self._running: Job | None = None
        self._closing = False
        # What is handed over waits here; the signal carries no Python object from thread to thread.
        self._handed: deque[tuple[Job, Callable[[Any], None], Any]] = deque()
        self._news.connect(self._hand_over)
        self._thread = threading.Thread(target=self._run, name="cpu", daemon=True)
        self._thread.start()

    def submit(self, job: Job) -> Job:
        """Queue a job; an older one of the same kind is cancelled."""
        with self._wake:
            for older in (*self._waiting, self._running):
                if older is not None and older.kind == job.kind:
                    older.cancel()
            self._waiting.append(job)
            self._wake.notify()
        return job

    def close(self) -> None:
        """Cancel everything and end the thread."""
        with self._wake:
            self._closing = True
            for job in (*self._waiting, self._running):
                if job is not None:
                    job.cancel()
            self._wake.notify()
        self._thread.join(5)

    def _run(self) -> None:
        while True:
            with self._wake:
                self._running = None
                while not (self._waiting or self._closing):
                    self._wake.wait()
                if self._closing:
                    return
                job = self._running = self._waiting.popleft()
            self._carry_out(job)

    def _carry_out(self, job: Job) -> None:
        try:
            job.checkpoint()
            value = job.work(job.checkpoint, lambda step: self._tell(job, job.progress, step))
        except JobCancelled:
            return
        except Exception as error:  # noqa: BLE001 - handed to the window's thread
            self._tell(job, job.failed, error)
        else:
            self._tell(job, job.done, value)

    def _tell(self, job: Job, listener: Callable[[Any], None], value: object) -> None:
        self._handed.append((job, listener, value))
        self._news.emit()

    def _hand_over(self) -> None:
        while self._handed:
            job, listener, value = self._handed.popleft()
            if not job.cancelled.is_set():
                listener(value)
