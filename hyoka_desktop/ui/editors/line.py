"""Edit one line: names, numbers as written, counts, dates in the era calendar."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLabel, QLineEdit

from hyoka_desktop.domain import era
from hyoka_desktop.domain.quantity import parse_number
from hyoka_desktop.formdef.model import FieldDefinition, FieldKind
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.session import clean_text
from hyoka_desktop.ui.editors.base import FieldEditor, with_composition, would_write
from hyoka_desktop.ui.editors.composition import Composition
from hyoka_desktop.ui.editors.inputplace import tell_place
from hyoka_desktop.ui.editors.wordsteps import choose_in_line, erases_word, is_word_step, step_in_line
from hyoka_desktop.ui.theme import scaled

_SHORT_KINDS = frozenset({FieldKind.COUNT, FieldKind.DATE, FieldKind.QUANTITY})
_SHORT_WIDTH = 260


class LineEdit(QLineEdit):
    """A line that tells composition, and asks for undo where it has nothing to take back.

    `refused` tells that somebody writes where nothing can be written.
    """

    composed = Signal(str)
    left = Signal()
    refused = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._composition = Composition()

    @property
    def is_composing(self) -> bool:
        """Tell whether an input method is composing."""
        return bool(self._composition)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Keep the composition in the draft too."""
        super().inputMethodEvent(event)
        tell_place(self)
        self._composition.hear(event)
        self.composed.emit(with_composition(self.text(), self.cursorPosition(), self._composition.text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo typing first; where there is none left, ask for undo of the last command."""
        self._composition.hear_key()
        if event.matches(QKeySequence.StandardKey.Undo):
            self.take_back()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.repeat()
        elif is_word_step(event) and not (self.isReadOnly() and erases_word(event)):
            if not self.is_composing:
                step_in_line(self, event)
        else:
            super().keyPressEvent(event)
            if self.isReadOnly() and would_write(event):
                self.refused.emit()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Know that a key was pressed, also where the input method took it."""
        self._composition.hear_key()
        super().keyReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Choose the word that is pointed at."""
        super().mouseDoubleClickEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and not self.is_composing:
            choose_in_line(self, event.position().toPoint())

    def take_back(self) -> None:
        """Undo typing, or ask for undo of the last command; quietly nothing while composing."""
        if not self.is_composing:
            if self.isUndoAvailable():
                self.undo()
            else:
                self.undo_wanted.emit()

    def repeat(self) -> None:
        """Redo typing, or ask for redo."""
        if not self.is_composing:
            if self.isRedoAvailable():
                self.redo()
            else:
                self.redo_wanted.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left (not for a menu or a window of the input method)."""
        if self._composition.leave(event, super().focusOutEvent, self.finish_composition):
            self.left.emit()

    def finish_composition(self) -> None:
        """Take what is being composed as typed."""
        self._composition.finish(self.inputMethodEvent, self.insert)


class LineEditor(FieldEditor):
    """Edit one line as it is written."""

    def __init__(self, field: FieldDefinition) -> None:
        super().__init__(field)
        self.edit = LineEdit()
        self.edit.setAccessibleName(field.label)
        if field.kind in _SHORT_KINDS:
            self.edit.setMaximumWidth(scaled(_SHORT_WIDTH))
        self.column.addWidget(self.edit)
        self.setFocusProxy(self.edit)
        self.edit.textEdited.connect(self._tell_typed)
        self.edit.composed.connect(self._tell_composed)
        self.edit.left.connect(self.finished)
        self.edit.returnPressed.connect(self.finished)
        self.edit.undo_wanted.connect(self.undo_wanted)
        self.edit.redo_wanted.connect(self.redo_wanted)
        self.edit.refused.connect(self.refused)

    def text(self) -> str:
        """Tell the stored form of what is written."""
        return self.stored(self.edit.text())

    def show_text(self, text: str) -> None:
        """Show a stored text as it is written."""
        shown = self.shown(text)
        if self.edit.text() != shown:
            self.edit.setText(shown)

    def set_locked(self, locked: bool) -> None:
        """Show for reading only."""
        self.edit.setReadOnly(locked)

    @property
    def is_composing(self) -> bool:
        """Tell whether an input method is composing."""
        return self.edit.is_composing

    def finish_composition(self) -> None:
        """Take what is being composed as typed."""
        self.edit.finish_composition()

    def settle(self) -> None:
        """Write the text as it is stored, and forget what could be undone inside."""
        self.show_text(self.text())
        position = self.edit.cursorPosition()
        self.edit.setText(self.edit.text())
        self.edit.setCursorPosition(position)

    def stored(self, written: str) -> str:
        """Tell what is stored for a written text."""
        return written

    def shown(self, text: str) -> str:
        """Tell how a stored text is written."""
        return text

    def _tell_typed(self, written: str) -> None:
        clean = clean_text(written)
        line = " ".join(clean.text.split("\n"))
        if line != written:
            position = self.edit.cursorPosition()
            self.edit.setText(line)
            self.edit.setCursorPosition(min(position, len(line)))
        if clean.changed:
            self.cleaned.emit(clean.changed)
        self.typed.emit(self.stored(self.edit.text()))

    def _tell_composed(self, written: str) -> None:
        self.typed.emit(self.stored(written))


class CountEditor(LineEditor):
    """Edit a number of people or things: full-width digits and commas are understood when the field is left.

    What is not a whole number stays as it is written.
    """

    def stored(self, written: str) -> str:
        """Tell the number in plain digits, or the text as written."""
        number = parse_number(written)
        if number is None or number < 0 or number != number.to_integral_value():
            return written
        return str(int(number))


class DateEditor(LineEditor):
    """Edit a day: written in the era calendar, stored as ISO 8601."""

    def __init__(self, field: FieldDefinition) -> None:
        super().__init__(field)
        self.edit.setPlaceholderText(word("date_hint"))
        self._complaint = QLabel(word("date_wrong"))
        self._complaint.setProperty("role", "wrong")
        self._complaint.hide()
        self.column.addWidget(self._complaint)
        self.edit.textChanged.connect(self._show_complaint)

    def stored(self, written: str) -> str:
        """Tell the day as ISO text; what is no date stays as it is written and is marked."""
        day = era.read_date(written)
        return day.isoformat() if day else written

    def shown(self, text: str) -> str:
        """Write an ISO day in the era calendar."""
        return written_date(text)

    def _show_complaint(self, written: str) -> None:
        wrong = bool(written.strip()) and _iso_date(self.stored(written)) is None
        self._complaint.setVisible(wrong and not self.edit.hasFocus())

    def settle(self) -> None:
        """Write the day as it will be printed, and say where it is none."""
        super().settle()
        self._show_complaint(self.edit.text())


def written_date(text: str) -> str:
    """Write a stored day in the era calendar; what is no day stays as it is."""
    day = _iso_date(text)
    return era.format_date(day) if day else text


def _iso_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
