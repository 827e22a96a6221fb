"""Open a report file for the window; one that another program holds may be looked at in a copy."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from hyoka_desktop.errors import HyokaError
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.session import Session, is_in_use, open_copy
from hyoka_desktop.ui.dialogs.notice import ask, tell_error
from hyoka_desktop.ui.listening import StoreSignals


def open_or_look(parent: QWidget, path: Path, begin: Callable[[], Session], signals: StoreSignals) -> Session | None:
    """Open a file, or a copy of one in use where the person wants it; a fault is told, and None tells of nothing."""
    try:
        return begin()
    except HyokaError as error:
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


def _wants_copy(parent: QWidget, error: HyokaError) -> bool:
    """Say who holds the file and what is safe, and ask."""
    message = message_of(error)
    text = "\n".join((message.what, message.safe, word("in_use_do")))
    return ask(parent, word("in_use_title"), text, word("look_at_copy"), word("close"))
