"""What the window does with recent files and with several windows."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from hyoka_desktop.errors import WorldError
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.messages.window import spoken, word
from hyoka_desktop.ui.dialogs.notice import ask
from hyoka_desktop.ui.plain import plain_caption
from hyoka_desktop.ui.search.quickpick import Pick, QuickPick
from hyoka_desktop.ui.tasks import JobCancelled

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
            Pick(path.name, str(path.parent), partial(self.open, path)) for path in self._window.settings.recent_files
        ]
        texts = word("recent_title"), word("recent_hint"), word("recent_no_match")
        picker = QuickPick(self._window, *texts, picks)
        if picker.exec() and picker.picked is not None:
            picker.picked.act()
        picker.deleteLater()

    def open(self, path: Path) -> None:
        """Open a recent file; one that is gone may be taken out of the list."""
        try:
            is_there = self._window.long_work.look(word("waiting_look", name=path.name), lambda: _is_there(path))
        except JobCancelled:
            return
        if is_there:
            self._window.open_file(path)
            return
        said = spoken(message_of(WorldError("file_missing", path=str(path))))
        text = f"{said}\n{word('recent_ask')}"
        if ask(self._window, word("recent_title"), text, word("recent_forget"), word("recent_keep"), destroys=True):
            self._window.settings.forget_file(path)
            self._window.start_page.show_recent(self._window.settings.recent_files)

    def new_window(self) -> None:
        """Show one more window, on the start page."""
        self._window.windows.another().come_forward()

    def _fill(self) -> None:
        """List the files as they are now, each with a digit as its key."""
        self.menu.clear()
        for number, path in enumerate(self._window.settings.recent_files):
            caption = f"&{(number + 1) % 10}　{plain_caption(path.name)}　（{plain_caption(str(path.parent))}）"
            self.menu.addAction(caption).triggered.connect(lambda _=False, chosen=path: self.open(chosen))
        if self.menu.isEmpty():
            self.menu.addAction(word("recent_none")).setEnabled(False)


def _is_there(path: Path) -> bool:
    """Tell whether a file is there, or perhaps: what cannot be looked at is told when it is opened."""
    try:
        return path.exists()
    except OSError:
        return True
