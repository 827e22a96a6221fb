"""Say in words what a file that came back would change, and what was done with it, as text to read or print."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from hyoka_desktop.domain import era, fields
from hyoka_desktop.domain.report import Address, Node, Snapshot, YearView
from hyoka_desktop.exchange.merging import FieldMerge, Outcome, chosen_text
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.circulation import Decisions, Proposal, open_questions
from hyoka_desktop.services.places import part_name, place_name
from hyoka_desktop.services.session import Session
from hyoka_desktop.services.taking import REFUSED, Entry, Fate, Receipt, notes_told
from hyoka_desktop.text.merging import Conflict

_WITH_TEXT = REFUSED | {Fate.KEPT, Fate.LEFT, Fate.NOTED}


def proposal_text(session: Session, proposal: Proposal, decisions: Decisions) -> str:
    """Say what would change, with the three texts of every conflict that is not decided; nothing has changed yet."""
    lines = [word("proposal_title"), *_head(proposal)]
    if proposal.changes_nothing:
        return "\n".join((*lines, word("receipt_nothing")))
    names = Names(session.form, session.snapshot, proposal)
    for field in proposal.fields:
        if field.is_theirs:
            lines += _field_lines(names, field, decisions)
    for part in proposal.nodes:
        lines.append(_line(names.part(part.node), word(f"deed_{part.deed.value}")))
    for remark in proposal.remarks:
        lines.append(word("remark_line", place=names.text(remark.place), person=remark.person, text=remark.text))
    for told, fate in ((proposal.homeless, Fate.HOMELESS), (proposal.outside, Fate.OUTSIDE)):
        for one in told:
            lines += _entry_lines(names, Entry(fate, one.address, one.theirs))
    lines += [_line(names.text(address), word("fate_cleaned")) for address in sorted(proposal.cleaned)]
    lines += [_line(era.format_fiscal_year(year), word("fate_year")) for year in proposal.years]
    for entry in notes_told(proposal):
        lines += _entry_lines(names, entry)
    waiting = len(open_questions(proposal, decisions))
    return "\n".join([*lines, *([word("proposal_open", count=waiting)] if waiting else [])])


def receipt_text(form: FormDefinition, receipt: Receipt) -> str:
    """Say who took what when, what stayed, and what was refused, with the texts that are in the report nowhere."""
    names = Names(form, receipt.before, receipt.proposal)
    lines = [word("receipt_title"), *_head(receipt.proposal)]
    lines.append(word("receipt_by", person=receipt.person or "―", at=_spoken(receipt.at)))
    for entry in receipt.entries:
        lines += _entry_lines(names, entry)
    if not receipt.entries:
        lines.append(word("receipt_nothing"))
    if receipt.refused:
        lines.append(word("receipt_refused", count=len(receipt.refused)))
    return "\n".join(lines)


class Names:
    """Name places as the report stood before, and parts that stand only in the file that came back."""

    def __init__(self, form: FormDefinition, before: Snapshot, proposal: Proposal) -> None:
        self._form = form
        self._before = before
        self._year = proposal.incoming.passport.year
        self._report = proposal.incoming.report or before
        self._theirs = {ours: theirs for theirs, ours in proposal.ids.items()}

    def text(self, address: Address) -> str:
        """Name a field by the number of its item, its caption and its year."""
        view, node = self._found(address.node, address.year)
        name = place_name(self._form, view, address._replace(node=node))
        return f"{name}（{era.format_fiscal_year(address.year)}）" if address.year else name

    def item(self, address: Address) -> str:
        """Name an item by its number."""
        view, node = self._found(address.node, address.year)
        return view.text(node, fields.ITEM_NUMBER)

    def part(self, node: Node) -> str:
        """Name a part that they know by its item, its kind, and what it is called."""
        snapshot = self._report if node.id in self._report.tree.nodes else self._before
        return part_name(YearView(snapshot, self._year, self._form.period_fields), node)

    def entry(self, entry: Entry) -> str:
        """Name what a line of a receipt speaks of."""
        if entry.node is not None:
            return self.part(entry.node)
        if entry.fate is Fate.YEAR:
            return era.format_fiscal_year(entry.address.year)
        if entry.fate in {Fate.NOTED, Fate.UNTAKEN}:
            return word("note_place")
        return self.item(entry.address) if entry.fate is Fate.DROPPED else self.text(entry.address)

    def _found(self, node: int, year: int) -> tuple[YearView, int]:
        """Find a node here, or where it is only to come, in the file that came back, under its id there."""
        is_here = node in self._before.tree.nodes
        theirs = node if is_here else self._theirs.get(node, node)
        snapshot = self._before if is_here or theirs not in self._report.tree.nodes else self._report
        return YearView(snapshot, year or self._year, self._form.period_fields), theirs


def _head(proposal: Proposal) -> Iterator[str]:
    incoming = proposal.incoming
    yield word("receipt_file", name=incoming.path.name, source=word(f"source_{incoming.source.value}"))
    if proposal.handout is not None:
        yield word("receipt_to", to=proposal.handout.to)


def _field_lines(names: Names, field: FieldMerge, decisions: Decisions) -> Iterator[str]:
    yield _line(names.text(field.address), word(f"outcome_{field.outcome.value}"))
    if field.outcome is Outcome.CONFLICT:
        for conflict in field.conflicts:
            yield from _conflict_lines(conflict)
    else:
        after = chosen_text(field, decisions.texts)
        if after != field.ours:
            yield from _quoted("text_before", field.ours)
            yield from _quoted("text_after", after)


def _conflict_lines(conflict: Conflict) -> Iterator[str]:
    yield from _quoted("conflict_base", conflict.base)
    yield from _quoted("conflict_ours", conflict.ours)
    yield from _quoted("conflict_theirs", conflict.theirs)


def _entry_lines(names: Names, entry: Entry) -> Iterator[str]:
    yield _line(names.entry(entry), word(f"fate_{entry.fate.value}"))
    if entry.theirs and entry.fate in _WITH_TEXT:
        yield from _quoted("receipt_text", entry.theirs)


def _quoted(key: str, text: str) -> Sequence[str]:
    return [word(key, text=text.replace("\n", "⏎") or word("conflict_empty"))]


def _line(place: str, what: str) -> str:
    return word("receipt_line", place=place, what=what)


def _spoken(at: str) -> str:
    return datetime.fromisoformat(at).strftime("%Y-%m-%d %H:%M")
