"""Put a pasted text into a document: first as it came, then tidied, so that undo gives back what came."""

from collections.abc import Mapping

from PySide6.QtGui import QTextCursor

from hyoka_desktop.services.writing import Tidying, tidy
from hyoka_desktop.ui.editors.chips import insert_stored


def insert_tidied(cursor: QTextCursor, text: str, *, is_cell: bool, tidies: bool) -> Mapping[Tidying, int]:
    """Paste a clean text at a cursor; tell what was tidied, which is a second step of undo."""
    start = cursor.selectionStart()
    insert_stored(cursor, text)
    done = tidy(text, is_cell=is_cell) if tidies else None
    if done is None or not done.changed:
        return {}
    cursor.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
    insert_stored(cursor, done.text)
    return done.changed
