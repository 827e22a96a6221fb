"""Ask how an approved plan text is changed."""

from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from hyoka_desktop.domain.era import format_fiscal_year
from hyoka_desktop.formdef.model import Scope
from hyoka_desktop.messages.window import word


class PlanChange(Enum):
    """Name the answers."""

    NO = auto()
    CORRECTION = auto()
    FROM_YEAR = auto()


def ask_plan_change(parent: QWidget, year: int, scope: Scope, *, earlier: bool) -> PlanChange:
    """Ask whether a slip is corrected everywhere or the plan changes from this year on.

    A text of one year, and a report without earlier years, leave nothing to choose.
    """
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(word("change_plan_title"))
    box.setText(word("change_plan_text"))
    choose_scope = scope is Scope.PERIOD and earlier
    first = word("change_plan_correct") if choose_scope else word("change_plan_this_year")
    correct = box.addButton(first, QMessageBox.ButtonRole.AcceptRole)
    change = (
        box.addButton(word("change_plan_from", year=format_fiscal_year(year)), QMessageBox.ButtonRole.AcceptRole)
        if choose_scope
        else None
    )
    cancel = box.addButton(word("cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(cancel)
    box.exec()
    clicked = box.clickedButton()
    if change is not None and clicked is change:
        return PlanChange.FROM_YEAR
    return PlanChange.CORRECTION if clicked is correct else PlanChange.NO
