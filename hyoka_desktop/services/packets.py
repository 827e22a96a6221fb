"""Write a packet, a report file with some items, and read what comes back: a packet, or a copy of the whole file."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hyoka_desktop.domain.changes import Action, apply_changes
from hyoka_desktop.domain.handouts import Handout, Passport, handouts_of, new_handout
from hyoka_desktop.domain.report import NodeKind, Snapshot
from hyoka_desktop.errors import InputError
from hyoka_desktop.exchange.packets import packet_edit, restricted
from hyoka_desktop.services.author import current_author, now
from hyoka_desktop.services.newfiles import make_report_file
from hyoka_desktop.store.copying import RepositoryCopy
from hyoka_desktop.store.hashing import anchor_of
from hyoka_desktop.store.history import first_action, links_of_log
from hyoka_desktop.store.repository import FormText


class Source(StrEnum):
    """Say what came back."""

    WORD = "word"
    PACKET = "packet"
    COPY = "copy"


@dataclass(frozen=True)
class ReturnedFile:
    """Hold a report file that came back: from which state of this report it went out, and what it holds now."""

    source: Source
    passport: Passport
    snapshot: Snapshot
    to: str | None = None


def write_packet(
    target: Path, form: FormText, snapshot: Snapshot, handout: Handout, checkpoint: Callable[[], None] = lambda: None
) -> None:
    """Make a file with the items of a handout and the handout itself; it appears whole or not at all."""
    packet = restricted(snapshot, handout.passport.items)
    packet = apply_changes(packet, new_handout(packet, handout).changes)
    make_report_file(target, form, packet_edit(packet), checkpoint)


def read_report_file(path: Path, form: FormText, links: dict[int, bytes]) -> ReturnedFile:
    """Read a file that came back through a copy, proved whole; `links` are those of the log of the report here.

    InputError where it carries another form, or is no descendant of this report.
    """
    with closing(RepositoryCopy.take(path, current_author(), now)) as copy:
        if copy.form().sha256 != form.sha256:
            raise InputError("return_other_form", path=str(path))
        snapshot = copy.snapshot()
        if copy.read(first_action) == Action.HAND_OUT:
            return _packet(path, snapshot, links)
        theirs = copy.read(links_of_log)
    common = max((sequence for sequence, chain in theirs.items() if links.get(sequence) == chain), default=None)
    if common is None or not snapshot.years:
        raise InputError("return_other_report", path=str(path))
    items = tuple(node.id for node in snapshot.tree.nodes.values() if node.kind is NodeKind.ITEM)
    passport = Passport(anchor_of(common, theirs[common]), snapshot.years[-1], items)
    return ReturnedFile(Source.COPY, passport, snapshot)


def _packet(path: Path, snapshot: Snapshot, links: dict[int, bytes]) -> ReturnedFile:
    handouts = handouts_of(snapshot)
    if not handouts or not is_known(handouts[0].passport, links):
        raise InputError("return_other_report", path=str(path))
    return ReturnedFile(Source.PACKET, handouts[0].passport, snapshot, handouts[0].to)


def is_known(passport: Passport, links: dict[int, bytes]) -> bool:
    """Tell whether a passport names a state that this report once had."""
    chain = links.get(passport.sequence)
    return chain is not None and anchor_of(passport.sequence, chain) == passport.anchor
