"""Pick an output set, change its choices, and keep the result under a name."""

from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QInputDialog, QPushButton, QVBoxLayout, QWidget

from hyoka_desktop.domain.report import YearView
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.messages.outputsets import SET_TIPS
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.outputsets import (
    AS_FILLED,
    SHIPPED,
    OutputSet,
    own_output_sets,
    remove_output_set,
    save_output_set,
)
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.ui.dialogs.frame import let_shrink
from hyoka_desktop.ui.dialogs.notice import tell_unkept
from hyoka_desktop.ui.dialogs.output_choices import OutputChoices
from hyoka_desktop.ui.dialogs.output_range import OutputRange
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.theme import UNIT


class OutputPicker(QWidget):
    """Show the output sets, the document, its parts and items, and all other choices."""

    def __init__(self, form: FormDefinition, view: YearView, settings: Settings, item: int | None) -> None:
        super().__init__()
        self._form = form
        self._settings = settings
        self.sets = QComboBox()
        self.sets.setAccessibleName(word("output_set"))
        self.sets.activated.connect(self._show_set)
        self.document = QComboBox()
        self.document.setAccessibleName(word("output_document"))
        self.document.addItem(word("output_report"), "")
        for document in form.documents.values():
            self.document.addItem(document.label, document.id)
        self.document.activated.connect(self._show_document)
        let_shrink(self.sets, self.document)
        self._tip = plain_label("", "faint")
        self.keep = QPushButton(word("output_save"))
        self.keep.setAutoDefault(False)
        self.keep.clicked.connect(self._save)
        self.forget = QPushButton(word("output_remove"))
        self.forget.setAutoDefault(False)
        self.forget.clicked.connect(self._remove)
        self.range = OutputRange(view, item)
        self.choices = OutputChoices()
        self._lay_out()
        self._fill(AS_FILLED.id)

    def chosen(self) -> OutputSet:
        """Tell the set with everything that is chosen now."""
        return self.choices.chosen().with_choices(
            document=self.document.currentData(),
            parts=None if self.range.is_single_item() else self.range.chosen_parts(),
        )

    def document_name(self) -> str:
        """Tell the name of the document that is made."""
        return self.document.currentText()

    def is_empty(self) -> bool:
        """Tell whether nothing at all is chosen."""
        return self.range.chosen_items() == () or (not self.range.is_single_item() and self.range.chosen_parts() == ())

    def _fill(self, wanted: str) -> None:
        """List the sets, the shipped ones first, and show the wanted one."""
        self.sets.clear()
        for output in (AS_FILLED, *SHIPPED, *own_output_sets(self._settings)):
            if not output.document or output.document in self._form.documents:
                self.sets.addItem(output.name, output)
        place = next((n for n in range(self.sets.count()) if wanted in self._names(n)), 0)
        self.sets.setCurrentIndex(place)
        self._show_set()

    def _names(self, place: int) -> tuple[str, str]:
        output: OutputSet = self.sets.itemData(place)
        return output.id, output.name

    def _show_set(self) -> None:
        output: OutputSet = self.sets.currentData()
        self._tip.setText(SET_TIPS.get(output.id, ""))
        self.forget.setEnabled(output.id not in {known.id for known in (AS_FILLED, *SHIPPED)})
        self.document.setCurrentIndex(max(self.document.findData(output.document), 0))
        self.range.show_document(output.definition(self._form), output.parts)
        self.choices.show_set(output)

    def _show_document(self) -> None:
        output = self.choices.chosen().with_choices(document=self.document.currentData(), parts=None)
        self.range.show_document(output.definition(self._form), None)

    def _save(self) -> None:
        """Ask for a name and keep the choices under it; a shipped set keeps its own."""
        proposed = word("output_copy_name", name=self.sets.currentText())
        name, agreed = QInputDialog.getText(self, word("output_save"), word("output_name"), text=proposed)
        name = name.strip()
        if agreed and name and name not in {known.name for known in (AS_FILLED, *SHIPPED)}:
            save_output_set(self._settings, self.chosen().with_choices(id=f"own:{name}", name=name))
            self._fill(name)
            tell_unkept(self, self._settings)

    def _remove(self) -> None:
        remove_output_set(self._settings, self.sets.currentText())
        self._fill(AS_FILLED.id)
        tell_unkept(self, self._settings)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(UNIT)
        line.addWidget(self.sets, 1)
        line.addWidget(self.keep)
        line.addWidget(self.forget)
        questions = QFormLayout()
        questions.setSpacing(UNIT)
        questions.addRow(word("output_set"), line)
        questions.addRow("", self._tip)
        questions.addRow(word("output_document"), self.document)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addLayout(questions)
        self.choices.insertTab(0, self.range, word("export_range"))
        self.choices.setCurrentIndex(0)
        column.addWidget(self.choices)
