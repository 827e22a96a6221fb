"""The tour for a first start: a pane under the pages that leads through five places of the window."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.theme import UNIT

STEPS = ("tree", "write", "indicators", "preview", "export")
_LINE = 3


class TourPane(QFrame):
    """Say one step at a time; `reached` names the step whose place is to be brought to the front."""

    reached = Signal(str)
    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(word("tour_name"))
        self._step = 0
        self.count = plain_label("", "faint")
        self.text = plain_label("")
        self.text.setWordWrap(True)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.next = QPushButton(word("tour_next"))
        self.next.clicked.connect(self._go_on)
        self.end = QPushButton(word("tour_end"))
        self.end.clicked.connect(self.leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(UNIT * 2, UNIT, UNIT * 2, UNIT)
        row.setSpacing(UNIT * 2)
        for widget in (self.count, self.text, self.next, self.end):
            row.addWidget(widget)
        self.hide()

    def begin(self) -> None:
        """Show the first step."""
        self.show()
        self._show(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End the tour with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def leave(self) -> None:
        """End the tour, wherever it is."""
        if not self.isHidden():
            self.hide()
            self.ended.emit()

    def _go_on(self) -> None:
        if self._step + 1 < len(STEPS):
            self._show(self._step + 1)
        else:
            self.leave()

    def _show(self, step: int) -> None:
        self._step = step
        self.count.setText(word("tour_step", step=step + 1, steps=len(STEPS)))
        self.text.setText(word(f"tour_{STEPS[step]}"))
        is_last = step + 1 == len(STEPS)
        self.next.setText(word("tour_done" if is_last else "tour_next"))
        self.end.setVisible(not is_last)
        self.reached.emit(STEPS[step])
        self.next.setFocus()


class Spotlight(QWidget):
    """Draw a frame around one place of a window; it takes no mouse and no key."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._place: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def show_on(self, place: QWidget) -> None:
        """Frame a place, and follow it when it moves or changes its size."""
        self.leave()
        self._place = place
        place.installEventFilter(self)
        place.destroyed.connect(self._lose)
        self._follow()
        self.show()
        self.raise_()

    def leave(self) -> None:
        """Frame nothing."""
        if self._place is not None:
            self._place.removeEventFilter(self)
            self._place.destroyed.disconnect(self._lose)
        self._lose()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the place."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._follow()
        return super().eventFilter(watched, event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the frame."""
        painter = QPainter(self)
        painter.setPen(QPen(self.palette().highlight(), _LINE))
        painter.drawRect(self.rect().adjusted(1, 1, -2, -2))

    def _lose(self) -> None:
        """Forget the place; it may have ended, where the report was closed or its pages were built anew."""
        self._place = None
        self.hide()

    def _follow(self) -> None:
        if self._place is not None:
            corner = self._place.mapTo(self._window, self._place.rect().topLeft())
            self.setGeometry(QRect(corner, self._place.size()))
