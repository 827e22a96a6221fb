"""Work out what a damaged file still proves, and say of every fact how it stands. The file itself is never touched.

Three things are asked in turn: does the whole log, proved by the chain, give the sum of facts that it names; do the
facts in the tables give the sum of the head; and where neither is so, what is proved of each fact by itself.
"""

import contextlib
import tempfile
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, Generic, TypeVar

from hyoka_desktop.domain.changes import Change, NodeChange, ValueChange, YearChange, apply_changes
from hyoka_desktop.domain.report import ROOT, Address, Node, NodeKind, Snapshot, Tree
from hyoka_desktop.errors import WorldError
from hyoka_desktop.store.backups import IDENTITY_DIGITS
from hyoka_desktop.store.carving import carve
from hyoka_desktop.store.engine import sqlite3
from hyoka_desktop.store.faults import world_errors
from hyoka_desktop.store.hashing import FactSum
from hyoka_desktop.store.opening import journal_of
from hyoka_desktop.store.remains import LoggedCommand, Remains, hash_is_right, remains_of
from hyoka_desktop.store.repository import FormText, anchor_of

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
IsRight = Callable[[Address, str, bytes], bool]
_EMPTY: Final = Snapshot(Tree({ROOT: Node(ROOT, NodeKind.REPORT, None, 0)}), {}, (), ROOT + 1)


class Standing(StrEnum):
    """Say how a fact stands."""

    INTACT = "intact"
    RESTORED = "restored"
    FROM_BACKUP = "from_backup"
    UNPROVED = "unproved"
    LOST = "lost"


PROVED: Final = frozenset({Standing.INTACT, Standing.RESTORED})
"""What is known to be right and the newest; anything else is marked wherever it is shown."""


@dataclass(frozen=True)
class BackupState:
    """Hold a proved backup to take from: its facts, its form, its anchor."""

    snapshot: Snapshot
    form: FormText
    anchor: str

    @property
    def sequence(self) -> int:
        """Tell the command after which its facts stood so."""
        return int(self.anchor.split("-")[0])


@dataclass(frozen=True)
class Salvaged:
    """Hold what was found.

    `commands` is the whole log where it is proved and gives the facts. `strays` are texts whose node was not found.
    `is_whole` tells that all facts together were proved.
    """

    form: FormText | None
    form_hash: str
    snapshot: Snapshot
    texts: Mapping[Address, Standing]
    nodes: Mapping[int, Standing]
    strays: Mapping[Address, str]
    commands: tuple[LoggedCommand, ...]
    is_whole: bool
    log_is_whole: bool
    sequence: int


def salvage(path: Path, backup: BackupState | None = None, is_right: IsRight = hash_is_right) -> Salvaged:
    """Read a damaged file, and the newest backup where there is one; WorldError where nothing at all is found."""
    remains = remains_of(carve(_bytes_of(path)), is_right)
    if not (remains.texts or remains.commands or remains.changes) and backup is None:
        raise WorldError("salvage_nothing", path=str(path))
    log = remains.log()
    holes, newest = _holes(remains, log)
    weighing = _Weighing(remains, log, holes, newest, backup)
    return weighing.by_log() or weighing.by_sum() or weighing.one_by_one()


def identity_in(path: Path) -> str | None:
    """Tell the identity of the report in a damaged file, as its backups are kept by; None where it cannot be read."""
    first = remains_of(carve(_bytes_of(path))).commands.get(1)
    return first[1].chain.hex()[:IDENTITY_DIGITS] if first else None


def _bytes_of(path: Path) -> bytes:
    """Read a file with the command under way taken back, in a copy, where SQLite still can."""
    with world_errors(path):
        content = path.read_bytes()
        if not journal_of(path).exists():
            return content
        with tempfile.TemporaryDirectory(prefix="hyoka-") as folder:
            copy = Path(folder) / "damaged.hyoka"
            copy.write_bytes(content)
            journal_of(copy).write_bytes(journal_of(path).read_bytes())
            with contextlib.suppress(sqlite3.DatabaseError), contextlib.closing(sqlite3.connect(str(copy))) as opened:
                opened.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return copy.read_bytes()


