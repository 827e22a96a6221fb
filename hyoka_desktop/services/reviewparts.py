"""Show a part that somebody added, took away or moved elsewhere, in three columns as a text is shown."""

from collections.abc import Iterator
from dataclasses import dataclass

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.report import ROOT, Node, NodeKind, Snapshot, YearView
from hyoka_desktop.exchange.merging_nodes import Deed, NodeMerge
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.circulation import Proposal
from hyoka_desktop.services.places import part_position
from hyoka_desktop.services.receipts import Names
from hyoka_desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class Columns:
    """Hold what stood there when it went out, what stands here, and what they made of it."""

    base: str
    ours: str
    theirs: str


def part_columns(session: Session, proposal: Proposal, names: Names, merge: NodeMerge) -> Columns:
    """Tell the contents of a part that came or went, or where it stands in each of the three."""
    here = session.snapshot
    theirs = proposal.incoming.report or here
    base = proposal.base or here
    year, node = proposal.incoming.passport.year, merge.node
    match merge.deed:
        case Deed.MOVED:
            return Columns(*(_position(session, names, one, node.id, year) for one in (base, here, theirs)))
        case Deed.REMOVED:
            return Columns(_contents(session, base, node, year), _contents(session, here, node, year), "")
        case _:
            return Columns("", "", _own_contents(session, theirs, node, year))


def _view(session: Session, snapshot: Snapshot, year: int) -> YearView:
    return YearView(snapshot, year, session.form.period_fields)


def _contents(session: Session, snapshot: Snapshot, node: Node, year: int) -> str:
    """Tell all texts of a part and of what hangs on it."""
    if node.id not in snapshot.tree.nodes:
        return ""
    view = _view(session, snapshot, year)
    return "\n".join(text for one in snapshot.tree.subtree(node.id) for text in _lines(session, view, one))


def _own_contents(session: Session, snapshot: Snapshot, node: Node, year: int) -> str:
    return "\n".join(_lines(session, _view(session, snapshot, year), node))


def _lines(session: Session, view: YearView, node: Node) -> Iterator[str]:
    for field in session.form.fields_on(node.kind):
        text = view.text(node.id, field.id)
        if text:
            yield word("part_text", label=field.label, text=text)


def _position(session: Session, names: Names, snapshot: Snapshot, node: int, year: int) -> str:
    """Say below what a part stands, and behind which of its kind."""
    tree = snapshot.tree
    if node not in tree.nodes:
        return ""
    here = tree.nodes[node]
    view = _view(session, snapshot, year)
    above = tree.nodes[here.parent or ROOT]
    below = view.text(above.id, fields.SECTION_TITLE) if above.kind is NodeKind.SECTION else names.part(above)
    return part_position(tree, here, below, names.part)
