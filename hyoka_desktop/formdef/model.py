"""What a form definition says, as data: fields with their editors, parts, tables, cells, paper and styles.

Every kind is a closed set. Lengths are millimetres and points as the file has them; `compose` makes them `Length`s.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.formdef.template import Template

USUAL_LATIN_SPACE_EM: Final = 0.2
"""Between kanji and digits: JIS X 4051 has a quarter em that may shrink to an eighth; LibreOffice sets the same."""


class FieldKind(StrEnum):
    """Name how a field is edited and stored."""

    TEXT = "text"
    LINE = "line"
    LINES = "lines"
    LETTER = "letter"
    FLAG = "flag"
    DATE = "date"
    COUNT = "count"
    QUANTITY = "quantity"
    CHOICE = "choice"


class Scope(StrEnum):
    """Tell whether a value belongs to the 中期目標期間 or to one fiscal year."""

    PERIOD = "period"
    YEAR = "year"


class Owner(StrEnum):
    """Tell who writes a field."""

    AGENCY = "agency"
    BUREAU = "bureau"
    BOTH = "both"


class Align(StrEnum):
    """Name how lines stand in their width; `distribute` is 均等割り."""

    START = "start"
    CENTER = "center"
    END = "end"
    JUSTIFY = "justify"
    DISTRIBUTE = "distribute"


@dataclass(frozen=True, slots=True)
class FieldDefinition:
    """Declare a field: whose it is, how it is edited, where, and what a blank one prints.

    `initial` is what it begins with in a new report; it may mention the year and the name of the organization. What is
    `internal` is for those who write the report, and is printed only where an output asks for it.
    """

    id: str
    on: NodeKind
    per: Scope
    kind: FieldKind
    label: str
    owner: Owner
    tab: str
    locked: bool = False
    guidance: str = ""
    tip: str = ""
    choices: tuple[str, ...] = ()
    initial: Template | None = None
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """Name a tab of the item page, or a page of the report, and what is shown beside its editors.

    `beside` names fields; one of an indicator stands for all that the indicators of a row print.
    """

    id: str
    label: str
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextPiece:
    """Print a template, one paragraph for each line of it.

    `heading` is printed before where the piece has text (and, with `heading_with`, the context has such children).
    `bullet` stands before each paragraph.
    """

    template: Template
    heading: str = ""
    heading_with: NodeKind | None = None
    bullet: str = ""


@dataclass(frozen=True, slots=True)
class EachPiece:
    """Print pieces for each child node of a kind; the heading only where there is any text."""

    kind: NodeKind
    pieces: tuple["Piece", ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Append a text to a letter where a flag field is set."""

    flag: str
    text: str


@dataclass(frozen=True, slots=True)
class LetterPiece:
    """Print a rating letter with its marks, underlined where `underline` is set (総括表)."""

    field: str
    marks: tuple[Mark, ...] = ()
    underline: str = ""


@dataclass(frozen=True, slots=True)
class LinkPiece:
    """Print a template as a link to the 調書 of the item."""

    template: Template


Piece = TextPiece | EachPiece | LetterPiece | LinkPiece


class Stretch(StrEnum):
    """Span as many columns as there are years, or all that are left in the row."""

    YEARS = "years"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class CellTemplate:
    """Lay out one cell; `each_year` repeats it for every year of the period.

    `rowspan` None means down to the end of the table. `share_above` names a field: where it is empty and the row above
    has it filled, the cell is merged with the one above. `years_before` reads the cell in an earlier year.
    """

    pieces: tuple[Piece, ...]
    colspan: int | Stretch = 1
    rowspan: int | None = 1
    each_year: bool = False
    style: str = "cell"
    align: Align | None = None
    label: bool = False
    share_above: str = ""
    years_before: int = 0


