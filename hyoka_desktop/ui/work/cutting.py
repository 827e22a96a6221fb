"""What the window does with the text or the cells that have the cursor: cut, copy, paste, choose all, its menu."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit

from hyoka_desktop.ui.grid.view import SheetView

if TYPE_CHECKING:
    from hyoka_desktop.ui.window import Window


class CuttingWork:
    """Carry out on the field in hand what its own keys do: they never reach the window."""

    def __init__(self, window: "Window") -> None:
        self._window = window

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Tell what is done for each action."""
        return {
            "cut": self.cut,
            "copy": self.copy,
            "paste": self.paste,
            "select_all": self.select_all,
            "context_menu": self.show_menu,
        }

    def cut(self) -> None:
        """Put what is chosen on the clipboard and take it away, where that can be written."""
        match self._window.focusWidget():
            case SheetView() as table:
                table.cut_wanted.emit()
            case (QTextEdit() | QLineEdit()) as edit if not edit.isReadOnly():
                edit.cut()
            case _:
                self._refuse()

    def copy(self) -> None:
        """Put what is chosen on the clipboard."""
        match self._window.focusWidget():
            case SheetView() as table:
                table.copy_wanted.emit()
            case (QTextEdit() | QLineEdit()) as edit:
                edit.copy()

    def paste(self) -> None:
        """Write what is on the clipboard, where that can be written."""
        match self._window.focusWidget():
            case SheetView() as table:
                table.paste_wanted.emit()
            case (QTextEdit() | QLineEdit()) as edit if not edit.isReadOnly():
                edit.paste()
            case _:
                self._refuse()

    def select_all(self) -> None:
        """Choose all of the field or table in hand."""
        match self._window.focusWidget():
            case (SheetView() | QTextEdit() | QLineEdit()) as field:
                field.selectAll()

    def show_menu(self) -> None:
        """Show the menu that a click with the right button on the field, table or line in hand would show."""
        widget = self._window.focusWidget()
        if widget is not None:
            place = QRectF(widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)).center().toPoint()
            where = widget.mapToGlobal(place)
            QApplication.sendEvent(widget, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, where))

    def _refuse(self) -> None:
        """Have a locked field say why it takes nothing."""
        refused = getattr(self._window.focusWidget(), "refused", None)
        if refused is not None:
            refused.emit()
