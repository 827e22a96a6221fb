"""Remember where a person worked, and lead back there from the lines and panels beside it."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from shiboken6 import isValid


class WayBack(QObject):
    """Watch the focus in some places of a desk; `go` gives it back to what had it last and can be seen."""

    def __init__(self, desk: QWidget, places: Sequence[QWidget]) -> None:
        super().__init__(desk)
        self._places = tuple(places)
        self._lines: list[QWidget] = []
        self._last: dict[QWidget, QWidget] = {}
        application = QApplication.instance()
        assert isinstance(application, QApplication), "widgets exist"
        self._application = application
        application.focusChanged.connect(self._remember)

    def pass_over(self, line: QWidget) -> None:
        """Know a line in which nobody works, wherever it stands: it is opened for a moment."""
        self._lines.append(line)

    def go(self) -> None:
        """Go back to where the person worked; to the first place where that is gone."""
        worked = (widget for widget in reversed(self._last.values()) if isValid(widget) and widget.isVisible())
        next(worked, self._places[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        """Watch no more."""
        self._application.focusChanged.disconnect(self._remember)

    def _remember(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or any(line.isAncestorOf(now) for line in self._lines):
            return
        place = next((place for place in self._places if now is place or place.isAncestorOf(now)), None)
        if place is not None:
            self._last.pop(place, None)
            self._last[place] = _lasting(now)


def _lasting(widget: QWidget) -> QWidget:
    """Tell the table instead of the line in a cell, which ends when it is left."""
    above: QWidget | None = widget
    while above is not None:
        if isinstance(above, QAbstractItemView):
            return above
        above = above.parentWidget()
    return widget
