"""Show sides of paper with the pages on them; a click on a page tells where the text came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from hyoka_desktop.services.imposition import Imposition, Placement, page_by_page
from hyoka_desktop.typeset.frames import Layout, PageFrame
from hyoka_desktop.ui.paper.painting import PagePainter, paint_fold
from hyoka_desktop.ui.paper.placing import Placing
from hyoka_desktop.ui.theme import COLOURS

_BAR: Final = 3
_NOTHING: Final = Imposition(1, 1, ())


class MarkKind(Enum):
    """Name what an area of a page is marked for: being edited, a match of a search, the match in hand."""

    FIELD = "field"
    MATCH = "match"
    CURRENT = "current"


_TINTS: Final = {
    MarkKind.FIELD: COLOURS.mark_field,
    MarkKind.MATCH: COLOURS.mark_match,
    MarkKind.CURRENT: COLOURS.mark_current,
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Mark an area of a page; the area is in points of the page."""

    page: int
    area: QRectF
    kind: MarkKind


class PaperView(QWidget):
    """Paint the sides that are to be seen."""

    clicked = Signal(object)

    def __init__(self, painter: PagePainter) -> None:
        super().__init__()
        self._painter = painter
        self._imposed = _NOTHING
        self._placing = Placing(0, 1, 1, 1.0)
        self._marks: dict[int, list[Mark]] = {}
        self._leads_to_fields = False
        self.pages: Sequence[PageFrame] = ()

    @property
    def placing(self) -> Placing:
        """Tell where the sides stand."""
        return self._placing

    @property
    def zoom(self) -> float:
        """Tell the pixels of a point."""
        return self._placing.zoom

    @property
    def side_size(self) -> tuple[float, float]:
        """Tell the size of a side in points."""
        return self._imposed.width, self._imposed.height

    @property
    def sides(self) -> int:
        """Tell how many sides there are."""
        return len(self._imposed.sides)

    def show_layout(self, layout: Layout) -> None:
        """Show the pages of a document as they are; a click on them tells their fields."""
        self._leads_to_fields = True
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_sides(layout.pages, page_by_page(len(layout.pages), layout.width, layout.height))

    def show_sides(self, pages: Sequence[PageFrame], imposed: Imposition) -> None:
        """Show pages as they stand on paper."""
        self.pages = pages
        self._imposed = imposed
        self._marks = {}
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self.show_sides((), _NOTHING)

    def place(self, placing: Placing) -> None:
        """Let the sides stand elsewhere or larger."""
        self._placing = placing
        self.resize(self.sizeHint())
        self.update()

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Mark areas of pages."""
        by_page: dict[int, list[Mark]] = {}
        for mark in marks:
            by_page.setdefault(mark.page, []).append(mark)
        if by_page != self._marks:
            self._marks = by_page
            self.update()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Tell what is marked."""
        return tuple(mark for marks in self._marks.values() for mark in marks)

    def area_in_view(self, page: int, area: QRectF) -> QRectF:
        """Tell where an area of a page (in points) stands in the view (in pixels)."""
        number, placement = self._placement_of(page)
        scale = placement.scale * self.zoom
        corner = self._box(number).topLeft() + QPointF(placement.x, placement.y) * self.zoom
        return QRectF(corner + area.topLeft() * scale, area.size() * scale)

    def sizeHint(self) -> QSize:
        """Ask for room for all sides."""
        return QSize(self._placing.view_width, self._placing.view_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sides that are to be seen."""
        painter = QPainter(self)
        exposed = QRectF(event.rect())
        for number in self._placing.between(exposed.top(), exposed.bottom()):
            box = self._box(number)
            if box.intersects(exposed):
                self._paint_side(painter, number, box, exposed)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell the source of the text under the mouse."""
        number = self._placing.at(event.position().x(), event.position().y())
        if number is None or event.button() is not Qt.MouseButton.LeftButton or not self._leads_to_fields:
            return
        at = (event.position() - self._box(number).topLeft()) / self.zoom
        source = self.pages[number].source_at(at.x(), at.y())
        if source is not None:
            self.clicked.emit(source)

    def _paint_side(self, painter: QPainter, number: int, box: QRectF, exposed: QRectF) -> None:
        painter.fillRect(box.adjusted(-1, -1, 1, 1), QColor(COLOURS.sheet_edge))
        painter.fillRect(box, QColor(COLOURS.sheet))
        for placement in self._imposed.sides[number]:
            corner = box.topLeft() + QPointF(placement.x, placement.y) * self.zoom
            zoom = placement.scale * self.zoom
            painter.save()
            painter.setClipRect(box)
            painter.translate(corner)
            self._painter.paint(painter, self.pages[placement.page], zoom, exposed.translated(-corner))
            for mark in self._marks.get(placement.page, ()):
                _paint_mark(painter, mark, zoom)
            painter.restore()
        if self._imposed.fold is not None:
            painter.save()
            painter.translate(box.topLeft())
            paint_fold(painter, self._imposed.fold, self.zoom)
            painter.restore()

    def _placement_of(self, page: int) -> tuple[int, Placement]:
        return next(
            (number, placement)
            for number, side in enumerate(self._imposed.sides)
            for placement in side
            if placement.page == page
        )

    def _box(self, number: int) -> QRectF:
        return QRectF(*self._placing.box(number))


def _paint_mark(painter: QPainter, mark: Mark, zoom: float) -> None:
    """Tint an area like a marker pen: black stays black."""
    area = QRectF(mark.area.topLeft() * zoom, mark.area.size() * zoom)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    painter.fillRect(area, QColor(_TINTS[mark.kind]))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    if mark.kind is MarkKind.FIELD:
        painter.fillRect(QRectF(area.left() - _BAR, area.top(), _BAR, area.height()), QColor(COLOURS.sheet_accent))
    elif mark.kind is MarkKind.CURRENT:
        painter.setPen(QColor(COLOURS.mark_edge))
        painter.drawRect(area)
