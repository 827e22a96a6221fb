"""Show the tree: long titles wrap, the letter stands in a badge at the right, keys move lines."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.domain.work import WorkState
from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.statesigns import paint_bubble, paint_state
from hyoka_desktop.ui.theme import COLOURS, UNIT, scaled
from hyoka_desktop.ui.tree_model import (
    COMMENTS_ROLE,
    LETTER_ROLE,
    MARKS_ROLE,
    STATE_ROLE,
    UNDERLINE_ROLE,
    Entry,
    ReportTreeModel,
)

_BADGE, _BADGE_HEIGHT = 24, 20
_PADDING = 7
_DISC = 13
_BUBBLE = 17
_INDENT = 14
_LEAST_WIDTH = 200
_LEAST_TITLE = 60
_LEAST_CHARACTERS = 6
"""Fewer characters on a line of a title are too few; what stands beside it goes below it then."""
_WRAP = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere


class _LineDelegate(QStyledItemDelegate):
    """Paint a line: title wrapped, marks and letter at the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        # To break a title takes long, and Qt asks for all of them again and again.
        self._heights: dict[tuple[str, int, str], int] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Ask for the height of the wrapped title."""
        view = option.widget
        width = view.viewport().width() if isinstance(view, QTreeView) else 240
        depth = 2 if index.parent().isValid() else 1
        metrics = QFontMetrics(option.font)
        room, below = self.title_room(width - depth * _INDENT, index, metrics)
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        known = (text, room, option.font.key())
        height = self._heights.get(known)
        if height is None:
            box = QRect(0, 0, room, 10_000)
            height = metrics.boundingRect(box, int(_WRAP | Qt.AlignmentFlag.AlignLeft), text).height()
            self._heights[known] = height
        return QSize(width, height + below + 2 * _PADDING)

    def title_room(
        self, width: int, index: QModelIndex | QPersistentModelIndex, metrics: QFontMetrics
    ) -> tuple[int, int]:
        """Tell the width of a title in a line, and the height below it for what has no room beside it."""
        beside = width - _left(index) - self._right(index, metrics) - UNIT
        if index.data(LETTER_ROLE) is None or beside >= metrics.height() * _LEAST_CHARACTERS:
            return max(beside, _LEAST_TITLE), 0
        return max(width - _left(index) - UNIT, _LEAST_TITLE), scaled(_BADGE_HEIGHT) + UNIT // 2

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint background, title, marks and badge."""
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(option.rect, QColor(COLOURS.accent_soft))
            painter.fillRect(
                QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), QColor(COLOURS.accent)
            )
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QColor(COLOURS.accent))
                painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        metrics = QFontMetrics(option.font)
        room, below = self.title_room(option.rect.width(), index, metrics)
        box = QRect(option.rect.left() + _left(index), option.rect.top(), room, option.rect.height() - below)
        painter.setPen(QColor(COLOURS.text))
        flags = int(_WRAP | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(box, flags, str(index.data(Qt.ItemDataRole.DisplayRole)))
        self._paint_state(painter, box, index)
        line = option.rect if not below else option.rect.adjusted(0, box.height() - _PADDING, 0, -_PADDING)
        self._paint_badge(painter, line, index, metrics)
        painter.restore()

    def _paint_state(self, painter: QPainter, line: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        """Paint the disc of the state before the title."""
        state = index.data(STATE_ROLE)
        if state is not None:
            size = scaled(_DISC)
            box = QRectF(line.left() - _left(index) + UNIT - 0.5, line.center().y() - size / 2 + 0.5, size, size)
            paint_state(painter, box, WorkState(state))

    def _right(self, index: QModelIndex | QPersistentModelIndex, metrics: QFontMetrics) -> int:
        if index.data(LETTER_ROLE) is None:
            return UNIT
        marks = metrics.horizontalAdvance(index.data(MARKS_ROLE) or "")
        return scaled(_BADGE) + UNIT + marks + UNIT + _talk_width(index, metrics)

    def _paint_badge(
        self, painter: QPainter, line: QRect, index: QModelIndex | QPersistentModelIndex, metrics: QFontMetrics
    ) -> None:
        letter = index.data(LETTER_ROLE)
        if letter is None:
            return
        width, height = scaled(_BADGE), scaled(_BADGE_HEIGHT)
        badge = QRect(line.right() - width - UNIT // 2, line.center().y() - height // 2, width, height)
        marks = index.data(MARKS_ROLE) or ""
        painter.setPen(QColor(COLOURS.faint))
        left = badge.left() - metrics.horizontalAdvance(marks)
        painter.drawText(left - 4, line.center().y() + metrics.ascent() // 2 - 1, marks)
        self._paint_talk(painter, QPoint(left - UNIT, line.center().y()), index, metrics)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        style = Qt.PenStyle.SolidLine if letter else Qt.PenStyle.DashLine
        painter.setPen(QPen(QColor(COLOURS.faint if letter else COLOURS.edge), 1, style))
        painter.setBrush(QColor(COLOURS.paper))
        painter.drawRoundedRect(badge, 4, 4)
        painter.setPen(QColor(COLOURS.text))
        font = painter.font()
        font.setUnderline(bool(index.data(UNDERLINE_ROLE)))
        painter.setFont(font)
        painter.drawText(badge, int(Qt.AlignmentFlag.AlignCenter), letter)

    def _paint_talk(
        self, painter: QPainter, right: QPoint, index: QModelIndex | QPersistentModelIndex, metrics: QFontMetrics
    ) -> None:
        """Paint a bubble with the number of open comments, its right edge at a point."""
        count = index.data(COMMENTS_ROLE)
        if not count:
            return
        width = _talk_width(index, metrics) - UNIT // 2
        box = QRect(right.x() - width, right.y() - scaled(_BUBBLE) // 2, width, scaled(_BUBBLE))
        paint_bubble(painter, box, str(count))


def _left(index: QModelIndex | QPersistentModelIndex) -> int:
    """Tell the room before a title: that of the disc, where the line has a state."""
    return UNIT if index.data(STATE_ROLE) is None else UNIT + scaled(_DISC) + UNIT * 3 // 4


def _talk_width(index: QModelIndex | QPersistentModelIndex, metrics: QFontMetrics) -> int:
    count = index.data(COMMENTS_ROLE)
    return metrics.horizontalAdvance(str(count)) + UNIT + UNIT // 2 if count else 0


class ReportTree(QTreeView):
    """Show the report and choose a part of it."""

    chosen = Signal(object)
    removal_wanted = Signal()
    move_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderHidden(True)
        self.setIndentation(_INDENT)
        self.setItemDelegate(_LineDelegate(self))
        self.setUniformRowHeights(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(word("tree"))
        self.setMinimumWidth(scaled(_LEAST_WIDTH))
        self.menu = QMenu(self)
        self._current: Entry | None = None
        self._place = 0
        self._wanted: frozenset[int] | None = None

    def show_model(self, model: ReportTreeModel) -> None:
        """Show the tree of a report, everything open."""
        self.setModel(model)
        model.modelReset.connect(self._restore)
        self.selectionModel().currentChanged.connect(self._tell)
        self.expandAll()

    def choose(self, entry: Entry) -> None:
        """Go to an entry."""
        model = self.model()
        if isinstance(model, ReportTreeModel):
            index = model.index_of(entry)
            if index.isValid():
                self.setCurrentIndex(index)

    def show_only(self, wanted: frozenset[int] | None) -> None:
        """Show only some items, given by node; None shows all."""
        self._wanted = wanted
        model = self.model()
        if not isinstance(model, ReportTreeModel):
            return
        for entry in model.entries():
            index = model.index_of(entry)
            hidden = wanted is not None and entry.kind is NodeKind.ITEM and entry.node not in wanted
            if hidden != self.isRowHidden(index.row(), index.parent()):
                self.setRowHidden(index.row(), index.parent(), hidden)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move lines with Alt and the arrow keys, remove with Delete."""
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in moves:
            self.move_wanted.emit(moves[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Delete:
            self.removal_wanted.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the menu where the mouse is, or at the line in hand."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        line = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.menu.popup(line if by_key else event.globalPos())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap titles anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _tell(self, current: QModelIndex) -> None:
        model = self.model()
        if isinstance(model, ReportTreeModel):
            entry = model.entry(current)
            if entry is not None and not entry.same_place(self._current):
                self._current = entry
                self._place = list(model.entries()).index(entry)
                self.chosen.emit(entry)

    def _restore(self) -> None:
        """Go back to where one was after the tree was read anew; to what took its place where that is gone."""
        self.expandAll()
        model = self.model()
        if not isinstance(model, ReportTreeModel):
            return
        index = model.index_of(self._current) if self._current else QModelIndex()
        if not index.isValid() and model.entries():
            index = model.index_of(model.entries()[min(self._place, len(model.entries()) - 1)])
        self.setCurrentIndex(index)
        if self._wanted is not None:
            self.show_only(self._wanted)
