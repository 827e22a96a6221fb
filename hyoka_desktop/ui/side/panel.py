"""What every panel of the right side does: follow the place in hand, and read anew only while it can be seen."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from hyoka_desktop.domain.report import Address
from hyoka_desktop.ui.theme import look
from hyoka_desktop.ui.workplace import Workplace

_PAUSE_MS = 60


class SidePanel(QWidget):
    """Show something about the place in hand.

    A panel writes `refresh`; it is called when the place, the report or the year changed, once for many changes, and
    only while the panel is seen. `place_wanted` asks the desk to go to an address.
    """

    name = ""
    """Names the panel: its word is `panel_<name>`, its action `toggle_<name>`."""
    place_wanted = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self.workplace = workplace
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._refresh_where_seen)
        for signal in (workplace.entered, workplace.attended, workplace.changed, workplace.year_changed):
            signal.connect(self._expect)
        look().changed.connect(self._expect)

    @property
    def node(self) -> int | None:
        """Tell the node whose page is shown; None where it is gone, or a page of the report is shown."""
        node = self.workplace.entered_node
        return node if node in self.workplace.session.snapshot.tree.nodes else None

    @property
    def address(self) -> Address | None:
        """Tell the address of the field in hand; None where no field is, or its node is gone."""
        address = self.workplace.attended_address
        if address is None or not address.field or address.node not in self.workplace.session.snapshot.tree.nodes:
            return None
        return address

    def refresh(self) -> None:
        """Show what holds now."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the panel was not to be seen."""
        super().showEvent(event)
        self.refresh()

    def _expect(self) -> None:
        if self.isVisible():
            self._pause.start()

    def _refresh_where_seen(self) -> None:
        if self.isVisible():
            self.refresh()
