"""Write a document as .docx: WordprocessingML built as text, opened and saved by python-docx.

Word breaks lines and pages itself, from the same geometry; rows are never cut here. The contents carry the page numbers
of our own typesetter as cached results.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, zip_longest
from typing import Final

import docx
from docx.oxml.parser import oxml_parser
from docx.oxml.xmlchemy import BaseOxmlElement

from hyoka_desktop.document.length import Length
from hyoka_desktop.document.model import (
    Block,
    Cell,
    Contents,
    ContentsEntry,
    Document,
    Figure,
    Heading,
    Paragraph,
    Row,
    Run,
    Section,
    Table,
    TableStyle,
)
from hyoka_desktop.typeset.frames import PageFrame
from hyoka_desktop.writers.docx_base import base_package
from hyoka_desktop.writers.docx_margins import margin_parts, references
from hyoka_desktop.writers.docx_markup import (
    BOOKMARK,
    JUSTIFICATION,
    NAMESPACES,
    TABLE_STYLE,
    field,
    label_anchor,
    plain_run,
    style_id,
)
from hyoka_desktop.writers.docx_pictures import Pictures
from hyoka_desktop.writers.package import FIXED_TIME, packed_again, property_of

_BREAK_BEFORE = "<w:pageBreakBefore/>"
_TWIPS_OF_FOOTER = 420
_PLAIN_TABLE: Final = TableStyle(
    Length.of_pt(2.5), Length.of_pt(2), Length.of_pt(0.5), 1.0, Length.of_pt(14), Length.of_pt(6)
)


def write_docx(document: Document, page_numbers: Mapping[str, int], figures: Sequence[PageFrame] = ()) -> bytes:
    """Write a document; `page_numbers` are the printed pages of the anchors. The same input gives the same bytes.

    `figures` are the frames of its figures in order; where they are not given, figures are told in words.
    """
    tables = [block for section in document.sections for block in section.blocks if isinstance(block, Table)]
    style = tables[0].style if tables else _PLAIN_TABLE
    package = docx.Document(base_package(document, style))
    pictures = Pictures(package, document, figures) if figures else None
    body = _parsed(_Writing(document, page_numbers, pictures).document_xml())
    package.part._element = body  # noqa: SLF001 - python-docx cannot take a ready body
    properties = package.core_properties
    properties.title, properties.author = property_of(document.title), property_of(document.author)
    properties.last_modified_by, properties.comments, properties.language, properties.revision = "", "", "ja-JP", 1
    properties.created = properties.modified = FIXED_TIME
    if document.passport is not None:
        properties.keywords = property_of(document.passport.text)
    target = io.BytesIO()
    package.save(target)
    return packed_again(target)


def _parsed(pieces: Iterator[str]) -> BaseOxmlElement:
    """Parse a part that comes in pieces: a long report as one text would hold all other threads up for a while."""
    parser = oxml_parser.copy()
    for piece in pieces:
        parser.feed(piece.encode("utf-8"))
    body: BaseOxmlElement = parser.close()
    return body


class _Writing:
    """One body being written."""

    def __init__(self, document: Document, page_numbers: Mapping[str, int], pictures: Pictures | None) -> None:
        self._document = document
        self._page_numbers = page_numbers
        self._pictures = pictures
        self._margins = margin_parts(document)
        self._ids = count(1)
        self._cells = count(1)
        self._section_key = ""
        self._break = ""
        self._numbers_begun = False

    def document_xml(self) -> Iterator[str]:
        """Write the whole main part, piece by piece."""
        yield f"<w:document {NAMESPACES}><w:body>"
        sections = self._document.sections
        for index, section in enumerate(sections):
            before = sections[index - 1] if index else None
            turns = before is not None and before.numbered != section.numbered
            if turns and before is not None:
                yield self._section_break(before)
            self._break = _BREAK_BEFORE if before is not None and not turns else ""
            yield from self._section(section)
        last = sections[-1] if sections else Section("", (), numbered=False)
        yield f"{self._section_properties(last)}</w:body></w:document>"

    def _section_break(self, section: Section) -> str:
        spacing = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        return f"<w:p><w:pPr>{spacing}{self._section_properties(section)}</w:pPr></w:p>"

    def _section_properties(self, section: Section) -> str:
        """Write page and margins of a section; the first numbered one begins with page 1, later ones go on."""
        page = self._document.page
        margins = references(self._margins, numbered=section.numbered)
        start = '<w:pgNumType w:start="1"/>' if section.numbered and not self._numbers_begun else ""
        self._numbers_begun = self._numbers_begun or section.numbered
        orientation = ' w:orient="landscape"' if page.width > page.height else ""
        return (
            f'<w:sectPr>{margins}<w:pgSz w:w="{page.width.twips}" w:h="{page.height.twips}"{orientation}/>'
            f'<w:pgMar w:top="{page.top.twips}" w:right="{page.right.twips}" w:bottom="{page.bottom.twips}"'
            f' w:left="{page.left.twips}" w:header="{_TWIPS_OF_FOOTER}" w:footer="{_TWIPS_OF_FOOTER}" w:gutter="0"/>'
            f"{start}</w:sectPr>"
        )

    def _section(self, section: Section) -> Iterator[str]:
        previous: Block | None = None
        self._section_key, self._cells = section.key, count(1)
        if not any(isinstance(block, Heading) and block.anchor == section.key for block in section.blocks):
            yield self._tiny_paragraph(section.key)
        for block in section.blocks:
            if isinstance(block, Table) and isinstance(previous, Table):
                yield _spacer(block.style.gap)
            yield self._block(block)
            previous = block
        if not section.blocks or isinstance(previous, Table):
            yield self._tiny_paragraph()

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return self._paragraph(block, own_style=True)
            case Heading(paragraph, _, anchor):
                return self._paragraph(paragraph, own_style=True, anchor=anchor)
            case Table():
                return self._table(block)
            case Contents():
                entries = "".join(self._contents_entry(block, entry) for entry in block.entries)
                return self._paragraph(block.title, own_style=True) + entries
            case Figure() if self._pictures is not None:
                return self._pictures.paragraph(block)
            case Figure():
                return "".join(self._paragraph(paragraph, own_style=True) for paragraph in block.description)

    def _paragraph(
        self, paragraph: Paragraph, *, own_style: bool, anchor: str = "", keep_with_next: bool = False
    ) -> str:
        keep = "<w:keepNext/>" if paragraph.keep_with_next or keep_with_next else ""
        align = "" if paragraph.align is paragraph.style.align else f'<w:jc w:val="{JUSTIFICATION[paragraph.align]}"/>'
        style = f'<w:pStyle w:val="{style_id(paragraph.style.name)}"/>'
        runs = "".join(_run(run) for run in paragraph.runs)
        start, end = self._bookmark(anchor) if anchor else ("", "")
        indent = _hanging(paragraph) if paragraph.hanging else ""
        properties = f"{style}{keep}{self._take_break() if own_style else ''}{indent}{align}"
        return f"<w:p><w:pPr>{properties}</w:pPr>{start}{runs}{end}</w:p>"

    def _bookmark(self, anchor: str) -> tuple[str, str]:
        number = next(self._ids)
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="{BOOKMARK}{anchor}"/>',
            f'<w:bookmarkEnd w:id="{number}"/>',
        )

    def _take_break(self) -> str:
        wanted, self._break = self._break, ""
        return wanted

    def _tiny_paragraph(self, anchor: str = "") -> str:
        start, end = self._bookmark(anchor) if anchor else ("", "")
        return (
            f'<w:p><w:pPr>{self._take_break()}<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
            f'<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr>{start}{end}</w:p>'
        )

    def _contents_entry(self, contents: Contents, entry: ContentsEntry) -> str:
        style = contents.styles[min(entry.level, len(contents.styles)) - 1]
        number = self._page_numbers.get(entry.anchor)
        page = field(f"PAGEREF {BOOKMARK}{entry.anchor} \\h", str(number)) if number is not None else ""
        prefix = plain_run(contents.page_prefix) if number is not None else ""
        text_start = contents.number_width.twips + style.indent.twips
        tabs = (
            f'<w:tabs><w:tab w:val="left" w:pos="{text_start}"/>'
            f'<w:tab w:val="right" w:leader="middleDot" w:pos="{self._document.page.text_width.twips}"/></w:tabs>'
        )
        indent = f'<w:ind w:left="{text_start}" w:hanging="{text_start}"/>'
        runs = f"{plain_run(entry.number)}<w:r><w:tab/></w:r>{plain_run(entry.text)}<w:r><w:tab/></w:r>{prefix}{page}"
        link = f'<w:hyperlink w:anchor="{BOOKMARK}{entry.anchor}" w:history="1">{runs}</w:hyperlink>'
        return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style.name)}"/>{tabs}{indent}</w:pPr>{link}</w:p>'

    def _table(self, table: Table) -> str:
        widths = [width.twips for width in table.widths]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
            f"{''.join(self._rows(table, widths))}</w:tbl>"
        )

    def _rows(self, table: Table, widths: Sequence[int]) -> Iterator[str]:
        """Write the rows; those that must stay on the page of the next one say so in their paragraphs."""
        above: dict[int, Cell] = {}
        for row, following in zip_longest(table.rows, table.rows[1:]):
            keep = table.keep_notes if following is None else table.keep_together
            cells = "".join(self._written_cells(table, row, above, widths, keep=keep))
            yield f"<w:tr>{_row_properties(row)}{cells}</w:tr>"

    def _written_cells(
        self, table: Table, row: Row, above: dict[int, Cell], widths: Sequence[int], *, keep: bool
    ) -> Iterator[str]:
        """Write the cells that begin in a row, and the continuing ones of merged cells from above, by column."""
        begun = {cell.column: cell for cell in row.cells}
        column = 0
        while column < len(widths):
            cell = begun.get(column)
            if cell is not None:
                merge = '<w:vMerge w:val="restart"/>' if cell.rowspan > 1 else ""
                above[column] = cell
                content = "".join(
                    self._paragraph(paragraph, own_style=False, anchor=anchor, keep_with_next=keep)
                    for paragraph, anchor in zip_longest(cell.paragraphs, self._label_anchors(cell), fillvalue="")
                    if isinstance(paragraph, Paragraph)
                )
            else:
                cell, merge, content = above[column], "<w:vMerge/>", ""
            yield _cell(cell, merge, content, sum(widths[column : cell.end]), table.style)
            column = cell.end

    def _label_anchors(self, cell: Cell) -> Sequence[str]:
        """Name the place of a caption by its number in its section: fields are found again beside their captions."""
        if not cell.label or not cell.paragraphs:
            return ()
        return (label_anchor(self._section_key, next(self._cells)),)


def _hanging(paragraph: Paragraph) -> str:
    hanging = paragraph.hanging.twips
    return f'<w:ind w:left="{paragraph.style.indent.twips + hanging}" w:hanging="{hanging}"/>'


def _row_properties(row: Row) -> str:
    height = f'<w:trHeight w:val="{row.least.twips}" w:hRule="atLeast"/>' if row.least else ""
    properties = f"{height}{'<w:tblHeader/>' if row.header else ''}"
    return f"<w:trPr>{properties}</w:trPr>" if properties else ""


def _cell(cell: Cell, merge: str, content: str, width: int, style: TableStyle) -> str:
    span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    tint = style.tint if cell.label else style.shade if cell.reserved else 1.0
    fill = f"{round(tint * 255):02X}" * 3
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if tint < 1 else ""
    middle = '<w:vAlign w:val="center"/>' if cell.centred else ""
    empty = f'<w:p><w:pPr><w:pStyle w:val="{style_id("cell")}"/></w:pPr></w:p>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{shade}{middle}</w:tcPr>'
        f"{content or empty}</w:tc>"
    )


def _run(run: Run) -> str:
    text = plain_run(run.text, '<w:u w:val="single"/>' if run.underline else "")
    if run.link:
        return f'<w:hyperlink w:anchor="{BOOKMARK}{run.link}" w:history="1">{text}</w:hyperlink>'
    return text if run.text else ""


def _spacer(height: Length) -> str:
    return f'<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="{height.twips}" w:lineRule="exact"/></w:pPr></w:p>'
