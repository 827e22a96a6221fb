"""Go through a text in strides: by what the page around shows at a time, and by paragraphs."""

from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit

from hyoka_desktop.ui.scrolled import page_height

_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_PAGES: Final = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_PARAGRAPHS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_MOVE: Final = QTextCursor.MoveOperation


def is_stride(event: QKeyEvent) -> bool:
    """Tell whether a key goes by a page, or with Ctrl by a paragraph; with Shift it chooses what is passed."""
    modifiers = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | _SHIFT)
    if modifiers == _CTRL:
        return event.key() in _PARAGRAPHS
    return not modifiers and event.key() in _PAGES


def take_stride(edit: QTextEdit, event: QKeyEvent) -> bool:
    """Go where a key leads; tell whether there was text to go to.

    Where not, as in a text for reading, the page itself may take the key.
    """
    if edit.isReadOnly():
        return False
    cursor, key = edit.textCursor(), Qt.Key(event.key())
    keep = bool(event.modifiers() & _SHIFT)
    mode = QTextCursor.MoveMode.KeepAnchor if keep else QTextCursor.MoveMode.MoveAnchor
    if key in _PAGES:
        cursor.setPosition(_by_page(edit, _PAGES[key]), mode)
    else:
        _go_by_paragraph(cursor, _PARAGRAPHS[key], mode)
    moved = cursor.position() != edit.textCursor().position()
    if moved:
        edit.setTextCursor(cursor)
    return moved


def _by_page(edit: QTextEdit, by: int) -> int:
    place = edit.cursorRect()
    step = page_height(edit) - place.height()
    return edit.cursorForPosition(place.center() + QPoint(0, by * step)).position()


def _go_by_paragraph(cursor: QTextCursor, by: int, mode: QTextCursor.MoveMode) -> None:
    """Go to the beginning of the paragraph, or of the one before or behind; behind the last to its end."""
    if by < 0:
        cursor.movePosition(_MOVE.PreviousBlock if cursor.atBlockStart() else _MOVE.StartOfBlock, mode)
    elif not cursor.movePosition(_MOVE.NextBlock, mode):
        cursor.movePosition(_MOVE.End, mode)
