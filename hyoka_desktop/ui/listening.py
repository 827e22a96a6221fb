"""Carry the word of the store's thread to the window as signals."""

from PySide6.QtCore import QObject, Signal

from hyoka_desktop.errors import HyokaError


class StoreSignals(QObject):
    """Listen to the store; the signals arrive on the window's thread."""

    on_disk = Signal()
    refused = Signal(object)
    broke = Signal(object)

    def written(self) -> None:
        """Tell that everything is on the disk."""
        self.on_disk.emit()

    def failed(self, error: HyokaError) -> None:
        """Tell that writing failed and will be tried again."""
        self.refused.emit(error)

    def broken(self, error: BaseException) -> None:
        """Tell of a fault of ours."""
        self.broke.emit(error)
