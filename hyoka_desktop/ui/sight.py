"""Have the pages scroll after what is being written."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, SignalInstance
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QTextEdit, QWidget
from shiboken6 import isValid

from hyoka_desktop.ui.editors.growing import GrowingTextEdit
from hyoka_desktop.ui.editors.inputplace import tell_place
from hyoka_desktop.ui.scrolled import bring_to_sight, pages_around, place_on, shows_part


class Sight(QObject):
    """Watch what has the cursor below a widget, and scroll after it when Qt has laid out what changed.

    Whoever scrolled away from the cursor stays there until the cursor moves. Under a held mouse button nothing moves
    that is seen in part: the second click of two would meet another line.
    """

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self._watched = watched
        self._followed: QWidget | None = None
        self._was_seen = True
        self._wires: list[tuple[QWidget, SignalInstance, Callable[[], None]]] = []
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._scroll)
        application = QApplication.instance()
        assert isinstance(application, QApplication), "widgets exist"
        self._application = application
        application.focusChanged.connect(self._follow_focus)

    def look_at(self, widget: QWidget | None) -> None:
        """Show the cursor of a widget as soon as everything has its place, and follow it from here on."""
        if widget is None or not any(pages_around(widget)) or not self._watched.isAncestorOf(widget):
            return
        if widget is not self._shown:
            self._listen_to(widget)
        self._soon.start()

    def end(self) -> None:
        """Watch no more."""
        self._application.focusChanged.disconnect(self._follow_focus)
        self._soon.stop()
        self._cut()

    @property
    def _shown(self) -> QWidget | None:
        """Tell what is followed, as long as it lives: a line in a cell ends when it is left."""
        held = self._followed
        return held if held is not None and isValid(held) else None

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        self.look_at(now)

    def _listen_to(self, widget: QWidget) -> None:
        self._cut()
        self._followed, self._was_seen = widget, True
        self._wires = [(widget, sign, self._follow_cursor) for sign in _signs_of_moving(widget)]
        for area in pages_around(widget):
            bar = area.verticalScrollBar()
            self._wires += [(bar, bar.rangeChanged, self._follow_layout), (bar, bar.valueChanged, self._notice)]
        for _, sign, act in self._wires:
            sign.connect(act)

    def _cut(self) -> None:
        for source, sign, act in self._wires:
            if isValid(source):
                sign.disconnect(act)
        self._wires = []

    def _follow_cursor(self) -> None:
        shown = self._shown
        if shown is not None and shown.hasFocus():
            self._soon.start()

    def _follow_layout(self) -> None:
        """Keep in sight what was there before the page grew or shrank."""
        if self._was_seen:
            self._follow_cursor()

    def _notice(self) -> None:
        self._was_seen = self._is_seen()

    def _is_seen(self) -> bool:
        shown = self._shown
        return shown is not None and all(shows_part(area, place_on(area, shown)) for area in pages_around(shown))

    def _scroll(self) -> None:
        shown = self._shown
        if shown is None or not shown.isVisible():
            return
        if QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton or not self._is_seen():
            bring_to_sight(shown)
            tell_place(shown)
        self._was_seen = True


def _signs_of_moving(widget: QWidget) -> tuple[SignalInstance, ...]:
    """Tell the signals of a widget after which its cursor or cell may be elsewhere."""
    match widget:
        case GrowingTextEdit():
            return widget.cursorPositionChanged, widget.textChanged, widget.composed
        case QTextEdit() | QLineEdit():
            return (widget.cursorPositionChanged,)
        case QAbstractItemView():
            return (widget.selectionModel().currentChanged,)
    return ()
