"""Show how two texts differ: what went is struck out, what came is underlined; colour only helps."""

from typing import Final

from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QWidget

from hyoka_desktop.messages.window import word
from hyoka_desktop.services.writing import PieceKind, differences
from hyoka_desktop.ui.editors.wordsteps import WordedTextEdit
from hyoka_desktop.ui.theme import COLOURS, LINE_HEIGHT_PERCENT


class DifferenceView(WordedTextEdit):
    """Show one text with its changes, for reading."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setProperty("role", "difference")
        self.setAccessibleName(word("difference"))
        self.setAccessibleDescription(word("difference_tip"))

    def show_texts(self, before: str, after: str) -> None:
        """Show the text after with what it was before; equal texts stand as they are."""
        self.clear()
        cursor = QTextCursor(self.document())
        spacing = QTextBlockFormat()
        spacing.setLineHeight(LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.setBlockFormat(spacing)
        for piece in differences(before, after):
            cursor.insertText(_seen(piece.text, piece.kind), _format(piece.kind))
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def show_nothing(self, why: str) -> None:
        """Say why there is nothing to compare."""
        self.setPlainText("")
        self.setPlaceholderText(why)


_LINE_END: Final = "⏎"


def _seen(text: str, kind: PieceKind) -> str:
    """Let a line end that came or went be seen."""
    return text if kind is PieceKind.SAME else text.replace("\n", f"{_LINE_END}\n")


def _format(kind: PieceKind) -> QTextCharFormat:
    shape = QTextCharFormat()
    if kind is not PieceKind.SAME:
        shape.setForeground(QColor(COLOURS.good if kind is PieceKind.ADDED else COLOURS.bad))
        shape.setFontUnderline(kind is PieceKind.ADDED)
        shape.setFontStrikeOut(kind is PieceKind.REMOVED)
    return shape
