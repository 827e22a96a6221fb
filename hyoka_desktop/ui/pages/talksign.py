"""Tell in the head of a field how many comments on it are open, and lead to them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolButton

from hyoka_desktop.domain.changes import Action, ChangeSet
from hyoka_desktop.domain.comments import open_on
from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.binding import FieldBinding
from hyoka_desktop.ui.statesigns import paint_bubble
from hyoka_desktop.ui.theme import COLOURS, UNIT, scaled
from hyoka_desktop.ui.workplace import Workplace

_HEIGHT = 18


class TalkSign(QToolButton):
    """Show the number of open comments on a field; hidden where there are none."""

    def __init__(self, workplace: Workplace, binding: FieldBinding) -> None:
        super().__init__()
        self._workplace = workplace
        self._binding = binding
        self._count = 0
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._lead)
        binding.shown.connect(self._show_count)
        workplace.changed.connect(self._follow)
        self._show_count()

    @property
    def count(self) -> int:
        """Tell how many open comments are shown."""
        return self._count

    def sizeHint(self) -> QSize:
        """Ask for the room of the number."""
        return QSize(self.fontMetrics().horizontalAdvance(str(self._count)) + UNIT * 2, scaled(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a speech bubble with the number."""
        del event
        painter = QPainter(self)
        paint_bubble(painter, self.rect(), str(self._count))
        if self.hasFocus():
            painter.setPen(QPen(QColor(COLOURS.accent), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _follow(self, changes: ChangeSet) -> None:
        if changes.edit.action is Action.COMMENT:
            self._show_count()

    def _show_count(self) -> None:
        address = self._binding.address
        known = address.node in self._workplace.session.snapshot.tree.nodes
        self._count = open_on(self._workplace.view, address.node, address.field) if known else 0
        tip = word("comments_count_tip", count=self._count)
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self.setVisible(self._count > 0)
        self.updateGeometry()
        self.update()

    def _lead(self) -> None:
        self._workplace.attended.emit(self._binding.address)
        self._workplace.talk_wanted.emit()
