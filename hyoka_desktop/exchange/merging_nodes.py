"""Merge the structure of a report with that of a copy that was worked on elsewhere: what came, went and moved there.

What they added is put in. What they took away or moved waits for a choice; nothing disappears by itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from hyoka_desktop.domain.changes import Action, Edit, NodeChange
from hyoka_desktop.domain.edits import insert_node, move_node, remove_node
from hyoka_desktop.domain.livevalues import rebound
from hyoka_desktop.domain.report import ROOT, WORK_KINDS, Address, Node, NodeKind, Snapshot, Tree, YearView
from hyoka_desktop.text.diff import matched_units


class Deed(StrEnum):
    """Name what they did with a part of the report; `ORPHANED` is added below what is no longer here."""

    ADDED = "added"
    ORPHANED = "orphaned"
    REMOVED = "removed"
    MOVED = "moved"


ASKED = frozenset({Deed.REMOVED, Deed.MOVED})
"""What is done only where somebody says so."""


@dataclass(frozen=True, slots=True)
class NodeMerge:
    """Hold one thing that they did: the node with their ids, its texts there, the siblings before it, nearest first.

    A removed node is the one of the base; where it only ends with a year, `ends` tells that year.
    """

    deed: Deed
    node: Node
    texts: Mapping[Address, str]
    behind: tuple[int, ...] = ()
    ends: int | None = None


@dataclass(frozen=True)
class ThreeTrees:
    """Hold the base, ours and theirs; `known` maps their ids of nodes that came here earlier to ours."""

    base: Snapshot
    ours: Snapshot
    theirs: Snapshot
    known: Mapping[int, int]


def merge_nodes(three: ThreeTrees) -> tuple[NodeMerge, ...]:
    """Tell what they did with the structure and we did not, parents before what hangs on them."""
    return (*_added(three), *_removed(three), *_moved(three))


def same_elsewhere(base: Snapshot, ours: Snapshot, theirs: Snapshot, known: Mapping[int, int]) -> dict[int, int]:
    """Map what they added to what is here already: by what is known, and where kind, parent and texts are equal."""
    same = {their: our for their, our in known.items() if their in theirs.tree.nodes and our in ours.tree.nodes}
    new_here = {node.id for node in _report_nodes(ours.tree) if node.id not in base.tree.nodes} - set(same.values())
    for node in _report_nodes(theirs.tree):
        if node.id in base.tree.nodes or node.id in same:
            continue
        parent = same.get(node.parent or ROOT, node.parent)
        texts = _texts_of(theirs, node.id)
        twin = next(
            (
                one
                for one in sorted(new_here)
                if (ours.tree.nodes[one].kind, ours.tree.nodes[one].parent) == (node.kind, parent)
                and _texts_of(ours, one) == texts
            ),
            None,
        )
        if twin is not None:
            same[node.id] = twin
            new_here.discard(twin)
    return same


def _added(three: ThreeTrees) -> Iterator[NodeMerge]:
    lost: set[int] = set()
    for node in _report_nodes(three.theirs.tree):
        if node.id in three.base.tree.nodes or node.id in three.known:
            continue
        parent = node.parent or ROOT
        is_new = parent not in three.base.tree.nodes and parent not in three.known
        gone = parent in lost or (not is_new and three.known.get(parent, parent) not in three.ours.tree.nodes)
        if gone:
            lost.add(node.id)
        texts = {
            Address(node.id, field, year): text for (field, year), text in _texts_of(three.theirs, node.id).items()
        }
        behind = _before(three.theirs.tree, node)
        yield NodeMerge(Deed.ORPHANED if gone else Deed.ADDED, node, texts, behind)


def _removed(three: ThreeTrees) -> Iterator[NodeMerge]:
    for node in _report_nodes(three.base.tree):
        here, there = three.ours.tree.nodes.get(node.id), three.theirs.tree.nodes.get(node.id)
        if here is None or (there is None and node.parent not in three.theirs.tree.nodes):
            continue
        if there is None:
            yield NodeMerge(Deed.REMOVED, node, {})
        elif _ends_earlier(there, node) and _ends_earlier(there, here):
            yield NodeMerge(Deed.REMOVED, node, {}, ends=there.last_year)


def _ends_earlier(node: Node, other: Node) -> bool:
    return node.last_year is not None and (other.last_year is None or node.last_year < other.last_year)


def _moved(three: ThreeTrees) -> Iterator[NodeMerge]:
    """Yield what stands under another parent, or in another order among those that were there before."""
    base, ours, theirs = three.base.tree, three.ours.tree, three.theirs.tree
    common = {node.id for node in _report_nodes(base) if node.id in theirs.nodes and node.id in ours.nodes}
    for parent, kind in dict.fromkeys((theirs.nodes[one].parent, theirs.nodes[one].kind) for one in sorted(common)):
        there = _order(theirs, parent, kind, common)
        stayed = _in_same_order(_order(base, parent, kind, common), there)
        already = _in_same_order(_order(ours, parent, kind, common), there)
        for one in there:
            if one not in stayed and one not in already:
                node = theirs.nodes[one]
                yield NodeMerge(Deed.MOVED, node, {}, _before(theirs, node))


def _in_same_order(before: list[int], after: list[int]) -> set[int]:
    pairs = matched_units([str(one) for one in before], [str(one) for one in after])
    return {after[place] for _, place in pairs}


def _order(tree: Tree, parent: int | None, kind: NodeKind, common: set[int]) -> list[int]:
    return [] if parent is None else [node.id for node in tree.children(parent, kind) if node.id in common]


def _before(tree: Tree, node: Node) -> tuple[int, ...]:
    """Tell the siblings before a node, nearest first."""
    assert node.parent is not None, "only the report has no parent"
    order = [sibling.id for sibling in tree.children(node.parent, node.kind)]
    return tuple(reversed(order[: order.index(node.id)]))


def edit_of(view: YearView, merge: NodeMerge, ids: Mapping[int, int]) -> Edit | None:
    """Work out what one thing that they did does here; `ids` maps their ids to ours, also those to come.

    None where it is done already.
    """
    node = merge.node
    parent = ids.get(node.parent or ROOT, node.parent or ROOT)
    tree = view.snapshot.tree
    living = [one.id for one in view.children(parent, node.kind) if one.id != node.id]
    order = living if merge.deed is Deed.MOVED else [one.id for one in tree.children(parent, node.kind)]
    behind = next((one for one in (ids.get(before, before) for before in merge.behind) if one in order), None)
    match merge.deed:
        case Deed.ADDED:
            new = replace(node, id=ids[node.id], parent=parent)
            texts = {
                Address(new.id, address.field, address.year): rebound(text, ids)
                for address, text in merge.texts.items()
            }
            return insert_node(view.snapshot, new, behind, texts)
        case Deed.REMOVED if node.id in tree.nodes and merge.ends is not None:
            ended = NodeChange(tree.nodes[node.id], replace(tree.nodes[node.id], last_year=merge.ends))
            return Edit(Action.REMOVE, node.kind.value, (ended,))
        case Deed.REMOVED if node.id in tree.nodes:
            return remove_node(view, node.id)
        case Deed.MOVED if node.id in tree.nodes and parent in tree.nodes:
            return move_node(view, node.id, parent, 0 if behind is None else living.index(behind) + 1)
        case _:
            return None


def _report_nodes(tree: Tree) -> list[Node]:
    """Tell the nodes that pages show, but for the report itself, parents first, in the order of the document."""
    return [node for node in tree.subtree(ROOT) if node.kind not in WORK_KINDS and node.id != ROOT]


def _texts_of(snapshot: Snapshot, node: int) -> dict[tuple[str, int], str]:
    return {
        (field, year): text
        for (owner, field), years in snapshot.values.items()
        if owner == node
        for year, text in years.items()
        if text
    }
