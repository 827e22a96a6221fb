"""Work on one open report: the current snapshot, commands with undo and redo, drafts, and word of every change.

The window holds the newest snapshot at once; the file follows on the store's thread.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from hyoka_desktop.domain import edits
from hyoka_desktop.domain.changes import Action, ChangeSet, Edit, Origin, ValueChange, apply_changes
from hyoka_desktop.domain.report import Address, Snapshot, YearView
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.services.author import current_author, now
from hyoka_desktop.services.forms import carried_form
from hyoka_desktop.store.repository import Repository
from hyoka_desktop.store.worker import Listener, StoreThread
from hyoka_desktop.text.normaliser import normalise

T = TypeVar("T")
Subscriber = Callable[[ChangeSet], None]


@dataclass(frozen=True, slots=True)
class _Step:
    """One step of undo: commands that belong together, oldest first."""

    changes: tuple[ChangeSet, ...]

    @property
    def edit(self) -> Edit:
        first, last = self.changes[0].edit, self.changes[-1].edit
        return replace(
            last, changes=tuple(c for changes in self.changes for c in changes.edit.changes), focus=first.focus
        )


class Session:
    """Hold an open report file and everything that can be done with it."""

    def __init__(self, path: Path, open_repository: Callable[[], Repository], listener: Listener) -> None:
        self.path = path
        self._store = StoreThread(open_repository, listener)
        try:
            self.form: FormDefinition = carried_form(self._ask(lambda repository: repository.form())).definition
            self._snapshot: Snapshot = self._ask(lambda repository: repository.snapshot())
            self.recovered: Mapping[Address, str] = self._ask(lambda repository: repository.drafts())
            self._sequence: int = self._ask(lambda repository: repository.sequence)
        except BaseException:
            self._store.close()
            raise
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        self._subscribers: list[Subscriber] = []

    @property
    def snapshot(self) -> Snapshot:
        """Tell the report as it stands now."""
        return self._snapshot

    def view(self, year: int) -> YearView:
        """Read one fiscal year of the report as it stands now."""
        return YearView(self._snapshot, year, self.form.period_fields)

    @property
    def newest_year(self) -> int:
        """Tell the newest evaluated fiscal year."""
        return self._snapshot.years[-1]

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Have every change told; the returned function ends it."""
        self._subscribers.append(subscriber)
        return lambda: self._subscribers.remove(subscriber)

    def do(self, edit: Edit | None, initiator: str = "", *, continues: bool = False) -> ChangeSet | None:
        """Carry out a command. With `continues` it joins the step before, if that wrote the same field alone."""
        if edit is None:
            return None
        changes = self._write(edit, Origin.DO, None, initiator)
        if continues and self._done and _same_field(self._done[-1], edit):
            self._done[-1] = _Step((*self._done[-1].changes, changes))
        else:
            self._done.append(_Step((changes,)))
        self._undone.clear()
        return changes

    def set_text(
        self, year: int, node: int, field: str, text: str, initiator: str = "", *, continues: bool = False
    ) -> ChangeSet | None:
        """Write a field, cleaned by the normaliser; a draft of it is dropped where nothing changed."""
        view = self.view(year)
        edit = edits.set_text(view, node, field, normalise(text).text)
        if edit is None:
            self.put_draft(view.address(node, field), None)
        return self.do(edit, initiator, continues=continues)

    def put_draft(self, address: Address, text: str | None) -> None:
        """Keep what is on the screen; None drops it."""
        self._store.put_draft(address, None if text is None else normalise(text).text)

    @property
    def undoable(self) -> Edit | None:
        """Tell what undo would take back."""
        return self._done[-1].edit if self._done else None

    @property
    def redoable(self) -> Edit | None:
        """Tell what redo would repeat."""
        return self._undone[-1].edit if self._undone else None

    def undo(self) -> ChangeSet | None:
        """Take back the newest step."""
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(step)
        return self._write(step.edit.inverse(), Origin.UNDO, step.changes[-1].sequence)

    def redo(self) -> ChangeSet | None:
        """Repeat the step that was taken back last."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        return self._write(step.edit, Origin.REDO, step.changes[-1].sequence)

    def backup(self, target: Path) -> "Future[None]":
        """Copy the file as it stands after all that was done so far."""
        return self._store.ask(lambda repository: repository.backup(target))

    def anchor(self) -> str:
        """Tell what stands for the whole file now."""
        return self._ask(lambda repository: repository.anchor)

    @property
    def has_unsaved(self) -> bool:
        """Tell whether something is not yet on the disk."""
        return self._store.has_waiting

    def close(self) -> bool:
        """Write what waits and close the file; tell whether everything reached the disk."""
        return self._store.close()

    def _write(self, edit: Edit, origin: Origin, reverts: int | None, initiator: str = "") -> ChangeSet:
        self._sequence += 1
        changes = ChangeSet(self._sequence, edit, origin, initiator)
        self._snapshot = apply_changes(self._snapshot, edit.changes)
        self._store.apply(edit, origin, reverts, initiator)
        for subscriber in list(self._subscribers):
            subscriber(changes)
        return changes

    def _ask(self, question: Callable[[Repository], T]) -> T:
        return self._store.ask(question).result()


def open_session(path: Path, listener: Listener) -> Session:
    """Open a report file to work on."""
    author = current_author()
    return Session(path, lambda: Repository.open(path, author, now), listener)


def _same_field(step: _Step, edit: Edit) -> bool:
    """Tell whether a step and an edit write one and the same field."""
    addresses = {
        change.address if isinstance(change, ValueChange) else None
        for changes in (*step.changes,)
        for change in changes.edit.changes
    } | {change.address if isinstance(change, ValueChange) else None for change in edit.changes}
    return edit.action is Action.SET_TEXT and len(addresses) == 1 and None not in addresses
