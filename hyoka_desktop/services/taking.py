"""Take what a person decided of a file that came back: a backup first, then one step, and a receipt of all of it.

Final items are not written; each is named. A checked item drops back, as with any other writing.
"""

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from hyoka_desktop.domain import comments, edits, handouts, work
from hyoka_desktop.domain.changes import Action, Edit, ValueChange, apply_changes
from hyoka_desktop.domain.comments import Comment
from hyoka_desktop.domain.report import ROOT, Address, Node, Snapshot, YearView
from hyoka_desktop.domain.work import ItemYear
from hyoka_desktop.errors import InputError
from hyoka_desktop.exchange.merging import FieldMerge, Outcome, Take, chosen_text
from hyoka_desktop.exchange.merging_nodes import Deed, NodeMerge, edit_of
from hyoka_desktop.services.author import current_author, now
from hyoka_desktop.services.backups import Places, Reason, back_up
from hyoka_desktop.services.circulation import Decisions, Proposal, open_questions
from hyoka_desktop.services.remarks import IncomingRemark
from hyoka_desktop.services.session import Session, clean_text


class Fate(StrEnum):
    """Name what became of one thing that came back."""

    TAKEN = "taken"
    COMBINED = "combined"
    DECIDED = "decided"
    KEPT = "kept"
    SAME = "same"
    LOCKED = "locked"
    HOMELESS = "homeless"
    OUTSIDE = "outside"
    YEAR = "year"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    LEFT = "left"
    ORPHANED = "orphaned"
    REMARK = "remark"
    REMARK_LOST = "remark_lost"
    CLEANED = "cleaned"
    DROPPED = "dropped"
    NOTED = "noted"
    UNTAKEN = "untaken"


REFUSED = frozenset(
    {Fate.LOCKED, Fate.HOMELESS, Fate.OUTSIDE, Fate.YEAR, Fate.ORPHANED, Fate.REMARK_LOST, Fate.UNTAKEN}
)
"""What was not taken though nobody decided against it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one line of a receipt: what became of a field, a part or a remark, and their text where it was not taken."""

    fate: Fate
    address: Address
    theirs: str = ""
    node: Node | None = None


@dataclass(frozen=True)
class Receipt:
    """Hold what was done with a file that came back: who, when (ISO time), and what became of each thing.

    `before` is the report as it stood then, by which things are named.
    """

    proposal: Proposal
    before: Snapshot
    person: str
    at: str
    entries: tuple[Entry, ...]

    @property
    def refused(self) -> tuple[Entry, ...]:
        """Tell what was not taken though nobody decided against it."""
        return tuple(entry for entry in self.entries if entry.fate in REFUSED)


def take(session: Session, proposal: Proposal, decisions: Decisions, places: Places) -> Receipt:
    """Back up, write what was decided as one command, and tell what became of everything.

    InputError where something waits for a decision, or where the report is no longer what the proposal was made for;
    where the backup cannot be made, nothing is written.
    """
    return _taken(session, proposal, decisions, lambda: back_up(session, places, Reason.MERGE))


def take_after_backup(session: Session, proposal: Proposal, decisions: Decisions) -> Receipt:
    """Do the same where the report was backed up since the proposal was made: to prove that again takes a second.

    What the proposal was made for is what the backup holds, else it is refused as in `take`.
    """
    return _taken(session, proposal, decisions, lambda: None)


def _taken(session: Session, proposal: Proposal, decisions: Decisions, secure: Callable[[], object]) -> Receipt:
    if session.sequence != proposal.sequence:
        raise InputError("merge_stale", path=str(proposal.incoming.path))
    questions = open_questions(proposal, decisions)
    if questions:
        raise InputError("merge_undecided", count=len(questions))
    before = session.snapshot
    work_out = _Taking(session, proposal, decisions)
    entries = [*work_out.parts(), *work_out.texts(), *work_out.remarks(), *_told(proposal)]
    work_out.note_handout()
    edit = work_out.edit
    if edit is not None and work_out.touches({*session.typed, *session.recovered}):
        raise InputError("merge_typing")
    if edit is not None:
        secure()
        done = session.do(edit)
        assert done is not None, "there is something to write"
        entries += [_dropped(place) for place in sorted(work.dropped_states(done.edit))]
    return Receipt(proposal, before, current_author().person, now(), tuple(entries))


