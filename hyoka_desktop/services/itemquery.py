"""Choose items by a line of words and conditions, for example 「達成度<100 自己評定>=B」.

A word is sought in number and title. 「欄=空」 「欄≠空」 「欄:言葉」 「評語の欄>=A」 「達成度<100」 are conditions; all
must hold. A field is named by its caption in the form, or by a part of it; where several have that caption, the one of
the whole item is meant. What is no condition is a word.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from string import Formatter
from typing import Final

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.measures import achievement_of
from hyoka_desktop.domain.quantity import parse_number
from hyoka_desktop.domain.report import Node, NodeKind, YearView
from hyoka_desktop.formdef.model import FieldDefinition, FieldKind, FormDefinition
from hyoka_desktop.messages.words.finding import EMPTY, LAST_YEAR, RATE, SAVED_SEARCHES
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.text.folding import fold_all

Condition = Callable[[YearView, int], bool]
_TERM: Final = re.compile(r"(?P<name>[^=:<>!≠≦≧]+)(?P<sign>>=|<=|!=|[=:<>≠≦≧])(?P<value>.+)")
_SIGN: Final = re.compile("[=<>≠≦≧]")
_SAME: Final = {"≧": ">=", "≦": "<=", "≠": "!="}
_SETTING: Final = "saved_searches"
_WITHIN: Final = frozenset({NodeKind.ITEM, NodeKind.ROW, NodeKind.INDICATOR, NodeKind.ACHIEVEMENT, NodeKind.OUTPUT})


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """Name a line of conditions."""

    name: str
    line: str


def saved_searches(settings: Settings, form: FormDefinition) -> tuple[SavedSearch, ...]:
    """Tell the shipped searches for whose fields the form has captions, and the person's own."""
    return (*shipped_searches(form), *own_searches(settings))


def shipped_searches(form: FormDefinition) -> tuple[SavedSearch, ...]:
    """Tell the searches that come with the program, in the captions of a form; none for a field that it lacks."""
    captions = {field.id: field.label for field in form.fields.values()}
    return tuple(
        SavedSearch(name, line.format_map(captions))
        for name, line in SAVED_SEARCHES.items()
        if {field for _, field, _, _ in Formatter().parse(line) if field} <= set(captions)
    )


def own_searches(settings: Settings) -> tuple[SavedSearch, ...]:
    """Tell the searches that the person saved."""
    return tuple(SavedSearch(str(one.get("name", "")), str(one.get("line", ""))) for one in settings.records(_SETTING))


def save_search(settings: Settings, name: str, line: str) -> None:
    """Keep a search under a name; one of that name is replaced."""
    saved = {"name": name, "line": line}
    settings.change_records(_SETTING, lambda known: [*(one for one in known if one.get("name") != name), saved])


def forget_search(settings: Settings, name: str) -> None:
    """Let a search of one's own go."""
    settings.change_records(_SETTING, lambda known: [one for one in known if one.get("name") != name])


