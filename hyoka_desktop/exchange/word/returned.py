"""Hold what a document that was handed out came back as: texts of its fields, tracked changes, comments, notes."""

from collections.abc import Mapping
from dataclasses import dataclass

from hyoka_desktop.domain.report import Address
from hyoka_desktop.exchange.word.document import RevisionKind
from hyoka_desktop.exchange.word.notes import ReturnNote


@dataclass(frozen=True, slots=True)
class Revision:
    """Hold a tracked change: what kind, by whom, when (ISO as Word writes it), its text, and where."""

    kind: RevisionKind
    author: str
    date: str
    text: str
    address: Address | None
    place: str


@dataclass(frozen=True, slots=True)
class Reply:
    """Hold an answer to a comment."""

    author: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class ReturnedComment:
    """Hold a comment with its replies, and the text that it is about.

    `address` is a field, the item (with the empty field) where it stands at no field, or None where neither is known.
    """

    address: Address | None
    place: str
    author: str
    date: str
    quoted: str
    text: str
    replies: tuple[Reply, ...]
    done: bool


@dataclass(frozen=True)
class Returned:
    """Hold a whole return.

    `texts` are all fields that were found, unchanged ones with what is stored; `unplaced` those that were not, or that
    could not be taken, each under some note.
    """

    passport: str
    texts: Mapping[Address, str]
    unplaced: frozenset[Address]
    notes: tuple[ReturnNote, ...]
    revisions: tuple[Revision, ...]
    comments: tuple[ReturnedComment, ...]
