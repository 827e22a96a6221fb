"""Take back what was handed out: say what it would change, and take what a person decides, as one step.

`propose` needs no more than an `Incoming`: which state went out, the texts that came back, and what was said about
them, from whatever kind of file. Nothing is written before `take`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from hyoka_desktop.domain import handouts
from hyoka_desktop.domain.handouts import Handout, Passport
from hyoka_desktop.domain.livevalues import rebound
from hyoka_desktop.domain.report import WORK_KINDS, Address, NodeKind, Snapshot, Tree
from hyoka_desktop.errors import InputError
from hyoka_desktop.exchange.merging import Choices, FieldMerge, Outcome, Place, Take, Texts, merge_fields, undecided
from hyoka_desktop.exchange.merging_nodes import ASKED, Deed, NodeMerge, ThreeTrees, merge_nodes, same_elsewhere
from hyoka_desktop.exchange.packets import restricted
from hyoka_desktop.services.packets import Source, is_known, read_report_file
from hyoka_desktop.services.remarks import IncomingRemark, Note, remarks_of, unsaid
from hyoka_desktop.services.session import Session
from hyoka_desktop.services.word_returns import read_word_file
from hyoka_desktop.store.history import links_of_log
from hyoka_desktop.store.past import snapshot_after

_REPORT_SUFFIX = ".hyoka"
_WORD_SUFFIX = ".docx"
_CONTEXT_KINDS = frozenset({NodeKind.REPORT, NodeKind.SECTION})


@dataclass(frozen=True)
class Incoming:
    """Hold what came back: the state that went out, the texts by address, remarks.

    A report file brings its `report` instead of texts; what was handed out says to whom it went. `notes` speak
    of what a document holds that is no text of a field.
    """

    path: Path
    source: Source
    passport: Passport
    texts: Texts
    remarks: tuple[IncomingRemark, ...] = ()
    report: Snapshot | None = None
    to: str | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Proposal:
    """Hold what an incoming file would change in the report as it stood at command `sequence`, before anything does.

    `homeless` are texts of parts that are no longer here, `outside` changes where nothing was asked for, `cleaned`
    those that the normaliser altered; `ids` maps their ids to ours, also those that added parts will get. `base` is the
    report as it went out, as far as it did.
    """

    incoming: Incoming
    sequence: int
    handout: Handout | None
    fields: tuple[FieldMerge, ...] = ()
    nodes: tuple[NodeMerge, ...] = ()
    remarks: tuple[IncomingRemark, ...] = ()
    homeless: tuple[FieldMerge, ...] = ()
    outside: tuple[FieldMerge, ...] = ()
    years: tuple[int, ...] = ()
    cleaned: frozenset[Address] = frozenset()
    ids: Mapping[int, int] = field(default_factory=dict)
    base: Snapshot | None = None

    @property
    def changes_nothing(self) -> bool:
        """Tell whether nothing of theirs is new here."""
        others = (self.nodes, self.remarks, self.homeless, self.outside, self.years, self.incoming.notes)
        return not any(others) and not any(one.is_theirs and one.outcome is not Outcome.SAME for one in self.fields)


@dataclass(frozen=True)
class Decisions:
    """Hold what a person decided: on texts, and on parts by the id that they have in the file that came back."""

    texts: Choices = field(default_factory=dict)
    nodes: Mapping[int, Take] = field(default_factory=dict)


def take_back(session: Session, path: Path) -> Proposal:
    """Read a file that came back and say what it would change; nothing is written.

    InputError where it is no descendant of this report.
    """
    suffix = path.suffix.lower()
    if suffix == _WORD_SUFFIX:
        return _take_back_word(session, path)
    if suffix != _REPORT_SUFFIX:
        raise InputError("return_unknown_kind", path=str(path))
    links = session.ask(lambda repository: repository.read(links_of_log)).result()
    found = read_report_file(path, session.form_text, links)
    return propose(session, Incoming(path, found.source, found.passport, {}, report=found.snapshot, to=found.to))


def _take_back_word(session: Session, path: Path) -> Proposal:
    found = read_word_file(session, path)
    passport, to = found.handout.passport, found.handout.to
    incoming = Incoming(path, Source.WORD, passport, found.texts, found.remarks, to=to, notes=found.notes)
    return propose(session, incoming)


def propose(session: Session, incoming: Incoming) -> Proposal:
    """Merge what came back with the report as it stands, against the state that went out."""
    sequence, ours = session.sequence, session.snapshot
    base = _base(session, incoming)
    handout = _handout(ours, incoming)
    if incoming.report is None:
        begin = {address: base.stored(address) or "" for address in incoming.texts}
        merged = _merged(session, incoming.texts, begin)
        said = unsaid(incoming.remarks, ours)
        whole = Proposal(incoming, sequence, handout, merged.fields, remarks=said, cleaned=merged.cleaned, base=base)
        return _sorted_out(whole, ours)
    theirs = incoming.report
    if incoming.source is Source.PACKET:
        base = restricted(base, incoming.passport.items)
    ids = same_elsewhere(base, ours, theirs, dict(handout.added) if handout is not None else {})
    nodes = merge_nodes(ThreeTrees(base, ours, theirs, ids))
    coming = [one.node.id for one in nodes if one.deed is Deed.ADDED]
    ids |= {their: ours.next_node + place for place, their in enumerate(coming)}
    texts, begin = _texts_to_merge(session, base, theirs, ids, set(coming))
    merged = _merged(session, texts, begin)
    return _sorted_out(
        Proposal(
            incoming,
            sequence,
            handout,
            merged.fields,
            nodes,
            remarks_of(base, ours, theirs, ids),
            years=tuple(sorted(set(theirs.years) ^ set(base.years))),
            cleaned=merged.cleaned | _cleaned_parts(session, nodes, ids),
            ids=ids,
            base=base,
        ),
        ours,
    )


def open_questions(proposal: Proposal, decisions: Decisions) -> tuple[Place | NodeMerge, ...]:
    """Tell all that waits for a decision: conflicts of texts, and parts that they took away or moved."""
    places: list[Place | NodeMerge] = [place for one in proposal.fields for place in undecided(one, decisions.texts)]
    return (*places, *(one for one in proposal.nodes if one.deed in ASKED and one.node.id not in decisions.nodes))


def all_by(proposal: Proposal, take: Take) -> Decisions:
    """Decide all that waits in favour of one side; what only one side changed is not touched by it."""
    texts = {place: take for place in open_questions(proposal, Decisions()) if isinstance(place, Place)}
    return Decisions(texts, {one.node.id: take for one in proposal.nodes if one.deed in ASKED})


def own_items_only(proposal: Proposal, session: Session, items: Iterable[int]) -> Decisions:
    """Keep ours wherever they wrote into items that were not theirs; conflicts in their own still wait."""
    own, trees = set(items), [session.snapshot.tree]
    if proposal.incoming.report is not None:
        trees.append(proposal.incoming.report.tree)

    def is_foreign(node: int, tree: Tree) -> bool:
        item = tree.ancestor(node, NodeKind.ITEM)
        return item is None or item.id not in own

    texts = {Place(one.address): Take.OURS for one in proposal.fields if is_foreign(one.address.node, trees[0])}
    parts = {
        one.node.id: Take.OURS
        for one in proposal.nodes
        if is_foreign(one.node.id, trees[-1] if one.node.id in trees[-1].nodes else trees[0])
    }
    return Decisions(texts, parts)


def _handout(ours: Snapshot, incoming: Incoming) -> Handout | None:
    """Find what the file was handed out as; a copy of the whole report was not handed out at all."""
    if incoming.source is Source.COPY:
        return None
    return handouts.handout_for(handouts.handouts_of(ours), incoming.passport, incoming.to)


def _base(session: Session, incoming: Incoming) -> Snapshot:
    """Tell the report as it went out; InputError where it never stood so."""
    passport = incoming.passport
    links = session.ask(lambda repository: repository.read(links_of_log)).result()
    if not is_known(passport, links):
        raise InputError("return_other_report", path=str(incoming.path))
    return session.ask(lambda repository: snapshot_after(repository, passport.sequence)).result()


@dataclass(frozen=True)
class _Merged:
    """Hold the merged texts, and where the normaliser altered what came."""

    fields: tuple[FieldMerge, ...]
    cleaned: frozenset[Address]


def _merged(session: Session, theirs: Texts, base: Texts) -> _Merged:
    """Merge texts from outside, cleaned by the normaliser where they are new; tell where that altered something."""
    clean = {
        address: text if text == base.get(address, "") else session.clean(address.field, text)
        for address, text in theirs.items()
    }
    ours = {address: session.snapshot.stored(address) or "" for address in theirs}
    cleaned = frozenset(address for address, text in theirs.items() if clean[address] != text)
    return _Merged(merge_fields(session.form, base, ours, clean), cleaned)


def _cleaned_parts(session: Session, nodes: Sequence[NodeMerge], ids: Mapping[int, int]) -> frozenset[Address]:
    """Tell the texts of added parts that the normaliser will alter."""
    return frozenset(
        address._replace(node=ids[address.node])
        for one in nodes
        if one.deed is Deed.ADDED
        for address, text in one.texts.items()
        if session.clean(address.field, text) != text
    )


def _texts_to_merge(
    session: Session, base: Snapshot, theirs: Snapshot, ids: Mapping[int, int], coming: set[int]
) -> tuple[dict[Address, str], dict[Address, str]]:
    """Tell their texts and those of the base at our addresses; those of added parts come with the parts."""
    texts: dict[Address, str] = {}
    begin: dict[Address, str] = {}
    for snapshot, target in ((base, begin), (theirs, texts)):
        for (node, name), years in snapshot.values.items():
            if name not in session.form.fields or node in coming or snapshot.tree.nodes[node].kind in WORK_KINDS:
                continue
            if snapshot is theirs and node not in base.tree.nodes and node not in ids:
                continue
            here = ids.get(node, node) if snapshot is theirs else node
            for year, text in years.items():
                target[Address(here, name, year)] = rebound(text, ids) if snapshot is theirs else text
    gone = {address: "" for address in begin if address not in texts and address.node in theirs.tree.nodes}
    return {**texts, **gone}, begin


def _sorted_out(proposal: Proposal, ours: Snapshot) -> Proposal:
    """Put apart what has no place here, and what was written where nothing was asked for."""
    placed = [one for one in proposal.fields if _stands(ours.tree, one.address)]
    homeless = [one for one in proposal.fields if not _stands(ours.tree, one.address)]
    is_part = proposal.incoming.source is Source.PACKET
    outside = [
        one for one in placed if is_part and one.is_theirs and ours.tree.nodes[one.address.node].kind in _CONTEXT_KINDS
    ]
    return replace(
        proposal,
        fields=tuple(one for one in placed if one not in outside),
        homeless=tuple(one for one in homeless if one.is_theirs),
        outside=tuple(outside),
    )


def _stands(tree: Tree, address: Address) -> bool:
    """Tell whether a part is here in the year of an address; one that was taken away may stay in earlier years."""
    node = tree.nodes.get(address.node)
    while node is not None:
        if address.year and not node.lives_in(address.year):
            return False
        node = tree.nodes[node.parent] if node.parent is not None else None
    return address.node in tree.nodes
