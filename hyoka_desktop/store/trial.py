"""Do to a copy first what opening would do to a file: take a command back by its journal, migrate an older schema.

A journal belongs to the file that a killed program was writing. Where another file was put in its place since, for
example a backup, SQLite would write the pages of the old one into it. So both are copied, and only what can be proved
whole is done to the file itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hyoka_desktop.errors import HyokaError
from hyoka_desktop.store.faults import world_errors
from hyoka_desktop.store.handles import read_file
from hyoka_desktop.store.hashing import EMPTY_CHAIN, anchor_of
from hyoka_desktop.store.journals import put_foreign_aside, put_journal_aside, read_journal

NOT_WHOLE: Final = frozenset(
    {"file_damaged", "file_facts_differ", "file_log_differs", "file_not_ours", "file_empty", "file_newer"}
)
"""What a trial shows of the bytes that were tried; any other fault is of the place where it was made."""


@dataclass(frozen=True, slots=True)
class Proved:
    """Say what a copy holds that was proved whole: the newest command, and the chain after each."""

    sequence: int
    links: Mapping[int, bytes]

    @property
    def anchor(self) -> str:
        """Tell what stands for the whole."""
        return anchor_of(self.sequence, self.links.get(self.sequence, EMPTY_CHAIN))

    def comes_of(self, other: "Proved") -> bool:
        """Tell whether this is another one after at most one command more."""
        is_next = self.sequence - other.sequence in {0, 1}
        return is_next and other.links.get(other.sequence) == self.links.get(other.sequence)


Try = Callable[[bytes, bytes], Proved]
"""Opens bytes of a file and of its journal as a copy, and proves all of it; HyokaError where it is not whole."""


def settle(path: Path, try_one: Try) -> None:
    """Leave a file so that SQLite may open it, or raise what a copy shows to be wrong with it; then it is untouched."""
    with world_errors(path):
        put_foreign_aside(path)
        content, journal = read_file(path), read_journal(path)
    with_journal = _tried(try_one, content, journal)
    if not journal:
        _raised(with_journal, path)
        return
    as_it_lies = _tried(try_one, content, b"")
    if isinstance(as_it_lies, HyokaError):
        _raised(with_journal, path)
    elif isinstance(with_journal, HyokaError) or not as_it_lies.comes_of(with_journal):
        put_journal_aside(path)


def _tried(try_one: Try, content: bytes, journal: bytes) -> Proved | HyokaError:
    try:
        return try_one(content, journal)
    except HyokaError as error:
        if error.code not in NOT_WHOLE:
            raise
        return error


def _raised(found: Proved | HyokaError, path: Path) -> None:
    """Raise what was found wrong with a copy, of the file itself."""
    if isinstance(found, HyokaError):
        raise type(found)(found.code, **{**found.parameters, "path": str(path)}) from found
