"""Work out a whole report as it stood after any command, and open it for reading only.

What came after is taken back by the log. The result is shown only where it gives the sum of facts that was logged then.
"""

import contextlib
from pathlib import Path
from typing import Self

from hyoka_desktop.domain.changes import apply_changes
from hyoka_desktop.domain.report import Snapshot
from hyoka_desktop.errors import WorldError
from hyoka_desktop.store.copying import RepositoryCopy
from hyoka_desktop.store.drafts import KeptDraft
from hyoka_desktop.store.hashing import FactSum, anchor_of
from hyoka_desktop.store.history import Moment, changes_since, moment_of
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.repository import Clock, Repository
from hyoka_desktop.store.scratch import Scratch


def snapshot_after(repository: Repository, sequence: int) -> Snapshot:
    """Tell all facts as they stood after a command; WorldError where they do not give the sum logged with it."""
    return _past(repository, sequence)[0]


class PastRepository(RepositoryCopy):
    """Hold a copy of a report as it stood after a command, for reading only; closing it removes the copy."""

    past: Snapshot | None = None
    moment: Moment | None = None

    @classmethod
    def take_back(cls, folder: Scratch, name: str, sequence: int, author: Author, clock: Clock) -> Self:
        """Open the copy that lies in a folder of its own; the folder goes when it is closed, or cannot be opened."""
        with contextlib.ExitStack() as undo:
            undo.callback(folder.cleanup)
            copy = cls.open(Path(folder.name) / name, author, clock)
            copy.folder = folder
            undo.callback(copy.close)
            copy.prove()
            copy.past, moment = _past(copy, sequence)
            copy.moment, copy.copied_at = moment, moment.at
            undo.pop_all()
        return copy

    @property
    def sequence(self) -> int:
        """Tell the number of the command after which the report stood so."""
        return super().sequence if self.moment is None else self.moment.sequence

    @property
    def anchor(self) -> str:
        """Tell what stood for the whole file then."""
        return super().anchor if self.moment is None else anchor_of(self.moment.sequence, self.moment.chain)

    def snapshot(self) -> Snapshot:
        """Tell the facts of then; while the copy is being proved, those of now."""
        return super().snapshot() if self.past is None else self.past

    def kept_drafts(self) -> tuple[KeptDraft, ...]:
        """Tell none: what was on a screen belongs to no version."""
        return ()


def _past(repository: Repository, sequence: int) -> tuple[Snapshot, Moment]:
    changes = repository.read(lambda db: changes_since(db, sequence))
    past = apply_changes(repository.snapshot(), [change.inverse() for change in reversed(changes)])
    moment = repository.read(lambda db: moment_of(db, sequence))
    if moment is None or moment.facts != str(FactSum.of(past, repository.form().sha256)):
        raise WorldError("file_log_differs", path=str(repository.path))
    return past, moment
