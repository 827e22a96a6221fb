"""Show what was taken, what stayed and what was refused, to be read, saved as a text, or copied."""

from pathlib import Path
from typing import Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextEdit, QWidget

from hyoka_desktop.errors import HyokaError
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.messages.window import spoken, word
from hyoka_desktop.services.files import safe_name, write_file
from hyoka_desktop.ui.dialogs.choosing import choose_target
from hyoka_desktop.ui.dialogs.frame import add_foot, dialog_column, open_with
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.theme import UNIT

_SIZE: Final = (820, 480)
_ENCODING: Final = "utf-8-sig"
"""With a mark at its head, by which every editor of Windows knows it."""


class ReceiptDialog(QDialog):
    """Show a receipt; `returned` names the file that came back, beside which it is saved."""

    def __init__(self, parent: QWidget, text: str, returned: Path) -> None:
        super().__init__(parent)
        self.setWindowTitle(word("receipt_dialog"))
        open_with(self, *_SIZE)
        self._returned = returned
        self.text = QTextEdit()
        self.text.setReadOnly(True)
        self.text.setAcceptRichText(False)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(word("receipt_dialog"))
        self.text.setPlainText(text)
        self.state = plain_label(word("receipt_said"), "caption")
        self.state.setWordWrap(True)
        buttons = QDialogButtonBox()
        self.save = buttons.addButton(word("receipt_save"), QDialogButtonBox.ButtonRole.ActionRole)
        self.save.clicked.connect(self._save)
        self.copy = buttons.addButton(word("receipt_copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._copy)
        for button in (self.save, self.copy):
            button.setAutoDefault(False)
        buttons.addButton(word("close"), QDialogButtonBox.ButtonRole.RejectRole).setDefault(True)
        buttons.rejected.connect(self.reject)
        column = dialog_column(self, UNIT)
        column.addWidget(self.text, stretch=1)
        column.addWidget(self.state)
        add_foot(self, buttons)

    def _save(self) -> None:
        name = safe_name(word("receipt_file_name", stem=self._returned.stem))
        target = choose_target(self, word("receipt_dialog"), self._returned.parent / name, ".txt")
        if target is None:
            return
        try:
            write_file(target, self.text.toPlainText().replace("\n", "\r\n").encode(_ENCODING))
        except HyokaError as error:
            self.state.setText(spoken(message_of(error)))
        else:
            self.state.setText(word("receipt_saved", path=str(target)))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.state.setText(word("receipt_copied"))
