"""Carry the word of the store's thread to the window as signals."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from hyoka_desktop.errors import HyokaError


class StoreSignals(QObject):
    """Listen to the store; the signals arrive on the window's thread."""

    on_disk = Signal()
    strained = Signal()
    refused = Signal(object)
    broke = Signal(object)
    _news = Signal()

    def __init__(self) -> None:
        super().__init__()
        # What is told waits here; the signal between the threads carries no Python object.
        self._told: deque[Callable[[], None]] = deque()
        self._news.connect(self._pass_on)

    def written(self) -> None:
        """Tell that everything is on the disk."""
        self._tell(self.on_disk.emit)

    def short_of_room(self) -> None:
        """Tell that everything is on the disk, with the last room there is."""
        self._tell(self.strained.emit)

    def failed(self, error: HyokaError) -> None:
        """Tell that writing failed and will be tried again."""
        self._tell(lambda: self.refused.emit(error))

    def broken(self, error: BaseException) -> None:
        """Tell of a fault of ours."""
        self._tell(lambda: self.broke.emit(error))

    def _tell(self, news: Callable[[], None]) -> None:
        self._told.append(news)
        self._news.emit()

    def _pass_on(self) -> None:
        while self._told:
            self._told.popleft()()
