"""What the parts of a window share about the open report: the session, the chosen year, and word of changes."""

from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.changes import ChangeSet, Origin
from hyoka_desktop.domain.report import Address, YearView
from hyoka_desktop.domain.work import ItemYear, WorkState, dropped_states, is_locked
from hyoka_desktop.errors import HyokaError
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.export import ExportMemory
from hyoka_desktop.services.session import Session
from hyoka_desktop.ui.answers import Answers
from hyoka_desktop.ui.breathing import breathe
from hyoka_desktop.ui.editors.documents import DocumentMemory

T = TypeVar("T")
_MANY: Final = 200
"""So many changes take their time to be written, to be shown and to be gone to: the loop turns in between."""


class Workplace(QObject):
    """Stand between the widgets and the session, on the window's thread.

    `changed` tells every command, `typed` every keystroke in a field, `remarked` one in a remark, `year_changed`
    another year. `settling` asks the editors to make final what was typed or is being composed, so that it comes before
    the command that follows. `taken_back` tells the place of an undo or redo that no editor did by itself, when
    everything shows it already. `attended` tells the address of the field, cell or row in hand, `entered` that the page
    of another node is shown. `said` carries a short text for the status bar, `talk_wanted` asks for the comments on the
    field in hand, `states_wanted` for what states the item had.

    `turns` counts how often another year was chosen: what was shown before must be shown anew, also of the same year.
    """

    changed = Signal(object)
    typed = Signal(object)
    remarked = Signal()
    year_changed = Signal()
    settling = Signal()
    attended = Signal(object)
    entered = Signal()
    taken_back = Signal(object)
    cleaned = Signal(object)
    said = Signal(str)
    undo_wanted = Signal()
    redo_wanted = Signal()
    talk_wanted = Signal()
    states_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session: Final = session
        self.year = session.newest_year
        self.turns = 0
        self.entered_node: int | None = None
        self._export_memory: ExportMemory | None = None
        self.attended_address: Address | None = None
        self.attended.connect(self._keep_attended)
        self.answers = Answers(self)
        self.documents: Final = DocumentMemory()
        self._end_subscription = session.subscribe(self._tell_change)

    @property
    def export_memory(self) -> ExportMemory:
        """Remember exports as long as the report is open; for one job at a time."""
        if self._export_memory is None:
            self._export_memory = ExportMemory()
        return self._export_memory

    @property
    def form(self) -> FormDefinition:
        """Tell the form of the report."""
        return self.session.form

    @property
    def view(self) -> YearView:
        """Read the chosen year as it stands."""
        return self.session.view(self.year)

    @property
    def live_view(self) -> YearView:
        """Read the chosen year with what is on the screen."""
        return self.session.live_view(self.year)

    @property
    def is_read_only(self) -> bool:
        """Tell whether the report is a copy, in which nothing can be changed."""
        return self.session.copied_at is not None

    def is_locked(self, address: Address) -> bool:
        """Tell whether a text cannot be written, since an item that shows it is final."""
        return is_locked(self.view, address)

    def is_final(self, node: int | None) -> bool:
        """Tell whether a node belongs to an item that is final in the chosen year."""
        return node in self.session.snapshot.tree.nodes and self.is_locked(Address(node or 0, "", self.year))

    def attempt(self, act: Callable[[], T]) -> T | None:
        """Carry out what the report may refuse; a refusal is told, and nothing is returned."""
        try:
            return act()
        except HyokaError as error:
            self.answers.failed.emit(error)
            return None

    def withhold(self, *buttons: QWidget) -> None:
        """Hide buttons that change the report, where it can only be read."""
        if self.is_read_only:
            for button in buttons:
                button.hide()

    def choose_year(self, year: int) -> None:
        """Show another year; what was typed or composed in the one before is made final there first."""
        if year != self.year:
            self.settle()
            self.year = year
            self.turns += 1
            self.year_changed.emit()

    def enter(self, node: int | None) -> None:
        """Say that the page of a node is shown, or a page of the report (None)."""
        self.entered_node = node
        self.attended_address = None
        self.entered.emit()

    def settle(self) -> None:
        """Have everything made final that was typed or is being composed."""
        self.settling.emit()

    def keep_draft(self, address: Address, text: str | None) -> None:
        """Keep what is on the screen; None where it was given up."""
        self.session.put_draft(address, text)
        self.typed.emit(address)

    def keep_remark(self, key: Address, text: str | None) -> None:
        """Keep a remark that is being written; None where it was said or given up."""
        self.session.put_draft(key, text)
        self.remarked.emit()

    def close(self) -> Callable[[], None]:
        """Hear no more of the session; tell how to close it and to give back what exports remembered, on any thread."""
        self.answers.end()
        self._end_subscription()
        session, memory, self._export_memory = self.session, self._export_memory, None

        def end() -> None:
            session.close()
            if memory is not None:
                memory.let_go()

        return end

    def _keep_attended(self, address: Address) -> None:
        self.attended_address = address

    def _tell_change(self, changes: ChangeSet) -> None:
        is_large = len(changes.edit.changes) > _MANY
        if is_large:
            breathe()
        self.changed.emit(changes)
        if changes.cleaned:
            self.cleaned.emit(changes.cleaned)
        if changes.origin is Origin.DO:
            self._say_dropped(dropped_states(changes.edit))
        if is_large:
            breathe()
        if changes.origin is not Origin.DO and not changes.initiator and changes.edit.focus is not None:
            self.taken_back.emit(changes.edit.focus)

    def _say_dropped(self, dropped: Mapping[ItemYear, WorkState]) -> None:
        """Say quietly that a check was taken away with the text that it spoke of."""
        for place, before in list(dropped.items())[:1]:
            number = self.session.view(place.year).text(place.item, fields.ITEM_NUMBER)
            if len(dropped) > 1:
                self.said.emit(word("state_dropped_more", number=number, more=len(dropped) - 1))
            else:
                self.said.emit(word("state_dropped", number=number, before=word(f"state_{before.value}")))
