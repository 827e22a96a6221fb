"""Write a whole number in whatever width; it is understood when the field is left."""

import unicodedata

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from hyoka_desktop.ui.theme import look

_SHORTEST = 3
_PADDING = 18


class NumberField(QLineEdit):
    """Hold a number between 1 and `most`; what is no number goes back to the one before.

    A spin box of Qt drops full-width digits without a word, so this is a line.
    """

    chosen = Signal(int)

    def __init__(self, name: str, most: int) -> None:
        super().__init__("1")
        self._value = 1
        self._most = most
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._fit_texts()
        look().changed.connect(self._fit_texts)

    def _fit_texts(self) -> None:
        """Have room for the longest number."""
        self.ensurePolished()
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("0" * _SHORTEST) + _PADDING)

    @property
    def value(self) -> int:
        """Tell the number."""
        return self._value

    def show_value(self, value: int) -> None:
        """Show a number, unless another is just being written."""
        self._value = value
        if not (self.hasFocus() and self.isModified()):
            self.setText(str(value))

    def set_most(self, most: int) -> None:
        """Allow other numbers."""
        self._most = max(most, 1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the number, so that another can be written at once."""
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what is written."""
        super().focusOutEvent(event)
        self._take()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Count with the arrows; Enter takes what is written, and does not reach a dialog; Escape goes back."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._take()
            case Qt.Key.Key_Up:
                self._choose(self._value + 1)
            case Qt.Key.Key_Down:
                self._choose(self._value - 1)
            case Qt.Key.Key_Escape if self.isModified():
                self._show()
            case _:
                super().keyPressEvent(event)

    def _take(self) -> None:
        written = unicodedata.normalize("NFKC", self.text()).strip()
        if self.isModified() and written.isdecimal():
            self._choose(int(written))
        else:
            self._show()

    def _choose(self, value: int) -> None:
        value = min(max(value, 1), self._most)
        changed = value != self._value
        self._value = value
        self._show()
        if changed:
            self.chosen.emit(value)

    def _show(self) -> None:
        self.setText(str(self._value))
        self.setModified(False)
