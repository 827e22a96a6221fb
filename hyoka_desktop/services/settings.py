"""Remember what belongs to the person and not to a report: recent files and the state of the window."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from hyoka_desktop.errors import WorldError
from hyoka_desktop.paths import user_folder
from hyoka_desktop.services.files import json_bytes, make_folder, write_file

_MOST_RECENT = 10
_Stamp = tuple[int, int, int]


class Settings:
    """Read and write the settings file; a missing or damaged one counts as empty, and a failing disk as no matter.

    Several programs share the file: it is read anew where another one wrote it, and only what was changed here is
    written. What cannot be written holds until the program ends.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or user_folder() / "settings.json"
        self._values: dict[str, Any] = {}
        self._unwritten: dict[str, Any] = {}
        self._stamp: _Stamp | None = None

    @property
    def recent_files(self) -> list[Path]:
        """Tell the files that were opened last, the newest first."""
        names = self._known().get("recent_files", [])
        return [Path(name) for name in names if _is_usable(name)] if isinstance(names, list) else []

    def remember_file(self, path: Path) -> None:
        """Put a file at the head of the recent ones."""
        path = path.resolve()
        names = [path, *(known for known in self.recent_files if known != path)]
        self._remember({"recent_files": [str(name) for name in names[:_MOST_RECENT]]})

    def forget_file(self, path: Path) -> None:
        """Take a file out of the recent ones."""
        self._remember({"recent_files": [str(known) for known in self.recent_files if known != path]})

    def text(self, name: str) -> str:
        """Tell a remembered text, empty where there is none."""
        value = self._known().get(name, "")
        return value if _is_usable(value) else ""

    def remember(self, texts: Mapping[str, str]) -> None:
        """Remember some texts."""
        self._remember(texts)

    def records(self, name: str) -> list[Mapping[str, Any]]:
        """Tell a remembered list of records, empty where there is none."""
        value = self._known().get(name, [])
        entries = [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
        return [entry for entry in entries if all(_is_usable(text) for text in _texts(entry))]

    def remember_records(self, name: str, records: Sequence[Mapping[str, Any]]) -> None:
        """Remember a list of records."""
        self._remember({name: [dict(record) for record in records]})

    def confirm(self) -> None:
        """See that all that was remembered is written; WorldError where it holds only until the program ends."""
        if self._unwritten:
            try:
                self._write()
            except WorldError as error:
                raise WorldError("settings_failed", path=str(self._path)) from error

    def _remember(self, values: Mapping[str, Any]) -> None:
        self._unwritten.update(values)
        with suppress(WorldError):
            self._write()

    def _write(self) -> None:
        make_folder(self._path.parent)
        values = self._known()
        write_file(self._path, json_bytes(values))
        self._values, self._unwritten, self._stamp = values, {}, self._stamp_now()

    def _known(self) -> dict[str, Any]:
        """Tell what holds: what is in the file now, and what could not be written."""
        stamp = self._stamp_now()
        if stamp != self._stamp:
            self._values, self._stamp = self._read(), stamp
        return {**self._values, **self._unwritten}

    def _stamp_now(self) -> _Stamp | None:
        with suppress(OSError, ValueError):
            found = self._path.stat()
            return found.st_ino, found.st_mtime_ns, found.st_size
        return None

    def _read(self) -> dict[str, Any]:
        with suppress(OSError, ValueError, RecursionError):
            values = json.loads(self._path.read_bytes())
            return values if isinstance(values, dict) else {}
        return {}


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
