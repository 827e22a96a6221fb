"""Keep the windows of the application: one report each, all with the same settings, no report in two of them."""

from pathlib import Path

from hyoka_desktop.services.settings import Settings
from hyoka_desktop.ui.window import Window


class Windows:
    """Make windows, and let them go when they are closed."""

    def __init__(self, settings: Settings, fonts_folder: Path, version: str) -> None:
        self._settings = settings
        self._fonts_folder = fonts_folder
        self._version = version
        self._open: list[Window] = []

    @property
    def all(self) -> tuple[Window, ...]:
        """Tell the windows in the order in which they were made."""
        return tuple(self._open)

    def another(self) -> Window:
        """Make one more window, on the start page; it is not shown yet."""
        window = Window(self._settings, self._fonts_folder, self._version, self)
        self._open.append(window)
        window.closed.connect(lambda: self._forget(window))
        return window

    def showing(self, place: Path) -> Window | None:
        """Tell the window in which the report at a path without links is worked on, None where there is none."""
        return next((window for window in self._open if window.is_showing(place)), None)

    def close_all(self) -> None:
        """Close all windows, one after the other, until one wants to stay."""
        for window in tuple(self._open):
            if not window.close():
                return

    def _forget(self, window: Window) -> None:
        """Let a closed window go; Qt takes it when its event has ended."""
        if window in self._open:
            self._open.remove(window)
            window.deleteLater()
