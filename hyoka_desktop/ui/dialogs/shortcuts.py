"""List every function of the window with its menu and its key, and let one be carried out from there."""

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.dialogs.frame import add_foot, dialog_column, open_with
from hyoka_desktop.ui.linelist import LineList
from hyoka_desktop.ui.pages.fieldblock import plain_label

_SIZE = (640, 640)


class ShortcutList(QDialog):
    """Show the functions; `chosen` is the one that was picked."""

    def __init__(self, parent: QWidget, functions: Sequence[tuple[str, QAction]]) -> None:
        super().__init__(parent)
        self._functions = [action for _, action in functions]
        self.chosen: QAction | None = None
        self.setWindowTitle(word("shortcuts_title"))
        open_with(self, *_SIZE)
        self.list = LineList([word(head) for head in ("shortcut_action", "shortcut_menu", "shortcut_key")])
        self.list.setAccessibleName(word("shortcuts_title"))
        self.list.fill([(action.iconText(), menu, action.shortcut().toString()) for menu, action in functions])
        self.list.activated.connect(lambda _: self._pick())
        text = plain_label(word("shortcuts_text"))
        text.setWordWrap(True)
        buttons = QDialogButtonBox()
        buttons.addButton(word("close"), QDialogButtonBox.ButtonRole.RejectRole).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = dialog_column(self)
        column.addWidget(text)
        column.addWidget(self.list)
        add_foot(self, buttons)

    def _pick(self) -> None:
        rows = self.list.chosen_lines
        if len(rows) == 1 and self._functions[rows[0]].isEnabled():
            self.chosen = self._functions[rows[0]]
            self.accept()
