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

    _finished = Signal(object, object)
    _raised = Signal(object, object)
    _progressed = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._wake = threading.Condition()
        self._waiting: deque[Job] = deque()
        self._running: Job | None = None
        self._closing = False
        self._finished.connect(self._hand_over)
        self._raised.connect(self._hand_over_fault)
        self._progressed.connect(self._hand_over_progress)
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
            value = job.work(job.checkpoint, lambda step: self._progressed.emit(job, step))
        except JobCancelled:
            return
        except Exception as error:  # noqa: BLE001 - handed to the window's thread
            self._raised.emit(job, error)
        else:
            self._finished.emit(job, value)

    def _hand_over(self, job: Job, value: object) -> None:
        if not job.cancelled.is_set():
            job.done(value)

    def _hand_over_fault(self, job: Job, error: BaseException) -> None:
        if not job.cancelled.is_set():
            job.failed(error)

    def _hand_over_progress(self, job: Job, step: object) -> None:
        if not job.cancelled.is_set():
            job.progress(step)
