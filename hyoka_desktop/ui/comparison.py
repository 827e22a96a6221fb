"""Show what differs between two states of a report: a list of places, and the difference of the text in hand."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter

from hyoka_desktop.domain import era
from hyoka_desktop.domain.report import SINCE_START, Address, Node, Snapshot, YearView
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.comparing import Comparison, Difference
from hyoka_desktop.services.places import part_name, place_name
from hyoka_desktop.services.quoting import printed_pair
from hyoka_desktop.ui.difference import DifferenceView
from hyoka_desktop.ui.linelist import LineList
from hyoka_desktop.ui.workplace import Workplace

_LIST_SHARE: Final = 2
_DIFFERENCE_SHARE: Final = 3
_NOTHING: Final = Comparison((), (), ())


class ComparisonView(QSplitter):
    """List the texts that differ and the parts that came or went; `chosen_changed` tells another choice.

    Enter on a line, or a double click, tells by `place_wanted` that somebody wants to go to its place.
    """

    chosen_changed = Signal()
    place_wanted = Signal(Address)

    def __init__(self, direction: Qt.Orientation) -> None:
        super().__init__(direction)
        self.comparison = _NOTHING
        self._words: _Words | None = None
        self._workplace: Workplace | None = None
        self.list = LineList((word("comparison_where"), word("comparison_year")))
        self.list.setAccessibleName(word("comparison_where"))
        self.list.chosen_changed.connect(self._show_difference)
        self.list.activated.connect(lambda _: self.ask_for_place())
        self.difference = DifferenceView()
        self.setChildrenCollapsible(False)
        self.addWidget(self.list)
        self.addWidget(self.difference)
        self.setStretchFactor(0, _LIST_SHARE)
        self.setStretchFactor(1, _DIFFERENCE_SHARE)

    def show_states(self, workplace: Workplace, before: Snapshot, after: Snapshot, comparison: Comparison) -> None:
        """Show what differs between two states of the open report."""
        self.comparison = comparison
        self._words, self._workplace = _Words(workplace, before, after), workplace
        self.list.fill(self._words.lines(self.comparison))
        self._show_difference()

    def show_nothing(self) -> None:
        """Show an empty list."""
        self.comparison = _NOTHING
        self.list.fill(())
        self._show_difference()

    def chosen(self) -> tuple[Difference, ...]:
        """Tell the chosen texts."""
        texts = self.comparison.texts
        return tuple(texts[row] for row in self.list.chosen_lines if row < len(texts))

    @property
    def place(self) -> Address | None:
        """Tell where the one chosen line leads; None where several are chosen or the report of now has no such part."""
        if self._workplace is None or len(self.list.chosen_lines) != 1:
            return None
        parts = (Address(node.id, "", self._workplace.year) for node in self.comparison.added)
        places = [*(text.address for text in self.comparison.texts), *parts]
        row, nodes = self.list.chosen_lines[0], self._workplace.session.snapshot.tree.nodes
        return places[row] if row < len(places) and places[row].node in nodes else None

    def ask_for_place(self) -> None:
        """Ask to go where the chosen line leads."""
        if self.place is not None:
            self.place_wanted.emit(self.place)

    def _show_difference(self) -> None:
        chosen = self.chosen()
        if len(chosen) == 1 and self._words is not None:
            self.difference.show_texts(*self._words.texts(chosen[0]))
        else:
            self.difference.show_nothing(word("comparison_choose") if self.comparison.texts else "")
        self.chosen_changed.emit()


class _Words:
    """Say what differs: the lines of the list, and both texts of one of them."""

    def __init__(self, workplace: Workplace, before: Snapshot, after: Snapshot) -> None:
        self._form, self._year = workplace.form, workplace.year
        self._before, self._after = before, after

    def lines(self, comparison: Comparison) -> list[tuple[str, str]]:
        """Tell the lines in the order of the comparison: texts, what was added, what was removed."""
        lines = [(self._place(one), _year(one.address.year)) for one in comparison.texts]
        lines += [(word("comparison_added", what=self._named(node, self._after)), "") for node in comparison.added]
        return lines + [
            (word("comparison_removed", what=self._named(node, self._before)), "") for node in comparison.removed
        ]

    def texts(self, difference: Difference) -> tuple[str, str]:
        """Tell the text before and after as they print, each with the values of its own state."""
        before, after = self._view(self._before), self._view(self._after)
        return printed_pair(self._form, difference.address, (before, difference.before), (after, difference.after))

    def _place(self, difference: Difference) -> str:
        address = difference.address
        snapshot = self._after if address.node in self._after.tree.nodes else self._before
        return place_name(self._form, self._view(snapshot), address)

    def _view(self, snapshot: Snapshot) -> YearView:
        return YearView(snapshot, self._year, self._form.period_fields)

    def _named(self, node: Node, snapshot: Snapshot) -> str:
        return part_name(self._view(snapshot), node)


def _year(year: int) -> str:
    return "" if year == SINCE_START else era.format_fiscal_year(year)
