"""Ask what to find on the pages, and step through what was found."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from hyoka_desktop.messages.window import action_text, word
from hyoka_desktop.ui.icons import icon
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.theme import UNIT


class FindBar(QWidget):
    """Hold the line to write in, the count, and the buttons.

    Enter goes to the next place, with Shift to the one before, with Ctrl to the field of the place.
    """

    wanted = Signal(str)
    stepped = Signal(int)
    field_wanted = Signal()
    closed = Signal()

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(hint)
        self.line.setToolTip(word("find_tip"))
        self.line.setClearButtonEnabled(True)
        self.line.textChanged.connect(self.wanted)
        self.count = plain_label("", "faint")
        row = QHBoxLayout(self)
        row.setContentsMargins(UNIT, 0, UNIT, UNIT)
        row.setSpacing(4)
        row.addWidget(self.line)
        row.addWidget(self.count)
        self.buttons: dict[str, QToolButton] = {}
        for name, icon_name in (("find_previous", "chevron-up"), ("find_next", "chevron-down"), ("find_close", "x")):
            self.buttons[name] = button = QToolButton()
            button.setIcon(icon(icon_name))
            button.setToolTip(action_text(name))
            button.setAccessibleName(action_text(name))
            row.addWidget(button)
        self.buttons["find_previous"].clicked.connect(lambda: self.stepped.emit(-1))
        self.buttons["find_next"].clicked.connect(lambda: self.stepped.emit(1))
        self.buttons["find_close"].clicked.connect(self.close_bar)
        self.hide()

    def open_bar(self) -> None:
        """Show the bar, ready to write."""
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self.wanted.emit(self.line.text())

    def close_bar(self) -> None:
        """Hide the bar."""
        self.hide()
        self.closed.emit()

    def show_count(self, current: int, found: int) -> None:
        """Show which of how many places is in hand (from 1; 0 where none is)."""
        if not self.line.text():
            self.count.clear()
        elif not found:
            self.count.setText(word("find_none"))
        else:
            self.count.setText(word("find_count", current=current, found=found))
        for name in ("find_previous", "find_next"):
            self.buttons[name].setEnabled(found > 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with Enter and F3, close with Escape."""
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.field_wanted.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_F3:
                self.stepped.emit(-1 if back else 1)
            case Qt.Key.Key_Escape:
                self.close_bar()
            case _:
                super().keyPressEvent(event)
