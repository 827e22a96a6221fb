"""Show what a workbook of indicators would change, cell by cell, before anything does; each cell can be left out."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from hyoka_desktop.domain.era import format_fiscal_year
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.indicator_columns import Column
from hyoka_desktop.services.indicator_return import Doubt, Proposal, ReturnPlan
from hyoka_desktop.ui.dialogs.frame import add_foot, dialog_column, open_with
from hyoka_desktop.ui.dialogs.tables import keep_rows_whole
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.plain import plain_tip
from hyoka_desktop.ui.theme import UNIT, scaled

_SIZE = (980, 600)
_WIDTHS = (220, 150, 150, 150)
_REFUSED_WIDTHS = (90, 180)
_LEAST_LINES = 4


class IndicatorReturnDialog(QDialog):
    """Ask which cells to take. What changed here in the meantime is not ticked at first."""

    def __init__(self, parent: QWidget, plan: ReturnPlan) -> None:
        super().__init__(parent)
        self._plan = plan
        self.setWindowTitle(word("return_title"))
        open_with(self, *_SIZE)
        column = dialog_column(self, UNIT)
        count = len(plan.proposals)
        text = plain_label(word("return_text", count=count) if count else word("return_nothing"))
        text.setWordWrap(True)
        column.addWidget(text)
        self.changes = self._made_changes()
        if count:
            column.addWidget(self.changes, 3)
            column.addLayout(self._made_ticking())
        if plan.refusals:
            column.addWidget(plain_label(word("return_refused", count=len(plan.refusals)), "heading"))
            column.addWidget(self._made_refusals(), 1)
        add_foot(self, self._made_buttons())

    @property
    def chosen(self) -> Sequence[Proposal]:
        """Tell what is ticked."""
        return [
            proposal
            for line, proposal in enumerate(self._plan.proposals)
            if _box(self.changes, line).checkState() is Qt.CheckState.Checked
        ]

    def _made_changes(self) -> QTableWidget:
        heads = [word(f"return_{name}") for name in ("where", "column", "before", "after", "note")]
        rows = [
            (
                one.place,
                column_caption(one.column),
                one.before,
                one.after,
                word(f"doubt_{one.doubt}") if one.doubt else "",
            )
            for one in self._plan.proposals
        ]
        table = _table(heads, rows)
        table.setAccessibleName(word("return_title"))
        _widen(table, _WIDTHS)
        for line, proposal in enumerate(self._plan.proposals):
            box = _box(table, line)
            box.setFlags(box.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = proposal.doubt is not Doubt.CHANGED_HERE
            box.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        return table

    def _made_refusals(self) -> QTableWidget:
        heads = [word(f"return_{name}") for name in ("sheet_row", "text_there", "why")]
        rows = [(str(one.row), one.text, word(f"doubt_{one.doubt}")) for one in self._plan.refusals]
        table = _table(heads, rows)
        table.setAccessibleName(word("return_refused", count=len(rows)))
        _widen(table, _REFUSED_WIDTHS)
        return table

    def _made_ticking(self) -> QHBoxLayout:
        line = QHBoxLayout()
        for name, state in (("return_all", Qt.CheckState.Checked), ("return_none", Qt.CheckState.Unchecked)):
            button = QPushButton(word(name))
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, wanted=state: self._tick_all(wanted))
            line.addWidget(button)
        line.addStretch()
        return line

    def _made_buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        if self._plan.proposals:
            buttons.addButton(word("return_take"), QDialogButtonBox.ButtonRole.AcceptRole).setDefault(True)
        buttons.addButton(
            word("cancel") if self._plan.proposals else word("close"), QDialogButtonBox.ButtonRole.RejectRole
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        return buttons

    def _tick_all(self, state: Qt.CheckState) -> None:
        for line in range(len(self._plan.proposals)):
            _box(self.changes, line).setCheckState(state)


def column_caption(column: Column) -> str:
    """Name a column by its caption, with its year where it has one."""
    label = column.field.label if column.field is not None else ""
    return f"{label} {format_fiscal_year(column.year)}" if column.is_yearly else label


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> QTableWidget:
    table = QTableWidget(len(rows), len(heads))
    table.setHorizontalHeaderLabels(list(heads))
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.setWordWrap(True)
    table.verticalHeader().hide()
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    table.horizontalHeader().setStretchLastSection(True)
    table.setMinimumHeight(table.horizontalHeader().sizeHint().height() + _LEAST_LINES * table.fontMetrics().height())
    keep_rows_whole(table)
    for line, row in enumerate(rows):
        for place, cell in enumerate(row):
            item = QTableWidgetItem(cell)
            item.setToolTip(plain_tip(cell))
            table.setItem(line, place, item)
    return table


def _widen(table: QTableWidget, widths: Sequence[int]) -> None:
    """Give columns widths that grow with the text, and never less than their heads need."""
    table.ensurePolished()
    for place, width in enumerate(widths):
        table.setColumnWidth(place, max(scaled(width), table.horizontalHeader().sectionSizeHint(place)))


def _box(table: QTableWidget, line: int) -> QTableWidgetItem:
    """Tell the cell of a line that is ticked."""
    box = table.item(line, 0)
    assert box is not None, "every cell of the table is filled"
    return box
