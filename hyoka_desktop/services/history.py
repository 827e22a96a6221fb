"""Ask for what was: the history of a text, of the whole report, and the report as it stood in a version."""

import tempfile
import unicodedata
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from hyoka_desktop.domain import edits, versions
from hyoka_desktop.domain.changes import ChangeSet
from hyoka_desktop.domain.report import Address, Snapshot
from hyoka_desktop.services.author import current_author, now
from hyoka_desktop.services.session import Session
from hyoka_desktop.store import history
from hyoka_desktop.store.history import Command, TextEntry
from hyoka_desktop.store.past import PastRepository, snapshot_after
from hyoka_desktop.store.worker import Listener

__all__ = ["Command", "TextEntry"]
_MOST = 500
"""So many entries are shown; more than anybody reads."""
_COPY_NAME = "version.hyoka"


def history_of(session: Session, address: Address) -> "Future[tuple[TextEntry, ...]]":
    """Ask for everything that was written to a field of a node in any year, newest first."""
    return session.ask(
        lambda repository: repository.read(lambda db: history.history_of_text(db, address.node, address.field))
    )


def search_history(session: Session, wanted: str) -> "Future[tuple[TextEntry, ...]]":
    """Ask for the newest entries that brought in or took away some words, whatever their width and case.

    Empty words ask for the newest entries of all.
    """
    folded = _folded(wanted)

    def fits(before: str, after: str) -> bool:
        return not folded or (folded in _folded(before)) != (folded in _folded(after))

    return session.ask(lambda repository: repository.read(lambda db: history.search_texts(db, fits, _MOST)))


def report_after(session: Session, sequence: int) -> "Future[Snapshot]":
    """Ask for the whole report as it stood after a command; WorldError where it cannot be proved."""
    return session.ask(lambda repository: snapshot_after(repository, sequence))


def restore(session: Session, texts: Mapping[Address, str | None]) -> ChangeSet | None:
    """Write texts of the past anew, as one new entry of the history."""
    return session.do(edits.restore(session.snapshot, texts))


def name_version(session: Session, name: str, note: str) -> ChangeSet | None:
    """Give the report as it stands now a name."""
    edit = versions.name_version(session.snapshot, name, note, session.sequence, current_author().person, now())
    return session.do(edit)


@dataclass(frozen=True, slots=True)
class VersionCopy:
    """Hold a copy of the file from which one version can be opened; `open` takes it over."""

    folder: "tempfile.TemporaryDirectory[str]"
    path: Path
    version: versions.NamedVersion

    def open(self, listener: Listener) -> Session:
        """Open the version for reading only; the copy goes when it is closed."""
        author = current_author()

        def take() -> PastRepository:
            return PastRepository.take_back(self.folder, _COPY_NAME, self.version.sequence, author, now)

        return Session(self.path, take, listener, self.version.name)


def copy_for_version(session: Session, version: versions.NamedVersion) -> VersionCopy:
    """Copy the open file into a folder of its own, so that a version of it can be opened beside it."""
    folder = tempfile.TemporaryDirectory(prefix="hyoka-")
    session.backup(Path(folder.name) / _COPY_NAME).result()
    return VersionCopy(folder, session.path, version)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
