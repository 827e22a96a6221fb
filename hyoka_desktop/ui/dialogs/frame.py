"""What dialogs are framed by: the room around their contents, and the two buttons under a question."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.theme import UNIT


def dialog_column(dialog: QDialog, spacing: int = UNIT * 2) -> QVBoxLayout:
    """Lay the contents of a dialog under each other, with the room that every dialog has around them."""
    column = QVBoxLayout(dialog)
    column.setContentsMargins(UNIT * 3, UNIT * 2, UNIT * 3, UNIT * 2)
    column.setSpacing(spacing)
    return column


def resize_within(dialog: QDialog, parent: QWidget, size: tuple[int, int]) -> None:
    """Give a dialog a size, but no more than the window that it stands before."""
    room = parent.window().size()
    dialog.resize(min(size[0], room.width()), min(size[1], room.height()))


def answer_buttons(dialog: QDialog, yes: str, no: str | None = None) -> tuple[QDialogButtonBox, QPushButton]:
    """Make the buttons that accept a dialog and leave it; tell the one that accepts too."""
    buttons = QDialogButtonBox()
    agreeing = buttons.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
    buttons.addButton(no or word("cancel"), QDialogButtonBox.ButtonRole.RejectRole)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons, agreeing
