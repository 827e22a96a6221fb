"""A PDF by reportlab's Platypus: `Table` with `splitInRow=1`, contents and outline by `multiBuild`."""

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Spacer
from reportlab.platypus import Paragraph as Flowing
from reportlab.platypus import Table as FlowingTable
from reportlab.platypus.doctemplate import LayoutError
from reportlab.platypus.tableofcontents import TableOfContents

from hyoka_desktop.document.model import Align, Block, Cell, Contents, Document, Heading, Paragraph, Style, Table
from hyoka_desktop.paths import resource
from tests.benchmarks.makers import CannotMake

_ALIGNMENT: Final = {
    Align.START: TA_LEFT,
    Align.CENTER: TA_CENTER,
    Align.END: TA_RIGHT,
    Align.JUSTIFY: TA_JUSTIFY,
    Align.DISTRIBUTE: TA_CENTER,
}


def make(document: Document, page_numbers: Mapping[str, int]) -> bytes:
    """Build the document; CannotMake where merged cells are too tall for Platypus."""
    target = io.BytesIO()
    try:
        _Template(target, document).multiBuild(list(_story(document)))
    except LayoutError as error:
        raise CannotMake("LayoutError: merged cells taller than a page") from error
    return target.getvalue()


class _Template(BaseDocTemplate):  # type: ignore[misc]
    """Tell the contents and the outline where each heading stands."""

    def __init__(self, target: io.BytesIO, document: Document) -> None:
        page = document.page
        super().__init__(target, pagesize=(page.width.pt, page.height.pt), title=document.title, author=document.author)
        frame = Frame(page.left.pt, page.bottom.pt, page.text_width.pt, page.text_height.pt, 0, 0, 0, 0)
        self.addPageTemplates(PageTemplate(frames=[frame], onPage=_number_page(document)))
        self._entries = _entries_by_anchor(document)

    def afterFlowable(self, flowable: Any) -> None:  # noqa: N802 - the name and the type are reportlab's
        """Note a heading."""
        anchor = getattr(flowable, "anchor", None)
        if anchor is None:
            return
        self.canv.bookmarkPage(anchor)
        for level, text in self._entries[anchor]:
            self.canv.addOutlineEntry(text, anchor, level)
            self.notify("TOCEntry", (level, escape(text), self.page, anchor))


def _number_page(document: Document) -> Any:
    style = document.page_number_style

    def number(canvas: Any, template: Any) -> None:
        canvas.setFont(_font(style), style.size.pt)
        canvas.drawCentredString(document.page.width.pt / 2, document.page.bottom.pt / 2, str(template.page))

    return number


def _entries_by_anchor(document: Document) -> Mapping[str, list[tuple[int, str]]]:
    entries: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Contents):
                for entry in block.entries:
                    entries[entry.anchor].append((entry.level - 1, f"{entry.number} {entry.text}".strip()))
    return entries


def _story(document: Document) -> Iterator[Any]:
    for index, section in enumerate(document.sections):
        if index:
            yield PageBreak()
        for block in section.blocks:
            yield from _flowables(block)


def _flowables(block: Block) -> Iterator[Any]:
    match block:
        case Paragraph():
            yield _paragraph(block)
        case Heading(paragraph, _, anchor):
            heading = _paragraph(paragraph)
            heading.anchor = anchor
            yield heading
        case Contents():
            yield _paragraph(block.title)
            contents = TableOfContents()
            contents.levelStyles = [_style(style, style.align) for style in block.styles]
            yield contents
        case Table():
            yield _table(block)
            yield Spacer(1, block.style.gap.pt)


def _table(table: Table) -> FlowingTable:
    grid: list[list[Any]] = [[""] * len(table.widths) for _ in table.rows]
    commands: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), table.style.rule.pt, (0, 0, 0)),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), table.style.padding_x.pt),
        ("RIGHTPADDING", (0, 0), (-1, -1), table.style.padding_x.pt),
        ("TOPPADDING", (0, 0), (-1, -1), table.style.padding_y.pt),
        ("BOTTOMPADDING", (0, 0), (-1, -1), table.style.padding_y.pt),
    ]
    for index, row in enumerate(table.rows):
        for cell in row.cells:
            grid[index][cell.column] = [_paragraph(paragraph) for paragraph in cell.paragraphs]
            commands += _cell_commands(cell, index, table.style.tint)
    widths = [width.pt for width in table.widths]
    return FlowingTable(grid, colWidths=widths, repeatRows=table.header_rows, splitInRow=1, style=commands)


def _cell_commands(cell: Cell, row: int, tint: float) -> Iterator[tuple[Any, ...]]:
    first, last = (cell.column, row), (cell.end - 1, row + cell.rowspan - 1)
    if first != last:
        yield ("SPAN", first, last)
    if cell.label:
        yield ("BACKGROUND", first, last, (tint, tint, tint))


def _paragraph(paragraph: Paragraph) -> Flowing:
    runs = "".join(f"<u>{escape(run.text)}</u>" if run.underline else escape(run.text) for run in paragraph.runs)
    return Flowing(runs, _style(paragraph.style, paragraph.align))


@cache
def _style(style: Style, align: Align) -> ParagraphStyle:
    return ParagraphStyle(
        style.name,
        fontName=_font(style),
        fontSize=style.size.pt,
        leading=style.leading.pt,
        alignment=_ALIGNMENT[align],
        spaceBefore=style.before.pt,
        spaceAfter=style.after.pt,
        leftIndent=style.indent.pt,
        wordWrap="CJK",
    )


def _font(style: Style) -> str:
    file = style.font.file
    if file not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(file, str(resource("fonts", file))))
    return file
