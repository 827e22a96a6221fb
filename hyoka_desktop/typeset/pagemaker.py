"""What tables and contents need of whoever makes the pages."""

from typing import Protocol

from hyoka_desktop.typeset.frames import PageFrame


class PageMaker(Protocol):
    """Hand out the page in hand, the place on it, and a new one."""

    left: float
    y: float

    @property
    def page(self) -> PageFrame:
        """Tell the page in hand."""
        ...

    @property
    def room(self) -> float:
        """Tell the height left on it."""
        ...

    @property
    def full_height(self) -> float:
        """Tell the height of an empty page."""
        ...

    def new_page(self) -> None:
        """Begin a page."""
        ...
