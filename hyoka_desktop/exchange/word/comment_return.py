"""Put the comments of a returned document together with what was answered, each on its field."""

from collections.abc import Mapping, Sequence

from hyoka_desktop.domain.report import Address
from hyoka_desktop.exchange.word.document import ReadComment, ReadDocument
from hyoka_desktop.exchange.word.returned import Reply, ReturnedComment
from hyoka_desktop.text.normaliser import normalise


def returned_comments(
    document: ReadDocument, places: Mapping[str, tuple[Address | None, str]]
) -> tuple[ReturnedComment, ...]:
    """Tell the comments in their order; `places` gives field and place by the id of a comment, where it is known."""
    roots, threads = _roots(document.comments), dict[str, list[ReadComment]]()
    for comment in document.comments:
        threads.setdefault(roots[comment.id], []).append(comment)
    return tuple(_thread(thread[0], thread[1:], document, places) for thread in threads.values())


def _roots(comments: Sequence[ReadComment]) -> Mapping[str, str]:
    """Tell for each comment the one that it answers in the end: itself where it answers none that came before it."""
    roots: dict[str, str] = {}
    for comment in comments:
        roots[comment.id] = roots.get(comment.answers, comment.id)
    return roots


def _thread(
    comment: ReadComment,
    answers: Sequence[ReadComment],
    document: ReadDocument,
    places: Mapping[str, tuple[Address | None, str]],
) -> ReturnedComment:
    address, place = places.get(comment.id, (None, ""))
    return ReturnedComment(
        address,
        place,
        normalise(comment.author).text,
        comment.date,
        normalise(document.quoted.get(comment.id, "")).text,
        normalise(comment.text).text,
        tuple(Reply(normalise(one.author).text, one.date, normalise(one.text).text) for one in answers),
        comment.done,
    )
