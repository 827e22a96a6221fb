"""Remember what belongs to the person and not to a report: recent files and the state of the window."""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from hyoka_desktop.errors import WorldError
from hyoka_desktop.paths import user_folder
from hyoka_desktop.services.files import make_folder, write_file

_MOST_RECENT = 10


class Settings:
    """Read and write the settings file; a missing or damaged one counts as empty, and a failing disk as no matter."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or user_folder() / "settings.json"
        self._values: dict[str, Any] = {}
        with suppress(OSError, ValueError):
            values = json.loads(self._path.read_text(encoding="utf-8"))
            self._values = values if isinstance(values, dict) else {}

    @property
    def recent_files(self) -> list[Path]:
        """Tell the files that were opened last, the newest first."""
        names = self._values.get("recent_files", [])
        return [Path(name) for name in names if isinstance(name, str)] if isinstance(names, list) else []

    def remember_file(self, path: Path) -> None:
        """Put a file at the head of the recent ones."""
        path = path.resolve()
        names = [path, *(known for known in self.recent_files if known != path)]
        self._values["recent_files"] = [str(name) for name in names[:_MOST_RECENT]]
        self._save()

    def text(self, name: str) -> str:
        """Tell a remembered text, empty where there is none."""
        value = self._values.get(name, "")
        return value if isinstance(value, str) else ""

    def remember(self, texts: Mapping[str, str]) -> None:
        """Remember some texts."""
        self._values.update(texts)
        self._save()

    def records(self, name: str) -> list[Mapping[str, Any]]:
        """Tell a remembered list of records, empty where there is none."""
        value = self._values.get(name, [])
        return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []

    def remember_records(self, name: str, records: Sequence[Mapping[str, Any]]) -> None:
        """Remember a list of records."""
        self._values[name] = [dict(record) for record in records]
        self._save()

    def _save(self) -> None:
        with suppress(WorldError):
            make_folder(self._path.parent)
            write_file(self._path, json.dumps(self._values, ensure_ascii=False, indent=1).encode("utf-8"))
