"""A list of lines in columns, for reading and choosing; plain text, by keyboard too."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from PySide6.QtCore import QDeadlineTimer, QEvent, QMetaMethod, QSignalBlocker, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

_AT_ONCE: Final = 100
"""More lines than any screen shows; the others are put in bit by bit."""
_BIT_MS: Final = 8
_MEASURED, _LOOKED_AT = 6, 400
"""So many of the longest texts among the first lines are measured for the width of a column; all would take long."""
_LEAST_LINES: Final = 3
"""So many lines are to be seen of every list."""
_LEAST_CHARACTERS: Final = 14
"""So much of its longest text is to be seen in the column that takes the room; the columns behind it scroll."""


class LineList(QTableWidget):
    """Show lines of texts; whole lines are chosen, several with Ctrl or Shift. One column takes the room."""

    def __init__(self, heads: Sequence[str], roomy: int = 0, characters: int = _LEAST_CHARACTERS) -> None:
        super().__init__(0, len(heads))
        self._roomy, self._characters, self._needed = roomy, characters, 0
        self.setHorizontalHeaderLabels(list(heads))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setSectionResizeMode(roomy, QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().sectionResized.connect(self._give_room)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._rest: Iterator[None] = iter(())
        self._bits = QTimer(self, interval=0)
        self._bits.timeout.connect(self._put_some)

    @property
    def chosen_rows(self) -> list[int]:
        """Tell the chosen lines from top to bottom, counted from 0."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def fill(self, lines: Sequence[Sequence[str]]) -> None:
        """Show other lines, the first chosen."""
        self.fill_from(len(lines), lines.__getitem__)

    def fill_from(
        self, count: int, line_of: Callable[[int], Sequence[str]], dress: Callable[[int], object] = lambda _: None
    ) -> None:
        """Show other lines, the first chosen; each is asked for by its number, and dressed when it is there.

        A screenful is there at once, thousands more follow while the window goes on. That is no change of the list:
        nothing is told of it.
        """
        self.clearSelection()
        self.setRowCount(0)
        self.setRowCount(count)
        self._rest = self._putting(count, line_of, dress)
        with QSignalBlocker(self):
            for _ in zip(range(_AT_ONCE), self._rest, strict=False):
                pass
        self.fit_columns()
        self._bits.start()
        if count:
            self.selectRow(0)

    def fit_columns(self) -> None:
        """Give the columns the width of their texts, and one of them the room that is left."""
        self.ensurePolished()
        self._needed = self._text_width(self._roomy)
        for place in range(self.columnCount()):
            if place != self._roomy:
                self.setColumnWidth(place, self._text_width(place))
        self._give_room()
        self._fit_lines()

    def minimumSizeHint(self) -> QSize:
        """Ask for the room of some whole lines."""
        least = super().minimumSizeHint()
        lines = self.verticalHeader().defaultSectionSize() * _LEAST_LINES
        bar = self.horizontalScrollBar().sizeHint().height()
        height = self.horizontalHeader().sizeHint().height() + lines + bar + 2 * self.frameWidth()
        return QSize(least.width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._give_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter lead where a line leads and do no more: the button of the dialog would be pressed, too."""
        super().keyPressEvent(event)
        leads = self.isSignalConnected(QMetaMethod.fromSignal(self.itemActivated))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and leads and self.currentIndex().isValid():
            event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Fit the columns to texts of another size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self.rowCount():
            self.fit_columns()

    def _fit_lines(self) -> None:
        """Make the lines as high as their texts and signs need; all are alike."""
        first = [self.model().index(0, place) for place in range(self.columnCount())] if self.rowCount() else []
        header = self.verticalHeader()
        header.resetDefaultSectionSize()
        needed = max((self.sizeHintForIndex(index).height() for index in first), default=0)
        if needed > header.defaultSectionSize():
            header.setDefaultSectionSize(needed)

    def _text_width(self, place: int) -> int:
        """Tell the width that the head and the texts of a column need."""
        hints = (self.sizeHintForIndex(self.model().index(row, place)).width() for row in self._longest(place))
        return max(self.horizontalHeader().sectionSizeHint(place), *hints, 0) + 1

    def _give_room(self, section: int = -1) -> None:
        """Let one column take what the others leave, but always enough for the beginning of its texts."""
        if section == self._roomy:
            return
        others = sum(self.columnWidth(place) for place in range(self.columnCount()) if place != self._roomy)
        least = min(self._needed, self.fontMetrics().height() * self._characters)
        head = self.horizontalHeader().sectionSizeHint(self._roomy)
        self.setColumnWidth(self._roomy, max(self.viewport().width() - others, least, head))

    def _putting(
        self, count: int, line_of: Callable[[int], Sequence[str]], dress: Callable[[int], object]
    ) -> Iterator[None]:
        for row in range(count):
            for place, text in enumerate(line_of(row)):
                self.setItem(row, place, QTableWidgetItem(text))
            dress(row)
            yield

    def _put_some(self) -> None:
        """Put in as many lines as fit in a few milliseconds."""
        ends = QDeadlineTimer(_BIT_MS)
        with QSignalBlocker(self):
            for _ in self._rest:
                if ends.hasExpired():
                    return
        self._bits.stop()
        if self.rowCount() > _AT_ONCE:
            self.fit_columns()

    def _longest(self, place: int) -> list[int]:
        """Tell the lines with the longest texts of a column; each text once."""
        known = range(min(self.rowCount(), _LOOKED_AT))
        rows = {item.text(): row for row in known if (item := self.item(row, place)) is not None}
        return [rows[text] for text in sorted(rows, key=_breadth, reverse=True)[:_MEASURED]]


def _breadth(text: str) -> int:
    """Tell about how broad a text is: the old encoding has one byte for half a square and two for a whole one."""
    return len(text.encode("cp932", "replace"))
