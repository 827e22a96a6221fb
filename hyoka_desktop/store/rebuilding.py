"""Make a new file of what was salvaged: with its whole log where that is proved, otherwise as one command."""

from collections.abc import Callable, Mapping
from pathlib import Path

from hyoka_desktop.domain.changes import Action, Change, Edit, NodeChange, Origin, ValueChange, YearChange
from hyoka_desktop.domain.report import ROOT, Address, Node
from hyoka_desktop.errors import WorldError
from hyoka_desktop.store.faults import world_errors
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.remains import LoggedCommand
from hyoka_desktop.store.repository import Clock, FormText, Repository
from hyoka_desktop.store.salvage import Salvaged
from hyoka_desktop.store.weighing import PROVED, Standing

Mark = Callable[[Standing, str], str]
"""Tells a text that is not proved as it is to stand in the new file, so that it is never taken for a proved one."""


def rebuild(target: Path, salvaged: Salvaged, form: FormText, author: Author, clock: Clock, mark: Mark) -> str:
    """Make a file at a free place; tell its anchor, which is that of the damaged file where its log was proved."""
    drafts = {
        address: draft.text if draft.is_proved else mark(draft.standing, draft.text)
        for address, draft in salvaged.drafts.items()
    }
    if salvaged.commands:
        return _with_log(target, salvaged, form, drafts)
    repository = Repository.create(target, form, author, clock)
    try:
        repository.apply(_edit(salvaged, mark))
        repository.put_drafts(drafts)
        return repository.anchor
    finally:
        repository.close()


class _Replay(Repository):
    """Write commands as they were logged, by who gave them and when."""

    def repeat(self, logged: LoggedCommand) -> None:
        _, action, subject, origin, reverts, person, computer, at, reason = logged.command
        self._author = Author(str(person), str(computer))
        self._clock = lambda: str(at)
        edit = Edit(Action(str(action)), str(subject), logged.changes, None, str(reason))
        self.apply(edit, origin=Origin(str(origin)), reverts=reverts if isinstance(reverts, int) else None)

    def repeat_all(self, commands: tuple[LoggedCommand, ...]) -> None:
        """Write all of them in one transaction."""
        with world_errors(self.path), self._db.atomic():
            for logged in commands:
                self.repeat(logged)


def _with_log(target: Path, salvaged: Salvaged, form: FormText, drafts: Mapping[Address, str]) -> str:
    replay = _Replay.create(target, form, Author("", ""), lambda: "")
    try:
        replay.repeat_all(salvaged.commands)
        if replay.anchor.split("-")[1] != salvaged.commands[-1].head.chain.hex()[:16]:
            raise WorldError("file_log_differs", path=str(target))
        replay.check_facts()
        replay.put_drafts(drafts)
        return replay.anchor
    finally:
        replay.close()


def _edit(salvaged: Salvaged, mark: Mark) -> Edit:
    snapshot = salvaged.snapshot
    changes: list[Change] = [YearChange(year, after=True) for year in snapshot.years]
    changes += [NodeChange(None, node) for node in _parents_first(salvaged)]
    for (node, field), years in snapshot.values.items():
        for year, text in years.items():
            address = Address(node, field, year)
            standing = salvaged.texts[address]
            changes.append(ValueChange(address, None, text if standing in PROVED else mark(standing, text)))
    return Edit(Action.CREATE, "", tuple(changes))


def _parents_first(salvaged: Salvaged) -> list[Node]:
    tree = salvaged.snapshot.tree
    return [node for node in tree.subtree(ROOT) if node.id != ROOT]
