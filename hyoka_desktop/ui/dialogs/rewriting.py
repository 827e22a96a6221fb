"""Let a person say a remark in other words."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.dialogs.frame import add_foot, answer_buttons, dialog_column, open_with
from hyoka_desktop.ui.editors.remark import RemarkEdit
from hyoka_desktop.ui.theme import UNIT

_SIZE = (UNIT * 64, UNIT * 28)


class RewriteDialog(QDialog):
    """Show a text to be changed; an empty one cannot be taken. `keep` hears what is to be seen at each keystroke."""

    def __init__(self, parent: QWidget, title: str, text: str, keep: Callable[[str], object] = lambda _: None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        open_with(self, *_SIZE)
        self.text = RemarkEdit()
        self.text.setPlainText(text)
        self.text.setAccessibleName(title)
        buttons, self._do = answer_buttons(self, word("comments_edit_do"))
        self.text.said.connect(self._do.click)
        column = dialog_column(self)
        column.addWidget(self.text)
        add_foot(self, buttons)
        self.text.textChanged.connect(self._follow)
        self.text.typed.connect(lambda: keep(self.text.on_screen()))
        self._follow()

    def _follow(self) -> None:
        self._do.setEnabled(bool(self.text.toPlainText().strip()))


def ask_text(parent: QWidget, title: str, text: str, keep: Callable[[str | None], object]) -> str | None:
    """Ask for other words; None where the person would rather leave them.

    Until then `keep` hears what would be lost if the program ended now: None where that is nothing.
    """
    dialog = RewriteDialog(parent, title, text, lambda now: keep(now if now.strip() and now != text else None))
    said = dialog.text.toPlainText() if dialog.exec() else None
    dialog.deleteLater()
    return said
