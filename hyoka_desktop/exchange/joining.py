"""Join what was read into a report: the first year makes the tree, later years are matched to it.

Items are matched by 項目番号, rows by their order and the text of 中期目標, indicators by their names. What cannot be
matched is refused with its path, and so is another order, since the order is the same in all years. Indicators, their
entries, outputs and ministers may come and go: new ones begin, and missing ones end, with the year.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.changes import Action, Change, Edit, NodeChange, ValueChange, YearChange, apply_changes
from hyoka_desktop.domain.report import PARENT_KIND, ROOT, SINCE_START, Address, Node, NodeKind, Snapshot, Tree
from hyoka_desktop.errors import InputError
from hyoka_desktop.exchange.incoming import IncomingNode, IncomingReport, IncomingText

_MATCHED_BY = {
    NodeKind.SECTION: "section_number",
    NodeKind.ITEM: "item_number",
    NodeKind.ROW: "mid_term_objective",
    NodeKind.INDICATOR: fields.INDICATOR_NAME,
    NodeKind.ACHIEVEMENT: fields.ACHIEVEMENT_LABEL,
    NodeKind.OUTPUT: "output_name",
    NodeKind.MINISTER: "",
}
_FIXED = frozenset({NodeKind.SECTION, NodeKind.ITEM, NodeKind.ROW})


def empty_snapshot() -> Snapshot:
    """Tell the snapshot of a report with nothing but its root."""
    return Snapshot(Tree({ROOT: Node(ROOT, NodeKind.REPORT, None, 0)}), {}, (), ROOT + 1)


def import_edit(reports: Sequence[IncomingReport]) -> Edit:
    """Work out the one edit that fills an empty report with one or more years, the oldest first.

    InputError where two are of the same year, or a year does not go with those before it.
    """
    snapshot = empty_snapshot()
    changes: list[Change] = []
    for report in sorted(reports, key=lambda report: report.year):
        if report.year in snapshot.years:
            raise InputError("json_same_year", file=report.file, year=report.year)
        joining = _Joining(snapshot, report)
        joining.join(ROOT, report.root)
        added = (YearChange(report.year, after=True), *joining.changes)
        snapshot = apply_changes(snapshot, added)
        changes += added
    return Edit(Action.IMPORT, "", tuple(changes))


class _Joining:
    """Match one year to a snapshot, collecting changes."""

    def __init__(self, snapshot: Snapshot, report: IncomingReport) -> None:
        self.changes: list[Change] = []
        self._snapshot = snapshot
        self._report = report
        self._first = not snapshot.years
        self._next = snapshot.next_node
        self._filled: defaultdict[int, list[str]] = defaultdict(list)
        """The fields of the period that hold a text, by node."""
        for (owner, field), years in snapshot.values.items():
            if field in report.period_fields and years[max(years)]:
                self._filled[owner].append(field)

    def join(self, node: int, incoming: IncomingNode) -> None:
        """Put the texts of an incoming node on a node, and match its children."""
        for text in incoming.texts:
            self._put(node, text)
        self._empty_what_is_gone(node, incoming)
        for kind, parent_kind in PARENT_KIND.items():
            if parent_kind is incoming.kind:
                self._children(node, kind, [child for child in incoming.children if child.kind is kind], incoming.path)

    def _children(self, parent: int, kind: NodeKind, incoming: list[IncomingNode], path: str) -> None:
        """Match children in their order: a known one, or a new one put behind the one before it."""
        known = list(self._snapshot.tree.children(parent, kind))
        left = [node for node in known if node.lives_in(self._report.year)]
        order: list[Node | IncomingNode] = list(known)
        place = 0
        for child in incoming:
            match = self._match(child, left)
            if match is None:
                if kind in _FIXED and not self._first:
                    raise self._refused(child.path, "unmatched", child.text(_MATCHED_BY[kind]))
                order.insert(place, child)
                place += 1
                continue
            if order.index(match) < place:
                raise self._refused(child.path, "order", child.text(_MATCHED_BY[kind]))
            left.remove(match)
            place = order.index(match) + 1
            self.join(match.id, child)
        if left and kind in _FIXED:
            raise self._refused(path, "left_over", self._name(left[0]))
        self._place(parent, order, {node.id for node in left})

    def _place(self, parent: int, order: Sequence[Node | IncomingNode], ended: set[int]) -> None:
        """Create the new nodes of an order, and give the known ones their place and their end."""
        for position, entry in enumerate(order):
            if isinstance(entry, IncomingNode):
                self._create(parent, entry, position)
                continue
            last_year = self._report.year - 1 if entry.id in ended else entry.last_year
            after = replace(entry, position=position, last_year=last_year)
            if after != entry:
                self.changes.append(NodeChange(entry, after))

    def _match(self, child: IncomingNode, left: list[Node]) -> Node | None:
        field = _MATCHED_BY[child.kind]
        candidates = left[:1] if child.kind in {NodeKind.ROW, NodeKind.MINISTER} else left
        if self._first or not field:
            return candidates[0] if candidates and not self._first else None
        return next((node for node in candidates if self._name(node) == child.text(field)), None)

    def _name(self, node: Node) -> str:
        years = self._snapshot.values.get((node.id, _MATCHED_BY[node.kind]), {})
        return years[max(years)] if years else ""

    def _create(self, parent: int, incoming: IncomingNode, position: int) -> None:
        """Create a node with its texts and children; beside earlier years it begins with this one."""
        node = Node(self._next, incoming.kind, parent, position, None if self._first else self._report.year)
        self._next += 1
        self.changes.append(NodeChange(None, node))
        for text in incoming.texts:
            self._put(node.id, text)
        for kind in dict.fromkeys(child.kind for child in incoming.children):
            for place, child in enumerate(child for child in incoming.children if child.kind is kind):
                self._create(node.id, child, place)

    def _put(self, node: int, text: IncomingText) -> None:
        if text.year == SINCE_START:
            self._put_of_period(node, text.field, text.text)
            return
        address = Address(node, text.field, text.year)
        before = self._snapshot.stored(address)
        if before and text.text and before != text.text:
            raise self._refused(text.path, "conflict", str(text.year))
        if before is None and (text.text or text.explicit):
            self.changes.append(ValueChange(address, None, text.text))
        elif text.text and before != text.text:
            self.changes.append(ValueChange(address, before, text.text))

    def _put_of_period(self, node: int, field: str, text: str) -> None:
        """Write a text of the period, where it differs from what held until now; from this year on for a known node."""
        years = self._snapshot.values.get((node, field), {})
        if (years[max(years)] if years else "") == text:
            return
        since = self._report.year if node in self._snapshot.tree.nodes and not self._first else SINCE_START
        self.changes.append(ValueChange(Address(node, field, since), years.get(since), text))

    def _empty_what_is_gone(self, node: int, incoming: IncomingNode) -> None:
        """Empty the optional texts of the period that an earlier year has and this one does not say."""
        said = {text.field for text in incoming.texts}
        for field in self._filled.get(node, ()):
            if field not in said:
                self._put_of_period(node, field, "")

    def _refused(self, path: str, why: str, value: str) -> InputError:
        return InputError(f"json_{why}", file=self._report.file, path=path or "sections", value=_shortened(value))


_SHOWN = 30


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
