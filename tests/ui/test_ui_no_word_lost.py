"""Whatever is pressed while one types: each word is found again in the facts, in the log or among the drafts."""

import random
from collections.abc import Callable, Sequence
from typing import Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from window_driver import LEFT, Driver, compose, end_composition, on_disk, type_text

from hyoka_desktop.ui.editors.growing import GrowingTextEdit
from hyoka_desktop.ui.editors.line import LineEdit
from hyoka_desktop.ui.grid.view import SheetView
from hyoka_desktop.ui.pages.fieldblock import FieldBlock

_STEPS: Final = 60
_UNLOCKED, _CHANGES_PLAN = 0.6, 0.5
_MOST_YEARS: Final = 4
_SEEDS = [*range(100, 112), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(112, 180))]


class Writer:
    """Write words that are told apart, in fields and cells, and do other things before they are finished."""

    def __init__(self, driver: Driver, seed: int) -> None:
        self._driver = driver
        self._chance = random.Random(seed)
        self._seed = seed
        self._acts: Sequence[tuple[Callable[[], object], float]] = (
            (self.focus, 6),
            (self.write, 4),
            (self.compose, 9),
            (self.finish, 1),
            (self.open_cell, 10),
            (self.button, 10),
            (self.another_year, 3),
            (self.another_item, 1),
            (lambda: driver.desk.step_tab(1), 3),
            (self.another_page, 1),
            (driver.desk.tree.setFocus, 1),
            (lambda: self._outside(driver.window.undoing.undo), 3),
            (lambda: self._outside(driver.window.undoing.redo), 1),
            (self.add_year, 0.3),
            (driver.window.fit_texts, 1),
        )
        self.words: list[str] = []
        self.done: list[str] = []

    def step(self) -> None:
        """Do one thing by chance."""
        acts, weights = zip(*self._acts, strict=True)
        act = self._chance.choices(acts, weights)[0]
        self.done.append(act.__name__)
        act()
        QApplication.processEvents()

    def focus(self) -> None:
        blocks = [block for block in self._seen(FieldBlock) if hasattr(block.editor, "edit")]
        if not blocks:
            return
        block = self._chance.choice(blocks)
        if block.binding.is_locked and self._chance.random() < _UNLOCKED:
            block.binding.unlock(changes_plan=self._chance.random() < _CHANGES_PLAN)
        else:
            block.editor.edit.setFocus()

    def write(self) -> None:
        edit = self._writable()
        if edit is not None and not edit.is_composing:
            type_text(edit, self._word())

    def compose(self) -> None:
        edit = self._writable()
        if edit is not None and not edit.is_composing:
            compose(edit, self._word())

    def finish(self) -> None:
        edit = self._writable()
        if edit is not None and edit.is_composing:
            end_composition(edit, edit._composition.text)

    def open_cell(self) -> None:
        tables = self._seen(SheetView)
        if not tables:
            return
        table = self._chance.choice(tables)
        model = table.model()
        cells = [
            cell
            for row in range(model.rowCount())
            for place in range(model.columnCount())
            if model.flags(cell := model.index(row, place)) & Qt.ItemFlag.ItemIsEditable and model.choices(cell) is None
        ]
        if cells:
            table.setFocus()
            table.setCurrentIndex(self._chance.choice(cells))
            QTest.keyClick(table, Qt.Key.Key_F2)

    def button(self) -> None:
        """Press a button that does not take the focus, so that what is being composed goes on."""
        buttons = [
            button
            for button in self._seen(QToolButton)
            if button.isEnabled() and button.focusPolicy() is Qt.FocusPolicy.NoFocus and button.menu() is None
        ]
        if buttons:
            QTest.mouseClick(self._chance.choice(buttons), LEFT)

    def another_year(self) -> None:
        self._driver.workplace.choose_year(self._chance.choice(self._driver.snapshot.years))

    def another_item(self) -> None:
        self._driver.desk.step_item(self._chance.choice((1, -1, 3)))

    def another_page(self) -> None:
        self._driver.desk.tree.choose(self._chance.choice(self._driver.desk.model.entries()))

    def add_year(self) -> None:
        if len(self._driver.snapshot.years) < _MOST_YEARS:
            self._driver.desk.commit()
            year = self._driver.session.newest_year + 1
            self._driver.session.add_year(year)
            self._driver.workplace.choose_year(year)

    def _outside(self, act: Callable[[], object]) -> None:
        """Undo or redo where that is of the report, not of the field in hand."""
        if QApplication.focusWidget() is self._driver.desk.tree:
            act()

    def _writable(self) -> GrowingTextEdit | LineEdit | None:
        edit = QApplication.focusWidget()
        is_open = isinstance(edit, GrowingTextEdit | LineEdit) and not edit.isReadOnly() and edit.isVisible()
        return edit if is_open else None

    def _seen(self, kind: type[QWidget]) -> list:
        return [widget for widget in self._driver.desk.page.findChildren(kind) if widget.isVisible()]

    def _word(self) -> str:
        self.words.append(f"語{self._seed}の{len(self.words)}番")
        return self.words[-1]


@pytest.mark.parametrize("seed", _SEEDS)
def test_every_word_is_found_again(driver, sample, seed):
    driver.activate()
    writer = Writer(driver, seed)
    for _ in range(_STEPS):
        writer.step()
    driver.close()
    kept = on_disk(
        sample, "SELECT text FROM value UNION ALL SELECT before FROM change UNION ALL SELECT after FROM change"
    )
    text = "\n".join(row[0] for row in kept if row[0])
    assert [word for word in writer.words if word not in text] == [], writer.done
    assert on_disk(sample, "SELECT text FROM draft") == [], writer.done
