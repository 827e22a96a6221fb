"""Say what a workbook of indicators that comes back would change, and take what a person agrees to.

A cell counts as changed only where it differs from what was sent, so that what changed here in the meantime is not
taken back by a cell that nobody touched.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from hyoka_desktop.domain.changes import Action, ChangeSet
from hyoka_desktop.domain.quantity import why_unread
from hyoka_desktop.domain.report import Address, YearView
from hyoka_desktop.errors import InputError
from hyoka_desktop.exchange.workbook_reader import CellFault, ReadCell, ReadSheet, read_workbook
from hyoka_desktop.formdef.model import FieldKind, FormDefinition
from hyoka_desktop.services.files import refuse_held
from hyoka_desktop.services.indicator_columns import Column
from hyoka_desktop.services.indicator_sheet import (
    FIRST_ROW,
    HEADS,
    KEPT_SHEET,
    MARK,
    Line,
    key_of,
    lines_of,
    place_of,
    text_of,
    written_columns,
)
from hyoka_desktop.services.session import Session

_YEARS_BACK: Final = 10
_LONGEST_EXCERPT: Final = 120


class Doubt(StrEnum):
    """Name what stands against taking a cell, a row or a column, or what should be known about it."""

    UNKNOWN_ROW = "unknown_row"
    REPEATED_ROW = "repeated_row"
    UNKNOWN_COLUMN = "unknown_column"
    UNCALCULATED = "uncalculated"
    ERROR = "error"
    DAY = "day"
    CHOICE = "choice"
    CLASHING = "clashing"
    CHANGED_HERE = "changed_here"
    UNREAD = "unread"


_TO_BE_KNOWN: Final = frozenset({Doubt.CHANGED_HERE, Doubt.UNREAD})
"""What does not stand in the way; a person may take the cell all the same."""
_FAULTS: Final = {
    CellFault.UNCALCULATED: Doubt.UNCALCULATED,
    CellFault.ERROR: Doubt.ERROR,
    CellFault.DAY: Doubt.DAY,
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """Hold one cell that differs: where, before and after, and what is to be known about it."""

    address: Address
    place: str
    column: Column
    before: str
    after: str
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Hold what is not taken: the row of the sheet, its text, and why."""

    row: int
    text: str
    doubt: Doubt


@dataclass(slots=True)
class ReturnPlan:
    """Hold what a workbook would change, before anything does."""

    proposals: list[Proposal] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)


def plan_return(
    path: Path, form: FormDefinition, view: YearView, mark: str, clean: Callable[[str, str], str]
) -> ReturnPlan:
    """Read a workbook and say what it would change; InputError where it is none of this report."""
    refuse_held(path)
    sheets = [sheet for sheet in read_workbook(path) if sheet.text(1, 1).startswith(MARK)]
    sheet = next((one for one in sheets if one.name != KEPT_SHEET), None)
    if sheet is None:
        raise InputError("indicators_no_keys", path=str(path))
    if sheet.text(1, 1) != mark:
        raise InputError("indicators_other_report", path=str(path))
    kept = next((one for one in sheets if one.name == KEPT_SHEET), None)
    return _Return(form, view, clean, sheet, kept).plan()


def take(session: Session, year: int, proposals: Sequence[Proposal]) -> ChangeSet | None:
    """Write what was agreed to, in one step."""
    texts = {proposal.address: proposal.after for proposal in proposals}
    return session.set_block(texts, year, Action.TAKE_CELLS)


