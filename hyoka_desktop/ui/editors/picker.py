"""Choose a value of an indicator from a list that narrows down while typing."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from hyoka_desktop.messages.window import word
from hyoka_desktop.services.matching import fits_words
from hyoka_desktop.ui.theme import UNIT

_WIDTH: Final = 420
_HEIGHT: Final = 260
_STORED: Final = Qt.ItemDataRole.UserRole
_MOVES: Final = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class ValuePicker(QFrame):
    """Show values under a place; `chosen` tells what is to be stored. It closes when one is chosen, and by Esc."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, choices: Sequence[tuple[str, str]]) -> None:
        """Offer choices: what is shown, and what is stored."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self.setAccessibleName(word("value_insert"))
        self._choices = choices
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(word("value_filter"))
        self.filter.setAccessibleName(word("value_filter"))
        self.list = QListWidget()
        self.list.setAccessibleName(word("value_insert"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setSpacing(UNIT // 4)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        column.setSpacing(UNIT // 2)
        column.addWidget(self.filter)
        column.addWidget(self.list)
        self.resize(_WIDTH, _HEIGHT)
        self.filter.textChanged.connect(self._narrow)
        self.filter.returnPressed.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        self.filter.installEventFilter(self)
        self._narrow("")

    def show_under(self, place: QRect) -> None:
        """Come up under a place of the screen, or above it where there is no room."""
        room = self.screen().availableGeometry()
        below = place.bottomLeft() + QPoint(0, UNIT // 2)
        if below.y() + self.height() > room.bottom():
            below = place.topLeft() - QPoint(0, self.height() + UNIT // 2)
        below.setX(max(room.left(), min(below.x(), room.right() - self.width())))
        self.move(below)
        self.show()
        self.filter.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys move in the list while the filter has the focus."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in _MOVES:
            self.list.event(event)
            return True
        return False

    def _narrow(self, text: str) -> None:
        """Show the choices in which every word that was typed occurs."""
        self.list.clear()
        for shown, stored in self._choices:
            if fits_words(text, shown):
                entry = QListWidgetItem(shown)
                entry.setData(_STORED, stored)
                self.list.addItem(entry)
        if self.list.count():
            self.list.setCurrentRow(0)
        else:
            nothing = QListWidgetItem(word("value_no_match"))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)

    def _choose(self) -> None:
        entry = self.list.currentItem()
        if entry is not None and entry.data(_STORED):
            self.chosen.emit(entry.data(_STORED))
            self.close()
