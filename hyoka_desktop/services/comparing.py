"""Compare two states of a report: which texts differ, in the order of the document, and which parts came or went."""

from collections.abc import Iterator
from dataclasses import dataclass

from hyoka_desktop.domain.ownfields import OWN_FIELDS
from hyoka_desktop.domain.report import ROOT, WORK_KINDS, Address, Node, Snapshot


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold one text that is not the same in both states; None where there is none."""

    address: Address
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hold what differs between two states; nodes that came or went are named by the topmost of them."""

    texts: tuple[Difference, ...]
    added: tuple[Node, ...]
    removed: tuple[Node, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether both states are equal."""
        return not (self.texts or self.added or self.removed)


def compare(before: Snapshot, after: Snapshot) -> Comparison:
    """Compare two states of one report; comments and named versions are not part of it."""
    texts = tuple(
        Difference(address, before.stored(address), after.stored(address)) for address in _differing(before, after)
    )
    return Comparison(texts, tuple(_only_in(after, before)), tuple(_only_in(before, after)))


def _differing(before: Snapshot, after: Snapshot) -> Iterator[Address]:
    """Yield the addresses that hold another text, in the order of the document after; what went comes last."""
    keys = {
        key
        for key in before.values.keys() | after.values.keys()
        if key[1] not in OWN_FIELDS and before.values.get(key) != after.values.get(key)
    }
    known = {here.id: place for place, here in enumerate(_nodes(after))}
    for gone in _nodes(before):
        known.setdefault(gone.id, len(known))
    for node, field in sorted((key for key in keys if key[0] in known), key=lambda key: (known[key[0]], key[1])):
        was, now = before.values.get((node, field), {}), after.values.get((node, field), {})
        yield from (Address(node, field, year) for year in sorted({**was, **now}) if was.get(year) != now.get(year))


def _nodes(snapshot: Snapshot) -> Iterator[Node]:
    return (node for node in snapshot.tree.subtree(ROOT) if node.kind not in WORK_KINDS)


def _only_in(one: Snapshot, other: Snapshot) -> Iterator[Node]:
    for node in _nodes(one):
        is_top = node.parent is None or node.parent in other.tree.nodes
        if node.id not in other.tree.nodes and is_top:
            yield node
