"""Remember how the window was left: its place on the screen, its parts, what it showed of each file."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.ui.desk import Desk
from hyoka_desktop.ui.pages.pages import ItemPage
from hyoka_desktop.ui.tree_model import Entry

_WINDOW: Final = "window"
_DESK: Final = "desk"
_PLACES: Final = "places"
_MOST_FILES: Final = 50
_SEEN: Final = 120
"""So many pixels of the head of a window must be on a screen, so that it can be taken hold of."""
_HEAD: Final = 40
_BESIDE: Final = 32
"""So far apart stand two windows that would hide each other."""


class Memory:
    """Keep what belongs to the person in the settings, and bring it back."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def restore_window(self, window: QWidget) -> None:
        """Put a window where it was, if that is on a screen; else give it no more than its size."""
        kept = self._first(_WINDOW)
        numbers = [kept.get(name) for name in ("x", "y", "width", "height")]
        if not all(type(number) is int for number in numbers):
            return
        place = QRect(*(int(number or 0) for number in numbers))
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        while any(place.topLeft() == other.geometry().topLeft() for other in _others(window)):
            place.translate(_BESIDE, _BESIDE)
        if is_to_be_seen(place, screens):
            window.setGeometry(place)
        elif screens:
            window.resize(place.size().boundedTo(screens[0].size()))
        if kept.get("maximized") is True:
            window.showMaximized()

    def keep_window(self, window: QWidget) -> None:
        """Keep the place of a window."""
        place = window.normalGeometry() if window.isMaximized() else window.geometry()
        numbers = {"x": place.x(), "y": place.y(), "width": place.width(), "height": place.height()}
        self._settings.remember_records(_WINDOW, [{**numbers, "maximized": window.isMaximized()}])

    def restore_desk(self, desk: Desk) -> None:
        """Show what was shown last of this file, with the right side and the widths of the parts as they were."""
        _restore_side(desk, self._first(_DESK))
        widths = self._first(_DESK).get("widths")
        if isinstance(widths, list) and len(widths) == desk.splitter.count() and all(type(w) is int for w in widths):
            desk.splitter.setSizes(widths)
        path = str(desk.workplace.session.place)
        kept = next((place for place in self._settings.records(_PLACES) if place.get("path") == path), None)
        entry = _entry_of(kept) if kept is not None else None
        if kept is None or entry is None or not desk.model.index_of(entry).isValid():
            return
        desk.tree.choose(entry)
        if isinstance(desk.page, ItemPage):
            desk.page.show_tab(str(kept.get("tab", "")))

    def keep_desk(self, desk: Desk) -> None:
        """Keep what is shown of a file and at the right, and how wide the parts are.

        A copy for reading leaves no trace. Widths count only with all parts in sight.
        """
        if desk.workplace.is_read_only:
            return
        widths = desk.splitter.sizes() if desk.side.isVisible() else self._first(_DESK).get("widths")
        kept = {"widths": widths, "side": desk.side_shown, "window": desk.window().width()}
        self._settings.remember_records(_DESK, [kept])
        entry = desk.entry
        if entry is None:
            return
        path = str(desk.workplace.session.place)
        tab = desk.page.tab_id if isinstance(desk.page, ItemPage) else ""
        kind = entry.kind.value if entry.kind is not None else ""
        place = {"path": path, "page": entry.page, "part": entry.part, "node": entry.node, "kind": kind, "tab": tab}
        self._settings.change_records(
            _PLACES, lambda known: [place, *(other for other in known if other.get("path") != path)][:_MOST_FILES]
        )

    def _first(self, name: str) -> Mapping[str, Any]:
        return next(iter(self._settings.records(name)), {})


def _restore_side(desk: Desk, kept: Mapping[str, Any]) -> None:
    """Hide the right side or show a panel of it as it was left; a narrower window than then has perhaps no room."""
    name, width = kept.get("side"), kept.get("window")
    if name == "":
        desk.hide_side()
    elif name in desk.side.names:
        if desk.side_shown or (type(width) is int and width <= desk.window().width()):
            desk.show_panel(str(name))
        else:
            desk.side.show_panel(str(name))


def _others(window: QWidget) -> list[QWidget]:
    return [other for other in QApplication.topLevelWidgets() if other is not window and other.isVisible()]


def is_to_be_seen(place: QRect, screens: list[QRect]) -> bool:
    """Tell whether enough of the head of a window is on one of the screens."""
    head = QRect(place.x(), place.y(), place.width(), _HEAD)
    shown = (screen.intersected(head) for screen in screens)
    return any(part.width() >= _SEEN and part.height() >= _HEAD // 2 for part in shown)


def _entry_of(kept: Mapping[str, Any]) -> Entry | None:
    page, part, node, kind = (kept.get(name) for name in ("page", "part", "node", "kind"))
    if isinstance(page, str):
        return Entry("", page=page)
    if type(part) is int:
        return Entry("", part=part)
    known = next((one for one in NodeKind if one.value == kind), None)
    return Entry("", node=node, kind=known) if type(node) is int and known is not None else None