def _holes(remains: Remains, log: Mapping[int, LoggedCommand]) -> tuple[frozenset[int], int]:
    """Tell the commands that are not proved, and the newest there must have been.

    Where no head confirms the newest, some may have followed: two, since one would say too much (see `_Weigher`).
    """
    newest = max([*log, *(head.sequence for head in remains.heads)], default=0)
    holes = {number for number in range(1, newest + 1) if number not in log or not log[number].is_proved}
    known = log.get(newest)
    is_confirmed = known is not None and any(head.chain == known.head.chain for head in remains.heads)
    unwritten = newest == 0 and any(head.sequence == 0 for head in remains.heads)
    if not (is_confirmed or unwritten or any(head.sequence == newest for head in remains.heads)):
        holes |= {newest + 1, newest + 2}
    return frozenset(holes), newest


@dataclass(frozen=True)
class _Weighing:
    """Weigh the remains as a whole."""

    remains: Remains
    log: Mapping[int, LoggedCommand]
    holes: frozenset[int]
    newest: int
    backup: BackupState | None

    def by_log(self) -> Salvaged | None:
        """Carry out the whole log anew, where every command of it is proved and the sum comes out."""
        if not self.newest or any(number <= self.newest for number in self.holes):
            return None
        commands = tuple(self.log[number] for number in range(1, self.newest + 1))
        try:
            snapshot = apply_changes(_EMPTY, [change for command in commands for change in command.changes])
        except KeyError:
            return None
        form_hash = self._fitting_form(snapshot, {commands[-1].head.facts})
        if form_hash is None:
            return None
        texts = {
            address: Standing.INTACT if text in self.remains.texts.get(address, ()) else Standing.RESTORED
            for address, text in _texts(snapshot).items()
        }
        nodes = {
            node.id: Standing.INTACT if node in self.remains.nodes.get(node.id, ()) else Standing.RESTORED
            for node in snapshot.tree.nodes.values()
        }
        if self.holes and not self._tables_hold(snapshot):
            return None
        return self._whole(snapshot, form_hash, (texts, nodes), commands)

    def _tables_hold(self, snapshot: Snapshot) -> bool:
        """Tell whether the tables hold exactly this: where no head was found, they show that no command followed."""
        texts = {address: {text} for address, text in _texts(snapshot).items()}
        nodes = {node.id: {node} for node in snapshot.tree.nodes.values()}
        remains = self.remains
        return not remains.wrong and (remains.texts, remains.nodes, remains.years) == (
            texts,
            nodes,
            set(snapshot.years),
        )

    def by_sum(self) -> Salvaged | None:
        """Take the tables as they are, where their sum is the one that the head names."""
        remains = self.remains
        counts = [len(found) for found in remains.texts.values()] + [len(found) for found in remains.nodes.values()]
        if set(counts) - {1} or remains.wrong or not remains.heads:
            return None
        snapshot = _snapshot(
            {address: next(iter(found)) for address, found in remains.texts.items()},
            {number: next(iter(found)) for number, found in remains.nodes.items()},
            remains.years,
            max(remains.nodes, default=ROOT) + 1,
        )
        form_hash = self._fitting_form(snapshot, {head.facts for head in remains.heads if head.sequence == self.newest})
        if form_hash is None or ROOT not in snapshot.tree.nodes:
            return None
        texts = dict.fromkeys(remains.texts, Standing.INTACT)
        nodes = dict.fromkeys(remains.nodes, Standing.INTACT)
        return self._whole(snapshot, form_hash, (texts, nodes), ())

    def one_by_one(self) -> Salvaged:
        """Decide each fact by itself."""
        texts, text_standings = self._weigh_texts()
        nodes, node_standings = self._weigh_nodes()
        years = {year for year, (_, standing) in self._weigh_years().items() if standing is not Standing.LOST}
        years |= {address.year for address in texts if address.year} if not years else set()
        living = _with_parents(nodes)
        strays = {address: text for address, text in texts.items() if address.node not in living}
        kept = {address: text for address, text in texts.items() if address.node in living}
        numbers = [*nodes, *(address.node for address in text_standings), ROOT]
        snapshot = _snapshot(kept, living, years, max(numbers) + 1)
        standings = {node: node_standings.get(node, Standing.RESTORED) for node in {*living, *node_standings}}
        form_hash = next((form.sha256 for form in self._forms()), "")
        form = self._form(form_hash)
        return Salvaged(
            form,
            form_hash,
            snapshot,
            text_standings,
            standings,
            strays,
            (),
            is_whole=False,
            log_is_whole=False,
            sequence=self.newest,
        )

    def _weigh_texts(self) -> tuple[dict[Address, str], dict[Address, Standing]]:
        stored = _texts(self.backup.snapshot) if self.backup else {}
        weigher = _Weigher[Address, str](self._history(_text_of), self.holes, stored, self._backed_up, is_hashed=True)
        places = {*self.remains.texts, *self.remains.wrong, *stored, *weigher.history}
        weighed = {place: weigher.weigh(place, self.remains.texts.get(place, set())) for place in sorted(places)}
        for place in self.remains.wrong:
            if weighed[place] == (None, None):
                weighed[place] = (None, Standing.LOST)
        return _split(weighed)

    def _weigh_nodes(self) -> tuple[dict[int, Node], dict[int, Standing]]:
        stored = dict(self.backup.snapshot.tree.nodes) if self.backup else {}
        weigher = _Weigher[int, Node](self._history(_node_of), self.holes, stored, self._backed_up, is_hashed=False)
        places = {*self.remains.nodes, *stored, *weigher.history} - {ROOT}
        weighed = {place: weigher.weigh(place, self.remains.nodes.get(place, set())) for place in sorted(places)}
        return _split(weighed)

    def _weigh_years(self) -> Mapping[int, tuple[bool | None, Standing | None]]:
        stored = dict.fromkeys(self.backup.snapshot.years, True) if self.backup else {}
        weigher = _Weigher[int, bool](self._history(_year_of), self.holes, stored, self._backed_up, is_hashed=False)
        weighed = {
            year: weigher.weigh(year, {True} if year in self.remains.years else set())
            for year in {*self.remains.years, *stored, *weigher.history}
        }
        return {year: found for year, found in weighed.items() if found[0]}

    def _history(self, read: Callable[[Change], tuple[K, V | None] | None]) -> Mapping[K, list["_Step[V]"]]:
        history: dict[K, list[_Step[V]]] = {}
        for sequence, command in sorted(self.log.items()):
            for change in command.changes:
                found = read(change)
                if found is not None:
                    history.setdefault(found[0], []).append(_Step(sequence, found[1], command.is_proved))
        return history

    @property
    def _backed_up(self) -> int:
        """Tell the command that the backup proves; 0 where the log does not show that it is of this very file.

        A copy of the report that was worked on elsewhere begins in the same way.
        """
        if self.backup is None:
            return 0
        sequence = self.backup.sequence
        logged = [self.log[sequence].head] if sequence in self.log else []
        anchors = {anchor_of(head.sequence, head.chain) for head in [*logged, *self.remains.heads]}
        return sequence if self.backup.anchor in anchors else 0

    def _forms(self) -> list[FormText]:
        return [*self.remains.forms, *([self.backup.form] if self.backup else [])]

    def _fitting_form(self, snapshot: Snapshot, sums: set[str]) -> str | None:
        """Tell the hash of the form with which the facts give one of these sums."""
        hashes = sorted({*self.remains.form_hashes, *(form.sha256 for form in self._forms())})
        return next((one for one in hashes if str(FactSum.of(snapshot, one)) in sums), None)

    def _form(self, form_hash: str) -> FormText | None:
        return next((form for form in self._forms() if form.sha256 == form_hash), None)

    def _whole(
        self,
        snapshot: Snapshot,
        form_hash: str,
        standings: tuple[Mapping[Address, Standing], Mapping[int, Standing]],
        commands: tuple[LoggedCommand, ...],
    ) -> Salvaged:
        texts, nodes = standings
        form = self._form(form_hash)
        return Salvaged(
            form,
            form_hash,
            snapshot,
            texts,
            nodes,
            {},
            commands,
            is_whole=True,
            log_is_whole=bool(commands),
            sequence=self.newest,
        )


