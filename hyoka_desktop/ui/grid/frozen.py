"""Keep the first column of a table in sight while the years are scrolled past it."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QFrame, QHeaderView, QTableView

from hyoka_desktop.ui.grid.view import SheetView


class FrozenColumn(QTableView):
    """Show the first column of a table over it once that is scrolled sideways; the keyboard stays with the table."""

    def __init__(self, table: SheetView) -> None:
        super().__init__(table)
        self._table = table
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "frozen")
        for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.clicked.connect(self._take_up)
        table.horizontalScrollBar().valueChanged.connect(lambda _: self.follow())
        table.horizontalHeader().sectionResized.connect(lambda *_: self.follow())
        self.hide()

    def follow(self) -> None:
        """Stand over the first column where that is scrolled away, with its width and captions."""
        table, columns = self._table, self.model().columnCount()
        if table.horizontalScrollBar().value() == 0 or columns == 0:
            self.hide()
            return
        for column in range(1, columns):
            self.hideColumn(column)
        for line in range(self.model().rowCount()):
            self.setRowHeight(line, table.rowHeight(line))
        width = table.columnWidth(0)
        self.setColumnWidth(0, width)
        head = table.horizontalHeader().height()
        self.horizontalHeader().setFixedHeight(head)
        left = table.verticalHeader().width() + table.frameWidth()
        self.setGeometry(left, table.frameWidth(), width, head + table.viewport().height())
        self.show()
        self.raise_()

    def _take_up(self, index: QModelIndex) -> None:
        """Scroll back to a cell that was clicked on, and hand it to the table."""
        self._table.setFocus(Qt.FocusReason.MouseFocusReason)
        self._table.setCurrentIndex(index)
        self._table.scrollTo(index)
