"""What dialogs are framed by: the room around their contents, their size on a small screen, the buttons below."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.dialogs.fitting import Contents, FittingArea, screen_room
from hyoka_desktop.ui.theme import UNIT, scaled

_SIDE, _ABOVE = UNIT * 3, UNIT * 2
_LEAST_CHARACTERS: Final = 10


def dialog_column(dialog: QDialog, spacing: int = UNIT * 2) -> QVBoxLayout:
    """Lay the contents of a dialog under each other, with the room that every dialog has around them.

    Where the screen is too small for the contents they scroll, above what `add_foot` puts below.
    """
    contents = Contents()
    column = QVBoxLayout(contents)
    outer = QVBoxLayout(dialog)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(0)
    area = FittingArea(contents)
    column.setContentsMargins(_SIDE, _ABOVE, _SIDE - area.bar_width, spacing)
    column.setSpacing(spacing)
    outer.addWidget(area, stretch=1)
    return column


def add_foot(dialog: QDialog, foot: QWidget | QLayout) -> None:
    """Put the buttons below the contents, where they stay in reach; last, since Tab goes as things were put in."""
    frame = QVBoxLayout()
    frame.setContentsMargins(_SIDE, 0, _SIDE, _ABOVE)
    if isinstance(foot, QLayout):
        frame.addLayout(foot)
    else:
        frame.addWidget(foot)
    outer = dialog.layout()
    assert isinstance(outer, QVBoxLayout), "the contents were laid out before"
    outer.addLayout(frame)


def open_with(dialog: QDialog, width: int, height: int) -> None:
    """Let a dialog open with a size that grows with the text, or with what its screen has room for."""
    dialog.resize(QSize(scaled(width), scaled(height)).boundedTo(screen_room(dialog)))


def direction_for(dialog: QDialog, width: int) -> QBoxLayout.Direction:
    """Tell how two halves of a dialog stand: beside each other, or below where its screen has no room for the width."""
    fits = scaled(width) <= screen_room(dialog).width()
    return QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom


def open_fitting(dialog: QDialog) -> None:
    """Let a dialog open with what its contents need, or with what its screen has room for."""
    dialog.ensurePolished()
    room = screen_room(dialog)
    width = min(dialog.sizeHint().width(), room.width())
    layout = dialog.layout()
    assert layout is not None, "the contents were laid out before"
    dialog.resize(QSize(width, layout.totalHeightForWidth(width)).boundedTo(room))


def keep_width(dialog: QDialog, width: int) -> None:
    """Let a dialog be no narrower than a width, as far as its screen has room for it."""
    dialog.setMinimumWidth(min(width, screen_room(dialog).width()))


def let_shrink(*boxes: QComboBox) -> None:
    """Let choices be narrower than the longest text that they could show."""
    for box in boxes:
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(_LEAST_CHARACTERS)


def answer_buttons(dialog: QDialog, yes: str, no: str | None = None) -> tuple[QDialogButtonBox, QPushButton]:
    """Make the buttons that accept a dialog and leave it; tell the one that accepts too."""
    buttons = QDialogButtonBox()
    agreeing = buttons.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
    buttons.addButton(no or word("cancel"), QDialogButtonBox.ButtonRole.RejectRole)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons, agreeing
