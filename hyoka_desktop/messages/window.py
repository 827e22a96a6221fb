"""Tell the words of the window: one way to all areas of `messages.words`."""

from collections import ChainMap
from collections.abc import Mapping
from typing import Final

from hyoka_desktop.messages.actions import ACTIONS, DONE
from hyoka_desktop.messages.errors import Message
from hyoka_desktop.messages.words import (
    appearance,
    backups,
    circulation,
    editing,
    export,
    frame,
    grid,
    guide,
    history,
    indicators,
    paper,
    printing,
    saving,
    search,
    sharing,
    start,
    waiting,
    work,
    writing,
)

APPLICATION: Final = "評価書"
_AREAS: Final = (
    appearance,
    backups,
    circulation,
    editing,
    export,
    frame,
    grid,
    guide,
    history,
    indicators,
    paper,
    printing,
    saving,
    search,
    sharing,
    start,
    waiting,
    work,
    writing,
)
WORDS: Final[Mapping[str, str]] = ChainMap(*(dict(area.WORDS) for area in _AREAS))


def word(key: str, **parameters: str | int) -> str:
    """Tell a text of the window."""
    return WORDS[key].format(**parameters)


def action_text(name: str) -> str:
    """Tell the text of an action."""
    return ACTIONS[name]


def done_text(action: str, subject: str) -> str:
    """Say what a command did, for example 「実績の入力」."""
    return DONE[action].format(subject=subject)


def undo_text(action: str, subject: str, *, redo: bool = False) -> str:
    """Say what undo or redo would do, for example 「実績の入力を元に戻す」."""
    what = done_text(action, subject)
    return f"{what}をやり直す" if redo else f"{what}を元に戻す"


def spoken(message: Message) -> str:
    """Tell a message as the window shows it: three sentences on lines of their own."""
    return "\n".join((message.what, message.safe, message.do))
