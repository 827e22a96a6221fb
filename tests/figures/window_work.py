"""What the figures do in a window, each in a process of its own: `python -m tests.figures.window_work WHAT FILE`.

Keys are pressed in a real window without a screen; what the person sees is told line by line on the standard output.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final
from unittest.mock import patch

from PySide6.QtCore import Qt, QTimer, qInstallMessageHandler
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from hyoka_desktop.app import make_application, make_window
from hyoka_desktop.domain.report import Address, NodeKind
from hyoka_desktop.services.session import Session
from hyoka_desktop.ui.window import Window
from tests.figures.disk import watched
from tests.figures.r03_typing_killed import TEXT

FIELD: Final = "results"
_KEY_MS: Final = 80
_SLOW_FLUSH_S: Final = 0.1
_KEYS_ON_A_SLOW_DISK: Final = 60
_KEYS_WITH_WAITING: Final = 10
_TIMER_MS: Final = 1000


def opened_window(path: Path) -> Window:
    """Open a report in a window."""
    window = make_window()
    window.show()
    window.open_file(path)
    QApplication.processEvents()
    return window


def first_row(window: Window) -> Address:
    """Tell the results of the first row of the first 項目."""
    desk = window.desk
    assert desk is not None, "a report is open"
    view = desk.workplace.view
    return Address(view.children(view.items[0].id, NodeKind.ROW)[0].id, FIELD, view.year)


def chosen_field(window: Window, address: Address) -> QWidget:
    """Go to a field as from the preview; tell its editor, which has the keyboard."""
    assert window.desk is not None, "a report is open"
    window.desk.go_to(address)
    QApplication.processEvents()
    editor = window.focusWidget()
    assert editor is not None, "the field has the keyboard"
    return editor


def press(editor: QWidget, character: str) -> None:
    """Press a key and let the window take it."""
    QApplication.sendEvent(editor, QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, character))


def type_until_killed(path: Path) -> None:
    """Press a key every 80 ms, quicker than Japanese is typed; tell each once it is on the screen."""
    application = make_application()
    window = opened_window(path)
    editor = chosen_field(window, first_row(window))
    typed = 0

    def next_key() -> None:
        nonlocal typed
        press(editor, TEXT[typed])
        typed += 1
        _say(str(typed))

    timer = QTimer(interval=_KEY_MS)
    timer.timeout.connect(next_key)
    timer.start()
    application.exec()


def type_with_a_timer(path: Path) -> None:
    """Do the same where what is on the screen is saved once a second, as programs used to."""
    waiting: dict[Address, str | None] = {}
    put_draft = Session.put_draft

    def later(session: Session, address: Address, text: str | None) -> None:
        if not waiting:
            QTimer.singleShot(_TIMER_MS, lambda: _save(session))
        waiting[address] = text

    def _save(session: Session) -> None:
        for address, text in waiting.items():
            put_draft(session, address, text)
        waiting.clear()

    with patch.object(Session, "put_draft", later):
        type_until_killed(path)


class _SlowFlush:
    """A disk that needs 100 ms for each flush."""

    def write(self, path: Path, offset: int, data: bytes) -> None:
        """Write at once."""

    def truncate(self, path: Path, size: int) -> None:
        """Truncate at once."""

    def flush(self, path: Path) -> None:
        """Take long."""
        time.sleep(_SLOW_FLUSH_S)

    def delete(self, path: Path) -> None:
        """Delete at once."""


def type_on_a_slow_disk(path: Path, keys: int = _KEYS_ON_A_SLOW_DISK) -> None:
    """Type, leave the field and come back, on a slow disk; tell the longest time in milliseconds that a key took."""
    make_application()
    with watched(_SlowFlush()):
        window = opened_window(path)
        address = first_row(window)
        editor = chosen_field(window, address)
        assert window.desk is not None, "a report is open"
        for number in range(keys + 1):
            began = time.perf_counter()
            press(editor, TEXT[number])
            if number % 20 == 19:
                window.desk.tree.setFocus()
                editor.setFocus()
            QApplication.processEvents()
            if number:
                _say(f"{(time.perf_counter() - began) * 1000:.1f}")
            time.sleep(_KEY_MS / 1000)
        window.desk.workplace.session.flush(60)
        window.close()


def type_and_wait_for_a_slow_disk(path: Path) -> None:
    """Do the same where the window waits for the disk at each key."""
    put_draft = Session.put_draft

    def waiting(session: Session, address: Address, text: str | None) -> None:
        put_draft(session, address, text)
        session.flush(60)

    with patch.object(Session, "put_draft", waiting):
        type_on_a_slow_disk(path, _KEYS_WITH_WAITING)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


WORK: Final[dict[str, Callable[[Path], None]]] = {
    work.__name__: work
    for work in (type_until_killed, type_with_a_timer, type_on_a_slow_disk, type_and_wait_for_a_slow_disk)
}

if __name__ == "__main__":
    # The platform without a screen complains of what only a screen can do.
    qInstallMessageHandler(lambda *_: None)
    WORK[sys.argv[1]](Path(sys.argv[2]))
