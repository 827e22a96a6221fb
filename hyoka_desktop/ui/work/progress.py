"""What the window does with the work itself: states of the item in hand, the board of progress, comments."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from hyoka_desktop.domain import work
from hyoka_desktop.domain.report import Address
from hyoka_desktop.domain.work import WorkState
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import commenting
from hyoka_desktop.ui.breathing import breathe
from hyoka_desktop.ui.dialogs.progress import ProgressBoard
from hyoka_desktop.ui.side.comments import CommentsPanel
from hyoka_desktop.ui.stating import give_state, step_state

if TYPE_CHECKING:
    from hyoka_desktop.ui.window import Window


class ProgressWork:
    """Carry out the actions on the state of the work of a window."""

    def __init__(self, window: "Window") -> None:
        self._window = window
        self._talked_of: Address | None = None

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Tell what is done for each action."""
        return {
            "state_forward": lambda: self.step(1),
            "state_back": lambda: self.step(-1),
            "unlock_item": self.unlock,
            "add_comment": self.add_comment,
            "next_comment": self.next_comment,
            "progress": self.show_board,
        }

    def step(self, by: int) -> None:
        """Give the item in hand its next or its previous state."""
        desk = self._window.desk
        if desk is not None and desk.item is not None:
            step_state(self._window, desk.workplace, desk.item, by)

    def add_comment(self) -> None:
        """Show the comments on the field in hand, ready to write one."""
        desk = self._window.desk
        if desk is not None:
            desk.show_panel(CommentsPanel.name)
            panel = desk.side.panel(CommentsPanel.name)
            if isinstance(panel, CommentsPanel) and panel.isVisible():
                panel.begin()

    def next_comment(self) -> None:
        """Go to the next open comment of the report, in the order of the document, and show it."""
        desk = self._window.desk
        if desk is None:
            return
        desk.commit()
        places = commenting.open_places(desk.workplace.view)
        if not places:
            desk.workplace.said.emit(word("comments_none_open"))
            return
        self._talked_of = (
            places[(places.index(self._talked_of) + 1) % len(places)] if self._talked_of in places else (places[0])
        )
        desk.go_to(self._talked_of)
        desk.show_panel(CommentsPanel.name)

    def show_board(self) -> None:
        """Open the board of progress."""
        desk = self._window.desk
        if desk is not None:
            desk.commit()
            dialog = ProgressBoard(self._window, desk.workplace, desk.go_to)
            breathe()
            dialog.exec()
            dialog.deleteLater()

    def unlock(self) -> None:
        """Free the item in hand, where it is final."""
        desk = self._window.desk
        item = desk.item if desk is not None else None
        if desk is not None and item is not None and work.state_of(desk.workplace.view, item) is WorkState.FINAL:
            give_state(self._window, desk.workplace, [item], WorkState.DRAFTING)
