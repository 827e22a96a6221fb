"""Somebody who presses anything: after it the file holds what the window showed, and undo goes back to the start."""

import random

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QTabBar,
    QTextEdit,
    QToolButton,
)
from window_driver import ALT, CTRL, LEFT, NONE, compose, end_composition, focused, paste, type_text

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.ui.editors.choice import ChoiceEditor, FlagEditor
from hyoka_desktop.ui.pages.fieldblock import FieldBlock
from hyoka_desktop.ui.pages.grid import NodeGrid

_STEPS = 120
_MENU_MS = 20
_TEXTS = ("評価", "１２３", "a<b>&", "\t", "𠮷", "95％以上", "令和6年6月28日")
_PASTED = ("一行", "二行\nと\t表", "\u00a0①\x0b\u2028か\u3099", "")
_DEEDS = (
    *("type", "type", "compose", "key", "key", "key", "item", "tab", "tab", "page", "field", "button", "action"),
    *("undo", "undo", "redo", "year", "drop", "button", "cell", "cell", "plan", "choice", "paste", "filter"),
)
_KEYS = (
    *((key, NONE) for key in (Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Backspace)),
    *((key, NONE) for key in (Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Space)),
    *((key, ALT) for key in (Qt.Key.Key_Up, Qt.Key.Key_Down)),
    *((key, CTRL) for key in (Qt.Key.Key_Z, Qt.Key.Key_Y, Qt.Key.Key_A, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)),
    (Qt.Key.Key_Tab, CTRL),
    (Qt.Key.Key_V, CTRL),
)


class Monkey:
    """Do one thing after another, chosen by a seed."""

    def __init__(self, driver, seed: int) -> None:
        self._driver = driver
        self._chance = random.Random(seed)
        # A menu that comes up by key or mouse holds an older Qt until it is closed.
        self._closing = QTimer(interval=_MENU_MS)
        self._closing.timeout.connect(_close_menu)
        self._closing.start()
        self.done: list[str] = []

    def step(self) -> None:
        name = self._chance.choice(_DEEDS)
        self.done.append(name)
        self._driver.activate()
        getattr(self, f"_{name}")()
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def answer(self, dialog: QDialog) -> None:
        """Answer any dialog: mostly no."""
        if isinstance(dialog, QFileDialog) or self._chance.random() < 0.5:
            dialog.reject()
            return
        buttons = [b for b in dialog.findChildren(QAbstractButton) if b.isVisible() and b.isEnabled()]
        if buttons:
            QTest.mouseClick(self._chance.choice(buttons), LEFT)
        if dialog.isVisible():
            dialog.reject()

    def _type(self) -> None:
        focus = QApplication.focusWidget()
        if isinstance(focus, QLineEdit | QTextEdit):
            type_text(focus, self._chance.choice(_TEXTS))

    def _compose(self) -> None:
        focus = QApplication.focusWidget()
        if isinstance(focus, QLineEdit | QTextEdit) and not focus.isReadOnly():
            compose(focus, "へんかん")
            if self._chance.random() < 0.7:
                end_composition(focus, "変換")

    def _key(self) -> None:
        key, modifiers = self._chance.choice(_KEYS)
        self.done[-1] += f" {key.name}"
        QTest.keyClick(QApplication.focusWidget() or self._driver.window, key, modifiers)

    def _item(self) -> None:
        entries = list(self._driver.desk.model.entries())
        self._driver.desk.tree.choose(self._chance.choice(entries))

    def _page(self) -> None:
        self._driver.go_page(self._chance.choice(self._driver.workplace.form.pages).id)

    def _tab(self) -> None:
        bars = [bar for bar in self._driver.desk.page.findChildren(QTabBar) if bar.isVisible() and bar.count()]
        if bars:
            bar = self._chance.choice(bars)
            place = self._chance.randrange(bar.count())
            QTest.mouseClick(bar, LEFT, NONE, bar.tabRect(place).center())

    def _field(self) -> None:
        blocks = [block for block in self._driver.desk.page.findChildren(FieldBlock) if block.isVisible()]
        if blocks:
            self._chance.choice(blocks).editor.setFocus()

    def _button(self) -> None:
        buttons = [b for b in self._driver.desk.page.findChildren(QToolButton) if b.isVisible() and b.isEnabled()]
        if buttons:
            QTest.mouseClick(self._chance.choice(buttons), LEFT)

    def _action(self) -> None:
        name = self._chance.choice(("add_item", "add_section", "move_up", "move_down", "renumber", "remove_node"))
        self.done[-1] += f" {name}"
        self._driver.trigger(name)

    def _undo(self) -> None:
        self._driver.trigger("undo")

    def _redo(self) -> None:
        self._driver.trigger("redo")

    def _year(self) -> None:
        self._driver.choose_year(self._chance.choice(self._driver.snapshot.years))

    def _drop(self) -> None:
        model = self._driver.desk.model
        entries = list(model.entries())
        nodes = [entry for entry in entries if entry.node is not None]
        sections = [entry for entry in nodes if entry.kind is NodeKind.SECTION]
        if nodes and sections:
            data = model.mimeData([model.index_of(self._chance.choice(nodes))])
            target = model.index_of(self._chance.choice(sections))
            model.dropMimeData(data, Qt.DropAction.MoveAction, self._chance.randint(-1, 9), 0, target)

    def _plan(self) -> None:
        """Press a button beside a caption: the change of a plan."""
        buttons = [b for b in self._driver.desk.page.findChildren(QPushButton) if b.isVisible() and b.isEnabled()]
        if buttons:
            QTest.mouseClick(self._chance.choice(buttons), LEFT)

    def _choice(self) -> None:
        blocks = [b for b in self._driver.desk.page.findChildren(FieldBlock) if b.isVisible()]
        choices = [b.editor for b in blocks if isinstance(b.editor, ChoiceEditor | FlagEditor)]
        if choices:
            self._chance.choice(choices).setFocus()
            QTest.keyClick(focused(), self._chance.choice((Qt.Key.Key_Space, Qt.Key.Key_Down)))
            QTest.keyClick(focused(), Qt.Key.Key_Return)

    def _paste(self) -> None:
        focus = QApplication.focusWidget()
        if isinstance(focus, QLineEdit | QTextEdit):
            paste(focus, self._chance.choice(_PASTED))

    def _filter(self) -> None:
        self._driver.desk.filter.line.setText(self._chance.choice(("", "Ⅱ", "ない")))

    def _cell(self) -> None:
        grids = [grid for grid in self._driver.desk.page.findChildren(NodeGrid) if grid.isVisible()]
        if grids and grids[0].model.rowCount():
            model = grids[0].model
            line, place = self._chance.randrange(model.rowCount()), self._chance.randrange(model.columnCount())
            grids[0].table.setCurrentIndex(model.index(line, place))
            grids[0].table.setFocus()
            QTest.keyClick(grids[0].table, Qt.Key.Key_F2)


