"""A plain text box for a remark: Ctrl+Enter says it, Tab goes on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent

from hyoka_desktop.ui.editors.base import with_composition
from hyoka_desktop.ui.editors.composition import Composition
from hyoka_desktop.ui.editors.wordsteps import WordedTextEdit, is_word_step, step_in_text

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RemarkEdit(WordedTextEdit):
    """Take a remark; `said` tells that it is finished, `typed` that it changed, a composition included."""

    said = Signal()
    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self._composition = Composition()
        self.textChanged.connect(self.typed)

    def finish_composition(self) -> None:
        """Take what is being composed as typed."""
        self._composition.finish(self.inputMethodEvent, self.insertPlainText)

    def on_screen(self) -> str:
        """Tell what is to be seen, with what an input method is composing."""
        return with_composition(self.toPlainText(), self.textCursor().position(), self._composition.text)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Count the composition as typed."""
        super().inputMethodEvent(event)
        self._composition.hear(event)
        self.typed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what is being composed when the box is left."""
        self._composition.leave(event, super().focusOutEvent, self.finish_composition)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say the remark with Ctrl+Enter; go by words and erase them."""
        self._composition.hear_key()
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finish_composition()
            self.said.emit()
        elif is_word_step(event):
            if not self._composition:
                step_in_text(self, event)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Know that a key was pressed, also where the input method took it."""
        self._composition.hear_key()
        super().keyReleaseEvent(event)
