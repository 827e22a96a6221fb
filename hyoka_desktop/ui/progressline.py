"""Show within a dialog that something is being worked out for it: how far that is, and a way to give it up."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.theme import UNIT

_PATIENCE_MS: Final = 300
"""So long nothing is shown; what ends by then would only flicker."""
_WHOLE: Final = 1000


class ProgressLine(QWidget):
    """Stand behind what is said of the work while it goes on; `stop_wanted` tells that the person gives it up."""

    stop_wanted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(name)
        self.stop = QPushButton(word("waiting_stop"))
        self.stop.setAutoDefault(False)
        self.stop.clicked.connect(self.stop_wanted)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self.show)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(UNIT)
        line.addWidget(self.bar, stretch=1)
        line.addWidget(self.stop)
        self.hide()

    def begin(self) -> None:
        """Show in a moment that work goes on; how far it is nobody knows yet."""
        self.bar.setRange(0, 0)
        if self.isHidden():
            self._patience.start()

    def show_share(self, share: object) -> None:
        """Show how far it is, from 0 to 1."""
        if isinstance(share, float):
            self.bar.setRange(0, _WHOLE)
            self.bar.setValue(round(share * _WHOLE))

    def end(self) -> None:
        """Show nothing any more."""
        self._patience.stop()
        self.hide()
