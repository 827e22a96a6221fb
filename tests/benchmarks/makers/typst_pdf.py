"""A PDF by Typst, with contents, links and outline; untagged, as ours is.

Typst remembers layouts inside a process. So that a run is a full run, as ours is, each has its sizes a millionth of a
point apart from the one before; fonts stay open, as ours do.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import count
from typing import Final

import typst

from hyoka_desktop.document.model import Align, Block, Cell, Contents, Document, Heading, Paragraph, Run, Style, Table
from hyoka_desktop.paths import resource

_FAMILIES: Final = {"BIZUDMincho-Regular.ttf": "BIZ UDMincho", "BIZUDGothic-Regular.ttf": "BIZ UDGothic"}
_ALIGNMENT: Final = {Align.CENTER: "center", Align.END: "right", Align.DISTRIBUTE: "center"}
_DIFFERENCE: Final = 1e-6
_RUNS = count()


def make(document: Document, page_numbers: Mapping[str, int]) -> bytes:
    """Compile the document."""
    source = "\n".join(_source(document, next(_RUNS) * _DIFFERENCE))
    made = typst.compile(source.encode(), font_paths=_fonts(), format="pdf", pdf_tags=False)
    assert isinstance(made, bytes), "a PDF is one file"
    return made


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[resource("fonts")])


def _source(document: Document, difference: float) -> Iterator[str]:
    page = document.page
    yield f"#set document(title: {_quoted(document.title)}, author: {_quoted(document.author)})"
    margin = f"top: {page.top.pt}pt, bottom: {page.bottom.pt}pt, left: {page.left.pt}pt, right: {page.right.pt}pt"
    yield f'#set page(width: {page.width.pt}pt, height: {page.height.pt}pt, numbering: "1", margin: ({margin}))'
    yield '#set text(lang: "ja", top-edge: 0.88em, bottom-edge: -0.12em)'
    yield "#show heading: it => it.body"
    for style in document.styles.values():
        yield _style(style, difference)
    for index, section in enumerate(document.sections):
        if index:
            yield "#pagebreak()"
        for block in section.blocks:
            yield from _block(block)


def _style(style: Style, difference: float) -> str:
    """Define a function that sets its argument in a style."""
    leading = style.leading.pt - style.size.pt
    spacing = f"leading: {leading}pt, spacing: {leading}pt"
    return (
        f"#let {_name(style)}(body) = {{ set text(font: {_quoted(_FAMILIES[style.font.file])},"
        f" size: {style.size.pt + difference:.8f}pt); set par({spacing}); body }}"
    )


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield f"#{_flowing(block)}"
        case Heading(paragraph, level, anchor):
            yield f"#block(above: 0pt, below: 0pt)[#heading(level: {level}, {_flowing(paragraph)})<{anchor}>]"
        case Contents():
            yield f"#{_flowing(block.title)}"
            yield from _entries(block)
        case Table():
            yield "".join(_table(block))


def _entries(contents: Contents) -> Iterator[str]:
    for entry in contents.entries:
        style = contents.styles[min(entry.level, len(contents.styles)) - 1]
        text = _quoted(f"{entry.number} {entry.text}".strip())
        page = f"#context counter(page).at(<{entry.anchor}>).first()"
        yield (
            f"#link(<{entry.anchor}>, {_name(style)}[#{text} #box(width: 1fr, repeat[.])"
            f" #{_quoted(contents.page_prefix)}{page} #parbreak()])"
        )


def _table(table: Table) -> Iterator[str]:
    widths = ",".join(f"{width.pt}pt" for width in table.widths)
    inset = f"(x: {table.style.padding_x.pt}pt, y: {table.style.padding_y.pt}pt)"
    yield f"#block(above: 0pt, below: {table.style.gap.pt}pt, table(columns: ({widths},), inset: {inset},"
    yield f" stroke: {table.style.rule.pt}pt, "
    header = table.header_rows if table.header_rows < len(table.rows) else 0
    if header:
        yield f"table.header({','.join(_cells(table, range(header)))}),"
    yield ",".join(_cells(table, range(header, len(table.rows))))
    yield "))"


def _cells(table: Table, rows: Sequence[int]) -> Iterator[str]:
    for index in rows:
        for cell in table.rows[index].cells:
            yield _cell(cell, index, table.style.tint)


def _cell(cell: Cell, row: int, tint: float) -> str:
    fill = f", fill: luma({tint:.0%})" if cell.label else ""
    content = "#parbreak()".join(f"#{_flowing(paragraph)}" for paragraph in cell.paragraphs)
    place = f"x: {cell.column}, y: {row}, colspan: {cell.colspan}, rowspan: {cell.rowspan}{fill}"
    return f"table.cell({place})[{content}]"


def _flowing(paragraph: Paragraph) -> str:
    body = f"[{''.join(_run(run) for run in paragraph.runs)}]"
    if paragraph.align is Align.JUSTIFY:
        body = f"{{set par(justify: true); {body}}}"
    elif paragraph.align is not Align.START:
        body = f"align({_ALIGNMENT[paragraph.align]}, {body})"
    return f"{_name(paragraph.style)}({body})"


def _run(run: Run) -> str:
    text = f"#{_quoted(run.text)}"
    return f"#underline[{text}]" if run.underline else text


def _name(style: Style) -> str:
    return style.name.replace("_", "-")


def _quoted(text: str) -> str:
    """Write a Typst string; its escapes are those of JSON but for control characters, which no text holds."""
    return json.dumps(text, ensure_ascii=False)