def _close_menu():
    menu = QApplication.activePopupWidget()
    if menu is not None:
        menu.close()


def _shown_otherwise(driver):
    """Tell the editors, on any tab of every item, that show another text than the report holds."""
    driver.desk.filter.line.clear()
    found = []
    for entry in driver.desk.model.entries():
        driver.desk.tree.choose(entry)
        for place in range(driver.page.tabs.count() if entry.kind is NodeKind.ITEM else 1):
            if entry.kind is NodeKind.ITEM:
                driver.page.tabs.setCurrentIndex(place)
            for block in (block for block in driver.desk.page.findChildren(FieldBlock) if block.isVisible()):
                unset = fields.FALSE if isinstance(block.editor, FlagEditor) else ""
                if block.editor.text() != (driver.stored(block.node, block.field.id) or unset):
                    found.append((block.node, block.field.id, block.editor.text()))
    return found


def _facts(snapshot):
    return dict(snapshot.tree.nodes), {key: dict(years) for key, years in snapshot.values.items()}, snapshot.years


_SEEDS = [1, 2, 3, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(4, 40))]


@pytest.mark.parametrize("seed", _SEEDS)
def test_whatever_is_pressed_the_file_follows_and_undo_goes_back(driver, open_window, dialogs, sample, seed):
    start = _facts(driver.snapshot)
    monkey = Monkey(driver, seed)
    dialogs.answer_all(monkey.answer)
    for _ in range(_STEPS):
        monkey.step()
    driver.activate()
    driver.desk.tree.setFocus()
    driver.desk.commit()
    driver.wait_saved()
    assert driver.drafts_on_disk() == {}, monkey.done
    end = _facts(driver.snapshot)
    assert _shown_otherwise(driver) == [], monkey.done
    steps = len(driver.session._done)
    for _ in range(steps):
        driver.session.undo()
        QApplication.processEvents()
    assert _facts(driver.snapshot) == start, monkey.done
    for _ in range(steps):
        driver.session.redo()
        QApplication.processEvents()
    assert _facts(driver.snapshot) == end, monkey.done
    driver.close()
    again = open_window(sample)
    assert _facts(again.snapshot) == end, monkey.done
    assert again.session.anchor()
