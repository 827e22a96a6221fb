"""Work out the edit behind each thing that a person can do to a report.

Pure functions of a year's view: they decide what changes, the store only writes it. None means that nothing changes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hyoka_desktop.domain.changes import Action, Change, Edit, NodeChange, ValueChange, YearChange, apply_changes
from hyoka_desktop.domain.report import Address, Node, NodeKind, Snapshot, YearView


def set_text(view: YearView, node: int, field: str, text: str) -> Edit | None:
    """Write a field as it holds in the view's year."""
    address = view.address(node, field)
    before = view.snapshot.stored(address)
    if (before or "") == text:
        return None
    return Edit(Action.SET_TEXT, field, (ValueChange(address, before, text),), address)


def set_block(view: YearView, texts: Mapping[Address, str], action: Action = Action.SET_BLOCK) -> Edit | None:
    """Write several fields in one step, for example a block pasted from a spreadsheet."""
    changes = tuple(
        ValueChange(address, before, text)
        for address, text in texts.items()
        if ((before := view.snapshot.stored(address)) or "") != text
    )
    return Edit(action, "", changes, changes[0].address) if changes else None


def restore(snapshot: Snapshot, texts: Mapping[Address, str | None]) -> Edit | None:
    """Write texts of the past anew, in one step; None takes a text away."""
    changes = tuple(
        ValueChange(address, before, text)
        for address, text in texts.items()
        if address.node in snapshot.tree.nodes and (before := snapshot.stored(address)) != text
    )
    return Edit(Action.RESTORE, changes[0].address.field, changes, changes[0].address) if changes else None


def replace_texts(snapshot: Snapshot, texts: Mapping[Address, tuple[str, str]]) -> Edit | None:
    """Write other texts (found, new) where what was found still stands, in one step."""
    changes = tuple(
        ValueChange(address, found, new)
        for address, (found, new) in texts.items()
        if found != new and snapshot.stored(address) == found
    )
    return Edit(Action.REPLACE, "", changes, changes[0].address) if changes else None


def change_plan(view: YearView, node: int, field: str, text: str) -> Edit | None:
    """Change an approved text from the view's year on; earlier years keep what they had (計画の変更)."""
    if view.text(node, field) == text:
        return None
    address = Address(node, field, view.year)
    return Edit(Action.CHANGE_PLAN, field, (ValueChange(address, view.snapshot.stored(address), text),), address)


def add_node(view: YearView, parent: int, kind: NodeKind, index: int, texts: Mapping[str, str] | None = None) -> Edit:
    """Add a child at an index among the siblings that live in the view's year, with its first texts.

    Where the report has earlier years, the new node starts in the view's year and does not appear in them.
    """
    first_year = view.year if any(year < view.year for year in view.snapshot.years) else None
    new = Node(view.snapshot.next_node, kind, parent, 0, first_year)
    siblings = list(view.snapshot.tree.children(parent, kind))
    siblings.insert(_place_among_all(view, siblings, index), new)
    values = [ValueChange(view.address(new.id, field), None, text) for field, text in (texts or {}).items() if text]
    return Edit(Action.ADD, kind.value, (*_repositioned(siblings, {new.id}), *values), _focus(view, new))


def insert_node(snapshot: Snapshot, node: Node, behind: int | None, texts: Mapping[Address, str]) -> Edit:
    """Put a whole new node with all its texts behind a sibling of its kind, or first of all (None)."""
    assert node.parent is not None, "the report itself is never added"
    siblings = list(snapshot.tree.children(node.parent, node.kind))
    place = next((place for place, sibling in enumerate(siblings, start=1) if sibling.id == behind), 0)
    siblings.insert(place, node)
    values = [ValueChange(address, None, text) for address, text in texts.items() if text]
    return Edit(Action.ADD, node.kind.value, (*_repositioned(siblings, {node.id}), *values), Address(node.id, "", 0))


