"""What the window does to move about: items, tabs, the right side, the pages in sight."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from hyoka_desktop.domain.report import Address
from hyoka_desktop.ui.actions import PAGE_ACTIONS, SIDE_ACTIONS
from hyoka_desktop.ui.desk import Desk

if TYPE_CHECKING:
    from hyoka_desktop.ui.window import Window


class MovingWork:
    """Carry out the actions that lead from one place to another."""

    def __init__(self, window: "Window") -> None:
        self._window = window

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Tell what is done for each action."""
        return {
            "previous_item": lambda: self._with_desk(lambda desk: desk.step_item(-1)),
            "next_item": lambda: self._with_desk(lambda desk: desk.step_item(1)),
            "previous_tab": lambda: self._with_desk(lambda desk: desk.step_tab(-1)),
            "next_tab": lambda: self._with_desk(lambda desk: desk.step_tab(1)),
            **{action: self._panel_action(panel) for action, panel in SIDE_ACTIONS.items()},
            "state_history": lambda: self._with_desk(lambda desk: desk.show_states()),
            **{name: self._page_action(name) for name in PAGE_ACTIONS},
        }

    def go_to(self, place: Address) -> None:
        """Go to a field in its year."""
        desk = self._window.desk
        if desk is None:
            return
        if place.year in desk.workplace.session.snapshot.years:
            desk.workplace.choose_year(place.year)
        desk.go_to(place)

    def _panel_action(self, panel: str) -> Callable[[], None]:
        return lambda: self._with_desk(lambda desk: desk.toggle_panel(panel))

    def _page_action(self, name: str) -> Callable[[], None]:
        return lambda: self._with_desk(lambda desk: desk.act_on_pages(name))

    def _with_desk(self, act: Callable[[Desk], object]) -> None:
        if self._window.desk is not None:
            act(self._window.desk)
