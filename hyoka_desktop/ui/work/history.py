"""What the window does with what was: search the history, record and show named versions."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from hyoka_desktop.domain.versions import NamedVersion
from hyoka_desktop.errors import HyokaError
from hyoka_desktop.services import history
from hyoka_desktop.ui.dialogs.history_search import HistorySearch
from hyoka_desktop.ui.dialogs.notice import tell_error
from hyoka_desktop.ui.dialogs.versions import VersionsDialog, record_version

if TYPE_CHECKING:
    from hyoka_desktop.ui.window import Window


class HistoryWork:
    """Carry out the history actions of a window."""

    def __init__(self, window: "Window") -> None:
        self._window = window

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Tell what is done for each action."""
        return {
            "search_history": self.search,
            "record_version": self.record,
            "versions": self.show_versions,
        }

    def search(self) -> None:
        """Open the search of the history."""
        desk = self._window.desk
        if desk is not None:
            desk.commit()
            dialog = HistorySearch(self._window, desk.workplace, desk.go_to)
            dialog.exec()
            dialog.deleteLater()

    def record(self) -> None:
        """Ask for a name for the report as it stands now."""
        desk = self._window.desk
        if desk is not None:
            desk.commit()
            record_version(self._window, desk.workplace)

    def show_versions(self) -> None:
        """Open the list of versions."""
        desk = self._window.desk
        if desk is not None:
            desk.commit()
            dialog = VersionsDialog(self._window, desk.workplace, self.open_version)
            dialog.exec()
            dialog.deleteLater()

    def open_version(self, version: NamedVersion) -> None:
        """Show a version in a window of its own, for reading only."""
        desk = self._window.desk
        if desk is None:
            return
        try:
            copy = history.copy_for_version(desk.workplace.session, version)
            other = self._window.windows.another()
            other.show_session(copy.open(other.save_state.signals))
        except HyokaError as error:
            tell_error(self._window, error)
            return
        other.show()