class _Return:
    """One workbook being compared with the report."""

    def __init__(
        self,
        form: FormDefinition,
        view: YearView,
        clean: Callable[[str, str], str],
        sheet: ReadSheet,
        kept: ReadSheet | None,
    ) -> None:
        self._form = form
        self._view = view
        self._clean = clean
        self._sheet = sheet
        self._sent = _texts_by_key(kept) if kept is not None else {}
        self._lines = {line.key: line for line in lines_of(view)}
        self._plan = ReturnPlan()
        self._taken: dict[Address, str] = {}

    def plan(self) -> ReturnPlan:
        """Compare cell by cell."""
        columns = self._columns()
        seen: set[str] = set()
        for row in sorted({row for row, _ in self._sheet.cells if row >= FIRST_ROW}):
            key = self._sheet.text(row, 1)
            line = self._lines.get(key)
            if line is None or key in seen:
                self._refuse_row(row, Doubt.UNKNOWN_ROW if line is None else Doubt.REPEATED_ROW)
                continue
            seen.add(key)
            for place, column in columns.items():
                self._compare(row, place, line, column)
        return self._plan

    def _columns(self) -> dict[int, Column]:
        """Tell the columns of the sheet that are known; those that somebody added are refused."""
        years = range(self._view.year - _YEARS_BACK, self._view.year + 1)
        known = {key_of(column): column for year in years for column in written_columns(self._form, year)}
        found: dict[int, Column] = {}
        for place in sorted({place for _, place in self._sheet.cells if place > 1}):
            column = known.pop(self._sheet.text(1, place), None)
            if column is not None:
                found[place] = column
            elif self._sheet.text(1, place) or place > 1 + HEADS:
                self._plan.refusals.append(Refusal(2, self._sheet.text(2, place), Doubt.UNKNOWN_COLUMN))
        return found

    def _refuse_row(self, row: int, doubt: Doubt) -> None:
        places = sorted(place for number, place in self._sheet.cells if number == row and place > 1)
        text = " ".join(filter(None, (self._sheet.text(row, place) for place in places)))
        if text:
            self._plan.refusals.append(Refusal(row, text[:_LONGEST_EXCERPT], doubt))

    def _compare(self, row: int, place: int, line: Line, column: Column) -> None:
        node = line.nodes.get(column.kind)
        cell = self._sheet.cells.get((row, place), ReadCell(""))
        if column.field is None or (node is None and not cell.text):
            return
        if node is None:
            self._refuse(row, column, cell, Doubt.UNKNOWN_ROW)
            return
        after = self._clean(column.field.id, cell.text)
        address = self._view.in_year(column.year).address(node, column.field.id)
        before = self._view.snapshot.stored(address) or ""
        sent = self._sent.get((line.key, key_of(column)))
        if cell.fault is None and after in {before, sent}:
            return
        doubt = _doubt(cell, column, after, changed_here=sent is not None and sent != before)
        if doubt is not None and doubt not in _TO_BE_KNOWN:
            self._refuse(row, column, cell, doubt)
        elif address not in self._taken:
            self._taken[address] = after
            self._plan.proposals.append(Proposal(address, self._named(line), column, before, after, doubt))
        elif self._taken[address] != after:
            self._refuse(row, column, cell, Doubt.CLASHING)

    def _refuse(self, row: int, column: Column, cell: ReadCell, doubt: Doubt) -> None:
        label = column.field.label if column.field is not None else ""
        self._plan.refusals.append(Refusal(row, f"{label} {cell.text}".strip()[:_LONGEST_EXCERPT], doubt))

    def _named(self, line: Line) -> str:
        """Name a line by 項目番号 and what it measures."""
        first = written_columns(self._form, self._view.year)[0]
        return f"{place_of(self._view, line)[0]} {text_of(self._view, line, first)}".strip()


def _doubt(cell: ReadCell, column: Column, after: str, *, changed_here: bool) -> Doubt | None:
    assert column.field is not None, "only fields are written"
    if cell.fault is not None:
        return _FAULTS[cell.fault]
    if column.field.kind is FieldKind.CHOICE and after and after not in column.field.choices:
        return Doubt.CHOICE
    if changed_here:
        return Doubt.CHANGED_HERE
    unread = column.field.kind is FieldKind.QUANTITY and why_unread(after) is not None
    return Doubt.UNREAD if unread else None


def _texts_by_key(sheet: ReadSheet) -> dict[tuple[str, str], str]:
    """Tell the texts of a sheet by the keys of row and column; a cell without one is empty."""
    heads = {place: cell.text for (row, place), cell in sheet.cells.items() if row == 1 and place > 1}
    rows = {row: cell.text for (row, place), cell in sheet.cells.items() if place == 1 and row >= FIRST_ROW}
    return {(key, head): sheet.text(row, place) for row, key in rows.items() for place, head in heads.items()}
