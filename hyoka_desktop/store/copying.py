"""Read a file that another program holds: copy its bytes, prove that the copy is one committed state, and open that.

Nobody can open the file itself, but its bytes can be read, and a command may be written to it meanwhile. A copy is torn
where it holds some pages of a command and not the others. A command under way is seen by its journal: where the journal
was the same before and after the bytes were read, it takes back what the copy has of that command. What was begun and
ended in between is found by the checks: every fact against their sum, every logged command against the chain, every
index against its table. The change counter in the header is not asked, since drafts move it too: a person who types
into a file on a slow share would never let a copy through.
"""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, Self

from hyoka_desktop.errors import WorldError
from hyoka_desktop.store.faults import world_errors
from hyoka_desktop.store.handles import read_file
from hyoka_desktop.store.journals import journal_of, read_journal
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.names import refuse_nameless
from hyoka_desktop.store.repository import Clock, Repository
from hyoka_desktop.store.scratch import Scratch

IN_USE: Final = frozenset({"file_in_use", "file_locked"})
"""The codes of a file that is held by another program."""
_TORN: Final = frozenset({"copy_torn", "file_damaged", "file_facts_differ", "file_log_differs"})
_RETRIES: Final = 5
_PAUSE_SECONDS: Final = 0.1
_NAME: Final = "copy.hyoka"


class RepositoryCopy(Repository):
    """Hold a copy of a file as it stood at one moment, for reading only; closing it removes the copy."""

    keeps_reserve = False
    is_tried_first = False
    copied_at: str
    folder: Scratch

    @classmethod
    def take(cls, path: Path, author: Author, clock: Clock, pause: Callable[[float], None] = time.sleep) -> Self:
        """Copy a file and open the copy; WorldError where the copy is torn again and again."""
        refuse_nameless(path)
        for attempt in range(1 + _RETRIES):
            if attempt:
                pause(_PAUSE_SECONDS)
            try:
                return cls._copied(path, author, clock)
            except WorldError as error:
                if error.code not in _TORN:
                    raise
        raise WorldError("copy_torn", path=str(path))

    def close(self) -> None:
        """Close the copy and remove it."""
        super().close()
        self.folder.cleanup()

    def prove(self) -> None:
        """Check what the opening leaves out, the whole log. After that, nothing can be written."""
        with world_errors(self.path):
            self.check_log()
            self._db.execute("PRAGMA query_only = ON")

    @classmethod
    def of(cls, content: bytes, author: Author, clock: Clock, journal: bytes = b"") -> Self:
        """Prove the bytes of a report file in a folder of one's own, and open them there."""
        at = clock()
        with contextlib.ExitStack() as undo:
            folder = _folder_with(content, journal)
            undo.callback(folder.cleanup)
            copy = cls.open(folder.path / _NAME, author, clock)
            copy.folder, copy.copied_at = folder, at
            undo.callback(copy.close)
            copy.prove()
            undo.pop_all()
        return copy

    @classmethod
    def _copied(cls, path: Path, author: Author, clock: Clock) -> Self:
        at = clock()
        content, journal = _read(path)
        try:
            copy = cls.of(content, author, clock, journal)
        except WorldError as error:
            if not journal or error.code not in _TORN:
                raise
            # The journal is perhaps of another file that lay there before; what is proved without it is whole.
            copy = cls.of(content, author, clock)
        copy.copied_at = at
        return copy


def _read(path: Path) -> tuple[bytes, bytes]:
    """Read a file and its journal; WorldError where a command was begun or ended meanwhile."""
    with world_errors(path):
        before = read_journal(path)
        content = read_file(path)
        if read_journal(path) != before:
            raise WorldError("copy_torn", path=str(path))
    return content, before


def _folder_with(content: bytes, journal: bytes) -> Scratch:
    """Make a folder of one's own with a copy in it."""
    with contextlib.ExitStack() as undo:
        try:
            folder = Scratch()
            undo.callback(folder.cleanup)
            place = folder.path / _NAME
            place.write_bytes(content)
            journal_of(place).write_bytes(journal)
        except OSError as fault:
            raise WorldError("copy_no_place") from fault
        undo.pop_all()
    return folder