@dataclass(frozen=True, slots=True)
class Foresight:
    """Hold what taking would do: what would become of each thing, and which checked items would drop back."""

    entries: tuple[Entry, ...]
    dropped: tuple[ItemYear, ...]


def foresee(session: Session, proposal: Proposal, decisions: Decisions) -> Foresight:
    """Tell what `take` would do with what is decided so far; nothing is written."""
    work_out = _Taking(session, proposal, decisions)
    entries = (*work_out.parts(), *work_out.texts(), *work_out.remarks(), *_told(proposal))
    edit = work_out.edit
    after = work.with_states(edit, session.view(session.newest_year)) if edit is not None else None
    return Foresight(entries, tuple(sorted(work.dropped_states(after))) if after is not None else ())


class _Taking:
    """Work out one command piece by piece, each on the report as the pieces before leave it."""

    def __init__(self, session: Session, proposal: Proposal, decisions: Decisions) -> None:
        self._session = session
        self._proposal = proposal
        self._decisions = decisions
        self._view = session.view(proposal.incoming.passport.year)
        self._pieces: list[Edit] = []
        self._ids = dict(proposal.ids)
        self._came: dict[int, int] = {}
        self._refused: set[int] = set()
        self._lost: set[int] = set()

    @property
    def edit(self) -> Edit | None:
        """Tell the whole command; None where there is nothing to write."""
        return edits.joined(self._pieces, Action.MERGE, "")

    def touches(self, drafts: Container[Address]) -> bool:
        """Tell whether the command writes a field in which something is typed and not yet entered."""
        edit = self.edit
        changes = edit.changes if edit is not None else ()
        return any(isinstance(change, ValueChange) and change.address in drafts for change in changes)

    def parts(self) -> Iterator[Entry]:
        """Put in what they added, and take away or move what somebody said so of."""
        for merge in self._proposal.nodes:
            place = Address(self._ids.get(merge.node.id, merge.node.id), "", self._view.year)
            if merge.deed is Deed.ORPHANED or (merge.deed is Deed.ADDED and merge.node.parent in self._refused):
                self._refuse(merge)
                yield Entry(Fate.ORPHANED, place, _all_texts(merge), merge.node)
                continue
            wanted = self._decisions.nodes.get(merge.node.id, Take.THEIRS) is Take.THEIRS
            edit = edit_of(self._view, merge, self._ids) if wanted else None
            if edit is None or work.locked_by(edit, self._view):
                self._refuse(merge)
                yield Entry(Fate.LEFT if edit is None else Fate.LOCKED, place, _all_texts(merge), merge.node)
            else:
                self._add(self._cleaned(edit))
                self._note_new(merge)
                yield Entry(_FATES[merge.deed], place, "", merge.node)

    def texts(self) -> Iterator[Entry]:
        """Write the texts that were merged and chosen."""
        changes = []
        for field in self._proposal.fields:
            address, text = field.address, chosen_text(field, self._decisions.texts)
            text = text if text in {field.ours, field.theirs} else self._session.clean(address.field, text)
            before = self._view.snapshot.stored(address)
            if address.node not in self._view.snapshot.tree.nodes:
                yield Entry(Fate.HOMELESS, address, field.theirs)
            elif text == field.ours:
                if field.is_theirs:
                    yield Entry(_fate_unchanged(field), address, field.theirs)
            elif work.is_locked(self._view, address):
                yield Entry(Fate.LOCKED, address, field.theirs)
            else:
                changes.append(ValueChange(address, before, text))
                yield Entry(_fate_written(field), address)
        if changes:
            self._add(Edit(Action.MERGE, "", tuple(changes), changes[0].address))

    def remarks(self) -> Iterator[Entry]:
        """Say here what they said about fields, in their names."""
        for remark in self._proposal.remarks:
            place = remark.place._replace(year=remark.place.year or self._view.year)
            is_lost = place.node in self._lost or place.node not in self._view.snapshot.tree.nodes
            if is_lost or place.year not in self._view.snapshot.years:
                yield Entry(Fate.REMARK_LOST, place, remark.text)
                continue
            view = self._view.in_year(place.year)
            on = next((one for one in comments.comments_of(view) if one.node == remark.on), None)
            if on is not None:
                self._reply(on, remark, view)
            else:
                said = clean_text(remark.text).text
                self._add(comments.add_comment(view, place, said, remark.person, remark.at))
                self._answer(remark, place.year)
            yield Entry(Fate.REMARK, place, remark.text)

    def note_handout(self) -> None:
        """Record that the handout came back and was taken, and which parts came with it."""
        handout = self._proposal.handout
        if handout is None or (self._proposal.changes_nothing and handout.imported):
            return
        at = now()
        added = tuple(dict((*handout.added, *self._came.items())).items())
        known = replace(handout, returned=handout.returned or at, imported=at, added=added)
        noted = handouts.changed_handout(self._view.snapshot, known)
        if noted is not None:
            self._add(noted)

    def _refuse(self, merge: NodeMerge) -> None:
        """Remember an added part that is not taken, also the id that was kept for it."""
        if merge.deed in {Deed.ADDED, Deed.ORPHANED}:
            self._refused.add(merge.node.id)
            self._lost.add(self._ids.get(merge.node.id, 0))

    def _note_new(self, merge: NodeMerge) -> None:
        if merge.deed is Deed.ADDED:
            self._came[merge.node.id] = self._ids[merge.node.id]

    def _cleaned(self, edit: Edit) -> Edit:
        """Clean the texts that come with a part."""
        clean = tuple(
            replace(change, after=self._session.clean(change.address.field, change.after))
            if isinstance(change, ValueChange) and change.before is None and change.after is not None
            else change
            for change in edit.changes
        )
        return replace(edit, changes=clean)

    def _answer(self, remark: IncomingRemark, year: int) -> None:
        """Put the answers below the comment that was just added, which has the newest id."""
        made = self._view.snapshot.next_node - 1
        for reply in remark.replies:
            view = self._view.in_year(year)
            self._reply(next(one for one in comments.comments_of(view) if one.node == made), reply, view)

    def _reply(self, on: Comment, reply: IncomingRemark, view: YearView) -> None:
        self._add(comments.add_reply(view, on, clean_text(reply.text).text, reply.person, reply.at))

    def _add(self, edit: Edit) -> None:
        self._pieces.append(edit)
        view = self._view
        self._view = YearView(apply_changes(view.snapshot, edit.changes), view.year, view.period_fields)


