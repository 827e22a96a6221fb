"""What the window does with what was: search the history, record and show named versions."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from hyoka_desktop.domain.versions import NamedVersion
from hyoka_desktop.errors import HyokaError
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import history
from hyoka_desktop.ui.dialogs.history_search import HistorySearch
from hyoka_desktop.ui.dialogs.notice import tell_error
from hyoka_desktop.ui.dialogs.versions import VersionsDialog, record_version
from hyoka_desktop.ui.tasks import JobCancelled

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
            dialog = HistorySearch(self._window, desk.workplace, self._window.moving.go_to)
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
            dialog = VersionsDialog(self._window, desk.workplace, self.open_version, self._window.moving.go_to)
            dialog.exec()
            dialog.deleteLater()

    def open_version(self, version: NamedVersion) -> None:
        """Show a version in a window of its own, for reading only."""
        desk = self._window.desk
        if desk is None:
            return
        session, other = desk.workplace.session, self._window.windows.another()
        news, said = other.save_state.store_news, word("waiting_version", name=version.name)
        try:
            opened = self._window.long_work.carry_out(
                said, lambda *_: history.copy_for_version(session, version).open(news), lambda late: late.close()
            )
        except (HyokaError, JobCancelled) as ending:
            other.close()
            if isinstance(ending, HyokaError):
                tell_error(self._window, ending)
            return
        other.show_session(opened)
        other.show()
