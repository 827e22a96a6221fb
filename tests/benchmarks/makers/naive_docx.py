"""A .docx as python-docx's own manual shows it: `table.cell`, `merge`, `add_paragraph`.

It does less than ours: no repeated headers, bookmarks, links, fields or tints.
"""

import io
from collections.abc import Mapping, Sequence

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Emu, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from hyoka_desktop.document.model import Align, Block, Contents, Document, Heading, Paragraph, Table

_ALIGNMENT = {
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.END: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
    Align.DISTRIBUTE: WD_ALIGN_PARAGRAPH.DISTRIBUTE,
}


def make(document: Document, page_numbers: Mapping[str, int]) -> bytes:
    """Write the document."""
    word = docx.Document()
    _set_up(word, document)
    for index, section in enumerate(document.sections):
        if index:
            word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        for block in section.blocks:
            _add_block(word, block, page_numbers)
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def _set_up(word: docx.document.Document, document: Document) -> None:
    page, section = document.page, word.sections[0]
    section.page_width, section.page_height = Emu(page.width), Emu(page.height)
    section.left_margin, section.right_margin = Emu(page.left), Emu(page.right)
    section.top_margin, section.bottom_margin = Emu(page.top), Emu(page.bottom)
    body = document.styles["body"]
    normal = word.styles["Normal"]
    normal.font.size = Pt(body.size.pt)
    normal.paragraph_format.line_spacing = Pt(body.leading.pt)


def _add_block(word: docx.document.Document, block: Block, page_numbers: Mapping[str, int]) -> None:
    match block:
        case Paragraph():
            _fill(word.add_paragraph(), block)
        case Heading(paragraph, level, _):
            _fill(word.add_heading(level=level), paragraph)
        case Contents():
            _fill(word.add_paragraph(), block.title)
            for entry in block.entries:
                page = f"\t{block.page_prefix}{page_numbers[entry.anchor]}" if entry.anchor in page_numbers else ""
                word.add_paragraph(f"{entry.number}\t{entry.text}{page}")
        case Table():
            _add_table(word, block)


def _add_table(word: docx.document.Document, table: Table) -> None:
    made = word.add_table(rows=len(table.rows), cols=len(table.widths))
    made.style = "Table Grid"
    made.autofit = False
    for column, width in zip(made.columns, table.widths, strict=True):
        column.width = Emu(width)
    for index, row in enumerate(table.rows):
        for cell in row.cells:
            place = made.cell(index, cell.column)
            if cell.rowspan > 1 or cell.colspan > 1:
                place = place.merge(made.cell(index + cell.rowspan - 1, cell.end - 1))
            _fill_cell(place, cell.paragraphs)


def _fill_cell(cell: _Cell, paragraphs: Sequence[Paragraph]) -> None:
    for index, paragraph in enumerate(paragraphs):
        _fill(cell.add_paragraph() if index else cell.paragraphs[0], paragraph)


def _fill(made: WordParagraph, paragraph: Paragraph) -> None:
    if paragraph.align in _ALIGNMENT:
        made.alignment = _ALIGNMENT[paragraph.align]
    for run in paragraph.runs:
        added = made.add_run(run.text)
        if run.underline:
            added.underline = True
