"""Say above the pages that nothing can be saved, what is safe, and offer two ways out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from hyoka_desktop.errors import HyokaError
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.messages.window import spoken, word
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.theme import UNIT


class TroubleBar(QFrame):
    """Show why saving fails, for as long as it does."""

    retry_wanted = Signal()
    elsewhere_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "trouble")
        self.label = plain_label("")
        self.label.setWordWrap(True)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.retry = QPushButton(word("trouble_retry"))
        self.retry.clicked.connect(self.retry_wanted)
        self.elsewhere = QPushButton(word("trouble_elsewhere"))
        self.elsewhere.clicked.connect(self.elsewhere_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(UNIT * 2, UNIT, UNIT * 2, UNIT)
        row.setSpacing(UNIT)
        row.addWidget(self.label)
        row.addWidget(self.retry)
        row.addWidget(self.elsewhere)
        self.hide()

    def show_error(self, error: HyokaError) -> None:
        """Say what happened, what is safe and what to do; after a fault of ours there is nothing to try again."""
        self.retry.setVisible(error.code != "store_broken")
        self.label.setText("▲ " + spoken(message_of(error)).replace("\n", ""))
        self.show()
