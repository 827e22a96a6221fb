"""Underline stretches of an editor without touching its document.

WORKAROUND: Qt clips the underline of an extra selection to the height of the glyphs, so that it mostly cannot be seen.
"""

from typing import Final

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QPainter, QPen, QTextBlock, QTextCharFormat, QTextFormat
from PySide6.QtWidgets import QTextEdit

_UNDERLINE: Final = QTextFormat.Property.UserProperty.value + 2
_BELOW: Final = 3.0
_THICKNESS: Final = 1.2


def underlined(colour: str) -> QTextCharFormat:
    """Make the format of a stretch that is coloured and underlined."""
    mark = QTextCharFormat()
    mark.setForeground(QColor(colour))
    mark.setProperty(_UNDERLINE, colour)
    return mark


def paint_underlines(edit: QTextEdit, dirty: QRect) -> None:
    """Paint the lines under the marked stretches that are within a part of the view."""
    marks = [mark for mark in edit.extraSelections() if mark.format.hasProperty(_UNDERLINE)]
    if not marks:
        return
    painter = QPainter(edit.viewport())
    painter.translate(0, -edit.verticalScrollBar().value())
    for mark in marks:
        painter.setPen(QPen(QColor(str(mark.format.property(_UNDERLINE))), _THICKNESS))
        start, end = mark.cursor.selectionStart(), mark.cursor.selectionEnd()
        block = edit.document().findBlock(start)
        while block.isValid() and block.position() < end:
            rect = edit.document().documentLayout().blockBoundingRect(block)
            if rect.intersects(dirty.translated(0, edit.verticalScrollBar().value()).toRectF()):
                _underline(painter, block, rect.topLeft(), (start - block.position(), end - block.position()))
            block = block.next()
    painter.end()


def _underline(painter: QPainter, block: QTextBlock, origin: QPointF, stretch: tuple[int, int]) -> None:
    """Paint the lines under a stretch of one paragraph."""
    for number in range(block.layout().lineCount()):
        line = block.layout().lineAt(number)
        start = max(stretch[0], line.textStart())
        end = min(stretch[1], line.textStart() + line.textLength())
        if start < end:
            below = origin.y() + line.y() + line.ascent() + _BELOW
            painter.drawLine(
                QPointF(origin.x() + _place(line.cursorToX(start)), below),
                QPointF(origin.x() + _place(line.cursorToX(end)), below),
            )


def _place(found: object) -> float:
    """Take the place out of what Qt for Python answers: the place, and the position it stands for."""
    return float(found[0] if isinstance(found, tuple | list) else found)  # type: ignore[arg-type]  # a number
