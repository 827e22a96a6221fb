"""The tool bar of a window: the year at the left, what is used most at the right."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QToolBar, QToolButton, QWidget

from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.actions import Actions
from hyoka_desktop.ui.theme import scaled

_ICON = 18
_NAMED: Final = (("toggle_preview", "export", "print"), ("add_item",))
"""The buttons that have a name beside their icon; the first group gives it up first."""


class ToolBar(QToolBar):
    """Hold the choice of the year and the buttons of some actions."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setMovable(False)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fit_icons()
        self.year = QComboBox()
        self.year.setAccessibleName(word("year"))
        self.addWidget(self.year)
        self.addSeparator()
        for name in ("undo", "redo"):
            self.addAction(actions[name])
            button = self.widgetForAction(actions[name])
            if button is not None:
                button.setProperty("toolButtonStyle", Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.addSeparator()
        self.addAction(actions["add_item"])
        gap = QWidget()
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(gap)
        for name in ("toggle_preview", "export", "print"):
            self.addAction(actions[name])
        self.export_button = self.widgetForAction(actions["export"])
        self._named = [
            [button for name in names if isinstance(button := self.widgetForAction(actions[name]), QToolButton)]
            for names in _NAMED
        ]

    def fit_texts(self) -> None:
        """Give texts of another size their room."""
        self._fit_icons()
        self._fit_names()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the names of the buttons where there is room."""
        super().resizeEvent(event)
        self._fit_names()

    def showEvent(self, event: QShowEvent) -> None:
        """Do so for a report that was opened."""
        super().showEvent(event)
        self._fit_names()

    def _fit_icons(self) -> None:
        self.setIconSize(QSize(scaled(_ICON), scaled(_ICON)))

    def _fit_names(self) -> None:
        """Show the names of as many groups of buttons as there is room for; icons are always there."""
        for group in self._named:
            _show_names(group, Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for group in self._named:
            if self._needed() <= self.width():
                return
            _show_names(group, Qt.ToolButtonStyle.ToolButtonIconOnly)

    def _needed(self) -> int:
        """Tell the width that everything needs."""
        layout = self.layout()
        assert layout is not None, "a tool bar has one"
        layout.invalidate()
        return layout.sizeHint().width()


def _show_names(buttons: Sequence[QToolButton], style: Qt.ToolButtonStyle) -> None:
    for button in buttons:
        button.setToolButtonStyle(style)
