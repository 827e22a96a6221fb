"""Continue and end lists in a text document, each in one step of undo."""

from PySide6.QtGui import QTextCursor

from hyoka_desktop.services.writing import continued_mark, is_empty_item


def continue_list(cursor: QTextCursor) -> bool:
    """Begin the next item of the list at a cursor, or end the list at an empty item; tell whether there is a list."""
    paragraph = cursor.block().text()
    if cursor.hasSelection():
        return False
    if is_empty_item(paragraph) and cursor.atBlockEnd():
        _empty_paragraph(cursor)
        return True
    mark = continued_mark(paragraph)
    if not mark or not cursor.block().text()[: cursor.positionInBlock()].strip(mark + " \u3000"):
        return False
    cursor.beginEditBlock()
    cursor.insertBlock()
    cursor.insertText(mark)
    cursor.endEditBlock()
    return True


def remove_empty_mark(cursor: QTextCursor) -> bool:
    """Take away the mark before a cursor where nothing stands behind it; tell whether it did."""
    if cursor.hasSelection() or not cursor.atBlockEnd() or not is_empty_item(cursor.block().text()):
        return False
    _empty_paragraph(cursor)
    return True


def _empty_paragraph(cursor: QTextCursor) -> None:
    cursor.beginEditBlock()
    cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.removeSelectedText()
    cursor.endEditBlock()
