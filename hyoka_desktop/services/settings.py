"""Remember what belongs to the person and not to a report: recent files and the state of the window."""

import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from hyoka_desktop.errors import WorldError
from hyoka_desktop.paths import user_folder
from hyoka_desktop.services.files import json_bytes, make_folder, write_file
from hyoka_desktop.store.faults import world_errors
from hyoka_desktop.store.lock import taking_turns

_MOST_RECENT: Final = 10
_Stamp = tuple[int, int, int]
_Values = Mapping[str, Any]
_Records = Sequence[Mapping[str, Any]]
_Change = Callable[[_Values], _Values]
"""Tells, of all values, those that become others."""
Later = Callable[[Callable[[], None]], object]
"""Has something done soon, on a thread where nobody waits for it."""


class Settings:
    """Read and write the settings file; a missing or damaged one counts as empty, and a failing disk as no matter.

    Several programs share the file and take turns at writing: each makes its changes to what the file holds then.
    What cannot be written, also since another one writes on and on, holds until the next time, or until the program
    ends. Reading waits for nobody, and with `later` nobody waits for writing either: a slow disk holds no window up.
    """

    def __init__(self, path: Path | None = None, later: Later | None = None) -> None:
        self._path = path or user_folder() / "settings.json"
        self._later = later
        self._values: dict[str, Any] = {}
        self._unwritten: list[_Change] = []
        self._stamp: _Stamp | None = None
        self._writing = threading.Lock()
        self._facts = threading.RLock()

    @property
    def recent_files(self) -> list[Path]:
        """Tell the files that were opened last, the newest first."""
        return _recent_in(self._known())

    def remember_file(self, path: Path) -> None:
        """Put a file at the head of the recent ones, under its path without links."""
        self._change_recent(lambda files: [path, *(known for known in files if known != path)][:_MOST_RECENT])

    def forget_file(self, path: Path) -> None:
        """Take a file out of the recent ones."""
        self._change_recent(lambda files: [known for known in files if known != path])

    def text(self, name: str) -> str:
        """Tell a remembered text, empty where there is none."""
        value = self._known().get(name, "")
        return value if _is_usable(value) else ""

    def remember(self, texts: Mapping[str, str]) -> None:
        """Remember some texts."""
        kept = dict(texts)
        self._change(lambda _: kept)

    def records(self, name: str) -> list[Mapping[str, Any]]:
        """Tell a remembered list of records, empty where there is none."""
        return _records_in(self._known(), name)

    def remember_records(self, name: str, records: _Records) -> None:
        """Remember a list of records in place of the one that is known."""
        kept = [dict(record) for record in records]
        self._change(lambda _: {name: kept})

    def change_records(self, name: str, change: Callable[[_Records], _Records]) -> None:
        """Make a list of records another one; what it was is asked again where another program wrote meanwhile."""
        self._change(lambda values: {name: [dict(record) for record in change(_records_in(values, name))]})

    def confirm(self) -> None:
        """See that all that was remembered is written; WorldError where it holds only until the program ends."""
        if self._unwritten:
            try:
                self._write()
            except WorldError as error:
                raise WorldError("settings_failed", path=str(self._path)) from error

    def _change_recent(self, change: Callable[[list[Path]], list[Path]]) -> None:
        self._change(lambda values: {"recent_files": [str(path) for path in change(_recent_in(values))]})

    def _change(self, change: _Change) -> None:
        with self._facts:
            self._unwritten.append(change)
        if self._later is None:
            self._write_quietly()
        else:
            self._later(self._write_quietly)

    def _write_quietly(self) -> None:
        with suppress(WorldError):
            self._write()

    def _write(self) -> None:
        """Write what is not written yet; what is changed meanwhile waits for the next time."""
        make_folder(self._path.parent)
        with self._writing, taking_turns(self._path):
            with self._facts:
                # Two files that followed each other within a moment may have one stamp.
                self._stamp = None
                with world_errors(self._path):
                    self._look()
                values, count = self._with_unwritten(), len(self._unwritten)
            if count:
                write_file(self._path, json_bytes(values))
            with self._facts:
                self._values, self._stamp = values, self._stamp_now()
                del self._unwritten[:count]

    def _known(self) -> dict[str, Any]:
        """Tell what holds: what is in the file now, and what is not written yet."""
        with self._facts:
            with suppress(OSError):
                self._look()
            return self._with_unwritten()

    def _look(self) -> None:
        """Read the file where another program wrote it; OSError where it is there and cannot be read just now."""
        stamp = self._stamp_now()
        if stamp != self._stamp or stamp is None:
            self._values, self._stamp = self._read(), stamp

    def _with_unwritten(self) -> dict[str, Any]:
        values = dict(self._values)
        for change in self._unwritten:
            values.update(change(values))
        return values

    def _stamp_now(self) -> _Stamp | None:
        with suppress(OSError, ValueError):
            found = self._path.stat()
            return found.st_ino, found.st_mtime_ns, found.st_size
        return None

    def _read(self) -> dict[str, Any]:
        with suppress(FileNotFoundError, ValueError, RecursionError):
            values = json.loads(self._path.read_bytes())
            return values if isinstance(values, dict) else {}
        return {}


def _recent_in(values: _Values) -> list[Path]:
    names = values.get("recent_files", [])
    return [Path(name) for name in names if _is_usable(name)] if isinstance(names, list) else []


def _records_in(values: _Values, name: str) -> list[Mapping[str, Any]]:
    value = values.get(name, [])
    entries = [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
    return [entry for entry in entries if all(_is_usable(text) for text in _texts(entry))]


def _texts(entry: object) -> Iterator[object]:
    """Yield the texts of a record, also those inside of its lists and records."""
    if isinstance(entry, dict):
        for value in entry.values():
            yield from _texts(value)
    elif isinstance(entry, list):
        for value in entry:
            yield from _texts(value)
    elif isinstance(entry, str):
        yield entry


def _is_usable(value: object) -> bool:
    """Tell whether a value is a text that the system takes as a name; what others wrote may hold anything."""
    if not isinstance(value, str) or "\0" in value:
        return False
    try:
        os.fsencode(value)
    except UnicodeEncodeError:
        return False
    return True
