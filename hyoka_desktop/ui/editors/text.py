"""Edit a text of several paragraphs, or a list of lines, with its count of characters and values of indicators."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel

from hyoka_desktop.domain.livevalues import LiveValue, has_live_values, split_live_values
from hyoka_desktop.domain.report import Address
from hyoka_desktop.formdef.model import FieldDefinition, FieldKind
from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.editors.base import FieldEditor
from hyoka_desktop.ui.editors.chips import chips_of, insert_stored
from hyoka_desktop.ui.editors.documents import DocumentMemory, new_document
from hyoka_desktop.ui.editors.growing import GrowingTextEdit
from hyoka_desktop.ui.editors.picker import ValuePicker
from hyoka_desktop.ui.editors.quotes import Quotes


class TextEditor(FieldEditor):
    """Edit a text of several paragraphs, or a list of lines."""

    def __init__(self, field: FieldDefinition) -> None:
        super().__init__(field)
        self.edit = GrowingTextEdit()
        self.edit.setAccessibleName(field.label)
        if field.kind is FieldKind.LINES and not field.tip:
            self.edit.setPlaceholderText(word("lines_hint"))
        self.count = _faint_label()
        self.notice = _faint_label()
        self.notice.setWordWrap(True)
        self.notice.hide()
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.count)
        self.column.addWidget(self.edit)
        self.column.addWidget(self.notice)
        self.column.addLayout(foot)
        self.setFocusProxy(self.edit)
        self._documents: DocumentMemory | None = None
        self._kept = new_document()
        self._values: dict[str, str] = {}
        self.picker: ValuePicker | None = None
        self._connect()

    def _connect(self) -> None:
        self.edit.textChanged.connect(self._tell_typed)
        self.edit.selectionChanged.connect(self._show_count)
        self.edit.composed.connect(self.typed)
        self.edit.left.connect(self._leave)
        self.edit.undo_wanted.connect(self.undo_wanted)
        self.edit.redo_wanted.connect(self.redo_wanted)
        self.edit.walked.connect(self.walked)
        self.edit.cleaned.connect(self.cleaned)
        self.edit.refused.connect(self.refused)
        self.edit.tidied.connect(self._tell_tidied)
        self.edit.value_wanted.connect(lambda: self.pick_value(typed=1))

    def attach(self, documents: DocumentMemory, quotes: Quotes, is_newest: Callable[[], bool]) -> None:
        """Keep documents in a memory, show live values, and ask whether the newest command is of this field."""
        self._documents = documents
        self.edit.quotes = quotes
        self.edit.is_newest = is_newest

    def turn_to(self, address: Address) -> None:
        """Edit the document of a field."""
        self._kept = self._documents.document(address) if self._documents is not None else new_document()
        self._kept.painter.ask(self._shown_value)
        self._values.clear()
        with self._showing():
            self.edit.show_document(self._kept.document)

    def text(self) -> str:
        """Tell the text; a list loses its empty lines."""
        text = self.edit.plain()
        if self.field.kind is FieldKind.LINES:
            return "\n".join(line for line in text.split("\n") if line.strip())
        return text

    def show_text(self, text: str) -> None:
        """Show a text of the report; typing in another text than this can no longer be undone."""
        with self._showing():
            if self.edit.plain() != text:
                self.edit.replace(text)
            self._show_count()

    @contextmanager
    def _showing(self) -> Iterator[None]:
        """Have nobody take for typing what is done inside."""
        self._kept.is_showing = True
        try:
            yield
        finally:
            self._kept.is_showing = False

    def rewrite(self, text: str) -> None:
        """Put another text in its place as a person would, in one step of undo."""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.rewrite(text)

    def set_locked(self, locked: bool) -> None:
        """Show for reading only."""
        self.edit.setReadOnly(locked)

    @property
    def is_composing(self) -> bool:
        """Tell whether an input method is composing."""
        return self.edit.is_composing

    @property
    def was_walked_back(self) -> bool:
        """Tell whether typing was taken back since the text was final."""
        return self.edit.was_walked_back

    def finish_composition(self) -> None:
        """Take what is being composed as typed."""
        self.edit.finish_composition()

    def settle(self) -> None:
        """Show the text as it is stored, and take it as final."""
        self.show_text(self.text())
        self.edit.settle()

    def refresh_values(self) -> None:
        """Show what the quoted indicators say now."""
        if not self._values:
            return
        current = {stored: self.edit.quotes.shown(stored) for stored in self._values}
        if current != self._values:
            self._values = current
            for place, _ in chips_of(self.edit.document()):
                self.edit.document().markContentsDirty(place, 1)
            self._show_count()

    def pick_value(self, typed: int = 0) -> None:
        """Let a value of an indicator be chosen; it replaces so many characters that were typed to ask for it."""
        if self.edit.isReadOnly() or self.edit.is_composing:
            return
        choices = self.edit.quotes.choices()
        if not choices and typed:
            return
        place = self.edit.cursorRect()
        self.picker = ValuePicker(self.edit, choices)
        self.picker.chosen.connect(lambda stored: self._insert_value(stored, typed))
        self.picker.show_under(QRect(self.edit.viewport().mapToGlobal(place.topLeft()), place.size()))

    def _insert_value(self, stored: str, typed: int) -> None:
        cursor = self.edit.textCursor()
        if typed:
            cursor.setPosition(cursor.selectionStart() - typed, cursor.MoveMode.KeepAnchor)
        insert_stored(cursor, stored)
        self.edit.setTextCursor(cursor)

    def _shown_value(self, stored: str) -> str:
        """Tell the text of a chip; it is looked up once, and again when the table changed."""
        if stored not in self._values:
            self._values[stored] = self.edit.quotes.shown(stored)
        return self._values[stored]

    def _leave(self) -> None:
        self._say("")
        self.finished.emit()

    def _tell_typed(self) -> None:
        """Tell typing; another editor of the same document, which is not to be seen, hears of it and says nothing."""
        text = self.edit.plain()
        self._show_count(text)
        self._say("")
        if self.isVisible() and not self._kept.is_showing and not self.edit.is_composing:
            self.typed.emit(text)

    def _tell_tidied(self, done: Mapping[str, int]) -> None:
        details = "、".join(word(f"tidied_{kind}", count=count) for kind, count in done.items())
        self._say(word("pasted_tidy", details=details))

    def _say(self, text: str) -> None:
        """Say something in a quiet line under the text, or take it away."""
        if text != self.notice.text():
            self.notice.setText(text)
            self.notice.setVisible(bool(text))

    def _show_count(self, text: str | None = None) -> None:
        """Tell how many characters print, and how many of them are selected."""
        count = self._printed_length(self.edit.plain() if text is None else text)
        cursor = self.edit.textCursor()
        if not cursor.hasSelection():
            self.count.setText(word("characters", count=count))
            return
        selected = self._printed_length(self.edit.selected())
        self.count.setText(word("characters_selected", selected=selected, count=count))

    def _printed_length(self, text: str) -> int:
        """Count without line ends; a value counts as it is shown, also where the same stands a hundred times."""
        if not has_live_values(text):
            return len(text) - text.count("\n")
        return sum(
            len(self._shown_value(str(part)) if isinstance(part, LiveValue) else part.replace("\n", ""))
            for part in split_live_values(text)
        )


def _faint_label() -> QLabel:
    label = QLabel()
    label.setProperty("role", "faint")
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
