"""What the window does to help: the page of the screen in hand, and the tour through the sample."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.formdef.model import Tab
from hyoka_desktop.ui.desk import Desk
from hyoka_desktop.ui.help.asking import ask_help
from hyoka_desktop.ui.help.tour import Spotlight, TourPane
from hyoka_desktop.ui.pages.pages import ItemPage
from hyoka_desktop.ui.side.bar import PREVIEW

if TYPE_CHECKING:
    from hyoka_desktop.ui.window import Window

_OFFERED = "tour"
_OVER = "over"


class HelpWork:
    """Carry out the help actions of a window; `pane` is the pane of the tour."""

    def __init__(self, window: "Window") -> None:
        self._window = window
        self.pane = TourPane()
        self.spotlight = Spotlight(window)
        self.pane.reached.connect(self._show_step)
        self.pane.ended.connect(self._end_tour)

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Tell what is done for each action."""
        return {"help": self.help, "tour": self.tour}

    @property
    def offers_tour(self) -> bool:
        """Tell whether the start page offers the tour: until it was taken or declined once."""
        return self._window.settings.text(_OFFERED) != _OVER

    def help(self) -> None:
        """Open the help at the page of the screen in hand."""
        place = self._window.focusWidget()
        desk = self._window.desk
        if desk is None and not isinstance(QApplication.activePopupWidget(), QWidget):
            place = self._window.start_page
        ask_help(place or desk or self._window)

    def tour(self) -> None:
        """Open the sample and begin the tour; a report that is open stays, and the sample gets a window of its own."""
        self.decline()
        if self._window.desk is None:
            self._window.files.sample()
            self.pane.begin()
            return
        sample = self._window.showing(self._window.files.sample_path) or self._window.windows.another()
        sample.come_forward()
        if sample.desk is None:
            sample.help.tour()
        else:
            sample.help.pane.begin()

    def decline(self) -> None:
        """Offer the tour no more; the menu still begins it."""
        self._window.settings.remember({_OFFERED: _OVER})
        self._window.start_page.offer_tour(is_offered=False)

    def _end_tour(self) -> None:
        self.spotlight.leave()
        if self._window.desk is not None:
            self._window.desk.tree.setFocus()

    def _show_step(self, step: str) -> None:
        desk = self._window.desk
        if desk is None:
            self.pane.leave()
            return
        place = _PLACES[step](desk)
        self.spotlight.show_on(self._window.export_button if step == "export" else place)


def _tree(desk: Desk) -> QWidget:
    return desk.tree


def _writing(desk: Desk) -> QWidget:
    """Bring to the front a tab on which rows are written with other texts beside them."""
    form = desk.workplace.form
    return _tab(desk, lambda tab: bool(tab.beside and form.fields_on(NodeKind.ROW, tab.id)))


def _indicators(desk: Desk) -> QWidget:
    form = desk.workplace.form
    return _tab(desk, lambda tab: bool(form.fields_on(NodeKind.ACHIEVEMENT, tab.id)))


def _tab(desk: Desk, fits: Callable[[Tab], bool]) -> QWidget:
    """Bring to the front the first tab that fits, on an item."""
    if desk.item is None:
        desk.step_item(1)
    page = desk.page
    if isinstance(page, ItemPage):
        for tab in desk.workplace.form.tabs:
            if fits(tab):
                page.show_tab(tab.id)
                break
        return page
    return desk


def _preview(desk: Desk) -> QWidget:
    if not desk.side.isVisible() or desk.side.shown != PREVIEW:
        desk.toggle_panel(PREVIEW)
    return desk.side


_PLACES: Mapping[str, Callable[[Desk], QWidget]] = {
    "tree": _tree,
    "write": _writing,
    "indicators": _indicators,
    "preview": _preview,
    "export": _tree,
}
