"""The lines below a list: each is asked for when it is to be seen, and kept as it was told."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QIcon

Index = QModelIndex | QPersistentModelIndex
_ROOT_INDEX: Final = QModelIndex()
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_BOX_ROLE: Final = int(Qt.ItemDataRole.CheckStateRole)
_CELL: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_BOX: Final = _CELL | Qt.ItemFlag.ItemIsUserCheckable
_OF_ROWS: Final = ("QList<QPersistentModelIndex>", "QAbstractItemModel::LayoutChangeHint")
"""What the signals of another order carry, so that a chosen line is followed as one and not cell by cell."""
_AS_TYPED: Final = Qt.MatchFlag.MatchStartsWith | Qt.MatchFlag.MatchWrap
_SOUGHT: Final = 4000
"""So many lines are asked for, at most, to find the one that begins as a person typed; more would take long."""
_TICKED, _UNTICKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold a cell that is more than its text: it sorts by a key of its own, has a sign, or stands at the right."""

    text: str
    key: str | int | None = None
    icon: QIcon | None = None
    at_right: bool = False


Line = Sequence[str | Cell]
"""The cells of a line, one for each column; in a column all sort by texts or all by numbers, an empty one as 0."""
LineOf = Callable[[int], Line]
"""Tells a line by its number."""


