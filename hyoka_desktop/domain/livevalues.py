"""Put values of indicators into prose: `{指標:応答率.実績}` prints what the table says.

Within a report file a live value is bound to the id of its achievement, `{指標:応答率.実績#12}`, so that another name
or the next year does not break it; the name is for readers. Outside of the file, where ids mean nothing, the name
stands alone: as short as it is unique from where the text stands. `{{指標:…}}` is text in braces.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.achievement import format_rate
from hyoka_desktop.domain.measuring import achievement_of
from hyoka_desktop.domain.report import NodeKind, YearView

RATE: Final = "rate"
LACKING_MARK: Final = "【？"
"""Begins what is printed where an indicator or its value is missing."""
_INDICATOR: Final = "指標"
_ACHIEVEMENT: Final = "内訳"
_RATE_WORD: Final = "達成度"
_VALUE_SUFFIX: Final = "値"
_BETWEEN: Final = "／"
_TOKEN: Final = re.compile(
    rf"\{{(\{{(?:{_INDICATOR}|{_ACHIEVEMENT})[:：][^{{}}\n]*\}})\}}"
    rf"|\{{({_INDICATOR}|{_ACHIEVEMENT})[:：]([^{{}}\n]+)[.．]([^{{}}.．\n#]+)(?:#([0-9]{{1,15}}))?\}}"
)
_SAFE: Final = str.maketrans({"{": "（", "}": "）", "\n": " "})


@dataclass(frozen=True, slots=True)
class LiveValue:
    """Hold a live value as it is written: the name of the indicator, the word of the field, and the id if bound."""

    name: str
    field: str
    node: int | None = None
    word: str = _INDICATOR

    def __str__(self) -> str:
        """Write it as it stands in a text."""
        bound = "" if self.node is None else f"#{self.node}"
        return f"{{{self.word}:{self.name}.{self.field}{bound}}}"


@dataclass(frozen=True, slots=True)
class ValueSource:
    """Hold one achievement that prose can quote, with the names by which it is found, the shortest first."""

    node: int
    item: int
    names: tuple[str, str, str]
    word: str


def has_live_values(text: str) -> bool:
    """Tell whether a text may hold live values, or braces that would be one."""
    return f"{{{_INDICATOR}" in text or f"{{{_ACHIEVEMENT}" in text


def split_live_values(text: str) -> Iterator[str | LiveValue]:
    """Yield the stretches of a text and its live values in order; text in braces stays as it is written."""
    end = 0
    for found in _TOKEN.finditer(text):
        if found[1] is None:
            if found.start() > end:
                yield text[end : found.start()]
            yield LiveValue(found[3], found[4], int(found[5]) if found[5] else None, found[2])
            end = found.end()
    if end < len(text):
        yield text[end:]


def live_value_places(text: str) -> tuple[tuple[int, int], ...]:
    """Tell where the live values of a text begin and end, so that nobody changes one in part."""
    if not has_live_values(text):
        return ()
    return tuple(found.span() for found in _TOKEN.finditer(text) if found[1] is None)


def rebound(text: str, ids: Mapping[int, int]) -> str:
    """Tell a text whose live values are bound to other ids, for those that a node got in another file."""
    if not has_live_values(text):
        return text
    found = [token for token in _TOKEN.finditer(text) if token[5] and int(token[5]) in ids]
    for token in reversed(found):
        text = f"{text[: token.start(5)]}{ids[int(token[5])]}{text[token.end(5) :]}"
    return text


class LiveValues:
    """Read the values that the texts of one year quote.

    `labels` are the captions of the fields that can be quoted, by id.
    """

    def __init__(self, view: YearView, labels: Mapping[str, str]) -> None:
        self._view = view
        self.words: Final[Mapping[str, str]] = {
            **{field: label.removesuffix(_VALUE_SUFFIX) for field, label in labels.items()},
            RATE: _RATE_WORD,
        }
        self._fields = {
            **{word: field for field, word in self.words.items()},
            **{label: field for field, label in labels.items()},
            **{field: field for field in self.words},
        }

    @cached_property
    def sources(self) -> tuple[ValueSource, ...]:
        """Tell all achievements of the year in the order of the document."""
        return tuple(self._all_sources())

    def value(self, source: ValueSource, field: str) -> str:
        """Tell a value as it is written in the table, or the 達成度; empty where there is none."""
        if field != RATE:
            return self._view.text(source.node, field)
        rate = achievement_of(self._view, source.node).rate
        return "" if rate is None else format_rate(rate)

    def written(self, source: ValueSource, field: str, home: int) -> LiveValue:
        """Write a live value for a text of a node, with the shortest name that finds it from there."""
        name = next((name for name in source.names if self._named(name, home) is source), source.names[-1])
        return LiveValue(name, self.words[field], source.node, source.word)

    def find(self, live: LiveValue, home: int) -> tuple[ValueSource, str] | None:
        """Find what a live value of a text of a node quotes, and the field: by its id, else by its name."""
        field = self._fields.get(live.field)
        source = self._bound.get(live.node or 0) or self._named(live.name, home)
        return None if field is None or source is None else (source, field)

    def shown(self, live: LiveValue, home: int) -> str:
        """Tell what a live value prints; where the indicator or its value is missing, a mark that is seen."""
        return self._value(live, home) or f"{LACKING_MARK}{live.name}.{live.field}】"

    def printed(self, text: str, home: int) -> str:
        """Tell a text of a node as it prints."""
        return self._replaced(text, lambda live: self.shown(live, home), keeps_braces=False)

    def printed_places(self, text: str, home: int) -> tuple[tuple[int, int, str], ...]:
        """Tell where in the printed text what is written otherwise stands: begin, end, and how it is written."""
        places, done, length = [], 0, 0
        for found in _TOKEN.finditer(text) if has_live_values(text) else ():
            length += found.start() - done
            shown = self._replaced(found[0], lambda live: self.shown(live, home), keeps_braces=False)
            places.append((length, length + len(shown), found[0]))
            length, done = length + len(shown), found.end()
        return tuple(places)

    def lacking(self, text: str, home: int) -> tuple[LiveValue, ...]:
        """Tell the live values of a text that have nothing to print."""
        lives = (part for part in split_live_values(text) if isinstance(part, LiveValue))
        return tuple(live for live in lives if not self._value(live, home))

    def bound(self, text: str, home: int) -> str:
        """Bind the live values of a text that came from outside: by their names, whatever ids they bring.

        Where the name alone does not say which one is meant, an id of that very name does.
        """
        return self._replaced(text, lambda live: str(self._bind(live, home)))

    def unbound(self, text: str, home: int) -> str:
        """Write a text for outside of the file, with names as they are now and without ids."""
        return self._replaced(text, lambda live: str(replace(self._renamed(live, home), node=None)))

    def _bind(self, live: LiveValue, home: int) -> LiveValue:
        source = self._named(live.name, home)
        known = self._bound.get(live.node or 0)
        if source is None and known is not None and live.name in known.names:
            source = known
        field = self._fields.get(live.field)
        if source is None or field is None:
            return replace(live, node=None)
        return self.written(source, field, home)

    def _renamed(self, live: LiveValue, home: int) -> LiveValue:
        found = self.find(live, home)
        return live if found is None else self.written(*found, home)

    def _value(self, live: LiveValue, home: int) -> str:
        found = self.find(live, home)
        return "" if found is None else self.value(*found)

    @staticmethod
    def _replaced(text: str, write: Callable[[LiveValue], str], *, keeps_braces: bool = True) -> str:
        if not has_live_values(text):
            return text

        def replacement(found: re.Match[str]) -> str:
            if found[1] is not None:
                return found[0] if keeps_braces else found[1]
            return write(LiveValue(found[3], found[4], int(found[5]) if found[5] else None, found[2]))

        return _TOKEN.sub(replacement, text)

    @cached_property
    def _bound(self) -> Mapping[int, ValueSource]:
        return {source.node: source for source in self.sources}

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[ValueSource, ...]]:
        found: dict[str, tuple[ValueSource, ...]] = {}
        for source in self.sources:
            for name in dict.fromkeys(source.names):
                found[name] = (*found.get(name, ()), source)
        return found

    def _named(self, name: str, home: int) -> ValueSource | None:
        """Find the one source of a name: first in the item of the text, then in the whole report."""
        named = self._by_name.get(name.translate(_SAFE), ())
        item = (
            self._view.snapshot.tree.ancestor(home, NodeKind.ITEM) if home in self._view.snapshot.tree.nodes else None
        )
        near = tuple(source for source in named if item is not None and source.item == item.id)
        chosen = near or named
        return chosen[0] if len(chosen) == 1 else None

    def _all_sources(self) -> Iterator[ValueSource]:
        children = self._view.children
        for one, section in enumerate(self._view.sections, start=1):
            for two, item in enumerate(children(section.id, NodeKind.ITEM), start=1):
                number = self._view.text(item.id, fields.ITEM_NUMBER)
                for three, row in enumerate(children(item.id, NodeKind.ROW), start=1):
                    for four, indicator in enumerate(children(row.id, NodeKind.INDICATOR), start=1):
                        yield from self._of_indicator(indicator.id, item.id, number, f"{one}-{two}-{three}-{four}")

    def _of_indicator(self, indicator: int, item: int, number: str, path: str) -> Iterator[ValueSource]:
        entries = self._view.children(indicator, NodeKind.ACHIEVEMENT)
        for place, entry in enumerate(entries, start=1):
            name = self._view.text(indicator, fields.INDICATOR_NAME)
            if len(entries) > 1:
                name += _BETWEEN + (self._view.text(entry.id, fields.ACHIEVEMENT_LABEL) or str(place))
            names = (name or "-", f"{number}{_BETWEEN}{name}", f"{path}-{place}{_BETWEEN}{name}")
            safe = tuple(name.translate(_SAFE) for name in names)
            word = _ACHIEVEMENT if len(entries) > 1 else _INDICATOR
            yield ValueSource(entry.id, item, (safe[0], safe[1], safe[2]), word)
