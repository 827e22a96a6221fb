"""Show the three texts of a question beside each other, the differences marked, and the result as text to edit."""

from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QTextCursor, QTextFormat, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSplitter, QTextEdit, QVBoxLayout, QWidget

from hyoka_desktop.messages.window import word
from hyoka_desktop.services.reviewing import Columns
from hyoka_desktop.ui.difference import DifferenceView
from hyoka_desktop.ui.editors.chips import document_place, insert_stored
from hyoka_desktop.ui.editors.documents import new_document, space_lines
from hyoka_desktop.ui.editors.growing import GrowingTextEdit
from hyoka_desktop.ui.editors.underlines import underlined
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.quoting import FieldQuotes
from hyoka_desktop.ui.theme import COLOURS
from hyoka_desktop.ui.workplace import Workplace

_NAMES: Final = ("review_base", "review_ours", "review_theirs")
_LEAST: Final = QSize(120, 64)


class ThreeColumns(QSplitter):
    """Show what stood there when it went out, what stands here, and what they made of it."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)
        self.views = {name: DifferenceView() for name in _NAMES}
        for name, view in self.views.items():
            view.setAccessibleName(word("review_text_name", side=word(name)))
            view.setMinimumSize(_LEAST)
            self.addWidget(_under(word(name), view))
        self.setSizes([1, 1, 1])

    def show_columns(self, columns: Columns) -> None:
        """Show three texts; what ours and theirs changed is marked against the first."""
        self.views["review_base"].show_texts(columns.base, columns.base)
        self.views["review_ours"].show_texts(columns.base, columns.ours)
        self.views["review_theirs"].show_texts(columns.base, columns.theirs)


class ResultEdit(GrowingTextEdit):
    """Edit the text that will stand in the report, within a room of its own.

    `written` tells what a person typed, `composed` what is to be seen while an input method is composing.
    """

    written = Signal(str)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._node = 0
        self._kept = new_document()
        self.show_document(self._kept.document)
        self.quotes = FieldQuotes(workplace, lambda: self._node)
        self._kept.painter.ask(self.quotes.shown)
        self.setAccessibleName(word("review_result"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(_LEAST)
        self.textChanged.connect(self._tell)

    def show_result(self, text: str, node: int, passage: tuple[int, int] | None) -> None:
        """Show another text, the passage in question marked; what was typed before can no longer be undone."""
        self._node = node
        if self.plain() != text:
            with QSignalBlocker(self):
                cursor = QTextCursor(self.document())
                cursor.select(QTextCursor.SelectionType.Document)
                insert_stored(cursor, text)
                space_lines(self.document())
                self.settle()
        self._mark(passage)

    def sizeHint(self) -> QSize:
        """Be content with some lines; the rest is scrolled to."""
        return _LEAST

    def minimumSizeHint(self) -> QSize:
        """Be content with little room."""
        return _LEAST

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll: not all of the text is in sight."""
        QTextEdit.wheelEvent(self, event)

    def _mark(self, passage: tuple[int, int] | None) -> None:
        self.setExtraSelections([])
        if passage is None or passage[0] == passage[1]:
            return
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(document_place(self.document(), passage[0]))
        cursor.setPosition(document_place(self.document(), passage[1]), QTextCursor.MoveMode.KeepAnchor)
        shape = underlined(COLOURS.accent)
        shape.setBackground(QColor(COLOURS.accent_soft))
        shape.clearProperty(QTextFormat.Property.ForegroundBrush.value)
        mark.cursor, mark.format = cursor, shape
        self.setExtraSelections([mark])
        shown = QTextCursor(self.document())
        shown.setPosition(cursor.selectionStart())
        self.setTextCursor(shown)
        self.ensureCursorVisible()

    def _tell(self) -> None:
        if not self.isReadOnly():
            self.written.emit(self.plain())


def _under(caption: str, widget: QWidget) -> QWidget:
    """Put a widget below its caption."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(plain_label(caption, "caption"))
    column.addWidget(widget, stretch=1)
    return box
