"""Keep what is on the screen and never became a command, each text with a hash by which damage to it is noticed.

Drafts are no facts: they come and go at each keystroke, and neither the sum nor the chain knows of them. So one that is
not as it was written does not make the file a damaged one; it is told apart, and nobody may take it for what was typed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlite_utils import Database

from hyoka_desktop.domain.report import Address
from hyoka_desktop.store.hashing import draft_hash

_READ: Final = (
    "SELECT node, CAST(field AS BLOB), year, CAST(text AS BLOB), CAST(at AS BLOB), hash FROM draft ORDER BY at, rowid"
)
"""As bytes: what is no proper text any more shall not keep the file from being opened."""
_PUT: Final = "INSERT INTO draft (node, field, year, text, at, hash) VALUES (?, ?, ?, ?, ?, ?)"
_DROP: Final = "DELETE FROM draft WHERE node = ? AND field = ? AND year = ?"


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """Hold a draft as the file has it; `is_proved` tells that place, time and text are as they were written."""

    address: Address
    text: str
    is_proved: bool


def kept_drafts(db: Database) -> tuple[KeptDraft, ...]:
    """Tell all drafts, the oldest first."""
    return tuple(_kept(*row) for row in db.execute(_READ).fetchall())


def put_draft(db: Database, address: Address, text: str, at: str) -> None:
    """Keep a draft inside the caller's transaction; there must be none at its address."""
    db.execute(_PUT, [*address, text, at, draft_hash(address, text, at)])


def drop_draft(db: Database, address: Address) -> None:
    """Drop a draft inside the caller's transaction."""
    db.execute(_DROP, address)


def drop_drafts_of(db: Database, node: int) -> None:
    """Drop all drafts of a node inside the caller's transaction."""
    db.execute("DELETE FROM draft WHERE node = ?", [node])


def doubted_among(drafts: Iterable[KeptDraft]) -> frozenset[Address]:
    """Tell the addresses of those that are not as they were written."""
    return frozenset(draft.address for draft in drafts if not draft.is_proved)


def _kept(node: int, field: bytes, year: int, text: bytes, at: bytes, stored: bytes) -> KeptDraft:
    name, said, time = (part.decode("utf-8", "replace") for part in (field, text, at))
    address = Address(node, name, year)
    return KeptDraft(address, said, draft_hash(address, said, time) == bytes(stored))
