"""Write a document as plain text, one line a fact: the golden format of the tests."""

from collections.abc import Iterator

from hyoka_desktop.document.model import Block, Cell, Contents, Document, Heading, Paragraph, Table


def dump_document(document: Document) -> str:
    """Tell structure, geometry and text of a document."""
    lines = [f"document {document.title} {document.page.width.mm:g}x{document.page.height.mm:g}mm"]
    for section in document.sections:
        lines.append(f"section {section.key}{' numbered' if section.numbered else ''}")
        for block in section.blocks:
            lines.extend(f"  {line}" for line in _block(block))
    return "\n".join(lines) + "\n"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield _paragraph(block)
        case Heading(paragraph, level, anchor):
            yield f"heading {level} #{anchor} {_paragraph(paragraph)}"
        case Contents():
            yield f"contents {_paragraph(block.title)}"
            for entry in block.entries:
                yield f"  {entry.level} #{entry.anchor} {entry.number}|{entry.text}"
        case Table():
            widths = " ".join(f"{width.mm:g}" for width in block.widths)
            yield f"table {block.title} [{widths}]"
            for row in block.rows:
                yield "  header row" if row.header else "  row"
                for cell in row.cells:
                    yield from (f"    {line}" for line in _cell(cell))


def _cell(cell: Cell) -> Iterator[str]:
    yield f"cell {cell.column} {cell.colspan}x{cell.rowspan}{' label' if cell.label else ''}"
    for paragraph in cell.paragraphs:
        yield f"  {_paragraph(paragraph)}"


def _paragraph(paragraph: Paragraph) -> str:
    runs = "".join(f"_{run.text}_" if run.underline else run.text for run in paragraph.runs)
    hanging = f"+{paragraph.hanging.pt:g}" if paragraph.hanging else ""
    return f"{paragraph.style.name}/{paragraph.align.value}{hanging} {runs}"
