"""Draw the icons: lines in the colour of the text (Tabler Icons, MIT)."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from hyoka_desktop.paths import resource
from hyoka_desktop.ui.theme import COLOURS

_SIZES = (16, 20, 32, 48)


@cache
def icon(name: str, colour: str = COLOURS.faint) -> QIcon:
    """Tell the icon of a name, in a colour."""
    svg = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(svg.encode("utf-8")))
    made = QIcon()
    for size in _SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        made.addPixmap(pixmap)
    return made
