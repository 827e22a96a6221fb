"""Leave the input method with the field that has the keyboard."""

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication


class InputFocus(QObject):
    """Give the input method back to the field that has the keyboard, where Qt took it away.

    WORKAROUND: when a key closes a dialog, a screen of X11 may say that the dialog lost the keyboard after it said that
    the window below has it. Qt then ends the input method of the field there, and the next key is typed as it is.
    """

    def __init__(self, application: QGuiApplication) -> None:
        super().__init__(application)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._give_back)
        application.focusObjectChanged.connect(self._hear)

    def _hear(self, now: QObject | None) -> None:
        if now is None:
            self._soon.start()

    def _give_back(self) -> None:
        if QGuiApplication.focusObject() is not None:
            QGuiApplication.inputMethod().update(Qt.InputMethodQuery.ImEnabled)
