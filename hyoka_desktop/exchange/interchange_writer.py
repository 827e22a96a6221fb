"""Write one year of a report as interchange JSON."""

import json
from typing import Any

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.livevalues import LiveValues, has_live_values
from hyoka_desktop.domain.report import ROOT, Node, YearView
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
from hyoka_desktop.formdef.model import FormDefinition, Scope
from hyoka_desktop.formdef.named_fields import holds_prose, labels_of_values


def dump_interchange(form: FormDefinition, view: YearView) -> str:
    """Tell the JSON text of one year, with one space of indent and a line feed at the end."""
    document: dict[str, Any] = {"format": FORMAT, "version": VERSION, "form": form.id}
    body = _Writer(form, view).object(REPORT, view.snapshot.tree.nodes[ROOT])
    for key, value in body.items():
        document[key] = value
        if key == "period":
            document["fiscal_year"] = view.year
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


class _Writer:
    """Walk one year of a report by the table of the format."""

    def __init__(self, form: FormDefinition, view: YearView) -> None:
        self._form = form
        self._view = view
        self._values = LiveValues(view, labels_of_values(form))

    def object(self, shape: Shape, node: Node) -> dict[str, Any]:
        """Write the keys of one object; a value of None is left out."""
        written = ((name, self._key(key, node)) for name, key in shape.keys.items())
        return {name: value for name, value in written if value is not None}

    def _key(self, key: Key, node: Node) -> Any:  # noqa: ANN401 - any JSON value
        match key:
            case TextKey(field, optional):
                stored = self._stored(node, field) or ""
                return stored if stored or not optional else None
            case FlagKey(field):
                return self._stored(node, field) == fields.TRUE
            case LinesKey(field):
                return [line for line in (self._stored(node, field) or "").split("\n") if line]
            case ObjectKey(shape):
                return self.object(shape, node)
            case NodesKey(kind, shape, optional):
                children = [self.object(shape, child) for child in self._view.children(node.id, kind)]
                return children if children or not optional else None
            case YearsKey():
                by_year = self._years(key, node)
                return by_year if by_year or not key.optional else None
            case SeriesKey(field):
                series = self._view.snapshot.values.get((node.id, field), {})
                return {str(year): series[year] for year in sorted(series) if year < self._view.year}
            case InputsKey():
                return self._inputs(node) or None
            case FieldsKey(scope):
                return self._own_fields(node, scope) or None

    def _stored(self, node: Node, field: str) -> str | None:
        stored = self._view.stored(node.id, field) if field in self._form.fields else None
        if stored and has_live_values(stored) and holds_prose(self._form, field):
            return self._values.unbound(stored, node.id)
        return stored

    def _years(self, key: YearsKey, node: Node) -> dict[str, dict[str, Any]]:
        found: dict[int, dict[str, Any]] = {}
        for name, field in key.keys.items():
            last = self._view.year - 1 if name in key.not_current else self._view.year
            for year, text in self._view.snapshot.values.get((node.id, field), {}).items():
                if year <= last:
                    found.setdefault(year, {})[name] = _counted(text) if name in key.counts else text
        if not key.partial:
            for entry in found.values():
                for name in key.keys:
                    entry.setdefault(name, "")
        return {str(year): found[year] for year in sorted(found)}

    def _inputs(self, node: Node) -> dict[str, dict[str, str]]:
        inputs: dict[str, dict[str, str]] = {}
        for field in self._form.fields_on(node.kind):
            if travels_as_input(field.kind, field.on, field.id):
                years = self._view.snapshot.values.get((node.id, field.id), {})
                shown = {str(year): years[year] for year in sorted(years) if year <= self._view.year}
                if shown:
                    inputs[field.id] = shown
        return inputs

    def _own_fields(self, node: Node, scope: Scope | None) -> dict[str, str]:
        own: dict[str, str] = {}
        for field in self._form.fields_on(node.kind):
            travels = field.id not in NAMED_FIELDS and not travels_as_input(field.kind, field.on, field.id)
            stored = self._stored(node, field.id)
            if travels and stored and (scope is None or field.per is scope):
                own[field.id] = stored
        return own


def _counted(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and str(int(text)) == text else text
