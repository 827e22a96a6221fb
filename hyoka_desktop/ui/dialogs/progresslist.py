"""The tables of the board of progress: counts of states in groups, and a list of items that sorts by any column."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QSignalBlocker, QSize, Qt

from hyoka_desktop.domain import era
from hyoka_desktop.domain.work import WorkState
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.progress import ItemProgress, Stamps
from hyoka_desktop.ui.linelist import LineList
from hyoka_desktop.ui.linemodel import Cell, Line
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


class CountTable(LineList):
    """Show groups with the number of items in each state, their sum, and the share that is final."""

    def __init__(self, head: str, name: str) -> None:
        states = [Cell(state_word(state), icon=state_icon(state)) for state in WorkState]
        super().__init__([head, *states, word("progress_all"), word("progress_done")])
        self.setAccessibleName(name)

    def show_counts(self, groups: Sequence[tuple[str, Mapping[WorkState, int]]]) -> None:
        """Show the groups, and all of them together on the last line."""
        total = {state: sum(counts.get(state, 0) for _, counts in groups) for state in WorkState}
        shown = (*groups, (word("progress_all"), total))
        self.fill_from(len(shown), lambda number: _counted(*shown[number]))


class ItemList(LineList):
    """List items with all that is known of their work; chosen ones stay chosen when the list is filled anew."""

    def __init__(self) -> None:
        super().__init__([word(head) for head in COLUMNS], _TITLE, _TITLE_CHARACTERS)
        self._items: Sequence[ItemProgress] = ()
        self._stamps: Stamps = {}
        self._states = {state: _state(state) for state in WorkState}
        self.setAccessibleName(word("progress_items"))
        self.setIconSize(QSize(scaled(_DISC), scaled(_DISC)))
        self.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    @property
    def chosen_nodes(self) -> list[int]:
        """Tell the chosen items in the order of the list."""
        return [self._items[number].node for number in self.chosen_lines]

    def show_items(self, items: Sequence[ItemProgress]) -> None:
        """Show other facts of the items, in the order in which they were sorted."""
        chosen = set(self.chosen_nodes)
        with QSignalBlocker(self):
            self._items, self._stamps = items, {}
            self.lines.fill(len(items), self._line)
            self._choose(chosen or {item.node for item in items[:1]})
        self.fit_columns()

    def show_stamps(self, stamps: Stamps) -> None:
        """Show who gave each item its state, and when."""
        if stamps:
            self._stamps = stamps
            self.lines.ask_anew((_WHO, _AT))
            self.fit_columns((_WHO, _AT))

    def _choose(self, nodes: set[int]) -> None:
        """Choose lines by node; the cursor goes to the first."""
        lines, chosen = self.lines, QItemSelection()
        rows = [row for row in range(lines.rowCount()) if self._items[lines.number(row)].node in nodes]
        if rows:
            self.setCurrentIndex(lines.index(rows[0], 0))
        for row in rows:
            chosen.select(lines.index(row, 0), lines.index(row, 0))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(chosen, flags.ClearAndSelect | flags.Rows)

    def _line(self, number: int) -> Line:
        item = self._items[number]
        stamp, count = self._stamps.get(item.node), item.open_comments
        return (
            Cell(item.number, number),
            item.title,
            item.department,
            item.assignee,
            self._states[item.state],
            Cell(str(count), count) if count else "",
            item.letter,
            who(stamp) if stamp is not None else "",
            Cell(era.format_moment(stamp.at), stamp.at) if stamp is not None else "",
        )


def _state(state: WorkState) -> Cell:
    return Cell(state_word(state), QUARTERS[state], state_icon(state, on_accent=True))


def _counted(name: str, counts: Mapping[WorkState, int]) -> Line:
    all_items = sum(counts.values())
    percent = counts.get(WorkState.FINAL, 0) * _HUNDRED // all_items if all_items else 0
    numbers = [str(counts.get(state, 0)) for state in WorkState]
    told = (*numbers, str(all_items), word("progress_percent", percent=percent))
    return [name, *(Cell(text, at_right=True) for text in told)]
