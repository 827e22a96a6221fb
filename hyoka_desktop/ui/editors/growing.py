"""A text box as tall as its text, safe with input methods: undo of typing first, lists that continue, clean paste."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip

from hyoka_desktop.services.session import clean_text
from hyoka_desktop.ui.editors.base import would_write
from hyoka_desktop.ui.editors.chips import chip_at, insert_stored, stored_text
from hyoka_desktop.ui.editors.clipboard import copied, is_cell, stored_in
from hyoka_desktop.ui.editors.composition import Composition
from hyoka_desktop.ui.editors.documents import space_lines
from hyoka_desktop.ui.editors.lists import continue_list, remove_empty_mark
from hyoka_desktop.ui.editors.pasting import insert_tidied
from hyoka_desktop.ui.editors.quotes import NO_QUOTES, Quotes
from hyoka_desktop.ui.editors.strides import is_stride, take_stride
from hyoka_desktop.ui.editors.underlines import paint_underlines
from hyoka_desktop.ui.editors.wordsteps import WordedTextEdit, erases_word, is_word_step, step_in_text
from hyoka_desktop.ui.plain import plain_tip
from hyoka_desktop.ui.theme import LINE_HEIGHT_PERCENT

_LEAST_LINES: Final = 2
_FRAME: Final = 14


class GrowingTextEdit(WordedTextEdit):
    """Be as tall as the text. Plain text and chips only; Tab leaves the field.

    `walked` tells that typing was taken back or repeated, `tidied` what was tidied in a paste, `cleaned` what no
    document could hold, `value_wanted` that a value of an indicator is to be chosen, `refused` that somebody writes
    in a text that is locked.
    """

    composed = Signal(str)
    left = Signal()
    refused = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()
    walked = Signal()
    cleaned = Signal(object)
    tidied = Signal(object)
    value_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._composition = Composition()
        self._settled_steps = 0
        self.quotes: Quotes = NO_QUOTES
        self.is_newest: Callable[[], bool] = lambda: False
        self._document = self.document()
        self._document.documentLayout().documentSizeChanged.connect(self.updateGeometry)
        space_lines(self._document)

    @property
    def is_composing(self) -> bool:
        """Tell whether an input method is composing."""
        return bool(self._composition)

    def plain(self) -> str:
        """Tell the text as it is stored: live values written out, no-break spaces kept."""
        return stored_text(self.document())

    def replace(self, text: str) -> None:
        """Put another text in its place; it cannot be undone here."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        insert_stored(cursor, text)
        space_lines(self.document())

    def rewrite(self, text: str) -> None:
        """Put another text in its place as one step of typing."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        insert_stored(cursor, text)
        self.setTextCursor(cursor)

    def show_document(self, document: QTextDocument) -> None:
        """Edit a document that was kept, with what can be undone in it."""
        if document is self._document:
            return
        self._document.documentLayout().documentSizeChanged.disconnect(self.updateGeometry)
        self.setDocument(document)
        self._document = document
        document.setDefaultFont(self.font())
        document.documentLayout().documentSizeChanged.connect(self.updateGeometry)
        self.settle()

    def settle(self) -> None:
        """Take the text as final: what is typed from here on is a step of its own."""
        self.document().setModified(False)
        self._settled_steps = self.document().availableUndoSteps()

    @property
    def was_walked_back(self) -> bool:
        """Tell whether more typing was taken back than came since the text was final."""
        return self.document().availableUndoSteps() < self._settled_steps

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

    def paintEvent(self, event: QPaintEvent) -> None:
        """Underline what is marked, too."""
        super().paintEvent(event)
        paint_underlines(self, event.rect())

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
        self._composition.hear(event)
        place = self.textCursor().position()
        before, after = stored_text(self.document(), 0, place), stored_text(self.document(), place)
        self.composed.emit(before + self._composition.text + after)
        if not self._composition:
            self._offer_values(event.commitString())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo typing first, continue lists, offer values; all else is typing."""
        self._composition.hear_key()
        if event.matches(QKeySequence.StandardKey.Undo):
            self.take_back()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.repeat()
        elif not self.isReadOnly() and not self.is_composing and self._edits_list(event):
            self.ensureCursorVisible()
        elif is_stride(event) and not self.is_composing:
            event.setAccepted(take_stride(self, event))
        elif is_word_step(event) and not (self.isReadOnly() and erases_word(event)):
            if not self.is_composing:
                step_in_text(self, event)
        else:
            super().keyPressEvent(event)
            self._offer_values(event.text())
            if self.isReadOnly() and would_write(event):
                self.refused.emit()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Know that a key was pressed, also where the input method took it."""
        self._composition.hear_key()
        super().keyReleaseEvent(event)

    def _edits_list(self, event: QKeyEvent) -> bool:
        """Tell whether a key was a step in a list: Enter continues or ends it, Backspace takes an empty mark away."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not _is_modified(event):
            return continue_list(self.textCursor())
        if event.key() == Qt.Key.Key_Backspace and not _is_modified(event):
            return remove_empty_mark(self.textCursor())
        return False

    def _offer_values(self, typed: str) -> None:
        """Offer the values of indicators behind a brace, or take a live value that was typed out as one."""
        if self.isReadOnly() or self.is_composing or typed not in _BRACES:
            return
        if typed in _OPENING:
            self.value_wanted.emit()
        else:
            self.quotes.take_typed(self.textCursor())

    def take_back(self) -> None:
        """Undo typing, or ask for undo of the last command; quietly nothing while composing.

        Typing that is part of a command is undone here only while no command is newer.
        """
        if self.is_composing:
            return
        since_settled = self.document().availableUndoSteps() > self._settled_steps or self.document().isModified()
        if self.document().isUndoAvailable() and (since_settled or self.is_newest()):
            self.undo()
            self.walked.emit()
        else:
            self.undo_wanted.emit()

    def repeat(self) -> None:
        """Redo typing, or ask for redo."""
        if self.is_composing:
            return
        if self.document().isRedoAvailable():
            self.redo()
            self.walked.emit()
        else:
            self.redo_wanted.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left (not for a menu or a window of the input method)."""
        if self._composition.leave(event, super().focusOutEvent, self.finish_composition):
            self.left.emit()

    def finish_composition(self) -> None:
        """Take what is being composed as typed."""
        self._composition.finish(self.inputMethodEvent, self.insertPlainText)

    def selected(self) -> str:
        """Tell the selected text as it is stored."""
        cursor = self.textCursor()
        return stored_text(self.document(), cursor.selectionStart(), cursor.selectionEnd())

    def event(self, event: QEvent) -> bool:
        """Say where the value of a chip comes from, where the mouse rests on one."""
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tip(self._tip_at(event.pos())), self)
            return True
        return super().event(event)

    def _tip_at(self, place: QPoint) -> str:
        found = self.cursorForPosition(self.viewport().mapFrom(self, place))
        found.movePosition(QTextCursor.MoveOperation.NextCharacter)
        stored = chip_at(found)
        return self.quotes.tip(stored) if stored else ""

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the text as it prints, and for this program as it is stored."""
        stored = self.selected()
        return copied(stored, self.quotes.printed(stored))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text only: no pictures, no files."""
        return source.hasText() and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste clean plain text, and say what was cleaned; what was tidied can be taken back."""
        if not self.canInsertFromMimeData(source):
            return
        stored = stored_in(source)
        clean = clean_text(source.text() if stored is None else stored)
        text = self.quotes.bound(clean.text)
        done = insert_tidied(self.textCursor(), text, is_cell=is_cell(source), tidies=stored is None)
        self.ensureCursorVisible()
        if clean.changed:
            self.cleaned.emit(clean.changed)
        if done:
            self.tidied.emit(done)


_OPENING: Final = frozenset({"{", "｛"})
_BRACES: Final = _OPENING | {"}", "｝"}


def _is_modified(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
