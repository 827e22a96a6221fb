"""The buttons over the pages: strip, page number, zoom, columns, search."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from hyoka_desktop.messages.window import action_text, word
from hyoka_desktop.ui.icons import icon
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.paper.area import Fit, PaperArea
from hyoka_desktop.ui.paper.numberfield import NumberField
from hyoka_desktop.ui.theme import look, scaled

_ICON: Final = 18
_OFFERED: Final = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
_PERCENT: Final = 100
_LONGEST_ZOOM: Final = "400%"
_MENU_ARROW: Final = 34
_MOST_PAGES: Final = 999


class PaperBar(QToolBar):
    """Steer an area of paper; each button asks for an action by its name.

    A bar for sheets as they will print has no strip, columns and search.
    """

    wanted = Signal(str)

    def __init__(self, area: PaperArea, *, for_printing: bool = False) -> None:
        super().__init__()
        self._area = area
        self.setProperty("role", "paper")
        self.page = NumberField(word("page_number"), 1)
        self.page.chosen.connect(lambda page: area.go_to_page(page - 1))
        self._count = plain_label(word("of_pages", pages=_MOST_PAGES), "faint")
        self.zoom = QToolButton()
        self.thumbnails = self._button("thumbnails", "layout-sidebar", checkable=True)
        self.thumbnails.setVisible(not for_printing)
        self._add_gap()
        self._previous = self._button("previous_page", "chevron-left")
        self.addWidget(self.page)
        self.addWidget(self._count)
        self._next = self._button("next_page", "chevron-right")
        self._add_gap()
        self._button("zoom_out", "zoom-out")
        self._add_zoom_menu()
        self._button("zoom_in", "zoom-in")
        self._add_gap()
        self.two_up = self._button("two_up", "layout-columns", checkable=True)
        self.two_up.setVisible(not for_printing)
        self._button("find_on_page", "search").setVisible(not for_printing)
        area.zoomed.connect(self._show_zoom)
        area.page_changed.connect(self.show_page)
        look().changed.connect(self._fit_texts)
        self._fit_texts()
        self._count.clear()

    def show_page(self) -> None:
        """Show which page is in hand, of how many."""
        page, pages = self._area.page + 1, self._area.view.sides
        self.page.set_most(pages)
        self.page.show_value(page)
        self.page.setEnabled(pages > 0)
        self._count.setText(word("of_pages", pages=pages) if pages else "")
        self._previous.setEnabled(page > 1)
        self._next.setEnabled(page < pages)

    def _fit_texts(self) -> None:
        """Keep room for the longest texts; a tool bar lays its widgets out late."""
        self.setIconSize(QSize(scaled(_ICON), scaled(_ICON)))
        shown = self._count.text()
        self._count.setText(word("of_pages", pages=_MOST_PAGES))
        self._count.setMinimumWidth(self._count.sizeHint().width())
        self._count.setText(shown)
        self.zoom.ensurePolished()
        self.zoom.setFixedWidth(self.zoom.fontMetrics().horizontalAdvance(_LONGEST_ZOOM) + _MENU_ARROW)

    def _button(self, name: str, icon_name: str, *, checkable: bool = False) -> QAction:
        action = QAction(icon(icon_name), action_text(name), self)
        action.setCheckable(checkable)
        action.triggered.connect(lambda: self.wanted.emit(name))
        self.addAction(action)
        button = self.widgetForAction(action)
        button.setAccessibleName(action.text())
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return action

    def _add_gap(self) -> None:
        gap = QWidget()
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(gap)

    def _add_zoom_menu(self) -> None:
        menu = QMenu(self.zoom)
        for name in ("fit_width", "fit_page"):
            menu.addAction(action_text(name), self._asking(name))
        menu.addSeparator()
        for factor in _OFFERED:
            menu.addAction(_percent(factor), self._zooming(factor))
        self.zoom.setMenu(menu)
        self.zoom.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.zoom.setToolTip(word("zoom"))
        self.addWidget(self.zoom)

    def _asking(self, name: str) -> Callable[[], None]:
        return lambda: self.wanted.emit(name)

    def _zooming(self, factor: float) -> Callable[[], None]:
        return lambda: self._area.set_factor(factor)

    def _show_zoom(self) -> None:
        text = _percent(self._area.factor)
        self.zoom.setText(text)
        fit = {Fit.WIDTH: "fit_width", Fit.PAGE: "fit_page"}.get(self._area.fit)
        self.zoom.setAccessibleName(f"{word('zoom')} {text}" + (f" {action_text(fit)}" if fit else ""))


def _percent(factor: float) -> str:
    return f"{round(factor * _PERCENT)}%"
