"""Bring hostile texts in by the keyboard and the clipboard: `python -m tests.figures.hostile_window FILE`.

Each way of each text is told as a line of JSON: what is stored, and whether the window said that it altered something.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QTextEdit

from hyoka_desktop.app import make_application
from hyoka_desktop.messages.commandline import ODDITIES
from hyoka_desktop.ui.editors.text import TextEditor
from tests.figures.hostile_texts import HOSTILE
from tests.figures.window_work import chosen_field, first_row, opened_window


def _type(editor: QTextEdit, text: str) -> None:
    """Let an input method hand a text over, as it does for all that has no key."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(editor, event)


def _paste(editor: QTextEdit, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    editor.paste()


WAYS: Final[dict[str, Callable[[QTextEdit, str], None]]] = {"typed": _type, "pasted": _paste}


def main(path: Path) -> None:
    """Bring each text in by each way into an empty field, and leave it."""
    application = make_application()
    window = opened_window(path)
    assert window.desk is not None, "a report is open"
    # What Python hands to Qt has lost its lone surrogates before the window sees it.
    handed_to_qt = [hostile for hostile in HOSTILE if hostile.name != "lone surrogate"]
    address, desk = first_row(window), window.desk
    for hostile in handed_to_qt:
        for way, bring in WAYS.items():
            editor = chosen_field(window, address)
            assert isinstance(editor, QTextEdit)
            editor.selectAll()
            window.statusBar().clearMessage()
            bring(editor, hostile.given)
            field = editor.parentWidget()
            tidied = field.notice.text() if isinstance(field, TextEditor) else ""
            desk.tree.setFocus()
            QApplication.processEvents()
            said = window.statusBar().currentMessage()
            stored = desk.workplace.session.view(address.year).text(address.node, address.field)
            told = bool(tidied) or any(name in said for name in ODDITIES.values())
            sys.stdout.write(json.dumps([hostile.name, way, stored, told]) + "\n")
    assert desk.workplace.session.flush(), "all is saved"
    window.close()
    window.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


if __name__ == "__main__":
    qInstallMessageHandler(lambda *_: None)
    main(Path(sys.argv[1]))
