"""Draw the state of an item as a disc that fills up: a shape that is told apart without colour."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QIcon, QPainter, QPainterPath, QPen

from hyoka_desktop.domain.work import WorkState
from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.icons import icon
from hyoka_desktop.ui.theme import COLOURS

QUARTERS: Final = {state: place for place, state in enumerate(WorkState)}
"""How many quarters of the disc are full, from none to four."""
_SIXTEENTHS = 16
_TAIL = 3
_SMALLER = 0.85
_QUARTER = 90 * _SIXTEENTHS


def state_word(state: WorkState) -> str:
    """Tell the name of a state."""
    return word(f"state_{state.value}")


def counts_text(counts: Mapping[WorkState, int]) -> str:
    """Tell how many items are in each state, those that have some."""
    told = [
        word("state_count", state=state_word(state), count=counts[state]) for state in WorkState if counts.get(state)
    ]
    return "　".join(told)


def paint_state(painter: QPainter, box: QRectF, state: WorkState) -> None:
    """Paint the disc of a state into a square."""
    colour = QColor(COLOURS.good if state is WorkState.FINAL else COLOURS.faint)
    width = max(box.width() / 9, 1.0)
    disc = box.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, width))
    painter.setBrush(QBrush(QColor(COLOURS.paper)))
    painter.drawEllipse(disc)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(colour))
    painter.drawPie(disc, _QUARTER, -QUARTERS[state] * _QUARTER)
    painter.restore()


def paint_bubble(painter: QPainter, box: QRect, text: str) -> None:
    """Paint a number of comments in a speech bubble."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(COLOURS.accent), 1))
    painter.setBrush(QBrush(QColor(COLOURS.accent_soft)))
    body = QRectF(box).adjusted(0.5, 0.5, -0.5, -_TAIL + 0.5)
    outline = QPainterPath()
    outline.addRoundedRect(body, _TAIL, _TAIL)
    tail = QPainterPath()
    left = body.left() + _TAIL
    tail.addPolygon([QPointF(left, body.bottom() - 1), QPointF(left, body.bottom() + _TAIL - 1),
                     QPointF(left + _TAIL, body.bottom() - 1)])  # fmt: skip
    tail.closeSubpath()
    painter.drawPath(outline.united(tail))
    font = painter.font()
    font.setPointSizeF(font.pointSizeF() * _SMALLER)
    painter.setFont(font)
    painter.setPen(QColor(COLOURS.text))
    painter.drawText(body, int(Qt.AlignmentFlag.AlignCenter), text)
    painter.restore()


def state_icon(state: WorkState, *, on_accent: bool = False) -> QIcon:
    """Tell the disc of a state as an icon; `on_accent` for tables whose chosen lines have the accent as ground."""
    return icon(f"state-{state.value}", "good" if state is WorkState.FINAL else "faint", on_accent=on_accent)
