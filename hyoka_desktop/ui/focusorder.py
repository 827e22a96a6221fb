"""Have Tab go as one reads: through the parts of the desk in their order, and in each as it is laid out."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QStackedWidget, QTabWidget, QWidget

from hyoka_desktop.ui.scrolled import bring_to_sight


def step_focus(parts: Sequence[QWidget], current: QWidget | None, *, forward: bool) -> bool:
    """Put the cursor on the next place of the parts, or the one before; behind the last comes the first.

    Parts are built late, and Qt's own order is that of building.
    """
    places = [place for part in parts for place in focus_places(part)]
    if not places:
        return False
    at = next((number for number, place in enumerate(places) if _holds(place, current)), -1 if forward else 0)
    following = places[(at + (1 if forward else -1)) % len(places)]
    following.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    bring_to_sight(following)
    return True


def focus_places(widget: QWidget) -> Iterator[QWidget]:
    """Yield what can be reached with Tab in a widget, in the order of its layout."""
    if not widget.isVisible():
        return
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled() and widget.focusProxy() is None:
        yield widget
    for child in _laid_out(widget):
        yield from focus_places(child)


def _holds(place: QWidget, current: QWidget | None) -> bool:
    return current is not None and (place is current or place.isAncestorOf(current))


def _laid_out(widget: QWidget) -> list[QWidget]:
    """Tell the children of a widget as they are laid out, then the others."""
    match widget:
        case QTabWidget():
            return _there(widget.tabBar(), widget.currentWidget())
        case QStackedWidget():
            return _there(widget.currentWidget())
        case QSplitter():
            return _there(*(widget.widget(place) for place in range(widget.count())))
        case QScrollArea():
            return _there(widget.widget())
    layout = widget.layout()
    first = list(_in_layout(layout)) if layout is not None else []
    others = [child for child in widget.children() if isinstance(child, QWidget) and child not in first]
    return [*first, *(child for child in others if not child.isWindow())]


def _there(*widgets: QWidget | None) -> list[QWidget]:
    return [widget for widget in widgets if widget is not None]


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        inner = item.layout() if item is not None else None
        widget = item.widget() if item is not None else None
        if inner is not None:
            yield from _in_layout(inner)
        elif widget is not None:
            yield widget
