"""The tool bar of a window: the year at the left, what is used most at the right."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QSizePolicy, QToolBar, QWidget

from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.actions import Actions
from hyoka_desktop.ui.theme import scaled

_ICON = 18


class ToolBar(QToolBar):
    """Hold the choice of the year and the buttons of some actions."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setMovable(False)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fit_icons()
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

    def fit_icons(self) -> None:
        """Give icons the size that goes with the text."""
        self.setIconSize(QSize(scaled(_ICON), scaled(_ICON)))
