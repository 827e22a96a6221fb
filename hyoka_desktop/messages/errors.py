"""Say errors in Japanese: what happened, what is safe, what to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from hyoka_desktop.errors import HyokaError
from hyoka_desktop.messages.circulation import CIRCULATION
from hyoka_desktop.messages.files import FILES
from hyoka_desktop.messages.forms import FORMS
from hyoka_desktop.messages.interchange import INTERCHANGE
from hyoka_desktop.messages.packages import PACKAGES
from hyoka_desktop.messages.search import SEARCH, pattern_fault
from hyoka_desktop.messages.work import WORK


@dataclass(frozen=True, slots=True)
class Message:
    """Hold the three sentences of a message."""

    what: str
    safe: str
    do: str

    @property
    def line(self) -> str:
        """Tell the message in one line, as the command line prints it."""
        return "".join((self.what, self.safe, self.do)).replace("\n", " ")


_KINDS: Final[Mapping[str, str]] = {
    "object": "オブジェクト",
    "list": "配列",
    "string": "文字列",
    "number": "数値",
    "count": "0以上の整数",
    "boolean": "真偽値",
    "null": "null",
}

_CATALOGUE: Final = {**CIRCULATION, **FILES, **FORMS, **INTERCHANGE, **PACKAGES, **SEARCH, **WORK}


def error_codes() -> frozenset[str]:
    """Tell all codes that have a message."""
    return frozenset(_CATALOGUE)


def message_of(error: HyokaError) -> Message:
    """Say an error in Japanese; KeyError where the catalogue lacks its code."""
    parameters = {name: _spoken(name, value) for name, value in error.parameters.items()}
    parts = (part.format_map(_Spoken(parameters)) for part in _CATALOGUE[error.code])
    return Message(*parts)


class _Spoken(dict[str, str]):
    """Fill a parameter that the error did not give with nothing."""

    def __missing__(self, name: str) -> str:
        return ""


def _spoken(name: str, value: str | int) -> str:
    if name in {"expected", "found"}:
        kind, _, shown = str(value).partition(" ")
        return f"{_KINDS.get(kind, kind)} {shown}".strip()
    if name == "fault":
        return pattern_fault(str(value))
    return _moment(str(value)) if name == "since" else str(value)


def _moment(written: str) -> str:
    """Say a time in ISO text as people do; what is none stays as it is written."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return written
    return f"{moment.month}月{moment.day}日 {moment:%H:%M}"
