"""Ask what a new report needs: form, year, organization, place."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from hyoka_desktop.domain.era import format_fiscal_year
from hyoka_desktop.formdef.stored import StoredForm
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.files import safe_name
from hyoka_desktop.ui.dialogs.choosing import choose_target
from hyoka_desktop.ui.dialogs.frame import add_foot, dialog_column, keep_width
from hyoka_desktop.ui.theme import UNIT, scaled

_WIDTH = 560
_YEARS_BACK = 6
_YEARS_AHEAD = 1


@dataclass(frozen=True, slots=True)
class NewReport:
    """Hold the answers."""

    form: StoredForm
    year: int
    organization: str
    path: Path


class NewReportDialog(QDialog):
    """Ask for the answers, first for the name that nothing can propose; the button works when they are complete."""

    def __init__(self, parent: QWidget, forms: Mapping[str, StoredForm], this_year: int, folder: Path) -> None:
        super().__init__(parent)
        self.setWindowTitle(word("new_title"))
        keep_width(self, scaled(_WIDTH))
        self._folder = folder
        self.form = QComboBox()
        for form in forms.values():
            self.form.addItem(form.definition.name, form)
        self.year = QComboBox()
        for year in range(this_year + _YEARS_AHEAD, this_year - _YEARS_BACK, -1):
            self.year.addItem(format_fiscal_year(year), year)
        self.year.setCurrentIndex(_YEARS_AHEAD + 1)
        self.organization = QLineEdit()
        self.path = QLineEdit()
        self.organization.setAccessibleName(word("new_organization"))
        self.path.setAccessibleName(word("new_file"))
        choose = QPushButton(word("choose"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose_path)
        place = QHBoxLayout()
        place.addWidget(self.path)
        place.addWidget(choose)
        questions = QFormLayout()
        questions.setSpacing(UNIT)
        questions.addRow(word("new_form"), self.form)
        questions.addRow(word("new_year"), self.year)
        questions.addRow(word("new_organization"), self.organization)
        questions.addRow(word("new_file"), place)
        self.buttons = QDialogButtonBox()
        self._make = self.buttons.addButton(word("new_make"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(word("cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = dialog_column(self)
        column.addLayout(questions)
        add_foot(self, self.buttons)
        self._named_by_hand = False
        self.path.textEdited.connect(self._keep_name)
        for signal in (self.organization.textChanged, self.year.currentIndexChanged, self.path.textChanged):
            signal.connect(self._suggest)
        self._suggest()
        self.organization.setFocus(Qt.FocusReason.OtherFocusReason)

    def answers(self) -> NewReport:
        """Tell the answers."""
        path = Path(self.path.text().strip())
        if path.name and path.suffix != ".hyoka":
            path = path.with_name(f"{path.name}.hyoka")
        return NewReport(self.form.currentData(), self.year.currentData(), self.organization.text().strip(), path)

    def _suggest(self) -> None:
        """Propose a name until one is typed, and let the button work when nothing is missing."""
        organization = self.organization.text().strip()
        if not self._named_by_hand and organization:
            safe = safe_name(organization)
            proposed = str(self._folder / f"{safe} {self.year.currentText()}.hyoka")
            if self.path.text() != proposed:
                self.path.setText(proposed)
        self._make.setEnabled(bool(organization and self.path.text().strip()))

    def _keep_name(self) -> None:
        self._named_by_hand = True

    def _choose_path(self) -> None:
        chosen = choose_target(self, word("new_file"), Path(self.path.text()), ".hyoka")
        if chosen is not None:
            self._named_by_hand = True
            self.path.setText(str(chosen))
