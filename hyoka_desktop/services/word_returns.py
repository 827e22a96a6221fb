"""Read a document that was handed out for Word and came back, against what it showed when it went out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hyoka_desktop.domain.handouts import Handout, HandoutFormat, handouts_of
from hyoka_desktop.domain.report import Address, Snapshot, YearView
from hyoka_desktop.errors import HyokaError, InputError
from hyoka_desktop.exchange.word.document import ReadDocument
from hyoka_desktop.exchange.word.notes import NoteCode, ReturnNote
from hyoka_desktop.exchange.word.reader import read_document
from hyoka_desktop.exchange.word.return_reader import returned_from
from hyoka_desktop.exchange.word.returned import Returned, ReturnedComment
from hyoka_desktop.messages.returned import note_sentence
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.export import composed
from hyoka_desktop.services.files import refuse_held
from hyoka_desktop.services.handout_cells import expected_of
from hyoka_desktop.services.handouts import SHEETS, word_request
from hyoka_desktop.services.remarks import IncomingRemark, Note
from hyoka_desktop.services.session import Session
from hyoka_desktop.store.past import snapshot_after

_STRANGE: Final = frozenset({NoteCode.TABLE_MISSING, NoteCode.TABLE_ADDED, NoteCode.SECTION_DOUBTFUL})
"""What is said where a document was handed out with other items."""


@dataclass(frozen=True)
class WordReturn:
    """Hold what came back as a document: of which handout, its texts, comments, and what is to be said of the rest."""

    handout: Handout
    texts: dict[Address, str]
    remarks: tuple[IncomingRemark, ...]
    notes: tuple[Note, ...]


def read_word_file(session: Session, path: Path) -> WordReturn:
    """Read a document; InputError where it was not handed out of this report, or it is not to be told when.

    Its passport tells which state went out. Where nothing is left of that, the items and texts that are locked do.
    """
    refuse_held(path)
    document = read_document(path)
    known = _candidates(session, document)
    reading = _Reading(session, document, path)
    if not known:
        raise InputError("return_not_handed_out", path=str(path))
    read = [(one, found) for one in known if (found := reading.as_handout(one))]
    if not read:
        raise InputError("returned_other_document", path=str(path))
    ranked = sorted(read, key=lambda pair: _rank(pair[1]))
    best = [pair for pair in ranked if _rank(pair[1]) == _rank(ranked[0][1])]
    if len({(one.passport.anchor, one.passport.items) for one, _ in best}) > 1:
        raise InputError("return_when", path=str(path))
    handout, found = min(best, key=lambda pair: bool(pair[0].imported))
    texts = {address: text for address, text in found.texts.items() if address.field in session.form.fields}
    return WordReturn(handout, texts, tuple(_comments(found, handout)), tuple(_notes(found)))


def _candidates(session: Session, document: ReadDocument) -> Sequence[Handout]:
    """Tell the handouts that a document can be: those of its passport, or all where it has none."""
    known = [one for one in handouts_of(session.snapshot) if one.format is HandoutFormat.WORD]
    named = [one for one in known if any(_names(passport, one) for passport in document.passports)]
    return named if document.passports else known


def _names(passport: str, handout: Handout) -> bool:
    return passport.split()[1:] == [str(handout.passport.year), handout.passport.anchor]


class _Reading:
    """Read one document as several handouts; what went out in one state is worked out once."""

    def __init__(self, session: Session, document: ReadDocument, path: Path) -> None:
        self._session = session
        self._document = document
        self._path = path
        self._bases: dict[int, Snapshot] = {}

    def as_handout(self, handout: Handout) -> Returned | None:
        """Tell what it came back as; None where it is not that handout."""
        form, passport = self._session.form, handout.passport
        view = YearView(self._base(passport.sequence), passport.year, form.period_fields)
        printed = composed(form, view, word_request(passport, self._path))
        try:
            return returned_from(self._document, expected_of(printed, form, view, SHEETS.options(form)), self._path)
        except HyokaError as error:
            if error.code == "returned_other_document":
                return None
            raise

    def _base(self, sequence: int) -> Snapshot:
        if sequence not in self._bases:
            asked = self._session.ask(lambda repository: snapshot_after(repository, sequence))
            self._bases[sequence] = asked.result()
        return self._bases[sequence]


def _rank(found: Returned) -> tuple[int, int]:
    """Tell how strange a document is as a handout: tables too few or too many, then all that is locked and changed."""
    strange = sum(note.code in _STRANGE for note in found.notes)
    return strange, sum(note.code in {NoteCode.LOCKED, NoteCode.WORDS_CHANGED} for note in found.notes)


def _comments(found: Returned, handout: Handout) -> Iterator[IncomingRemark]:
    """Tell the comments as those of this program; one at no field stands at the first item that was handed out."""
    for comment in found.comments:
        place = comment.address or Address(handout.passport.items[0], "", handout.passport.year)
        replies = tuple(IncomingRemark(place, reply.text, reply.author, reply.date) for reply in comment.replies)
        yield IncomingRemark(place, _said(comment), comment.author, comment.date, replies)


def _said(comment: ReturnedComment) -> str:
    """Tell a comment with the words that it speaks of."""
    return word("comment_on", quoted=comment.quoted, text=comment.text) if comment.quoted else comment.text


def _notes(found: Returned) -> Iterator[Note]:
    """Say what was not taken or should be known, then who changed what."""
    yield from (Note(_sentence(note), not note.is_refusal) for note in found.notes)
    for revision in found.revisions:
        said = word(
            f"revision_{revision.kind.value}",
            place=revision.place,
            author=revision.author or word("revision_nobody"),
            date=revision.date[:10],
            text=revision.text,
        )
        yield Note(said, is_taken=True)


def _sentence(note: ReturnNote) -> str:
    return note_sentence(note.code.value, note.place, note.before, note.after, note.row)
