"""A .docx by docxtpl: one small template that loops over blocks, rows and cells, as it is best written for speed.

The template is packed by hand, so that no time goes into making it. It does less than ours: no bookmarks, links or
fields.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

from docxtpl import DocxTemplate

from hyoka_desktop.document.model import Block, Cell, Contents, Document, Heading, Paragraph, Row, Table

_MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES: Final = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS: Final = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)
_PARAGRAPH: Final = (
    '<w:p><w:pPr><w:jc w:val="{{ p.align }}"/></w:pPr>{% for run in p.runs %}<w:r><w:rPr>'
    '{% if run.underline %}<w:u w:val="single"/>{% endif %}</w:rPr>'
    '<w:t xml:space="preserve">{{ run.text }}</w:t></w:r>{% endfor %}</w:p>'
)
_CELL: Final = (
    '<w:tc><w:tcPr><w:tcW w:w="{{ cell.width }}" w:type="dxa"/>'
    '{% if cell.span > 1 %}<w:gridSpan w:val="{{ cell.span }}"/>{% endif %}'
    '{% if cell.merge %}<w:vMerge w:val="{{ cell.merge }}"/>{% endif %}</w:tcPr>'
    f"{{% for p in cell.paragraphs %}}{_PARAGRAPH}{{% else %}}<w:p/>{{% endfor %}}</w:tc>"
)
_TABLE: Final = (
    '<w:tbl><w:tblPr><w:tblLayout w:type="fixed"/></w:tblPr>'
    '<w:tblGrid>{% for width in block.widths %}<w:gridCol w:w="{{ width }}"/>{% endfor %}</w:tblGrid>'
    "{% for row in block.rows %}<w:tr><w:trPr>{% if row.header %}<w:tblHeader/>{% endif %}</w:trPr>"
    f"{{% for cell in row.cells %}}{_CELL}{{% endfor %}}</w:tr>{{% endfor %}}</w:tbl>"
)
_BODY: Final = (
    f"{{% for block in blocks %}}{{% if block.rows %}}{_TABLE}{{% else %}}{{% for p in block.paragraphs %}}"
    f"{_PARAGRAPH}{{% endfor %}}{{% endif %}}{{% endfor %}}"
)
_ALIGNMENT: Final = {
    "start": "left",
    "center": "center",
    "end": "right",
    "justify": "both",
    "distribute": "distribute",
}


def make(document: Document, page_numbers: Mapping[str, int]) -> bytes:
    """Fill the template."""
    page = document.page
    template = DocxTemplate(io.BytesIO(_template()))
    blocks = [_block(block, page_numbers) for section in document.sections for block in section.blocks]
    template.render({"blocks": blocks, "width": page.width.twips, "height": page.height.twips}, autoescape=True)
    target = io.BytesIO()
    template.save(target)
    return target.getvalue()


@cache
def _template() -> bytes:
    target = io.BytesIO()
    size = '<w:sectPr><w:pgSz w:w="{{ width }}" w:h="{{ height }}"/></w:sectPr>'
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELATIONS)
        package.writestr(
            "word/document.xml", f'<w:document xmlns:w="{_MAIN}"><w:body>{_BODY}{size}</w:body></w:document>'
        )
    return target.getvalue()


def _block(block: Block, page_numbers: Mapping[str, int]) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"paragraphs": [_paragraph(block)]}
        case Heading(paragraph):
            return {"paragraphs": [_paragraph(paragraph)]}
        case Contents():
            return {"paragraphs": [_paragraph(block.title), *_entries(block, page_numbers)]}
        case Table():
            widths = [width.twips for width in block.widths]
            return {"widths": widths, "rows": list(_rows(block, widths))}


def _entries(contents: Contents, page_numbers: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    for entry in contents.entries:
        page = f"　{contents.page_prefix}{page_numbers[entry.anchor]}" if entry.anchor in page_numbers else ""
        yield {"align": "left", "runs": [{"text": f"{entry.number}　{entry.text}{page}"}]}


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    return {"align": _ALIGNMENT[paragraph.align], "runs": paragraph.runs}


def _rows(table: Table, widths: Sequence[int]) -> Iterator[dict[str, Any]]:
    open_spans: dict[int, tuple[Cell, int]] = {}
    for row in table.rows:
        yield {"header": row.header, "cells": list(_cells(row, open_spans, widths))}


def _cells(row: Row, open_spans: dict[int, tuple[Cell, int]], widths: Sequence[int]) -> Iterator[dict[str, Any]]:
    begun = {cell.column: cell for cell in row.cells}
    column = 0
    while column < len(widths):
        cell = begun.get(column)
        if cell is not None:
            left, merge = cell.rowspan - 1, "restart" if cell.rowspan > 1 else ""
            paragraphs = [_paragraph(paragraph) for paragraph in cell.paragraphs]
        else:
            cell, left = open_spans[column]
            left, merge, paragraphs = left - 1, "continue", []
        open_spans[column] = (cell, left)
        width = sum(widths[column : cell.end])
        yield {"width": width, "span": cell.colspan, "merge": merge, "paragraphs": paragraphs}
        column = cell.end
