"""Name the panels of the right side, in their order, and how each is made when it is first shown."""

from collections.abc import Mapping
from typing import Final

from hyoka_desktop.ui.side.comments import CommentsPanel
from hyoka_desktop.ui.side.history import HistoryPanel
from hyoka_desktop.ui.side.panel import SidePanel

PANELS: Final[Mapping[str, type[SidePanel]]] = {panel.name: panel for panel in (HistoryPanel, CommentsPanel)}
"""All panels beside the preview, by their names."""
