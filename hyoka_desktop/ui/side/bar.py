"""The right side: the page preview and the panels about the place in hand, one at a time."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.paper.pane import PreviewPane
from hyoka_desktop.ui.side.panel import SidePanel
from hyoka_desktop.ui.workplace import Workplace

PREVIEW = "preview"


class SideBar(QWidget):
    """Hold the preview and the panels as tabs; a panel is made when it is first shown.

    `turned` tells that another one is shown, `place_wanted` the address that a panel leads to.
    """

    turned = Signal()
    place_wanted = Signal(object)

    def __init__(self, workplace: Workplace, preview: PreviewPane, panels: Mapping[str, type[SidePanel]]) -> None:
        super().__init__()
        self._workplace = workplace
        self._preview = preview
        self._kinds = panels
        self._made: dict[str, SidePanel] = {}
        self.names = (PREVIEW, *panels)
        self._tabs = QTabBar()
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.setAccessibleName(word("side"))
        for name in self.names:
            self._tabs.addTab(word(f"panel_{name}"))
        self._stack = QStackedWidget()
        self._stack.addWidget(preview)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs)
        column.addWidget(self._stack)
        self._tabs.currentChanged.connect(lambda _: self._turn())

    @property
    def shown(self) -> str:
        """Tell the name of what is shown."""
        return self.names[self._tabs.currentIndex()]

    def show_panel(self, name: str) -> None:
        """Show the preview or a panel by its name."""
        self._tabs.setCurrentIndex(self.names.index(name))

    def panel(self, name: str) -> SidePanel:
        """Tell a panel by its name; it is made where nobody has seen it yet."""
        if name not in self._made:
            self._made[name] = panel = self._kinds[name](self._workplace)
            panel.place_wanted.connect(self.place_wanted)
            self._stack.addWidget(panel)
        return self._made[name]

    def _turn(self) -> None:
        self._stack.setCurrentWidget(self._preview if self.shown == PREVIEW else self.panel(self.shown))
        self.turned.emit()
