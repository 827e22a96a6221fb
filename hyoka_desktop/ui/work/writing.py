"""What the window does for the text in hand: put in the value of an indicator, show last year's text beside it."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget

from hyoka_desktop.ui.editors.text import TextEditor
from hyoka_desktop.ui.pages.fieldblock import FieldBlock

if TYPE_CHECKING:
    from hyoka_desktop.ui.window import Window

W = TypeVar("W", bound=QWidget)


class WritingWork:
    """Carry out the writing actions of a window, on the field that has the cursor."""

    def __init__(self, window: "Window") -> None:
        self._window = window

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Tell what is done for each action."""
        return {"insert_value": self.insert_value, "toggle_past": self.toggle_past}

    def insert_value(self) -> None:
        """Let a value of an indicator be chosen for the text."""
        editor = self._in_hand(TextEditor)
        if editor is not None:
            editor.pick_value()

    def toggle_past(self) -> None:
        """Show or hide the text of last year."""
        block = self._in_hand(FieldBlock)
        if block is not None:
            block.toggle_past()

    def _in_hand(self, kind: type[W]) -> W | None:
        """Find the widget of a kind around the cursor."""
        widget: QWidget | None = self._window.focusWidget()
        while widget is not None and not isinstance(widget, kind):
            widget = widget.parentWidget()
        return widget
