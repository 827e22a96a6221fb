"""Show that something takes its time: what it is, how far it is, and a way to give it up."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QWidget

from hyoka_desktop.messages.window import APPLICATION, word
from hyoka_desktop.ui.dialogs.frame import add_foot, dialog_column, keep_width
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.theme import scaled

_WIDTH: Final = 420
_WHOLE: Final = 1000


class WaitingDialog(QDialog):
    """Stay until the work ends; `stop_wanted` tells that the person wants it to end now."""

    stop_wanted = Signal()

    def __init__(self, parent: QWidget, said: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(APPLICATION)
        keep_width(self, scaled(_WIDTH))
        self.said = plain_label(said)
        self.said.setWordWrap(True)
        # Without an end the bar only moves; it has one as soon as the work tells how far it is.
        self.bar = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self.bar.setAccessibleName(said)
        self.stop = QPushButton(word("waiting_stop"))
        self.stop.clicked.connect(self.reject)
        line = QHBoxLayout()
        line.addStretch()
        line.addWidget(self.stop)
        column = dialog_column(self)
        column.addWidget(self.said)
        column.addWidget(self.bar)
        add_foot(self, line)
        self.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_share(self, share: float) -> None:
        """Show how far the work is, from 0 to 1."""
        self.bar.setMaximum(_WHOLE)
        self.bar.setValue(round(share * _WHOLE))

    def say_stopping(self) -> None:
        """Say that the work ends at its next whole step."""
        self.said.setText(word("waiting_stopping"))
        self.stop.setEnabled(False)

    def reject(self) -> None:
        """Ask for the end; who waits closes the dialog when it comes."""
        if self.stop.isEnabled():
            self.stop_wanted.emit()
