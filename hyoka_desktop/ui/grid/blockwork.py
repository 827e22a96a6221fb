"""Copy, cut, paste, fill and clear blocks of cells: each one step of undo, and what was not done is said."""

from collections import Counter
from dataclasses import dataclass, field

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from hyoka_desktop.domain.changes import Action
from hyoka_desktop.domain.report import Address, NodeKind
from hyoka_desktop.formdef.model import FieldKind
from hyoka_desktop.messages.commandline import ODDITIES
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import blocks
from hyoka_desktop.services.blocks import Area, NewCell
from hyoka_desktop.services.session import clean_text
from hyoka_desktop.ui.dialogs.notice import choose
from hyoka_desktop.ui.grid.view import SheetView
from hyoka_desktop.ui.pages.grid_model import GridModel
from hyoka_desktop.ui.workplace import Workplace


@dataclass(slots=True)
class _Outcome:
    """Count what was done to the cells of a block, and what was not."""

    texts: dict[Address, str] = field(default_factory=dict)
    new_lines: list[dict[NewCell, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    cleaned: Counter[str] = field(default_factory=Counter)

    def sentences(self) -> list[str]:
        """Say all but what was done as wanted."""
        said = [word(f"grid_{name}", count=count) for name, count in self.counts.items()]
        if self.cleaned:
            details = "、".join(f"{ODDITIES[kind]} {count}" for kind, count in self.cleaned.items())
            said.append(word("grid_cleaned", details=details))
        return said


class BlockWork(QObject):
    """Carry out on blocks of cells what a view asks for."""

    told = Signal(str)

    def __init__(self, workplace: Workplace, model: GridModel, view: SheetView, kinds: tuple[NodeKind, ...]) -> None:
        super().__init__(view)
        self._workplace = workplace
        self._model = model
        self._view = view
        self._kinds = kinds
        self.owner: int | None = None
        view.copy_wanted.connect(self.copy)
        view.cut_wanted.connect(self.cut)
        view.paste_wanted.connect(self.paste)
        view.clear_wanted.connect(self.clear)
        view.fill_down_wanted.connect(lambda: self.fill(down=True))
        view.fill_right_wanted.connect(lambda: self.fill(down=False))

    def copy(self) -> None:
        """Put the selected cells on the clipboard, as text and as a table whose cells Excel takes as they are."""
        area = self._view.selected_area
        block = self._texts(area)
        contents = QMimeData()
        contents.setText(blocks.write_cells(block))
        contents.setHtml(blocks.write_html_cells(block))
        QGuiApplication.clipboard().setMimeData(contents)
        self.told.emit(word("grid_copied", cells=area.rows * area.columns))

    def cut(self) -> None:
        """Put the selected cells on the clipboard and clear them."""
        self.copy()
        self.clear()

    def clear(self) -> None:
        """Empty the selected cells."""
        area = self._view.selected_area
        self._write(area, [[""] * area.columns] * area.rows, Action.CLEAR, "grid_cleared")

    def fill(self, *, down: bool) -> None:
        """Repeat the first row (or column) of the selection; a single cell takes what stands above (or before) it."""
        area = self._view.selected_area
        if down and area.rows == 1:
            area = Area(area.top - 1, area.left, 2, area.columns)
        elif not down and area.columns == 1:
            area = Area(area.top, area.left - 1, area.rows, 2)
        if area.top < 0 or area.left < 0:
            return
        texts = self._texts(area)
        block = [texts[0]] * area.rows if down else [[row[0]] * area.columns for row in texts]
        self._write(area, block, Action.FILL, "grid_filled")

    def spread(self, text: str) -> None:
        """Write a text into all selected cells."""
        area = self._view.selected_area
        self._write(area, [[text] * area.columns] * area.rows, Action.FILL, "grid_spread")
        self._view.setFocus()

    def paste(self) -> None:
        """Write the cells on the clipboard from the first selected cell on."""
        text = QGuiApplication.clipboard().text()
        if not text or not self._view.currentIndex().isValid() or self._is_refused():
            return
        selected = self._view.selected_area
        room = self._model.rowCount() - selected.top, self._model.columnCount() - selected.left
        block = blocks.trimmed(blocks.spread(blocks.read_cells(text), selected), *room)
        area = Area(selected.top, selected.left, len(block), len(block[0]))
        missing = max(area.top + area.rows - self._model.rowCount(), 0)
        beyond = max(area.left + area.columns - self._model.columnCount(), 0)
        with_new = self._ask_about(area, missing, beyond) if missing or beyond else False
        if with_new is not None:
            self._paste(area, block, missing, beyond, with_new=with_new)

    def _is_refused(self) -> bool:
        """Tell whether nothing can be written here, and have it said."""
        is_refused = self._workplace.is_read_only or self._workplace.is_final(self.owner)
        if is_refused:
            self._view.refused.emit()
        return is_refused

    def _ask_about(self, area: Area, missing: int, beyond: int) -> bool | None:
        """Ask what to do about cells that the table has not: whether to add lines; None for giving up."""
        said = [word("grid_too_long", rows=area.rows, missing=missing)] if missing else []
        said += [word("grid_too_wide", columns=area.columns, missing=beyond)] if beyond else []
        add, part = word("grid_paste_add", missing=missing), word("grid_paste_part")
        may_add = missing > 0 and self.owner is not None
        answer = choose(
            self._view.window(), word("grid_paste_title"), "\n".join(said), (add, part) if may_add else (part,)
        )
        return None if answer is None else answer == add

    def _paste(self, area: Area, block: list[list[str]], missing: int, beyond: int, *, with_new: bool) -> None:
        outcome = _Outcome()
        there = area.rows - missing
        width = area.columns - beyond
        for row, cells in enumerate(block):
            if row < there:
                for column, text in enumerate(cells[:width]):
                    self._put(outcome, area.top + row, area.left + column, text)
            elif with_new:
                outcome.new_lines.append(self._new_line(outcome, area.left, cells[:width]))
        if missing and not with_new:
            outcome.counts["cut_rows"] = missing
        if beyond:
            outcome.counts["cut_columns"] = beyond
        self._workplace.settle()
        session, year = self._workplace.session, self._workplace.year
        texts, new_lines = outcome.texts, outcome.new_lines
        self._workplace.attempt(lambda: blocks.paste(session, year, texts, self.owner, self._kinds, new_lines))
        written = len(outcome.texts) + sum(map(len, outcome.new_lines))
        self._view.select_area(Area(area.top, area.left, area.rows if with_new else max(there, 1), max(width, 1)))
        self._tell("grid_pasted", written, outcome)

    def _new_line(self, outcome: _Outcome, left: int, cells: list[str]) -> dict[NewCell, str]:
        line: dict[NewCell, str] = {}
        for place, text in enumerate(cells, left):
            column = self._model.columns[place]
            if column.field is None:
                outcome.counts["skipped"] += bool(text)
            elif self._is_allowed(outcome, column.field.choices, column.field.kind, text):
                line[NewCell(column.kind, column.field.id, column.year)] = text
                self._count_cleaned(outcome, text)
        return line

    def _write(self, area: Area, block: list[list[str]], action: Action, said: str) -> None:
        if self._is_refused():
            return
        outcome = _Outcome()
        for row, cells in enumerate(block):
            for column, text in enumerate(cells):
                self._put(outcome, area.top + row, area.left + column, text)
        self._workplace.settle()
        session, year = self._workplace.session, self._workplace.year
        self._workplace.attempt(lambda: session.set_block(outcome.texts, year, action))
        self._tell(said, len(outcome.texts), outcome)

    def _put(self, outcome: _Outcome, row: int, column: int, text: str) -> None:
        """Plan the text of a cell; one that several lines share keeps what came first."""
        index = self._model.index(row, column)
        address, definition = self._model.address(index), self._model.columns[column].field
        if address is None or definition is None:
            outcome.counts["skipped"] += bool(text)
        elif self._is_allowed(outcome, definition.choices, definition.kind, text):
            if outcome.texts.setdefault(address, text) != text:
                outcome.counts["clashing"] += 1
            self._count_cleaned(outcome, text)

    def _is_allowed(self, outcome: _Outcome, choices: tuple[str, ...], kind: FieldKind, text: str) -> bool:
        if kind is FieldKind.CHOICE and text and text not in choices:
            outcome.counts["refused"] += 1
            return False
        return True

    def _count_cleaned(self, outcome: _Outcome, text: str) -> None:
        clean = clean_text(text)
        outcome.cleaned.update(clean.changed)
        lines = clean.text.count("\n")
        if lines:
            outcome.counts["joined_lines"] += lines

    def _tell(self, said: str, cells: int, outcome: _Outcome) -> None:
        outcome.counts = +outcome.counts
        self.told.emit("。".join([word(said, cells=cells) if cells else word("grid_nothing"), *outcome.sentences()]))

    def _texts(self, area: Area) -> list[list[str]]:
        return [
            [self._model.text(self._model.index(row, column)) for column in range(area.left, area.left + area.columns)]
            for row in range(area.top, area.top + area.rows)
        ]
