"""Build one tab of an item from the form: fields of the item, rows with their fields, grids, and texts beside them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from hyoka_desktop.domain.report import Address, NodeKind
from hyoka_desktop.formdef.model import Tab
from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.pages.column import FieldColumn, scrolling, separator
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.pages.grid import IndicatorGrid, NodeGrid
from hyoka_desktop.ui.pages.reading import ReadingColumn
from hyoka_desktop.ui.pages.rows import RowBar
from hyoka_desktop.ui.theme import UNIT
from hyoka_desktop.ui.workplace import Workplace

_OF_ROWS = frozenset({NodeKind.ROW, NodeKind.INDICATOR, NodeKind.ACHIEVEMENT})


class ItemTab(QWidget):
    """Show one tab for one item at a time."""

    def __init__(self, workplace: Workplace, tab: Tab, item: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.tab = tab
        self.setObjectName(f"tab_{tab.id}")
        self._shown = item, workplace.turns
        form = workplace.form
        self._row_definitions = form.fields_on(NodeKind.ROW, tab.id)
        self._row_fields: FieldColumn | None = None
        self._workplace = workplace
        self._grids: list[NodeGrid] = []
        self._reading: ReadingColumn | None = None
        self._no_rows = plain_label(word("no_rows"), "caption")
        self._editing_side = self._laid_out(tab)
        self._editing = QVBoxLayout(self._editing_side)
        self._editing.setContentsMargins(UNIT * 2, UNIT * 2, UNIT * 2, UNIT * 2)
        self._editing.setSpacing(UNIT)
        self._item_fields = FieldColumn(workplace, form.fields_on(NodeKind.ITEM, tab.id), item, self._editing_side)
        self.rows = RowBar(workplace) if self._needs_rows(tab) else None
        self._build(tab)
        if self.rows is not None:
            self.rows.chosen.connect(self._show_row)
        self._point_rows_at(item)

    def point_at(self, item: int) -> None:
        """Show an item as it is in the chosen year, where another one or another year is shown."""
        if (item, self._workplace.turns) == self._shown:
            return
        self._shown = item, self._workplace.turns
        self._item_fields.point_at(item)
        for grid in self._grids:
            if not isinstance(grid, IndicatorGrid):
                grid.point_at(item)
        self._point_rows_at(item)

    def commit(self) -> None:
        """Make final what was typed, and what is being composed too."""
        for part in (self._item_fields, self._row_fields, *self._grids):
            if part is not None:
                part.commit()

    def begin(self) -> None:
        """Put the cursor on the first thing to write in, past the texts that are only read."""
        places: list[QWidget] = [block.editor for block in self._item_fields.blocks]
        places += [grid.table for grid in self._grids]
        places += [block.editor for block in self._row_fields.blocks] if self._row_fields is not None else []
        first = next((place for place in places if place.isVisible()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def show_field(self, address: Address) -> bool:
        """Put the cursor into a field of this tab; False where the tab does not have it."""
        tree = self._workplace.session.snapshot.tree
        row = tree.ancestor(address.node, NodeKind.ROW)
        if self.rows is not None and row is not None:
            self.rows.choose(row.id)
        columns = [self._item_fields, *([self._row_fields] if self._row_fields else [])]
        for block in (block for column in columns for block in column.blocks):
            if block.field.id == address.field and block.node == address.node:
                block.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
        return any(grid.show_field(address) for grid in self._grids)

    def _point_rows_at(self, item: int) -> None:
        if self.rows is not None:
            self.rows.point_at(item)
        elif self._reading is not None:
            self._reading.point_at(item, None)

    def _needs_rows(self, tab: Tab) -> bool:
        form = self._workplace.form
        beside = (form.fields[name] for name in tab.beside)
        return bool(
            self._row_definitions
            or form.fields_on(NodeKind.ACHIEVEMENT, tab.id)
            or any(field.on in _OF_ROWS for field in beside)
        )

    def _laid_out(self, tab: Tab) -> QWidget:
        """Lay out the sides, still empty, with the texts beside where the tab has some; tell where one edits."""
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        editing = QWidget()
        if not tab.beside:
            page.addWidget(scrolling(editing, self))
            return editing
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        self._reading = ReadingColumn(self._workplace, [self._workplace.form.fields[name] for name in tab.beside])
        splitter.addWidget(scrolling(self._reading, splitter))
        splitter.addWidget(scrolling(editing, splitter))
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        splitter.setSizes([300, 460])
        page.addWidget(splitter)
        return editing

    def _build(self, tab: Tab) -> None:
        if self._item_fields.blocks:
            self._editing.addWidget(self._item_fields)
        self._add_output_grid(tab)
        if self.rows is not None:
            if self._item_fields.blocks or self._grids:
                self._editing.addWidget(separator())
            self._editing.addWidget(self.rows)
            self._editing.addWidget(self._no_rows)
            self._add_indicator_grid(tab)
        self._editing.addStretch()

    def _add_output_grid(self, tab: Tab) -> None:
        if self._workplace.form.fields_on(NodeKind.OUTPUT, tab.id):
            grid = NodeGrid(self._workplace, (NodeKind.OUTPUT,))
            grid.point_at(self._shown[0])
            self._grids.append(grid)
            self._editing.addWidget(plain_label(word("node_output"), "heading"))
            self._editing.addWidget(grid)

    def _add_indicator_grid(self, tab: Tab) -> None:
        if self._workplace.form.fields_on(NodeKind.ACHIEVEMENT, tab.id):
            grid = IndicatorGrid(self._workplace)
            self._grids.append(grid)
            self._editing.addWidget(grid)

    def _show_row(self, row: int | None) -> None:
        """Show the fields of the chosen row."""
        self._no_rows.setVisible(row is None)
        for grid in self._grids:
            if isinstance(grid, IndicatorGrid):
                grid.setVisible(row is not None)
                if row is not None:
                    grid.point_at(row)
        if self._row_fields is None and row is not None and self._row_definitions:
            self._row_fields = FieldColumn(self._workplace, self._row_definitions, row, self._editing_side)
            self._editing.insertWidget(self._editing.count() - 1, self._row_fields)
        elif self._row_fields is not None and row is not None:
            self._row_fields.point_at(row)
        if self._row_fields is not None:
            self._row_fields.setVisible(row is not None)
        if self._reading is not None:
            self._reading.point_at(self._shown[0], row)
