"""Tell how far the work on each 項目 of a year is, who does it, and what writing does to a state that was given.

State, department and person in charge are texts of the item in fields of the application's own; who set a state and
when stands in the log. `with_states` is the one place that moves a state by itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, NamedTuple

from hyoka_desktop.domain.changes import Action, Change, Edit, NodeChange, ValueChange
from hyoka_desktop.domain.report import ROOT, WORK_KINDS, Address, NodeKind, Snapshot, Tree, YearView

WORK_STATE: Final = "work_state"
DEPARTMENT: Final = "work_department"
ASSIGNEE: Final = "work_assignee"
WORK_FIELDS: Final = frozenset({WORK_STATE, DEPARTMENT, ASSIGNEE})


class WorkState(StrEnum):
    """Name how far an item is, from the first to the last."""

    NOT_STARTED = "not_started"
    DRAFTING = "drafting"
    DIVISION_CHECK = "division_check"
    DEPARTMENT_CHECK = "department_check"
    FINAL = "final"


_STATES: Final[Mapping[str, WorkState]] = {state.value: state for state in WorkState}
CONFIRMED: Final = frozenset({WorkState.DIVISION_CHECK, WorkState.DEPARTMENT_CHECK, WorkState.FINAL})
"""The states that speak of a text as it stands, so that another text takes them away."""
_GIVEN: Final = frozenset({Action.ADD, Action.RENUMBER})
"""Commands whose texts the program gives, for example 項目番号: nobody has begun to write."""


class ItemYear(NamedTuple):
    """Name an item in one fiscal year: what has a state."""

    item: int
    year: int


def state_of(view: YearView, item: int) -> WorkState:
    """Tell how far an item is in the view's year."""
    stored = view.snapshot.stored(Address(item, WORK_STATE, view.year))
    return _STATES.get(stored or "", WorkState.NOT_STARTED)


def in_charge(view: YearView, item: int, field: str) -> str:
    """Tell the department or the person in charge: what was last said for this year or an earlier one."""
    years = view.snapshot.values.get((item, field), {})
    newest = max((year for year in years if year <= view.year), default=None)
    return years[newest] if newest is not None else ""


def set_states(view: YearView, items: Iterable[int], state: WorkState, reason: str = "") -> Edit | None:
    """Set the state of items in one step; a final one is given up only for a reason (see `unfounded`)."""
    edit = _set_for_items(view, items, WORK_STATE, state.value, Action.SET_STATE)
    return replace(edit, reason=reason) if edit is not None else None


def set_in_charge(view: YearView, items: Iterable[int], field: str, text: str) -> Edit | None:
    """Set the department or the person in charge of items in one step, for this year and those after it."""
    wanted = [item for item in items if in_charge(view, item, field) != text]
    return _set_for_items(view, wanted, field, text, Action.ASSIGN)


@dataclass(frozen=True, slots=True)
class Reach:
    """Hold what an edit reaches: the tree after it, and the items whose sheets it changes.

    `by_change` tells for each change the items and years on whose sheets its text shows, `states` the state of all
    items that are reached, by item and year.
    """

    after: Tree
    by_change: tuple[tuple[ItemYear, ...], ...]
    states: Mapping[ItemYear, WorkState]


def reach_of(edit: Edit, view: YearView) -> Reach:
    """Work out what an edit reaches."""
    after = _tree_after(edit, view)
    by_change = tuple(tuple(_places(change, view, after)) for change in edit.changes)
    places = {place for several in by_change for place in several}
    if after is not view.snapshot.tree:
        places = places.union(*(_restructured(edit, view, after, year) for year in view.snapshot.years))
    return Reach(after, by_change, {place: state_of(view.in_year(place.year), place.item) for place in sorted(places)})


def locked_by(edit: Edit, view: YearView, reach: Reach | None = None) -> tuple[ItemYear, ...]:
    """Tell the final items that an edit would change; its reach is worked out where it is not given."""
    reach = reach or reach_of(edit, view)
    return tuple(place for place, state in reach.states.items() if state is WorkState.FINAL)


def unfounded(edit: Edit) -> bool:
    """Tell whether an edit gives up a final state without saying why."""
    return not edit.reason.strip() and any(
        isinstance(change, ValueChange)
        and change.address.field == WORK_STATE
        and change.before == WorkState.FINAL
        and change.after is not None
        for change in edit.changes
    )


def is_locked(view: YearView, address: Address) -> bool:
    """Tell whether a text is kept from being written, since an item that shows it is final in one of its years."""
    item = view.snapshot.tree.ancestor(address.node, NodeKind.ITEM)
    return item is not None and any(
        state_of(view.in_year(year), item.id) is WorkState.FINAL for year in _years_shown(address, view)
    )


def with_states(edit: Edit, view: YearView, reach: Reach | None = None) -> Edit:
    """Tell the edit with the states that follow from it: the first text begins the work, any change drops a check."""
    reach = reach or reach_of(edit, view)
    after = reach.after
    set_already = {change.address for change in edit.changes if isinstance(change, ValueChange)}
    begun = _begun(edit, reach)
    moved = []
    for place, state in reach.states.items():
        address = Address(place.item, WORK_STATE, place.year)
        drops = state in CONFIRMED or (state is WorkState.NOT_STARTED and place in begun)
        if drops and place.item in after.nodes and address not in set_already:
            moved.append(ValueChange(address, view.snapshot.stored(address), WorkState.DRAFTING.value))
    return replace(edit, changes=(*edit.changes, *moved)) if moved else edit


