"""Make the states in which a file can be seen while a command is being written to it."""

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass

from hyoka_desktop.domain.changes import Action, Edit, ValueChange
from hyoka_desktop.domain.report import ROOT, Address
from hyoka_desktop.store.repository import Repository

FIELD = Address(ROOT, "procedures", 2024)
PAGE = 4096


def set_text(repository: Repository, text: str) -> None:
    """Write one field by a command."""
    before = repository.snapshot().stored(FIELD)
    repository.apply(Edit(Action.SET_TEXT, FIELD.field, (ValueChange(FIELD, before, text),)))


@dataclass(frozen=True)
class UnfinishedCommit:
    """Hold a file before and after one command, and the journal that would take the command back."""

    before: bytes
    after: bytes
    journal: bytes

    @property
    def changed_pages(self) -> list[int]:
        return [
            at for at in range(0, len(self.after), PAGE) if self.before[at : at + PAGE] != self.after[at : at + PAGE]
        ]

    def mixed(self, new: set[int]) -> bytes:
        """Tell the file where only some pages are written yet; the end is missing where no page of it is."""
        end = max([len(self.before), *(at + PAGE for at in new)])
        pages = (
            (self.after if at in new or at >= len(self.before) else self.before)[at : at + PAGE]
            for at in range(0, end, PAGE)
        )
        return b"".join(pages)

    def mixtures(self, most: int) -> Iterator[bytes]:
        """Tell the files with each choice of written pages, or a draw of them where there are more."""
        pages = self.changed_pages
        if 2 ** len(pages) <= most:
            choices = list(itertools.product((False, True), repeat=len(pages)))
        else:
            draw = random.Random(5)
            choices = [tuple(draw.random() < 0.5 for _ in pages) for _ in range(most)]
        for choice in choices:
            yield self.mixed({page for page, is_new in zip(pages, choice, strict=True) if is_new})


def write_unfinished(repository: Repository, text: str) -> UnfinishedCommit:
    """Write a command and keep what a stranger could see of it on the way; the journal is whole at its end."""
    journal = repository.path.with_name(f"{repository.path.name}-journal")
    seen: list[bytes] = []
    before = repository.path.read_bytes()
    # Without waiting for the disk, SQLite writes a journal that counts for as long as it is.
    repository._db.execute("PRAGMA synchronous = OFF")
    repository._db.conn.set_trace_callback(lambda told: told == "COMMIT" and seen.append(journal.read_bytes()))
    set_text(repository, text)
    repository._db.conn.set_trace_callback(None)
    repository._db.execute("PRAGMA synchronous = FULL")
    assert seen[-1]
    return UnfinishedCommit(before, repository.path.read_bytes(), seen[-1])
