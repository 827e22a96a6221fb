"""Scroll over paper: zoom, fit, columns, the page in hand, and coming to a place without wresting the scroll away."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Final

from PySide6.QtCore import QElapsedTimer, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea

from hyoka_desktop.services.imposition import Imposition
from hyoka_desktop.typeset.frames import Layout, PageFrame
from hyoka_desktop.ui.paper.painting import PagePainter
from hyoka_desktop.ui.paper.placing import GAP, Placing, zoom_to_page, zoom_to_width
from hyoka_desktop.ui.paper.view import PaperView

STEPS: Final = (0.25, 0.33, 0.5, 0.67, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
"""The zooms that the keys step through; 1 is the size on paper."""
_POINTS_PER_INCH: Final = 72
_NOTCH: Final = 120
_WHEEL_FACTOR: Final = 1.15
_READING_MS: Final = 1500
"""So long after a person scrolled, the page does not move by itself."""
_MARGIN: Final = 40


class Fit(Enum):
    """Name what the zoom follows: the width of the pane, the whole page, or nothing."""

    WIDTH = "width"
    PAGE = "page"
    NONE = "none"


class PaperArea(QScrollArea):
    """Hold a view of paper."""

    zoomed = Signal()
    page_changed = Signal(int)

    def __init__(self, painter: PagePainter) -> None:
        super().__init__()
        self.view = PaperView(painter)
        self.fit = Fit.WIDTH
        self.columns = 1
        self._factor = 1.0
        self._page = 0
        self._placing_now = False
        self._interest: tuple[int, QRectF] | None = None
        self._since_scrolled = QElapsedTimer()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "paper")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # A bar that comes and goes would change the room that the zoom fits to.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setWidget(self.view)
        self.verticalScrollBar().valueChanged.connect(self._follow_scroll)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.actionTriggered.connect(self.keep_still)

    @property
    def factor(self) -> float:
        """Tell the zoom; 1 is the size on paper."""
        return self.view.zoom / self._pixels_per_point

    @property
    def page(self) -> int:
        """Tell the sheet in hand, from 0."""
        return self._page

    @property
    def is_being_read(self) -> bool:
        """Tell whether the person is scrolling, or did so a moment ago."""
        held = self.verticalScrollBar().isSliderDown() or self.horizontalScrollBar().isSliderDown()
        return held or (self._since_scrolled.isValid() and self._since_scrolled.elapsed() < _READING_MS)

    @property
    def acts(self) -> Mapping[str, Callable[[], None]]:
        """Tell the actions on the pages by their names."""
        return {
            "zoom_in": lambda: self.step_zoom(1),
            "zoom_out": lambda: self.step_zoom(-1),
            "actual_size": lambda: self.set_factor(1.0),
            "fit_width": lambda: self.set_fit(Fit.WIDTH),
            "fit_page": lambda: self.set_fit(Fit.PAGE),
            "previous_page": lambda: self.go_to_page(self.page - 1),
            "next_page": lambda: self.go_to_page(self.page + 1),
        }

    def set_interest(self, interest: tuple[int, QRectF] | None) -> None:
        """Tell the page and the area on it (in points) that zooming keeps in sight, where it is in sight."""
        self._interest = interest

    def keep_still(self) -> None:
        """Do not move by itself for a moment, as if the person had just scrolled."""
        self._since_scrolled.restart()

    def show_layout(self, layout: Layout) -> None:
        """Show the pages of a document where the scroll stands."""
        self.view.show_layout(layout)
        self._place()

    def show_sides(self, pages: Sequence[PageFrame], imposed: Imposition) -> None:
        """Show pages as they stand on paper."""
        self.view.show_sides(pages, imposed)
        self._place()

    def clear(self) -> None:
        """Show nothing."""
        self.view.clear()
        self._place()

    def set_fit(self, fit: Fit) -> None:
        """Fit the zoom to the width or to a whole page."""
        self.fit = fit
        self._place_anew()

    def set_factor(self, factor: float, anchor: QPointF | None = None) -> None:
        """Zoom; what stands at the anchor (in the viewport) stays there. Without one, what is of interest is kept."""
        self.fit = Fit.NONE
        self._factor = min(max(factor, STEPS[0]), STEPS[-1])
        self._place_anew(anchor)

    def step_zoom(self, by: int) -> None:
        """Zoom to the next larger (1) or smaller (-1) step."""
        near = 0.005
        if by > 0:
            self.set_factor(next((step for step in STEPS if step > self.factor + near), STEPS[-1]))
        else:
            self.set_factor(next((step for step in reversed(STEPS) if step < self.factor - near), STEPS[0]))

    def set_columns(self, columns: int) -> None:
        """Show sheets under each other, or two beside each other."""
        page = self._page
        self.columns = columns
        self._place()
        self.go_to_page(page)

    def go_to_page(self, page: int) -> None:
        """Bring a sheet to the top; beyond the ends, the last or first one."""
        if not self.view.sides:
            return
        page = min(max(page, 0), self.view.sides - 1)
        self.verticalScrollBar().setValue(self.view.placing.box(page)[1] - GAP)
        self._set_page(page)

    def reveal(self, page: int, area: QRectF) -> None:
        """Scroll so that an area of a page (in points) is to be seen, no farther than needed."""
        box = self.view.area_in_view(page, area)
        horizontal, vertical = self.horizontalScrollBar(), self.verticalScrollBar()
        height, width = self.viewport().height(), self.viewport().width()
        if not self._is_seen(box):
            vertical.setValue(round(box.top() - min(height / 3, 2 * _MARGIN)))
        if box.left() < horizontal.value() or box.right() > horizontal.value() + width:
            horizontal.setValue(round(box.left() - _MARGIN))
        self._set_page(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new room."""
        super().resizeEvent(event)
        self._place_anew()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl about the pointer; scroll otherwise."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            notches = event.angleDelta().y() / _NOTCH
            self.set_factor(self.factor * _WHEEL_FACTOR**notches, event.position())
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the ends with Home and End; scroll with the other keys."""
        if event.key() == Qt.Key.Key_Home:
            self.go_to_page(0)
        elif event.key() == Qt.Key.Key_End:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
            self._set_page(self.view.sides - 1)
        else:
            super().keyPressEvent(event)

    @property
    def _pixels_per_point(self) -> float:
        return self.logicalDpiX() / _POINTS_PER_INCH

    def _is_seen(self, box: QRectF) -> bool:
        """Tell whether the beginning of an area is to be seen: all of a small one, enough of a large one."""
        top = self.verticalScrollBar().value()
        needed = min(box.height(), self.viewport().height() / 2)
        return top <= box.top() and box.top() + needed <= top + self.viewport().height()

    def _place(self) -> None:
        room = self.viewport().size()
        size = self.view.side_size
        match self.fit if self.view.sides else Fit.NONE:
            case Fit.WIDTH:
                zoom = zoom_to_width(size[0], self.columns, room.width())
            case Fit.PAGE:
                zoom = zoom_to_page(size, self.columns, (room.width(), room.height()))
            case Fit.NONE:
                zoom = self._factor * self._pixels_per_point
        self._placing_now = True
        self.view.place(Placing(self.view.sides, *size, zoom, self.columns, room.width()))
        self._placing_now = False
        self._set_page(min(self._page, max(self.view.sides - 1, 0)))
        self.zoomed.emit()

    def _place_anew(self, anchor: QPointF | None = None) -> None:
        """Place the sheets at another zoom, with the same point of the same sheet under the anchor after it."""
        at = anchor or QPointF(self.viewport().width() / 2, _MARGIN)
        point = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value()) + at
        before, page = self.view.placing, self._page
        keeps_interest = anchor is None and self._interest_is_seen()
        number = next(iter(before.between(point.y(), point.y())), None) if before.count else None
        self._place()
        if number is None or number >= self.view.sides:
            return
        x, y, width, height = before.box(number)
        new_x, new_y, new_width, new_height = self.view.placing.box(number)
        self.horizontalScrollBar().setValue(round(new_x + (point.x() - x) / width * new_width - at.x()))
        self.verticalScrollBar().setValue(round(new_y + (point.y() - y) / height * new_height - at.y()))
        self._set_page(page)
        if keeps_interest and self._interest is not None:
            self.reveal(*self._interest)

    def _interest_is_seen(self) -> bool:
        if self._interest is None or not self.view.sides or self._interest[0] >= len(self.view.pages):
            return False
        return self._is_seen(self.view.area_in_view(*self._interest))

    def _follow_scroll(self, value: int) -> None:
        if self._placing_now or not self.view.sides:
            return
        # The eye goes from the top of the window to its foot, so that both the first and the last page are reached.
        y = value + self.viewport().height() * value / max(self.verticalScrollBar().maximum(), 1)
        self._set_page(next(iter(self.view.placing.between(y, y)), self._page))

    def _set_page(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)
