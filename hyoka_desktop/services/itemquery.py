"""Choose items by a line of words and conditions, for example 「達成度<100 自己評定>=B」.

A word is sought in number and title. 「欄=空」 「欄≠空」 「欄:言葉」 「評語の欄>=A」 「達成度<100」 are conditions,
and 「状態<確定」 「担当課=空」 ask for the work on the item; all must hold. A field is named by its caption in the
form, or by a part of it; where several have that caption, the one of the whole item is meant. What is no condition is
a word.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from string import Formatter
from typing import Final

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.measuring import achievement_of
from hyoka_desktop.domain.quantity import parse_number
from hyoka_desktop.domain.report import Node, NodeKind, YearView
from hyoka_desktop.domain.work import ASSIGNEE, DEPARTMENT, WorkState, in_charge, state_of
from hyoka_desktop.formdef.model import FieldDefinition, FieldKind, FormDefinition
from hyoka_desktop.messages.words.search import EMPTY, LAST_YEAR, RATE, SAVED_SEARCHES
from hyoka_desktop.messages.words.work import WORDS as WORK_WORDS
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.text.folding import fold_all

Condition = Callable[[YearView, int], bool]
Texts = Callable[[YearView, int], Iterable[str]]
_TERM: Final = re.compile(r"(?P<name>[^=:<>!≠≦≧]+)(?P<sign>>=|<=|!=|[=:<>≠≦≧])(?P<value>.+)")
_SIGN: Final = re.compile("[=<>≠≦≧]")
_SAME: Final = {"≧": ">=", "≦": "<=", "≠": "!="}
_RANKING: Final = (">=", "<=", ">", "<")
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
            work = _work_condition(name, sign, value)
            if work is not None:
                return work
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
        letters = [fold_all(letter) for letter in self._form.letters.choices]
        rated = [field for field in asked if field.kind is FieldKind.LETTER]
        if rated and value in letters and sign in _RANKING:
            return _rank_condition(lambda view, item: _texts(view, item, rated), sign, letters, value)
        return _text_condition(lambda view, item: _texts(view, item, asked), sign, value)


def _work_condition(name: str, sign: str, value: str) -> Condition | None:
    """Ask for the state of the work, or for who is in charge; None where the name means neither."""
    if name == fold_all(WORK_WORDS["work_state"]):
        ranks = [fold_all(WORK_WORDS[f"state_{state.value}"]) for state in reversed(WorkState)]
        if value in ranks and sign in _RANKING:
            return _rank_condition(_state, sign, ranks, value)
        return _text_condition(_state, sign, value)
    field = next((one for one in (DEPARTMENT, ASSIGNEE) if fold_all(WORK_WORDS[one]) == name), None)
    return None if field is None else _text_condition(lambda view, item: [in_charge(view, item, field)], sign, value)


def _state(view: YearView, item: int) -> Sequence[str]:
    return [WORK_WORDS[f"state_{state_of(view, item).value}"]]


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


def _text_condition(texts: Texts, sign: str, value: str) -> Condition:
    """Compare texts with one; all of them are empty where none has anything."""
    if value == fold_all(EMPTY):
        wanted = sign != "!="
        return lambda view, item: wanted is not any(text.strip() for text in texts(view, item))
    if sign == "!=":
        return lambda view, item: not any(value == fold_all(text) for text in texts(view, item))
    if sign == "=":
        return lambda view, item: any(value == fold_all(text) for text in texts(view, item))
    return lambda view, item: any(value in fold_all(text) for text in texts(view, item))


def _rank_condition(texts: Texts, sign: str, ranks: Sequence[str], value: str) -> Condition:
    """Compare words that have an order, the best first."""
    border = ranks.index(value)
    fitting = {">=": ranks[: border + 1], ">": ranks[:border], "<=": ranks[border:], "<": ranks[border + 1 :]}[sign]
    return lambda view, item: any(fold_all(text) in fitting for text in texts(view, item))


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
    """Tell the rates as the table shows them; without a rate, what was met counts as 1 and what was missed as 0."""
    for node in _living(view, item):
        if node.kind is NodeKind.ACHIEVEMENT:
            found = achievement_of(view, node.id)
            if found.rate is not None:
                yield found.rate
            elif found.met is not None:
                yield Decimal(found.met)


def _texts(view: YearView, item: int, asked: Sequence[FieldDefinition]) -> Iterator[str]:
    for node in _living(view, item):
        for field in asked:
            if field.on is node.kind:
                yield view.text(node.id, field.id)


def _living(view: YearView, item: int) -> Iterator[Node]:
    if item in view.snapshot.tree.nodes:
        yield from (node for node in view.snapshot.tree.subtree(item) if node.lives_in(view.year))
