"""What every field editor does: show a text, tell each keystroke, tell when the text is final."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from hyoka_desktop.domain.report import Address
from hyoka_desktop.formdef.model import FieldDefinition
from hyoka_desktop.ui.editors.documents import DocumentMemory
from hyoka_desktop.ui.editors.quotes import Quotes
from hyoka_desktop.ui.editors.units import split_at


class FieldEditor(QWidget):
    """Edit one field.

    `typed` carries what is on the screen at each keystroke, composition text included. `finished` says that the field
    was left, or that a choice was made: then `text` is final. `undo_wanted` and `redo_wanted` are sent where the editor
    itself has nothing to take back; `walked` that it took back or repeated some typing; `refused` that somebody writes
    where nothing can be written.
    """

    typed = Signal(str)
    finished = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()
    cleaned = Signal(object)
    walked = Signal()
    refused = Signal()

    def __init__(self, field: FieldDefinition) -> None:
        super().__init__()
        self.field = field
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)

    def text(self) -> str:
        """Tell the text without composition."""
        raise NotImplementedError

    def show_text(self, text: str) -> None:
        """Show a text that comes from the report; nothing is told, and it cannot be undone in the editor."""
        raise NotImplementedError

    def attach(self, documents: DocumentMemory, quotes: Quotes, is_newest: Callable[[], bool]) -> None:
        """Take what an editor of prose needs to know of the report."""

    def turn_to(self, address: Address) -> None:
        """Edit the field of an address from here on; an editor may have kept what could be undone there."""

    def refresh_values(self) -> None:
        """Show what the table of indicators says now."""

    @property
    def was_walked_back(self) -> bool:
        """Tell whether typing was taken back since the text was final."""
        return False

    def set_locked(self, locked: bool) -> None:
        """Show the text for reading only, or let it be edited."""
        raise NotImplementedError

    @property
    def is_composing(self) -> bool:
        """Tell whether an input method is composing text here."""
        return False

    def finish_composition(self) -> None:
        """Take what an input method is composing as typed."""

    def settle(self) -> None:
        """Take the text as final: what is typed from here on is a step of its own."""


def would_write(event: QKeyEvent) -> bool:
    """Tell whether a key would change a text: a character, Enter, Backspace, Delete, a paste or a cut."""
    writes = event.matches(QKeySequence.StandardKey.Paste) or event.matches(QKeySequence.StandardKey.Cut)
    return writes or event.key() in _WRITING or (bool(event.text()) and event.text().isprintable())


_WRITING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


def with_composition(text: str, position: int, composition: str) -> str:
    """Tell a text with what is being composed at a position; Qt counts positions in UTF-16 units."""
    before, after = split_at(text, position)
    return before + composition + after
