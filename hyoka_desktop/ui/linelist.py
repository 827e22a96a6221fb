"""A list of lines in columns, for reading, choosing and ticking; plain text, by keyboard too."""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QMetaMethod, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from hyoka_desktop.ui.linemodel import Line, LineModel, LineOf
from hyoka_desktop.ui.theme import scaled

_MEASURED, _LOOKED_AT = 6, 400
"""So many of the longest texts among the first lines are measured for the width of a column; all would take long."""
_LEAST_LINES: Final = 3
"""So many lines are to be seen of every list."""
_LEAST_CHARACTERS: Final = 14
"""So much of its longest text is to be seen in the column that takes the room; the columns behind it scroll."""
_BOX: Final = 20
"""What the style puts around a box to tick, which Qt forgets."""


class LineList(QTableView):
    """Show lines of texts; whole lines are chosen, several with Ctrl or Shift. One column takes the room.

    `chosen_changed` tells another choice of lines, `ticked` that boxes were ticked or unticked, `activated` that a line
    was entered or clicked twice.
    """

    chosen_changed = Signal()
    ticked = Signal()

    def __init__(self, heads: Line, roomy: int = 0, characters: int = _LEAST_CHARACTERS) -> None:
        super().__init__()
        self._roomy, self._characters, self._needed = roomy, characters, 0
        self.lines = LineModel(heads, self)
        self.setModel(self.lines)
        self.lines.ticked.connect(self.ticked)
        self.selectionModel().selectionChanged.connect(self.chosen_changed)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        # The head would ask of each line whether it can be chosen, as often as others are; its own choice stays empty.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(self.lines, self))
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setSectionResizeMode(roomy, QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().sectionResized.connect(self._give_room)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    @property
    def chosen_lines(self) -> list[int]:
        """Tell the numbers of the chosen lines, from top to bottom."""
        selection = self.selectionModel().selection()
        spans = [selection.at(place) for place in range(selection.count())]
        rows = sorted({row for span in spans for row in range(span.top(), span.bottom() + 1)})
        return [self.lines.number(row) for row in rows]

    def fill(self, lines: Sequence[Line], ticks: Sequence[bool] = ()) -> None:
        """Show other lines, the first chosen."""
        self.fill_from(len(lines), lines.__getitem__, ticks)

    def fill_from(self, count: int, line_of: LineOf, ticks: Sequence[bool] = ()) -> None:
        """Show other lines, the first chosen; each is asked for by its number when it is to be seen, even much later.

        Where `ticks` tells for each line whether it is ticked, each has a box to tick.
        """
        self.clearSelection()
        self.lines.fill(count, line_of, ticks)
        self.fit_columns()
        self.scrollToTop()
        if count:
            self.selectRow(0)

    def selectRow(self, row: int) -> None:
        """Choose one line alone. Qt would add it to those that are chosen while the person holds Ctrl or Shift."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.lines.index(row, 0), flags)

    def fit_columns(self, places: Iterable[int] | None = None) -> None:
        """Give all columns or some the width of their texts, and one of them the room that is left."""
        self.ensurePolished()
        for place in range(self.lines.columnCount()) if places is None else places:
            if place == self._roomy:
                self._needed = self._text_width(place)
            else:
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
        leads = self.isSignalConnected(QMetaMethod.fromSignal(self.activated))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and leads and self.currentIndex().isValid():
            event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Fit the columns to texts of another size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self.lines.rowCount():
            self.fit_columns()

    def _fit_lines(self) -> None:
        """Make the lines as high as their texts and signs need; all are alike."""
        lines = self.lines
        first = [lines.index(0, place) for place in range(lines.columnCount())] if lines.rowCount() else []
        header = self.verticalHeader()
        header.resetDefaultSectionSize()
        needed = max((self.sizeHintForIndex(index).height() for index in first), default=0)
        if needed > header.defaultSectionSize():
            header.setDefaultSectionSize(needed)

    def _text_width(self, place: int) -> int:
        """Tell the width that the head and the texts of a column need."""
        hints = (self.sizeHintForIndex(self.lines.index(row, place)).width() for row in self._longest(place))
        box = scaled(_BOX) if self.lines.ticks and place == 0 else 0
        return max(self.horizontalHeader().sectionSizeHint(place), max(hints, default=0) + box) + 1

    def _give_room(self, section: int = -1) -> None:
        """Let one column take what the others leave, but always enough for the beginning of its texts."""
        if section == self._roomy:
            return
        others = sum(self.columnWidth(place) for place in range(self.lines.columnCount()) if place != self._roomy)
        least = min(self._needed, self.fontMetrics().height() * self._characters)
        head = self.horizontalHeader().sectionSizeHint(self._roomy)
        self.setColumnWidth(self._roomy, max(self.viewport().width() - others, least, head))

    def _longest(self, place: int) -> list[int]:
        """Tell the lines with the longest texts of a column; each text once."""
        rows = {self.lines.text(row, place): row for row in range(min(self.lines.rowCount(), _LOOKED_AT))}
        return [rows[text] for text in sorted(rows, key=_breadth, reverse=True)[:_MEASURED]]


def _breadth(text: str) -> int:
    """Tell about how broad a text is: the old encoding has one byte for half a square and two for a whole one."""
    return len(text.encode("cp932", "replace"))
