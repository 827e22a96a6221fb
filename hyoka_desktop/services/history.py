"""Ask for what was: the history of a text, of the whole report, and the report as it stood in a version."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from hyoka_desktop.domain import edits, versions
from hyoka_desktop.domain.changes import Action, ChangeSet
from hyoka_desktop.domain.report import Address, Snapshot
from hyoka_desktop.domain.versions import NamedVersion
from hyoka_desktop.domain.work import CONFIRMED, WORK_STATE, WorkState
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.author import current_author, now
from hyoka_desktop.services.comparing import Comparison, compare
from hyoka_desktop.services.session import Session
from hyoka_desktop.store import history
from hyoka_desktop.store.history import Command, TextEntry
from hyoka_desktop.store.past import PastRepository, snapshot_after
from hyoka_desktop.store.repository import Repository
from hyoka_desktop.store.scratch import Scratch
from hyoka_desktop.store.worker import Listener
from hyoka_desktop.text.folding import fold_all

__all__ = ["Command", "TextEntry"]
T = TypeVar("T")
MOST: Final = 500
"""So many entries are shown; more than anybody reads."""
_COPY_NAME = "version.hyoka"
_LOOK_SECONDS: Final = 0.05
"""So often whoever waits for the file looks whether it is still wanted."""


def history_of(session: Session, address: Address) -> "Future[tuple[TextEntry, ...]]":
    """Ask for everything that was written to a field, newest first: in its year, or of the period in all years."""
    all_years = address.field in session.form.period_fields

    def ask(repository: Repository) -> tuple[TextEntry, ...]:
        entries = repository.read(lambda db: history.history_of_text(db, address.node, address.field))
        return tuple(entry for entry in entries if all_years or entry.address.year == address.year)

    return session.ask(ask)


def search_history(
    session: Session, wanted: str, checkpoint: Callable[[], None] = lambda: None
) -> "Future[tuple[TextEntry, ...]]":
    """Ask for the newest entries that brought in or took away some words, or have them in their reason.

    Width and case do not count. Empty words ask for the newest entries of all. A state that was given or lost counts
    by its word; one that began with the first text is left out, since the text itself is there. What the checkpoint
    raises ends the search.
    """
    folded, known = fold_all(wanted), session.form.fields

    def fits(entry: TextEntry) -> bool:
        checkpoint()
        if entry.address.field not in known and not _is_state_of_note(entry):
            return False
        before, after = (fold_all(text) for text in texts_of(entry))
        return not folded or (folded in before) != (folded in after) or folded in fold_all(entry.command.reason)

    return session.ask(lambda repository: repository.read(lambda db: history.search_texts(db, fits, MOST)))


def found_in_history(session: Session, wanted: str, checkpoint: Callable[[], None]) -> tuple[TextEntry, ...]:
    """Search the history and wait for the entries, or for what the checkpoint raises, also while the file is busy."""
    return _awaited(search_history(session, wanted, checkpoint), checkpoint)


def states_of(session: Session, year: int, item: int) -> "Future[tuple[TextEntry, ...]]":
    """Ask for every state that an item had in a year, newest first: who gave it, when, and why it was taken back."""
    return history_of(session, Address(item, WORK_STATE, year))


def texts_of(entry: TextEntry) -> tuple[str, str]:
    """Tell the texts before and after of an entry; of a state its word."""
    if entry.address.field != WORK_STATE:
        return entry.before or "", entry.after or ""
    before, after = (word(f"state_{state or WorkState.NOT_STARTED.value}") for state in (entry.before, entry.after))
    return before, after


def _is_state_of_note(entry: TextEntry) -> bool:
    is_given = entry.command.action == Action.SET_STATE
    return entry.address.field == WORK_STATE and (is_given or not CONFIRMED.isdisjoint({entry.before, entry.after}))


def report_after(session: Session, sequence: int) -> "Future[Snapshot]":
    """Ask for the whole report as it stood after a command; WorldError where it cannot be proved."""
    return session.ask(lambda repository: snapshot_after(repository, sequence))


@dataclass(frozen=True, slots=True)
class ComparedVersions:
    """Hold the report in two states, and what differs."""

    before: Snapshot
    after: Snapshot
    comparison: Comparison


def compare_versions(
    session: Session, older: NamedVersion, newer: NamedVersion | None, checkpoint: Callable[[], None]
) -> ComparedVersions:
    """Compare a version with a newer one, or with the report of now, and wait for it or for what the checkpoint raises.

    WorldError where one of them cannot be proved.
    """
    before = _awaited(report_after(session, older.sequence), checkpoint)
    after = session.snapshot if newer is None else _awaited(report_after(session, newer.sequence), checkpoint)
    return ComparedVersions(before, after, compare(before, after))


def _awaited(asked: "Future[T]", checkpoint: Callable[[], None]) -> T:
    """Wait for an answer of the store, or for what the checkpoint raises, also while the file is busy."""
    try:
        while not wait([asked], _LOOK_SECONDS).done:
            checkpoint()
    finally:
        asked.cancel()
    return asked.result()


def restore(session: Session, texts: Mapping[Address, str | None]) -> ChangeSet | None:
    """Write texts of the past anew, as one new entry of the history."""
    return session.do(edits.restore(session.snapshot, texts))


def name_version(session: Session, name: str, note: str) -> ChangeSet | None:
    """Give the report as it stands now a name."""
    edit = versions.name_version(session.snapshot, name, note, session.sequence, current_author().person, now())
    return session.do(edit)


def rename_version(session: Session, version: NamedVersion, name: str, note: str) -> ChangeSet | None:
    """Give a version another name and note; what it holds stays."""
    return session.do(versions.rename_version(session.snapshot, version.node, name, note))


def forget_version(session: Session, version: NamedVersion) -> ChangeSet | None:
    """Take a version from the list; undo brings it back."""
    return session.do(versions.forget_version(session.snapshot, version.node))


@dataclass(frozen=True, slots=True)
class VersionCopy:
    """Hold a copy of the file from which one version can be opened; `open` takes it over."""

    folder: Scratch
    path: Path
    version: NamedVersion

    def open(self, listener: Listener) -> Session:
        """Open the version for reading only; the copy goes when it is closed."""
        author = current_author()

        def take() -> PastRepository:
            return PastRepository.take_back(self.folder, _COPY_NAME, self.version.sequence, author, now)

        return Session(self.path, take, listener, self.version.name)


def copy_for_version(session: Session, version: NamedVersion) -> VersionCopy:
    """Copy the open file into a folder of its own, so that a version of it can be opened beside it."""
    folder = Scratch()
    session.backup(folder.path / _COPY_NAME).result()
    return VersionCopy(folder, session.path, version)
