"""Record what was handed out: which items of a year went to whom, in what state, until when, and what came back.

A handout is a node with texts, as comments and versions are, so that it has undo and history and no page shows it. The
texts that went out are not kept again: `anchor` names the state of the file, and the log gives it back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hyoka_desktop.domain.changes import Action, Edit, NodeChange, ValueChange
from hyoka_desktop.domain.report import ROOT, SINCE_START, Address, Node, NodeKind, Snapshot

HANDOUT_TO: Final = "handout_to"
HANDOUT_FORMAT: Final = "handout_format"
HANDOUT_YEAR: Final = "handout_year"
HANDOUT_ITEMS: Final = "handout_items"
HANDOUT_DUE: Final = "handout_due"
HANDOUT_ANCHOR: Final = "handout_anchor"
HANDOUT_PERSON: Final = "handout_person"
HANDOUT_SENT: Final = "handout_sent"
HANDOUT_RETURNED: Final = "handout_returned"
HANDOUT_IMPORTED: Final = "handout_imported"
HANDOUT_ADDED: Final = "handout_added"
HANDOUT_FIELDS: Final = frozenset(
    {
        HANDOUT_TO,
        HANDOUT_FORMAT,
        HANDOUT_YEAR,
        HANDOUT_ITEMS,
        HANDOUT_DUE,
        HANDOUT_ANCHOR,
        HANDOUT_PERSON,
        HANDOUT_SENT,
        HANDOUT_RETURNED,
        HANDOUT_IMPORTED,
        HANDOUT_ADDED,
    }
)
_PAIR: Final = ":"


class HandoutFormat(StrEnum):
    """Say what was handed out: a document for Word, or a report file with some items."""

    WORD = "word"
    PACKET = "packet"


class Standing(StrEnum):
    """Tell how far a handout is, for the board."""

    SENT = "sent"
    LATE = "late"
    RETURNED = "returned"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Passport:
    """Say what was handed out: the state of the file by its anchor, the fiscal year, and the items by id."""

    anchor: str
    year: int
    items: tuple[int, ...]

    @property
    def sequence(self) -> int:
        """Tell the number of the command after which the report stood so."""
        return int(self.anchor.partition("-")[0])


@dataclass(frozen=True, slots=True)
class Handout:
    """Hold one handout; times are ISO text, empty where it has not happened, `due` an ISO date or empty.

    `added` maps the nodes that somebody added elsewhere to those that they became here, so that nothing is added twice.
    """

    node: int
    passport: Passport
    to: str
    format: HandoutFormat
    due: str
    person: str
    sent: str
    returned: str = ""
    imported: str = ""
    added: tuple[tuple[int, int], ...] = ()

    def standing(self, today: str) -> Standing:
        """Tell how far it is on a day (ISO date); what has come back is no longer late."""
        if self.imported:
            return Standing.IMPORTED
        if self.returned:
            return Standing.RETURNED
        return Standing.LATE if self.due and self.due < today else Standing.SENT


def new_handout(snapshot: Snapshot, handout: Handout) -> Edit:
    """Record a handout under its id, which no node may have yet."""
    node = Node(handout.node, NodeKind.HANDOUT, ROOT, len(snapshot.tree.children(ROOT, NodeKind.HANDOUT)))
    values = [
        ValueChange(Address(node.id, field, SINCE_START), None, text)
        for field, text in _texts_of(handout).items()
        if text
    ]
    return Edit(Action.HAND_OUT, NodeKind.HANDOUT.value, (NodeChange(None, node), *values))


def changed_handout(snapshot: Snapshot, handout: Handout) -> Edit | None:
    """Write what a handout has become, for example that it came back."""
    changes = tuple(
        ValueChange(address, before, text)
        for field, text in _texts_of(handout).items()
        if ((before := snapshot.stored(address := Address(handout.node, field, SINCE_START))) or "") != text
    )
    return Edit(Action.HAND_OUT, NodeKind.HANDOUT.value, changes) if changes else None


def forget_handout(snapshot: Snapshot, node: int) -> Edit:
    """Take a handout from the list; the log keeps what it said."""
    values = [
        ValueChange(Address(owner, field, year), text, None)
        for (owner, field), years in snapshot.values.items()
        if owner == node
        for year, text in years.items()
    ]
    return Edit(Action.HAND_OUT, NodeKind.HANDOUT.value, (*values, NodeChange(snapshot.tree.nodes[node], None)))


def handouts_of(snapshot: Snapshot) -> tuple[Handout, ...]:
    """Tell all handouts, oldest first."""
    return tuple(_handout(snapshot, node.id) for node in snapshot.tree.children(ROOT, NodeKind.HANDOUT))


def handout_for(known: Sequence[Handout], passport: Passport, to: str | None = None) -> Handout | None:
    """Find the newest handout that a passport came with: of that state and year, with all items that it names.

    Where what came back says to whom it went, it must be that one.
    """
    return next(
        (
            one
            for one in reversed(known)
            if (one.passport.anchor, one.passport.year) == (passport.anchor, passport.year)
            and set(passport.items) <= set(one.passport.items)
            and to in {None, one.to}
        ),
        None,
    )


def _texts_of(handout: Handout) -> Mapping[str, str]:
    return {
        HANDOUT_TO: handout.to,
        HANDOUT_FORMAT: handout.format.value,
        HANDOUT_YEAR: str(handout.passport.year),
        HANDOUT_ITEMS: " ".join(map(str, handout.passport.items)),
        HANDOUT_DUE: handout.due,
        HANDOUT_ANCHOR: handout.passport.anchor,
        HANDOUT_PERSON: handout.person,
        HANDOUT_SENT: handout.sent,
        HANDOUT_RETURNED: handout.returned,
        HANDOUT_IMPORTED: handout.imported,
        HANDOUT_ADDED: " ".join(f"{theirs}{_PAIR}{ours}" for theirs, ours in handout.added),
    }


def _handout(snapshot: Snapshot, node: int) -> Handout:
    def text(field: str) -> str:
        return snapshot.stored(Address(node, field, SINCE_START)) or ""

    items = tuple(int(item) for item in text(HANDOUT_ITEMS).split())
    passport = Passport(text(HANDOUT_ANCHOR), int(text(HANDOUT_YEAR) or 0), items)
    pairs = (pair.partition(_PAIR) for pair in text(HANDOUT_ADDED).split())
    kind = HandoutFormat.PACKET if text(HANDOUT_FORMAT) == HandoutFormat.PACKET else HandoutFormat.WORD
    return Handout(
        node,
        passport,
        text(HANDOUT_TO),
        kind,
        text(HANDOUT_DUE),
        text(HANDOUT_PERSON),
        text(HANDOUT_SENT),
        text(HANDOUT_RETURNED),
        text(HANDOUT_IMPORTED),
        tuple((int(theirs), int(ours)) for theirs, _, ours in pairs),
    )
