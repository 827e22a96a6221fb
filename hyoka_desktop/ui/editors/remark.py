"""A plain text box for a remark: Ctrl+Enter says it, Tab goes on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTextEdit

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RemarkEdit(QTextEdit):
    """Take a remark; `said` tells that it is finished."""

    said = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say the remark with Ctrl+Enter."""
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.said.emit()
        else:
            super().keyPressEvent(event)
