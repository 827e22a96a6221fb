"""Ask how to print: printer, range, arrangement, paper, sides, copies."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from hyoka_desktop.messages.window import word
from hyoka_desktop.services.imposition import Arrangement, Binding, Faces, Paper, Request
from hyoka_desktop.services.outputsets import OutputSet
from hyoka_desktop.services.preview import Target
from hyoka_desktop.ui.dialogs.frame import let_shrink
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.paper.numberfield import NumberField
from hyoka_desktop.ui.theme import UNIT

_MOST_COPIES: Final = 99
_PRINTER: Final = "print_printer"
_OUTPUT: Final = "print_output"


class Sides(StrEnum):
    """Name how the two sides of the paper are printed."""

    ONE_SIDED = "one_sided"
    DUPLEX = "duplex"
    FRONTS = "fronts"
    BACKS = "backs"
    BACKS_REVERSED = "backs_reversed"

    @property
    def faces(self) -> Faces:
        """Tell which sides go to the printer."""
        return Faces(self.value) if self.value in set(Faces) else Faces.ALL


class PrintChoices(QWidget):
    """Hold the questions; `target_changed` asks for other pages, `changed` for another order of them."""

    target_changed = Signal()
    changed = Signal()

    def __init__(self, targets: Iterable[tuple[str, Target | None]], outputs: Iterable[OutputSet]) -> None:
        super().__init__()
        self._wanted_printer = ""
        self.printer = QComboBox()
        self.printer.setPlaceholderText(word("print_none"))
        self.range = QComboBox()
        for label, target in targets:
            self.range.addItem(label, target)
        self.output = QComboBox()
        for output in outputs:
            self.output.addItem(output.name, output)
        self.pages = QLineEdit()
        self.pages.setPlaceholderText(word("print_pages_hint"))
        self.pages.setToolTip(word("print_pages_tip"))
        self.complaint = plain_label("", "wrong")
        self.complaint.setWordWrap(True)
        self.arrangement = _choice("arrangement", Arrangement)
        self.binding = _choice("binding", Binding)
        self.paper = QComboBox()
        for paper in Paper:
            self.paper.addItem(paper.value, paper)
        self.sides = _choice("faces", Sides)
        self.copies = NumberField(word("print_copies"), _MOST_COPIES)
        self.hint = plain_label("", "faint")
        self.hint.setWordWrap(True)
        self._lay_out()
        self._connect()
        self._follow_arrangement()

    @property
    def target(self) -> Target | None:
        """Tell what is printed, None for the whole report."""
        target = self.range.currentData()
        return target if isinstance(target, Target) else None

    @property
    def chosen_output(self) -> OutputSet:
        """Tell for whom it is made."""
        output = self.output.currentData()
        assert isinstance(output, OutputSet), "there is always a set"
        return output

    @property
    def request(self) -> Request:
        """Tell how the pages are placed."""
        return Request(
            Arrangement(self.arrangement.currentData()),
            Paper(self.paper.currentData()),
            Binding(self.binding.currentData()),
        )

    @property
    def chosen_sides(self) -> Sides:
        """Tell how the sides are printed."""
        return Sides(self.sides.currentData())

    def restore(self, remembered: Callable[[str], str]) -> None:
        """Choose what was chosen the last time; it is told by name, empty where it is not known."""
        for name, box in self._lasting().items():
            place = box.findData(remembered(name))
            if place >= 0:
                box.setCurrentIndex(place)
        output = self.output.findText(remembered(_OUTPUT))
        self.output.setCurrentIndex(max(output, 0))
        self._wanted_printer = remembered(_PRINTER)

    def remembered(self) -> Mapping[str, str]:
        """Tell what is to be chosen again the next time."""
        chosen = {name: str(box.currentData()) for name, box in self._lasting().items()}
        return {**chosen, _PRINTER: self.printer.currentText(), _OUTPUT: self.output.currentText()}

    def complain(self, text: str) -> None:
        """Say at the line of the pages what is wrong with it; nothing for an empty text."""
        self._form.setRowVisible(self.complaint, bool(text))
        self.complaint.setText(text)
        self.pages.setProperty("wrong", bool(text))
        self.pages.style().polish(self.pages)

    def advise(self, text: str) -> None:
        """Say what goes with the chosen sides; nothing for an empty text."""
        self._form.setRowVisible(self.hint, bool(text))
        self.hint.setText(text)

    def show_printers(self, names: list[str]) -> None:
        """Offer these printers; the one of the last time is chosen, else the first."""
        self.printer.addItems(names)
        chosen = names.index(self._wanted_printer) if self._wanted_printer in names else 0
        self.printer.setCurrentIndex(chosen if names else -1)
        self.printer.setEnabled(bool(names))

    def _lasting(self) -> Mapping[str, QComboBox]:
        return {
            "print_arrangement": self.arrangement,
            "print_binding": self.binding,
            "print_paper": self.paper,
            "print_sides": self.sides,
        }

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, UNIT, 0)
        form.setSpacing(UNIT)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        for key, widget in (
            ("print_printer", self.printer),
            ("print_range", self.range),
            ("output_set", self.output),
            ("print_pages", self.pages),
            ("", self.complaint),
            ("print_arrangement", self.arrangement),
            ("print_binding", self.binding),
            ("print_paper", self.paper),
            ("print_faces", self.sides),
            ("", self.hint),
            ("print_copies", self.copies),
        ):
            form.addRow(word(key) if key else "", widget)
            if isinstance(widget, QComboBox):
                let_shrink(widget)
            if key:
                widget.setAccessibleName(word(key))
        self._form = form
        self.complain("")
        self.advise("")

    def _connect(self) -> None:
        self.range.currentIndexChanged.connect(self.target_changed)
        self.output.currentIndexChanged.connect(self.target_changed)
        self.pages.textChanged.connect(self.changed)
        self.arrangement.currentIndexChanged.connect(self._follow_arrangement)
        for box in (self.printer, self.binding, self.paper, self.sides):
            box.currentIndexChanged.connect(self.changed)
        self.copies.chosen.connect(self.changed)

    def _follow_arrangement(self) -> None:
        """Ask for the binding of a booklet only, and propose both sides for it."""
        is_booklet = self.arrangement.currentData() == Arrangement.BOOKLET
        self._form.setRowVisible(self.binding, is_booklet)
        if is_booklet and self.chosen_sides is Sides.ONE_SIDED:
            self.sides.setCurrentIndex(self.sides.findData(Sides.DUPLEX))
        self.changed.emit()


def _choice(prefix: str, values: Iterable[StrEnum]) -> QComboBox:
    box = QComboBox()
    for value in values:
        box.addItem(word(f"{prefix}_{value.value}"), value)
    return box
