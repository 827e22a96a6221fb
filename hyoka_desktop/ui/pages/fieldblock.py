"""Show one field: its caption, who writes it, its editor, and for an approved plan the way to change it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from hyoka_desktop.formdef.model import FieldDefinition, FieldKind, Owner, Scope
from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.binding import FieldBinding
from hyoka_desktop.ui.dialogs.plan import PlanChange, ask_plan_change
from hyoka_desktop.ui.editors.factory import make_editor
from hyoka_desktop.ui.editors.text import TextEditor
from hyoka_desktop.ui.explaining import describe, explain_label, explanation_tip
from hyoka_desktop.ui.icons import icon
from hyoka_desktop.ui.pages.past import PastText
from hyoka_desktop.ui.pages.talksign import TalkSign
from hyoka_desktop.ui.theme import UNIT
from hyoka_desktop.ui.workplace import Workplace

_SIDE_BY_SIDE_WIDTH = 520


def plain_label(text: str, role: str = "") -> QLabel:
    """Make a label that shows text as it is and never guesses rich text."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    if role:
        label.setProperty("role", role)
    return label


class _Caption(QLabel):
    """Name a field on one line, and go on below only where that has no room."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setWordWrap(True)
        self.setProperty("role", "caption")

    def sizeHint(self) -> QSize:
        """Ask for one line; Qt asks for a few where a text may go on below."""
        return self.fontMetrics().size(0, self.text())


class FieldBlock(QWidget):
    """Hold one field of one node."""

    def __init__(self, workplace: Workplace, field: FieldDefinition, node: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self._workplace = workplace
        self.editor = make_editor(workplace.form, field)
        self.binding = FieldBinding(workplace, self.editor, node)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(UNIT * 2)
        self._body.addWidget(self.editor, 1)
        self.past: PastText | None = None
        self._past_button: QToolButton | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, UNIT)
        column.setSpacing(4)
        if field.kind is not FieldKind.FLAG:
            column.addLayout(self._head())
        else:
            self.place.setToolTip(explanation_tip(field.label))
        column.addLayout(self._body)
        describe(self.place, field)
        if field.tip:
            tip = plain_label(field.tip, "faint")
            tip.setWordWrap(True)
            column.addWidget(tip)

    @property
    def node(self) -> int:
        """Tell the node whose field is shown."""
        return self.binding.address.node

    def toggle_past(self) -> None:
        """Show or hide the text of last year, where the report has one."""
        if self._past_button is not None and self._past_button.isVisible():
            self._past_button.toggle()

    @property
    def place(self) -> QWidget:
        """Tell the widget that takes the cursor."""
        return self.editor.focusProxy() or self.editor

    def name_within(self, block: str) -> None:
        """Have the field called by its block too, where others are called like it."""
        self.place.setAccessibleName(word("of_block", block=block, name=self.field.label))

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(UNIT)
        caption = _Caption(self.field.label)
        explain_label(caption)
        head.addWidget(caption)
        if self.field.owner is not Owner.AGENCY:
            badge = plain_label(word(f"owner_{self.field.owner.value}"), "badge")
            head.addWidget(badge, alignment=Qt.AlignmentFlag.AlignVCenter)
        head.addStretch()
        head.addWidget(TalkSign(self._workplace, self.binding))
        if isinstance(self.editor, TextEditor) and self.field.per is Scope.YEAR:
            self._past_button = self._way_to_the_past(self.editor)
            head.addWidget(self._past_button)
        if self.field.locked:
            head.addWidget(self._way_to_change())
        return head

    def _way_to_the_past(self, editor: TextEditor) -> QToolButton:
        """Make the button that shows the text of an earlier year; it is there where the report has one."""
        button = QToolButton(self)
        button.setText(word("past_show"))
        button.setIcon(icon("layout-columns"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setToolTip(word("past_tip"))
        button.setAccessibleName(f"{self.field.label} {word('past_show')}")
        button.setCheckable(True)
        button.toggled.connect(lambda wanted: self._show_past(editor, wanted=wanted))
        self.binding.shown.connect(self._offer_past)
        button.setVisible(self._has_past)
        return button

    @property
    def _has_past(self) -> bool:
        return any(year < self._workplace.year for year in self._workplace.session.snapshot.years)

    def _offer_past(self) -> None:
        """Offer the text of an earlier year where the report has one."""
        if self._past_button is not None:
            self._past_button.setVisible(self._has_past)
            self._past_button.setChecked(self._past_button.isChecked() and self._has_past)

    def _show_past(self, editor: TextEditor, *, wanted: bool) -> None:
        if self.past is None:
            self.past = PastText(self._workplace, editor)
            self.past.hide()
            self._body.insertWidget(0, self.past, 1)
            self.binding.shown.connect(self._follow_past)
            self._workplace.changed.connect(self._follow_past)
        self.past.setVisible(wanted)
        self._follow_past()

    def _follow_past(self) -> None:
        if self.past is not None:
            self.past.show_node(self.node)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the texts of two years side by side, or under each other where that would be too narrow."""
        super().resizeEvent(event)
        is_wide = event.size().width() >= _SIDE_BY_SIDE_WIDTH
        self._body.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)

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
        answer = ask_plan_change(self, self._workplace.year, self.field.per, earlier=self._has_past)
        if answer is not PlanChange.NO:
            self.binding.unlock(changes_plan=answer is PlanChange.FROM_YEAR)
