"""What the window does with recent files and with several windows."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.finding.quickpick import Pick, QuickPick
from hyoka_desktop.ui.plain import plain_caption

if TYPE_CHECKING:
    from hyoka_desktop.ui.window import Window


class RecentWork:
    """Offer the files that were opened last, and make one more window."""

    def __init__(self, window: "Window") -> None:
        self._window = window
        self.menu = QMenu(word("recent_title"), window)
        self.menu.aboutToShow.connect(self._fill)

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Tell what is done for each action."""
        return {"recent": self.pick, "new_window": self.new_window}

    def pick(self) -> None:
        """Let a recent file be picked by a part of its name, and open it."""
        picks = [
            Pick(path.name, str(path.parent), partial(self._open, path)) for path in self._window.settings.recent_files
        ]
        texts = word("recent_title"), word("recent_hint"), word("recent_no_match")
        picker = QuickPick(self._window, *texts, picks)
        if picker.exec() and picker.picked is not None:
            picker.picked.act()
        picker.deleteLater()

    def new_window(self) -> None:
        """Show one more window, on the start page."""
        self._window.windows.another().come_forward()

    def _fill(self) -> None:
        """List the files as they are now, each with a digit as its key."""
        self.menu.clear()
        for number, path in enumerate(self._window.settings.recent_files):
            caption = f"&{(number + 1) % 10}　{plain_caption(path.name)}　（{plain_caption(str(path.parent))}）"
            self.menu.addAction(caption).triggered.connect(lambda _=False, chosen=path: self._open(chosen))
        if self.menu.isEmpty():
            self.menu.addAction(word("recent_none")).setEnabled(False)

    def _open(self, path: Path) -> None:
        self._window.open_file(path)
