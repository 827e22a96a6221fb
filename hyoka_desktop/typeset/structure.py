"""Make the elements of the logical structure from the nodes of a document, for those who have pages read aloud.

Lines that are placed with an element belong to it; what repeats is placed without one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hyoka_desktop.document.model import Cell, Figure, Heading, Paragraph, Row, Table
from hyoka_desktop.typeset.frames import Element, ElementKind, Scope

_HEADINGS = {1: ElementKind.H1, 2: ElementKind.H2}


@dataclass(frozen=True, slots=True)
class TableElements:
    """Hold the element of a table, and those of the paragraphs of each cell, by its row and column."""

    root: Element
    paragraphs: Mapping[tuple[int, int], Sequence[Element]]


def heading_element(heading: Heading) -> Element:
    """Make the element of a heading; those below the second level are of the second."""
    return Element(_HEADINGS.get(heading.level, ElementKind.H2))


def figure_element(figure: Figure) -> Element:
    """Make the element of a figure, with the words that stand for it."""
    return Element(ElementKind.FIGURE, title="\n".join(paragraph.text for paragraph in figure.description))


def paragraph_element() -> Element:
    """Make the element of a paragraph."""
    return Element(ElementKind.P)


def add_link(parent: Element) -> Element:
    """Make the element of a link inside another one."""
    link = Element(ElementKind.LINK)
    parent.children.append(link)
    return link


def add_contents_entry(contents: Element) -> Element:
    """Make a line of the contents; tell the element of the link that the line is."""
    link = Element(ElementKind.LINK)
    contents.children.append(Element(ElementKind.TOCI, [link]))
    return link


def table_elements(table: Table) -> TableElements:
    """Make the elements of a table. Paragraphs without text are in none of them."""
    paragraphs: dict[tuple[int, int], Sequence[Element]] = {}
    root = Element(ElementKind.TABLE, title=table.title)
    for index, row in enumerate(table.rows):
        cells: list[Element] = []
        for cell in row.cells:
            made = _cell_element(row, cell)
            paragraphs[index, cell.column] = [_add_paragraph(made, paragraph) for paragraph in cell.paragraphs]
            cells.append(made)
        root.children.append(Element(ElementKind.TR, cells))
    return TableElements(root, paragraphs)


def _add_paragraph(parent: Element, paragraph: Paragraph) -> Element:
    """Add a paragraph to its parent, as an item of a list where it has a mark; one without text is in none."""
    if not paragraph.text:
        return paragraph_element()
    if not paragraph.hanging:
        parent.children.append(paragraph_element())
        return parent.children[-1]
    if not parent.children or parent.children[-1].kind is not ElementKind.L:
        parent.children.append(Element(ElementKind.L))
    body = Element(ElementKind.LBODY)
    parent.children[-1].children.append(Element(ElementKind.LI, [body]))
    return body


def _cell_element(row: Row, cell: Cell) -> Element:
    """Make a cell: those of header rows head their columns, label cells in other rows head their row."""
    kind = ElementKind.TH if row.header or cell.label else ElementKind.TD
    scope = None if kind is ElementKind.TD else Scope.COLUMN if row.header else Scope.ROW
    return Element(kind, [], cell.colspan, cell.rowspan, scope=scope)
