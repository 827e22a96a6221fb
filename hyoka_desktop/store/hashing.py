"""Make tampering and damage visible: a hash for each fact, their sum, and a chain over the log (改ざん検知).

A sum of hashes can be kept up to date with each change; the chain covers it, so the head of the chain stands for the
whole file.
"""

import hashlib
import json
from collections.abc import Iterable
from itertools import islice
from typing import Final

from hyoka_desktop.domain.changes import Change, NodeChange, ValueChange, YearChange
from hyoka_desktop.domain.report import Address, Node, Snapshot

_MODULUS: Final = 1 << 128
_AT_ONCE: Final = 100
_JSON: Final = json.JSONEncoder(ensure_ascii=False).encode
EMPTY_CHAIN: Final = bytes(32)


def value_hash(address: Address, text: str) -> bytes:
    """Tell the hash of one text at its address, 16 bytes."""
    return _digest("value", address.node, address.field, address.year, text)


def draft_hash(address: Address, text: str, at: str) -> bytes:
    """Tell the hash of what was on the screen at an address at a time, 16 bytes; never that of a value."""
    return _digest("draft", address.node, address.field, address.year, text, at)


def node_hash(node: Node) -> bytes:
    """Tell the hash of one node."""
    return _digest("node", node.id, node.kind.value, node.parent, node.position, node.first_year, node.last_year)


def year_hash(year: int) -> bytes:
    """Tell the hash of an evaluated year."""
    return _digest("year", year)


def anchor_of(sequence: int, chain: bytes) -> str:
    """Tell how a file is named by its head: the number of commands and the start of the chain, 16 hex digits."""
    return f"{sequence}-{chain.hex()[:16]}"


class FactSum:
    """Sum the hashes of all facts of a report."""

    def __init__(self, total: int = 0) -> None:
        self._total = total

    @classmethod
    def of(cls, snapshot: Snapshot, form_sha256: str) -> "FactSum":
        """Sum a whole snapshot with the form that it was made with."""
        facts = cls()
        facts._add([_digest("form", form_sha256)])
        facts._add(node_hash(node) for node in snapshot.tree.nodes.values())
        facts._add(year_hash(year) for year in snapshot.years)
        facts._add(
            value_hash(Address(node, field, year), text)
            for (node, field), years in snapshot.values.items()
            for year, text in years.items()
        )
        return facts

    @classmethod
    def parse(cls, text: str) -> "FactSum":
        """Read a sum as the file holds it; ValueError where it is none, also where only its writing is another."""
        facts = cls(int(text, 16))
        if str(facts) != text:
            raise ValueError("not written as a sum is")
        return facts

    def __str__(self) -> str:
        return f"{self._total:032x}"

    def changed(self, changes: Iterable[Change]) -> "FactSum":
        """Tell the sum after some changes."""
        after = FactSum(self._total)
        for change in changes:
            old, new = _hashes(change)
            after._add([new] if new else [])
            after._take([old] if old else [])
        return after

    def plus(self, hashes: Iterable[bytes]) -> "FactSum":
        """Tell the sum with some facts more, of which only the hashes are known."""
        after = FactSum(self._total)
        after._add(hashes)
        return after

    def _add(self, hashes: Iterable[bytes]) -> None:
        for one in hashes:
            self._total = (self._total + int.from_bytes(one, "big")) % _MODULUS

    def _take(self, hashes: Iterable[bytes]) -> None:
        for one in hashes:
            self._total = (self._total - int.from_bytes(one, "big")) % _MODULUS


def link(
    chain: bytes, command: Iterable[str | int | None], changes: Iterable[Iterable[str | int | None]], facts: str
) -> bytes:
    """Tell the next link of the chain: the hash of the link before, a logged command and the sum of facts after it.

    What is hashed is the JSON of [command, changes, facts], but never all of it at once: an import has a hundred
    thousand changes, and the interpreter writes one JSON without letting another thread in.
    """
    digest = hashlib.sha256(chain)
    rest, between = iter(changes), ""
    digest.update(f"[{_JSON(list(command))}, [".encode("utf-8", "surrogatepass"))
    while some := [list(change) for change in islice(rest, _AT_ONCE)]:
        digest.update(f"{between}{_JSON(some)[1:-1]}".encode("utf-8", "surrogatepass"))
        between = ", "
    digest.update(f"], {_JSON(facts)}]".encode("utf-8", "surrogatepass"))
    return digest.digest()


def _hashes(change: Change) -> tuple[bytes | None, bytes | None]:
    match change:
        case ValueChange(address, before, after):
            return (
                None if before is None else value_hash(address, before),
                None if after is None else value_hash(address, after),
            )
        case NodeChange(before_node, after_node):
            return (node_hash(before_node) if before_node else None, node_hash(after_node) if after_node else None)
        case YearChange(year, exists):
            return (None, year_hash(year)) if exists else (year_hash(year), None)


def _digest(*parts: str | int | None) -> bytes:
    return hashlib.blake2b(_JSON(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
