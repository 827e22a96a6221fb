"""Work on one open report: the current snapshot, commands with undo and redo, drafts, and word of every change.

The window holds the newest snapshot at once; the file follows on the store's thread.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeVar

from hyoka_desktop.domain import edits, fields, numbering
from hyoka_desktop.domain.changes import Action, ChangeSet, Edit, Origin, ValueChange, apply_changes
from hyoka_desktop.domain.draftkeys import is_of_field
from hyoka_desktop.domain.report import ROOT, Address, NodeKind, Snapshot, YearView
from hyoka_desktop.domain.work import without_states
from hyoka_desktop.errors import HyokaError
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.services.admission import admitted
from hyoka_desktop.services.author import current_author, now
from hyoka_desktop.services.cleaning import clean_edit, clean_field
from hyoka_desktop.services.forms import carried_form
from hyoka_desktop.services.lastdrafts import LastDrafts
from hyoka_desktop.store.copying import IN_USE, RepositoryCopy
from hyoka_desktop.store.places import real_place
from hyoka_desktop.store.repository import FormText, Repository
from hyoka_desktop.store.worker import Command, Listener, StoreEndedError, StoreThread
from hyoka_desktop.text.normaliser import Normalised, normalise

__all__ = ["Listener", "StoreEndedError", "real_place"]
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


class ReadOnlySessionError(Exception):
    """Report a command to a session on a copy: a fault of ours, since nothing offers one."""


class Session:
    """Hold an open report file and everything that can be done with it.

    `copied_at` tells the time of a copy of a file that another program holds, or of a version with a name: it can only
    be read, and keeps no drafts. `place` is the path without links, which tells one file from another; it is asked for
    here once, since the file may lie on a share.
    """

    def __init__(
        self, path: Path, open_repository: Callable[[], Repository], listener: Listener, version: str | None = None
    ) -> None:
        self.path = path
        self.place: Final = real_place(path)
        self.version: Final = version
        self._store = StoreThread(open_repository, listener)
        try:
            self.form_text: FormText = self._ask(lambda repository: repository.form())
            self.form: FormDefinition = carried_form(self.form_text).definition
            self._snapshot: Snapshot = self._ask(lambda repository: repository.snapshot())
            self.copied_at: str | None = self._ask(lambda repository: repository.copied_at)
            self._last_drafts = self._ask(LastDrafts.of)
            self._sequence: int = self._ask(lambda repository: repository.sequence)
        except BaseException:
            self._store.close()
            raise
        self._done: list[_Step] = []
        self._undone: list[_Step] = []
        self._on_screen: dict[Address, str] = {}
        self._subscribers: list[Subscriber] = []

    @property
    def snapshot(self) -> Snapshot:
        """Tell the report as it stands now."""
        return self._snapshot

    def view(self, year: int) -> YearView:
        """Read one fiscal year of the report as it stands now."""
        return YearView(self._snapshot, year, self.form.period_fields)

    def live_view(self, year: int) -> YearView:
        """Read one fiscal year with what is on the screen and not yet a command: for preview and computed tables."""
        typed = [
            ValueChange(address, self._snapshot.stored(address), text)
            for address, text in self._on_screen.items()
            if address.node in self._snapshot.tree.nodes and is_of_field(address)
        ]
        snapshot = apply_changes(self._snapshot, typed) if typed else self._snapshot
        return YearView(snapshot, year, self.form.period_fields)

    @property
    def sequence(self) -> int:
        """Tell the number of the newest command."""
        return self._sequence

    @property
    def newest_year(self) -> int:
        """Tell the newest evaluated fiscal year."""
        return self._snapshot.years[-1]

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Have every change told; the returned function ends it."""
        self._subscribers.append(subscriber)
        return lambda: self._subscribers.remove(subscriber)

    def do(self, edit: Edit | None, initiator: str = "", *, continues: bool = False) -> ChangeSet | None:
        """Carry out a command. With `continues` it joins the step before, if that wrote the same field alone.

        Its texts are cleaned here, and the change set tells what was; None where nothing is left to be written. What
        follows for the state of the work comes with it in one step; InputError where it would change a final item.
        """
        clean = clean_edit(self.form, edit) if edit is not None else None
        if clean is None or clean.edit is None:
            return None
        edit = admitted(clean.edit, self.view(self.newest_year))
        changes = replace(self._write(edit, Origin.DO, None, initiator), cleaned=clean.changed)
        if continues and self._done and _same_field(self._done[-1], edit):
            self._done[-1] = _Step((*self._done[-1].changes, changes))
        else:
            self._done.append(_Step((changes,)))
        self._undone.clear()
        return self._told(changes)

    def set_text(
        self, year: int, node: int, field: str, text: str, initiator: str = "", *, continues: bool = False
    ) -> ChangeSet | None:
        """Write a field; a draft of it is dropped where nothing changed."""
        view = self.view(year)
        changes = self.do(edits.set_text(view, node, field, text), initiator, continues=continues)
        if changes is None:
            self.put_draft(view.address(node, field), None)
        return changes

    def change_plan(self, year: int, node: int, field: str, text: str, initiator: str = "") -> ChangeSet | None:
        """Write an approved text from a year on; earlier years keep theirs (計画の変更)."""
        view = self.view(year)
        if self.clean(field, text) == view.text(node, field):
            return None
        return self.do(edits.change_plan(view, node, field, text), initiator)

    def set_block(self, texts: Mapping[Address, str], year: int, action: Action = Action.SET_BLOCK) -> ChangeSet | None:
        """Write several fields in one step."""
        return self.do(edits.set_block(self.view(year), texts, action))

    def add_node(
        self, year: int, parent: int, kind: NodeKind, index: int, texts: Mapping[str, str] | None = None
    ) -> int:
        """Add a child at an index, with its first texts; tell its id."""
        node = self._snapshot.next_node
        self.do(edits.add_node(self.view(year), parent, kind, index, texts))
        return node

    def add_branch(self, year: int, parent: int, kinds: Sequence[NodeKind], index: int) -> int:
        """Add a child at an index with one node of each further kind below the other, in one step; tell its id."""
        first = self._snapshot.next_node
        after, added = self._snapshot, []
        for place, kind in enumerate(kinds):
            view = YearView(after, year, self.form.period_fields)
            edit = edits.add_node(view, parent if place == 0 else first + place - 1, kind, index if place == 0 else 0)
            after = apply_changes(after, edit.changes)
            added.append(edit)
        self.do(edits.joined(added, Action.ADD, kinds[0].value))
        return first

    def add_item(self, year: int, section: int) -> int:
        """Add a 項目 with one row at the end of a 区分, numbered after the last; tell its id."""
        view = self.view(year)
        number = numbering.next_item_number(view, section, fields.ITEM_NUMBER, fields.SECTION_NUMBER)
        index = len(view.children(section, NodeKind.ITEM))
        node = self._snapshot.next_node
        item = edits.add_node(view, section, NodeKind.ITEM, index, {fields.ITEM_NUMBER: number})
        after = YearView(apply_changes(self._snapshot, item.changes), year, self.form.period_fields)
        row = edits.add_node(after, node, NodeKind.ROW, 0)
        self.do(edits.joined([item, row], Action.ADD, NodeKind.ITEM.value))
        return node

    def add_section(self, year: int) -> int:
        """Add a 区分 at the end, numbered after the last; tell its id."""
        index = len(self.view(year).children(ROOT, NodeKind.SECTION))
        sheet = list(self.form.sheets)[-1]
        texts = {fields.SECTION_NUMBER: numbering.section_number(index), fields.SHEET_FORM: sheet}
        return self.add_node(year, ROOT, NodeKind.SECTION, index, texts)

    def remove_node(self, year: int, node: int) -> ChangeSet | None:
        """Remove a node with all below it, from a year on."""
        return self.do(edits.remove_node(self.view(year), node))

    def remove_nodes(self, year: int, nodes: Sequence[int]) -> ChangeSet | None:
        """Remove several nodes, none of them below another, from a year on in one step."""
        return self.do(edits.remove_nodes(self.view(year), nodes))

    def move_node(self, year: int, node: int, parent: int, index: int) -> ChangeSet | None:
        """Move a node to an index, perhaps under another parent."""
        return self.do(edits.move_node(self.view(year), node, parent, index))

    def step_node(self, year: int, node: int, by: int) -> ChangeSet | None:
        """Move a node by one place (-1 up, 1 down); an item at the edge goes over into the neighbouring 区分."""
        view = self.view(year)
        moving = self._snapshot.tree.nodes[node]
        parent = moving.parent or ROOT
        siblings = [sibling.id for sibling in view.children(parent, moving.kind)]
        index = siblings.index(node) + by
        if 0 <= index < len(siblings):
            return self.move_node(year, node, parent, index)
        parents = [section.id for section in view.sections]
        if moving.kind is not NodeKind.ITEM or not 0 <= parents.index(parent) + by < len(parents):
            return None
        target = parents[parents.index(parent) + by]
        return self.move_node(year, node, target, 0 if by > 0 else len(view.children(target, NodeKind.ITEM)))

    def renumbering(self, year: int) -> Mapping[int, str]:
        """Tell the items whose number does not follow their place, with the number that would."""
        return numbering.renumbered(self.view(year), fields.ITEM_NUMBER, fields.SECTION_NUMBER)

    def renumber(self, year: int) -> ChangeSet | None:
        """Let all 項目番号 follow the order of the tree."""
        return self.do(edits.renumber(self.view(year), self.renumbering(year), fields.ITEM_NUMBER))

    def add_year(self, year: int) -> ChangeSet | None:
        """Add an evaluated fiscal year."""
        return self.do(edits.add_year(self.view(self.newest_year), year))

    def put_draft(self, address: Address, text: str | None) -> None:
        """Keep what is on the screen; None drops it."""
        if self.copied_at is not None:
            return
        if text is None:
            self._on_screen.pop(address, None)
            self._store.put_draft(address, None)
        else:
            self._on_screen[address] = normalise(text).text
            self._store.put_draft(address, self._on_screen[address])

    @property
    def recovered(self) -> Mapping[Address, str]:
        """Tell the drafts of the last time about which nothing is decided, the oldest first (see `draftkeys`)."""
        return dict(self._last_drafts.texts)

    @property
    def doubted(self) -> frozenset[Address]:
        """Tell which of these drafts are not as they were written; their texts begin with a mark."""
        return self._last_drafts.doubted

    def settle_recovered(self, key: Address, aside: Address | None = None) -> None:
        """Give up a draft of the last time, or keep it under another key, before the one that it had goes."""
        text = self._last_drafts.settle(key, aside)
        if aside is not None:
            self.put_draft(aside, text)
        self.put_draft(key, None)

    @property
    def typed(self) -> Mapping[Address, str]:
        """Tell what is on the screen and not yet a command."""
        return dict(self._on_screen)

    @property
    def undoable(self) -> Edit | None:
        """Tell what undo would take back."""
        return self._done[-1].edit if self._done else None

    @property
    def redoable(self) -> Edit | None:
        """Tell what redo would repeat."""
        return self._undone[-1].edit if self._undone else None

    def undo(self, initiator: str = "") -> ChangeSet | None:
        """Take back the newest step."""
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(step)
        return self._told(self._write(step.edit.inverse(), Origin.UNDO, step.changes[-1].sequence, initiator))

    def redo(self, initiator: str = "") -> ChangeSet | None:
        """Repeat the step that was taken back last."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        return self._told(self._write(step.edit, Origin.REDO, step.changes[-1].sequence, initiator))

    def clean(self, field: str, text: str) -> str:
        """Tell a text as the field would hold it."""
        return clean_field(self.form, field, text)

    def ask(self, question: Callable[[Repository], T]) -> "Future[T]":
        """Have the file answer a question after all that was done so far."""
        return self._store.ask(question)

    def ask_first(self, question: Callable[[Repository], T]) -> "Future[T]":
        """Have the file answer before all that waits, even where that cannot be written."""
        return self._store.ask_first(question)

    def unwritten(self) -> tuple[Sequence[Command], Mapping[Address, str | None]]:
        """Tell the commands and drafts that are not yet on the disk, in their order."""
        return self._store.unwritten()

    def backup(self, target: Path) -> "Future[None]":
        """Copy the file as it stands after all that was done so far."""
        return self.ask(lambda repository: repository.backup(target))

    def anchor(self) -> str:
        """Tell what stands for the whole file now."""
        return self._ask(lambda repository: repository.anchor)

    def anchor_soon(self, seconds: float = 1.0) -> str:
        """Tell what stands for the whole file now; empty where the disk does not answer within some seconds."""
        try:
            return self.ask(lambda repository: repository.anchor).result(seconds)
        except (TimeoutError, HyokaError):
            return ""

    @property
    def has_unsaved(self) -> bool:
        """Tell whether something is not yet on the disk."""
        return self._store.has_waiting

    @property
    def is_broken(self) -> bool:
        """Tell whether a fault of ours has ended the writing, so that nothing reaches this file any more."""
        return self._store.has_ended

    def flush(self, seconds: float = 3.0) -> bool:
        """Have everything written now; tell whether it reached the disk within some seconds."""
        return self._store.flush(seconds)

    def close(self) -> bool:
        """Write what waits and close the file; tell whether everything reached the disk."""
        return self._store.close()

    def _write(self, edit: Edit, origin: Origin, reverts: int | None, initiator: str = "") -> ChangeSet:
        if self.copied_at is not None:
            raise ReadOnlySessionError
        self._sequence += 1
        changes = ChangeSet(self._sequence, edit, origin, initiator)
        self._snapshot = apply_changes(self._snapshot, edit.changes)
        for address in changes.addresses:
            self._on_screen.pop(address, None)
        self._store.apply(edit, origin, reverts, initiator)
        return changes

    def _told(self, changes: ChangeSet) -> ChangeSet:
        """Tell a command to all who want to know, when undo and redo already know it."""
        for subscriber in list(self._subscribers):
            subscriber(changes)
        return changes

    def _ask(self, question: Callable[[Repository], T]) -> T:
        return self._store.ask(question).result()


def clean_text(text: str) -> Normalised:
    """Clean a text that comes in from outside, for example by pasting."""
    return normalise(text)


def open_session(path: Path, listener: Listener) -> Session:
    """Open a report file to work on."""
    author = current_author()
    return Session(path, lambda: Repository.open(path, author, now), listener)


def is_in_use(error: HyokaError) -> bool:
    """Tell whether a file could not be opened only because another program holds it."""
    return error.code in IN_USE


def open_copy(path: Path, listener: Listener) -> Session:
    """Open a copy of a report file that another program holds, for reading only."""
    author = current_author()
    return Session(path, lambda: RepositoryCopy.take(path, author, now), listener)


def _same_field(step: _Step, edit: Edit) -> bool:
    """Tell whether a step and an edit write one and the same field; a state that follows from it does not count."""
    written = [
        change for done in (*(changes.edit for changes in step.changes), edit) for change in without_states(done)
    ]
    addresses = {change.address if isinstance(change, ValueChange) else None for change in written}
    return edit.action is Action.SET_TEXT and len(addresses) == 1 and None not in addresses
