"""Take along what people said about fields in a file that came back."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hyoka_desktop.domain import comments
from hyoka_desktop.domain.comments import Comment, Remark
from hyoka_desktop.domain.report import Address, NodeKind, Snapshot, YearView


@dataclass(frozen=True, slots=True)
class IncomingRemark:
    """Hold what somebody said about a field, with the answers to it; `on` is the comment here that it answers."""

    place: Address
    text: str
    person: str
    at: str
    replies: tuple["IncomingRemark", ...] = ()
    on: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Hold a sentence on what a document holds that is no text of a field, and whether it was taken all the same."""

    text: str
    is_taken: bool


def remarks_of(base: Snapshot, ours: Snapshot, theirs: Snapshot, ids: Mapping[int, int]) -> tuple[IncomingRemark, ...]:
    """Tell what was said in their file since it went out, and is not here already; `ids` maps their ids to ours."""
    found: list[IncomingRemark] = []
    for comment in _all_comments(theirs):
        place = comment.place._replace(node=ids.get(comment.place.node, comment.place.node))
        if comment.node not in base.tree.nodes:
            replies = tuple(_incoming(place, reply) for reply in comment.replies)
            found.append(IncomingRemark(place, *_words(comment.remark), replies))
            continue
        here = next((one for one in _all_comments(ours) if one.node == comment.node), None)
        known = {_words(reply) for reply in here.replies} if here is not None else set()
        new = [reply for reply in comment.replies if reply.node not in base.tree.nodes and _words(reply) not in known]
        found += [IncomingRemark(place, *_words(reply), on=comment.node) for reply in new]
    return unsaid(found, ours)


def unsaid(remarks: Iterable[IncomingRemark], ours: Snapshot) -> tuple[IncomingRemark, ...]:
    """Tell the remarks that are not here already, so that a file that comes back twice says nothing twice."""
    said_here = {_said(one) for one in _all_comments(ours)}
    return tuple(one for one in remarks if one.on is not None or _key(one) not in said_here)


def _key(remark: IncomingRemark) -> tuple[str, ...]:
    return (remark.place.field, remark.text, remark.person, remark.at)


def _all_comments(snapshot: Snapshot) -> Iterator[Comment]:
    found = [node.first_year for node in snapshot.tree.nodes.values() if node.kind is NodeKind.COMMENT]
    for year in sorted({year for year in found if year is not None}):
        yield from comments.comments_of(YearView(snapshot, year, frozenset()))


def _words(remark: Remark) -> tuple[str, str, str]:
    return remark.text, remark.person, remark.at


def _incoming(place: Address, remark: Remark) -> IncomingRemark:
    return IncomingRemark(place, *_words(remark))


def _said(comment: Comment) -> tuple[str, ...]:
    return (comment.place.field, *_words(comment.remark))
