"""Find words in the item in hand, and step from field to field."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QTextEdit, QWidget

from hyoka_desktop.domain.report import Address
from hyoka_desktop.services.search import Query, search
from hyoka_desktop.ui.editors.chips import document_place
from hyoka_desktop.ui.editors.units import units_of
from hyoka_desktop.ui.paper.findbar import FindBar
from hyoka_desktop.ui.workplace import Workplace

Place = tuple[Address, int, int]


class ItemFindBar(FindBar):
    """Search the item that is shown; Enter goes to the next place and comes back to the bar, Ctrl+Enter stays there."""

    def __init__(self, workplace: Workplace, go_to: Callable[[Address], object], hint: str) -> None:
        super().__init__(hint)
        self._workplace = workplace
        self._go_to = go_to
        self._places: list[Place] = []
        self._place = -1
        self.wanted.connect(lambda _: self._find())
        self.stepped.connect(self._step)
        self.field_wanted.connect(self._stay)
        workplace.entered.connect(self._find_where_open)
        workplace.changed.connect(lambda _: self._find_where_open())

    def _find_where_open(self) -> None:
        if self.isVisible():
            self._find()

    def _find(self) -> None:
        item = self._workplace.entered_node
        self._places, self._place = [], -1
        if item is not None and self.line.text():
            query = Query(self.line.text(), year=self._workplace.year, item=item)
            hits = search(self._workplace.form, self._workplace.live_view.snapshot, query)
            self._places = [(hit.address, match.start, match.end) for hit in hits for match in hit.matches]
        self.show_count(0, len(self._places))

    def _step(self, by: int) -> None:
        if not self._places:
            return
        self._place = (self._place + by) % len(self._places) if self._place >= 0 else (0 if by > 0 else -1)
        self._place %= len(self._places)
        self._show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stay(self) -> None:
        if self._places:
            self._place = max(self._place, 0)
            self._show()

    def _show(self) -> None:
        """Go to a place and choose its words there."""
        address, start, end = self._places[self._place]
        self._go_to(address)
        window = self.window()
        focused = window.focusWidget() if isinstance(window, QWidget) else None
        select_words(focused, start, end)
        self.show_count(self._place + 1, len(self._places))


def select_words(editor: QWidget | None, start: int, end: int) -> None:
    """Choose a stretch of the text of an editor, given in code points; Qt counts UTF-16 units."""
    if isinstance(editor, QTextEdit):
        cursor = editor.textCursor()
        cursor.setPosition(document_place(editor.document(), start))
        cursor.setPosition(document_place(editor.document(), end), QTextCursor.MoveMode.KeepAnchor)
        editor.setTextCursor(cursor)
        editor.ensureCursorVisible()
    elif isinstance(editor, QLineEdit):
        first = units_of(editor.text()[:start])
        editor.setSelection(first, units_of(editor.text()[:end]) - first)
