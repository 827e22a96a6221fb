"""Note what of a return from Word was not taken, or should be known: by code, place and text."""

from dataclasses import dataclass
from enum import StrEnum

from hyoka_desktop.domain.report import Address


class NoteCode(StrEnum):
    """Name what is to be said; `messages/returned.py` says it."""

    TABLE_MISSING = "table_missing"
    TABLE_ADDED = "table_added"
    SECTION_DOUBTFUL = "section_doubtful"
    ROW_MISSING = "row_missing"
    ROW_ADDED = "row_added"
    SHAPE_CHANGED = "shape_changed"
    WORDS_CHANGED = "words_changed"
    WORDS_MISSING = "words_missing"
    LINES_ADDED = "lines_added"
    DOUBTFUL = "doubtful"
    LOCKED = "locked"
    LATER_YEAR = "later_year"
    NOT_A_CHOICE = "not_a_choice"
    NOT_A_DATE = "not_a_date"
    DIFFERING = "differing"
    ELSEWHERE = "elsewhere"
    VALUE_WRITTEN_OVER = "value_written_over"
    CLEANED = "cleaned"
    PICTURE = "picture"
    TEXT_BOX = "text_box"
    FOOTNOTE = "footnote"
    EQUATION = "equation"
    NESTED_TABLE = "nested_table"
    EMBEDDED = "embedded"
    NUMBERING = "numbering"
    SYMBOL = "symbol"
    NO_PASSPORT = "no_passport"
    OTHER_PASSPORT = "other_passport"
    COMMENT_UNPLACED = "comment_unplaced"


REFUSALS = frozenset(
    {
        NoteCode.TABLE_MISSING,
        NoteCode.TABLE_ADDED,
        NoteCode.SECTION_DOUBTFUL,
        NoteCode.ROW_MISSING,
        NoteCode.ROW_ADDED,
        NoteCode.SHAPE_CHANGED,
        NoteCode.WORDS_CHANGED,
        NoteCode.WORDS_MISSING,
        NoteCode.LINES_ADDED,
        NoteCode.DOUBTFUL,
        NoteCode.LOCKED,
        NoteCode.LATER_YEAR,
        NoteCode.NOT_A_CHOICE,
        NoteCode.NOT_A_DATE,
        NoteCode.DIFFERING,
        NoteCode.PICTURE,
        NoteCode.TEXT_BOX,
        NoteCode.FOOTNOTE,
        NoteCode.EQUATION,
        NoteCode.NESTED_TABLE,
        NoteCode.EMBEDDED,
        NoteCode.NUMBERING,
    }
)
"""What was not taken; the rest was, and is only to be known."""


@dataclass(frozen=True, slots=True)
class ReturnNote:
    """Hold one note: where in words of the document, the field if it is about one, and what was there and is there.

    `row` counts the rows of the table from 1, 0 where it is about no row.
    """

    code: NoteCode
    place: str
    address: Address | None = None
    before: str = ""
    after: str = ""
    row: int = 0

    @property
    def is_refusal(self) -> bool:
        """Tell whether something was not taken."""
        return self.code in REFUSALS
