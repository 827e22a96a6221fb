"""Let the window's loop turn between two steps of what only its own thread can do.

Whatever a timer or the system does meanwhile finds something half done: it must not close the report that is being
shown. Qt would still be at work on what is taken away from under it (measured: a segmentation fault).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QCoreApplication, QEventLoop


class _Steps:
    """Count what stands half done, on the window's thread."""

    def __init__(self) -> None:
        self.open = 0


_STEPS: Final = _Steps()
"""The window's thread is one for all windows, and so is this."""


@contextmanager
def between_steps() -> Iterator[None]:
    """Know, while the loop turns in here, that something stands half done."""
    _STEPS.open += 1
    try:
        yield
    finally:
        _STEPS.open -= 1


def is_between_steps() -> bool:
    """Tell whether something stands half done: then nothing that is shown may be taken away."""
    return _STEPS.open > 0


def breathe() -> None:
    """Let the loop turn once: timers and painting go on, keys and clicks stay in line."""
    with between_steps():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
