"""Show and set the state of an item: a disc with its word, who set it and when, and a sign where it is final."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton

from hyoka_desktop.domain import era, work
from hyoka_desktop.domain.changes import ChangeSet
from hyoka_desktop.domain.work import WorkState
from hyoka_desktop.messages.window import action_text, word
from hyoka_desktop.services import progress
from hyoka_desktop.services.history import Command
from hyoka_desktop.ui.actions import ACTION_DEFINITIONS
from hyoka_desktop.ui.icons import icon
from hyoka_desktop.ui.naming import who
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.plain import plain_tip
from hyoka_desktop.ui.statesigns import state_icon, state_word
from hyoka_desktop.ui.stating import give_state
from hyoka_desktop.ui.theme import UNIT, scaled
from hyoka_desktop.ui.workplace import Workplace

_DISC = 14
_KEYS = {
    definition.name.removeprefix("state_"): definition.key
    for definition in ACTION_DEFINITIONS
    if definition.name in {"state_forward", "state_back"}
}


class StateChip(QToolButton):
    """Tell the state of one item, and offer the others in a menu."""

    def __init__(self, workplace: Workplace, item: int) -> None:
        super().__init__()
        self._workplace = workplace
        self._item = item
        self.setProperty("role", "state")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(scaled(_DISC), scaled(_DISC)))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = QMenu(self)
        self._choices = {state: menu.addAction(state_icon(state), state_word(state)) for state in WorkState}
        for state, choice in self._choices.items():
            self._make_choice(state, choice)
        menu.addSeparator()
        menu.addAction(icon("history"), action_text("state_history")).triggered.connect(workplace.states_wanted)
        self.setMenu(menu)
        self.setEnabled(not workplace.is_read_only)
        workplace.changed.connect(self._follow)
        self.point_at(item)

    def point_at(self, item: int) -> None:
        """Show the state of another item."""
        self._item = item
        self.refresh()

    def refresh(self) -> None:
        """Show the state as it stands, and ask who set it."""
        if self._item not in self._workplace.session.snapshot.tree.nodes:
            return
        state = work.state_of(self._workplace.view, self._item)
        self.setIcon(state_icon(state))
        self.setText(state_word(state))
        self.setAccessibleName(word("state_name", state=state_word(state)))
        for other, choice in self._choices.items():
            choice.setChecked(other is state)
        item = self._item
        asked = progress.stamp_of(self._workplace.session, self._workplace.year, item)
        self._workplace.answers.when(asked, self, lambda stamp: self._show_stamp(item, stamp))

    def _make_choice(self, state: WorkState, choice: QAction) -> None:
        choice.setCheckable(True)
        choice.triggered.connect(lambda: give_state(self.window(), self._workplace, [self._item], state))
        # An action that is checked by a click stays so though the state may be refused.
        choice.triggered.connect(self.refresh)

    def _show_stamp(self, item: int, stamp: Command | None) -> None:
        """Say who set the state and when; what was asked for an item that is left by now is not shown."""
        if item != self._item:
            return
        if stamp is None:
            tip = word("state_unset", state=self.text())
        else:
            key = "state_since_reason" if stamp.reason else "state_since"
            at = era.format_moment(stamp.at)
            tip = word(key, state=self.text(), who=who(stamp), at=at, reason=stamp.reason)
        self.setToolTip(plain_tip(f"{tip}\n{word('state_menu_tip', **_KEYS)}"))
        self.setAccessibleDescription(tip)

    def _follow(self, changes: ChangeSet) -> None:
        if work.WORK_STATE in changes.fields:
            self.refresh()


class FinalSign(QFrame):
    """Say that the item is final, with the way to free it; hidden while it is not."""

    def __init__(self, workplace: Workplace, item: int) -> None:
        super().__init__()
        self._workplace = workplace
        self._item = item
        self.setProperty("role", "final")
        lock = plain_label("")
        lock.setPixmap(icon("lock").pixmap(UNIT * 2, UNIT * 2))
        self.unlock = QPushButton(icon("lock-open"), word("unlock"))
        self.unlock.setAutoDefault(False)
        self.unlock.clicked.connect(self._free)
        workplace.withhold(self.unlock)
        line = QHBoxLayout(self)
        line.setContentsMargins(UNIT * 2, UNIT // 2, UNIT * 2, UNIT // 2)
        line.setSpacing(UNIT)
        line.addWidget(lock)
        line.addWidget(plain_label(word("locked_item")), stretch=1)
        line.addWidget(self.unlock)
        workplace.changed.connect(self._show)
        self.point_at(item)

    def point_at(self, item: int) -> None:
        """Speak of another item."""
        self._item = item
        self._show()

    def _show(self) -> None:
        self.setVisible(self._workplace.is_final(self._item))

    def _free(self) -> None:
        give_state(self.window(), self._workplace, [self._item], WorkState.DRAFTING)
