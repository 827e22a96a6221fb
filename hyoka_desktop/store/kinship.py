"""Tell by the chain whether a backup was made of a damaged file, of a copy of it, or of another report."""

from collections.abc import Mapping, Sequence
from enum import IntEnum

from hyoka_desktop.store.hashing import EMPTY_CHAIN
from hyoka_desktop.store.remains import Head, Remains


class Kinship(IntEnum):
    """Say how near a backup is to a file; more is nearer."""

    STRANGER = 0
    """The log of the file shows that the backup is of another report."""
    UNKNOWN = 1
    """The file has no log left by which it could be told."""
    COPY = 2
    """Both began as one report, but the backup does not lie on the way of this file."""
    OWN = 3
    """The file has been in the very state that the backup holds."""


def kinship(readings: Sequence[Remains], links: Mapping[int, bytes]) -> Kinship:
    """Compare the chain after each command of a backup with what is left of a file's."""
    found = {(head.sequence, head.chain) for remains in readings for head in _heads(remains)}
    if not links:
        return Kinship.OWN if (0, EMPTY_CHAIN) in found else Kinship.UNKNOWN
    newest = max(links)
    if (newest, links[newest]) in found:
        return Kinship.OWN
    shared = {sequence for sequence, _ in found} & links.keys()
    if not shared:
        return Kinship.UNKNOWN
    return Kinship.COPY if any((sequence, links[sequence]) in found for sequence in shared) else Kinship.STRANGER


def _heads(remains: Remains) -> list[Head]:
    return [*remains.heads, *(head for _, head in remains.commands.values())]
