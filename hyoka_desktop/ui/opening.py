"""Open a report file for the window; one that another program holds may be looked at in a copy."""

from collections.abc import Callable
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
from hyoka_desktop.ui.listening import StoreSignals


def open_or_look(
    parent: QWidget, path: Path, begin: Callable[[Path], Session], signals: StoreSignals, places: Places
) -> Session | None:
    """Open a file, or a copy of one in use, or a new file recovered from a damaged one, where the person wants it.

    A fault is told, and None tells of nothing. The session tells the path of the file that was opened.
    """
    try:
        return begin(path)
    except HyokaError as error:
        if is_damage(error):
            return _open_recovered(parent, path, error, begin, places)
        if not is_in_use(error):
            tell_error(parent, error)
            return None
        if not _wants_copy(parent, error):
            return None
    try:
        return open_copy(path, signals)
    except HyokaError as error:
        tell_error(parent, error)
        return None


def _open_recovered(
    parent: QWidget, path: Path, error: HyokaError, begin: Callable[[Path], Session], places: Places
) -> Session | None:
    """Ask, examine the damaged file, show what was found, make the new file and open that."""
    message = message_of(error)
    text = "\n".join((message.what, message.safe, word("damage_ask")))
    if not ask(parent, word("damage_title"), text, word("damage_examine"), word("close")):
        return None
    try:
        found = examine(path, places)
        dialog = DamageDialog(parent, found)
        wanted = dialog.exec()
        dialog.deleteLater()
        if not wanted:
            return None
        target = recovered_path(path)
        recover(found, target)
        return begin(target)
    except HyokaError as fault:
        tell_error(parent, fault)
        return None


def _wants_copy(parent: QWidget, error: HyokaError) -> bool:
    """Say who holds the file and what is safe, and ask."""
    message = message_of(error)
    text = "\n".join((message.what, message.safe, word("in_use_do")))
    return ask(parent, word("in_use_title"), text, word("look_at_copy"), word("close"))
