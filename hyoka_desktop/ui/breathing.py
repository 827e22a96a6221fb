"""Let the window's loop turn between two steps of what only its own thread can do."""

from PySide6.QtCore import QCoreApplication, QEventLoop


def breathe() -> None:
    """Let the loop turn once: timers and painting go on, keys and clicks stay in line."""
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
