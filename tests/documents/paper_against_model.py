"""Pair what was read from a finished PDF with the document model: which part is which table, which box which column.

A mismatch raises AssertionError with the place. Header rows must stand whole in every part of a table.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pdf_reading import ReadBox, ReadLine, ReadPage, ReadTable

from hyoka_desktop.document.model import Contents, Document, Heading, Paragraph, Section, Table

NEAR_PT = 0.5 / 25.4 * 72
Columns = tuple[int, int]


@dataclass(frozen=True)
class PairedTable:
    """A table of the model with the parts of it that stand on the pages, header boxes taken off."""

    section: Section
    table: Table
    parts: Sequence[ReadTable]
    streams: dict[Columns, list[tuple[int, ReadLine, ReadBox]]]

    def text(self, columns: Columns) -> str:
        return "".join(line.text for _, line, _ in self.streams.get(columns, ()))


def pair_tables(document: Document, pages: Sequence[ReadPage]) -> list[PairedTable]:
    """Tell each table of the model with its parts, in order."""
    parts = [part for page in pages for part in page.tables]
    paired: list[PairedTable] = []
    place = 0
    for section in document.sections:
        for table in (block for block in section.blocks if isinstance(block, Table) and block.rows):
            mine = [parts[place]]
            place += 1
            while place < len(parts) and _continues(parts[place], mine[-1], table):
                mine.append(parts[place])
                place += 1
            paired.append(_paired(section, table, mine, document.page.left.pt))
    assert place == len(parts), f"{len(parts) - place} parts of tables that the model does not have"
    return paired


def _continues(part: ReadTable, before: ReadTable, table: Table) -> bool:
    """Tell whether a part goes on with a table: it is the first on the next page and begins with the same header."""
    if part.page != before.page + 1 or not part.boxes or (part.top > before.top + NEAR_PT and part.top > 60):
        return False
    first = next((text_of(cell.paragraphs) for cell in table.rows[0].cells if text_of(cell.paragraphs)), "")
    return part.boxes[0].text == first


def _paired(section: Section, table: Table, parts: Sequence[ReadTable], left: float) -> PairedTable:
    edges = [left + edge / 12700 for edge in accumulate(table.widths, initial=0)]
    header = [
        (cell.column, cell.end, text_of(cell.paragraphs))
        for row in table.rows[: table.header_rows]
        for cell in row.cells
        if text_of(cell.paragraphs)
    ]
    streams: dict[Columns, list[tuple[int, ReadLine, ReadBox]]] = {}
    for part in parts:
        boxes = list(part.boxes)
        found = [(*columns_of(box, edges), box.text) for box in boxes[: len(header)]]
        assert sorted(found) == sorted(header), f"page {part.page + 1}: the header of {table.title} is {found}"
        for box in boxes[len(header) :]:
            stream = streams.setdefault(columns_of(box, edges), [])
            stream += [(part.page, line, box) for line in box.lines]
    return PairedTable(section, table, parts, streams)


def columns_of(box: ReadBox, edges: Sequence[float]) -> Columns:
    """Tell which columns a box spans; its borders must lie within half a millimetre of the form's measures."""
    return edge_of(box.x0, edges), edge_of(box.x1, edges)


def edge_of(x: float, edges: Sequence[float]) -> int:
    """Tell the number of the column edge at a place."""
    nearest = min(range(len(edges)), key=lambda index: abs(edges[index] - x))
    assert abs(edges[nearest] - x) < NEAR_PT, f"a rule at {x} where the form has {edges[nearest]}"
    return nearest


def body_texts(table: Table) -> dict[Columns, list[str]]:
    """Tell the paragraphs below the header by column, in order."""
    texts: dict[Columns, list[str]] = {}
    for row in table.rows[table.header_rows :]:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                if paragraph.text:
                    texts.setdefault((cell.column, cell.end), []).append(paragraph.text)
    return texts


def text_of(paragraphs: Sequence[Paragraph]) -> str:
    """Tell the text of some paragraphs."""
    return "".join(paragraph.text for paragraph in paragraphs)


def free_texts(document: Document, numbers: dict[str, int]) -> Iterator[str]:
    """Yield every text outside tables in order; lines of the contents without their leaders."""
    for section in document.sections:
        for block in section.blocks:
            match block:
                case Paragraph():
                    yield block.text
                case Heading(paragraph):
                    yield paragraph.text
                case Contents():
                    yield block.title.text
                    for entry in block.entries:
                        yield f"{entry.number}{entry.text}{block.page_prefix}{numbers[entry.anchor]}"
                case Table():
                    pass
