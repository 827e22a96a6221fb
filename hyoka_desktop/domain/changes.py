"""Describe what a command changes, so that it can be applied, logged, shown and undone by one mechanism.

There are three primitive changes: a value, a node, an evaluated year. Each holds what was before and what is after.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from hyoka_desktop.domain.report import Address, Node, Snapshot, Tree


@dataclass(frozen=True, slots=True)
class ValueChange:
    """Change one text; None stands for no text at all."""

    address: Address
    before: str | None
    after: str | None

    def inverse(self) -> "ValueChange":
        """Tell the change that takes this one back."""
        return ValueChange(self.address, self.after, self.before)


@dataclass(frozen=True, slots=True)
class NodeChange:
    """Create (before None), remove (after None), move or limit a node; the id never changes."""

    before: Node | None
    after: Node | None

    @property
    def node_id(self) -> int:
        """Tell the id of the node."""
        node = self.after or self.before
        assert node is not None, "a node change has a before or an after"
        return node.id

    def inverse(self) -> "NodeChange":
        """Tell the change that takes this one back."""
        return NodeChange(self.after, self.before)


@dataclass(frozen=True, slots=True)
class YearChange:
    """Add (after True) or take away an evaluated fiscal year."""

    year: int
    after: bool

    def inverse(self) -> "YearChange":
        """Tell the change that takes this one back."""
        return YearChange(self.year, after=not self.after)


Change = ValueChange | NodeChange | YearChange


class Action(StrEnum):
    """Name what a command does, for undo, log and history; `messages/` holds the words."""

    CREATE = "create"
    IMPORT = "import"
    SET_TEXT = "set_text"
    CHANGE_PLAN = "change_plan"
    SET_BLOCK = "set_block"
    ADD = "add"
    REMOVE = "remove"
    MOVE = "move"
    RENUMBER = "renumber"
    ADD_YEAR = "add_year"
    RESTORE = "restore"
    NAME_VERSION = "name_version"
    REPLACE = "replace"
    PASTE = "paste"
    FILL = "fill"
    CLEAR = "clear"
    TAKE_CELLS = "take_cells"
    SET_STATE = "set_state"
    ASSIGN = "assign"
    COMMENT = "comment"
    HAND_OUT = "hand_out"
    MERGE = "merge"


@dataclass(frozen=True, slots=True)
class Edit:
    """Hold one command ready to be written: its name, its changes in order, and where the eye should go.

    `subject` is what the name speaks of: the field id, or the node kind. `reason` is what the person gave as one, for
    the log.
    """

    action: Action
    subject: str
    changes: tuple[Change, ...]
    focus: Address | None = None
    reason: str = ""

    def inverse(self) -> "Edit":
        """Tell the edit that takes this one back."""
        changes = tuple(change.inverse() for change in reversed(self.changes))
        return Edit(self.action, self.subject, changes, self.focus)


class Origin(StrEnum):
    """Tell whether a change set is new work, or takes back or repeats some."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True)
class ChangeSet:
    """Report one written command: its number in the log, what changed and who asked for it.

    `initiator` is an opaque name given by the asker, so that a view can ignore its own changes. `cleaned` tells how
    many characters of each kind the normaliser changed in what was given.
    """

    sequence: int
    edit: Edit
    origin: Origin = Origin.DO
    initiator: str = ""
    cleaned: Mapping[str, int] = field(default_factory=dict, compare=False)

    @cached_property
    def addresses(self) -> frozenset[Address]:
        """Tell the addresses whose texts changed."""
        return frozenset(change.address for change in self.edit.changes if isinstance(change, ValueChange))

    @cached_property
    def texts(self) -> frozenset[tuple[int, str]]:
        """Tell the nodes and fields whose texts changed, in whichever year."""
        return frozenset((address.node, address.field) for address in self.addresses)

    @cached_property
    def fields(self) -> frozenset[str]:
        """Tell the fields of which a text changed, on whichever node."""
        return frozenset(address.field for address in self.addresses)

    @cached_property
    def changes_structure(self) -> bool:
        """Tell whether nodes or years changed, not texts alone."""
        return any(not isinstance(change, ValueChange) for change in self.edit.changes)


def apply_changes(snapshot: Snapshot, changes: Sequence[Change]) -> Snapshot:
    """Tell the snapshot after the changes; the given one stays as it was."""
    values = dict(snapshot.values)
    nodes: dict[int, Node] | None = None
    years = set(snapshot.years)
    next_node = snapshot.next_node
    for change in changes:
        match change:
            case ValueChange(address, _, after):
                _put_value(values, address, after)
            case NodeChange(_, after_node):
                nodes = dict(snapshot.tree.nodes) if nodes is None else nodes
                next_node = max(next_node, change.node_id + 1)
                if after_node is None:
                    del nodes[change.node_id]
                else:
                    nodes[after_node.id] = after_node
            case YearChange(year, exists):
                years = years | {year} if exists else years - {year}
    tree = snapshot.tree if nodes is None else Tree(nodes)
    return Snapshot(tree, values, tuple(sorted(years)), next_node)


def _put_value(values: dict[tuple[int, str], Mapping[int, str]], address: Address, text: str | None) -> None:
    key = (address.node, address.field)
    years = dict(values.get(key, {}))
    if text is None:
        years.pop(address.year, None)
    else:
        years[address.year] = text
    if years:
        values[key] = years
    else:
        values.pop(key, None)
