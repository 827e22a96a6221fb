"""Talk about fields: say, answer, say otherwise, close and take away, in the name of who works here."""

from collections.abc import Sequence

from hyoka_desktop.domain import comments
from hyoka_desktop.domain.changes import ChangeSet
from hyoka_desktop.domain.comments import Comment, CommentState, Remark
from hyoka_desktop.domain.report import ROOT, Address, YearView
from hyoka_desktop.services.author import current_author, now
from hyoka_desktop.services.session import Session, clean_text


def add_comment(session: Session, year: int, place: Address, text: str) -> ChangeSet | None:
    """Say something about a field; nothing where nothing is said."""
    said = _said(text)
    view = session.view(year)
    return session.do(comments.add_comment(view, place, said, current_author().person, now()) if said else None)


def add_reply(session: Session, year: int, comment: Comment, text: str) -> ChangeSet | None:
    """Answer a comment."""
    said = _said(text)
    view = session.view(year)
    return session.do(comments.add_reply(view, comment, said, current_author().person, now()) if said else None)


def say_draft(session: Session, place: Address, text: str) -> ChangeSet | None:
    """Say what was being written on a field; where the place is a comment, as an answer to it.

    Where it is the text of a remark, the remark is said in these words, or is answered where somebody else said it.
    """
    view = session.view(place.year)
    if place.field == comments.COMMENT_TEXT:
        return _say_otherwise(session, view, place.node, text)
    answered = [comment for comment in comments.comments_of(view) if comment.node == place.node]
    if answered:
        return add_reply(session, place.year, answered[0], text)
    return add_comment(session, place.year, place, text)


def rewrite(session: Session, year: int, comment: Comment, remark: Remark, text: str) -> ChangeSet | None:
    """Say one's own remark in other words."""
    said = _said(text)
    return session.do(comments.rewrite(session.view(year), comment, remark, said) if said else None)


def set_open(session: Session, year: int, comment: Comment, *, is_open: bool) -> ChangeSet | None:
    """Close a comment, or open it again."""
    state = CommentState.OPEN if is_open else CommentState.CLOSED
    return session.do(comments.set_comment_state(session.view(year), comment, state))


def remove(session: Session, year: int, comment: Comment, remark: Remark) -> ChangeSet | None:
    """Take away one's own remark."""
    return session.do(comments.remove_remark(session.view(year), comment, remark))


def open_places(view: YearView) -> Sequence[Address]:
    """Tell the fields with open comments in the order of the document, each once."""
    order = {node.id: place for place, node in enumerate(view.snapshot.tree.subtree(ROOT))}
    places = {comment.place for comment in comments.comments_of(view) if comment.is_open}
    return sorted(places, key=lambda place: (order[place.node], place.field))


def is_own(remark: Remark) -> bool:
    """Tell whether who works here said it."""
    return remark.person == current_author().person


def is_removable(comment: Comment, remark: Remark) -> bool:
    """Tell whether who works here may take a remark away: one's own, a comment while nobody else has answered."""
    if remark.node == comment.node:
        return comment.can_be_removed_by(current_author().person)
    return is_own(remark)


def _say_otherwise(session: Session, view: YearView, node: int, text: str) -> ChangeSet | None:
    for comment in comments.comments_of(view):
        for remark in (comment.remark, *comment.replies):
            if remark.node == node and is_own(remark):
                return rewrite(session, view.year, comment, remark, text)
            if remark.node == node:
                return add_reply(session, view.year, comment, text)
    return None


def _said(text: str) -> str:
    """Tell what is said without the room around it; empty where nothing would be left when it is clean."""
    said = text.strip()
    return said if clean_text(said).text.strip() else ""
