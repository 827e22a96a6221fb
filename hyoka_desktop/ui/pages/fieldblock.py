"""Show one field: its caption, who writes it, its editor, and for an approved plan the way to change it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hyoka_desktop.formdef.model import FieldDefinition, FieldKind, Owner
from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.binding import FieldBinding
from hyoka_desktop.ui.dialogs.plan import PlanChange, ask_plan_change
from hyoka_desktop.ui.editors.factory import make_editor
from hyoka_desktop.ui.icons import icon
from hyoka_desktop.ui.theme import UNIT
from hyoka_desktop.ui.workplace import Workplace


def plain_label(text: str, role: str = "") -> QLabel:
    """Make a label that shows text as it is and never guesses rich text."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    if role:
        label.setProperty("role", role)
    return label


class FieldBlock(QWidget):
    """Hold one field of one node."""

    def __init__(self, workplace: Workplace, field: FieldDefinition, node: int) -> None:
        super().__init__()
        self.field = field
        self._workplace = workplace
        self.editor = make_editor(workplace.form, field)
        self.binding = FieldBinding(workplace, self.editor, node)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, UNIT)
        column.setSpacing(4)
        if field.kind is not FieldKind.FLAG:
            column.addLayout(self._head())
        column.addWidget(self.editor)
        if field.tip:
            tip = plain_label(field.tip, "faint")
            tip.setWordWrap(True)
            column.addWidget(tip)

    @property
    def node(self) -> int:
        """Tell the node whose field is shown."""
        return self.binding.address.node

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(UNIT)
        head.addWidget(plain_label(self.field.label, "caption"))
        if self.field.owner is not Owner.AGENCY:
            head.addWidget(plain_label(word(f"owner_{self.field.owner.value}"), "badge"))
        head.addStretch()
        if self.field.locked:
            head.addWidget(self._way_to_change())
        return head

    def _way_to_change(self) -> QPushButton:
        """Make the button that is there while the plan is locked; its room stays."""
        button = QPushButton(icon("lock"), word("change_plan"), self)
        button.setToolTip(word("locked_tip"))
        button.setAccessibleName(f"{self.field.label} {word('change_plan')}")
        button.clicked.connect(self.ask_to_unlock)
        policy = button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        button.setSizePolicy(policy)
        button.setVisible(self.binding.is_locked)
        self.binding.lock_changed.connect(button.setVisible)
        return button

    def ask_to_unlock(self) -> None:
        """Ask how the plan is changed, and unlock it."""
        earlier = any(year < self._workplace.year for year in self._workplace.session.snapshot.years)
        answer = ask_plan_change(self, self._workplace.year, self.field.per, earlier=earlier)
        if answer is not PlanChange.NO:
            self.binding.unlock(changes_plan=answer is PlanChange.FROM_YEAR)
