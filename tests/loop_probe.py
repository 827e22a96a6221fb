"""Measure how long the window's event loop stands still: whatever runs between two beats of a timer counts.

The beats come from the loop itself, so nested loops of dialogs beat too, and what is spent in a handler, in painting or
in waiting for the interpreter or for a lock is all in the gap. Only the time in which a thread was ready to run and the
machine had no core for it is taken off, where the system tells it (Linux): that is the work of other programs, and on a
machine with a core to spare it is nothing. A thread looks on and keeps where a long gap was spent.
"""

import contextlib
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Final

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimerEvent

LIMIT_MS: Final = 50.0
_THREADS: Final = Path("/proc/self/task")
_NEW_THREADS_EVERY: Final = 20
_BEAT_MS: Final = 1
_LOOK_S: Final = 0.004
_SUSPECT_S: Final = 0.030


class LoopProbe(QObject):
    """Keep the longest gap of each step, in milliseconds, one a round; `spent` tells where, for who looks for it."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: dict[str, list[float]] = {}
        self._longest = 0.0
        self._beats = 0
        self._looker = _Looker()
        self._delays = _Delays(left_out=self._looker.thread.native_id or 0)
        self._timer = self.startTimer(_BEAT_MS, Qt.TimerType.PreciseTimer)

    def end(self) -> None:
        """Measure no more."""
        self.killTimer(self._timer)
        self._looker.end()
        self._delays.end()

    @property
    def spent(self) -> dict[str, list[str]]:
        """Tell where long gaps were spent, by step."""
        return self._looker.spent

    def timerEvent(self, event: QTimerEvent) -> None:
        """Beat."""
        del event
        self._close_gap()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure what is done inside, up to the first beat after it."""
        self._wait_for_beat()
        self._looker.step, self._longest = name, 0.0
        yield
        self._close_gap()
        self._wait_for_beat()
        self.gaps.setdefault(name, []).append(self._longest * 1000)
        self._looker.step = ""

    def long_gaps(self, limit: float = LIMIT_MS) -> dict[str, float]:
        """Tell the steps that were above a limit in every round, with the best round: noise hits only some."""
        best = {name: min(found) for name, found in self.gaps.items()}
        return {name: round(gap, 1) for name, gap in best.items() if gap > limit}

    def _close_gap(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._looker.last - self._delays.since_last())
        self._looker.last = now
        self._beats += 1

    def _wait_for_beat(self) -> None:
        beats = self._beats
        spin(lambda: self._beats > beats + 1)


def spin(until: Callable[[], bool], seconds: float = 60.0) -> None:
    """Let the event loop run until something holds."""
    ends = time.perf_counter() + seconds
    while not until():
        assert time.perf_counter() < ends, "what was waited for never came"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


class _Looker:
    """Look on from a thread: `step` is what is measured, `last` the last beat, `spent` where long gaps were spent."""

    def __init__(self) -> None:
        self.step = ""
        self.last = time.perf_counter()
        self.spent: dict[str, list[str]] = {}
        self._ended = threading.Event()
        self._watched = threading.get_ident()
        self.thread = threading.Thread(target=self._look_on, daemon=True)
        self.thread.start()

    def end(self) -> None:
        """Look no more."""
        self._ended.set()
        self.thread.join(5)

    def _look_on(self) -> None:
        while not self._ended.wait(_LOOK_S):
            step, since = self.step, time.perf_counter() - self.last
            if step and since > _SUSPECT_S:
                frame = sys._current_frames().get(self._watched)
                self.spent.setdefault(step, []).append(f"{since * 1000:.0f} ms {_told(frame)}")


class _Delays:
    """Tell how long the window's thread had to wait for a core, and the one other thread that had to wait longest.

    The other counts too, since it may hold the interpreter while it waits. Those `left_out` are the measurement's own.
    """

    def __init__(self, left_out: int) -> None:
        self._files: dict[str, int] = {}
        self._known: dict[str, int] = {}
        self._main, self._left_out = str(threading.get_native_id()), str(left_out)
        self._looks = 0

    def since_last(self) -> float:
        """Tell the seconds since the last time it was asked; 0 where the system does not tell it."""
        self._find_threads()
        now = {thread: self._told_by(thread) for thread in list(self._files)}
        waited = {thread: told - self._known.get(thread, told) for thread, told in now.items()}
        self._known = now
        return (waited.pop(self._main, 0) + max(waited.values(), default=0)) / 1e9

    def _find_threads(self) -> None:
        if self._looks % _NEW_THREADS_EVERY == 0 and _THREADS.is_dir():
            for thread in _THREADS.iterdir():
                if thread.name not in (*self._files, self._left_out):
                    with contextlib.suppress(OSError):
                        self._files[thread.name] = os.open(thread / "schedstat", os.O_RDONLY)
        self._looks += 1

    def end(self) -> None:
        """Close what was opened."""
        for file in self._files.values():
            os.close(file)

    def _told_by(self, thread: str) -> int:
        try:
            return int(os.pread(self._files[thread], 100, 0).split()[1])
        except (OSError, IndexError, ValueError):
            os.close(self._files.pop(thread))
            return 0


def _told(frame: FrameType | None) -> str:
    calls: Sequence[traceback.FrameSummary] = traceback.extract_stack(frame) if frame is not None else ()
    return " > ".join(f"{call.filename.rpartition('/')[2]}:{call.lineno} {call.name}" for call in calls[-7:])
