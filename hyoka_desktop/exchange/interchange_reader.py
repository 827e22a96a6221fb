"""Read interchange JSON: every fault is refused with the path of the value, and nothing is taken from a faulty file."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Never

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.report import SINCE_START, NodeKind
from hyoka_desktop.errors import InputError
from hyoka_desktop.exchange.incoming import IncomingNode, IncomingReport, IncomingText
from hyoka_desktop.exchange.shape import (
    FORMAT,
    NAMED_FIELDS,
    REPORT,
    VERSION,
    FieldsKey,
    FlagKey,
    InputsKey,
    Key,
    LinesKey,
    NodesKey,
    ObjectKey,
    SeriesKey,
    Shape,
    TextKey,
    YearsKey,
    travels_as_input,
)
from hyoka_desktop.formdef.model import FieldDefinition, FieldKind, FormDefinition, Scope
from hyoka_desktop.text.normaliser import Oddity, normalise

_HEAD = ("format", "version", "form", "fiscal_year")
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
_COUNT = re.compile(r"0|[1-9][0-9]*")
_ONE_LINE = frozenset(FieldKind) - {FieldKind.TEXT, FieldKind.LINES}
_TYPES: Mapping[type, str] = {
    dict: "object",
    list: "list",
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    type(None): "null",
}


def parse_interchange(file: str, text: str) -> Mapping[str, Any]:
    """Read the JSON and its head; InputError where it is not of this format or of a newer version."""
    try:
        document = json.loads(text, object_pairs_hook=_without_twins)
    except RecursionError:
        raise InputError("json_too_deep", file=file) from None
    except ValueError as fault:
        raise InputError("json_broken", file=file, why=str(fault)) from None
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise InputError("json_other_format", file=file)
    version = document.get("version")
    if version != VERSION or isinstance(version, bool):
        raise InputError("json_other_version", file=file, version=str(version))
    return document


def form_id_of(file: str, document: Mapping[str, Any]) -> str:
    """Tell the id of the form that a file was made with."""
    form = document.get("form")
    if not isinstance(form, str):
        _refuse(file, "form", "type", expected="string", found=_described(form))
    return form


def read_interchange(file: str, document: Mapping[str, Any], form: FormDefinition) -> IncomingReport:
    """Read a whole document under its form."""
    year = _whole(document.get("fiscal_year"))
    if isinstance(year, bool) or not isinstance(year, int):
        _refuse(file, "fiscal_year", "type", expected="number", found=_described(year))
    if not _YEAR.fullmatch(str(year)):
        _refuse(file, "fiscal_year", "year", value=str(year))
    reader = _Reader(file, form, year)
    body = {key: value for key, value in document.items() if key not in _HEAD}
    return IncomingReport(
        file, form.id, form.period_fields, year, reader.node(NodeKind.REPORT, REPORT, "", body), reader.cleaned
    )


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        twin = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"duplicate key {twin!r}")
    return dict(pairs)


def _whole(value: object) -> object:
    """Take 2023.0 for 2023, as JSON Schema does."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _described(value: object) -> str:
    return _TYPES.get(type(value), "?") + (f" {value}" if isinstance(value, int | float) else "")


def _refuse(file: str, path: str, why: str, **parameters: str) -> Never:
    raise InputError(f"json_{why}", file=file, path=path, **parameters)


