"""Show how every text of a damaged report stands before a new file is made of it."""

from typing import Final

from PySide6.QtWidgets import QDialog, QTextEdit, QWidget

from hyoka_desktop.messages.window import word
from hyoka_desktop.services.recovery import FactLine, Recovery, summary
from hyoka_desktop.ui.dialogs.frame import add_foot, answer_buttons, dialog_column, open_fitting, open_with
from hyoka_desktop.ui.linelist import LineList
from hyoka_desktop.ui.pages.fieldblock import plain_label

_SIZE: Final = (860, 560)
_READER_HEIGHT: Final = 130


class DamageDialog(QDialog):
    """List what is not simply intact, the worst first, with its text; accepting it means to make the new file."""

    def __init__(self, parent: QWidget, recovery: Recovery) -> None:
        super().__init__(parent)
        self.setWindowTitle(word("damage_report_title"))
        open_with(self, *_SIZE)
        self._lines: tuple[FactLine, ...] = recovery.lines()
        self.summary = plain_label(summary(recovery))
        self.summary.setWordWrap(True)
        self.list = LineList((word("damage_where"), word("damage_standing")))
        self.list.setAccessibleName(word("damage_report_title"))
        self.list.chosen_changed.connect(self._show)
        self.reader = QTextEdit()
        self.reader.setReadOnly(True)
        self.reader.setTabChangesFocus(True)
        self.reader.setAccessibleName(word("damage_text"))
        self.reader.setMaximumHeight(_READER_HEIGHT)
        self.list.fill([(line.where, word(f"standing_{line.standing.value}")) for line in self._lines])
        self._lay_out()
        if not self._lines:
            self.list.hide()
            self.reader.hide()
            open_fitting(self)

    def _show(self) -> None:
        rows = [row for row in self.list.chosen_lines if row < len(self._lines)]
        self.reader.setPlainText(self._lines[rows[0]].text if rows else "")

    def _lay_out(self) -> None:
        buttons, _ = answer_buttons(self, word("damage_make"))
        column = dialog_column(self)
        column.addWidget(self.summary)
        column.addWidget(self.list, 1)
        column.addWidget(self.reader)
        add_foot(self, buttons)
