"""The window of the help: contents and search at the left, the page at the right, back and forward, all by keys."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from hyoka_desktop.messages.window import word
from hyoka_desktop.services.help import HelpBook, HelpPage
from hyoka_desktop.ui.dialogs.frame import open_with
from hyoka_desktop.ui.help.browser import HelpBrowser
from hyoka_desktop.ui.icons import icon
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.theme import UNIT

_SIZE = (1040, 680)
_WIDTHS = (250, 790)
_PAGE_ROLE = Qt.ItemDataRole.UserRole


class HelpWindow(QDialog):
    """Show the help beside the work: it blocks nothing, and Esc closes it."""

    def __init__(self, parent: QWidget, book: HelpBook) -> None:
        super().__init__(parent)
        self._book = book
        self._past: list[HelpPage] = []
        self._future: list[HelpPage] = []
        self.page = book.pages[0]
        self.setWindowTitle(word("help_title"))
        open_with(self, *_SIZE)
        self.line = QLineEdit()
        self.line.setPlaceholderText(word("help_find"))
        self.line.setAccessibleName(word("help_find"))
        self.line.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName(word("help_contents"))
        self.list.setProperty("role", "entries")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.none = plain_label(word("help_none"), "faint")
        self.browser = HelpBrowser(book.folder)
        self.browser.setAccessibleName(word("help_page"))
        self.back = self._button("chevron-left", "help_back", "Alt+Left", self.go_back)
        self.forward = self._button("chevron-right", "help_forward", "Alt+Right", self.go_forward)
        self._lay_out()
        self.line.textChanged.connect(self._fill)
        self.line.returnPressed.connect(self._enter_found)
        self.list.currentItemChanged.connect(lambda item, _: self._show_chosen(item))
        self.browser.page_wanted.connect(self._go_to_link)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._search)
        self._fill("")
        self.show_page(self.page)

    def show_page(self, page: HelpPage) -> None:
        """Show a page as a new step; the way back is kept."""
        if page is not self.page:
            self._past.append(self.page)
            self._future = []
        self._turn_to(page)

    def go_back(self) -> None:
        """Show the page that was shown before."""
        if self._past:
            self._future.append(self.page)
            self._turn_to(self._past.pop())

    def go_forward(self) -> None:
        """Show again the page that one went back from."""
        if self._future:
            self._past.append(self.page)
            self._turn_to(self._future.pop())

    def _turn_to(self, page: HelpPage) -> None:
        self.page = page
        self.browser.show_page(page, self.line.text())
        self.back.setEnabled(bool(self._past))
        self.forward.setEnabled(bool(self._future))
        self._choose(page)

    def _fill(self, words: str) -> None:
        """List the pages that hold the words; all of them where there are none."""
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's signature
        self.list.clear()
        found = self._book.find(words)
        for page, place in found:
            item = QListWidgetItem(f"{page.title}\n{place}" if place else page.title)
            item.setData(_PAGE_ROLE, page.id)
            self.list.addItem(item)
        self.list.blockSignals(False)  # noqa: FBT003 - Qt's signature
        self.none.setVisible(not found)
        self._choose(self.page)

    def _choose(self, page: HelpPage) -> None:
        """Mark a page in the contents, where it stands there."""
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's signature
        rows = range(self.list.count())
        row = next((row for row in rows if self.list.item(row).data(_PAGE_ROLE) == page.id), -1)
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)  # noqa: FBT003 - Qt's signature

    def _show_chosen(self, item: QListWidgetItem | None) -> None:
        page = self._book.page(item.data(_PAGE_ROLE)) if item is not None else None
        if page is not None:
            self.show_page(page)

    def _go_to_link(self, page_id: str) -> None:
        page = self._book.page(page_id)
        if page is not None:
            self.show_page(page)
            self.browser.setFocus()

    def _enter_found(self) -> None:
        """Show the first page that was found, and let the arrow keys choose among them."""
        if self.list.count():
            self.list.setFocus()
            self._show_chosen(self.list.item(max(self.list.currentRow(), 0)))

    def _search(self) -> None:
        self.line.setFocus()
        self.line.selectAll()

    def _button(self, picture: str, name: str, key: str, act: object) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(picture))
        button.setToolTip(word(name))
        button.setAccessibleName(word(name))
        button.clicked.connect(act)
        QShortcut(QKeySequence(key), self, button.click)
        return button

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(UNIT)
        bar.addWidget(self.back)
        bar.addWidget(self.forward)
        bar.addStretch()
        left, right = QWidget(), QWidget()
        beside = QVBoxLayout(left)
        beside.setContentsMargins(0, 0, UNIT, 0)
        beside.setSpacing(UNIT)
        for widget in (self.line, self.list, self.none):
            beside.addWidget(widget)
        page = QVBoxLayout(right)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(UNIT)
        page.addLayout(bar)
        page.addWidget(self.browser)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes(list(_WIDTHS))
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT * 2, UNIT * 2, UNIT * 2, UNIT * 2)
        column.addWidget(splitter)

    def sizeHint(self) -> QSize:
        """Ask for the room of contents and page."""
        return QSize(*_SIZE)