def with_work_begun(edit: Edit, made: Snapshot, fields: frozenset[str]) -> Edit:
    """Begin the items of an edit that fills an empty report, which then is `made`, where something is written in them.

    What counts is a text of the year itself in one of some fields.
    """
    begun = {
        Address(item.id, WORK_STATE, year)
        for (node, field), years in made.values.items()
        if field in fields and (item := made.tree.ancestor(node, NodeKind.ITEM)) is not None
        for year, text in years.items()
        if text and year in made.years and item.lives_in(year)
    }
    states = tuple(ValueChange(address, None, WorkState.DRAFTING.value) for address in sorted(begun))
    return replace(edit, changes=(*edit.changes, *states))


def without_states(edit: Edit) -> tuple[Change, ...]:
    """Tell what an edit does but for the states that it moves."""
    return tuple(
        change for change in edit.changes if not isinstance(change, ValueChange) or change.address.field != WORK_STATE
    )


def dropped_states(edit: Edit) -> Mapping[ItemYear, WorkState]:
    """Tell the checks that an edit took away, for saying so."""
    return {
        ItemYear(change.address.node, change.address.year): WorkState(change.before)
        for change in edit.changes
        if isinstance(change, ValueChange)
        and change.address.field == WORK_STATE
        and change.before in CONFIRMED
        and change.after == WorkState.DRAFTING
        and edit.action is not Action.SET_STATE
    }


def _set_for_items(view: YearView, items: Iterable[int], field: str, text: str, action: Action) -> Edit | None:
    changes = tuple(
        ValueChange(address, before, text)
        for item in items
        if ((before := view.snapshot.stored(address := Address(item, field, view.year))) or _NOTHING[field]) != text
    )
    if not changes:
        return None
    return Edit(action, field, changes, Address(changes[0].address.node, "", view.year))


_NOTHING: Final = {WORK_STATE: WorkState.NOT_STARTED.value, DEPARTMENT: None, ASSIGNEE: None}
"""What an item has of which nothing was said; a department may be emptied for a year though the year before has one."""


def _begun(edit: Edit, reach: Reach) -> frozenset[ItemYear]:
    """Tell the items into which a text was written; a text of the period begins the newest year that shows it."""
    if edit.action in _GIVEN:
        return frozenset()
    return frozenset(
        max(places, key=lambda place: place.year)
        for change, places in zip(edit.changes, reach.by_change, strict=True)
        if places and isinstance(change, ValueChange) and change.after
    )


def _places(change: Change, view: YearView, after: Tree) -> Iterator[ItemYear]:
    """Yield the items and years on whose sheets a text shows."""
    if isinstance(change, ValueChange) and change.address.field not in WORK_FIELDS:
        tree = after if change.address.node in after.nodes else view.snapshot.tree
        item = tree.ancestor(change.address.node, NodeKind.ITEM)
        if item is not None and tree.nodes[change.address.node].kind not in WORK_KINDS:
            yield from (ItemYear(item.id, year) for year in _years_shown(change.address, view) if item.lives_in(year))


def _restructured(edit: Edit, view: YearView, after: Tree, year: int) -> Iterator[ItemYear]:
    """Yield the items that come or go in a year, or show other rows or lines in it, or the same in another order."""
    before = view.snapshot.tree
    ends = [node for change in edit.changes if isinstance(change, NodeChange) for node in (change.before, change.after)]
    groups = {(node.parent, node.kind) for node in ends if node is not None and node.kind not in WORK_KINDS}
    if any(kind in _ABOVE_SHEETS for _, kind in groups):
        yield from (ItemYear(item, year) for item in _items(before, year) ^ _items(after, year))
    for parent, kind in groups:
        if (
            parent is not None
            and kind not in _ABOVE_SHEETS
            and _shown(before, parent, kind, year) != _shown(after, parent, kind, year)
        ):
            item = (after if parent in after.nodes else before).ancestor(parent, NodeKind.ITEM)
            if item is not None and item.lives_in(year):
                yield ItemYear(item.id, year)


_ABOVE_SHEETS: Final = frozenset({NodeKind.SECTION, NodeKind.ITEM})
"""Where these stand among their like is not on any sheet; whether they are there at all is."""


def _items(tree: Tree, year: int) -> frozenset[int]:
    sections = _shown(tree, ROOT, NodeKind.SECTION, year)
    return frozenset(item for section in sections for item in _shown(tree, section, NodeKind.ITEM, year))


def _shown(tree: Tree, parent: int, kind: NodeKind, year: int) -> tuple[int, ...]:
    return tuple(node.id for node in tree.children(parent, kind) if node.lives_in(year))


def _years_shown(address: Address, view: YearView) -> list[int]:
    """Tell the evaluated years that show the text of an address."""
    if address.field not in view.period_fields:
        return [address.year] if address.year in view.snapshot.years else []
    later = view.snapshot.values.get((address.node, address.field), {})
    end = min((year for year in later if year > address.year), default=None)
    return [year for year in view.snapshot.years if address.year <= year and (end is None or year < end)]


def _tree_after(edit: Edit, view: YearView) -> Tree:
    """Tell the tree after an edit; the very same where it changes texts alone."""
    if not any(isinstance(change, NodeChange) for change in edit.changes):
        return view.snapshot.tree
    nodes = dict(view.snapshot.tree.nodes)
    for change in edit.changes:
        if isinstance(change, NodeChange):
            nodes.pop(change.node_id, None)
            if change.after is not None:
                nodes[change.node_id] = change.after
    return Tree(nodes)
