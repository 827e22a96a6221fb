"""Set the texts of page frames in glyphs: the glyphs and advances that the typesetter measured, at any size."""

import unicodedata
from itertools import accumulate
from pathlib import Path

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QGlyphRun, QPainterPath, QRawFont

from hyoka_desktop.typeset.clusters import clusters, is_variation_selector
from hyoka_desktop.typeset.fonts import FULL_WIDTH, FontLibrary
from hyoka_desktop.typeset.frames import Text

_NOT_THERE = 0
_MOST_SIZES = 64
_MOST_RUNS = 4000


class GlyphSetter:
    """Turn texts into runs of glyphs; font files are opened once, their sizes made as wanted.

    The library may be in use on another thread at the same time.
    """

    def __init__(self, fonts_folder: Path, library: FontLibrary) -> None:
        self._folder = fonts_folder
        self._library = library
        self._files: dict[str, QRawFont] = {}
        self._sizes: dict[tuple[str, float], QRawFont] = {}
        self._glyphs: dict[tuple[str, str], tuple[int, float]] = {}
        self._runs: dict[tuple[str, str, float, tuple[float, ...], float], QGlyphRun] = {}

    def run(self, text: Text, zoom: float) -> QGlyphRun:
        """Set a text at a zoom (device units a point); its baseline begins at the origin.

        A line that was set before is remembered: an edit changes few of them.
        """
        key = (text.text, text.font, text.size, text.gaps, zoom)
        run = self._runs.get(key)
        if run is None:
            if len(self._runs) >= _MOST_RUNS:
                self._runs.clear()
            run = self._runs[key] = self._set(text, zoom)
        return run

    def outline(self, text: Text, zoom: float) -> QPainterPath:
        """Tell the outlines of a text at a zoom; its baseline begins at the origin."""
        run = self.run(text, zoom)
        font = run.rawFont()
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for glyph, point in zip(run.glyphIndexes(), run.positions(), strict=True):
            path.addPath(font.pathForGlyph(glyph).translated(point))
        return path

    def extent(self, text: Text, start: int, end: int) -> tuple[float, float]:
        """Tell where characters `start` to `end` of a text begin and end, in points from its own beginning."""
        starts = self._starts(text)
        ends = list(accumulate(len(cluster) for cluster in clusters(text.text)))
        first = sum(1 for place in ends if place <= start)
        last = sum(1 for place in ends if place < end)
        return starts[first], starts[min(last + 1, len(ends))]

    def _set(self, text: Text, zoom: float) -> QGlyphRun:
        glyphs = [self._glyph(text.font, cluster)[0] for cluster in clusters(text.text)]
        run = QGlyphRun()
        run.setRawFont(self._font(text.font, round(text.size * zoom, 3)))
        run.setGlyphIndexes(glyphs)
        run.setPositions([QPointF(x * zoom, 0) for x in self._starts(text)[:-1]])
        return run

    def _starts(self, text: Text) -> list[float]:
        """Tell where each character begins, and where the last one ends, in points."""
        cut = clusters(text.text)
        gaps = text.gaps or (0.0,) * len(cut)
        scale = text.size / FULL_WIDTH
        steps = (self._glyph(text.font, cluster)[1] * scale + gap for cluster, gap in zip(cut, gaps, strict=False))
        return list(accumulate(steps, initial=0.0))

    def _glyph(self, file: str, cluster: str) -> tuple[int, float]:
        """Tell glyph and advance (in thousandths of the size) of a character in a font file."""
        known = self._glyphs.get((file, cluster))
        if known is None:
            known = self._glyphs[file, cluster] = self._measured(file, cluster)
        return known

    def _measured(self, file: str, cluster: str) -> tuple[int, float]:
        face = self._library.face(file)
        glyph = face.glyph(cluster)
        if unicodedata.category(cluster[0]) == "Cf" or is_variation_selector(cluster[0]):
            return face.glyph(" ") or _NOT_THERE, 0.0
        return (_NOT_THERE, FULL_WIDTH) if glyph is None else (glyph, face.advance(glyph))

    def _font(self, file: str, size: float) -> QRawFont:
        font = self._sizes.get((file, size))
        if font is None:
            if len(self._sizes) >= _MOST_SIZES:
                self._sizes.clear()
            font = QRawFont(self._file(file))
            font.setPixelSize(size)
            self._sizes[file, size] = font
        return font

    def _file(self, file: str) -> QRawFont:
        font = self._files.get(file)
        if font is None:
            font = self._files[file] = _opened(self._folder / file)
        return font


def _opened(path: Path) -> QRawFont:
    """Open a font file; as a font of the application where that is sure to be the very same file.

    Qt's PDF engine draws a font that was opened as a file as outlines, one of the application as text. A machine may
    have another version of a family, with other glyph numbers, so the two are compared.
    """
    from_file = QRawFont(str(path), 1.0, QFont.HintingPreference.PreferNoHinting)
    wanted = QFont(from_file.familyName())
    wanted.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    wanted.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    installed = QRawFont.fromFont(wanted)
    return installed if installed.fontTable("head") == from_file.fontTable("head") else from_file
