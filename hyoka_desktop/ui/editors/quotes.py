"""What an editor asks about the live values in its text; without a report there are none."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtGui import QTextCursor


class Quotes(Protocol):
    """Know the values that the text of one field quotes."""

    def shown(self, stored: str) -> str:
        """Tell the value that a chip shows."""

    def printed(self, text: str) -> str:
        """Tell a stored text as it prints."""

    def bound(self, text: str) -> str:
        """Bind the live values of a text that comes from outside."""

    def tip(self, stored: str) -> str:
        """Say where the value of a chip comes from."""

    def choices(self) -> Sequence[tuple[str, str]]:
        """Tell the values that can be quoted: what is shown of each, and what is stored."""

    def take_typed(self, cursor: QTextCursor) -> None:
        """Make a chip of a live value that was typed out before a cursor."""


class _NoQuotes:
    def shown(self, stored: str) -> str:
        return stored

    def printed(self, text: str) -> str:
        return text

    def bound(self, text: str) -> str:
        return text

    def tip(self, stored: str) -> str:  # noqa: ARG002 - part of the protocol
        return ""

    def choices(self) -> Sequence[tuple[str, str]]:
        return ()

    def take_typed(self, cursor: QTextCursor) -> None:
        """Leave it as text."""


NO_QUOTES: Quotes = _NoQuotes()
