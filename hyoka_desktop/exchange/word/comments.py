"""Read the comments of a Word document with their replies (ECMA-376 Part 1, 17.13.4; replies: [MS-DOCX] 2.5.1)."""

from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree.ElementTree import Element

from hyoka_desktop.exchange.package_guard import Package
from hyoka_desktop.exchange.package_parts import Relations, parts_of_kind
from hyoka_desktop.exchange.word.document import ReadComment
from hyoka_desktop.exchange.word.runs import LONGEST_NAME, Story, TooLongError, name_of, value_of

MOST_COMMENTS: Final = 5_000
_TRUE: Final = frozenset({"1", "true", "on"})


def read_comments(package: Package, relations: Relations) -> tuple[ReadComment, ...]:
    """Read all comments in the order of the file."""
    threads = _threads(package, relations)
    found: list[ReadComment] = []
    ids: dict[str, str] = {}
    for name in parts_of_kind(package, relations, "comments"):
        comments = package.xml(name)
        if len(comments) > MOST_COMMENTS:
            raise TooLongError
        for comment in comments:
            if name_of(comment) == "comment":
                read, paragraph = _comment(comment)
                parent, done = threads.get(paragraph, ("", False))
                ids[paragraph] = read.id
                found.append(ReadComment(read.id, read.author, read.date, read.text, ids.get(parent, ""), done))
    return tuple(found)


def _comment(comment: Element) -> tuple[ReadComment, str]:
    """Tell a comment, and the id of its last paragraph, by which replies name it."""
    story, paragraphs = Story(), [inner for inner in comment.iter() if name_of(inner) == "p"]
    text = "\n".join(story.paragraph(paragraph).text for paragraph in paragraphs)
    author, date = (value_of(comment, name)[:LONGEST_NAME] for name in ("author", "date"))
    last = next(iter(_local(paragraphs[-1], "paraId")), "") if paragraphs else ""
    return ReadComment(value_of(comment, "id"), author, date, text.strip("\n")), last


def _threads(package: Package, relations: Relations) -> Mapping[str, tuple[str, bool]]:
    """Tell for the id of the last paragraph of a comment what it answers, and whether it is settled."""
    found: dict[str, tuple[str, bool]] = {}
    for name in parts_of_kind(package, relations, "commentsExtended"):
        for entry in package.xml(name):
            own, parent, done = (next(iter(_local(entry, key)), "") for key in ("paraId", "paraIdParent", "done"))
            if own:
                found[own] = (parent, done in _TRUE)
    return found


def _local(element: Element, name: str) -> Iterator[str]:
    """Yield the attributes of a name in whatever namespace: that of replies has changed with the versions of Word."""
    return (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
