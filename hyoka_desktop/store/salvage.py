"""Work out what a damaged file still proves, and say of every fact how it stands. The file itself is never touched.

Three things are asked in turn: does the whole log, proved by the chain, give the sum of facts that it names; do the
facts in the tables give the sum of the head; and where neither is so, what is proved of each fact by itself.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeVar

from hyoka_desktop.domain.changes import Change, NodeChange, ValueChange, YearChange, apply_changes
from hyoka_desktop.domain.report import ROOT, Address, Node, NodeKind, Snapshot, Tree
from hyoka_desktop.errors import WorldError
from hyoka_desktop.store.hashing import FactSum, anchor_of
from hyoka_desktop.store.remains import FoundDraft, LoggedCommand, Remains, hash_is_right
from hyoka_desktop.store.repository import FormText
from hyoka_desktop.store.weighing import PROVED, Standing, Step, Weigher

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
_EMPTY: Final = Snapshot(Tree({ROOT: Node(ROOT, NodeKind.REPORT, None, 0)}), {}, (), ROOT + 1)


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

    `commands` is the whole log where it is proved and gives the facts. `strays` are texts whose node was not found, or
    hangs on one that was not; such nodes are `unplaced`.
    `drafts` are what was on the screen and never became a command; of those, only a hash of their own proves one.
    `is_whole` tells that all of it together was proved.
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
    drafts: Mapping[Address, FoundDraft] = field(default_factory=dict)
    unplaced: Mapping[int, Node] = field(default_factory=dict)

    @property
    def worth(self) -> tuple[bool, bool, int, int]:
        """Tell how much is proved, to choose between two ways to read a file."""
        standings = Counter(self.texts.values())
        intact = standings[Standing.INTACT]
        return self.is_whole, self.log_is_whole, intact + standings[Standing.RESTORED], intact


def salvage(
    path: Path, readings: Sequence[Remains], backup: BackupState | None = None, forms: Sequence[FormText] = ()
) -> Salvaged:
    """Read a damaged file, and the newest backup where there is one; WorldError where nothing at all is found.

    `forms` are those that can be known again by the sum where the file lost its own.
    """
    found = [
        _weighed(remains, backup, tuple(forms))
        for remains in readings
        if remains.texts or remains.commands or remains.changes or backup is not None
    ]
    if not found:
        raise WorldError("salvage_nothing", path=str(path))
    return max(found, key=lambda one: one.worth)


def _weighed(remains: Remains, backup: BackupState | None, forms: tuple[FormText, ...]) -> Salvaged:
    log = remains.log()
    holes, newest = _holes(remains, log)
    weighing = _Weighing(remains, log, holes, newest, backup, forms)
    found = weighing.by_log() or weighing.by_sum() or weighing.one_by_one()
    return _with_drafts(found, remains)


def _with_drafts(found: Salvaged, remains: Remains) -> Salvaged:
    """Add the draft of each field, one that is proved first, where it is not what stands there anyway."""
    best = {address: max(several) for address, several in remains.drafts.items()}
    drafts = {place: draft for place, draft in best.items() if draft.text != (found.snapshot.stored(place) or "")}
    lost = {place: draft for place, draft in drafts.items() if place.node not in found.snapshot.tree.nodes}
    kept = {place: draft for place, draft in drafts.items() if place not in lost}
    texts = {**{place: draft.standing for place, draft in lost.items()}, **found.texts}
    strays = {**{place: draft.text for place, draft in lost.items()}, **found.strays}
    is_whole = found.is_whole and not lost and all(draft.is_proved for draft in kept.values())
    return replace(found, drafts=kept, texts=texts, strays=strays, is_whole=is_whole)


def _holes(remains: Remains, log: Mapping[int, LoggedCommand]) -> tuple[frozenset[int], int]:
    """Tell the commands that are not proved, and the newest there must have been.

    Where no head confirms the newest, some may have followed: two, since one would say too much (see `Weigher`).
    """
    newest = max([*log, *(head.sequence for head in remains.heads)], default=0)
    holes = {number for number in range(1, newest + 1) if number not in log or not log[number].is_proved}
    known = log.get(newest)
    is_confirmed = known is not None and any(head.chain == known.head.chain for head in remains.heads)
    if not (is_confirmed or any(head.sequence == newest for head in remains.heads)):
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
    others: tuple[FormText, ...]

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
        """Take the tables as they are, where they give the sum that the head names.

        Of a text that is wrong, its hash stands for it: where the sum comes out with that, everything else is right.
        What is missing is tried as the log or the backup had it last: where the sum comes out, it was so.
        """
        remains = self.remains
        kinds = (remains.texts, remains.nodes, remains.wrong)
        if (
            any(len(several) != 1 for kind in kinds for several in kind.values())
            or remains.texts.keys() & remains.wrong.keys()
        ):
            return None
        texts = {address: next(iter(one)) for address, one in remains.texts.items()}
        nodes = {number: next(iter(one)) for number, one in remains.nodes.items()}
        hashes = {address: next(iter(one)) for address, one in remains.wrong.items()}
        weighed, standings = self._weigh_texts()
        as_found = self._summed(texts, nodes, hashes.values())
        if as_found is not None:
            return self._with_wrong(as_found, hashes, (weighed, standings))
        return None if hashes else self._summed(weighed | texts, self._weigh_nodes()[0] | nodes, ())

    def _summed(
        self, texts: Mapping[Address, str], nodes: Mapping[int, Node], hashes: Iterable[bytes]
    ) -> Salvaged | None:
        """Tell these facts as proved where their sum is the one that the head names."""
        snapshot = _snapshot(texts, nodes, self.remains.years, max(nodes, default=ROOT) + 1)
        sums = {head.facts for head in self.remains.heads if head.sequence == self.newest}
        form_hash = self._fitting_form(snapshot, sums, hashes)
        if form_hash is None or ROOT not in nodes:
            return None
        found = self.remains
        text_standings = {one: Standing.INTACT if one in found.texts else Standing.RESTORED for one in texts}
        node_standings = {one: Standing.INTACT if one in found.nodes else Standing.RESTORED for one in nodes}
        return self._whole(snapshot, form_hash, (text_standings, node_standings), ())

    def _with_wrong(
        self,
        proved: Salvaged,
        hashes: Mapping[Address, bytes],
        weighed: tuple[Mapping[Address, str], Mapping[Address, Standing]],
    ) -> Salvaged:
        """Add the texts of which the hash is known: proved where one that the log or the backup has fits it."""
        history = self._history(_text_of)
        texts, standings = dict(_texts(proved.snapshot)), dict(proved.texts)
        for address, stored in hashes.items():
            known = [step.after for step in history.get(address, []) if step.after is not None]
            known += [
                text for text in [self.backup.snapshot.stored(address) if self.backup else None] if text is not None
            ]
            fitting = [text for text in known if hash_is_right(address, text, stored)]
            standings[address] = Standing.LOST
            if fitting:
                texts[address], standings[address] = fitting[0], Standing.RESTORED
            elif address in weighed[0]:
                doubted = weighed[1][address] in PROVED
                texts[address] = weighed[0][address]
                standings[address] = Standing.UNPROVED if doubted else weighed[1][address]
        snapshot = _snapshot(texts, proved.snapshot.tree.nodes, set(proved.snapshot.years), proved.snapshot.next_node)
        is_whole = all(standings[address] in PROVED for address in hashes)
        return replace(proved, snapshot=snapshot, texts=standings, is_whole=is_whole)

    def one_by_one(self) -> Salvaged:
        """Decide each fact by itself."""
        texts, text_standings = self._weigh_texts()
        nodes, node_standings = self._weigh_nodes()
        years = self._weigh_years() or {address.year for address in texts if address.year}
        living = _with_parents(nodes)
        strays = {address: text for address, text in texts.items() if address.node not in living}
        kept = {address: text for address, text in texts.items() if address.node in living}
        numbers = [*nodes, *(address.node for address in text_standings), ROOT]
        snapshot = _snapshot(kept, living, years, max(numbers) + 1)
        standings = {node: node_standings.get(node, Standing.RESTORED) for node in {*living, *node_standings}}
        carried = [*self.remains.forms, *([self.backup.form] if self.backup else [])]
        form_hash = next((form.sha256 for form in carried), min(self.remains.form_hashes, default=""))
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
            unplaced={number: node for number, node in nodes.items() if number not in living},
        )

    def _weigh_texts(self) -> tuple[dict[Address, str], dict[Address, Standing]]:
        stored = _texts(self.backup.snapshot) if self.backup else {}
        weigher = Weigher[Address, str](self._history(_text_of), self.holes, stored, self._backed_up, is_hashed=True)
        places = {*self.remains.texts, *self.remains.wrong, *stored, *weigher.history}
        weighed = {place: weigher.weigh(place, self.remains.texts.get(place, set())) for place in sorted(places)}
        for place in self.remains.wrong:
            if weighed[place] == (None, None):
                weighed[place] = (None, Standing.LOST)
        return _split(weighed)

    def _weigh_nodes(self) -> tuple[dict[int, Node], dict[int, Standing]]:
        stored = dict(self.backup.snapshot.tree.nodes) if self.backup else {}
        weigher = Weigher[int, Node](self._history(_node_of), self.holes, stored, self._backed_up, is_hashed=False)
        places = {*self.remains.nodes, *stored, *weigher.history} - {ROOT}
        weighed = {place: weigher.weigh(place, self.remains.nodes.get(place, set())) for place in sorted(places)}
        return _split(weighed)

    def _weigh_years(self) -> set[int]:
        stored = dict.fromkeys(self.backup.snapshot.years, True) if self.backup else {}
        weigher = Weigher[int, bool](self._history(_year_of), self.holes, stored, self._backed_up, is_hashed=False)
        return {
            year
            for year in {*self.remains.years, *stored, *weigher.history}
            if weigher.weigh(year, {True} if year in self.remains.years else set())[0]
        }

    def _history(self, read: Callable[[Change], tuple[K, V | None] | None]) -> Mapping[K, list["Step[V]"]]:
        history: dict[K, list[Step[V]]] = {}
        for sequence, command in sorted(self.log.items()):
            for change in command.changes:
                found = read(change)
                if found is not None:
                    history.setdefault(found[0], []).append(Step(sequence, found[1], command.is_proved))
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
        return [*self.remains.forms, *([self.backup.form] if self.backup else []), *self.others]

    def _fitting_form(self, snapshot: Snapshot, sums: set[str], more: Iterable[bytes] = ()) -> str | None:
        """Tell the hash of the form with which the facts give one of the sums; of more facts the hashes are known."""
        others = tuple(more)
        forms = sorted({*self.remains.form_hashes, *(form.sha256 for form in self._forms())})
        return next((form for form in forms if str(FactSum.of(snapshot, form).plus(others)) in sums), None)

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
