"""Show texts for reading beside an editor: the plan beside the results, for example."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from hyoka_desktop.domain.report import NodeKind, YearView
from hyoka_desktop.formdef.model import FieldDefinition, FieldKind, FormDefinition
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.preview import printed_lines
from hyoka_desktop.services.quoting import printed_text
from hyoka_desktop.ui.editors.growing import GrowingTextEdit
from hyoka_desktop.ui.editors.line import written_date
from hyoka_desktop.ui.explaining import describe, explain_label
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.theme import UNIT
from hyoka_desktop.ui.workplace import Workplace


class ReadingColumn(QWidget):
    """Show some fields of an item and one of its rows; kept equal to the report and to what is being typed."""

    def __init__(self, workplace: Workplace, fields: Sequence[FieldDefinition]) -> None:
        super().__init__()
        self._workplace = workplace
        self._item = 0
        self._row: int | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT, UNIT, UNIT * 2, UNIT)
        column.setSpacing(4)
        self._texts: list[tuple[FieldDefinition, GrowingTextEdit]] = []
        for field in fields:
            name = _caption(workplace.form, field)
            caption = plain_label(name, "caption")
            explain_label(caption)
            column.addWidget(caption, alignment=Qt.AlignmentFlag.AlignLeft)
            text = GrowingTextEdit()
            text.setReadOnly(True)
            text.setFrameShape(QFrame.Shape.NoFrame)
            text.setProperty("role", "reading")
            text.setAccessibleName(word("reading_name", name=name))
            describe(text, field)
            text.undo_wanted.connect(workplace.undo_wanted)
            text.redo_wanted.connect(workplace.redo_wanted)
            column.addWidget(text)
            self._texts.append((field, text))
        column.addStretch()
        workplace.changed.connect(self.refresh)
        workplace.typed.connect(self.refresh)

    def point_at(self, item: int, row: int | None) -> None:
        """Show another item and row."""
        self._item, self._row = item, row
        self.refresh()

    def refresh(self) -> None:
        """Show the texts as they stand."""
        view = self._workplace.live_view
        for field, shown in self._texts:
            text = self._text(view, field)
            if field.kind is FieldKind.DATE:
                text = written_date(text)
            if field.kind is FieldKind.LINES and text:
                text = "\n".join(f"・{line}" for line in text.split("\n"))
            text = text or word("empty_text")
            if shown.plain() != text:
                shown.replace(text)

    def _text(self, view: YearView, field: FieldDefinition) -> str:
        """Tell what is shown of a field: its text as it prints; of indicators the lines that the row prints."""
        of_row = field.on is NodeKind.ROW or field.on in _OF_INDICATORS
        node = self._row if of_row else self._item
        if node is None or node not in view.snapshot.tree.nodes:
            return ""
        if field.on in _OF_INDICATORS:
            return "\n".join(printed_lines(self._workplace.form, view, node))
        return printed_text(self._workplace.form, view, node, field.id)


_OF_INDICATORS = frozenset({NodeKind.INDICATOR, NodeKind.ACHIEVEMENT})


def _caption(form: FormDefinition, field: FieldDefinition) -> str:
    """Name a field by its caption, and indicators by the tab on which they are edited."""
    if field.on not in _OF_INDICATORS:
        return field.label
    return next((tab.label for tab in form.tabs if tab.id == field.tab), field.label)
