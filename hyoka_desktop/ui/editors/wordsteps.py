"""Go through a text by words, erase them and choose them, where Qt takes Japanese between two marks for one word."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QElapsedTimer, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit, QWidget

from hyoka_desktop.services.writing import next_word, previous_word, word_around
from hyoka_desktop.ui.editors.inputplace import PlacedTextEdit
from hyoka_desktop.ui.editors.units import split_at, units_of

_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ERASING: Final = {Qt.Key.Key_Backspace: -1, Qt.Key.Key_Delete: 1}
_KEEP: Final = QTextCursor.MoveMode.KeepAnchor


def is_word_step(event: QKeyEvent) -> bool:
    """Tell whether a key goes by a word, choosing with Shift, or erases one."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return (event.key() in _STEPS and modifiers & ~_SHIFT == _CTRL) or erases_word(event)


def erases_word(event: QKeyEvent) -> bool:
    """Tell whether a key erases a word."""
    return event.key() in _ERASING and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == _CTRL


def step_in_text(edit: QTextEdit, event: QKeyEvent) -> None:
    """Do what the key says in a text of paragraphs."""
    cursor, key = edit.textCursor(), Qt.Key(event.key())
    if not erases_word(event):
        keeps = bool(event.modifiers() & _SHIFT)
        cursor.setPosition(_target(cursor, _STEPS[key]), _KEEP if keeps else QTextCursor.MoveMode.MoveAnchor)
    else:
        if not cursor.hasSelection():
            cursor.setPosition(_target(cursor, _ERASING[key]), _KEEP)
        cursor.removeSelectedText()
    edit.setTextCursor(cursor)
    edit.ensureCursorVisible()


def step_in_line(edit: QLineEdit, event: QKeyEvent) -> None:
    """Do what the key says in a line."""
    key, erases = Qt.Key(event.key()), erases_word(event)
    if not erases or not edit.hasSelectedText():
        by = _ERASING[key] if erases else _STEPS[key]
        target = _in_units(edit.text(), edit.cursorPosition(), next_word if by > 0 else previous_word)
        _move(edit, target, keeps=erases or bool(event.modifiers() & _SHIFT))
    if erases:
        edit.del_()


def choose_in_line(edit: QLineEdit, place: QPoint) -> None:
    """Choose the word of a line that is pointed at."""
    start, end = _word_in_units(edit.text(), edit.cursorPositionAt(place))
    edit.setSelection(start, end - start)


class WordMouse:
    """Choose words of a text with the mouse: by a double click, more of them by pulling, the paragraph by a third."""

    def __init__(self, edit: QTextEdit) -> None:
        self._edit = edit
        self._chosen: tuple[int, int] | None = None
        self._since = QElapsedTimer()
        self._where = QPoint()

    def choose(self, place: QPoint) -> None:
        """Choose the word that is pointed at."""
        self._chosen = self._word_at(place)
        self._where = place
        self._since.start()
        self._select(*self._chosen)

    def pull(self, place: QPoint) -> bool:
        """Choose the words up to a place while the button is held after a double click; tell whether it is."""
        if self._chosen is None:
            return False
        (start, end), (first, last) = self._word_at(place), self._chosen
        self._select(*((last, start) if start < first else (first, max(end, last))))
        return True

    def press(self, place: QPoint) -> bool:
        """Choose the paragraph where this is a third click; tell whether it is."""
        is_third = self._since.isValid() and not self._since.hasExpired(QApplication.doubleClickInterval())
        self._since.invalidate()
        if not is_third or (place - self._where).manhattanLength() > QApplication.startDragDistance():
            return False
        cursor = self._edit.textCursor()
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        start = cursor.block().position()
        self._select(start, start + cursor.block().length() - 1)
        return True

    def let_go(self) -> None:
        """End pulling."""
        self._chosen = None

    def _word_at(self, place: QPoint) -> tuple[int, int]:
        cursor = self._edit.cursorForPosition(place)
        if self._edit.cursorRect(cursor).left() > place.x() and not cursor.atBlockStart():
            # The nearest gap is the one behind the character that is pointed at.
            cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter)
        start, end = _word_in_units(cursor.block().text(), cursor.positionInBlock())
        return cursor.block().position() + start, cursor.block().position() + end

    def _select(self, anchor: int, place: int) -> None:
        cursor = self._edit.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(place, _KEEP)
        self._edit.setTextCursor(cursor)


class WordedTextEdit(PlacedTextEdit):
    """A text of which the mouse chooses words and paragraphs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = WordMouse(self)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Choose the word that is pointed at."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._words.choose(event.position().toPoint())
        else:
            super().mouseDoubleClickEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the paragraph at the third click."""
        if event.button() is not Qt.MouseButton.LeftButton or not self._words.press(event.position().toPoint()):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Choose more words while the button is held after a double click."""
        if not self._words.pull(event.position().toPoint()):
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End choosing words."""
        self._words.let_go()
        super().mouseReleaseEvent(event)


def _target(cursor: QTextCursor, by: int) -> int:
    """Tell the place of the next or previous word, across the ends of paragraphs."""
    block, place = cursor.block(), cursor.positionInBlock()
    at_edge = cursor.atBlockEnd() if by > 0 else cursor.atBlockStart()
    if at_edge:
        return min(max(cursor.position() + by, 0), cursor.document().characterCount() - 1)
    return block.position() + _in_units(block.text(), place, next_word if by > 0 else previous_word)


def _move(edit: QLineEdit, target: int, *, keeps: bool) -> None:
    """Bring the cursor to a place; at once it could not keep where a selection began."""
    while edit.cursorPosition() < target:
        edit.cursorForward(keeps, 1)
    while edit.cursorPosition() > target:
        edit.cursorBackward(keeps, 1)
    if not keeps:
        edit.deselect()


def _word_in_units(text: str, place: int) -> tuple[int, int]:
    start, end = word_around(text, len(split_at(text, place)[0]))
    return units_of(text[:start]), units_of(text[:end])


def _in_units(text: str, place: int, step: Callable[[str, int], int]) -> int:
    """Take a step over a text whose places Qt counts in UTF-16 units."""
    return units_of(text[: step(text, len(split_at(text, place)[0]))])