class ItemQuery:
    """Tell which items fit a line; `unread` are the words that look like conditions and are none."""

    def __init__(self, form: FormDefinition, line: str) -> None:
        self._form = form
        self.unread: list[str] = []
        self._conditions = [self._condition(term) for term in line.replace("\u3000", " ").split()]

    def fits(self, view: YearView, item: int) -> bool:
        """Tell whether all conditions hold for an item in the year of a view."""
        return all(condition(view, item) for condition in self._conditions)

    def _condition(self, term: str) -> Condition:
        found = _TERM.fullmatch(fold_all(term))
        if found is not None:
            name, sign, value = found["name"], _SAME.get(found["sign"], found["sign"]), found["value"]
            if name == fold_all(RATE):
                return _rate_condition(sign, value) or self._no_condition(term)
            view_of, name = _year_of(name)
            asked = self._fields(name) if name else ()
            if asked:
                inner = self._field_condition(asked, sign, value)
                return lambda view, item: inner(view_of(view), item)
        return self._no_condition(term) if _SIGN.search(fold_all(term)) else _word_condition(term)

    def _no_condition(self, term: str) -> Condition:
        """Take for a word what names no caption, or compares with nothing."""
        self.unread.append(term)
        return _word_condition(term)

    def _fields(self, name: str) -> Sequence[FieldDefinition]:
        """Tell the fields of a caption, or if there is none those whose caption holds it."""
        known = [field for field in self._form.fields.values() if field.on in _WITHIN]
        exact = [field for field in known if fold_all(field.label) == name]
        called = exact or [field for field in known if name in fold_all(field.label)]
        of_item = [field for field in called if field.on is NodeKind.ITEM]
        return of_item if exact and of_item else called

    def _field_condition(self, asked: Sequence[FieldDefinition], sign: str, value: str) -> Condition:
        if value == fold_all(EMPTY):
            return _empty_condition(asked, wanted=sign != "!=")
        letters = [fold_all(letter) for letter in self._form.letters.choices]
        rated = [field for field in asked if field.kind is FieldKind.LETTER]
        if rated and value in letters and sign in (">=", "<=", ">", "<"):
            return _letter_condition(rated, sign, letters, value)
        if sign == "!=":
            return lambda view, item: not any(value == fold_all(text) for text in _texts(view, item, asked))
        if sign == "=":
            return lambda view, item: any(value == fold_all(text) for text in _texts(view, item, asked))
        return lambda view, item: any(value in fold_all(text) for text in _texts(view, item, asked))


def _year_of(name: str) -> tuple[Callable[[YearView], YearView], str]:
    """Let a name begin with 「前年度の」."""
    last = fold_all(LAST_YEAR)
    if name.startswith(last):
        return (lambda view: view.in_year(view.year - 1)), name.removeprefix(last)
    return (lambda view: view), name


def _word_condition(word: str) -> Condition:
    wanted = fold_all(word)
    names = (fields.ITEM_NUMBER, fields.ITEM_TITLE)
    return lambda view, item: any(wanted in fold_all(view.text(item, name)) for name in names)


def _empty_condition(asked: Sequence[FieldDefinition], *, wanted: bool) -> Condition:
    """A field of rows is empty where no row has anything."""
    return lambda view, item: wanted is not any(text.strip() for text in _texts(view, item, asked))


def _letter_condition(asked: Sequence[FieldDefinition], sign: str, letters: Sequence[str], value: str) -> Condition:
    """Compare letters; the first of the form is the best."""
    border = letters.index(value)
    fitting = {
        ">=": letters[: border + 1],
        ">": letters[:border],
        "<=": letters[border:],
        "<": letters[border + 1 :],
    }[sign]
    return lambda view, item: any(fold_all(text) in fitting for text in _texts(view, item, asked))


def _rate_condition(sign: str, value: str) -> Condition | None:
    """Compare every 達成度 of an item with a number of percent; one that fits is enough."""
    number = parse_number(value.removesuffix("%"))
    if number is None:
        return None
    border = number / 100
    compare: dict[str, Callable[[Decimal], bool]] = {
        ">=": lambda rate: rate >= border,
        ">": lambda rate: rate > border,
        "<=": lambda rate: rate <= border,
        "<": lambda rate: rate < border,
        "=": lambda rate: rate == border,
        "!=": lambda rate: rate != border,
    }
    fits = compare.get(sign)
    return (lambda view, item: any(fits(rate) for rate in _rates(view, item))) if fits is not None else None


def _rates(view: YearView, item: int) -> Iterator[Decimal]:
    for node in _living(view, item):
        if node.kind is NodeKind.ACHIEVEMENT:
            rate = achievement_of(view, node.id).rate
            if rate is not None:
                yield rate


def _texts(view: YearView, item: int, asked: Sequence[FieldDefinition]) -> Iterator[str]:
    for node in _living(view, item):
        for field in asked:
            if field.on is node.kind:
                yield view.text(node.id, field.id)


def _living(view: YearView, item: int) -> Iterator[Node]:
    if item in view.snapshot.tree.nodes:
        yield from (node for node in view.snapshot.tree.subtree(item) if node.lives_in(view.year))
