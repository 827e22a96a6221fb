"""Show live values in a text document as chips: one character each, that carries what is stored and shows its value."""

from collections.abc import Callable, Iterator
from typing import Final
from weakref import WeakMethod

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QGuiApplication,
    QPainter,
    QPen,
    QPyTextObject,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from hyoka_desktop.domain.livevalues import LACKING_MARK, LiveValue, split_live_values
from hyoka_desktop.ui.editors.units import units_of

CHIP: Final = "\ufffc"
_KIND: Final = QTextFormat.ObjectTypes.UserObject.value + 1
_STORED: Final = QTextFormat.Property.UserProperty.value + 1
_SEPARATORS: Final = str.maketrans({"\u2029": "\n", "\u2028": "\n"})
_PADDING: Final = 4.0
_ROUNDING: Final = 3.0
_SOFT: Final = 36
"""How opaque the colour behind a chip is, of 255."""


class ChipPainter(QPyTextObject):
    """Measure and paint the chips of one document."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._shown: WeakMethod[Callable[[str], str]] | None = None
        document.documentLayout().registerHandler(_KIND, self)

    def ask(self, shown: Callable[[str], str]) -> None:
        """Take the method that tells the text of a chip from what it stores; it does not keep its object alive."""
        self._shown = WeakMethod(shown)

    def intrinsicSize(self, document: QTextDocument, _position: int, chip: QTextFormat) -> QSizeF:
        """Be as wide as the value, and as tall as a line of text."""
        metrics = QFontMetricsF(document.defaultFont())
        return QSizeF(metrics.horizontalAdvance(self._text(chip)) + 2 * _PADDING, metrics.ascent())

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, document: QTextDocument, _position: int, chip: QTextFormat
    ) -> None:
        """Paint the value on a soft ground with a thin line around it, dashed where there is none."""
        metrics = QFontMetricsF(document.defaultFont())
        accent = QGuiApplication.palette().highlight().color()
        soft = QColor(accent)
        soft.setAlpha(_SOFT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(soft)
        is_lacking = self._text(chip).startswith(LACKING_MARK)
        painter.setPen(QPen(accent, 0.8, Qt.PenStyle.DashLine if is_lacking else Qt.PenStyle.SolidLine))
        box = QRectF(rect).adjusted(1, 0, -1, metrics.descent())
        painter.drawRoundedRect(box, _ROUNDING, _ROUNDING)
        painter.setPen(QGuiApplication.palette().text().color())
        painter.setFont(document.defaultFont())
        painter.drawText(QPointF(rect.left() + _PADDING, rect.bottom()), self._text(chip))
        painter.restore()

    def _text(self, chip: QTextFormat) -> str:
        stored = str(chip.property(_STORED))
        shown = self._shown() if self._shown is not None else None
        return (stored if shown is None else shown(stored)).replace("\n", " ")


def insert_stored(cursor: QTextCursor, text: str) -> None:
    """Put a stored text in place of the selection, its live values as chips, in one step of undo."""
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    for part in split_live_values(text):
        if isinstance(part, LiveValue):
            cursor.insertText(CHIP, _chip_format(part))
        else:
            cursor.insertText(part, QTextCharFormat())
    cursor.endEditBlock()


def stored_text(document: QTextDocument, start: int = 0, end: int | None = None) -> str:
    """Tell the stored text of a document, or between two of its positions; the no-break space is kept."""
    raw = document.toRawText()
    if start == 0 and end is None and CHIP not in raw:
        return raw.translate(_SEPARATORS)
    units = raw.encode("utf-16-le", "surrogatepass")
    end = len(units) // 2 if end is None else end
    parts: list[str] = []
    for place, stored in chips_of(document):
        if start <= place < end:
            parts += [_decoded(units, start, place), stored]
            start = place + 1
    return "".join([*parts, _decoded(units, start, end)])


def document_place(document: QTextDocument, place: int) -> int:
    """Tell the position in a document of a place in its stored text, counted in code points."""
    units = document.toRawText().encode("utf-16-le", "surrogatepass")
    position = told = 0
    for chip, stored in chips_of(document):
        between = _decoded(units, position, chip)
        if place <= told + len(between):
            return position + units_of(between[: place - told])
        told += len(between) + len(stored)
        position = chip + 1
        if place < told:
            return chip
    return position + units_of(_decoded(units, position, len(units) // 2)[: max(place - told, 0)])


def chips_of(document: QTextDocument) -> Iterator[tuple[int, str]]:
    """Yield the place of each chip with what it stores."""
    block = document.begin()
    while block.isValid():
        if CHIP in block.text():
            step = block.begin()
            while not step.atEnd():
                fragment = step.fragment()
                step += 1
                if fragment.charFormat().objectType() == _KIND:
                    stored = str(fragment.charFormat().property(_STORED))
                    yield from ((fragment.position() + place, stored) for place in range(fragment.length()))
        block = block.next()


def chip_at(cursor: QTextCursor) -> str:
    """Tell what the chip before a cursor stores; empty where there is none."""
    found = cursor.charFormat()
    return str(found.property(_STORED)) if found.objectType() == _KIND else ""


def _chip_format(live: LiveValue) -> QTextCharFormat:
    chip = QTextCharFormat()
    chip.setObjectType(_KIND)
    chip.setProperty(_STORED, str(live))
    return chip


def _decoded(units: bytes, start: int, end: int) -> str:
    return units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass").translate(_SEPARATORS)
