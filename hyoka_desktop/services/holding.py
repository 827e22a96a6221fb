"""Tell what a part of the report holds, so that a person knows what goes with it."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from hyoka_desktop.domain.report import NodeKind, YearView

_TOLD: Final[Mapping[NodeKind, tuple[NodeKind, ...]]] = {
    NodeKind.SECTION: (NodeKind.ITEM,),
    NodeKind.ITEM: (NodeKind.ROW, NodeKind.INDICATOR, NodeKind.OUTPUT, NodeKind.COMMENT),
    NodeKind.ROW: (NodeKind.INDICATOR, NodeKind.COMMENT),
}
"""What is counted in a part. Who knows the number of items needs not that of their rows."""


def held_in(view: YearView, node: int) -> Mapping[NodeKind, int]:
    """Count what lives in the year below a node, by kinds in the order of the report; what it has none of is left out.

    Of a 区分 the items are counted, of an item rows, indicators and comments.
    """
    tree = view.snapshot.tree
    found = Counter(below.kind for below in tree.subtree(node) if below.id != node and below.lives_in(view.year))
    return {kind: found[kind] for kind in _TOLD.get(tree.nodes[node].kind, ()) if found[kind]}
