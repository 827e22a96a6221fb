"""The right side: the page preview and the panels about the place in hand, one at a time."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.paper.pane import PreviewPane
from hyoka_desktop.ui.side.panel import SidePanel

PREVIEW = "preview"


class SideBar(QWidget):
    """Hold the preview and the panels as tabs; `turned` tells that another one is shown."""

    turned = Signal()

    def __init__(self, preview: PreviewPane, panels: Sequence[SidePanel]) -> None:
        super().__init__()
        self._names = (PREVIEW, *(panel.name for panel in panels))
        self.panels = {panel.name: panel for panel in panels}
        self._tabs = QTabBar()
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.setAccessibleName(word("side"))
        self._tabs.setVisible(bool(panels))
        self._stack = QStackedWidget()
        for name, widget in zip(self._names, (preview, *panels), strict=True):
            self._tabs.addTab(word(f"panel_{name}"))
            self._stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs)
        column.addWidget(self._stack)
        self._tabs.currentChanged.connect(self._turn)

    @property
    def shown(self) -> str:
        """Tell the name of what is shown."""
        return self._names[self._tabs.currentIndex()]

    def show_panel(self, name: str) -> None:
        """Show the preview or a panel by its name."""
        self._tabs.setCurrentIndex(self._names.index(name))

    def _turn(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self.turned.emit()
