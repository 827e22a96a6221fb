"""Say in words what a file that came back would change, and what was done with it, as text to read or print."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from hyoka_desktop.domain import era, fields
from hyoka_desktop.domain.report import Address, Node, NodeKind, YearView
from hyoka_desktop.exchange.merging import FieldMerge, Outcome, chosen_text
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.circulation import Decisions, Proposal, open_questions
from hyoka_desktop.services.places import place_name
from hyoka_desktop.services.session import Session
from hyoka_desktop.services.taking import REFUSED, Entry, Fate, Receipt
from hyoka_desktop.text.merging import Conflict

_NAMED_BY = (fields.ITEM_TITLE, fields.INDICATOR_NAME, fields.ACHIEVEMENT_LABEL)
_WITH_TEXT = REFUSED | {Fate.KEPT, Fate.LEFT}


def proposal_text(session: Session, proposal: Proposal, decisions: Decisions) -> str:
    """Say what would change, with the three texts of every conflict that is not decided; nothing has changed yet."""
    lines = [word("proposal_title"), *_head(proposal)]
    if proposal.changes_nothing:
        return "\n".join((*lines, word("receipt_nothing")))
    names = _Names(session, proposal)
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
    lines += [_line(era.format_fiscal_year(year), word("fate_year")) for year in proposal.years]
    waiting = len(open_questions(proposal, decisions))
    return "\n".join([*lines, *([word("proposal_open", count=waiting)] if waiting else [])])


def receipt_text(session: Session, receipt: Receipt) -> str:
    """Say who took what when, what stayed, and what was refused, with the texts that are in the report nowhere."""
    names = _Names(session, receipt.proposal)
    lines = [word("receipt_title"), *_head(receipt.proposal)]
    lines.append(word("receipt_by", person=receipt.person or "―", at=_spoken(receipt.at)))
    for entry in receipt.entries:
        lines += _entry_lines(names, entry)
    if not receipt.entries:
        lines.append(word("receipt_nothing"))
    if receipt.refused:
        lines.append(word("receipt_refused", count=len(receipt.refused)))
    return "\n".join(lines)


class _Names:
    """Name places of the report, also of parts that stand only in the file that came back."""

    def __init__(self, session: Session, proposal: Proposal) -> None:
        self._session = session
        self._proposal = proposal

    def text(self, address: Address) -> str:
        """Name a field by the number of its item, its caption and its year."""
        view = self._view(address)
        name = place_name(self._session.form, view, address)
        return f"{name}（{era.format_fiscal_year(address.year)}）" if address.year else name

    def item(self, address: Address) -> str:
        """Name an item by its number."""
        return self._view(address).text(address.node, fields.ITEM_NUMBER) or str(address.node)

    def part(self, node: Node) -> str:
        """Name a part by its item, its kind, and what it is called."""
        here, report = self._session.view(self._year), self._proposal.incoming.report
        is_there = report is not None and node.id in report.tree.nodes
        view = YearView(report, self._year, here.period_fields) if report is not None and is_there else here
        tree = view.snapshot.tree
        item = tree.ancestor(node.id, NodeKind.ITEM) if node.id in tree.nodes else None
        number = view.text(item.id, fields.ITEM_NUMBER) if item is not None else ""
        named = next((text for field in _NAMED_BY if (text := view.text(node.id, field))), "")
        return f"{number} {word(f'node_{node.kind.value}')} {named}".strip()

    @property
    def _year(self) -> int:
        return self._proposal.incoming.passport.year

    def _view(self, address: Address) -> YearView:
        """Read the report here, or where it has no such part, the one that came back."""
        here = self._session.view(address.year or self._year)
        report = self._proposal.incoming.report
        if address.node in here.snapshot.tree.nodes or report is None or address.node not in report.tree.nodes:
            return here
        return YearView(report, here.year, here.period_fields)


def _head(proposal: Proposal) -> Iterator[str]:
    incoming = proposal.incoming
    yield word("receipt_file", name=incoming.path.name, source=word(f"source_{incoming.source.value}"))
    if proposal.handout is not None:
        yield word("receipt_to", to=proposal.handout.to)


def _field_lines(names: _Names, field: FieldMerge, decisions: Decisions) -> Iterator[str]:
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


def _entry_lines(names: _Names, entry: Entry) -> Iterator[str]:
    yield _line(_place_of(names, entry), word(f"fate_{entry.fate.value}"))
    if entry.theirs and entry.fate in _WITH_TEXT:
        yield from _quoted("receipt_text", entry.theirs)


def _place_of(names: _Names, entry: Entry) -> str:
    if entry.node is not None:
        return names.part(entry.node)
    if entry.fate is Fate.YEAR:
        return era.format_fiscal_year(entry.address.year)
    return names.item(entry.address) if entry.fate is Fate.DROPPED else names.text(entry.address)


def _quoted(key: str, text: str) -> Sequence[str]:
    return [word(key, text=text.replace("\n", "⏎") or word("conflict_empty"))]


def _line(place: str, what: str) -> str:
    return word("receipt_line", place=place, what=what)


def _spoken(at: str) -> str:
    return datetime.fromisoformat(at).strftime("%Y-%m-%d %H:%M")
