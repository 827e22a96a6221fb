"""Generate interchange documents along the shape of the format, for a form."""

from typing import Any

from hypothesis import strategies as st

from hyoka_desktop.domain.report import NodeKind
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
from hyoka_desktop.formdef.model import FieldKind, FormDefinition
from hyoka_desktop.text.normaliser import normalise

YEAR = 2023
_CHARACTERS = st.characters(codec="utf-8").filter(
    lambda character: not normalise(character).changed and character != "\r"
)
_LINE = st.text(_CHARACTERS.filter(lambda character: character != "\n"), max_size=12)
_TEXT = st.one_of(
    st.sampled_from(["", "特になし", "一段落\n二段落", "\n", " ", "=1+1", "A&B<b>"]), st.text(_CHARACTERS, max_size=20)
)
_DATE = st.one_of(st.just(""), st.dates().map(str))
_EARLIER = st.integers(YEAR - 4, YEAR - 1).map(str)
_YEARS = st.integers(YEAR - 4, YEAR).map(str)
_COUNT = st.one_of(st.integers(0, 10**30), st.sampled_from(["", "約30", "007", "-1", "1.5", "３０"]))
_MOST = {NodeKind.SECTION: 2, NodeKind.ITEM: 2}


def documents(form: FormDefinition) -> st.SearchStrategy[dict[str, Any]]:
    """Tell documents of one year that the importer must accept under a form."""
    head = {"format": FORMAT, "version": VERSION, "form": form.id, "fiscal_year": YEAR}
    return _object(form, REPORT, NodeKind.REPORT).map(lambda body: _numbered({**head, **body}))


def _numbered(document: dict[str, Any]) -> dict[str, Any]:
    """Give each item a number of its own."""
    for place, section in enumerate(document["sections"]):
        for number, item in enumerate(section["items"]):
            item["number"] = f"{item['number']}{place}-{number}"
    return document


def _object(form: FormDefinition, shape: Shape, kind: NodeKind) -> st.SearchStrategy[dict[str, Any]]:
    required, optional = {}, {}
    for name, key in shape.keys.items():
        strategy = _key(form, key, kind)
        if strategy is not None:
            (optional if _may_lack(key) else required)[name] = strategy
    return st.fixed_dictionaries(required, optional=optional)


def _may_lack(key: Key) -> bool:
    return getattr(key, "optional", False) or isinstance(key, FieldsKey | InputsKey)


def _key(form: FormDefinition, key: Key, kind: NodeKind) -> st.SearchStrategy[Any] | None:  # noqa: C901, PLR0911
    match key:
        case TextKey(field, optional):
            if optional:
                return _of_field(form, field).filter(bool) if field in form.fields else None
            return _of_field(form, field)
        case FlagKey():
            return st.booleans()
        case LinesKey():
            return st.lists(_LINE.filter(bool), max_size=3)
        case ObjectKey(shape):
            return _object(form, shape, kind)
        case NodesKey(child, shape, optional):
            if optional and not form.fields_on(child):
                return None
            return st.lists(_object(form, shape, child), min_size=int(optional), max_size=_MOST.get(child, 2))
        case SeriesKey():
            return st.dictionaries(_EARLIER, _LINE, max_size=3)
        case YearsKey():
            return _years(form, key)
        case InputsKey():
            names = [field.id for field in form.fields_on(kind) if travels_as_input(field.kind, kind, field.id)]
            return _some(names, st.dictionaries(_YEARS, _LINE, min_size=1, max_size=3))
        case FieldsKey(scope):
            own = [
                field.id
                for field in form.fields_on(kind)
                if field.id not in NAMED_FIELDS
                and not travels_as_input(field.kind, kind, field.id)
                and scope in {None, field.per}
            ]
            texts = {name: _of_field(form, name).filter(bool) for name in own}
            return st.fixed_dictionaries({}, optional=texts).filter(bool) if own else None


def _some(names: list[str], values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]] | None:
    return st.dictionaries(st.sampled_from(names), values, min_size=1, max_size=3) if names else None


def _years(form: FormDefinition, key: YearsKey) -> st.SearchStrategy[Any] | None:
    if any(field not in form.fields for field in key.keys.values()):
        return None if key.optional else st.just({})
    values = {name: _COUNT if name in key.counts else _LINE for name in key.keys}
    earlier = {name: value for name, value in values.items() if key.partial or name}
    now = {name: value for name, value in values.items() if name not in key.not_current}
    if not key.partial:
        return st.dictionaries(
            _EARLIER if key.not_current else _YEARS,
            st.fixed_dictionaries(earlier),
            min_size=int(key.optional),
            max_size=3,
        )
    past = st.dictionaries(_EARLIER, st.fixed_dictionaries({}, optional=earlier).filter(bool), max_size=3)
    current = st.fixed_dictionaries({}, optional={str(YEAR): st.fixed_dictionaries(now)} if now else {})
    return st.builds(lambda before, this: {**before, **this}, past, current)


def _of_field(form: FormDefinition, name: str) -> st.SearchStrategy[str]:
    field = form.fields.get(name)
    if field is None:
        return st.just("")
    match field.kind:
        case FieldKind.TEXT:
            return _TEXT
        case FieldKind.DATE:
            return _DATE
        case FieldKind.CHOICE:
            return st.sampled_from(field.choices)
        case _:
            return _LINE
