"""Write and read the log: every command with what was before and after. Undo, history and audit are this one log."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from sqlite_utils import Database

from hyoka_desktop.domain.changes import Change, ChangeSet, NodeChange, ValueChange, YearChange
from hyoka_desktop.domain.report import Node
from hyoka_desktop.store.hashing import EMPTY_CHAIN, link

LogRow = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class Author:
    """Say who writes: the person and the computer, as the system names them."""

    person: str
    computer: str


@dataclass(frozen=True, slots=True)
class LogEntry:
    """Hold what is logged of a command beside its changes; `reverts` is the command that it takes back or repeats."""

    changes: ChangeSet
    author: Author
    at: str
    reverts: int | None = None
    reason: str = ""

    def facts(self) -> LogRow:
        """Tell the columns that the chain covers."""
        edit = self.changes.edit
        return (
            self.changes.sequence,
            edit.action.value,
            edit.subject,
            self.changes.origin.value,
            self.reverts,
            self.author.person,
            self.author.computer,
            self.at,
            self.reason,
        )


_COMMAND_COLUMNS = ("sequence", "action", "subject", "origin", "reverts", "person", "computer", "at", "reason")
_CHANGE_COLUMNS = ("kind", "node", "field", "year", "before", "after")


def write_entry(db: Database, entry: LogEntry, chain: bytes, facts: str) -> bytes:
    """Write one command to the log inside the caller's transaction; tell the new head of the chain."""
    changes = [_change_row(change) for change in entry.changes.edit.changes]
    head = link(chain, entry.facts(), changes, facts)
    command = dict(zip(_COMMAND_COLUMNS, entry.facts(), strict=True))
    db.table("command").insert({**command, "facts": facts, "chain": head})
    db.table("change").insert_all(
        {"command": entry.changes.sequence, "ordinal": ordinal, **dict(zip(_CHANGE_COLUMNS, row, strict=True))}
        for ordinal, row in enumerate(changes)
    )
    return head


def first_broken_link(db: Database, *, since: int = 1) -> int | None:
    """Tell the first command from `since` on whose rows do not give its link of the chain; None where all do.

    A command that is missing counts as broken.
    """
    expected = since
    chain = _chain_after(db, since - 1)
    columns = ", ".join(_COMMAND_COLUMNS)
    query = f"SELECT {columns}, facts, chain FROM command WHERE sequence >= ? ORDER BY sequence"
    for *command, facts, stored in db.execute(query, [since]).fetchall():
        if command[0] != expected or link(chain, command, _logged_changes(db, command[0]), facts) != bytes(stored):
            return expected
        chain, expected = bytes(stored), expected + 1
    return None


def _chain_after(db: Database, sequence: int) -> bytes:
    row = db.execute("SELECT chain FROM command WHERE sequence = ?", [sequence]).fetchone()
    return bytes(row[0]) if row else EMPTY_CHAIN


def _logged_changes(db: Database, sequence: int) -> Iterator[LogRow]:
    query = f"SELECT {', '.join(_CHANGE_COLUMNS)} FROM change WHERE command = ? ORDER BY ordinal"
    return (tuple(row) for row in db.execute(query, [sequence]))


def _change_row(change: Change) -> LogRow:
    match change:
        case ValueChange((node, field, year), before, after):
            return ("value", node, field, year, before, after)
        case NodeChange(before_node, after_node):
            return ("node", change.node_id, None, None, _node_text(before_node), _node_text(after_node))
        case YearChange(year, after):
            return ("year", None, None, year, None if after else "", "" if after else None)


def _node_text(node: Node | None) -> str | None:
    return None if node is None else json.dumps(asdict(node), ensure_ascii=False)
