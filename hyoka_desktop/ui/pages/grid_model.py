"""Put indicators with their values of several years into a table: one line for each 内訳, columns from the form."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from hyoka_desktop.domain.changes import Action, ChangeSet
from hyoka_desktop.domain.comments import open_on
from hyoka_desktop.domain.era import format_fiscal_year
from hyoka_desktop.domain.report import Address, Node, NodeKind, YearView
from hyoka_desktop.formdef.model import FieldKind, Scope
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.indicator_columns import Column, made_columns
from hyoka_desktop.ui.explaining import explanation_tip
from hyoka_desktop.ui.grid import telling
from hyoka_desktop.ui.plain import plain_tip
from hyoka_desktop.ui.workplace import Workplace

Index = QModelIndex | QPersistentModelIndex
_ROOT_INDEX: Final = QModelIndex()
POINTS_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
"""The values of a line of trend."""
UNREAD_ROLE: Final = POINTS_ROLE + 1
"""Whether a cell holds a text that is not read as a quantity."""
COMMENTS_ROLE: Final = UNREAD_ROLE + 1
"""How many comments on a cell are open."""


class GridModel(QAbstractTableModel):
    """Show the nodes of one or two kinds below an owner (a row or an item)."""

    def __init__(self, workplace: Workplace, kinds: Sequence[NodeKind]) -> None:
        super().__init__()
        self._workplace = workplace
        self._kinds = tuple(kinds)
        self._owner: int | None = None
        self._lines: list[tuple[int | None, ...]] = []
        self._columns: list[Column] = []
        self._live: YearView | None = None
        self._roles: Mapping[int, Callable[[Index], object]] = {
            int(Qt.ItemDataRole.DisplayRole): self._shown,
            int(Qt.ItemDataRole.EditRole): self._shown,
            int(Qt.ItemDataRole.ToolTipRole): lambda index: plain_tip(self.told(index)) or None,
            int(Qt.ItemDataRole.AccessibleTextRole): self._spoken,
            int(Qt.ItemDataRole.TextAlignmentRole): self._alignment,
            POINTS_ROLE: self._points,
            UNREAD_ROLE: self._is_unread,
            COMMENTS_ROLE: self._open_comments,
        }
        workplace.changed.connect(self._follow)
        workplace.typed.connect(self._follow_typing)

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
        self._live = None
        self._columns = made_columns(self._workplace.form, self._kinds, self._workplace.year)
        self._lines = self._made_lines()
        self.endResetModel()

    def node(self, line: int, kind: NodeKind) -> int | None:
        """Tell the node of a kind on a line."""
        if not 0 <= line < len(self._lines):
            return None
        return self._lines[line][self._kinds.index(kind)]

    def address(self, index: Index) -> Address | None:
        """Tell which text a cell shows."""
        if not index.isValid():
            return None
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

    def text(self, index: Index) -> str:
        """Tell the text that a cell shows, computed ones too."""
        return str(self._shown(index) or "")

    def told(self, index: Index) -> str:
        """Say what a cell holds, how it was understood, and how many comments on it are open."""
        return "\n".join(filter(None, (self._meaning(index), self._talk(index))))

    def _meaning(self, index: Index) -> str:
        column = self._columns[index.column()]
        node = self.node(index.row(), column.kind)
        if node is None:
            return ""
        view = self._live_view(column.year)
        if column.field is not None:
            return telling.told_text(column.field, view, node, self.text(index))
        return telling.rate_tip(view, node) if column.is_rate else telling.trend_text(view, node)

    def choices(self, index: Index) -> tuple[str, ...] | None:
        """Tell the words that a cell may hold; None where it may hold any."""
        field = self._columns[index.column()].field
        return field.choices if field is not None and field.kind is FieldKind.CHOICE else None

    def rowCount(self, parent: Index = _ROOT_INDEX) -> int:
        """Tell the number of lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT_INDEX) -> int:
        """Tell the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        """Tell what a cell shows, says when pointed at, and means to those who draw it."""
        tell = self._roles.get(int(role))
        return tell(index) if tell is not None else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401
        """Write a cell as it was typed."""
        address = self.address(index)
        if role != Qt.ItemDataRole.EditRole or address is None:
            return False
        column = self._columns[index.column()]
        write = self._workplace.session.set_text
        self._workplace.attempt(lambda: write(column.year, address.node, address.field, str(value)))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Tell captions of columns (with their year), what their terms mean, and numbers of lines."""
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1) if role == Qt.ItemDataRole.DisplayRole else None
        column = self._columns[section]
        label = column.field.label if column.field else word("rate" if column.is_rate else "trend")
        if role == Qt.ItemDataRole.ToolTipRole:
            tip = plain_tip(column.field.tip) if column.field is not None else ""
            return tip or explanation_tip(label) or None
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return f"{label}\n{format_fiscal_year(column.year)}" if column.is_yearly else label

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Tell that cells can be edited, computed ones only read."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        address = self.address(index)
        if address is None or self._workplace.is_read_only or self._workplace.is_locked(address):
            return flags
        return flags | Qt.ItemFlag.ItemIsEditable

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
        self._live = None
        if changes.changes_structure and self._made_lines() != self._lines:
            self.fill()
            return
        mine = {node for line in self._lines for node in line}
        is_talk = changes.edit.action is Action.COMMENT
        if self._lines and (is_talk or any(address.node in mine for address in changes.addresses)):
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, len(self._columns) - 1))

    def _follow_typing(self, address: Address) -> None:
        """Show the rates that follow from what is being typed."""
        self._live = None
        for line, nodes in enumerate(self._lines):
            if address.node in nodes:
                for place, column in enumerate(self._columns):
                    if column.computed is not None:
                        self.dataChanged.emit(self.index(line, place), self.index(line, place))

    def _live_view(self, year: int) -> YearView:
        """Read what is on the screen; one reading serves until something changes."""
        if self._live is None:
            self._live = self._workplace.live_view
        return self._live.in_year(year)

    def _shown(self, index: Index) -> str | None:
        column = self._columns[index.column()]
        node = self.node(index.row(), column.kind)
        if node is None or column.is_trend:
            return None
        view = self._live_view(column.year)
        return telling.rate_text(view, node) if column.field is None else view.text(node, column.field.id)

    def _spoken(self, index: Index) -> str | None:
        column = self._columns[index.column()]
        text = self.text(index)
        said = " ".join((text, self._meaning(index))) if column.is_rate else self._meaning(index) or text
        return " ".join(filter(None, (said, self._talk(index)))) or None

    def _open_comments(self, index: Index) -> int:
        """Count the open comments on a cell; they belong to the year that is worked on, whatever year it shows."""
        column, address = self._columns[index.column()], self.address(index)
        if address is None or column.year != self._workplace.year:
            return 0
        return open_on(self._live_view(column.year), address.node, address.field)

    def _talk(self, index: Index) -> str:
        count = self._open_comments(index)
        return word("comments_count_tip", count=count) if count else ""

    def _alignment(self, index: Index) -> object:
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return right if self._columns[index.column()].is_rate else None

    def _points(self, index: Index) -> list[float | None]:
        column = self._columns[index.column()]
        node = self.node(index.row(), column.kind)
        return telling.trend_points(self._live_view(column.year), node) if column.is_trend and node is not None else []

    def _is_unread(self, index: Index) -> bool:
        column = self._columns[index.column()]
        node = self.node(index.row(), column.kind)
        if column.field is None or node is None or column.field.kind is not FieldKind.QUANTITY:
            return False
        return telling.unread(column.field, self._live_view(column.year), node, self.text(index)) is not None