class LineModel(QAbstractTableModel):
    """Show lines that are known by their numbers; sorting gives each a row. The first cell may have a box to tick.

    `ticked` tells that boxes were ticked or unticked.
    """

    ticked = Signal()

    def __init__(self, heads: Line, parent: QObject) -> None:
        super().__init__(parent)
        self._heads = heads
        self._line_of: LineOf = ().__getitem__
        self._told: dict[int, Line] = {}
        self._numbers: list[int] = []
        self._ticks: list[bool] = []
        self._sorting: tuple[int, Qt.SortOrder] | None = None

    def fill(self, count: int, line_of: LineOf, ticks: Sequence[bool] = ()) -> None:
        """Show other lines, sorted as those before; with a box each where `ticks` tells what is ticked."""
        self.beginResetModel()
        self._line_of, self._ticks = line_of, list(ticks)
        self._told.clear()
        self._numbers = self._sorted(range(count))
        self.endResetModel()

    def ask_anew(self, columns: Collection[int]) -> None:
        """Ask for the lines again when they are to be seen, since some columns tell something else; ticks stay."""
        self._told.clear()
        if self._numbers:
            last = len(self._numbers) - 1
            self.dataChanged.emit(self.index(0, min(columns)), self.index(last, max(columns)))
        if self._sorting is not None and self._sorting[0] in columns:
            self._rearrange()

    def number(self, row: int) -> int:
        """Tell which line is in a row."""
        return self._numbers[row]

    def text(self, row: int, column: int) -> str:
        """Tell the text of a cell."""
        return _text(self._line(row)[column])

    @property
    def ticks(self) -> Sequence[bool]:
        """Tell by the numbers of the lines which boxes are ticked; empty where there are none."""
        return tuple(self._ticks)

    def tick(self, numbers: Iterable[int], *, ticked: bool) -> None:
        """Tick or untick the boxes of some lines."""
        for number in numbers:
            self._ticks[number] = ticked
        if self._numbers:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._numbers) - 1, 0), [_BOX_ROLE])
        self.ticked.emit()

    def rowCount(self, parent: Index = _ROOT_INDEX) -> int:
        """Tell the number of lines."""
        return 0 if parent.isValid() else len(self._numbers)

    def columnCount(self, parent: Index = _ROOT_INDEX) -> int:
        """Tell the number of columns."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Tell what a cell shows."""
        tell = _TOLD.get(role)
        if tell is not None and index.isValid():
            return tell(self._line(index.row())[index.column()])
        if role == _BOX_ROLE and self._has_box(index):
            return _TICKED if self._ticks[self._numbers[index.row()]] else _UNTICKED
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick a box."""
        if role != _BOX_ROLE or not self._has_box(index):
            return False
        self.tick([self._numbers[index.row()]], ticked=Qt.CheckState(value) is _TICKED)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Tell the heads of columns, and numbers of lines."""
        if orientation is Qt.Orientation.Vertical:
            return super().headerData(section, orientation, role)
        tell = _TOLD.get(role)
        return tell(self._heads[section]) if tell is not None else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Tell that cells can be chosen, and boxes ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _BOX if self._has_box(index) else _CELL

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the lines by a column, now and whenever others are filled in; equal ones keep their order."""
        self._sorting = (column, order)
        self._rearrange()

    def match(
        self, start: Index, role: int, value: object, hits: int = 1, flags: Qt.MatchFlag = _AS_TYPED
    ) -> list[QModelIndex]:
        """Find the next line that begins as typed; any other question is answered as Qt does."""
        if (role, hits, flags) != (Qt.ItemDataRole.DisplayRole, 1, _AS_TYPED):
            return super().match(start, role, value, hits, flags)
        wanted, column = str(value).casefold(), start.column()
        rows = chain(range(start.row(), len(self._numbers)), range(start.row()))
        found = (row for row in islice(rows, _SOUGHT) if self.text(row, column).casefold().startswith(wanted))
        return [self.index(row, column) for row in islice(found, 1)]

    def _has_box(self, index: Index) -> bool:
        return bool(self._ticks) and index.isValid() and index.column() == 0

    def _line(self, row: int) -> Line:
        return self._line_numbered(self._numbers[row])

    def _line_numbered(self, number: int) -> Line:
        told = self._told.get(number)
        if told is None:
            self._told[number] = told = self._line_of(number)
        return told

    def _rearrange(self) -> None:
        """Sort what is shown; chosen lines and the line in hand stay what they are."""
        before, after = self._numbers, self._sorted(self._numbers)
        if before == after:
            return
        by_rows = QAbstractTableModel.LayoutChangeHint.VerticalSortHint
        # The stubs of PySide6 do not know that a signal can be chosen by what it carries.
        moving: Any = self.layoutAboutToBeChanged
        moved: Any = self.layoutChanged
        moving[_OF_ROWS].emit([], by_rows)
        self._numbers = after
        rows: Mapping[int, int] = {number: row for row, number in enumerate(after)}
        kept = self.persistentIndexList()
        places = [self.index(rows[before[index.row()]], index.column()) for index in kept]
        self.changePersistentIndexList(kept, places)
        moved[_OF_ROWS].emit([], by_rows)

    def _sorted(self, numbers: Sequence[int]) -> list[int]:
        if self._sorting is None:
            return list(numbers)
        column, order = self._sorting
        is_down = order is Qt.SortOrder.DescendingOrder
        return sorted(numbers, key=lambda number: _key(self._line_numbered(number)[column]), reverse=is_down)


def _text(cell: str | Cell) -> str:
    return cell if isinstance(cell, str) else cell.text


def _icon(cell: str | Cell) -> QIcon | None:
    return None if isinstance(cell, str) else cell.icon


def _alignment(cell: str | Cell) -> Qt.AlignmentFlag | None:
    return _RIGHT if isinstance(cell, Cell) and cell.at_right else None


def _key(cell: str | Cell) -> tuple[int, str]:
    """Tell what a cell sorts by, so that any two can be compared."""
    key = cell if isinstance(cell, str) else cell.text if cell.key is None else cell.key
    return (key, "") if isinstance(key, int) else (0, key)


_TOLD: Final[Mapping[int, Callable[[str | Cell], object]]] = {
    int(Qt.ItemDataRole.DisplayRole): _text,
    int(Qt.ItemDataRole.DecorationRole): _icon,
    int(Qt.ItemDataRole.TextAlignmentRole): _alignment,
}
"""What a cell or a head tells, by the role that is asked for."""
