"""Draw the icons: lines in a colour of the theme, sharp on every screen (Tabler Icons, MIT)."""

from itertools import product
from typing import Final

from PySide6.QtCore import QByteArray, QFile, QIODevice, QRectF, Qt
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication

from hyoka_desktop.ui.shown import NOW
from hyoka_desktop.ui.style import SEARCH_PATH

_SIZES: Final = (16, 18, 20)
_Wanted = tuple[str, str, bool]
_made: Final[dict[_Wanted, QIcon]] = {}
_wanted: Final[dict[int, _Wanted]] = {}
"""What an icon stands for, by the key that all its copies share."""


def icon(name: str, colour: str = "faint", *, on_accent: bool = False) -> QIcon:
    """Tell the icon of a name, in a colour of the theme (by its name).

    With `on_accent` it stands in a table whose chosen lines have the accent as their ground.
    """
    wanted = (name, colour, on_accent)
    if wanted not in _made:
        _made[wanted] = made = _drawn(wanted)
        _wanted[made.cacheKey()] = wanted
    return _made[wanted]


def recolour(application: QApplication) -> None:
    """Draw all icons of buttons and actions anew, in the colours and for the screens of now."""
    _made.clear()
    known = dict(_wanted)
    _wanted.clear()
    holders: list[QAbstractButton | QAction] = []
    for widget in application.allWidgets():
        holders += [widget] if isinstance(widget, QAbstractButton) else []
        holders += widget.actions()
    for holder in holders:
        wanted = known.get(holder.icon().cacheKey())
        if wanted is not None:
            holder.setIcon(icon(wanted[0], wanted[1], on_accent=wanted[2]))


def _drawn(wanted: _Wanted) -> QIcon:
    name, colour, on_accent = wanted
    file = QFile(f"{SEARCH_PATH}:{name}.svg")
    file.open(QIODevice.OpenModeFlag.ReadOnly)
    drawing = bytes(file.readAll().data())
    made = QIcon()
    inks = {
        QIcon.Mode.Normal: getattr(NOW, colour),
        QIcon.Mode.Disabled: NOW.disabled,
        QIcon.Mode.Selected: NOW.accent_text if on_accent else getattr(NOW, colour),
    }
    for mode, ink in inks.items():
        renderer = QSvgRenderer(QByteArray(drawing.replace(b"currentColor", ink.encode("ascii"))))
        for size in _pixels():
            made.addPixmap(_picture(renderer, size), mode)
    return made


def _pixels() -> list[int]:
    """Tell the pixels of each size on each screen, so that none is stretched."""
    ratios = {screen.devicePixelRatio() for screen in QGuiApplication.screens()}
    return sorted({round(size * NOW.scale * ratio) for size, ratio in product(_SIZES, ratios | {1.0})})


def _picture(renderer: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
