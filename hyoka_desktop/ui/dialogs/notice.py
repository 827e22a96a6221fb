"""Tell a message, or ask a plain question. Data are shown as plain text, never as rich text."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from hyoka_desktop.errors import HyokaError, InputError
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.messages.window import spoken, word
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.ui.longwork import LongWork
from hyoka_desktop.ui.tasks import JobCancelled


def tell_error(parent: QWidget, error: HyokaError) -> None:
    """Say what happened, what is safe and what to do."""
    tell(parent, word("error_title"), spoken(message_of(error)), QMessageBox.Icon.Warning)


def telling_refusals(parent: QWidget, act: Callable[[], None]) -> Callable[[], None]:
    """Have what the report refuses told; what the world does to files is told by the actions themselves.

    An action that was given up while it waited for a share is simply not done.
    """

    def carry_out() -> None:
        try:
            act()
        except InputError as error:
            tell_error(parent, error)
        except JobCancelled:
            return

    return carry_out


def tell_unkept(parent: QWidget, settings: Settings) -> None:
    """Say so where what a person just chose to be remembered holds only until the program ends."""
    try:
        LongWork(parent).look(word("waiting_settings"), settings.confirm)
    except JobCancelled:
        return
    except HyokaError as error:
        tell_error(parent, error)


def tell(parent: QWidget, title: str, text: str, picture: QMessageBox.Icon = QMessageBox.Icon.Information) -> None:
    """Show a text with one button."""
    box = _box(parent, title, text, picture)
    box.addButton(word("close"), QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def ask(parent: QWidget, title: str, text: str, yes: str, no: str | None = None, *, destroys: bool = False) -> bool:
    """Ask; tell whether the answer was yes. Enter says yes, but not to what destroys something."""
    box = _box(parent, title, text, QMessageBox.Icon.NoIcon)
    agreed = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    refused = box.addButton(no or word("cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setEscapeButton(refused)
    box.setDefaultButton(refused if destroys else agreed)
    box.exec()
    return box.clickedButton() is agreed


def choose(parent: QWidget, title: str, text: str, choices: Sequence[str]) -> str | None:
    """Ask with several answers; tell the chosen one, None for a cancel."""
    box = _box(parent, title, text, QMessageBox.Icon.Warning)
    buttons = [box.addButton(choice, QMessageBox.ButtonRole.ActionRole) for choice in choices]
    box.setDefaultButton(buttons[0])
    box.setEscapeButton(box.addButton(word("cancel"), QMessageBox.ButtonRole.RejectRole))
    box.exec()
    clicked = box.clickedButton()
    return next((choice for button, choice in zip(buttons, choices, strict=True) if button is clicked), None)


def _box(parent: QWidget, title: str, text: str, picture: QMessageBox.Icon) -> QMessageBox:
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setIcon(picture)
    box.setWindowTitle(title)
    box.setText(text)
    return box
