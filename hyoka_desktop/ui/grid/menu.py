"""The menu of a table of cells: what its keys and the buttons above it do."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QToolButton

from hyoka_desktop.messages.window import action_text
from hyoka_desktop.ui.grid.view import SheetView

_KEYS: Final = (
    *(("cut", "Ctrl+X"), ("copy", "Ctrl+C"), ("paste", "Ctrl+V"), ("select_all", "Ctrl+A"), ("grid_clear", "Del")),
    *(("grid_fill_down", "Ctrl+D"), ("grid_fill_right", "Ctrl+R")),
)
_READING: Final = frozenset({"copy", "select_all"})


def show_table_menu(table: SheetView, buttons: Sequence[QToolButton], place: QPoint) -> QMenu:
    """Pop up the menu of a table; what its buttons may not do, and what writes, is off where the item is final."""
    menu = QMenu(table)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    acts = {
        "cut": table.cut_wanted.emit,
        "copy": table.copy_wanted.emit,
        "paste": table.paste_wanted.emit,
        "select_all": table.selectAll,
        "grid_clear": table.clear_wanted.emit,
        "grid_fill_down": table.fill_down_wanted.emit,
        "grid_fill_right": table.fill_right_wanted.emit,
    }
    offered = [button for button in buttons if not button.isHidden()]
    may_write = any(button.isEnabled() for button in offered)
    for name, key in _KEYS:
        action = menu.addAction(f"{action_text(name)}\t{key}", acts[name])
        action.setEnabled(may_write or name in _READING)
    if offered:
        menu.addSeparator()
    for button in offered:
        menu.addAction(button.icon(), button.text(), button.click).setEnabled(button.isEnabled())
    menu.popup(place)
    return menu
