"""Carry the word of the store's thread to the window's."""

from typing import Final

from hyoka_desktop.errors import HyokaError
from hyoka_desktop.services.session import Listener
from hyoka_desktop.ui.letterbox import Line


class StoreNews:
    """Listen to the store on its thread, and have a listener told on the window's."""

    def __init__(self, listener: Listener) -> None:
        self._line: Final = Line(listener)

    def written(self) -> None:
        """Tell that everything is on the disk."""
        self._line.post(lambda listener: listener.written())

    def short_of_room(self) -> None:
        """Tell that everything is on the disk, with the last room there is."""
        self._line.post(lambda listener: listener.short_of_room())

    def failed(self, error: HyokaError) -> None:
        """Tell that writing failed and will be tried again."""
        self._line.post(lambda listener: listener.failed(error))

    def broken(self, error: BaseException) -> None:
        """Tell of a fault of ours."""
        self._line.post(lambda listener: listener.broken(error))
