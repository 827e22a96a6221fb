"""Read a .docx back from its XML alone: cells with their spans, paragraphs outside tables, and their order."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ReadCells = dict[tuple[int, int], tuple[int, int, list[str]]]


@dataclass(frozen=True)
class ReadTable:
    """A table: its column widths in twips, header rows, and cells by row and column as (colspan, rowspan, texts)."""

    widths: Sequence[int]
    header_rows: Sequence[int]
    cells: ReadCells
    cell_widths: dict[tuple[int, int], int]


@dataclass(frozen=True)
class ReadBody:
    """The body: tables, paragraphs outside them, and the texts of paragraphs and first cells in order."""

    tables: Sequence[ReadTable]
    paragraphs: Sequence[str]
    order: Sequence[str]


def part(content: bytes, name: str) -> etree._Element:
    """Parse one part of the package."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return etree.fromstring(package.read(name))


def read_docx(content: bytes) -> ReadBody:
    """Read word/document.xml."""
    body = part(content, "word/document.xml").find(f"{W}body")
    tables, paragraphs, order = [], [], []
    for element in body:
        if element.tag == f"{W}tbl":
            tables.append(read_table(element))
            order.append(next(iter(tables[-1].cells.values()))[2][0])
        elif element.tag == f"{W}p":
            paragraphs.append(text_of(element))
            order.append(paragraphs[-1])
    return ReadBody(tables, paragraphs, order)


def text_of(paragraph: etree._Element) -> str:
    """Tell the text of a paragraph."""
    return "".join(text.text or "" for text in paragraph.iter(f"{W}t"))


def read_table(table: etree._Element) -> ReadTable:
    """Resolve gridSpan and vMerge."""
    widths = [int(column.get(f"{W}w")) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    cells: ReadCells = {}
    cell_widths: dict[tuple[int, int], int] = {}
    begun: dict[int, int] = {}
    headers = []
    for number, row in enumerate(table.iterfind(f"{W}tr")):
        if row.find(f"{W}trPr/{W}tblHeader") is not None:
            headers.append(number)
        column = 0
        for cell in row.iterfind(f"{W}tc"):
            properties = cell.find(f"{W}tcPr")
            span = properties.find(f"{W}gridSpan")
            columns = int(span.get(f"{W}val")) if span is not None else 1
            cell_widths[number, column] = int(properties.find(f"{W}tcW").get(f"{W}w"))
            merge = properties.find(f"{W}vMerge")
            if merge is not None and merge.get(f"{W}val") != "restart":
                above = (begun[column], column)
                colspan, rowspan, texts = cells[above]
                assert colspan == columns, f"a merged cell changes its width in row {number}"
                assert "".join(text_of(p) for p in cell.iterfind(f"{W}p")) == "", "a continued cell has text"
                cells[above] = (colspan, rowspan + 1, texts)
            else:
                begun[column] = number
                cells[number, column] = (columns, 1, [text_of(p) for p in cell.iterfind(f"{W}p")])
            column += columns
        assert column == len(widths), f"row {number} has {column} of {len(widths)} columns"
    return ReadTable(widths, headers, cells, cell_widths)
