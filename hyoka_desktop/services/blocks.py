"""Put a block of cells into a table of the report: how it is spread, and the one step that writes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hyoka_desktop.domain import edits
from hyoka_desktop.domain.changes import Action, ChangeSet, Edit, apply_changes
from hyoka_desktop.domain.report import Address, NodeKind, YearView
from hyoka_desktop.services.session import Session
from hyoka_desktop.text.cells import Block, read_cells, write_cells, write_html_cells

__all__ = ["Block", "read_cells", "write_cells", "write_html_cells"]


@dataclass(frozen=True, slots=True)
class Area:
    """Name a rectangle of cells."""

    top: int
    left: int
    rows: int
    columns: int

    @property
    def size(self) -> tuple[int, int]:
        """Tell the number of rows and of columns."""
        return self.rows, self.columns


@dataclass(frozen=True, slots=True)
class NewCell:
    """Name a cell on a line that does not exist yet: the kind of its node, the field and the year of its column."""

    kind: NodeKind
    field: str
    year: int


def squared(block: Block) -> list[list[str]]:
    """Make all rows as long as the longest; a block that was cut short at the ends of lines has them so."""
    width = max((len(row) for row in block), default=0)
    return [[*row, *[""] * (width - len(row))] for row in block]


def spread(block: Block, selected: Area) -> list[list[str]]:
    """Repeat a block over the selected cells where they are a multiple of it, as Excel does; else leave it as it is."""
    rows = squared(block)
    height, width = len(rows), len(rows[0])
    if selected.rows % height or selected.columns % width:
        return rows
    return [row * (selected.columns // width) for row in rows] * (selected.rows // height)


def trimmed(block: Block, rows: int, columns: int) -> list[list[str]]:
    """Drop the empty rows and columns at the end of a block for which a table of a size has no place."""
    kept = [list(row) for row in block]
    while len(kept) > max(rows, 1) and not any(kept[-1]):
        kept.pop()
    while len(kept[0]) > max(columns, 1) and not any(row[-1] for row in kept):
        kept = [row[:-1] for row in kept]
    return kept


def paste(
    session: Session,
    year: int,
    texts: Mapping[Address, str],
    parent: int | None,
    kinds: Sequence[NodeKind],
    new_lines: Sequence[Mapping[NewCell, str]],
) -> ChangeSet | None:
    """Write a block in one step, with new lines (a node of each kind, one below the other) at the end of a parent."""
    clean = {address: session.clean(address.field, text) for address, text in texts.items()}
    view = session.view(year)
    made: list[Edit | None] = [edits.set_block(view, clean, Action.PASTE)]
    for line in new_lines if parent is not None else ():
        for edit in _new_line(session, view, parent or 0, kinds, line):
            made.append(edit)
            view = _after(view, edit)
    return session.do(edits.joined(made, Action.PASTE, ""))


def _new_line(
    session: Session, view: YearView, parent: int, kinds: Sequence[NodeKind], line: Mapping[NewCell, str]
) -> list[Edit]:
    made: list[Edit] = []
    nodes: dict[NodeKind, int] = {}
    for kind in kinds:
        nodes[kind] = view.snapshot.next_node
        made.append(edits.add_node(view, parent, kind, len(view.children(parent, kind))))
        view = _after(view, made[-1])
        parent = nodes[kind]
    texts = {
        view.in_year(cell.year).address(nodes[cell.kind], cell.field): session.clean(cell.field, text)
        for cell, text in line.items()
        if text
    }
    filled = edits.set_block(view, texts)
    return made if filled is None else [*made, filled]


def _after(view: YearView, edit: Edit) -> YearView:
    return YearView(apply_changes(view.snapshot, edit.changes), view.year, view.period_fields)