@dataclass(frozen=True, slots=True)
class RowTemplate:
    """Lay out one row; a header row repeats on every page. `least_mm` is its height where its cells hold less."""

    cells: tuple[CellTemplate, ...]
    header: bool = False
    least_mm: float = 0


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Repeat rows for each child node of a kind."""

    kind: NodeKind
    rows: tuple["RowTemplate | RowGroup", ...]


@dataclass(frozen=True, slots=True)
class Column:
    """Give the width of a column, or the width that the columns of all years share."""

    mm: float
    each_year: bool = False


@dataclass(frozen=True, slots=True)
class TableBlock:
    """Lay out a table; `title` names it for those who cannot see it.

    With `keep_together` it is not divided between pages where one page can hold it; with `keep_notes` its last row
    stays with the notes below it.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[RowTemplate | RowGroup, ...]
    keep_together: bool = False
    keep_notes: bool = False


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    """Print a heading that contents and outline may point to."""

    template: Template
    level: int
    contents_number: str = ""
    contents_text: Template | None = None


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Print paragraphs outside a table in a style."""

    pieces: tuple[Piece, ...]
    style: str
    keep_with_next: bool = False


@dataclass(frozen=True, slots=True)
class ChartsBlock:
    """Draw each achievement below an item as a small chart over the years, `columns` beside each other."""

    title: str
    columns: int
    height_mm: float


Block = TableBlock | HeadingBlock | TextBlock | ChartsBlock


@dataclass(frozen=True, slots=True)
class BlocksPart:
    """Print blocks from a new page on; without page numbers where `front` is set (cover)."""

    id: str
    label: str
    blocks: tuple[Block, ...]
    front: bool = False
    new_page: bool = True


@dataclass(frozen=True, slots=True)
class ContentsPart:
    """Print the contents with leaders and page numbers."""

    id: str
    label: str
    title: str
    page_prefix: str = ""


@dataclass(frozen=True, slots=True)
class SheetsPart:
    """Print the 調書 of all items, each on a new page; the templates make the lines of the contents."""

    id: str
    label: str
    section_entry: Template
    item_entry: Template


@dataclass(frozen=True, slots=True)
class ItemsPart:
    """Print the same blocks for each item, each on a new page; `on_one_page` sets them as large as one page takes."""

    id: str
    label: str
    blocks: tuple[Block, ...]
    on_one_page: bool = False


Part = BlocksPart | ContentsPart | SheetsPart | ItemsPart


@dataclass(frozen=True, slots=True)
class Sheet:
    """Lay out one kind of 調書."""

    id: str
    label: str
    tabs: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """Give the page and its margins in millimetres, already turned for landscape."""

    width_mm: float
    height_mm: float
    top_mm: float
    bottom_mm: float
    left_mm: float
    right_mm: float


@dataclass(frozen=True, slots=True)
class FontChoice:
    """Name the embedded font file and the family that Word shows.

    `own` names the family of the embedded file itself as Word knows it, and `own_alternative` its name on Windows.
    """

    file: str
    word: str
    word_alternative: str
    own: str = ""
    own_alternative: str = ""


@dataclass(frozen=True, slots=True)
class StyleDefinition:
    """Give the look of a paragraph; sizes in points. `label` names it in Word, where an agency may change it."""

    font: str
    size_pt: float
    leading_pt: float
    align: Align = Align.START
    before_pt: float = 0
    after_pt: float = 0
    indent_pt: float = 0
    latin_space_em: float = USUAL_LATIN_SPACE_EM
    label: str = ""


@dataclass(frozen=True, slots=True)
class Letters:
    """Say which letters there are, and the one for an item without activity in the year."""

    choices: tuple[str, ...]
    inactive: str


@dataclass(frozen=True)
class DocumentDefinition:
    """Lay out one document of a form: the report itself (with the empty id), or one that is drawn from it."""

    id: str
    label: str
    paper: Paper
    styles: Mapping[str, StyleDefinition]
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class FormDefinition:
    """Hold a whole 様式; `documents` are those that are drawn from the report: 評定一覧, ヒアリング資料 and such."""

    id: str
    name: str
    paper: Paper
    fonts: Mapping[str, FontChoice]
    styles: Mapping[str, StyleDefinition]
    page_number: str
    letters: Letters
    fields: Mapping[str, FieldDefinition]
    tabs: tuple[Tab, ...]
    pages: tuple[Tab, ...]
    sheets: Mapping[str, Sheet]
    parts: tuple[Part, ...]
    documents: Mapping[str, DocumentDefinition]

    @cached_property
    def period_fields(self) -> frozenset[str]:
        """Tell the fields whose values belong to the period."""
        return frozenset(field.id for field in self.fields.values() if field.per is Scope.PERIOD)

    @cached_property
    def report(self) -> DocumentDefinition:
        """Tell the layout of the report itself."""
        return DocumentDefinition("", self.name, self.paper, self.styles, self.parts)

    def fields_on(self, kind: NodeKind, tab: str | None = None) -> tuple[FieldDefinition, ...]:
        """Tell the fields of a kind of node in the order of the form, of one tab if given."""
        return tuple(field for field in self.fields.values() if field.on is kind and (tab is None or field.tab == tab))