@dataclass(frozen=True, slots=True)
class _Step(Generic[V]):
    """Hold what one command made of a fact."""

    sequence: int
    after: V | None
    is_proved: bool


@dataclass(frozen=True)
class _Weigher(Generic[K, V]):
    """Decide one fact by what the tables hold, what the log says of it and what the backup had.

    A fact in a table is right where its hash is, but it is perhaps of an older page. It is the newest where the log
    proves every command after the one that wrote it. Where a single command is unproved and the log does not know the
    text, that command wrote it: nothing else could have.
    """

    history: Mapping[K, list[_Step[V]]]
    holes: frozenset[int]
    stored: Mapping[K, V]
    backed_up: int
    is_hashed: bool

    def weigh(self, place: K, found: set[V]) -> tuple[V | None, Standing | None]:
        """Tell a fact and how it stands; no standing where it is known not to be."""
        steps = self.history.get(place, [])
        last, is_of_backup = self._last_proved(place, steps)
        gaps = [hole for hole in self.holes if hole > last.sequence]
        if not gaps:
            if last.after is None:
                return None, None
            return last.after, Standing.INTACT if last.after in found else Standing.RESTORED
        if len(found) == 1:
            (only,) = found
            return only, Standing.INTACT if self._is_newest(place, only, steps, gaps) else Standing.UNPROVED
        if last.after is not None:
            return last.after, Standing.FROM_BACKUP if is_of_backup else Standing.UNPROVED
        return self._guessed(place, found, steps)

    def _guessed(self, place: K, found: set[V], steps: list[_Step[V]]) -> tuple[V | None, Standing | None]:
        """Tell the best that is left where nothing is proved."""
        unproved = [step.after for step in steps if step.after is not None] or sorted(found, key=repr)
        if unproved:
            return unproved[-1], Standing.UNPROVED
        if place in self.stored:
            return self.stored[place], Standing.FROM_BACKUP
        return None, Standing.LOST if steps else None

    def _last_proved(self, place: K, steps: list[_Step[V]]) -> tuple[_Step[V], bool]:
        """Tell the newest proved step, and whether it is the backup's."""
        proved = [step for step in steps if step.is_proved]
        nothing: _Step[V] = _Step(0, None, is_proved=True)
        last = proved[-1] if proved else nothing
        if self.backed_up > last.sequence:
            return _Step(self.backed_up, self.stored.get(place), is_proved=True), True
        return last, False

    def _is_newest(self, place: K, only: V, steps: list[_Step[V]], gaps: list[int]) -> bool:
        """Tell whether what a table holds can only be the newest."""
        later = [step for step in steps if step.sequence in gaps]
        if later and later[-1].after == only and later[-1].sequence == max(gaps):
            return True
        known = [step.after for step in steps] + [self.stored.get(place)]
        return self.is_hashed and len(gaps) == 1 and only not in known and not later