class _Reader:
    """Walk a document along the shape, collecting texts."""

    def __init__(self, file: str, form: FormDefinition, year: int) -> None:
        self.cleaned: dict[str, Mapping[Oddity, int]] = {}
        self._file = file
        self._form = form
        self._year = year
        self._numbers: dict[str, str] = {}

    def node(self, kind: NodeKind, shape: Shape, path: str, value: object) -> IncomingNode:
        texts: list[IncomingText] = []
        children: list[IncomingNode] = []
        self._object(kind, shape, path, value, texts, children)
        node = IncomingNode(kind, path, texts, children)
        if kind is NodeKind.ITEM:
            self._check_number(node)
        return node

    def _object(
        self,
        kind: NodeKind,
        shape: Shape,
        path: str,
        value: object,
        texts: list[IncomingText],
        children: list[IncomingNode],
    ) -> None:
        entries = self._mapping(path, value)
        for name in entries:
            if name not in shape.keys:
                self._refuse(_below(path, name), "unknown_key")
        for name, key in shape.keys.items():
            at = _below(path, name)
            if name not in entries:
                if not _is_optional(key):
                    self._refuse(at, "missing_key")
                continue
            match key:
                case ObjectKey(inner):
                    self._object(kind, inner, at, entries[name], texts, children)
                case NodesKey(child_kind, inner, optional):
                    listed = self._list(at, entries[name], at_least_one=optional)
                    children += [
                        self.node(child_kind, inner, f"{at}[{place}]", entry) for place, entry in enumerate(listed)
                    ]
                case _:
                    texts += self._texts(kind, key, at, entries[name])

    def _texts(self, kind: NodeKind, key: Key, at: str, value: object) -> list[IncomingText]:
        match key:
            case TextKey(field, optional):
                return [self._text(field, self._year, at, self._filled(at, value) if optional else value)]
            case FlagKey(field):
                if not isinstance(value, bool):
                    self._wrong_type(at, "boolean", value)
                return [self._text(field, self._year, at, fields.TRUE if value else fields.FALSE, shown=value)]
            case LinesKey(field):
                return [self._text(field, self._year, at, self._lines(at, value))]
            case YearsKey():
                return self._years(key, at, value)
            case SeriesKey(field):
                return [
                    self._text(field, self._earlier_year(at, year), f"{at}.{year}", text, explicit=True)
                    for year, text in self._mapping(at, value).items()
                ]
            case InputsKey():
                return self._inputs(kind, at, value)
            case FieldsKey(scope):
                return self._own_fields(kind, scope, at, value)
            case _:
                raise AssertionError(key)

    def _years(self, key: YearsKey, at: str, value: object) -> list[IncomingText]:
        years = self._mapping(at, value, at_least_one=key.optional)
        texts: list[IncomingText] = []
        for year_name, entry in years.items():
            below = f"{at}.{year_name}"
            year = self._year_no_later(below, year_name)
            entries = self._mapping(below, entry, at_least_one=True)
            for name in entries:
                if name not in key.keys:
                    self._refuse(f"{below}.{name}", "unknown_key")
                if year == self._year and name in key.not_current:
                    self._refuse(f"{below}.{name}", "current_year")
            for name, field in key.keys.items():
                if name in entries:
                    given = self._count(f"{below}.{name}", entries[name]) if name in key.counts else entries[name]
                    texts.append(self._text(field, year, f"{below}.{name}", given, explicit=True))
                elif not key.partial:
                    self._refuse(f"{below}.{name}", "missing_key")
        return texts

    def _inputs(self, kind: NodeKind, at: str, value: object) -> list[IncomingText]:
        texts: list[IncomingText] = []
        for name, years in self._mapping(at, value, at_least_one=True).items():
            below = f"{at}.{name}"
            field = self._form.fields.get(name)
            if field is None or field.on is not kind or not travels_as_input(field.kind, field.on, name):
                self._refuse(below, "undeclared_field")
            for year, text in self._mapping(below, years, at_least_one=True).items():
                place = f"{below}.{year}"
                texts.append(self._text(name, self._year_no_later(place, year), place, text, explicit=True))
        return texts

    def _own_fields(self, kind: NodeKind, scope: Scope | None, at: str, value: object) -> list[IncomingText]:
        texts: list[IncomingText] = []
        for name, text in self._mapping(at, value, at_least_one=True).items():
            below = f"{at}.{name}"
            field = self._form.fields.get(name)
            if field is None or not _travels_here(field, kind, scope):
                self._refuse(below, "undeclared_field")
            texts.append(self._text(name, self._year, below, self._filled(below, text)))
        return texts

    def _filled(self, at: str, value: object) -> object:
        """Refuse an empty text where the key stands only for a text that is there."""
        if value == "":
            self._refuse(at, "empty")
        return value

    def _text(
        self, field: str, year: int, at: str, value: object, *, explicit: bool = False, shown: bool = True
    ) -> IncomingText:
        if not isinstance(value, str):
            self._wrong_type(at, "string", value)
        clean = normalise(value)
        if clean.changed:
            self.cleaned[at] = clean.changed
        definition = self._form.fields.get(field)
        if definition is None:
            if clean.text and shown:
                self._refuse(at, "undeclared_field")
            return IncomingText(field, year, "", at)
        self._check_kind(definition, at, clean.text)
        scoped = SINCE_START if definition.per is Scope.PERIOD else year
        return IncomingText(field, scoped, clean.text, at, explicit)

    def _check_kind(self, definition: FieldDefinition, at: str, text: str) -> None:
        if definition.kind in _ONE_LINE and "\n" in text:
            self._refuse(at, "one_line")
        if definition.kind is FieldKind.DATE and text and not _is_iso_date(text):
            self._refuse(at, "date")
        if definition.kind is FieldKind.CHOICE and text not in definition.choices:
            self._refuse(at, "choice", value="・".join(definition.choices))

    def _lines(self, at: str, value: object) -> str:
        clean: list[str] = []
        for place, line in enumerate(self._list(at, value)):
            if not isinstance(line, str):
                self._wrong_type(f"{at}[{place}]", "string", line)
            normalised = normalise(line)
            if not line or "\n" in normalised.text:
                self._refuse(f"{at}[{place}]", "one_line")
            if normalised.changed:
                self.cleaned[f"{at}[{place}]"] = normalised.changed
            if normalised.text:
                clean.append(normalised.text)
        return "\n".join(clean)

    def _count(self, at: str, value: object) -> object:
        number = _whole(value)
        if isinstance(number, int) and not isinstance(number, bool) and number >= 0:
            return str(number)
        if isinstance(value, str) and _COUNT.fullmatch(value) is None:
            return value
        return self._wrong_type(at, "count", value)

    def _year_no_later(self, at: str, name: str) -> int:
        if not _YEAR.fullmatch(name):
            self._refuse(at, "year", value=name)
        if int(name) > self._year:
            self._refuse(at, "later_year", value=name)
        return int(name)

    def _earlier_year(self, at: str, name: str) -> int:
        year = self._year_no_later(f"{at}.{name}", name)
        if year == self._year:
            self._refuse(f"{at}.{name}", "current_year")
        return year

    def _mapping(self, at: str, value: object, *, at_least_one: bool = False) -> dict[str, Any]:
        if not isinstance(value, dict):
            self._wrong_type(at, "object", value)
        if at_least_one and not value:
            self._refuse(at, "empty")
        return value

    def _list(self, at: str, value: object, *, at_least_one: bool = False) -> list[Any]:
        if not isinstance(value, list):
            self._wrong_type(at, "list", value)
        if at_least_one and not value:
            self._refuse(at, "empty")
        return value

    def _check_number(self, item: IncomingNode) -> None:
        """Refuse a 項目番号 that stands twice: years are joined by it."""
        number = item.text(fields.ITEM_NUMBER)
        if number in self._numbers:
            self._refuse(f"{item.path}.number", "twice", value=number)
        self._numbers[number] = item.path

    def _wrong_type(self, at: str, expected: str, value: object) -> Never:
        _refuse(self._file, at, "type", expected=expected, found=_described(value))

    def _refuse(self, at: str, why: str, **parameters: str) -> Never:
        _refuse(self._file, at, why, **parameters)


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _is_optional(key: Key) -> bool:
    if isinstance(key, TextKey | NodesKey | YearsKey):
        return key.optional
    return isinstance(key, FieldsKey | InputsKey)


def _travels_here(field: FieldDefinition, kind: NodeKind, scope: Scope | None) -> bool:
    return (
        field.on is kind
        and field.id not in NAMED_FIELDS
        and not travels_as_input(field.kind, field.on, field.id)
        and (scope is None or field.per is scope)
    )


def _is_iso_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
