"""Read a JSON object key by key, strictly: a wrong or unknown key is reported with its file and its path."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from math import isfinite
from typing import Any, Final, TypeVar

from hyoka_desktop.errors import InputError

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")
_MISSING: Final = object()
_KINDS: Final[Mapping[type, str]] = {
    dict: "object",
    list: "list",
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    type(None): "null",
}


def wrong_value(file: str, key: str, expected: str, value: object) -> InputError:
    """Make the error for a value of the wrong kind at a key."""
    return InputError("form_value", file=file, key=key, expected=expected, found=_KINDS.get(type(value), "?"))


class ObjectReader:
    """Hand out the keys of one JSON object; `finish` refuses those that nobody asked for."""

    def __init__(self, file: str, path: str, value: object) -> None:
        self.file = file
        self.path = path
        if not isinstance(value, dict):
            raise self.wrong("", "object", value)
        self._value: dict[str, Any] = value
        self._asked: set[str] = set()

    def wrong(self, key: str, expected: str, value: object) -> InputError:
        """Make the error for a value of the wrong kind."""
        return wrong_value(self.file, self.at(key), expected, value)

    def refused(self, key: str, why: str, value: str = "") -> InputError:
        """Make the error for a value of the right kind that makes no sense here."""
        return InputError(f"form_{why}", file=self.file, key=self.at(key), value=value)

    def at(self, key: str) -> str:
        """Tell the path of a key, for example `parts[2].blocks[0].level`."""
        return f"{self.path}.{key}" if self.path and key else self.path or key

    def has(self, key: str) -> bool:
        """Tell whether the key is given."""
        return key in self._value

    def text(self, key: str, default: str | None = None) -> str:
        """Read a string."""
        value = self._take(key, default)
        if not isinstance(value, str):
            raise self.wrong(key, "string", value)
        return value

    def number(self, key: str, default: float | None = None) -> float:
        """Read a number."""
        value = self._take(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            raise self.wrong(key, "number", value)
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Read true or false."""
        value = self._take(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, "boolean", value)
        return value

    def choice(self, key: str, choices: type[E], default: E | None = None) -> E:
        """Read one word of a closed set."""
        word = self.text(key, None if default is None else default.value)
        try:
            return choices(word)
        except ValueError:
            raise self.refused(key, "choice", word) from None

    def texts(self, key: str) -> tuple[str, ...]:
        """Read a list of strings, empty where the key is absent."""
        return self.list_of(key, self._string)

    def list_of(self, key: str, read: "Callable[[str, object], T]") -> tuple[T, ...]:
        """Read a list, handing path and value of each entry to `read`; empty where the key is absent."""
        value = self._take(key, [])
        if not isinstance(value, list):
            raise self.wrong(key, "list", value)
        return tuple(read(f"{self.at(key)}[{index}]", entry) for index, entry in enumerate(value))

    def mapping_of(self, key: str, read: "Callable[[str, str, object], T]") -> dict[str, T]:
        """Read an object with free keys, handing key, path and value to `read`."""
        value = self._take(key, None)
        if not isinstance(value, dict):
            raise self.wrong(key, "object", value)
        return {name: read(name, f"{self.at(key)}.{name}", entry) for name, entry in value.items()}

    def raw(self, key: str) -> object:
        """Hand out a value unread."""
        return self._take(key, None)

    def finish(self) -> None:
        """Refuse a key that was never asked for."""
        for key in self._value:
            if key not in self._asked:
                raise self.refused(key, "unknown_key", key)

    def _take(self, key: str, default: object) -> Any:  # noqa: ANN401 - JSON, checked by the caller
        self._asked.add(key)
        value = self._value.get(key, _MISSING)
        if value is _MISSING:
            if default is None:
                raise self.refused(key, "missing_key", key)
            return default
        return value

    def _string(self, path: str, value: object) -> str:
        if not isinstance(value, str):
            raise wrong_value(self.file, path, "string", value)
        return value


@contextmanager
def reading(file: str, path: str, value: object) -> Iterator[ObjectReader]:
    """Read one object and refuse unknown keys at the end."""
    reader = ObjectReader(file, path, value)
    yield reader
    reader.finish()
