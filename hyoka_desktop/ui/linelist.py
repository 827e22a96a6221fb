"""A list of lines in columns, for reading and choosing; plain text, by keyboard too."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from PySide6.QtCore import QDeadlineTimer, QEvent, QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

_AT_ONCE: Final = 100
"""More lines than any screen shows; the others are put in bit by bit."""
_BIT_MS: Final = 8
_MEASURED, _LOOKED_AT = 6, 400
"""So many of the longest texts among the first lines are measured for the width of a column; all would take long."""


class LineList(QTableWidget):
    """Show lines of texts; whole lines are chosen, several with Ctrl or Shift. The first column takes the room."""

    def __init__(self, heads: Sequence[str]) -> None:
        super().__init__(0, len(heads))
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
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
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
        """Give the columns the width of their texts; one that takes the room keeps it."""
        header = self.horizontalHeader()
        for place in range(self.columnCount()):
            if header.sectionResizeMode(place) is QHeaderView.ResizeMode.Interactive:
                hints = (self.sizeHintForIndex(self.model().index(row, place)).width() for row in self._longest(place))
                self.setColumnWidth(place, max(header.sectionSizeHint(place), *hints, 0) + 1)

    def changeEvent(self, event: QEvent) -> None:
        """Fit the columns to texts of another size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self.rowCount():
            self.fit_columns()

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
