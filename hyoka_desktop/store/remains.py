"""Sort what was carved out of a damaged file: texts whose hash is right, nodes, years, forms, heads, the log.

Nothing here is believed because it was found: a text counts where its hash is right, a command where the chain says so.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from hyoka_desktop.domain.changes import Change, NodeChange, ValueChange, YearChange
from hyoka_desktop.domain.report import Address, Node, NodeKind
from hyoka_desktop.store.carving import Cell, Row
from hyoka_desktop.store.hashing import EMPTY_CHAIN, draft_hash, link, value_hash
from hyoka_desktop.store.log import LogRow
from hyoka_desktop.store.repository import FormText
from hyoka_desktop.store.weighing import Standing

_HASH: Final = 16
_CHAIN: Final = 32
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199


@dataclass(frozen=True, slots=True)
class Head:
    """Hold what the head of the file says, or the newest command."""

    sequence: int
    chain: bytes
    facts: str


@dataclass(frozen=True, slots=True)
class LoggedCommand:
    """Hold one command as it was logged; `command` are the columns that the chain covers."""

    command: LogRow
    rows: tuple[LogRow, ...]
    changes: tuple[Change, ...]
    head: Head
    is_proved: bool


class FoundDraft(NamedTuple):
    """Hold a draft that was found; more is better. Before schema 4 drafts had no hash, so that nothing proves them."""

    is_proved: bool
    at: str
    text: str

    @property
    def standing(self) -> Standing:
        """Tell how it stands."""
        return Standing.INTACT if self.is_proved else Standing.UNPROVED


@dataclass
class Remains:
    """Hold everything of a kind that was found, by its place; several where pages contradict each other.

    `wrong` are the hashes of texts that do not fit them: what was hashed is lost, but can be known again by its hash.
    `drafts` are what was on the screen.
    """

    texts: dict[Address, set[str]] = field(default_factory=dict)
    wrong: dict[Address, set[bytes]] = field(default_factory=dict)
    nodes: dict[int, set[Node]] = field(default_factory=dict)
    drafts: dict[Address, set[FoundDraft]] = field(default_factory=dict)
    years: set[int] = field(default_factory=set)
    forms: list[FormText] = field(default_factory=list)
    form_hashes: set[str] = field(default_factory=set)
    heads: list[Head] = field(default_factory=list)
    commands: dict[int, tuple[LogRow, Head]] = field(default_factory=dict)
    changes: dict[int, dict[int, LogRow]] = field(default_factory=dict)

    def log(self) -> Mapping[int, LoggedCommand]:
        """Tell the commands that were found, proved by the chain or not."""
        logged = {}
        for sequence in sorted({*self.commands, *self.changes}):
            by_ordinal = self.changes.get(sequence, {})
            rows = tuple(by_ordinal[ordinal] for ordinal in sorted(by_ordinal))
            changes = tuple(change for change in map(change_of, rows) if change is not None)
            command, head = self.commands.get(sequence, ((), Head(sequence, b"", "")))
            is_proved = len(changes) == len(rows) and self._is_proved(sequence, rows)
            logged[sequence] = LoggedCommand(command, rows, changes, head, is_proved)
        return logged

    def _is_proved(self, sequence: int, rows: tuple[LogRow, ...]) -> bool:
        if sequence not in self.commands or sorted(self.changes.get(sequence, {})) != list(range(len(rows))):
            return False
        before = self.commands.get(sequence - 1)
        if before is None and sequence > 1:
            return False
        command, head = self.commands[sequence]
        return link(before[1].chain if before else EMPTY_CHAIN, command, rows, head.facts) == head.chain


def hash_is_right(address: Address, text: str, stored: bytes) -> bool:
    """Tell whether a text is the one that was hashed."""
    return value_hash(address, text) == stored


def remains_of(rows: Iterable[Row]) -> Remains:
    """Sort rows by the table that they can only be of."""
    remains = Remains()
    for row in rows:
        match row.cells:
            case (int(node), str(name), int(year), str(text), bytes(stored)) if len(stored) == _HASH:
                address = Address(node, name, year)
                if hash_is_right(address, text, stored):
                    remains.texts.setdefault(address, set()).add(text)
                else:
                    remains.wrong.setdefault(address, set()).add(stored)
            case (int(node), str(name), int(year), str(text), str(at)):
                _add_draft(remains, Address(node, name, year), text, at)
            case (int(node), str(name), int(year), str(text), str(at), bytes(stored)):
                _add_draft(remains, Address(node, name, year), text, at, stored)
            case (None, str(kind), int() | None, int(), int() | None, int() | None) if kind in set(NodeKind):
                parent, position, first, last = row.cells[2:]
                node_here = Node(row.rowid, NodeKind(kind), *_whole(parent, position, first, last))
                remains.nodes.setdefault(row.rowid, set()).add(node_here)
            case (None,) if _FIRST_YEAR <= row.rowid <= _LAST_YEAR:
                remains.years.add(row.rowid)
            case (None, str(form_id), str(text), str(sha256)):
                _add_form(remains, FormText(form_id, text, sha256))
            case (None, int(sequence), bytes(chain), str(facts)) if len(chain) == _CHAIN:
                remains.heads.append(Head(sequence, chain, facts))
            case _:
                _add_logged(remains, row)
    return remains


def _add_draft(remains: Remains, address: Address, text: str, at: str, stored: bytes = b"") -> None:
    is_proved = draft_hash(address, text, at) == stored
    remains.drafts.setdefault(address, set()).add(FoundDraft(is_proved, at, text))


def _add_form(remains: Remains, form: FormText) -> None:
    remains.form_hashes.add(form.sha256)
    if hashlib.sha256(form.text.encode("utf-8")).hexdigest() == form.sha256:
        remains.forms.append(form)


def _add_logged(remains: Remains, row: Row) -> None:
    match row.cells:
        case (None, str(), str(), str(), int() | None, str(), str(), str(), str(), str(facts), bytes(chain)):
            columns = (row.rowid, *_plain(row.cells[1:9]))
            remains.commands[row.rowid] = (columns, Head(row.rowid, chain, facts))
        case (int(command), int(ordinal), str(), int() | None, str() | None, int() | None, str() | None, str() | None):
            remains.changes.setdefault(command, {})[ordinal] = _plain(row.cells[2:])


def _plain(cells: Iterable[Cell]) -> LogRow:
    return tuple(cell for cell in cells if cell is None or isinstance(cell, str | int))


def _whole(*cells: Cell) -> tuple[int | None, int, int | None, int | None]:
    parent, position, first, last = (cell if isinstance(cell, int) else None for cell in cells)
    return parent, position or 0, first, last


def change_of(row: LogRow) -> Change | None:
    """Read one change as the log holds it; None where it is none."""
    kind, node, name, year, before, after = row
    match kind, node, name, year:
        case "value", int(), str(), int():
            return ValueChange(Address(node, name, year), _text(before), _text(after))
        case "year", _, _, int() if _FIRST_YEAR <= year <= _LAST_YEAR:
            return YearChange(year, after is not None)
        case "node", _, _, _:
            return _node_change(_text(before), _text(after))
    return None


def _text(cell: str | int | None) -> str | None:
    return cell if isinstance(cell, str) else None


def _node_change(before: str | None, after: str | None) -> NodeChange | None:
    try:
        change = NodeChange(_node(before), _node(after))
    except (ValueError, TypeError, KeyError):
        return None
    return change if change.before or change.after else None


def _node(text: str | None) -> Node | None:
    if text is None:
        return None
    known = json.loads(text)
    node = Node(**{**known, "kind": NodeKind(known["kind"])})
    told = [one for one in (node.parent, node.first_year, node.last_year) if one is not None]
    if not all(isinstance(one, int) for one in (node.id, node.position, *told)):
        raise ValueError("a number of a node that is not whole")
    return node