def remove_node(view: YearView, node_id: int) -> Edit:
    """Remove a node with all below it from the view's year on.

    A node that earlier years show stays there: only its last year is set. Otherwise it goes with all its texts, which
    the edit keeps.
    """
    node = view.snapshot.tree.nodes[node_id]
    if any(year < view.year and node.lives_in(year) for year in view.snapshot.years):
        ended: tuple[Change, ...] = (NodeChange(node, replace(node, last_year=view.year - 1)),)
        return Edit(Action.REMOVE, node.kind.value, ended, _focus(view, node))
    gone = list(view.snapshot.tree.subtree(node_id))
    assert node.parent is not None, "the report itself is never removed"
    changes: list[Change] = [
        ValueChange(Address(below.id, field, year), text, None)
        for below in gone
        for (owner, field), years in view.snapshot.values.items()
        if owner == below.id
        for year, text in years.items()
    ]
    changes += [NodeChange(below, None) for below in reversed(gone)]
    rest = [sibling for sibling in view.snapshot.tree.children(node.parent, node.kind) if sibling.id != node_id]
    return Edit(Action.REMOVE, node.kind.value, (*changes, *_repositioned(rest)), _focus(view, node))


def remove_nodes(view: YearView, node_ids: Sequence[int]) -> Edit | None:
    """Remove several nodes, none of them below another, in one step."""
    made: list[Edit] = []
    for node_id in node_ids:
        made.append(remove_node(view, node_id))
        view = YearView(apply_changes(view.snapshot, made[-1].changes), view.year, view.period_fields)
    return joined(made, Action.REMOVE, made[0].subject) if made else None


def move_node(view: YearView, node_id: int, parent: int, index: int) -> Edit | None:
    """Move a node to an index among the siblings of the view's year, perhaps under another parent."""
    tree = view.snapshot.tree
    node = tree.nodes[node_id]
    assert node.parent is not None, "the report itself is never moved"
    target = [sibling for sibling in tree.children(parent, node.kind) if sibling.id != node_id]
    moved = replace(node, parent=parent)
    target.insert(_place_among_all(view, target, index), moved)
    changes = list(_repositioned(target))
    if parent != node.parent:
        left = [sibling for sibling in tree.children(node.parent, node.kind) if sibling.id != node_id]
        changes = [NodeChange(node, replace(moved, position=target.index(moved)))] + [
            change for change in changes if change.node_id != node_id
        ]
        changes += _repositioned(left)
    return Edit(Action.MOVE, node.kind.value, tuple(changes), _focus(view, node)) if changes else None


def renumber(view: YearView, numbers: Mapping[int, str], field: str) -> Edit | None:
    """Write new 項目番号, given by node."""
    addresses = {view.address(node, field): number for node, number in numbers.items()}
    block = set_block(view, addresses)
    return replace(block, action=Action.RENUMBER, subject=field) if block else None


def add_year(view: YearView, year: int) -> Edit | None:
    """Add an evaluated fiscal year; its yearly texts start empty, those of the period go on."""
    if year in view.snapshot.years:
        return None
    return Edit(Action.ADD_YEAR, str(year), (YearChange(year, after=True),))


def joined(edits: Sequence[Edit | None], action: Action, subject: str) -> Edit | None:
    """Join edits that were worked out on the same view into one step; None where all of them are."""
    changes = tuple(change for edit in edits if edit is not None for change in edit.changes)
    focus = next((edit.focus for edit in edits if edit is not None), None)
    return Edit(action, subject, changes, focus) if changes else None


def _place_among_all(view: YearView, siblings: Sequence[Node], index: int) -> int:
    """Translate an index among the living siblings into one among all."""
    living = [place for place, sibling in enumerate(siblings) if sibling.lives_in(view.year)]
    return living[index] if 0 <= index < len(living) else len(siblings)


def _repositioned(siblings: Sequence[Node], new: frozenset[int] | set[int] = frozenset()) -> list[NodeChange]:
    return [
        NodeChange(None if node.id in new else node, replace(node, position=position))
        for position, node in enumerate(siblings)
        if node.id in new or node.position != position
    ]


def _focus(view: YearView, node: Node) -> Address:
    return Address(node.id, "", view.year)
