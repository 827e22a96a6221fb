"""Open a report file for the window; one that another program holds may be looked at in a copy."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from hyoka_desktop.errors import HyokaError
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.backups import Places
from hyoka_desktop.services.recovery import examine, is_damage, recover, recovered_path
from hyoka_desktop.services.session import Session, is_in_use, open_copy
from hyoka_desktop.ui.dialogs.damage import DamageDialog
from hyoka_desktop.ui.dialogs.notice import ask, tell_error
from hyoka_desktop.ui.listening import StoreNews
from hyoka_desktop.ui.longwork import LongWork


@dataclass(frozen=True, slots=True)
class Opener:
    """Hold what opening takes: how to begin, what hears the store, where backups lie, and how long work is waited for.

    `begin` is called on the worker's thread, so it holds no widget.
    """

    begin: Callable[[Path], Session]
    news: StoreNews
    places: Places
    long_work: LongWork

    def open_or_look(self, parent: QWidget, path: Path) -> Session | None:
        """Open a file, or a copy of one in use, or a new file recovered from a damaged one, as the person wants it.

        A fault is told, and None tells of nothing; JobCancelled where it was given up. The session tells the path of
        the file that was opened.
        """
        try:
            return self._open_some(parent, path)
        except HyokaError as error:
            tell_error(parent, error)
            return None

    def _open_some(self, parent: QWidget, path: Path) -> Session | None:
        try:
            return self._begun(path)
        except HyokaError as error:
            if is_damage(error):
                return self._open_recovered(parent, path, error)
            if not is_in_use(error):
                raise
            if not _wants_copy(parent, error):
                return None
        news = self.news
        return self._opened("waiting_copy", path, lambda: open_copy(path, news))

    def _open_recovered(self, parent: QWidget, path: Path, error: HyokaError) -> Session | None:
        """Ask, examine the damaged file, show what was found, make the new file and open that."""
        message = message_of(error)
        text = "\n".join((message.what, message.safe, word("damage_ask")))
        if not ask(parent, word("damage_title"), text, word("damage_examine"), word("close")):
            return None
        places = self.places
        found = self.long_work.look(word("waiting_examine", name=path.name), lambda: examine(path, places))
        dialog = DamageDialog(parent, found)
        wanted = dialog.exec()
        dialog.deleteLater()
        if not wanted:
            return None
        target = recovered_path(path)
        self.long_work.carry_out(word("waiting_recover"), lambda *_: recover(found, target))
        return self._begun(target)

    def _begun(self, path: Path) -> Session:
        begin = self.begin
        return self._opened("waiting_open", path, lambda: begin(path))

    def _opened(self, said: str, path: Path, act: Callable[[], Session]) -> Session:
        """Open away from the window; what was given up is closed again when it comes."""
        return self.long_work.carry_out(word(said, name=path.name), lambda *_: act(), lambda session: session.close())


def _wants_copy(parent: QWidget, error: HyokaError) -> bool:
    """Say who holds the file and what is safe, and ask."""
    message = message_of(error)
    text = "\n".join((message.what, message.safe, word("in_use_do")))
    return ask(parent, word("in_use_title"), text, word("look_at_copy"), word("close"))
