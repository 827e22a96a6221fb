"""Choose which items the tree shows: by words and conditions, or by a search that was saved."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QLineEdit, QMenu, QToolButton, QVBoxLayout, QWidget

from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.messages.window import word
from hyoka_desktop.messages.words.search import RATE
from hyoka_desktop.services.itemquery import (
    ItemQuery,
    forget_search,
    own_searches,
    save_search,
    saved_searches,
    shipped_searches,
)
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.ui.dialogs.notice import tell_unkept
from hyoka_desktop.ui.icons import icon
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.plain import plain_caption, plain_tip
from hyoka_desktop.ui.theme import UNIT
from hyoka_desktop.ui.workplace import Workplace

_EXAMPLES: Final = 3


class TreeFilter(QWidget):
    """Hold the line and the saved searches; `wanted` carries what tells whether an item is shown, None for all.

    `left` asks to go on to the tree.
    """

    wanted = Signal(object)
    left = Signal()

    def __init__(self, workplace: Workplace, settings: Settings) -> None:
        super().__init__()
        self._workplace = workplace
        self._settings = settings
        self.line = QLineEdit()
        self.line.setPlaceholderText(word("filter"))
        self.line.setAccessibleName(word("filter"))
        self.line.setToolTip(plain_tip(_tip(workplace.form)))
        self.line.setClearButtonEnabled(True)
        self.button = QToolButton()
        self.button.setIcon(icon("filter"))
        self.button.setToolTip(word("saved_search_tip"))
        self.button.setAccessibleName(word("saved_search"))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.button.setMenu(self.menu)
        self._count = plain_label("", "faint")
        self._count.hide()
        self._unread = plain_label("", "wrong")
        self._unread.setWordWrap(True)
        self._unread.hide()
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.line)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT, 0, UNIT, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._count)
        column.addWidget(self._unread)
        self.line.textChanged.connect(lambda _: self._choose())
        workplace.changed.connect(lambda _: self._choose_again())
        workplace.year_changed.connect(self._choose_again)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Clear the line with Escape, and go to the tree with the arrow down."""
        if event.key() == Qt.Key.Key_Escape and self.line.text():
            self.line.clear()
        elif event.key() == Qt.Key.Key_Down and self.line.hasFocus():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _choose_again(self) -> None:
        if self.line.text().strip():
            self._choose()

    def _choose(self) -> None:
        """Tell which items fit the line as they stand now."""
        line = self.line.text().strip()
        self._count.setVisible(bool(line))
        query = ItemQuery(self._workplace.form, line)
        self._unread.setVisible(bool(query.unread))
        self._unread.setText("".join(word("filter_unread", term=term) for term in query.unread))
        if not line:
            self.wanted.emit(None)
            return
        view = self._workplace.view
        fitting = frozenset(item.id for item in view.items if query.fits(view, item.id))
        self._count.setText(word("filter_count", shown=len(fitting), all=len(view.items)))
        self.wanted.emit(fitting)

    def _fill_menu(self) -> None:
        """Offer the saved searches; the person's own can be let go."""
        self.menu.clear()
        self.menu.addAction(word("saved_search_all"), self.line.clear)
        self.menu.addSeparator()
        own = {search.name for search in own_searches(self._settings)}
        for search in saved_searches(self._settings, self._workplace.form):
            self.menu.addAction(plain_caption(search.name), self._act(self.line.setText, search.line))
        self.menu.addSeparator()
        keep = self.menu.addAction(word("saved_search_keep"), self._keep)
        keep.setEnabled(bool(self.line.text().strip()))
        if own:
            forget = self.menu.addMenu(word("saved_search_forget"))
            for name in sorted(own):
                forget.addAction(plain_caption(name), self._act(self._forget, name))

    def _act(self, do: Callable[[str], object], value: str) -> Callable[[], object]:
        return lambda: do(value)

    def _keep(self) -> None:
        name, agreed = QInputDialog.getText(self, word("saved_search_keep"), word("saved_search_name"))
        if agreed and name.strip():
            save_search(self._settings, name.strip(), self.line.text().strip())
            tell_unkept(self, self._settings)

    def _forget(self, name: str) -> None:
        forget_search(self._settings, name)
        tell_unkept(self, self._settings)


def _tip(form: FormDefinition) -> str:
    """Give conditions for example, in the captions of the form."""
    lines = [search.line for search in shipped_searches(form)][:_EXAMPLES] or [f"{RATE}<100"]
    return word("filter_tip", examples="".join(word("filter_example", line=line) for line in lines))
