"""Hold what a Word document says once its revisions are accepted: paragraphs and tables, and who changed what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class RevisionKind(StrEnum):
    """Name what a tracked change did."""

    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED_HERE = "moved_here"
    MOVED_AWAY = "moved_away"


@dataclass(frozen=True, slots=True)
class TrackedChange:
    """Hold one tracked change of text: by whom and when (as Word writes it) as far as the file says."""

    kind: RevisionKind
    author: str
    date: str
    text: str


class Oddment(StrEnum):
    """Name what a field cannot hold."""

    PICTURE = "picture"
    TEXT_BOX = "text_box"
    FOOTNOTE = "footnote"
    EQUATION = "equation"
    NESTED_TABLE = "nested_table"
    EMBEDDED = "embedded"
    NUMBERING = "numbering"
    SYMBOL = "symbol"


@dataclass(frozen=True, slots=True)
class Odd:
    """Hold something that a field cannot hold, with the text in it."""

    kind: Oddment
    text: str = ""


@dataclass(slots=True)
class ReadParagraph:
    """Hold a paragraph; a line break in it is a line feed. `comments` are the ids of those that begin in it."""

    text: str = ""
    bookmarks: list[str] = field(default_factory=list)
    changes: list[TrackedChange] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    odds: list[Odd] = field(default_factory=list)
    ends_deleted: bool = False
    """Its end was deleted: it and the next one are one."""


@dataclass(frozen=True, slots=True)
class ReadCell:
    """Hold a cell; one that `goes_on` belongs to the merged cell above."""

    paragraphs: tuple[ReadParagraph, ...]
    goes_on: bool = False

    @property
    def lines(self) -> list[str]:
        """Tell its lines."""
        return [line for paragraph in self.paragraphs for line in paragraph.text.split("\n")]

    @property
    def text(self) -> str:
        """Tell its text without empty lines at the end."""
        return "\n".join(self.lines).rstrip("\n")


@dataclass(frozen=True, slots=True)
class ReadRow:
    """Hold a row; `deleted` tells the tracked change that took it away."""

    cells: tuple[ReadCell, ...]
    deleted: TrackedChange | None = None

    @property
    def text(self) -> str:
        """Tell the texts of its cells that have any."""
        return " ".join(text for cell in self.cells if (text := cell.text))

    @property
    def bookmarks(self) -> Iterator[str]:
        """Yield the bookmarks in it."""
        return (name for cell in self.cells for paragraph in cell.paragraphs for name in paragraph.bookmarks)


@dataclass(frozen=True, slots=True)
class ReadTable:
    """Hold a table."""

    rows: tuple[ReadRow, ...]

    @property
    def text(self) -> str:
        """Tell all its text."""
        return " ".join(text for row in self.rows if (text := row.text))


@dataclass(frozen=True, slots=True)
class ReadComment:
    """Hold a comment, or a reply to the one of the id `answers`."""

    id: str
    author: str
    date: str
    text: str
    answers: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """Hold a whole document; `quoted` is the text that each comment is about."""

    blocks: tuple[ReadParagraph | ReadTable, ...]
    comments: tuple[ReadComment, ...]
    quoted: Mapping[str, str]
    passports: tuple[str, ...]
