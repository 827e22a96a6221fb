"""List what came back: place, what it is, what it needs; each state has a word and a sign of its own."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from hyoka_desktop.messages.window import word
from hyoka_desktop.services.reviewing import LineState, Review
from hyoka_desktop.ui.circulation.reviewwords import line_text
from hyoka_desktop.ui.icons import icon
from hyoka_desktop.ui.plain import plain_tip
from hyoka_desktop.ui.theme import scaled

_SIGNS: Final = {
    LineState.OPEN: ("alert-triangle", "warning"),
    LineState.DECIDED: ("circle-check", "good"),
    LineState.CLEAR: ("check", "faint"),
    LineState.REFUSED: ("x", "bad"),
}
_SIGN: Final = 18
_AROUND: Final = 40
_ABOVE_AND_BELOW: Final = 16


class _WholeText(QStyledItemDelegate):
    """Give each line the height that its text needs.

    WORKAROUND: Qt measures the text without the room that the style keeps around it, and then cuts what it wraps.
    """

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Tell the room for sign and text."""
        view = option.widget
        room = view.viewport().width() if isinstance(view, QAbstractItemView) else option.rect.width()
        width = room - scaled(_SIGN) - _AROUND
        text, flags = str(index.data()), int(Qt.TextFlag.TextWrapAnywhere)
        needed = option.fontMetrics.boundingRect(QRect(0, 0, max(width, 1), 10_000), flags, text)
        return QSize(room, needed.height() + _ABOVE_AND_BELOW)


class ReviewList(QListWidget):
    """Show the lines of a review; one is in hand."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "entries")
        self.setAccessibleName(word("review_lines"))
        self.setWordWrap(True)
        self.setItemDelegate(_WholeText(self))
        self.setIconSize(QSize(scaled(_SIGN), scaled(_SIGN)))
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def show_review(self, review: Review) -> None:
        """Show all lines of another review."""
        with QSignalBlocker(self):
            self.clear()
            for _ in review.lines:
                self.addItem(QListWidgetItem())
            self.refresh(review)

    def refresh(self, review: Review) -> None:
        """Show what the lines need now; one decision can change what becomes of others."""
        for number in range(len(review.lines)):
            state, item = review.state(number), self.item(number)
            text = line_text(review, number)
            if item.text() != text:
                item.setText(text)
                item.setToolTip(plain_tip(text))
                item.setIcon(icon(*_SIGNS[state]))

    def go_to(self, number: int) -> None:
        """Take a line in hand."""
        self.setCurrentRow(number)
