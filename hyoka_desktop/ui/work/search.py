"""What the window does to find: items, words, functions."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from hyoka_desktop.messages.actions import CALLED_TOO
from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.dialogs.shortcuts import ShortcutList
from hyoka_desktop.ui.plain import shown_caption
from hyoka_desktop.ui.search.goto import GoTo
from hyoka_desktop.ui.search.quickpick import Pick, QuickPick
from hyoka_desktop.ui.search.replacing import ReplaceDialog

if TYPE_CHECKING:
    from hyoka_desktop.ui.window import Window


class SearchWork:
    """Carry out the actions that find something."""

    def __init__(self, window: "Window") -> None:
        self._window = window

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Tell what is done for each action."""
        return {
            "go_to_item": self.go_to_item,
            "find_in_item": self.find_in_item,
            "replace": self.replace,
            "palette": self.show_palette,
            "shortcuts": self.show_shortcuts,
        }

    def go_to_item(self) -> None:
        """Let an item be picked by a part of its name or its text, and go there."""
        desk = self._window.desk
        if desk is None:
            return
        desk.commit()
        go = (desk.tree.choose, desk.go_to)
        picker = GoTo(self._window, desk.workplace, self._window.queue, list(desk.model.entries()), go)
        self._pick(picker)

    def find_in_item(self) -> None:
        """Open the line that finds words in the item in hand."""
        if self._window.desk is not None:
            self._window.desk.find_bar.open_bar()

    def replace(self) -> None:
        """Open find and replace beside the window."""
        desk = self._window.desk
        if desk is not None:
            desk.commit()
            dialog = ReplaceDialog(self._window, desk.workplace, self._window.queue, desk.item, desk.go_to)
            dialog.finished.connect(dialog.deleteLater)
            desk.destroyed.connect(dialog.deleteLater)
            dialog.show()
            dialog.words.setFocus()

    def show_palette(self) -> None:
        """Let any function that works now be picked by its name."""
        picks = [
            Pick(
                shown_caption(action.text()),
                f"{menu}　{action.shortcut().toString()}".strip(),
                action.trigger,
                CALLED_TOO.get(action.objectName(), ""),
            )
            for menu, action in self._functions()
            if action.isEnabled()
        ]
        self._pick(QuickPick(self._window, word("palette_title"), word("palette_hint"), word("palette_none"), picks))

    def show_shortcuts(self) -> None:
        """List all functions with their keys."""
        dialog = ShortcutList(self._window, self._functions())
        if dialog.exec() and dialog.chosen is not None:
            dialog.chosen.trigger()
        dialog.deleteLater()

    def _functions(self) -> list[tuple[str, QAction]]:
        return self._window.actions_.by_menu()

    def _pick(self, picker: QuickPick) -> None:
        if picker.exec() and picker.picked is not None:
            picker.picked.act()
        picker.deleteLater()
