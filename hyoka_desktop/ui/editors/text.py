"""Edit text of several paragraphs: grows with its text, safe with input methods, pastes clean plain text."""

from typing import Final

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QTextEdit

from hyoka_desktop.formdef.model import FieldDefinition, FieldKind
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.session import clean_text
from hyoka_desktop.ui.editors.base import FieldEditor, with_composition
from hyoka_desktop.ui.theme import LINE_HEIGHT_PERCENT

_LEAST_LINES: Final = 2
_FRAME: Final = 14
_PARAGRAPH_SEPARATORS: Final = str.maketrans({"\u2029": "\n", "\u2028": "\n"})


class GrowingTextEdit(QTextEdit):
    """Be as tall as the text. Plain text only; Tab leaves the field."""

    composed = Signal(str)
    left = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()
    cleaned = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self.updateGeometry)
        self._composition = ""
        self._space_lines()

    @property
    def is_composing(self) -> bool:
        """Tell whether an input method is composing."""
        return bool(self._composition)

    def plain(self) -> str:
        """Tell the text; unlike `toPlainText` it keeps the no-break space."""
        return self.document().toRawText().translate(_PARAGRAPH_SEPARATORS)

    def replace(self, text: str) -> None:
        """Put another text in its place; it cannot be undone here."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self._space_lines()

    def _space_lines(self) -> None:
        """Set lines apart; what is typed behind them inherits it, and it cannot be undone."""
        spacing = QTextBlockFormat()
        spacing.setLineHeight(LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spacing)
        self.document().clearUndoRedoStacks()

    def sizeHint(self) -> QSize:
        """Ask for the height of the text."""
        least = _LEAST_LINES * self.fontMetrics().lineSpacing() * LINE_HEIGHT_PERCENT / 100
        height = max(self.document().size().height(), least) + _FRAME
        return QSize(super().sizeHint().width(), round(height))

    def minimumSizeHint(self) -> QSize:
        """Never be less tall than the text."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for another height when the width changed."""
        super().resizeEvent(event)
        self.updateGeometry()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: the field shows all its text."""
        event.ignore()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take clean text only, and say what was cleaned; keep the composition in the draft too."""
        clean = clean_text(event.commitString())
        if clean.text != event.commitString():
            event.setCommitString(clean.text, event.replacementStart(), event.replacementLength())
        super().inputMethodEvent(event)
        if clean.changed:
            self.cleaned.emit(clean.changed)
        self._composition = event.preeditString()
        self.composed.emit(with_composition(self.plain(), self.textCursor().position(), self._composition))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo typing first; where there is none left, ask for undo of the last command."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.take_back()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.repeat()
        else:
            super().keyPressEvent(event)

    def take_back(self) -> None:
        """Undo typing, or ask for undo of the last command; quietly nothing while composing."""
        if self.is_composing:
            return
        if self.document().isUndoAvailable():
            self.undo()
        else:
            self.undo_wanted.emit()

    def repeat(self) -> None:
        """Redo typing, or ask for redo."""
        if self.is_composing:
            return
        if self.document().isRedoAvailable():
            self.redo()
        else:
            self.redo_wanted.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left (not for a menu or a window of the input method)."""
        unfinished = self._composition
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            if self._composition == unfinished:
                self.finish_composition()
            self._composition = ""
            self.left.emit()

    def finish_composition(self) -> None:
        """Take what is being composed as typed, where the input method does not hand it over by itself."""
        QGuiApplication.inputMethod().commit()
        if self._composition:
            composed, self._composition = self._composition, ""
            self.insertPlainText(composed)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text only: no pictures, no files."""
        return source.hasText() and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste clean plain text, and say what was cleaned."""
        if not self.canInsertFromMimeData(source):
            return
        clean = clean_text(source.text())
        self.textCursor().insertText(clean.text)
        self.ensureCursorVisible()
        if clean.changed:
            self.cleaned.emit(clean.changed)


class TextEditor(FieldEditor):
    """Edit a text of several paragraphs, or a list of lines, with a count of characters."""

    def __init__(self, field: FieldDefinition) -> None:
        super().__init__(field)
        self.edit = GrowingTextEdit()
        self.edit.setAccessibleName(field.label)
        if field.kind is FieldKind.LINES and not field.tip:
            self.edit.setPlaceholderText(word("lines_hint"))
        self._count = QLabel()
        self._count.setProperty("role", "faint")
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self._count)
        self.column.addWidget(self.edit)
        self.column.addLayout(foot)
        self.setFocusProxy(self.edit)
        self._showing = False
        self.edit.textChanged.connect(self._tell_typed)
        self.edit.composed.connect(self.typed)
        self.edit.left.connect(self.finished)
        self.edit.undo_wanted.connect(self.undo_wanted)
        self.edit.redo_wanted.connect(self.redo_wanted)
        self.edit.cleaned.connect(self.cleaned)

    def text(self) -> str:
        """Tell the text; a list loses its empty lines."""
        text = self.edit.plain()
        if self.field.kind is FieldKind.LINES:
            return "\n".join(line for line in text.split("\n") if line.strip())
        return text

    def show_text(self, text: str) -> None:
        """Show a text of the report."""
        self._showing = True
        try:
            if self.edit.plain() != text:
                self.edit.replace(text)
            self._show_count()
        finally:
            self._showing = False

    def set_locked(self, locked: bool) -> None:
        """Show for reading only."""
        self.edit.setReadOnly(locked)

    @property
    def is_composing(self) -> bool:
        """Tell whether an input method is composing."""
        return self.edit.is_composing

    def finish_composition(self) -> None:
        """Take what is being composed as typed."""
        self.edit.finish_composition()

    def settle(self) -> None:
        """Show the text as it is stored, and forget what could be undone inside."""
        self.show_text(self.text())
        self.edit.document().clearUndoRedoStacks()

    def _tell_typed(self) -> None:
        self._show_count()
        if not self._showing and not self.edit.is_composing:
            self.typed.emit(self.edit.plain())

    def _show_count(self) -> None:
        self._count.setText(word("characters", count=len(self.edit.plain().replace("\n", ""))))
