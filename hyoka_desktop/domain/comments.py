"""Talk about a field: comments that hang on its node in one year, their replies, and whether they are settled.

They are part of the work, never of the pages. Who wrote what and when is told by the comment itself and by the log.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hyoka_desktop.domain.changes import Action, Edit, NodeChange, ValueChange
from hyoka_desktop.domain.report import Address, Node, NodeKind, Tree, YearView

COMMENT_FIELD: Final = "comment_field"
COMMENT_TEXT: Final = "comment_text"
COMMENT_STATE: Final = "comment_state"
COMMENT_PERSON: Final = "comment_person"
COMMENT_TIME: Final = "comment_time"
COMMENT_FIELDS: Final = frozenset({COMMENT_FIELD, COMMENT_TEXT, COMMENT_STATE, COMMENT_PERSON, COMMENT_TIME})


class CommentState(StrEnum):
    """Tell whether a comment still waits for something."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Remark:
    """Hold what a person said, and when (ISO time)."""

    node: int
    text: str
    person: str
    at: str


@dataclass(frozen=True, slots=True)
class Comment:
    """Hold a comment on the field of a node, with its replies, oldest first."""

    place: Address
    remark: Remark
    state: CommentState
    replies: tuple[Remark, ...]

    @property
    def node(self) -> int:
        """Tell the id of the comment."""
        return self.remark.node

    @property
    def is_open(self) -> bool:
        """Tell whether the comment still waits for something."""
        return self.state is CommentState.OPEN

    def can_be_removed_by(self, person: str) -> bool:
        """Tell whether a person may take the comment away: one's own, while nobody else has answered."""
        return all(remark.person == person for remark in (self.remark, *self.replies))


def add_comment(view: YearView, place: Address, text: str, person: str, at: str) -> Edit:
    """Say something about a field of a node in the view's year."""
    texts = {COMMENT_FIELD: place.field, COMMENT_STATE: CommentState.OPEN.value}
    return _say(view, place.node, NodeKind.COMMENT, {**texts, **_said(text, person, at)}, place)


def add_reply(view: YearView, comment: Comment, text: str, person: str, at: str) -> Edit:
    """Answer a comment."""
    return _say(view, comment.node, NodeKind.REPLY, _said(text, person, at), comment.place)


def rewrite(view: YearView, comment: Comment, remark: Remark, text: str) -> Edit | None:
    """Say a comment or a reply in other words."""
    return _set(view, comment, Address(remark.node, COMMENT_TEXT, view.year), text)


def set_comment_state(view: YearView, comment: Comment, state: CommentState) -> Edit | None:
    """Close a comment that is settled, or open it again."""
    return _set(view, comment, Address(comment.node, COMMENT_STATE, view.year), state.value)


def remove_remark(view: YearView, comment: Comment, remark: Remark) -> Edit:
    """Take away a reply, or a comment with all replies."""
    gone = list(view.snapshot.tree.subtree(remark.node))
    values = [
        ValueChange(Address(node.id, field, view.year), text, None)
        for node in gone
        for field in sorted(COMMENT_FIELDS)
        if (text := view.snapshot.stored(Address(node.id, field, view.year))) is not None
    ]
    nodes = [NodeChange(node, None) for node in reversed(gone)]
    return Edit(Action.COMMENT, comment.place.field, (*values, *nodes), comment.place)


def comments_of(view: YearView) -> tuple[Comment, ...]:
    """Tell all comments of the view's year whose place is still there, oldest first."""
    tree = view.snapshot.tree
    found = [node for node in tree.nodes.values() if node.kind is NodeKind.COMMENT and node.lives_in(view.year)]
    return tuple(
        _comment(view, node) for node in sorted(found, key=lambda node: node.id) if _is_shown(tree, node, view)
    )


def open_on(view: YearView, node: int, field: str) -> int:
    """Tell the number of open comments on one field."""
    return sum(
        comment.is_open and comment.place.field == field
        for comment in (_comment(view, found) for found in view.children(node, NodeKind.COMMENT))
    )


def open_counts(view: YearView) -> Mapping[int, int]:
    """Tell the number of open comments of each item that has some."""
    tree = view.snapshot.tree
    items = (tree.ancestor(comment.place.node, NodeKind.ITEM) for comment in comments_of(view) if comment.is_open)
    return Counter(item.id for item in items if item is not None)


def _comment(view: YearView, node: Node) -> Comment:
    def text(field: str) -> str:
        return view.snapshot.stored(Address(node.id, field, view.year)) or ""

    assert node.parent is not None, "a comment hangs on a node"
    state = CommentState.CLOSED if text(COMMENT_STATE) == CommentState.CLOSED else CommentState.OPEN
    replies = tuple(_remark(view, reply) for reply in view.children(node.id, NodeKind.REPLY))
    return Comment(Address(node.parent, text(COMMENT_FIELD), view.year), _remark(view, node), state, replies)


def _remark(view: YearView, node: Node) -> Remark:
    text, person, at = (
        view.snapshot.stored(Address(node.id, field, view.year)) or ""
        for field in (COMMENT_TEXT, COMMENT_PERSON, COMMENT_TIME)
    )
    return Remark(node.id, text, person, at)


def _is_shown(tree: Tree, node: Node, view: YearView) -> bool:
    above = node
    while above.parent is not None:
        above = tree.nodes[above.parent]
        if not above.lives_in(view.year):
            return False
    return True


def _said(text: str, person: str, at: str) -> Mapping[str, str]:
    return {COMMENT_TEXT: text, COMMENT_PERSON: person, COMMENT_TIME: at}


def _say(view: YearView, above: int, kind: NodeKind, texts: Mapping[str, str], place: Address) -> Edit:
    tree = view.snapshot.tree
    node = Node(view.snapshot.next_node, kind, above, len(tree.children(above, kind)), view.year, view.year)
    values = [ValueChange(Address(node.id, field, view.year), None, text) for field, text in texts.items() if text]
    return Edit(Action.COMMENT, place.field, (NodeChange(None, node), *values), place)


def _set(view: YearView, comment: Comment, address: Address, text: str) -> Edit | None:
    before = view.snapshot.stored(address)
    if (before or "") == text:
        return None
    return Edit(Action.COMMENT, comment.place.field, (ValueChange(address, before, text),), comment.place)
