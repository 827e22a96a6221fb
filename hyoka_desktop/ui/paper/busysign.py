"""Say quietly, over the corner of the pages, that newer ones are being laid out."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.theme import UNIT

_PATIENCE_MS: Final = 250
"""What is done sooner needs no sign: it would only flicker."""


class BusySign(QObject):
    """Show a small text at the upper right of a widget while something lasts; it takes no room and no clicks."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.label = plain_label("", "badge")
        self.label.setParent(over)
        self.label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.label.hide()
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._show)
        over.installEventFilter(self)

    def begin(self, text: str) -> None:
        """Show a text unless the end comes soon."""
        self.label.setText(text)
        self._place()
        if self.label.isHidden() and not self._patience.isActive():
            self._patience.start()

    def end(self) -> None:
        """Show nothing."""
        self._patience.stop()
        self.label.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner."""
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        self._place()
        self.label.show()
        self.label.raise_()

    def _place(self) -> None:
        self.label.adjustSize()
        self.label.move(max(self._over.width() - self.label.width() - 2 * UNIT, 0), UNIT)
