"""Send the indicators of the whole report out as a workbook: a row for each 内訳, each row and column with a key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.report import Node, NodeKind, YearView
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.services.indicator_columns import Column, made_columns
from hyoka_desktop.services.session import Session
from hyoka_desktop.store.history import beginning_of

KINDS: Final = (NodeKind.INDICATOR, NodeKind.ACHIEVEMENT)
KEPT_SHEET: Final = "hyoka"
MARK: Final = "hyoka-indicators-1"
_HEAD_WIDTHS: Final = (10, 28, 5)
HEADS: Final = len(_HEAD_WIDTHS)
"""So many columns only say where a row belongs."""
FIRST_ROW: Final = 3
"""The first row below keys and captions."""


@dataclass(frozen=True, slots=True)
class Line:
    """Name one row: item and row of the report, indicator and achievement where there is one."""

    item: int
    number: int
    nodes: Mapping[NodeKind, int]

    @property
    def key(self) -> str:
        """Tell the key that stands for the line."""
        return ".".join(str(self.nodes[kind]) for kind in KINDS if kind in self.nodes)


def lines_of(view: YearView) -> list[Line]:
    """Tell all indicators of a year in the order of the report, a line for each 内訳."""
    lines: list[Line] = []
    for item in view.items:
        for number, row in enumerate(view.children(item.id, NodeKind.ROW), 1):
            for top in view.children(row.id, KINDS[0]):
                below: tuple[Node | None, ...] = view.children(top.id, KINDS[1]) or (None,)
                for leaf in below:
                    nodes = {KINDS[0]: top.id, **({KINDS[1]: leaf.id} if leaf is not None else {})}
                    lines.append(Line(item.id, number, nodes))
    return lines


def mark_of(session: Session) -> str:
    """Tell what names the report in a workbook, the same in all copies of its file."""
    beginning = session.ask(lambda repository: repository.read(beginning_of)).result()
    return f"{MARK} {beginning}"


@dataclass(frozen=True, slots=True)
class Wording:
    """Hold the words of a workbook: its title, the captions of 項目番号, 項目名 and 行, and those of a column."""

    title: str
    heads: tuple[str, str, str]
    caption: Callable[[Column], str]


def write_indicators(form: FormDefinition, view: YearView, mark: str, wording: Wording) -> bytes:
    """Write the workbook of all indicators of a year; openpyxl is loaded only here."""
    from hyoka_desktop.writers.xlsx_filling import FillingColumn, FillingRow, FillingSheet, write_filling_sheet

    columns = written_columns(form, view.year)
    described = [FillingColumn(head, width) for head, width in zip(wording.heads, _HEAD_WIDTHS, strict=True)]
    described += [
        FillingColumn(
            wording.caption(column), _width(column), key_of(column), column.field.choices if column.field else ()
        )
        for column in columns
    ]
    rows = [
        FillingRow(line.key, (*place_of(view, line), *(text_of(view, line, column) for column in columns)))
        for line in lines_of(view)
    ]
    return write_filling_sheet(FillingSheet(wording.title, KEPT_SHEET, mark, described, rows))


def written_columns(form: FormDefinition, year: int) -> list[Column]:
    """Tell the columns that can be filled in."""
    return [column for column in made_columns(form, KINDS, year) if column.field is not None]


def key_of(column: Column) -> str:
    """Tell the key that stands for a column."""
    assert column.field is not None, "only fields are written"
    return f"{column.kind.value}.{column.field.id}" + (f".{column.year}" if column.is_yearly else "")


def text_of(view: YearView, line: Line, column: Column) -> str:
    """Tell the text of a line in a column."""
    node = line.nodes.get(column.kind)
    return "" if node is None or column.field is None else view.in_year(column.year).text(node, column.field.id)


def place_of(view: YearView, line: Line) -> tuple[str, str, str]:
    """Tell 項目番号, 項目名 and row of a line."""
    return view.text(line.item, fields.ITEM_NUMBER), view.text(line.item, fields.ITEM_TITLE), str(line.number)


def _width(column: Column) -> float:
    long = column.kind is KINDS[0]
    return 30 if long else 14
