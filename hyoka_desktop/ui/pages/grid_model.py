"""Put indicators with their values of several years into a table: one line for each 内訳, columns from the form.

What lasts the period comes first, then the years, the newest first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.achievement import Achievement, achievement, format_rate
from hyoka_desktop.domain.changes import ChangeSet
from hyoka_desktop.domain.era import format_fiscal_year
from hyoka_desktop.domain.report import Address, Node, NodeKind
from hyoka_desktop.formdef.model import FieldDefinition, Scope
from hyoka_desktop.messages.window import word
from hyoka_desktop.messages.words.achievement import FORMULAS, REASONS
from hyoka_desktop.ui.explaining import explanation_tip
from hyoka_desktop.ui.plain import plain_tip
from hyoka_desktop.ui.workplace import Workplace

Index = QModelIndex | QPersistentModelIndex
_YEARS_SHOWN: Final = 3
_ROOT_INDEX: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column:
    """Describe a column: a field of a kind of node in a year, or the computed rate of a year."""

    kind: NodeKind
    year: int
    field: FieldDefinition | None

    @property
    def is_rate(self) -> bool:
        """Tell whether the column is computed."""
        return self.field is None


class GridModel(QAbstractTableModel):
    """Show the nodes of one or two kinds below an owner (a row or an item)."""

    def __init__(self, workplace: Workplace, kinds: Sequence[NodeKind]) -> None:
        super().__init__()
        self._workplace = workplace
        self._kinds = tuple(kinds)
        self._owner: int | None = None
        self._lines: list[tuple[int | None, ...]] = []
        self._columns: list[Column] = []
        workplace.changed.connect(self._follow)

    @property
    def columns(self) -> Sequence[Column]:
        """Tell what the columns are."""
        return self._columns

    def point_at(self, owner: int) -> None:
        """Show the nodes below another owner."""
        self._owner = owner
        self.fill()

    def fill(self) -> None:
        """Read everything anew."""
        self.beginResetModel()
        self._columns = self._made_columns()
        self._lines = self._made_lines()
        self.endResetModel()

    def node(self, line: int, kind: NodeKind) -> int | None:
        """Tell the node of a kind on a line."""
        if not 0 <= line < len(self._lines):
            return None
        return self._lines[line][self._kinds.index(kind)]

    def address(self, index: Index) -> Address | None:
        """Tell which text a cell shows."""
        column = self._columns[index.column()]
        node = self.node(index.row(), column.kind)
        if node is None or column.field is None:
            return None
        return self._workplace.view.in_year(column.year).address(node, column.field.id)

    def index_of(self, address: Address) -> QModelIndex:
        """Find the cell of an address; an invalid index where there is none."""
        for line, nodes in enumerate(self._lines):
            for place, column in enumerate(self._columns):
                same_year = column.field is not None and (
                    column.field.per is Scope.PERIOD or column.year == address.year
                )
                if address.node in nodes and same_year and column.field and column.field.id == address.field:
                    return self.index(line, place)
        return QModelIndex()

    def rowCount(self, parent: Index = _ROOT_INDEX) -> int:
        """Tell the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT_INDEX) -> int:
        """Tell the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Tell the text, the tooltip or the alignment of a cell."""
        column = self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return self._rate_text(index.row(), column.year) if column.is_rate else self._text(index)
            case Qt.ItemDataRole.ToolTipRole:
                tip = self._rate_tip(index.row(), column.year) if column.is_rate else self._text(index)
                return plain_tip(tip) if tip else None
            case Qt.ItemDataRole.TextAlignmentRole if column.is_rate:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case _:
                return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401
        """Write a cell as it was typed."""
        address = self.address(index)
        if role != Qt.ItemDataRole.EditRole or address is None:
            return False
        column = self._columns[index.column()]
        self._workplace.session.set_text(column.year, address.node, address.field, str(value))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Tell captions of columns (with their year), what their terms mean, and numbers of lines."""
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        column = self._columns[section]
        label = column.field.label if column.field else word("rate")
        if role == Qt.ItemDataRole.ToolTipRole:
            return explanation_tip(label) or None
        return label if column.field and column.field.per is Scope.PERIOD else f"{label}\n{_year(column.year)}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Tell that cells can be edited, computed ones only read."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return (
            flags if self._workplace.is_read_only or self.address(index) is None else flags | Qt.ItemFlag.ItemIsEditable
        )

    def _made_columns(self) -> list[Column]:
        form, year = self._workplace.form, self._workplace.year
        definitions = [(kind, field) for kind in self._kinds for field in form.fields_on(kind)]
        columns = [Column(kind, year, field) for kind, field in definitions if field.per is Scope.PERIOD]
        leaf = self._kinds[-1]
        yearly = [field for kind, field in definitions if field.per is Scope.YEAR and kind is leaf]
        has_rate = {fields.TARGET, fields.ACTUAL} <= {field.id for field in yearly}
        for shown in range(year, year - _YEARS_SHOWN, -1):
            columns += [Column(leaf, shown, field) for field in yearly]
            columns += [Column(leaf, shown, None)] if has_rate else []
        upper = [Column(kind, year, field) for kind, field in definitions if kind is not leaf]
        return columns + [column for column in upper if column.field and column.field.per is Scope.YEAR]

    def _made_lines(self) -> list[tuple[int | None, ...]]:
        view = self._workplace.view
        if self._owner not in view.snapshot.tree.nodes or self._owner is None:
            return []
        lines: list[tuple[int | None, ...]] = []
        for top in view.children(self._owner, self._kinds[0]):
            if len(self._kinds) == 1:
                lines.append((top.id,))
                continue
            below: tuple[Node | None, ...] = view.children(top.id, self._kinds[1]) or (None,)
            lines += [(top.id, child.id if child else None) for child in below]
        return lines

    def _follow(self, changes: ChangeSet) -> None:
        """Show what changed: the whole table where lines came or went, single cells otherwise."""
        if changes.changes_structure:
            if self._made_lines() != self._lines:
                self.fill()
            return
        mine = {node for line in self._lines for node in line}
        if any(address.node in mine for address in changes.addresses):
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, len(self._columns) - 1))

    def _text(self, index: Index) -> str | None:
        address = self.address(index)
        return None if address is None else self._workplace.live_view.snapshot.stored(address) or ""

    def _achievement(self, line: int, year: int) -> Achievement | None:
        leaf = self._lines[line][-1]
        if leaf is None:
            return None
        view = self._workplace.live_view.in_year(year)
        return achievement(view.text(leaf, fields.TARGET), view.text(leaf, fields.ACTUAL))

    def _rate_text(self, line: int, year: int) -> str:
        found = self._achievement(line, year)
        return format_rate(found.rate) if found is not None and found.rate is not None else ""

    def _rate_tip(self, line: int, year: int) -> str | None:
        found = self._achievement(line, year)
        if found is None:
            return None
        if found.rate is None or found.direction is None:
            return REASONS[found.reason.value] if found.reason else None
        return FORMULAS[found.direction.value].format(
            actual=_number(found.actual), target=_number(found.target), rate=format_rate(found.rate)
        )


def _year(year: int) -> str:
    return format_fiscal_year(year)


def _number(number: Decimal | None) -> str:
    return "" if number is None else f"{number:,f}"
