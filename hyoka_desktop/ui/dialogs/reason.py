"""Ask why a final state is given up, and ask for a short text."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QLineEdit, QWidget

from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.dialogs.frame import add_foot, answer_buttons, dialog_column
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.theme import UNIT

_WIDTH = UNIT * 52


class ReasonDialog(QDialog):
    """Ask for the reason of giving up a final state; without one there is nothing to press."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(word("unlock_title"))
        self.reason = QLineEdit()
        self.reason.setAccessibleName(word("unlock_reason"))
        self.reason.setPlaceholderText(word("unlock_reason_hint"))
        self.reason.setMinimumWidth(_WIDTH)
        buttons, self.unlock = answer_buttons(self, word("unlock_do"))
        form = QFormLayout()
        form.addRow(word("unlock_reason"), self.reason)
        column = dialog_column(self)
        text = plain_label(word("unlock_text"))
        text.setWordWrap(True)
        column.addWidget(text)
        column.addLayout(form)
        add_foot(self, buttons)
        self.reason.textChanged.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.unlock.setEnabled(bool(self.reason.text().strip()))


def ask_reason(parent: QWidget) -> str:
    """Ask for a reason; empty where the person would rather leave it."""
    dialog = ReasonDialog(parent)
    reason = dialog.reason.text().strip() if dialog.exec() else ""
    dialog.deleteLater()
    return reason


class NameDialog(QDialog):
    """Ask for a name, those that are known on offer."""

    def __init__(self, parent: QWidget, title: str, known: Sequence[str], now: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.name = QComboBox()
        self.name.setEditable(True)
        self.name.addItems(list(known))
        self.name.setCurrentText(now)
        self.name.setAccessibleName(title)
        self.name.setMinimumWidth(_WIDTH)
        buttons, _ = answer_buttons(self, word("progress_set_do"))
        column = dialog_column(self)
        column.addWidget(plain_label(title))
        column.addWidget(self.name)
        add_foot(self, buttons)


def ask_name(parent: QWidget, title: str, known: Sequence[str], now: str) -> str | None:
    """Ask for a name; None where nothing is to change, an empty one takes the name away."""
    dialog = NameDialog(parent, title, known, now)
    name = dialog.name.currentText().strip() if dialog.exec() else None
    dialog.deleteLater()
    return name
