"""Paint page frames: the same frames that the PDF is written from, on the screen and on the printer."""

import math
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGlyphRun, QPaintEngine, QPainter, QPainterPath, QPen

from hyoka_desktop.typeset.frames import Fill, PageFrame, Rule, Text
from hyoka_desktop.typeset.rules import merged_rules
from hyoka_desktop.ui.paper.glyphs import GlyphSetter
from hyoka_desktop.ui.theme import COLOURS

_INK: Final = QColor(COLOURS.sheet_ink)
_FAINTEST: Final = 0.25
_MOST_PREPARED: Final = 24
_ASCENT: Final = 1.1
_DESCENT: Final = 0.4
_LARGEST_RUN: Final = 60
"""WORKAROUND: Qt's raster engine (6.12.0) draws nothing of a run of glyphs larger than 64 pixels of the device."""

_Shape = QGlyphRun | QPainterPath


class _PreparedPage:
    """Hold what is painted of a page at a zoom; a text is set when it is first to be seen."""

    def __init__(self, page: PageFrame, zoom: float, largest: float, glyphs: GlyphSetter) -> None:
        self.page = page
        self.rules = merged_rules(page.all_rules())
        self._zoom = zoom
        self._largest = largest
        self._glyphs = glyphs
        self._texts = list(page.all_texts())
        self._shapes: list[_Shape | None] = [None] * len(self._texts)

    def shapes(self, exposed: QRectF | None) -> Iterator[tuple[QPointF, _Shape]]:
        """Yield the texts that touch an area, or all, with the places where they begin."""
        for number, text in enumerate(self._texts):
            if exposed is None or exposed.intersects(_reach(text, self._zoom)):
                shape = self._shapes[number]
                if shape is None:
                    shape = self._shapes[number] = self._set(text)
                yield QPointF(text.x * self._zoom, text.baseline * self._zoom), shape

    def _set(self, text: Text) -> _Shape:
        is_large = text.size * self._zoom > self._largest
        return self._glyphs.outline(text, self._zoom) if is_large else self._glyphs.run(text, self._zoom)


class PagePainter:
    """Paint pages at a zoom (device units a point); what was prepared for a page is kept for the next time."""

    def __init__(self, glyphs: GlyphSetter) -> None:
        self._glyphs = glyphs
        self._prepared: dict[tuple[int, float, float], _PreparedPage] = {}

    def paint(self, painter: QPainter, page: PageFrame, zoom: float, exposed: QRectF | None = None) -> None:
        """Draw a page whose top left corner is the painter's origin; with `exposed` only what touches that area."""
        prepared = self._prepare(page, zoom, _largest_run(painter))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for fill in page.fills:
            painter.fillRect(_scaled(fill, zoom), _shade(fill.tint))
        for rule in prepared.rules:
            _draw_rule(painter, rule, zoom)
        painter.setPen(_INK)
        for place, shape in prepared.shapes(exposed):
            _draw_text(painter, place, shape)

    def _prepare(self, page: PageFrame, zoom: float, largest: float) -> _PreparedPage:
        key = (id(page), zoom, largest)
        known = self._prepared.get(key)
        if known is not None and known.page is page:
            return known
        while len(self._prepared) >= _MOST_PREPARED:
            del self._prepared[next(iter(self._prepared))]
        made = self._prepared[key] = _PreparedPage(page, zoom, largest, self._glyphs)
        return made


def _largest_run(painter: QPainter) -> float:
    """Tell up to which size texts are drawn as runs of glyphs."""
    if painter.paintEngine().type() is not QPaintEngine.Type.Raster:
        return math.inf
    return _LARGEST_RUN / painter.deviceTransform().m11()


def _draw_text(painter: QPainter, place: QPointF, shape: _Shape) -> None:
    if isinstance(shape, QGlyphRun):
        painter.drawGlyphRun(place, shape)
    else:
        painter.fillPath(shape.translated(place), _INK)


def _draw_rule(painter: QPainter, rule: Rule, zoom: float) -> None:
    """Draw a rule as whole pixels of the device, so that it is sharp; one thinner than a pixel is lighter instead."""
    transform = painter.deviceTransform()
    ratio = transform.m11()
    line = transform.map(QLineF(rule.x0 * zoom, rule.y0 * zoom, rule.x1 * zoom, rule.y1 * zoom))
    wanted = rule.thickness * zoom * ratio
    width = max(round(wanted), 1)
    colour = QColor(_INK)
    colour.setAlphaF(min(max(wanted, _FAINTEST), 1.0))
    half = width / 2
    if rule.x0 == rule.x1:
        left = round(line.x1() - half)
        box = QRectF(left, round(line.y1() - half), width, round(line.y2() + half) - round(line.y1() - half))
    else:
        top = round(line.y1() - half)
        box = QRectF(round(line.x1() - half), top, round(line.x2() + half) - round(line.x1() - half), width)
    back, _ = transform.inverted()
    painter.fillRect(back.mapRect(box), colour)


def paint_fold(painter: QPainter, fold: tuple[float, float, float, float], zoom: float) -> None:
    """Show on the screen where a leaf is to be folded."""
    pen = QPen(QColor(COLOURS.sheet_fold), 1, Qt.PenStyle.DashLine)
    pen.setCosmetic(True)
    painter.setPen(pen)
    x0, y0, x1, y1 = fold
    painter.drawLine(QLineF(x0 * zoom, y0 * zoom, x1 * zoom, y1 * zoom))


def _scaled(fill: Fill, zoom: float) -> QRectF:
    return QRectF(fill.x * zoom, fill.y * zoom, fill.width * zoom, fill.height * zoom)


def _shade(tint: float) -> QColor:
    shade = round(tint * 255)
    return QColor(shade, shade, shade)


def _reach(text: Text, zoom: float) -> QRectF:
    """Tell the area that the ink of a text may touch."""
    size = text.size * zoom
    x, baseline = text.x * zoom, text.baseline * zoom
    return QRectF(x - size, baseline - size * _ASCENT, text.width * zoom + 2 * size, size * (_ASCENT + _DESCENT))
