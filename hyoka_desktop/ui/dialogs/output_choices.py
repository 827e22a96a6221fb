"""Choose how a document is made: what is filled in, what stands on every page, paper and fonts."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLineEdit, QTabWidget, QWidget

from hyoka_desktop.messages import outputsets as names
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.outputsets import OutputSet
from hyoka_desktop.ui.dialogs.frame import let_shrink
from hyoka_desktop.ui.theme import UNIT

_SCALES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5)


class OutputChoices(QTabWidget):
    """Show and change the choices of an output set; `changed` tells a change by the person."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._output: OutputSet | None = None
        self.minister = self._combo(word("output_minister"), names.MINISTER_CELLS)
        self.guidance = self._box(word("export_guidance"))
        self.notes = self._box(word("output_notes"))
        self.passport = self._combo(word("output_passport"), names.PASSPORTS)
        self.archival = self._box(word("output_archival"))
        self.stamp = self._line(word("output_stamp"))
        self.marking = self._line(word("output_marking"))
        self.date = self._line(word("output_date"))
        self.page_numbers = self._box(word("output_page_numbers"))
        self.paper = self._combo(word("output_paper"), names.PAPERS)
        self.landscape = self._combo(word("output_landscape"), names.ORIENTATIONS)
        self.typeface = self._combo(word("output_typeface"), names.TYPEFACES)
        self.word_fonts = self._combo(word("output_word_fonts"), names.WORD_FONTS)
        self.scale = self._combo(word("output_scale"), {str(scale): f"{scale:.0%}" for scale in _SCALES})
        self._add_page("output_content", (self.minister, self.passport), (self.guidance, self.notes, self.archival))
        self._add_page("output_marks", (self.stamp, self.marking, self.date), (self.page_numbers,))
        looks = (self.paper, self.landscape, self.typeface, self.scale, self.word_fonts)
        self._add_page("output_look", looks, ())

    def show_set(self, output: OutputSet) -> None:
        """Show the choices of a set."""
        self._output = output
        orientations = {None: "", True: "landscape", False: "portrait"}
        for combo, value in (
            (self.minister, output.minister.value),
            (self.passport, output.passport.value),
            (self.paper, output.paper),
            (self.landscape, orientations[output.landscape]),
            (self.typeface, output.typeface.value),
            (self.word_fonts, output.word_fonts.value),
            (self.scale, str(min(_SCALES, key=lambda scale: abs(scale - output.scale)))),
        ):
            combo.setCurrentIndex(max(combo.findData(value), 0))
        for box, is_on in (
            (self.guidance, output.guidance),
            (self.notes, output.notes and not output.public),
            (self.archival, output.archival),
            (self.page_numbers, output.page_numbers),
        ):
            box.setChecked(is_on)
        for line, text in ((self.stamp, output.stamp), (self.marking, output.marking), (self.date, output.date)):
            line.setText(text)
        self.notes.setEnabled(not output.public)
        self.passport.setEnabled(not output.public)

    def chosen(self) -> OutputSet:
        """Tell the set with the choices that are shown."""
        assert self._output is not None, "a set is shown first"
        landscape = {"": None, "landscape": True, "portrait": False}[self.landscape.currentData()]
        return self._output.with_choices(
            minister=self.minister.currentData(),
            guidance=self.guidance.isChecked(),
            notes=self.notes.isChecked(),
            passport=self.passport.currentData(),
            archival=self.archival.isChecked(),
            stamp=self.stamp.text().strip(),
            marking=self.marking.text().strip(),
            date=self.date.text().strip(),
            page_numbers=self.page_numbers.isChecked(),
            paper=self.paper.currentData(),
            landscape=landscape,
            typeface=self.typeface.currentData(),
            word_fonts=self.word_fonts.currentData(),
            scale=float(self.scale.currentData()),
        )

    def _add_page(self, name: str, questions: tuple[QWidget, ...], boxes: tuple[QWidget, ...]) -> None:
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(UNIT * 2, UNIT * 2, UNIT * 2, UNIT)
        form.setSpacing(UNIT)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for question in questions:
            form.addRow(question.accessibleName(), question)
        for box in boxes:
            form.addRow("", box)
        self.addTab(page, word(name))

    def _combo(self, label: str, choices: Mapping[str, str]) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(label)
        for value, text in choices.items():
            combo.addItem(text, value)
        let_shrink(combo)
        combo.activated.connect(self._tell)
        return combo

    def _box(self, label: str) -> QCheckBox:
        box = QCheckBox(label)
        box.clicked.connect(self._tell)
        return box

    def _line(self, label: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(label)
        line.textEdited.connect(self._tell)
        return line

    def _tell(self, *_: object) -> None:
        self.changed.emit()
