"""A table with the keyboard of a spreadsheet. What its keys do to the report is asked for by signals.

Tab goes from cell to cell, so Esc lets the next Tab leave the table; behind the last cell Tab leaves it by itself.
"""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QInputMethodEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QComboBox, QLineEdit, QTableView

from hyoka_desktop.services.blocks import Area
from hyoka_desktop.ui.editors.base import would_write
from hyoka_desktop.ui.editors.inputplace import tell_place
from hyoka_desktop.ui.editors.line import LineEdit
from hyoka_desktop.ui.grid.delegate import CellDelegate

_CTRL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_JUMPS: Final = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_Index = QModelIndex | QPersistentModelIndex


class SheetView(QTableView):
    """Show a table of cells; the signals ask for what a block of cells is to undergo.

    `refused` tells that somebody writes in a cell that cannot be written.
    """

    copy_wanted = Signal()
    cut_wanted = Signal()
    paste_wanted = Signal()
    clear_wanted = Signal()
    fill_down_wanted = Signal()
    fill_right_wanted = Signal()
    leaving = Signal()
    left = Signal()
    first_wanted = Signal()
    menu_wanted = Signal(QPoint)
    refused = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._may_leave = False
        self._tab_from: int | None = None
        self._anchor = QPersistentModelIndex()
        self._blocks: Mapping[QKeySequence, Callable[[], None]] = {
            QKeySequence(key): signal.emit
            for keys, signal in (
                (("Ctrl+C", "Ctrl+Ins"), self.copy_wanted),
                (("Ctrl+X", "Shift+Del"), self.cut_wanted),
                (("Ctrl+V", "Shift+Ins"), self.paste_wanted),
                (("Del",), self.clear_wanted),
                (("Ctrl+D",), self.fill_down_wanted),
                (("Ctrl+R",), self.fill_right_wanted),
            )
            for key in keys
        }
        self._blocks = {
            **self._blocks,
            QKeySequence("Ctrl+A"): self.selectAll,
            QKeySequence("Ctrl+Shift+Home"): lambda: self._go_to(self._corner(is_last=False), extend=True),
            QKeySequence("Ctrl+Shift+End"): lambda: self._go_to(self._corner(is_last=True), extend=True),
        }

    @property
    def selected_area(self) -> Area:
        """Tell the selected rectangle, the cell in hand where nothing is selected."""
        ranges = self.selectionModel().selection()
        if ranges.isEmpty():
            return Area(self.currentIndex().row(), self.currentIndex().column(), 1, 1)
        last = ranges.last()
        return Area(last.top(), last.left(), last.height(), last.width())

    def select_area(self, area: Area) -> None:
        """Select a rectangle, its first cell being in hand."""
        model = self.model()
        first = model.index(area.top, area.left)
        last = model.index(area.top + area.rows - 1, area.left + area.columns - 1)
        self._anchor = QPersistentModelIndex(first)
        self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.selectionModel().select(QItemSelection(first, last), _CHOOSE)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Remember the single cell from which a selection is extended."""
        super().selectionChanged(selected, deselected)
        ranges = self.selectionModel().selection()
        if ranges.count() == 1 and self.selected_area.size == (1, 1):
            self._anchor = QPersistentModelIndex(ranges.first().topLeft())

    def edit(self, *arguments: object) -> bool:  # type: ignore[override]  # two overloads of Qt under one name
        """Open a cell; the delegate is told whether it was begun by typing over it, or goes on behind its text."""
        delegate = self.itemDelegate()
        typed_over = len(arguments) > 1 and arguments[1] is QAbstractItemView.EditTrigger.AnyKeyPressed
        if isinstance(delegate, CellDelegate) and len(arguments) > 1:
            delegate.typed_over = typed_over
        is_open = bool(super().edit(*arguments))  # type: ignore[call-overload]  # the same two overloads
        editor = self.indexWidget(self.currentIndex())
        if is_open and isinstance(editor, QLineEdit) and not typed_over:
            # Qt chose the whole text, and the next key would have replaced it.
            editor.end(False)  # noqa: FBT003 - Qt's own
        return is_open

    def event(self, event: QEvent) -> bool:
        """Keep the keys of a spreadsheet from the shortcuts of the window."""
        overrides = event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if overrides and isinstance(event, QKeyEvent) and (self._block_act(event) or self._own_act(event)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a spreadsheet does at a key; Enter asks for the first line of a table that has none."""
        self._may_leave = event.key() == Qt.Key.Key_Escape
        act = self._block_act(event) or self._own_act(event)
        if self._may_leave:
            self.leaving.emit()
        if act is None:
            self._tab_from = None
            if not self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable and would_write(event):
                self.refused.emit()
            super().keyPressEvent(event)
        else:
            act()
            event.accept()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Compose in the cell in hand, where the table stands now."""
        super().inputMethodEvent(event)
        tell_place(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to a cell; the one in hand is written first, as long as an input method hands over to that one."""
        editor = self.indexWidget(self.currentIndex())
        if isinstance(editor, LineEdit) and editor.is_composing:
            editor.finish_composition()
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu where the mouse is, or at the cell in hand."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        cell = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.menu_wanted.emit(cell if by_key else event.globalPos())

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        """Go to the next cell at Tab; leave the table behind the last one, or after Esc."""
        place = self.currentIndex()
        count, width = self.model().rowCount(), self.model().columnCount()
        last = (count - 1, width - 1) if forward else (0, 0)
        if self._may_leave or not place.isValid() or (place.row(), place.column()) == last:
            self._may_leave = False
            return super().focusNextPrevChild(forward)
        self.step(0, 1 if forward else -1)
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the first cell in hand where none is."""
        super().focusInEvent(event)
        self._may_leave = False
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the table was left."""
        super().focusOutEvent(event)
        self.left.emit()

    def scrollTo(
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into sight, also from behind the first column, which stays in its place."""
        super().scrollTo(index, hint)
        hidden = self.columnWidth(0) - self.visualRect(index).left()
        if index.column() > 0 and hidden > 0:
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - hidden)

    def step(self, rows: int, columns: int) -> None:
        """Go on by a cell: within the selected rectangle where there is one, else over the table.

        Enter after some Tabs goes below the cell where they began.
        """
        place = self.currentIndex()
        area = self.selected_area
        within = area.rows * area.columns > 1
        if columns:
            self._tab_from = place.column() if self._tab_from is None else self._tab_from
            target = _wrapped(place, columns, area if within else self._whole)
        else:
            column = place.column() if within or self._tab_from is None else self._tab_from
            self._tab_from = None
            target = _below(place, rows, column, area) if within else (place.row() + rows, column)
        index = self.model().index(*target)
        if index.isValid():
            flag = QItemSelectionModel.SelectionFlag.NoUpdate if within else _CHOOSE
            self.selectionModel().setCurrentIndex(index, flag)
            self.scrollTo(index)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _whole(self) -> Area:
        return Area(0, 0, self.model().rowCount(), self.model().columnCount())

    def _block_act(self, event: QKeyEvent) -> Callable[[], None] | None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return self._blocks.get(QKeySequence(int(event.key()) | modifiers.value))

    def _own_act(self, event: QKeyEvent) -> Callable[[], None] | None:
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ENTER and not modifiers and not self.model().rowCount():
            return self.first_wanted.emit
        if key in _ENTER and modifiers in {Qt.KeyboardModifier.NoModifier, _SHIFT}:
            return lambda: self.step(-1 if modifiers else 1, 0)
        if key in _JUMPS and modifiers & _CTRL and not modifiers & ~(_CTRL | _SHIFT):
            return lambda: self._jump(*_JUMPS[key], extend=bool(modifiers & _SHIFT))
        if key is Qt.Key.Key_Backspace and not modifiers:
            return self._rewrite
        if key is Qt.Key.Key_Down and modifiers == Qt.KeyboardModifier.AltModifier:
            return self._open_list
        return None

    def _corner(self, *, is_last: bool) -> QModelIndex:
        model = self.model()
        return model.index(model.rowCount() - 1, model.columnCount() - 1) if is_last else model.index(0, 0)

    def _jump(self, rows: int, columns: int, *, extend: bool) -> None:
        """Go to the end of the filled cells in a direction, or to the next filled one, at last to the edge."""
        place = self.currentIndex()
        ahead = place.sibling(place.row() + rows, place.column() + columns)
        through_filled = _is_filled(place) and _is_filled(ahead)
        while ahead.isValid():
            place = ahead
            ahead = place.sibling(place.row() + rows, place.column() + columns)
            if _is_filled(ahead if through_filled else place) is not through_filled:
                break
        self._go_to(place, extend=extend)

    def _go_to(self, place: QModelIndex, *, extend: bool) -> None:
        """Take a cell in hand; in extending, select all from where the selection began up to it."""
        if extend and self._anchor.isValid():
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().select(_between(self._anchor, place), _CHOOSE)
        else:
            flag = _CHOOSE
        self.selectionModel().setCurrentIndex(place, flag)
        self.scrollTo(place)

    def _rewrite(self) -> None:
        """Begin to write the cell in hand anew."""
        self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.EditKeyPressed, None)
        clear = getattr(self.indexWidget(self.currentIndex()), "clear", None)
        if clear is not None and not isinstance(self.indexWidget(self.currentIndex()), QComboBox):
            clear()

    def _open_list(self) -> None:
        self.edit(self.currentIndex(), QAbstractItemView.EditTrigger.EditKeyPressed, None)
        editor = self.indexWidget(self.currentIndex())
        if isinstance(editor, QComboBox):
            editor.showPopup()


_CHOOSE: Final = QItemSelectionModel.SelectionFlag.ClearAndSelect


def _between(one: _Index, other: _Index) -> QItemSelection:
    """Tell the rectangle that has two cells in its corners."""
    top, bottom = sorted((one.row(), other.row()))
    left, right = sorted((one.column(), other.column()))
    model = other.model()
    return QItemSelection(model.index(top, left), model.index(bottom, right))


def _is_filled(index: _Index) -> bool:
    return index.isValid() and bool(index.data())


def _wrapped(place: _Index, by: int, area: Area) -> tuple[int, int]:
    """Tell the next cell of a rectangle row by row, the first behind the last."""
    number = (place.row() - area.top) * area.columns + place.column() - area.left + by
    row, column = divmod(number % (area.rows * area.columns), area.columns)
    return area.top + row, area.left + column


def _below(place: _Index, by: int, column: int, area: Area) -> tuple[int, int]:
    """Tell the next cell of a rectangle column by column, the first behind the last."""
    number = (column - area.left) * area.rows + place.row() - area.top + by
    place_column, row = divmod(number % (area.rows * area.columns), area.rows)
    return area.top + row, area.left + place_column
