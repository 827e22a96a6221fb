"""Show rows of plain text to choose from, one at a time."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem


class RowList(QTableWidget):
    """Hold a table of one line a row; the last column takes what room is left."""

    def __init__(self, heads: Sequence[str], name: str) -> None:
        super().__init__(0, len(heads))
        self.setHorizontalHeaderLabels(list(heads))
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)

    def fill(self, rows: Sequence[Sequence[str]], *, checkable: bool = False) -> None:
        """Show other rows; a box to tick stands before each where they are checkable."""
        self.clearContents()
        self.setRowCount(len(rows))
        for line, row in enumerate(rows):
            for place, text in enumerate(row):
                item = QTableWidgetItem(text.replace("\n", " "))
                if checkable and place == 0:
                    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                    item.setCheckState(Qt.CheckState.Unchecked)
                self.setItem(line, place, item)

    def set_text(self, row: int, column: int, text: str) -> None:
        """Write one cell anew."""
        item = self.item(row, column)
        if item is not None:
            item.setText(text)

    def ticked(self) -> list[int]:
        """Tell the rows whose box is ticked."""
        items = [(row, self.item(row, 0)) for row in range(self.rowCount())]
        return [row for row, item in items if item is not None and item.checkState() is Qt.CheckState.Checked]
