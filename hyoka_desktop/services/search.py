"""Find and replace over all items and years: what is found, what would stand there, and the one step that writes it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from hyoka_desktop.domain.changes import Edit
from hyoka_desktop.domain.edits import replace_texts
from hyoka_desktop.domain.livevalues import live_value_places
from hyoka_desktop.domain.report import ROOT, WORK_KINDS, Address, Node, NodeKind, Snapshot, YearView
from hyoka_desktop.formdef.model import FieldDefinition, FieldKind, FormDefinition
from hyoka_desktop.services.matching import around
from hyoka_desktop.services.quoting import printed_at
from hyoka_desktop.text.pattern import Match, Pattern

_WRITTEN: Final = frozenset({FieldKind.TEXT, FieldKind.LINES, FieldKind.LINE, FieldKind.QUANTITY})
"""The kinds of fields that hold words; letters and dates are chosen, not written."""

_SHARES: Final = 100
"""So often a search tells how far it is; more would be more than anyone sees."""


@dataclass(frozen=True, slots=True)
class Query:
    """Say what to find and where: in one year or all, in one item or all."""

    wanted: str
    replacement: str = ""
    is_regex: bool = False
    loosely: bool = True
    year: int | None = None
    item: int | None = None

    def pattern(self) -> Pattern:
        """Read the pattern; InputError where it is none."""
        return Pattern(self.wanted, is_regex=self.is_regex, loosely=self.loosely)


@dataclass(frozen=True, slots=True)
class Hit:
    """Hold one text in which something was found, all places, and the text that a replacement would give."""

    address: Address
    text: str
    matches: tuple[Match, ...]
    replaced: str
    is_locked: bool


def search(
    form: FormDefinition,
    snapshot: Snapshot,
    query: Query,
    checkpoint: Callable[[], None] = lambda: None,
    tell_share: Callable[[float], object] = lambda _: None,
) -> tuple[Hit, ...]:
    """Find something, in the order of the document; InputError for a pattern that is none or takes too long.

    `tell_share` hears the share that is done, from 0 to 1, at each hundredth.
    """
    if not query.wanted:
        return ()
    pattern = query.pattern()
    hits = []
    for address in _addresses(form, snapshot, query, tell_share):
        checkpoint()
        text = snapshot.stored(address) or ""
        matches = tuple(_outside_of_values(text, pattern.matches(text, query.replacement)))
        if matches:
            locked = form.fields[address.field].locked
            hits.append(Hit(address, text, matches, _replaced(text, matches), locked))
    return tuple(hits)


def _outside_of_values(text: str, matches: Iterable[Match]) -> Iterator[Match]:
    """Leave out what is in a quoted value of an indicator: its name is no prose, and changed it would quote nothing."""
    places = live_value_places(text)
    return (match for match in matches if all(match.end <= start or end <= match.start for start, end in places))


def _replaced(text: str, matches: Iterable[Match]) -> str:
    parts, place = [], 0
    for match in matches:
        if match.start >= place:
            parts += [text[place : match.start], match.replacement]
            place = match.end
    return "".join((*parts, text[place:]))


def excerpt(form: FormDefinition, view: YearView, hit: Hit) -> str:
    """Tell the first place of a hit with what is around it, as it prints; no place lies within a quoted value."""
    first = hit.matches[0]
    parts = hit.text[: first.start], hit.text[first.start : first.end], hit.text[first.end :]
    head, found, tail = (printed_at(form, view, hit.address, part) for part in parts)
    return around(head + found + tail, len(head), len(head) + len(found))


def replacement(snapshot: Snapshot, hits: Iterable[Hit]) -> Edit | None:
    """Work out the step that writes the replacements; what changed since it was found is left alone."""
    return replace_texts(snapshot, {hit.address: (hit.text, hit.replaced) for hit in hits})


def _addresses(
    form: FormDefinition, snapshot: Snapshot, query: Query, tell_share: Callable[[float], object]
) -> Iterator[Address]:
    fields: Mapping[NodeKind, list[FieldDefinition]] = {
        kind: [field for field in form.fields_on(kind) if field.kind in _WRITTEN] for kind in NodeKind
    }
    start = query.item if query.item in snapshot.tree.nodes else ROOT
    nodes = tuple(snapshot.tree.subtree(start or ROOT))
    step = max(len(nodes) // _SHARES, 1)
    for done, node in enumerate(nodes, start=1):
        if done % step == 0:
            tell_share(done / len(nodes))
        if node.kind not in WORK_KINDS:
            for field in fields[node.kind]:
                yield from _of_field(form, snapshot, query, node, field)


def _of_field(
    form: FormDefinition, snapshot: Snapshot, query: Query, node: Node, field: FieldDefinition
) -> Iterator[Address]:
    """Tell the address that holds in the year that is asked for, or all of them, the newest first."""
    if query.year is None:
        years = snapshot.values.get((node.id, field.id), {})
        yield from (Address(node.id, field.id, year) for year in sorted(years, reverse=True))
    elif node.lives_in(query.year):
        yield YearView(snapshot, query.year, form.period_fields).address(node.id, field.id)
