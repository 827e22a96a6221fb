"""Hold what an input method is composing in a field, until it is typed or the field is left."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication


class Composition:
    """Know the text under composition of one field; `insert` types a text at its cursor.

    No method of the field is kept: both would then live until Python looks for garbage, on whatever thread.
    """

    def __init__(self) -> None:
        self.text = ""

    def __bool__(self) -> bool:
        """Tell whether something is being composed."""
        return bool(self.text)

    def finish(self, insert: Callable[[str], None]) -> None:
        """Take it as typed, where the input method does not hand it over by itself."""
        QGuiApplication.inputMethod().commit()
        if self.text:
            composed, self.text = self.text, ""
            insert(composed)

    def leave(self, event: QFocusEvent, pass_on: Callable[[QFocusEvent], None], insert: Callable[[str], None]) -> bool:
        """Finish where the focus goes; tell whether it left (not for a menu or a window of the input method)."""
        unfinished = self.text
        pass_on(event)
        if event.reason() is Qt.FocusReason.PopupFocusReason:
            return False
        if self.text == unfinished:
            self.finish(insert)
        self.text = ""
        return True
