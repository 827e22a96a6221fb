"""Hold what an input method is composing in a field, until it is typed or the field is left."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent

_AT_ONCE_MS: Final = 500


class Composition:
    """Know the text under composition of one field, which tells each event of the input method.

    No method of the field is kept: both would then live until Python looks for garbage, on whatever thread.
    """

    def __init__(self) -> None:
        self.text = ""
        self._is_handed_over = False
        self._dropped = ""
        self._since_dropped = QElapsedTimer()

    def __bool__(self) -> bool:
        """Tell whether something is being composed."""
        return bool(self.text)

    def hear(self, event: QInputMethodEvent) -> None:
        """Remember what an event says that is being composed, and whether it handed something over."""
        before, self.text = self.text, event.preeditString()
        self._is_handed_over |= bool(event.commitString())
        if self.text or event.commitString():
            self._dropped = ""
        elif before:
            self._dropped = before
            self._since_dropped.start()

    def hear_key(self) -> None:
        """Take a key that went down or up as a sign that a person gave up what is no longer composed."""
        self._dropped = ""

    def finish(self, take: Callable[[QInputMethodEvent], None], insert: Callable[[str], None]) -> None:
        """Have it handed over at once; where the input method does not, it is typed as it stands on the screen.

        `take` takes an event of the input method, `insert` types a text at the cursor.
        WORKAROUND: Qt's input method of Windows knows no `commit`, and hands over what it composed when it is reset;
        others drop it then.
        """
        composed, self._is_handed_over = self.text or self._taken_away(), False
        if not composed:
            return
        QGuiApplication.inputMethod().commit()
        if not self._is_handed_over:
            QGuiApplication.inputMethod().reset()
        if not self._is_handed_over:
            take(QInputMethodEvent())
            insert(composed)
        self._dropped = ""

    def _taken_away(self) -> str:
        """Tell what an input method dropped because another program got the keyboard.

        WORKAROUND: ibus clears what is composed before Qt knows that the window lost the keyboard.
        """
        if not self._dropped or QGuiApplication.focusWindow() is not None:
            return ""
        return self._dropped if self._since_dropped.elapsed() < _AT_ONCE_MS else ""

    def leave(self, event: QFocusEvent, pass_on: Callable[[QFocusEvent], None], finish: Callable[[], None]) -> bool:
        """Finish where the focus goes; tell whether it left (not for a menu or a window of the input method)."""
        unfinished = self.text
        pass_on(event)
        if event.reason() is Qt.FocusReason.PopupFocusReason:
            return False
        if self.text == unfinished:
            finish()
        self.text = ""
        return True
