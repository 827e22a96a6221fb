"""Name a state of the whole report, for example 提出版: a version is a command of the log with a name.

What it held is worked out from the log, so a version takes no room and cannot be changed.
"""

from dataclasses import dataclass
from typing import Final

from hyoka_desktop.domain.changes import Action, Edit, NodeChange, ValueChange
from hyoka_desktop.domain.report import ROOT, SINCE_START, Address, Node, NodeKind, Snapshot

VERSION_NAME: Final = "version_name"
VERSION_NOTE: Final = "version_note"
VERSION_SEQUENCE: Final = "version_sequence"
VERSION_PERSON: Final = "version_person"
VERSION_TIME: Final = "version_time"
VERSION_FIELDS: Final = frozenset({VERSION_NAME, VERSION_NOTE, VERSION_SEQUENCE, VERSION_PERSON, VERSION_TIME})


@dataclass(frozen=True, slots=True)
class NamedVersion:
    """Hold a named version: the command after which the report stood so, who named it and when (ISO time)."""

    node: int
    name: str
    note: str
    sequence: int
    person: str
    at: str


def name_version(snapshot: Snapshot, name: str, note: str, sequence: int, person: str, at: str) -> Edit:
    """Give the report as it stood after a command a name."""
    place = len(snapshot.tree.children(ROOT, NodeKind.VERSION))
    node = Node(snapshot.next_node, NodeKind.VERSION, ROOT, place)
    texts = {
        VERSION_NAME: name,
        VERSION_NOTE: note,
        VERSION_SEQUENCE: str(sequence),
        VERSION_PERSON: person,
        VERSION_TIME: at,
    }
    values = [ValueChange(Address(node.id, field, SINCE_START), None, text) for field, text in texts.items() if text]
    return Edit(Action.NAME_VERSION, NodeKind.VERSION.value, (NodeChange(None, node), *values))


def rename_version(snapshot: Snapshot, node: int, name: str, note: str) -> Edit | None:
    """Give a version another name and note."""
    texts = {Address(node, VERSION_NAME, SINCE_START): name, Address(node, VERSION_NOTE, SINCE_START): note}
    changes = tuple(
        ValueChange(address, before, text)
        for address, text in texts.items()
        if ((before := snapshot.stored(address)) or "") != text
    )
    return Edit(Action.NAME_VERSION, NodeKind.VERSION.value, changes) if changes else None


def forget_version(snapshot: Snapshot, node: int) -> Edit:
    """Take a version away from all years; what it named stays in the log."""
    values = [
        ValueChange(Address(owner, field, year), text, None)
        for (owner, field), years in snapshot.values.items()
        if owner == node
        for year, text in years.items()
    ]
    return Edit(Action.REMOVE, NodeKind.VERSION.value, (*values, NodeChange(snapshot.tree.nodes[node], None)))


def named_versions(snapshot: Snapshot) -> tuple[NamedVersion, ...]:
    """Tell all named versions, oldest first."""
    return tuple(_version(snapshot, node.id) for node in snapshot.tree.children(ROOT, NodeKind.VERSION))


def _version(snapshot: Snapshot, node: int) -> NamedVersion:
    def text(field: str) -> str:
        return snapshot.stored(Address(node, field, SINCE_START)) or ""

    sequence = int(text(VERSION_SEQUENCE) or 0)
    return NamedVersion(
        node, text(VERSION_NAME), text(VERSION_NOTE), sequence, text(VERSION_PERSON), text(VERSION_TIME)
    )
