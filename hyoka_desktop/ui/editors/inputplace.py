"""Tell an input method where one writes, so that its list of candidates comes up at the cursor."""

from typing import Final

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QGuiApplication, QTransform
from PySide6.QtWidgets import QTextEdit, QWidget


def tell_place(widget: QWidget) -> None:
    """Tell the input method where a widget stands in its window, where that is the one with the keyboard.

    WORKAROUND: Qt tells it when the widget itself moves, and not when the page on which it stands is scrolled; and the
    place of a text box, though it counts that of the cursor from where its text begins, inside of frame and margin.
    """
    if widget.hasFocus():
        begins = widget.viewport() if isinstance(widget, QTextEdit) else widget
        place = begins.mapTo(widget.window(), QPoint())
        QGuiApplication.inputMethod().setInputItemTransform(QTransform.fromTranslate(place.x(), place.y()))


class PlacedTextEdit(QTextEdit):
    """A text box that tells an input method the place of its cursor, whenever Qt has told its own."""

    def event(self, event: QEvent) -> bool:
        """Tell the place behind Qt."""
        is_taken = super().event(event)
        if event.type() in _PLACING:
            tell_place(self)
        return is_taken


_PLACING: Final = frozenset({QEvent.Type.FocusIn, QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.InputMethod})
