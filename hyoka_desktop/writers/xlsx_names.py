"""Name the sheets of a workbook: what Excel refuses is replaced, what is too long is cut, what is taken is numbered."""

from itertools import count
from typing import Final

from hyoka_desktop.writers.package import legal

LONGEST_NAME: Final = 31
"""Code units of UTF-16."""

_UNNAMED = "Sheet"
_RESERVED: Final = ("History", "履歴")
"""Excel keeps these for the sheet of changes."""
_REFUSED: Final = str.maketrans(
    {
        **dict.fromkeys(":*?/\\：＊？／＼￥¥", "・"),
        **dict.fromkeys("[［", "（"),
        **dict.fromkeys("]］", "）"),
        **dict.fromkeys("'’＇", "´"),
    }
)
"""Excel for Japanese refuses the wide forms as well, and an apostrophe at either end."""


class SheetNames:
    """Give each sheet a name of its own; Excel takes names that differ in case only for the same."""

    def __init__(self) -> None:
        self._taken = {name.casefold() for name in _RESERVED}

    def name_for(self, title: str) -> str:
        """Name the sheet of a table by its title."""
        wanted = " ".join(legal(title).translate(_REFUSED).split()) or _UNNAMED
        names = (_shortened(wanted, f" ({number})" if number > 1 else "") for number in count(1))
        name = next(name for name in names if name.casefold() not in self._taken)
        self._taken.add(name.casefold())
        return name


def _shortened(name: str, suffix: str) -> str:
    """Cut a name so that it keeps its suffix; a character of two code units is cut as a whole."""
    room = LONGEST_NAME - len(suffix)
    return name.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore").rstrip() + suffix
