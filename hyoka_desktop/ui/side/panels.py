"""Make the panels of the right side, in their order."""

from collections.abc import Sequence

from hyoka_desktop.ui.side.comments import CommentsPanel
from hyoka_desktop.ui.side.history import HistoryPanel
from hyoka_desktop.ui.side.panel import SidePanel
from hyoka_desktop.ui.workplace import Workplace


def make_panels(workplace: Workplace) -> Sequence[SidePanel]:
    """Make all panels beside the preview."""
    return (HistoryPanel(workplace), CommentsPanel(workplace))
