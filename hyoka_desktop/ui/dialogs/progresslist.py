"""The tables of the board of progress: counts of states in groups, and a list of items that sorts by any column."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import QTableWidgetItem

from hyoka_desktop.domain import era
from hyoka_desktop.domain.work import WorkState
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.progress import ItemProgress, Stamps
from hyoka_desktop.ui.linelist import LineList
from hyoka_desktop.ui.naming import who
from hyoka_desktop.ui.statesigns import QUARTERS, state_icon, state_word
from hyoka_desktop.ui.theme import scaled

COLUMNS: Final = (
    "progress_column_number",
    "progress_column_title",
    "work_department",
    "work_assignee",
    "work_state",
    "progress_column_comments",
    "progress_column_letter",
    "progress_column_who",
    "progress_column_at",
)
"""The heads of the list of items."""
_TITLE, _WHO, _AT = 1, 7, 8
_TITLE_CHARACTERS = 22
_DISC = 14
_HUNDRED = 100
_NODE_ROLE = Qt.ItemDataRole.UserRole


class _Cell(QTableWidgetItem):
    """Sort by a key of its own rather than by what is shown."""

    def __init__(self, text: str, key: str | int) -> None:
        super().__init__(text)
        self.key = key

    def __lt__(self, other: QTableWidgetItem) -> bool:
        """Tell which comes first; both keys of a column are of one type."""
        if not isinstance(other, _Cell):
            return super().__lt__(other)
        if isinstance(self.key, int) and isinstance(other.key, int):
            return self.key < other.key
        return str(self.key) < str(other.key)


class CountTable(LineList):
    """Show groups with the number of items in each state, their sum, and the share that is final."""

    def __init__(self, head: str, name: str) -> None:
        states = [state_word(state) for state in WorkState]
        super().__init__([head, *states, word("progress_all"), word("progress_done")])
        self.setAccessibleName(name)
        for place, state in enumerate(WorkState, start=1):
            self.setHorizontalHeaderItem(place, QTableWidgetItem(state_icon(state), state_word(state)))

    def show_counts(self, groups: Sequence[tuple[str, Mapping[WorkState, int]]]) -> None:
        """Show the groups, and all of them together on the last line."""
        total = {state: sum(counts.get(state, 0) for _, counts in groups) for state in WorkState}
        self.fill([_counted(name, counts) for name, counts in (*groups, (word("progress_all"), total))])
        cells = (self.item(row, place) for row in range(self.rowCount()) for place in range(1, self.columnCount()))
        for cell in cells:
            if cell is not None:
                cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class ItemList(LineList):
    """List items with all that is known of their work; chosen ones stay chosen when the list is filled anew."""

    def __init__(self) -> None:
        super().__init__([word(head) for head in COLUMNS], _TITLE, _TITLE_CHARACTERS)
        self.setAccessibleName(word("progress_items"))
        self.setIconSize(QSize(scaled(_DISC), scaled(_DISC)))
        self.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)

    @property
    def chosen_nodes(self) -> list[int]:
        """Tell the chosen items in the order of the list."""
        return [self._node(row) for row in self.chosen_rows]

    def show_items(self, items: Sequence[ItemProgress]) -> None:
        """Show other facts of the items, in the order in which they were sorted."""
        chosen = set(self.chosen_nodes)
        with QSignalBlocker(self):
            self.setSortingEnabled(False)
            self.setRowCount(len(items))
            for row, item in enumerate(items):
                for place, cell in enumerate(_cells(item, row)):
                    self.setItem(row, place, cell)
            self.setSortingEnabled(True)
            self._choose(chosen or {item.node for item in items[:1]})
        self.fit_columns()

    def show_stamps(self, stamps: Stamps) -> None:
        """Show who gave each item its state, and when."""
        if not stamps:
            return
        self.setSortingEnabled(False)
        for row in range(self.rowCount()):
            stamp = stamps.get(self._node(row))
            if stamp is not None:
                for place, text, key in ((_WHO, who(stamp), who(stamp)), (_AT, era.format_moment(stamp.at), stamp.at)):
                    self.setItem(row, place, _Cell(text, key))
        self.setSortingEnabled(True)
        self.fit_columns()

    def _node(self, row: int) -> int:
        return int(self.model().index(row, 0).data(_NODE_ROLE))

    def _choose(self, nodes: set[int]) -> None:
        """Choose lines by node; the cursor goes to the first."""
        self.clearSelection()
        rows = [row for row in range(self.rowCount()) if self._node(row) in nodes]
        if rows:
            self.setCurrentCell(rows[0], 0)
        model = self.selectionModel()
        for row in rows:
            flags = model.SelectionFlag.Select | model.SelectionFlag.Rows
            model.select(self.model().index(row, 0), flags)


def _counted(name: str, counts: Mapping[WorkState, int]) -> list[str]:
    all_items = sum(counts.values())
    percent = counts.get(WorkState.FINAL, 0) * _HUNDRED // all_items if all_items else 0
    numbers = [str(counts.get(state, 0)) for state in WorkState]
    return [name, *numbers, str(all_items), word("progress_percent", percent=percent)]


def _cells(item: ItemProgress, place: int) -> list[_Cell]:
    state = _Cell(state_word(item.state), QUARTERS[item.state])
    state.setIcon(state_icon(item.state, on_accent=True))
    number = _Cell(item.number, place)
    number.setData(_NODE_ROLE, item.node)
    count = item.open_comments
    return [
        number,
        _Cell(item.title, item.title),
        _Cell(item.department, item.department),
        _Cell(item.assignee, item.assignee),
        state,
        _Cell(str(count) if count else "", count),
        _Cell(item.letter, item.letter),
        _Cell("", ""),
        _Cell("", ""),
    ]
