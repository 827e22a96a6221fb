"""Look at and scroll the page on which a widget stands. The editors on a page show all their text; the page scrolls."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractItemView, QScrollArea, QTextEdit, QWidget


def bring_to_sight(widget: QWidget) -> None:
    """Scroll the pages around a widget up or down, so that its cursor or cell is seen with a line above and below.

    Of what is taller than the page a part is enough.
    """
    for area in pages_around(widget):
        place, margin = place_on(area, widget), widget.fontMetrics().lineSpacing()
        bar, height = area.verticalScrollBar(), area.viewport().height()
        if place.height() <= height or not shows_part(area, place):
            bar.setValue(min(max(bar.value(), place.bottom() + margin - height), place.top() - margin))


def shows_part(area: QScrollArea, place: QRect) -> bool:
    """Tell whether any of a place on the page of an area can be seen."""
    return area.viewport().rect().translated(0, area.verticalScrollBar().value()).intersects(place)


def page_height(widget: QWidget) -> int:
    """Tell how much of a widget the page around it can show at a time; its own height where it stands on none."""
    area = next(pages_around(widget), None)
    return widget.height() if area is None else area.viewport().height()


def pages_around(widget: QWidget) -> Iterator[QScrollArea]:
    """Yield the pages around a widget, the nearest first."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            yield above
        above = above.parentWidget()


def place_on(area: QScrollArea, widget: QWidget) -> QRect:
    """Tell where the cursor of a widget is on the page of an area."""
    place, holder = _cursor_place(widget)
    seen_from = QPoint(0, area.verticalScrollBar().value())
    return QRect(holder.mapTo(area.viewport(), place.topLeft()) + seen_from, place.size())


def _cursor_place(widget: QWidget) -> tuple[QRect, QWidget]:
    """Tell where the cursor or cell is, and in whose coordinates; the whole widget where it scrolls by itself."""
    match widget:
        case QTextEdit() if widget.viewport().rect().intersects(widget.cursorRect()):
            return widget.cursorRect(), widget.viewport()
        case QAbstractItemView() if widget.currentIndex().isValid():
            return widget.visualRect(widget.currentIndex()), widget.viewport()
    return widget.rect(), widget
