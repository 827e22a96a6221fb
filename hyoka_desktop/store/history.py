"""Read the log as history: who did what and when, and what each command did to a text. The log itself never changes."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlite_utils import Database

from hyoka_desktop.domain.changes import Change, NodeChange, Origin, ValueChange, YearChange
from hyoka_desktop.domain.report import Address, Node, NodeKind

_TEXTS = (
    "SELECT sequence, action, subject, origin, reverts, person, computer, at, reason, node, field, year, before, after"
    " FROM change JOIN command ON sequence = command WHERE kind = 'value'"
)
_NODE = 9
"""The place of the node among the columns of a text."""
_CHANGES = "SELECT kind, node, field, year, before, after FROM change WHERE command > ?"


@dataclass(frozen=True, slots=True)
class Command:
    """Hold who did what and when; `at` is ISO time, `reverts` the command that was taken back or repeated."""

    sequence: int
    action: str
    subject: str
    origin: Origin
    reverts: int | None
    person: str
    computer: str
    at: str
    reason: str


@dataclass(frozen=True, slots=True)
class TextEntry:
    """Hold what one command did to one text; None stands for no text at all."""

    command: Command
    address: Address
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Moment:
    """Hold what stands for the whole file after a command: its time, the sum of facts, the link of the chain."""

    sequence: int
    at: str
    facts: str
    chain: bytes


def history_of_text(db: Database, node: int, field: str) -> tuple[TextEntry, ...]:
    """Tell everything that was written to a field of a node in any year, newest first."""
    query = f"{_TEXTS} AND node = ? AND field = ? ORDER BY sequence DESC, ordinal"
    return tuple(_text_entry(row) for row in db.execute(query, [node, field]))


def newest_of_field(db: Database, field: str, year: int) -> tuple[TextEntry, ...]:
    """Tell what was written last to a field of each node in a year."""
    query = f"{_TEXTS} AND field = ? AND year = ? ORDER BY sequence, ordinal"
    newest = {row[_NODE]: row for row in db.execute(query, [field, year])}
    return tuple(_text_entry(row) for row in newest.values())


def search_texts(db: Database, fits: Callable[[TextEntry], bool], most: int) -> tuple[TextEntry, ...]:
    """Find the newest entries that fit, newest first."""
    rows = db.execute(f"{_TEXTS} ORDER BY sequence DESC, ordinal")
    return tuple(islice((entry for row in rows if fits(entry := _text_entry(row))), most))


def changes_since(db: Database, sequence: int) -> tuple[Change, ...]:
    """Tell all changes of the commands behind one, in the order in which they were made."""
    rows = db.execute(f"{_CHANGES} ORDER BY command, ordinal", [sequence])
    return tuple(_change(row) for row in rows)


def moment_of(db: Database, sequence: int) -> Moment | None:
    """Tell what was logged of the whole file with a command; None where there is no such command."""
    row = db.execute("SELECT sequence, at, facts, chain FROM command WHERE sequence = ?", [sequence]).fetchone()
    return Moment(row[0], row[1], row[2], bytes(row[3])) if row else None


def links_of_log(db: Database) -> dict[int, bytes]:
    """Tell the link of the chain of each command, by its number: two files with an equal one agree up to it."""
    return {row[0]: bytes(row[1]) for row in db.execute("SELECT sequence, chain FROM command ORDER BY sequence")}


def first_action(db: Database) -> str:
    """Tell what the first command of a file did, which says how the file came to be; empty where there is none."""
    row = db.execute("SELECT action FROM command ORDER BY sequence LIMIT 1").fetchone()
    return str(row[0]) if row else ""


def _command(row: Sequence[Any]) -> Command:
    sequence, action, subject, origin, reverts, person, computer, at, reason = row
    return Command(sequence, action, subject, Origin(origin), reverts, person, computer, at, reason)


def _text_entry(row: Sequence[Any]) -> TextEntry:
    *command, node, field, year, before, after = row
    return TextEntry(_command(command), Address(node, field, year), before, after)


def _change(row: Sequence[Any]) -> Change:
    kind, node, field, year, before, after = row
    match kind:
        case "value":
            return ValueChange(Address(node, field, year), before, after)
        case "node":
            return NodeChange(_node(before), _node(after))
        case _:
            return YearChange(year, after is not None)


def _node(text: str | None) -> Node | None:
    if text is None:
        return None
    known = json.loads(text)
    return Node(**{**known, "kind": NodeKind(known["kind"])})


def beginning_of(db: Database) -> str:
    """Tell what stands for the first command of a file, and so for the file and all its copies: 16 hex digits."""
    rows = db.query("SELECT chain FROM command ORDER BY sequence LIMIT 1")
    return next((bytes(row["chain"]).hex()[:16] for row in rows), "")
