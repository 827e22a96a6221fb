"""Decide about the drafts of the last time: take them in as far as the report lets, set them aside, or drop them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hyoka_desktop.domain.draftkeys import DraftKind, aside_key, read_key
from hyoka_desktop.domain.report import SINCE_START, Address
from hyoka_desktop.domain.work import is_locked
from hyoka_desktop.services import commenting
from hyoka_desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class Draft:
    """Hold a draft: under what the file keeps it, the field that it is of or speaks about, and its text.

    One that is doubtful is not as it was written; its text says so, and its place is perhaps another one.
    """

    key: Address
    address: Address
    text: str
    kind: DraftKind = DraftKind.FIELD
    is_doubtful: bool = False

    @property
    def is_comment(self) -> bool:
        """Tell whether it speaks about its field."""
        return self.kind is DraftKind.COMMENT

    @property
    def is_of_now(self) -> bool:
        """Tell whether it was typed into its field, is as it was written, and nobody was asked about it yet."""
        return self.kind is DraftKind.FIELD and not (self.is_doubtful or read_key(self.key).is_aside)


def offered(session: Session) -> tuple[Draft, ...]:
    """Tell the drafts that differ from what is saved, of fields that are still there; those set aside come first.

    These are the older ones, whatever the clock said.
    """
    nodes, doubted = session.snapshot.tree.nodes, session.doubted
    drafts = []
    for key, text in session.recovered.items():
        address, kind, _ = read_key(key)
        is_news = kind is DraftKind.COMMENT or text != (session.snapshot.stored(address) or "")
        if address.node in nodes and is_news:
            drafts.append(Draft(key, address, text, kind, key in doubted))
    return tuple(sorted(drafts, key=lambda draft: not read_key(draft.key).is_aside))


def take_in(session: Session, year: int, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Write drafts in one step, and say the comments among them; tell those that are left and set aside.

    Left are those of final items, the older ones where several are of one field, and those whose place is not in the
    report. They stay in the file, where typing into the field does not reach them.
    """
    newest = {draft.address: draft for draft in drafts if not draft.is_comment and _has_place(session, draft)}
    taken = [draft for draft in newest.values() if not is_held(session, draft)]
    session.set_block({draft.address: draft.text for draft in taken}, year)
    for draft in drafts:
        is_sayable = draft.is_comment and draft.address.year in session.snapshot.years
        if is_sayable and commenting.say_draft(session, draft.address, draft.text):
            taken.append(draft)
    drop(session, taken)
    return set_aside(session, [draft for draft in drafts if draft not in taken])


def is_held(session: Session, draft: Draft) -> bool:
    """Tell whether a draft cannot be taken in, since an item that shows its field is final."""
    return not draft.is_comment and is_locked(session.view(session.newest_year), draft.address)


def _has_place(session: Session, draft: Draft) -> bool:
    """Tell whether a draft is of a field that the report has: damage, or another form, may say otherwise."""
    node, field, year = draft.address
    fields = session.form.fields_on(session.snapshot.tree.nodes[node].kind)
    return year in {SINCE_START, *session.snapshot.years} and any(known.id == field for known in fields)


def set_aside(session: Session, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Keep drafts in the file where no typing reaches them, to be offered again; tell them as they are kept now."""
    return tuple(_set_aside(session, draft) for draft in drafts)


def drop(session: Session, drafts: Sequence[Draft]) -> None:
    """Drop drafts for good."""
    for draft in drafts:
        session.settle_recovered(draft.key)


def drop_idle(session: Session) -> None:
    """Drop what is not worth an offer: it is saved already, or its place is gone."""
    wanted = {draft.key for draft in offered(session)}
    for key in session.recovered.keys() - wanted:
        session.settle_recovered(key)


def _set_aside(session: Session, draft: Draft) -> Draft:
    if read_key(draft.key).is_aside:
        return draft
    key = aside_key(draft.key, session.recovered)
    session.settle_recovered(draft.key, key)
    return replace(draft, key=key)
