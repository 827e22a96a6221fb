"""Paint the values of some years as a small line in a cell."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from hyoka_desktop.ui.theme import COLOURS

_MARGIN = 8.0
_DOT = 2.0
_LAST_DOT = 3.0


def paint_trend(painter: QPainter, area: QRectF, points: Sequence[float | None]) -> None:
    """Paint a line through the values; a year without one leaves a gap, and the newest has a larger dot."""
    places = trend_places(area.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN), points)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(COLOURS.accent), 1.5))
    for before, after in pairwise(places):
        if before is not None and after is not None:
            painter.drawLine(before, after)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(COLOURS.accent))
    for place in places:
        if place is not None:
            size = _LAST_DOT if place is places[-1] else _DOT
            painter.drawEllipse(place, size, size)
    painter.restore()


def trend_places(area: QRectF, points: Sequence[float | None]) -> list[QPointF | None]:
    """Tell where each value stands: years from left to right, the largest at the top, equal ones in the middle."""
    known = [point for point in points if point is not None]
    if not known:
        return []
    low, height = min(known), max(known) - min(known)
    step = area.width() / max(len(points) - 1, 1)
    return [
        None
        if point is None
        else QPointF(
            area.left() + place * step,
            area.bottom() - (area.height() * (point - low) / height if height else area.height() / 2),
        )
        for place, point in enumerate(points)
    ]
