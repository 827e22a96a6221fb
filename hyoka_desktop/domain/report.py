"""Hold a 評価書 as an immutable snapshot: a tree of nodes and the texts of their fields.

Structure is nodes; every text or value has one address. A snapshot holds all years, a `YearView` reads one of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final, NamedTuple

SINCE_START: Final = 0
"""The year of an address whose value belongs to the period and holds from its beginning."""
ROOT: Final = 1
"""The id of the report node."""


class NodeKind(StrEnum):
    """Name what a node of the report is (glossary)."""

    REPORT = "report"
    MINISTER = "minister"
    SECTION = "section"
    ITEM = "item"
    ROW = "row"
    INDICATOR = "indicator"
    ACHIEVEMENT = "achievement"
    OUTPUT = "output"
    COMMENT = "comment"
    REPLY = "reply"
    VERSION = "version"
    HANDOUT = "handout"


PARENT_KIND: Final[Mapping[NodeKind, NodeKind | None]] = {
    NodeKind.REPORT: None,
    NodeKind.MINISTER: NodeKind.REPORT,
    NodeKind.SECTION: NodeKind.REPORT,
    NodeKind.ITEM: NodeKind.SECTION,
    NodeKind.ROW: NodeKind.ITEM,
    NodeKind.OUTPUT: NodeKind.ITEM,
    NodeKind.INDICATOR: NodeKind.ROW,
    NodeKind.ACHIEVEMENT: NodeKind.INDICATOR,
}
"""The kinds that a form speaks of, each with the kind that it hangs on."""
WORK_KINDS: Final = frozenset({NodeKind.COMMENT, NodeKind.REPLY, NodeKind.VERSION, NodeKind.HANDOUT})
"""The kinds that belong to the work on a report, never to its pages; they may hang on any node."""


@dataclass(frozen=True, slots=True)
class Node:
    """Place one part of the report in the tree; `position` counts from 0 among the siblings of its kind.

    The node exists in the fiscal years from `first_year` to `last_year`, both included, `None` being open.
    """

    id: int
    kind: NodeKind
    parent: int | None
    position: int
    first_year: int | None = None
    last_year: int | None = None

    def lives_in(self, year: int) -> bool:
        """Tell whether the node exists in a fiscal year."""
        return (self.first_year is None or self.first_year <= year) and (
            self.last_year is None or year <= self.last_year
        )


class Address(NamedTuple):
    """Name one text of the report.

    `year` is the fiscal year, or for a value of the period the year from which it holds (`SINCE_START` at first).
    """

    node: int
    field: str
    year: int


@dataclass(frozen=True)
class Tree:
    """Hold the nodes by id and find children in their order."""

    nodes: Mapping[int, Node]

    @cached_property
    def _children(self) -> Mapping[tuple[int | None, NodeKind], tuple[Node, ...]]:
        grouped: dict[tuple[int | None, NodeKind], list[Node]] = {}
        for node in self.nodes.values():
            grouped.setdefault((node.parent, node.kind), []).append(node)
        return {key: tuple(sorted(nodes, key=lambda node: node.position)) for key, nodes in grouped.items()}

    @cached_property
    def _below(self) -> Mapping[int | None, tuple[Node, ...]]:
        """Tell all children of a node, kind by kind."""
        below: dict[int | None, tuple[Node, ...]] = {}
        for kind in NodeKind:
            for parent, of in self._children:
                if of is kind:
                    below[parent] = (*below.get(parent, ()), *self._children[parent, of])
        return below

    def children(self, parent: int, kind: NodeKind) -> tuple[Node, ...]:
        """Tell the children of one kind, of all years, in order."""
        return self._children.get((parent, kind), ())

    def subtree(self, node_id: int) -> Iterator[Node]:
        """Yield a node and all below it, parents first."""
        waiting = [self.nodes[node_id]]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(self._below.get(node.id, ())))

    def ancestor(self, node_id: int, kind: NodeKind) -> Node | None:
        """Find the node itself or the nearest node above it of a kind."""
        node: Node | None = self.nodes[node_id]
        while node is not None and node.kind is not kind:
            node = self.nodes[node.parent] if node.parent is not None else None
        return node


@dataclass(frozen=True)
class Snapshot:
    """Hold the whole report of all years at one moment.

    `values` maps (node, field) to the texts by year, an absent text being absent. `years` are the fiscal years that
    are evaluated in this file, in order. `next_node` is an id that no node ever had.
    """

    tree: Tree
    values: Mapping[tuple[int, str], Mapping[int, str]]
    years: tuple[int, ...]
    next_node: int

    def stored(self, address: Address) -> str | None:
        """Tell the text stored at exactly this address."""
        return self.values.get((address.node, address.field), {}).get(address.year)


@dataclass(frozen=True)
class YearView:
    """Read one fiscal year of a snapshot.

    `period_fields` names the fields whose values belong to the 中期目標期間; all others belong to one year.
    """

    snapshot: Snapshot
    year: int
    period_fields: frozenset[str]

    def address(self, node: int, field: str) -> Address:
        """Tell the address that holds this field in this year, and that an ordinary edit writes."""
        if field not in self.period_fields:
            return Address(node, field, self.year)
        years = self.snapshot.values.get((node, field), {})
        return Address(node, field, max((year for year in years if year <= self.year), default=SINCE_START))

    def stored(self, node: int, field: str) -> str | None:
        """Tell the text of a field in this year; None where none was ever given."""
        return self.snapshot.stored(self.address(node, field))

    def text(self, node: int, field: str) -> str:
        """Tell the text of a field in this year, empty where there is none."""
        return self.stored(node, field) or ""

    def children(self, parent: int, kind: NodeKind) -> tuple[Node, ...]:
        """Tell the children of one kind that exist in this year, in order."""
        return tuple(node for node in self.snapshot.tree.children(parent, kind) if node.lives_in(self.year))

    def in_year(self, year: int) -> "YearView":
        """Read another fiscal year of the same snapshot."""
        return YearView(self.snapshot, year, self.period_fields)

    @cached_property
    def sections(self) -> tuple[Node, ...]:
        """Tell all 区分 of the year in order."""
        return self.children(ROOT, NodeKind.SECTION)

    @cached_property
    def items(self) -> tuple[Node, ...]:
        """Tell all 項目 of the year in the order of the document."""
        return tuple(item for section in self.sections for item in self.children(section.id, NodeKind.ITEM))