def _text_of(change: Change) -> tuple[Address, str | None] | None:
    return (change.address, change.after) if isinstance(change, ValueChange) else None


def _node_of(change: Change) -> tuple[int, Node | None] | None:
    return (change.node_id, change.after) if isinstance(change, NodeChange) else None


def _year_of(change: Change) -> tuple[int, bool | None] | None:
    return (change.year, change.after or None) if isinstance(change, YearChange) else None


def _split(weighed: Mapping[K, tuple[V | None, Standing | None]]) -> tuple[dict[K, V], dict[K, Standing]]:
    facts = {place: fact for place, (fact, _) in weighed.items() if fact is not None}
    return facts, {place: standing for place, (_, standing) in weighed.items() if standing is not None}


def _with_parents(nodes: Mapping[int, Node]) -> dict[int, Node]:
    """Tell the nodes that hang on the report."""
    living = {ROOT: _EMPTY.tree.nodes[ROOT]}
    waiting = dict(nodes)
    while fitting := {number: node for number, node in waiting.items() if node.parent in living}:
        living |= fitting
        waiting = {number: node for number, node in waiting.items() if number not in fitting}
    return living


def _snapshot(texts: Mapping[Address, str], nodes: Mapping[int, Node], years: set[int], next_node: int) -> Snapshot:
    values: dict[tuple[int, str], dict[int, str]] = {}
    for address, text in texts.items():
        values.setdefault((address.node, address.field), {})[address.year] = text
    return Snapshot(Tree(nodes), values, tuple(sorted(years)), next_node)


def _texts(snapshot: Snapshot) -> dict[Address, str]:
    return {
        Address(node, field, year): text
        for (node, field), years in snapshot.values.items()
        for year, text in years.items()
    }
