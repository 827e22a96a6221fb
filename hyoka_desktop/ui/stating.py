"""Set states for the window: what was typed is final first, a final item is freed for a reason only, and it is said."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from hyoka_desktop.domain import fields, work
from hyoka_desktop.domain.work import WorkState
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import progress
from hyoka_desktop.ui.dialogs.reason import ask_reason
from hyoka_desktop.ui.statesigns import QUARTERS, state_word
from hyoka_desktop.ui.workplace import Workplace


def give_state(parent: QWidget, workplace: Workplace, items: Sequence[int], state: WorkState) -> bool:
    """Set the state of items in one step; tell whether anything changed."""
    workplace.settle()
    view = workplace.view
    frees = state is not WorkState.FINAL and any(work.state_of(view, item) is WorkState.FINAL for item in items)
    reason = ask_reason(parent) if frees else ""
    if frees and not reason:
        return False
    done = workplace.attempt(lambda: progress.set_state(workplace.session, workplace.year, items, state, reason))
    if done is None:
        return False
    number = view.text(items[0], fields.ITEM_NUMBER) if len(items) == 1 else word("items", count=len(items))
    workplace.said.emit(word("state_said", number=number, state=state_word(state)))
    return True


def step_state(parent: QWidget, workplace: Workplace, item: int, by: int) -> bool:
    """Go to the next (1) or the previous (-1) state of an item."""
    states = list(WorkState)
    place = QUARTERS[work.state_of(workplace.view, item)] + by
    return 0 <= place < len(states) and give_state(parent, workplace, [item], states[place])
