"""Drive the window as a person does: keys, mouse, input method, dialogs; and look at the file from outside."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QMessageBox,
    QPushButton,
    QTableView,
    QWidget,
)
from shiboken6 import isValid

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.report import Address, NodeKind, Snapshot
from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.desk import Desk
from hyoka_desktop.ui.dialogs.waiting import WaitingDialog
from hyoka_desktop.ui.pages.fieldblock import FieldBlock
from hyoka_desktop.ui.pages.pages import ItemPage
from hyoka_desktop.ui.pages.tab import ItemTab
from hyoka_desktop.ui.tree_model import Entry
from hyoka_desktop.ui.window import Window

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
_POLL_MS = 10
_UNANSWERED_POLLS = 150


class DialogWatch:
    """Answer modal dialogs in the order in which they are expected; close those that nobody expects."""

    def __init__(self) -> None:
        self.unexpected: list[str] = []
        self.seen: list[str] = []
        self._answers: list[Callable[[QDialog], object]] = []
        self._faults: list[BaseException] = []
        self._unanswered = 0
        self._always: Callable[[QDialog], object] | None = None
        self._timer = QTimer(interval=_POLL_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def answer_all(self, answer: Callable[[QDialog], object]) -> None:
        """Answer every dialog from now on in the same way."""
        self._always = answer

    @contextmanager
    def expect(self, *answers: Callable[[QDialog], object]) -> Iterator[None]:
        """Have each dialog that comes up inside answered by the next of these; all of them must come."""
        self._answers += answers
        yield
        waited = 0
        while self._answers and waited < _UNANSWERED_POLLS:
            QTest.qWait(_POLL_MS)
            waited += 1
        left, self._answers = len(self._answers), []
        if self._faults:
            raise self._faults.pop()
        assert left == 0, f"{left} expected dialogs never came"

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        # On a slow machine the bar of long work comes up between; it goes by itself.
        if not isinstance(dialog, QDialog) or isinstance(dialog, WaitingDialog) or not dialog.isVisible():
            self._unanswered = 0
            return
        if not self._answers and self._always is not None:
            self._always(dialog)
            return
        if not self._answers:
            self._unanswered += 1
            if self._unanswered > _UNANSWERED_POLLS:
                self.unexpected.append(said(dialog))
                dialog.reject()
            return
        answer = self._answers.pop(0)
        self.seen.append(said(dialog))
        try:
            answer(dialog)
        except BaseException as fault:  # noqa: BLE001 - raised again where the dialog was expected
            self._faults.append(fault)
            dialog.reject()


def said(dialog: QWidget) -> str:
    """Tell title and texts of a dialog."""
    texts = [dialog.windowTitle(), *(label.text() for label in dialog.findChildren(QLabel))]
    return "\n".join(text for text in texts if text)


def press_button(text: str) -> Callable[[QDialog], None]:
    """Answer a dialog with the button of a text."""

    def answer(dialog: QDialog) -> None:
        QTest.mouseClick(button_of(dialog, text), LEFT)

    return answer


def button_of(dialog: QWidget, text: str) -> QPushButton:
    """Find the button of a text; the mnemonic sign does not count."""
    buttons = dialog.findChildren(QPushButton)
    found = [button for button in buttons if button.text().replace("&", "") == text and button.isVisible()]
    assert found, f"no button 「{text}」 among {[button.text() for button in buttons]}"
    return found[0]


def close_message(dialog: QDialog) -> None:
    """Close a message."""
    assert isinstance(dialog, QMessageBox), type(dialog).__name__
    press_button(word("close"))(dialog)


def table_texts(dialog: QDialog) -> list[list[str]]:
    """Tell the cells of the table of a dialog."""
    table = dialog.findChild(QTableView)
    assert table is not None, "the dialog has a table"
    return cell_texts(table)


def cell_texts(table: QTableView) -> list[list[str]]:
    """Tell the cells of a table or list, line by line as they stand."""
    model = table.model()
    columns = range(model.columnCount())
    return [[model.index(row, place).data() for place in columns] for row in range(model.rowCount())]


def press_box(lines: QTableView, row: int) -> None:
    """Tick or untick the box of a line by the space bar."""
    lines.setCurrentIndex(lines.model().index(row, 0))
    QTest.keyClick(lines, Qt.Key.Key_Space)


def has_tick(lines: QTableView, row: int) -> bool:
    """Tell whether the box of a line is shown ticked."""
    return Qt.CheckState(lines.model().index(row, 0).data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked


def buttons_of(dialog: QDialog) -> list[str]:
    return [button.text() for box in dialog.findChildren(QDialogButtonBox) for button in box.buttons()]


class Driver:
    """Drive one window."""

    def __init__(self, window: Window, qtbot, dialogs: DialogWatch) -> None:
        self.window = window
        self.qtbot = qtbot
        self.dialogs = dialogs
        self.closed = False

    # What is there

    @property
    def desk(self) -> Desk:
        assert self.window.desk is not None, "a report is open"
        return self.window.desk

    @property
    def workplace(self):
        return self.desk.workplace

    @property
    def session(self):
        return self.workplace.session

    @property
    def snapshot(self) -> Snapshot:
        return self.session.snapshot

    @property
    def path(self) -> Path:
        return self.session.path

    @property
    def saved_text(self) -> str:
        return self.window.save_state.label.text()

    @property
    def year(self) -> int:
        return self.workplace.year

    def item_id(self, number: str) -> int:
        view = self.workplace.view
        return next(item.id for item in view.items if view.text(item.id, fields.ITEM_NUMBER) == number)

    def row_ids(self, number: str) -> list[int]:
        return [row.id for row in self.workplace.view.children(self.item_id(number), NodeKind.ROW)]

    def stored(self, node: int, field: str) -> str:
        return self.workplace.view.text(node, field)

    def tree_labels(self) -> list[str]:
        model = self.desk.model
        return [model.data(model.index_of(entry)) for entry in model.entries()]

    def undo_name(self) -> str:
        return self.window.actions_["undo"].toolTip()

    def redo_name(self) -> str:
        return self.window.actions_["redo"].toolTip()

    # Going somewhere

    def go_item(self, number: str, tab: str | None = None) -> None:
        self.desk.tree.choose(Entry("", node=self.item_id(number), kind=NodeKind.ITEM))
        QApplication.processEvents()
        if tab is not None:
            self.go_tab(tab)

    def go_page(self, page: str) -> None:
        self.desk.tree.choose(Entry("", page=page))

    def go_section(self, number: str) -> None:
        view = self.workplace.view
        section = next(s.id for s in view.sections if view.text(s.id, fields.SECTION_NUMBER) == number)
        self.desk.tree.choose(Entry("", node=section, kind=NodeKind.SECTION))

    def go_computed(self) -> None:
        """Go to the 総括表."""
        self.desk.tree.choose(next(entry for entry in self.desk.model.entries() if entry.part is not None))

    def go_tab(self, tab: str) -> None:
        """Click on a tab of the item page, named by its id in the form."""
        label = next(one.label for one in self.workplace.form.tabs if one.id == tab)
        bar = self.page.tabs.tabBar()
        place = next(place for place in range(bar.count()) if bar.tabText(place).replace("&&", "&") == label)
        QTest.mouseClick(bar, LEFT, NONE, bar.tabRect(place).center())
        assert bar.currentIndex() == place
        QApplication.processEvents()

    @property
    def page(self) -> ItemPage:
        page = self.desk.page
        assert isinstance(page, ItemPage)
        return page

    @property
    def tab(self) -> ItemTab:
        return next(tab for tab in self.page.findChildren(ItemTab) if tab.isVisible())

    def choose_year(self, year: int) -> None:
        """Choose a year in the tool bar with the mouse's result: the signal that a person's choice sends."""
        box = self.window._year
        place = box.findData(year)
        assert place >= 0, f"no year {year}"
        box.setFocus()
        box.setCurrentIndex(place)
        box.activated.emit(place)
        QApplication.processEvents()

    # Fields

    def block(self, field: str, node: int | None = None) -> FieldBlock:
        """Find the editor of a field that is to be seen."""
        page = self.desk.page
        assert page is not None
        found = [
            block
            for block in page.findChildren(FieldBlock)
            if block.field.id == field and block.isVisible() and (node is None or block.node == node)
        ]
        assert found, f"no visible editor of {field}"
        return found[0]

    def edit(self, field: str, node: int | None = None):
        """Find the line or text box of a field."""
        return self.block(field, node).editor.edit

    def focus(self, field: str, node: int | None = None):
        """Click into a field, the cursor at its end."""
        self.activate()
        edit = self.edit(field, node)
        target = edit.viewport() if hasattr(edit, "viewport") else edit
        QTest.mouseClick(target, LEFT, NONE, QPoint(8, 8))
        assert edit.hasFocus(), f"{field} took no focus"
        QTest.keyClick(edit, Qt.Key.Key_End, CTRL if hasattr(edit, "viewport") else NONE)
        return edit

    def activate(self) -> None:
        """Wait for the window to be active again after a dialog; without a window manager it must be asked."""
        if not self.window.isActiveWindow():
            self.window.activateWindow()
            assert QTest.qWaitForWindowActive(self.window)

    def type(self, field: str, text: str, node: int | None = None):
        """Click into a field and type at its end."""
        edit = self.focus(field, node)
        type_text(edit, text)
        return edit

    def leave(self) -> None:
        """Leave the field for the tree, as a click on the line in hand does."""
        self.activate()
        tree = self.desk.tree
        tree.scrollTo(tree.currentIndex())
        QTest.mouseClick(tree.viewport(), LEFT, NONE, tree.visualRect(tree.currentIndex()).center())
        assert tree.hasFocus(), f"the focus is on {self.window.focusWidget()}"

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the focus is, shortcuts included."""
        self.activate()
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, key, modifiers)

    def undo(self) -> None:
        self.key(Qt.Key.Key_Z, CTRL)
        QApplication.processEvents()

    def redo(self) -> None:
        self.key(Qt.Key.Key_Y, CTRL)
        QApplication.processEvents()

    def trigger(self, action: str) -> None:
        """Choose an action from its menu."""
        assert self.window.actions_[action].isEnabled(), f"{action} is off"
        self.window.actions_[action].trigger()

    # What reached the disk and the pages

    def wait_saved(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.has_unsaved, timeout=5000)

    def drafts_on_disk(self) -> dict[Address, str]:
        return {Address(*row[:3]): row[3] for row in on_disk(self.path, "SELECT node, field, year, text FROM draft")}

    def value_on_disk(self, node: int, field: str, year: int) -> str | None:
        rows = on_disk(self.path, "SELECT text FROM value WHERE node=? AND field=? AND year=?", (node, field, year))
        return rows[0][0] if rows else None

    def preview_text(self) -> str:
        return "".join(text.text for page in self.desk.preview.view.pages for text in page.texts)

    def wait_preview(self, text: str) -> None:
        self.qtbot.waitUntil(lambda: text in self.preview_text(), timeout=5000)

    def computed_text(self) -> str:
        return "".join(t.text for page in self.desk._computed_preview.view.pages for t in page.texts)

    def close(self) -> None:
        """Close the window and give back what it holds; what it gives back by itself is seen in test_ui_memory.py."""
        if self.closed or not isValid(self.window):
            return
        self.closed = True
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def focused() -> QWidget:
    """Tell the widget that has the keyboard, or the window where none of its widgets has.

    Without a window manager a bar that came and went, as one does under load, leaves it to nobody; a key for nobody
    would end the process.
    """
    for _ in range(_UNANSWERED_POLLS):
        widget = QApplication.focusWidget() or QApplication.activeWindow()
        if widget is not None:
            return widget
        for window in (QApplication.activeModalWidget(), *QApplication.topLevelWidgets()):
            if window is not None and window.isVisible():
                window.activateWindow()
                break
        QTest.qWait(_POLL_MS)
    raise AssertionError("nothing has the keyboard")


