"""Bring an open report to another place when its own cannot be written: with its history, or at least its texts."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Final

from hyoka_desktop.domain.changes import Action, Edit, NodeChange, ValueChange, YearChange
from hyoka_desktop.domain.report import ROOT, Address, Snapshot
from hyoka_desktop.errors import HyokaError, InputError, WorldError
from hyoka_desktop.services.author import current_author, now
from hyoka_desktop.services.session import Session, StoreEndedError
from hyoka_desktop.store.repository import Repository
from hyoka_desktop.store.worker import Command
from hyoka_desktop.text.normaliser import normalise

_PATIENCE_SECONDS: Final = 20.0


def rescue(session: Session, target: Path, checkpoint: Callable[[], None] = lambda: None) -> bool:
    """Write the report as it is in memory to a new file; tell whether its history came along.

    What could not be written is written there, and what was being typed is a draft there, as are those of the last
    time. WorldError or InputError where that place cannot be written either, and `checkpoint` may raise to give up;
    then nothing is left there, and what is there already stays.
    """
    if target.exists():
        raise InputError("file_exists", path=str(target))
    with_history = True
    try:
        _copy_with_history(session, target)
    except (WorldError, TimeoutError, CancelledError, StoreEndedError):
        _discard(target)
        checkpoint()
        _write_from_memory(session, target)
        with_history = False
    try:
        checkpoint()
    except BaseException:
        _discard(target)
        raise
    return with_history


def _copy_with_history(session: Session, target: Path) -> None:
    """Copy what is on the disk, and do there what waits here."""

    def copy(repository: Repository) -> tuple[Sequence[Command], Mapping[Address, str | None]]:
        # On the store's own thread, so that nothing is written between the copy and the list.
        repository.backup(target)
        return session.unwritten()

    commands, drafts = session.ask_first(copy).result(_PATIENCE_SECONDS)
    repository = Repository.open(target, current_author(), now)
    with contextlib.closing(repository):
        for command in commands:
            _apply(repository, command)
        repository.put_drafts({**session.typed, **drafts})


def _apply(repository: Repository, command: Command) -> None:
    repository.apply(command.edit, origin=command.origin, reverts=command.reverts, initiator=command.initiator)


def _write_from_memory(session: Session, target: Path) -> None:
    """Make a new file of the texts that are in memory; the log begins anew there."""
    repository = Repository.create(target, session.form_text, current_author(), now)
    try:
        with contextlib.closing(repository):
            repository.apply(_everything(session.snapshot))
            repository.put_drafts({**session.recovered, **session.typed})
    except HyokaError:
        _discard(target)
        raise


def _everything(snapshot: Snapshot) -> Edit:
    """Work out the edit that makes a whole report of an empty one."""
    years = [YearChange(year, after=True) for year in snapshot.years]
    nodes = [NodeChange(None, node) for node in snapshot.tree.subtree(ROOT) if node.id != ROOT]
    texts = [
        # What broke the store may be a text that no file can hold.
        ValueChange(Address(node, field, year), None, normalise(text).text)
        for (node, field), values in snapshot.values.items()
        for year, text in values.items()
    ]
    return Edit(Action.IMPORT, "", (*years, *nodes, *texts))


def _discard(target: Path) -> None:
    with contextlib.suppress(OSError):
        target.unlink()
