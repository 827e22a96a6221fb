"""Show the pages small in a strip: each is painted once, when it comes to be seen and nothing else waits."""

from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from hyoka_desktop.messages.window import word
from hyoka_desktop.typeset.frames import Layout, PageFrame
from hyoka_desktop.ui.paper.painting import PagePainter
from hyoka_desktop.ui.theme import COLOURS

_WIDTH: Final = 96
_MARGIN: Final = 8
_BETWEEN_MS: Final = 15

_Index = QModelIndex | QPersistentModelIndex


class _Pages(QAbstractListModel):
    """Tell the pages, with their numbers as names."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def rowCount(self, parent: _Index | None = None) -> int:
        """Count the pages."""
        return 0 if parent is not None and parent.isValid() else self.count

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Tell the number of a page, and its name for those who hear it."""
        if role == Qt.ItemDataRole.DisplayRole:
            return str(index.row() + 1)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return word("page_of", page=index.row() + 1, pages=self.count)
        return None

    def set_count(self, count: int) -> None:
        """Have another number of pages."""
        if count > self.count:
            self.beginInsertRows(QModelIndex(), self.count, count - 1)
            self.count = count
            self.endInsertRows()
        elif count < self.count:
            self.beginRemoveRows(QModelIndex(), count, self.count - 1)
            self.count = count
            self.endRemoveRows()


class Thumbnails(QListView):
    """Let a person choose a page by its looks."""

    chosen = Signal(int)

    def __init__(self, painter: PagePainter) -> None:
        super().__init__()
        self._painter = painter
        self._layout: Layout | None = None
        self._pictures: dict[int, tuple[PageFrame, QPixmap]] = {}
        self._wanted: list[int] = []
        self._is_following = False
        self._pages = _Pages()
        self._between = QTimer(self, singleShot=True, interval=_BETWEEN_MS)
        self._between.timeout.connect(self._paint_next)
        self.setModel(self._pages)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "thumbnails")
        self.setAccessibleName(word("thumbnails"))
        self.setFixedWidth(_WIDTH + 2 * _MARGIN + self.verticalScrollBar().sizeHint().width())
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.selectionModel().currentChanged.connect(self._tell_chosen)

    def show_layout(self, layout: Layout | None) -> None:
        """Show other pages; the picture of a page that is still the same stays."""
        self._layout = layout
        self._wanted.clear()
        count = len(layout.pages) if layout else 0
        self._pictures = {page: picture for page, picture in self._pictures.items() if page < count}
        self._pages.set_count(count)
        self.viewport().update()

    def show_current(self, page: int) -> None:
        """Show which page is in hand."""
        index = self._pages.index(page)
        if index.isValid() and index != self.currentIndex():
            self._is_following = True
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self._is_following = False
            self.scrollTo(index)

    def picture(self, page: int) -> QPixmap | None:
        """Tell the picture of a page; where it is not painted yet, it will be. An outdated one stands in until then."""
        assert self._layout is not None, "only pages of a layout are asked for"
        frame = self._layout.pages[page]
        known, picture = self._pictures.get(page, (None, None))
        if picture is not None and (known is frame or known == frame):
            self._pictures[page] = (frame, picture)
        elif page not in self._wanted:
            self._wanted.append(page)
            self._between.start()
        return picture

    @property
    def picture_size(self) -> QSize:
        """Tell the size of the pictures."""
        if self._layout is None:
            return QSize(_WIDTH, _WIDTH)
        return QSize(_WIDTH, round(_WIDTH * self._layout.height / self._layout.width))

    def _paint_next(self) -> None:
        """Paint one picture, then let everything else have its turn."""
        if self._layout is None or not self._wanted:
            return
        page = self._wanted.pop(0)
        if page < len(self._layout.pages):
            frame = self._layout.pages[page]
            self._pictures[page] = (frame, self._painted(frame, _WIDTH / self._layout.width))
            self.update(self._pages.index(page))
        if self._wanted:
            self._between.start()

    def _painted(self, frame: PageFrame, zoom: float) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.picture_size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(COLOURS.sheet))
        painter = QPainter(picture)
        self._painter.paint(painter, frame, zoom)
        painter.end()
        return picture

    def _tell_chosen(self, current: QModelIndex) -> None:
        if current.isValid() and not self._is_following:
            self.chosen.emit(current.row())


class _Delegate(QStyledItemDelegate):
    """Paint a picture with its number under it."""

    def __init__(self, strip: Thumbnails) -> None:
        super().__init__(strip)
        self._strip = strip

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Ask for room for the picture and the number."""
        del index
        height = self._strip.picture_size.height() + option.fontMetrics.lineSpacing() + 2 * _MARGIN
        return QSize(_WIDTH + 2 * _MARGIN, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint the picture, or white paper while it is not there."""
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        size = self._strip.picture_size
        box = QRect(option.rect.topLeft() + QPoint(_MARGIN, _MARGIN), size)
        painter.fillRect(box.adjusted(-1, -1, 1, 1), QColor(COLOURS.sheet_edge))
        painter.fillRect(box, QColor(COLOURS.sheet))
        picture = self._strip.picture(index.row())
        if picture is not None:
            painter.drawPixmap(box, picture)
        if chosen:
            painter.setPen(QColor(COLOURS.accent))
            painter.drawRect(box.adjusted(-1, -1, 0, 0))
            painter.drawRect(box.adjusted(-2, -2, 1, 1))
        painter.setPen(QColor(COLOURS.accent if chosen else COLOURS.faint))
        number = QRect(option.rect.left(), box.bottom() + 2, option.rect.width(), option.fontMetrics.lineSpacing())
        painter.drawText(number, int(Qt.AlignmentFlag.AlignCenter), str(index.data()))
