"""Paint page frames on the screen: the same frames that the PDF is written from, sharp at any zoom."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGlyphRun, QMouseEvent, QPainter, QPaintEvent, QPen, QRawFont
from PySide6.QtWidgets import QSizePolicy, QWidget

from hyoka_desktop.typeset.frames import Layout, PageFrame, Text
from hyoka_desktop.typeset.rules import merged_rules
from hyoka_desktop.ui.theme import COLOURS

_GAP: Final = 12
_INK: Final = QColor("#000000")
_THINNEST: Final = 0.6


class GlyphPainter:
    """Draw texts with the embedded fonts at a zoom; fonts are opened once a size."""

    def __init__(self, fonts_folder: Path) -> None:
        self._folder = fonts_folder
        self._fonts: dict[tuple[str, float], QRawFont] = {}

    def paint(self, painter: QPainter, page: PageFrame, zoom: float) -> None:
        """Draw a page whose top left corner is the painter's origin."""
        for fill in page.fills:
            shade = round(fill.tint * 255)
            box = QRectF(fill.x * zoom, fill.y * zoom, fill.width * zoom, fill.height * zoom)
            painter.fillRect(box, QColor(shade, shade, shade))
        for rule in merged_rules(page.rules):
            painter.setPen(QPen(_INK, max(rule.thickness * zoom, _THINNEST)))
            painter.drawLine(QPointF(rule.x0 * zoom, rule.y0 * zoom), QPointF(rule.x1 * zoom, rule.y1 * zoom))
        painter.setPen(_INK)
        for text in page.all_texts():
            self._draw(painter, text, zoom)

    def _draw(self, painter: QPainter, text: Text, zoom: float) -> None:
        font = self._font(text.font, round(text.size * zoom, 2))
        glyphs = font.glyphIndexesForString(text.text)
        positions: list[QPointF] = []
        x = 0.0
        for advance in font.advancesForGlyphIndexes(glyphs):
            positions.append(QPointF(x, 0))
            x += advance.x()
        run = QGlyphRun()
        run.setRawFont(font)
        run.setGlyphIndexes(glyphs)
        run.setPositions(positions)
        painter.drawGlyphRun(QPointF(text.x * zoom, text.baseline * zoom), run)

    def _font(self, file: str, size: float) -> QRawFont:
        font = self._fonts.get((file, size))
        if font is None:
            font = QRawFont(str(self._folder / file), size, QFont.HintingPreference.PreferNoHinting)
            self._fonts[file, size] = font
        return font


class PageView(QWidget):
    """Show pages under each other, as wide as the widget; a click tells where the text came from."""

    clicked = Signal(object)

    def __init__(self, fonts_folder: Path) -> None:
        super().__init__()
        self._glyphs = GlyphPainter(fonts_folder)
        self._layout: Layout | None = None
        self._zoom_factor = 1.0
        self._width = 400
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def pages(self) -> Sequence[PageFrame]:
        """Tell the pages shown."""
        return self._layout.pages if self._layout else ()

    def show_layout(self, layout: Layout) -> None:
        """Show other pages."""
        self._layout = layout
        self._resize()
        self.update()

    def clear(self) -> None:
        """Show no pages."""
        self._layout = None
        self._resize()
        self.update()

    def set_zoom(self, factor: float) -> None:
        """Show the pages larger or smaller than the width of the pane (1 fits)."""
        self._zoom_factor = factor
        self._resize()
        self.update()

    def fit(self, width: int) -> None:
        """Fit the pages to a width."""
        self._width = width
        self._resize()

    @property
    def zoom(self) -> float:
        """Tell the pixels of a point."""
        if self._layout is None:
            return 1.0
        return max(self._width - 2 * _GAP, 50) / self._layout.width * self._zoom_factor

    def sizeHint(self) -> QSize:
        """Ask for room for all pages."""
        if self._layout is None:
            return QSize(self._width, 100)
        height = (self._layout.height * self.zoom + _GAP) * len(self._layout.pages) + _GAP
        return QSize(round(self._layout.width * self.zoom) + 2 * _GAP, round(height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages that are to be seen."""
        if self._layout is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, page in enumerate(self._layout.pages):
            box = self._page_box(number)
            if not box.intersects(QRectF(event.rect())):
                continue
            painter.fillRect(box, QColor(COLOURS.paper))
            painter.save()
            painter.translate(box.topLeft())
            self._glyphs.paint(painter, page, self.zoom)
            painter.restore()
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell the source of the text under the mouse."""
        if self._layout is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        for number, page in enumerate(self._layout.pages):
            box = self._page_box(number)
            if box.contains(event.position()):
                at = (event.position() - box.topLeft()) / self.zoom
                source = page.source_at(at.x(), at.y())
                if source is not None:
                    self.clicked.emit(source)
                return

    def _page_box(self, number: int) -> QRectF:
        assert self._layout is not None, "only asked while pages are shown"
        height = self._layout.height * self.zoom
        return QRectF(_GAP, _GAP + number * (height + _GAP), self._layout.width * self.zoom, height)

    def _resize(self) -> None:
        hint = self.sizeHint()
        self.setMinimumSize(hint)
        self.resize(hint)
        self.updateGeometry()