def type_text(widget: QWidget, text: str) -> None:
    """Press one key for each character, as a keyboard that has them all."""
    for character in text:
        key = Qt.Key.Key_Return if character == "\n" else Qt.Key(0)
        typed = "\r" if character == "\n" else character
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, key, NONE, typed))


def compose(widget: QWidget, preedit: str) -> None:
    """Show a composition of an input method."""
    QApplication.sendEvent(widget, QInputMethodEvent(preedit, []))


def end_composition(widget: QWidget, text: str) -> None:
    """Let the input method hand over what it composed."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def paste(edit: QWidget, text: str) -> None:
    """Put a text on the clipboard and press Ctrl+V."""
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(edit, Qt.Key.Key_V, CTRL)


def on_disk(path: Path, query: str, values: tuple = ()) -> list[tuple]:
    """Read a copy of the file with another SQLite, as a file manager and a stranger would."""
    copy = path.with_name(f"{path.name}.look")
    shutil.copyfile(path, copy)
    try:
        with closing(sqlite3.connect(copy)) as connection:
            return connection.execute(query, values).fetchall()
    finally:
        copy.unlink()


def rich_to_plain(html: str) -> str:
    document = QTextDocument()
    document.setHtml(html)
    return document.toPlainText()


def needed_size(label: QLabel) -> QSize:
    return label.sizeHint()