_FATES = {Deed.ADDED: Fate.ADDED, Deed.REMOVED: Fate.REMOVED, Deed.MOVED: Fate.MOVED}


def _fate_unchanged(field: FieldMerge) -> Fate:
    return Fate.SAME if field.outcome is Outcome.SAME else Fate.KEPT


def _fate_written(field: FieldMerge) -> Fate:
    fates = {Outcome.TAKEN: Fate.TAKEN, Outcome.COMBINED: Fate.COMBINED}
    return fates.get(field.outcome, Fate.DECIDED)


def _told(proposal: Proposal) -> Iterator[Entry]:
    yield from (Entry(Fate.HOMELESS, one.address, one.theirs) for one in proposal.homeless)
    yield from (Entry(Fate.OUTSIDE, one.address, one.theirs) for one in proposal.outside)
    yield from (Entry(Fate.CLEANED, address) for address in sorted(proposal.cleaned))
    yield from (Entry(Fate.YEAR, Address(1, "", year)) for year in proposal.years)
    yield from notes_told(proposal)


def notes_told(proposal: Proposal) -> Iterator[Entry]:
    """Tell what a document holds besides the texts of fields: what is to be known, and what is not taken."""
    for note in proposal.incoming.notes:
        yield Entry(Fate.NOTED if note.is_taken else Fate.UNTAKEN, Address(ROOT, "", 0), note.text)


def _dropped(place: ItemYear) -> Entry:
    return Entry(Fate.DROPPED, Address(place.item, "", place.year))


def _all_texts(merge: NodeMerge) -> str:
    texts: Sequence[str] = [text for _, text in sorted(merge.texts.items()) if text]
    return "\n".join(texts)
