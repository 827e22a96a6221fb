"""Find the tables of a document that came back: by bookmarks of captions, else by 項目番号 and captions as seen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from hyoka_desktop.exchange.word.aligning import aligned
from hyoka_desktop.exchange.word.document import ReadTable
from hyoka_desktop.exchange.word.expected import Expected

_LEAST_SHARE: Final = 0.6
"""Of the captions of a table that must still be there."""
_LONG_TEXT: Final = 8


@dataclass(frozen=True, slots=True)
class PlacedTables:
    """Hold for each expected table the returned one, by number; `doubtful` are sections whose number is another now."""

    tables: Mapping[int, int]
    doubtful: frozenset[int]


def placed_tables(expected: Expected, returned: Sequence[ReadTable]) -> PlacedTables:
    """Tell which tables belong together; what could belong to several stays without."""
    return _Placing(expected, returned).placed()


class _Placing:
    """One document being placed."""

    def __init__(self, expected: Expected, returned: Sequence[ReadTable]) -> None:
        self._expected = [table for _, table in expected.tables]
        self._sections = [section for section, _ in expected.tables]
        self._numbers = {place: section.number for place, section in enumerate(expected.sections) if section.number}
        self._anchors = {name: number for name, (number, _) in expected.anchors.items()}
        self._returned = returned
        self._texts = [_texts(table) for table in returned]
        self._captions = [
            Counter(cell.text for cell in table.cells if cell.label and cell.text) for table in self._expected
        ]
        self._found: dict[int, int] = {}
        """The expected table of each returned one."""

    def placed(self) -> PlacedTables:
        """Bind by bookmarks, then by numbers, then all that is left by captions in their order."""
        self._bind_by_bookmarks()
        self._bind_by_number()
        self._bind_by_captions()
        doubtful = frozenset(section for section in self._numbers if self._is_doubtful(section))
        tables = {one: other for other, one in self._found.items() if self._sections[one] not in doubtful}
        return PlacedTables(tables, doubtful)

    def _bind_by_bookmarks(self) -> None:
        votes: dict[int, Counter[int]] = {}
        for other, table in enumerate(self._returned):
            names = (name for row in table.rows for name in row.bookmarks)
            own = Counter(self._anchors[name] for name in names if name in self._anchors)
            for one, count in own.most_common(1):
                votes.setdefault(one, Counter())[other] = count
        for one, counted in votes.items():
            (other, count), *more = counted.most_common(2)
            if not more or more[0][1] < count:
                self._found[other] = one

    def _bind_by_number(self) -> None:
        """Bind the tables that show the 項目番号 of their section."""
        taken = set(self._found.values())
        found: dict[int, list[int]] = {}
        for one, table in enumerate(self._expected):
            if table.is_key and one not in taken:
                found[one] = [
                    other
                    for other in range(len(self._returned))
                    if other not in self._found and self._shows_number(one, other) and self._likeness(one, other)
                ]
        claims = Counter(other for others in found.values() for other in others)
        for one, others in found.items():
            if len(others) == 1 and claims[others[0]] == 1:
                self._found[others[0]] = one

    def _bind_by_captions(self) -> None:
        """Align what is left between tables that are known."""
        known = [(-1, -1), *sorted(self._found.items()), (len(self._returned), len(self._expected))]
        scope = self._scopes()
        for (after, before), (next_after, next_before) in pairwise(known):
            ones, others = range(before + 1, next_before), range(after + 1, next_after)
            self._bind_between(ones, others, scope)

    def _bind_between(self, ones: range, others: range, scopes: Sequence[int | None]) -> None:
        pairs = aligned(len(ones), len(others), lambda one, other: self._within(ones[one], others[other], scopes))
        self._found |= {others[other]: ones[one] for one, other in pairs}

    def _scopes(self) -> list[int | None]:
        """Tell the section that each returned table stands in: that of the last table of a known section before it."""
        scopes: list[int | None] = []
        here: int | None = None
        for other in range(len(self._returned)):
            one = self._found.get(other)
            here = self._sections[one] if one is not None else here
            scopes.append(here)
        return scopes

    def _within(self, one: int, other: int, scopes: Sequence[int | None]) -> int:
        """Tell how like tables are; a table of an item stands behind the one that shows its number."""
        section = self._sections[one]
        if section in self._numbers and (section != scopes[other] or self._expected[one].is_key):
            return 0
        return self._likeness(one, other)

    def _likeness(self, one: int, other: int) -> int:
        captions, texts = self._captions[one], self._texts[other]
        total = captions.total()
        there = (captions & texts).total()
        if not total or there / total < _LEAST_SHARE:
            return 0
        own = {cell.text for cell in self._expected[one].cells if not cell.label and len(cell.text) >= _LONG_TEXT}
        return 1 + 100 * there // total + 10 * sum(text in texts for text in own)

    def _shows_number(self, one: int, other: int) -> bool:
        return self._numbers.get(self._sections[one], "") in self._texts[other]

    def _is_doubtful(self, section: int) -> bool:
        """Tell whether the table that should show the number of a section shows that of another one instead."""
        for other, one in self._found.items():
            if self._sections[one] == section and self._expected[one].is_key and not self._shows_number(one, other):
                keys = {number for place, number in self._numbers.items() if place != section}
                return any(text in keys for text in self._first_cells(other))
        return False

    def _first_cells(self, other: int) -> set[str]:
        return {row.cells[0].text for row in self._returned[other].rows if row.cells}


def _texts(table: ReadTable) -> Counter[str]:
    return Counter(cell.text for row in table.rows if row.deleted is None for cell in row.cells)
