"""A line of widgets that goes on below where its room is too narrow."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from hyoka_desktop.ui.theme import UNIT


class WrappingLine(QLayout):
    """Lay widgets beside each other as in writing; those `at_end` stand at the right edge of their line.

    They stand in the middle of the line, those with the alignment `AlignTop` at its top.
    """

    def __init__(self, spacing: int = UNIT) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._at_end: list[QWidget] = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def add_at_end(self, widget: QWidget) -> None:
        """Put a widget behind the others, at the right edge."""
        self._at_end.append(widget)
        self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        """Put an item behind the others."""
        self._items.append(item)

    def count(self) -> int:
        """Tell how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Tell an item by its place, None behind the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item out; None behind the last."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Ask for no more than is needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Tell that a narrow line is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Tell the height at a width."""
        return self._place(QRect(0, 0, width, 0), moves=False)

    def sizeHint(self) -> QSize:
        """Ask for one line."""
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() for hint in hints) + self.spacing() * max(len(hints) - 1, 0)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """Need the room of the broadest item."""
        least = QSize(0, 0)
        for item in self._shown():
            least = least.expandedTo(item.minimumSize())
        return least

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._place(rect, moves=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """Break the items into lines."""
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._shown():
            wide = item.sizeHint().width()
            if lines and used + self.spacing() + wide <= width:
                lines[-1].append(item)
                used += self.spacing() + wide
            else:
                lines.append([item])
                used = wide
        return lines

    def _place(self, rect: QRect, *, moves: bool) -> int:
        """Tell the height of the lines in a place, and move the items there where that is wanted."""
        y = rect.top()
        for line in self._lines(rect.width()):
            height = max(_size(item, rect.width()).height() for item in line)
            if moves:
                self._place_line(line, QRect(rect.left(), y, rect.width(), height))
            y += height + self.spacing()
        return max(y - self.spacing() - rect.top(), 0)

    def _place_line(self, line: list[QLayoutItem], place: QRect) -> None:
        """Place the items of one line."""
        left, right = place.left(), place.right() + 1
        for item in [item for item in line if item.widget() not in self._at_end]:
            item.setGeometry(self._within(item, left, place))
            left += item.geometry().width() + self.spacing()
        for item in reversed([item for item in line if item.widget() in self._at_end]):
            item.setGeometry(self._within(item, right - item.sizeHint().width(), place))
            right -= item.geometry().width() + self.spacing()

    def _within(self, item: QLayoutItem, left: int, line: QRect) -> QRect:
        """Tell the place of an item in the middle of its line, no wider than the line."""
        size = _size(item, line.width())
        below = 0 if item.alignment() & Qt.AlignmentFlag.AlignTop else (line.height() - size.height()) // 2
        return QRect(QPoint(left, line.top() + below), size)


def _size(item: QLayoutItem, width: int) -> QSize:
    """Tell the size of an item in a line of a width: a text that goes on below is higher where it is narrower."""
    hint = item.sizeHint()
    if hint.width() <= width or not item.hasHeightForWidth():
        return QSize(min(hint.width(), width), hint.height())
    return QSize(width, item.heightForWidth(width))
