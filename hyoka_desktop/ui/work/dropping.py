"""What the window does with files that are dropped on it: reports are opened, interchange files are taken in."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtWidgets import QApplication

from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.breathing import is_between_steps
from hyoka_desktop.ui.tasks import JobCancelled

if TYPE_CHECKING:
    from hyoka_desktop.ui.window import Window

_REPORT = ".hyoka"
_DATA = ".json"
_PAUSE_MS: Final = 50


class DroppingWork:
    """Take dropped files; several reports get a window each."""

    def __init__(self, window: "Window") -> None:
        self._window = window

    def takes(self, dropped: QMimeData) -> bool:
        """Tell whether there is anything among the dropped that can be opened, and no dialog to be answered first."""
        return QApplication.activeModalWidget() is None and any(
            path.suffix.lower() in (_REPORT, _DATA) for path in _paths(dropped)
        )

    def take(self, dropped: QMimeData) -> None:
        """Open what was dropped; whoever drags goes on while a question is asked here."""
        paths = _paths(dropped)
        QTimer.singleShot(0, self._window, lambda: self._open(paths))

    def _open(self, paths: list[Path]) -> None:
        """Open files when nothing is half done and no dialog is in hand: the report in hand may have to go."""
        if is_between_steps() or QApplication.activeModalWidget() is not None:
            QTimer.singleShot(_PAUSE_MS, self._window, lambda: self._open(paths))
            return
        reports = [path for path in paths if path.suffix.lower() == _REPORT]
        data = [path for path in paths if path.suffix.lower() == _DATA]
        for number, path in enumerate(reports):
            self._open_report(path, in_window_of_its_own=number > 0)
        if data:
            self._window.files.import_files(data)
        if len(reports) + len(data) < len(paths):
            self._window.say(word("drop_nothing"))

    def _open_report(self, path: Path, *, in_window_of_its_own: bool) -> None:
        try:
            is_new = in_window_of_its_own and self._window.showing(path) is None
        except JobCancelled:
            return
        window = self._window.windows.another() if is_new else self._window
        if is_new:
            window.come_forward()
        window.open_file(path)


def _paths(dropped: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]
