"""Choose: a letter, one of some words, yes or no."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox

from hyoka_desktop.domain import fields
from hyoka_desktop.formdef.model import FieldDefinition, Letters
from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.editors.base import FieldEditor
from hyoka_desktop.ui.plain import plain_caption
from hyoka_desktop.ui.theme import scaled

_WIDTH = 260


class _Combo(QComboBox):
    """Ask for the room that its texts need."""

    def sizeHint(self) -> QSize:
        """Ask for a character more than Qt does, which measures no more than the ink of a full-width bracket."""
        return super().sizeHint() + QSize(self.fontMetrics().height() + scaled(4), 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page, so that scrolling never changes a letter."""
        event.ignore()


class ChoiceEditor(FieldEditor):
    """Choose one of some texts, or none. A stored text that is not among them is shown and kept."""

    def __init__(self, field: FieldDefinition, choices: Sequence[str], none: str) -> None:
        super().__init__(field)
        self.combo = _Combo()
        self.combo.setAccessibleName(field.label)
        self.combo.setMaximumWidth(scaled(_WIDTH))
        self.combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.combo.addItem(none, "")
        for choice in choices:
            self.combo.addItem(choice, choice)
        self.column.addWidget(self.combo, alignment=Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.combo)
        self.combo.activated.connect(lambda _: self.finished.emit())

    def text(self) -> str:
        """Tell the chosen text."""
        return str(self.combo.currentData())

    def show_text(self, text: str) -> None:
        """Show a stored text."""
        place = self.combo.findData(text)
        if place < 0:
            self.combo.addItem(text, text)
            place = self.combo.count() - 1
        self.combo.setCurrentIndex(place)

    def set_locked(self, locked: bool) -> None:
        """Show for reading only."""
        self.combo.setEnabled(not locked)


def letter_editor(field: FieldDefinition, letters: Letters) -> ChoiceEditor:
    """Make an editor for a rating letter."""
    return ChoiceEditor(field, (*letters.choices, letters.inactive), word("letter_none"))


class FlagEditor(FieldEditor):
    """Say yes or no."""

    def __init__(self, field: FieldDefinition) -> None:
        super().__init__(field)
        self.box = QCheckBox(plain_caption(field.label))
        self.box.setAccessibleName(field.label)
        self.column.addWidget(self.box)
        self.setFocusProxy(self.box)
        self.box.clicked.connect(lambda _: self.finished.emit())

    def text(self) -> str:
        """Tell the flag as stored."""
        return fields.TRUE if self.box.isChecked() else fields.FALSE

    def show_text(self, text: str) -> None:
        """Show a stored flag."""
        self.box.setChecked(text == fields.TRUE)

    def set_locked(self, locked: bool) -> None:
        """Show for reading only."""
        self.box.setEnabled(not locked)
