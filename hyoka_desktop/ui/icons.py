"""Draw the icons: lines in the colour of the text (Tabler Icons, MIT)."""

from functools import cache

from PySide6.QtCore import QByteArray, QFile, QIODevice, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from hyoka_desktop.ui.theme import COLOURS, SEARCH_PATH

_SIZES = (16, 20, 32, 48)


@cache
def icon(name: str, colour: str = COLOURS.faint) -> QIcon:
    """Tell the icon of a name, in a colour."""
    file = QFile(f"{SEARCH_PATH}:{name}.svg")
    file.open(QIODevice.OpenModeFlag.ReadOnly)
    renderer = QSvgRenderer(QByteArray(bytes(file.readAll().data()).replace(b"currentColor", colour.encode("ascii"))))
    made = QIcon()
    for size in _SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        made.addPixmap(pixmap)
    return made
