"""List what came back, line by line, for a review; what has no line would vanish silently."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from hyoka_desktop.domain.report import Address
from hyoka_desktop.exchange.merging import FieldMerge
from hyoka_desktop.exchange.merging_nodes import Deed, NodeMerge
from hyoka_desktop.services.circulation import Proposal
from hyoka_desktop.services.receipts import Names
from hyoka_desktop.services.remarks import IncomingRemark
from hyoka_desktop.services.taking import Entry, Fate, notes_told


@dataclass(frozen=True)
class Line:
    """Hold one thing that came back: a text, a part, a remark, or what is only told of (`fate`).

    `note` is a sentence on what a document holds besides. `remarks` counts what was said about the text, `is_cleaned`
    tells that characters of it were altered.
    """

    place: str
    field: FieldMerge | None = None
    part: NodeMerge | None = None
    remark: IncomingRemark | None = None
    fate: Fate | None = None
    note: str = ""
    remarks: int = 0
    is_cleaned: bool = False


def made_lines(proposal: Proposal, names: Names) -> Iterator[Line]:
    """Tell everything that came back, each thing once: texts, parts, remarks, and what is only told of."""
    said = Counter(remark.place for remark in proposal.remarks)
    listed: set[Address] = set()
    for field in proposal.fields:
        if field.is_theirs:
            listed.add(field.address)
            is_cleaned = field.address in proposal.cleaned
            count = said[field.address]
            yield Line(names.text(field.address), field, remarks=count, is_cleaned=is_cleaned)
    for part in proposal.nodes:
        fate = Fate.ORPHANED if part.deed is Deed.ORPHANED else None
        yield Line(names.part(part.node), part=part, fate=fate)
    for remark in proposal.remarks:
        yield Line(names.text(remark.place), remark=remark)
    for fields, fate in ((proposal.homeless, Fate.HOMELESS), (proposal.outside, Fate.OUTSIDE)):
        yield from (Line(names.text(one.address), one, fate=fate) for one in fields)
    for entry in notes_told(proposal):
        yield Line(names.entry(entry), fate=entry.fate, note=entry.theirs)
    for year in proposal.years:
        yield Line(names.entry(Entry(Fate.YEAR, Address(1, "", year))), fate=Fate.YEAR)
    for address in sorted(proposal.cleaned - listed):
        yield Line(names.text(address), fate=Fate.CLEANED, is_cleaned=True)
