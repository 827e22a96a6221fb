"""The closed set of nodes that a document is made of, with every geometry that the form fixes.

`source` is an opaque hashable value that names where a text came from; `document` and `typeset` only carry it.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from hyoka_desktop.document.length import Length

_NOTHING: Final = Length(0)
REST_OF_TABLE: Final = 0
"""As a rowspan: the cell goes down to the last row of the table."""


class Align(StrEnum):
    """Name how lines stand in their width.

    JUSTIFY fills every line but the last of a paragraph; DISTRIBUTE (均等割り) spreads all characters over the width.
    """

    START = "start"
    CENTER = "center"
    END = "end"
    JUSTIFY = "justify"
    DISTRIBUTE = "distribute"


@dataclass(frozen=True, slots=True)
class Font:
    """Name a font: the embedded file, and the families that Word is told."""

    file: str
    word: str
    word_alternative: str


@dataclass(frozen=True, slots=True)
class Style:
    """Give the look of a paragraph; `leading` is the exact distance of baselines.

    `latin_space` stands between kanji or kana and Latin letters or digits, in parts of the font size (JLReq 3.2.6).
    `label` is what people call the style.
    """

    name: str
    font: Font
    size: Length
    leading: Length
    align: Align
    before: Length
    after: Length
    indent: Length
    latin_space: float = 0.0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Hold a piece of text with one look; `link` names an anchor of the document."""

    text: str
    underline: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Hold one paragraph; lines after the first begin further in by `hanging`, behind the mark of a list item."""

    runs: tuple[Run, ...]
    style: Style
    align: Align
    source: Hashable = None
    keep_with_next: bool = False
    hanging: Length = _NOTHING

    @property
    def text(self) -> str:
        """Tell the text of all runs."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Heading:
    """Hold a heading; contents and outline point to its `anchor`."""

    paragraph: Paragraph
    level: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Hold one cell at its place in the grid (`column` from 0).

    `label` marks captions, drawn on a tint; `reserved` a cell that is left for somebody else to fill, drawn on a shade.
    `origin` is an opaque value that says from what the cell was composed; cells that look the same are equal.
    """

    column: int
    colspan: int
    rowspan: int
    paragraphs: tuple[Paragraph, ...]
    label: bool = False
    source: Hashable = None
    reserved: bool = False
    origin: Hashable = field(default=None, compare=False, repr=False)

    @property
    def end(self) -> int:
        """Tell the column behind the cell."""
        return self.column + self.colspan

    @property
    def centred(self) -> bool:
        """Tell whether the text stands in the middle of the height of the cell: captions, and what is centred."""
        return self.label or (bool(self.paragraphs) and all(p.align is Align.CENTER for p in self.paragraphs))


@dataclass(frozen=True, slots=True)
class Row:
    """Hold the cells that begin in a row; a header row repeats on every page of the table.

    A row is at least `least` high, also where its cells hold less.
    """

    cells: tuple[Cell, ...]
    header: bool = False
    least: Length = _NOTHING


@dataclass(frozen=True, slots=True)
class TableStyle:
    """Give padding inside cells, the width of rules, and the tints of label and of reserved cells.

    A tint is 0 for black and 1 for white.
    """

    padding_x: Length
    padding_y: Length
    rule: Length
    tint: float
    leading: Length
    gap: Length
    shade: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """Hold a table on a fixed grid; `widths` are its columns, rowspans are resolved numbers.

    With `keep_together` it is not divided between pages where one page can hold it; with `keep_notes` its last row
    stays with the paragraph that follows, also where Word breaks the pages.
    """

    title: str
    widths: tuple[Length, ...]
    rows: tuple[Row, ...]
    style: TableStyle
    keep_together: bool = False
    keep_notes: bool = False

    @property
    def header_rows(self) -> int:
        """Tell how many rows repeat at the top of each page."""
        return next((index for index, row in enumerate(self.rows) if not row.header), len(self.rows))


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """Hold one line of the contents; `number` stands in a column of its own."""

    level: int
    number: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Contents:
    """Hold the contents; the page numbers come from the typesetter."""

    title: Paragraph
    entries: tuple[ContentsEntry, ...]
    styles: tuple[Style, Style]
    number_width: Length
    page_prefix: str


@dataclass(frozen=True, slots=True)
class Area:
    """Tint a box of a figure, in lengths from its top left corner."""

    x: Length
    y: Length
    width: Length
    height: Length
    tint: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """Draw a horizontal or vertical line of a figure, in lengths from its top left corner."""

    x0: Length
    y0: Length
    x1: Length
    y1: Length
    thickness: Length


@dataclass(frozen=True, slots=True)
class Label:
    """Set a short text in a figure: it begins at `y`, its width from `x` on is `width`; it has `lines` at most."""

    paragraph: Paragraph
    x: Length
    y: Length
    width: Length
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold a drawing that is never divided between pages; `description` tells it to those who cannot see it."""

    height: Length
    shapes: tuple[Area | Stroke | Label, ...]
    description: tuple[Paragraph, ...]


Block = Paragraph | Heading | Table | Contents | Figure


@dataclass(frozen=True, slots=True)
class PageMark:
    """Hold what stands at the head of every page, boxed or not, at the side that its paragraph is aligned to."""

    paragraph: Paragraph
    boxed: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Give the size of the paper and its margins."""

    width: Length
    height: Length
    top: Length
    bottom: Length
    left: Length
    right: Length

    @property
    def text_width(self) -> Length:
        """Tell the width between the margins."""
        return Length(self.width - self.left - self.right)

    @property
    def text_height(self) -> Length:
        """Tell the height between the margins."""
        return Length(self.height - self.top - self.bottom)


@dataclass(frozen=True, slots=True)
class Section:
    """Hold blocks that begin on a new page; `key` names the part, for example the 調書 of one item.

    Pages are numbered where `numbered` is set, from 1 at the first numbered page of the document.
    """

    key: str
    blocks: tuple[Block, ...]
    numbered: bool
    source: Hashable = None


@dataclass(frozen=True, slots=True)
class Passport:
    """Say what state of which report a document shows, so that it is known again when it comes back from Word.

    With `printed` it also stands small at the foot of each page, for files whose properties are taken out on their way.
    With `tracked` Word notes who changes what.
    """

    text: str
    printed: bool = False
    tracked: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """Hold a whole document; `page_number` is what stands at the foot of numbered pages, empty where nothing does."""

    title: str
    author: str
    page: Page
    styles: Mapping[str, Style]
    page_number: str
    page_number_style: Style
    sections: tuple[Section, ...]
    head: tuple[PageMark, ...] = ()
    passport: Passport | None = None
