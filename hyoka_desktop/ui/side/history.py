"""The history of the field in hand: every version with who and when, the difference of any two, and the way back.

Where no field is in hand, it is that of the state of the item: who gave it when, and why a final one was freed.
"""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout

from hyoka_desktop.domain import era, fields
from hyoka_desktop.domain.report import SINCE_START, NodeKind
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import history
from hyoka_desktop.services.history import TextEntry
from hyoka_desktop.services.places import place_name
from hyoka_desktop.services.quoting import printed_pair
from hyoka_desktop.ui.difference import DifferenceView
from hyoka_desktop.ui.naming import entry_text, who
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.side.panel import SidePanel
from hyoka_desktop.ui.theme import UNIT
from hyoka_desktop.ui.workplace import Workplace

_BEFORE: Final = "before"
_NOW: Final = "now"
_PAIR: Final = 2


class HistoryPanel(SidePanel):
    """Show all versions of a field, newest first. One is compared with the text before it or of now, two together."""

    name = "history"

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace)
        self._entries: tuple[TextEntry, ...] = ()
        self._of_text = True
        self._heading = plain_label("", "caption")
        self._heading.setWordWrap(True)
        self.list = QListWidget()
        self.list.setProperty("role", "entries")
        self.list.setAccessibleName(word("history_list"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setWordWrap(True)
        self.list.itemSelectionChanged.connect(self._show_difference)
        self.partner = QComboBox()
        self.partner.setAccessibleName(word("history_compare"))
        self.partner.addItem(word("history_with_before"), _BEFORE)
        self.partner.addItem(word("history_with_now"), _NOW)
        self.partner.activated.connect(lambda _: self._show_difference())
        self._between = plain_label(word("history_between"), "caption")
        self.difference = DifferenceView()
        self.back = QPushButton(word("history_restore"))
        self.back.clicked.connect(self._restore)
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT * 2, UNIT * 2, UNIT * 2, UNIT * 2)
        column.setSpacing(UNIT)
        column.addWidget(self._heading)
        column.addWidget(self.list, stretch=2)
        column.addWidget(self.partner, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._between)
        column.addWidget(self.difference, stretch=3)
        column.addWidget(self.back, alignment=Qt.AlignmentFlag.AlignLeft)
        workplace.withhold(self.back)

    def refresh(self) -> None:
        """Ask for the history of the field in hand, else of the state of the item."""
        address, item = self.address, self._item
        if address is not None:
            place = place_name(self.workplace.form, self.workplace.view, address)
            asked = history.history_of(self.workplace.session, address)
            heading = word("history_of", place=place)
        elif item is not None:
            asked = history.states_of(self.workplace.session, self.workplace.year, item)
            heading = word("history_of_states", number=self.workplace.view.text(item, fields.ITEM_NUMBER))
        else:
            self._show((), word("history_no_field"), of_text=True)
            return
        self.workplace.answers.when(
            asked, self, lambda entries: self._show(entries, heading, of_text=address is not None)
        )

    @property
    def _item(self) -> int | None:
        """Tell the item whose page is shown."""
        nodes = self.workplace.session.snapshot.tree.nodes
        return self.node if self.node is not None and nodes[self.node].kind is NodeKind.ITEM else None

    def _show(self, entries: tuple[TextEntry, ...], heading: str, *, of_text: bool) -> None:
        """Show entries of a text, or of a state, which has no two texts to compare and no way back but its own."""
        self._of_text = of_text
        self._heading.setText(heading)
        if entries != self._entries or not entries:
            chosen = [entry.command.sequence for entry in self._chosen()]
            self._entries = entries
            self._fill(chosen)
        for widget in (self.list, self.partner, self.difference):
            widget.setEnabled(bool(entries))
        self.difference.setVisible(of_text or not entries)
        if not self.workplace.is_read_only:
            self.back.setVisible(of_text)
        self._show_difference()

    def _fill(self, chosen: list[int]) -> None:
        """Show the entries; those chosen before stay chosen, else the newest is."""
        self.list.clear()
        for entry in self._entries:
            item = QListWidgetItem(self._line(entry))
            self.list.addItem(item)
            item.setSelected(entry.command.sequence in chosen)
        if self._entries and not self.list.selectedItems():
            self.list.setCurrentRow(0)

    def _line(self, entry: TextEntry) -> str:
        what = entry_text(self.workplace.form, entry)
        if entry.address.year != SINCE_START and entry.address.field in self.workplace.form.period_fields:
            year = era.format_fiscal_year(entry.address.year)
            what = word("history_entry_year", year=year, what=what)
        return word("history_entry", at=era.format_moment(entry.command.at), who=who(entry.command), what=what)

    def _chosen(self) -> list[TextEntry]:
        rows = sorted(self.list.row(item) for item in self.list.selectedItems())
        return [self._entries[row] for row in rows if row < len(self._entries)]

    def _show_difference(self) -> None:
        chosen = self._chosen()
        is_pair = len(chosen) >= _PAIR
        self.partner.setVisible(self._of_text and not is_pair)
        self._between.setVisible(self._of_text and is_pair)
        self.back.setEnabled(self._of_text and len(chosen) == 1 and self._now(chosen[0]) != (chosen[0].after or ""))
        if not chosen:
            none = "history_none" if self._of_text else "history_no_state"
            self.difference.show_nothing(word("history_choose" if self._entries else none))
        elif is_pair:
            self._show_texts(chosen[0], chosen[-1].after, chosen[0].after)
        elif self.partner.currentData() == _NOW:
            self._show_texts(chosen[0], chosen[0].after, self._now(chosen[0]))
        else:
            self._show_texts(chosen[0], chosen[0].before, chosen[0].after)

    def _show_texts(self, entry: TextEntry, before: str | None, after: str | None) -> None:
        """Show two texts of an entry's field as they print with the values of now."""
        view = self.workplace.view
        self.difference.show_texts(*printed_pair(self.workplace.form, entry.address, (view, before), (view, after)))

    def _now(self, entry: TextEntry) -> str:
        return self.workplace.session.snapshot.stored(entry.address) or ""

    def _restore(self) -> None:
        (entry,) = self._chosen()
        self.workplace.settle()
        restored = {entry.address: entry.after}
        if self.workplace.attempt(lambda: history.restore(self.workplace.session, restored)) is None:
            return
        place = place_name(self.workplace.form, self.workplace.view, entry.address)
        self.workplace.said.emit(word("history_restored", place=place, at=era.format_moment(entry.command.at)))
