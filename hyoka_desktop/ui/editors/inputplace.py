"""Tell an input method where one writes, so that its list of candidates comes up at the cursor."""

from typing import Final

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QTransform
from PySide6.QtWidgets import QTextEdit, QWidget


def tell_place(widget: QWidget) -> None:
    """Tell the input method where a widget stands in its window, where that is the one with the keyboard.

    WORKAROUND: Qt tells it when the widget itself moves, and not when the page on which it stands is scrolled.
    """
    if widget.hasFocus():
        place = widget.mapTo(widget.window(), QPoint())
        QGuiApplication.inputMethod().setInputItemTransform(QTransform.fromTranslate(place.x(), place.y()))


class PlacedTextEdit(QTextEdit):
    """A text box that tells an input method the place of its cursor."""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Compose where the box stands now."""
        super().inputMethodEvent(event)
        tell_place(self)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:  # type: ignore[override]  # one of two overloads
        """Answer as Qt does.

        WORKAROUND: Qt gives the place of the cursor as if the box had neither frame nor margin around its text.
        """
        answer: object = super().inputMethodQuery(query)
        if query in _PLACES and isinstance(answer, QRectF):
            return answer.translated(self.viewport().pos())
        return answer


_PLACES: Final = (Qt.InputMethodQuery.ImCursorRectangle, Qt.InputMethodQuery.ImAnchorRectangle)
