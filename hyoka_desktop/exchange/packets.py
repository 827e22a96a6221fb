"""Say what of a report goes into a packet: some items with all that hangs on them, and what their pages need above.

Nothing of other items is in it, neither text nor trace. Ids stay, so that what comes back is known again.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.changes import Action, Change, Edit, NodeChange, ValueChange, YearChange
from hyoka_desktop.domain.report import ROOT, Address, Node, NodeKind, Snapshot, Tree

_CONTEXT: Final = frozenset(
    {
        fields.ORGANIZATION_NAME,
        fields.PERIOD_START,
        fields.PERIOD_END,
        fields.COVER_HEADING,
        fields.SECTION_NUMBER,
        fields.SECTION_TITLE,
        fields.SHEET_FORM,
    }
)
"""What stands above the items and their pages cannot do without."""


def scope_of(tree: Tree, items: Iterable[int]) -> frozenset[int]:
    """Tell the items that are there and all nodes below them, comments too."""
    return frozenset(node.id for item in items if item in tree.nodes for node in tree.subtree(item))


def restricted(snapshot: Snapshot, items: Iterable[int]) -> Snapshot:
    """Tell the report with these items alone."""
    scope = scope_of(snapshot.tree, items)
    above = {ROOT} | {
        section.id for item in scope if (section := snapshot.tree.ancestor(item, NodeKind.SECTION)) is not None
    }
    nodes = {node.id: node for node in snapshot.tree.nodes.values() if node.id in scope | above}
    values = {
        (node, field): years
        for (node, field), years in snapshot.values.items()
        if node in scope or (node in above and field in _CONTEXT)
    }
    return Snapshot(Tree(nodes), values, snapshot.years, snapshot.next_node)


def packet_edit(packet: Snapshot) -> Edit:
    """Work out the one edit that fills an empty file with a packet."""
    return Edit(Action.HAND_OUT, NodeKind.HANDOUT.value, tuple(_changes(packet)))


def _changes(packet: Snapshot) -> Iterator[Change]:
    yield from (YearChange(year, after=True) for year in packet.years)
    for node in _parents_first(packet.tree):
        yield NodeChange(None, node)
    for (node_id, field), years in packet.values.items():
        yield from (ValueChange(Address(node_id, field, year), None, text) for year, text in years.items())


def _parents_first(tree: Tree) -> Iterator[Node]:
    return (node for node in tree.subtree(ROOT) if node.id != ROOT)
