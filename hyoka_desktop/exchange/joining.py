"""Join what was read into a report: the first year makes the tree, later years are matched to it.

Items are matched by 項目番号, rows by their order and the text of 中期目標, indicators by their names. What cannot be
matched is refused with its path. Inside an indicator new entries begin, and missing ones end, with the year.
"""

from collections.abc import Sequence
from dataclasses import replace

from hyoka_desktop.domain.changes import Action, Change, Edit, NodeChange, ValueChange, YearChange, apply_changes
from hyoka_desktop.domain.report import ROOT, SINCE_START, Address, Node, NodeKind, Snapshot, Tree
from hyoka_desktop.errors import InputError
from hyoka_desktop.exchange.incoming import IncomingNode, IncomingReport, IncomingText

_MATCHED_BY = {
    NodeKind.SECTION: "section_number",
    NodeKind.ITEM: "item_number",
    NodeKind.ROW: "mid_term_objective",
    NodeKind.INDICATOR: "indicator_name",
    NodeKind.ACHIEVEMENT: "achievement_label",
    NodeKind.OUTPUT: "output_name",
    NodeKind.MINISTER: "",
}
_FIXED = frozenset({NodeKind.SECTION, NodeKind.ITEM, NodeKind.ROW})


def empty_snapshot() -> Snapshot:
    """Tell the snapshot of a report with nothing but its root."""
    return Snapshot(Tree({ROOT: Node(ROOT, NodeKind.REPORT, None, 0)}), {}, (), ROOT + 1)


def import_edit(reports: Sequence[IncomingReport]) -> Edit:
    """Work out the one edit that fills an empty report with one or more years, the oldest first."""
    snapshot = empty_snapshot()
    changes: list[Change] = []
    for report in sorted(reports, key=lambda report: report.year):
        if report.year in snapshot.years:
            raise InputError("json_same_year", file=report.file, year=report.year)
        joining = _Joining(snapshot, report, first=not snapshot.years)
        joining.join(ROOT, report.root)
        added = (YearChange(report.year, after=True), *joining.changes)
        snapshot = apply_changes(snapshot, added)
        changes += added
    return Edit(Action.IMPORT, "", tuple(changes))


class _Joining:
    """Match one year to a snapshot, collecting changes."""

    def __init__(self, snapshot: Snapshot, report: IncomingReport, *, first: bool) -> None:
        self.changes: list[Change] = []
        self._snapshot = snapshot
        self._report = report
        self._first = first
        self._next = snapshot.next_node

    def join(self, node: int, incoming: IncomingNode) -> None:
        """Put the texts of an incoming node on a node, and match its children."""
        for text in incoming.texts:
            self._put(node, text)
        for kind in dict.fromkeys(child.kind for child in incoming.children):
            self._children(node, kind, [child for child in incoming.children if child.kind is kind], incoming.path)
        if not self._first:
            present = {child.kind for child in incoming.children}
            for kind in (NodeKind.INDICATOR, NodeKind.ACHIEVEMENT, NodeKind.OUTPUT, *sorted(_FIXED)):
                if kind not in present:
                    self._children(node, kind, [], incoming.path)

    def _children(self, parent: int, kind: NodeKind, incoming: list[IncomingNode], path: str) -> None:
        known = [node for node in self._snapshot.tree.children(parent, kind) if node.lives_in(self._report.year)]
        if self._first:
            for place, child in enumerate(incoming):
                self._create(parent, child, place)
            return
        left = list(known)
        for place, child in enumerate(incoming):
            match = self._match(child, left)
            if match is None and kind in _FIXED:
                raise self._refused(child.path, "unmatched", child.text(_MATCHED_BY[kind]))
            if match is None:
                self._create(parent, child, len(known) + place, since=self._report.year)
            else:
                left.remove(match)
                self.join(match.id, child)
        for node in left:
            if kind in _FIXED:
                raise self._refused(path, "left_over", self._name(node))
            self.changes.append(NodeChange(node, replace(node, last_year=self._report.year - 1)))

    def _match(self, child: IncomingNode, left: list[Node]) -> Node | None:
        field = _MATCHED_BY[child.kind]
        candidates = left[:1] if child.kind in {NodeKind.ROW, NodeKind.MINISTER} else left
        if not field:
            return candidates[0] if candidates else None
        return next((node for node in candidates if self._name(node) == child.text(field)), None)

    def _name(self, node: Node) -> str:
        years = self._snapshot.values.get((node.id, _MATCHED_BY[node.kind]), {})
        return years[max(years)] if years else ""

    def _create(self, parent: int, incoming: IncomingNode, place: int, since: int | None = None) -> None:
        node = Node(self._next, incoming.kind, parent, place, since)
        self._next += 1
        self.changes.append(NodeChange(None, node))
        for text in incoming.texts:
            self._put(node.id, text)
        for kind in dict.fromkeys(child.kind for child in incoming.children):
            siblings = [child for child in incoming.children if child.kind is kind]
            for position, child in enumerate(siblings):
                self._create(node.id, child, position)

    def _put(self, node: int, text: IncomingText) -> None:
        if not text.text and not text.explicit:
            return
        address = Address(node, text.field, text.year)
        if text.year == SINCE_START and not self._first:
            self._put_of_period(address, text)
            return
        before = self._snapshot.stored(address)
        if before and text.text and before != text.text:
            raise self._refused(text.path, "conflict", str(text.year))
        if before is None or (text.text and before != text.text):
            self.changes.append(ValueChange(address, before, text.text))

    def _put_of_period(self, address: Address, text: IncomingText) -> None:
        """Write a text of the period from this year on, where it differs from what held until now."""
        years = self._snapshot.values.get((address.node, address.field), {})
        if not years and address.node not in self._snapshot.tree.nodes:
            self.changes.append(ValueChange(address, None, text.text))
        elif (years[max(years)] if years else None) != text.text:
            since = address._replace(year=self._report.year)
            self.changes.append(ValueChange(since, None, text.text))

    def _refused(self, path: str, why: str, value: str) -> InputError:
        return InputError(f"json_{why}", file=self._report.file, path=path or "sections", value=_shortened(value))


_SHOWN = 30


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
