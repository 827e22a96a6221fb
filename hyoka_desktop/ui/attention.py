"""Tell what the person attends to: the field that has the focus, the cell of a table, a row that is chosen."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from hyoka_desktop.domain.report import Address
from hyoka_desktop.ui.pages.fieldblock import FieldBlock
from hyoka_desktop.ui.pages.grid import NodeGrid
from hyoka_desktop.ui.workplace import Workplace


class Attention(QObject):
    """Watch the focus below a widget; the workplace tells what was found."""

    def __init__(self, workplace: Workplace, watched: QWidget) -> None:
        super().__init__(watched)
        self._workplace = workplace
        self._watched = watched
        self._last: Address | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication), "widgets exist"
        self._application = application
        application.focusChanged.connect(self._follow_focus)

    def look(self) -> None:
        """Tell what is attended to now."""
        address = self._address_at(QApplication.focusWidget())
        if address is not None:
            self._last = address
            self._workplace.attended.emit(address)

    def end(self) -> None:
        """Watch no more."""
        self._application.focusChanged.disconnect(self._follow_focus)

    def _follow_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """Look where the focus went; where it only came back with the whole window, nothing was chosen anew."""
        if before is not None or self._address_at(now) != self._last:
            self.look()

    def _address_at(self, widget: QWidget | None) -> Address | None:
        while widget is not None and widget is not self._watched:
            if isinstance(widget, FieldBlock):
                return widget.binding.address
            if isinstance(widget, NodeGrid):
                return widget.current_address
            widget = widget.parentWidget()
        return None
