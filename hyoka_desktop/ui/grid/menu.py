"""The menu of a table of cells: what its keys and the buttons above it do."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QToolButton

from hyoka_desktop.messages.window import action_text
from hyoka_desktop.ui.actions import ACTION_DEFINITIONS
from hyoka_desktop.ui.grid.view import SheetView
from hyoka_desktop.ui.plain import keyed_caption

_KEYS: Final = (
    *(("cut", "Ctrl+X"), ("copy", "Ctrl+C"), ("paste", "Ctrl+V"), ("select_all", "Ctrl+A"), ("grid_clear", "Del")),
    *(("grid_fill_down", "Ctrl+D"), ("grid_fill_right", "Ctrl+R")),
)
_LETTERS: Final[Mapping[str, str]] = {
    **{definition.name: definition.letter for definition in ACTION_DEFINITIONS if definition.menu == "edit"},
    "grid_clear": "L",
    "grid_fill_down": "D",
    "grid_fill_right": "R",
    "add_indicator": "I",
    "add_output": "I",
    "add_achievement": "E",
    "grid_up": "U",
    "grid_down": "W",
    "remove_grid": "X",
}
"""What chooses an entry: as in the menu of editing where it stands there too. Two share a letter, but no table."""
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
        action = menu.addAction(f"{keyed_caption(action_text(name), _LETTERS[name])}\t{key}", acts[name])
        action.setEnabled(may_write or name in _READING)
    if offered:
        menu.addSeparator()
    for button in offered:
        caption = keyed_caption(button.text(), _LETTERS[button.objectName()])
        menu.addAction(button.icon(), caption, button.click).setEnabled(button.isEnabled())
    menu.popup(place)
    return menu
