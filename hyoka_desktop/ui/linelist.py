"""A list of lines in columns, for reading and choosing; plain text, by keyboard too."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem


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
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    @property
    def chosen_rows(self) -> list[int]:
        """Tell the chosen lines from top to bottom, counted from 0."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def fill(self, lines: Sequence[Sequence[str]]) -> None:
        """Show other lines, the first chosen."""
        self.clearSelection()
        self.setRowCount(len(lines))
        for row, line in enumerate(lines):
            for place, text in enumerate(line):
                self.setItem(row, place, QTableWidgetItem(text))
        if lines:
            self.selectRow(0)
