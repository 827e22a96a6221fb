"""Say in words whether everything is on the disk: 保存済み, 保存待ち, 未保存."""

from PySide6.QtCore import QObject, QTime, QTimer, Signal

from hyoka_desktop.errors import HyokaError, WorldError
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.session import Session
from hyoka_desktop.ui.listening import StoreNews
from hyoka_desktop.ui.pages.fieldblock import plain_label

_LATE_MS = 1000


class SaveState(QObject):
    """Keep a label that tells the state of saving; `store_news` is to be told it by the store.

    `refused` tells why nothing can be written, `saved` that all is written; `broke` tells a fault of ours, after which
    nothing is ever written to this file.
    """

    refused = Signal(object)
    saved = Signal()
    broke = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.store_news = StoreNews(self)
        self.label = plain_label("")
        self._session: Session | None = None
        self._is_broken = False
        self._late = QTimer(self, singleShot=True, interval=_LATE_MS)
        self._late.timeout.connect(self._show_late)

    def begin(self, session: Session) -> None:
        """Tell of another report from now on."""
        self._session = session
        self._is_broken = False
        self.written()

    def end(self) -> None:
        """Tell nothing any more."""
        self._session = None
        self._late.stop()
        self.label.clear()

    def expect(self) -> None:
        """Say 保存待ち where what was just typed is not on the disk within a second."""
        self._late.start()

    def written(self) -> None:
        """Say that everything is saved."""
        self._late.stop()
        if self._session is None:
            return
        copied_at = self._session.copied_at
        if self._session.version is not None:
            self.label.setText(word("version_state", name=self._session.version))
        elif copied_at is not None:
            self.label.setText(word("copy_state", time=copied_at[11:16]))
        else:
            self.label.setText("● " + word("saved", time=QTime.currentTime().toString("HH:mm:ss")))
            self.saved.emit()

    def short_of_room(self) -> None:
        """Say that it is saved, and that there was no room but the last."""
        if self._session is not None:
            self._late.stop()
            time = QTime.currentTime().toString("HH:mm:ss")
            self.label.setText("▲ " + word("saved_without_room", time=time))
            self.saved.emit()

    def _show_late(self) -> None:
        if self._session is not None and self._session.has_unsaved and not self._is_broken:
            self.label.setText("◌ " + word("saving"))

    def failed(self, error: HyokaError) -> None:
        """Say that it is not saved, and why."""
        self._late.stop()
        self.label.setText("▲ " + word("unsaved", what=message_of(error).what))
        self.refused.emit(error)

    def broken(self, fault: BaseException) -> None:
        """Say that nothing will be saved any more."""
        self._is_broken = True
        error = WorldError("store_broken", kind=type(fault).__name__)
        self._late.stop()
        self.label.setText("▲ " + word("unsaved", what=message_of(error).what))
        self.broke.emit(error)
