"""Say short things in the status bar; what was cleaned in a text is not talked over by what is said after it."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QStatusBar

from hyoka_desktop.messages.commandline import ODDITIES
from hyoka_desktop.messages.window import word

_MESSAGE_MS = 8000


class StatusLine(QObject):
    """Show texts for a while."""

    def __init__(self, bar: QStatusBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._cleaned = ""
        self._time = QTimer(self, singleShot=True, interval=_MESSAGE_MS)
        self._time.timeout.connect(self._forget)

    def say(self, text: str) -> None:
        """Show a text for a while."""
        self._bar.showMessage("　".join(filter(None, (text, self._cleaned))), _MESSAGE_MS)

    def tell_cleaned(self, counts: Mapping[str, int]) -> None:
        """Say what was cleaned in a text that came in, after what is said already."""
        details = "、".join(f"{ODDITIES[kind]} {count}" for kind, count in counts.items())
        said = self._bar.currentMessage() if not self._cleaned else ""
        self._cleaned = word("cleaned", details=details)
        self._time.start()
        self.say(said)

    def _forget(self) -> None:
        self._cleaned = ""
