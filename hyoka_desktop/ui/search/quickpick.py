"""Pick one of many by writing a part of its name: the way to items and to functions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from hyoka_desktop.messages.window import word
from hyoka_desktop.services.matching import fits_words
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.theme import UNIT

_WIDTH = 620
_MOST_LINES = 12
_MOST = 200


@dataclass(frozen=True, slots=True)
class Pick:
    """Hold one thing to pick: its name, what stands faintly behind it, what happens, and how else it may be called."""

    name: str
    hint: str
    act: Callable[[], object]
    also: str = ""


class QuickPick(QDialog):
    """Show what fits the words; the arrow keys choose, Enter picks, Escape leaves. `wanted` tells the words."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget, title: str, hint: str, none: str, picks: Sequence[Pick]) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._none = none
        self._picks = list(picks)
        self._more: list[Pick] = []
        self._shown: list[Pick] = []
        self.picked: Pick | None = None
        self.line = QLineEdit()
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(title)
        self.line.setClearButtonEnabled(True)
        self.line.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(word("of_block", block=title, name=word("picks")))
        self.list.setProperty("role", "entries")
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemActivated.connect(lambda _: self._pick())
        self.state = plain_label("", "faint")
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT * 2, UNIT * 2, UNIT * 2, UNIT * 2)
        column.setSpacing(UNIT)
        column.addWidget(self.line)
        column.addWidget(self.list)
        column.addWidget(self.state)
        self.line.textChanged.connect(self._filter)
        self._filter("")

    def show_more(self, picks: Sequence[Pick], state: str = "") -> None:
        """Show more picks behind those that fit by name, for example places in the text."""
        self._more = list(picks)
        self.state.setText(state)
        self._fill()

    def sizeHint(self) -> QSize:
        """Ask for the room of a dozen lines."""
        return QSize(_WIDTH, (_MOST_LINES + 3) * (self.fontMetrics().height() + 2 * UNIT))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the keys that move in a list move in it while one writes."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
                self.list.event(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._pick()
                return True
        return super().eventFilter(watched, event)

    def _filter(self, words: str) -> None:
        self._more = []
        self.state.clear()
        self.wanted.emit(words.strip())
        self._fill()

    def _fill(self) -> None:
        words = self.line.text()
        fitting = [pick for pick in self._picks if fits_words(words, f"{pick.name} {pick.hint} {pick.also}")]
        self._shown = (fitting + self._more)[:_MOST]
        row = max(self.list.currentRow(), 0)
        self.list.clear()
        for pick in self._shown:
            item = QListWidgetItem(f"{pick.name}　　{pick.hint}" if pick.hint else pick.name)
            self.list.addItem(item)
        self.list.setCurrentRow(min(row, len(self._shown) - 1))
        if not self._shown and not self.state.text():
            self.state.setText(self._none)

    def _pick(self) -> None:
        """Close, and remember what was picked; it happens when the dialog is gone."""
        row = self.list.currentRow()
        if 0 <= row < len(self._shown):
            self.picked = self._shown[row]
            self.accept()
