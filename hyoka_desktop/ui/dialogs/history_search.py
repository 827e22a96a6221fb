"""Search the history of the whole report: who brought some words in, who took them away, and when."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QWidget,
)

from hyoka_desktop.domain import era
from hyoka_desktop.domain.report import Address
from hyoka_desktop.errors import HyokaError
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import history
from hyoka_desktop.services.history import TextEntry
from hyoka_desktop.services.places import place_name
from hyoka_desktop.services.quoting import printed_pair
from hyoka_desktop.services.session import StoreEndedError
from hyoka_desktop.ui.dialogs.frame import add_foot, dialog_column, open_with
from hyoka_desktop.ui.dialogs.notice import tell_error
from hyoka_desktop.ui.difference import DifferenceView
from hyoka_desktop.ui.linelist import LineList
from hyoka_desktop.ui.longwork import LongWork
from hyoka_desktop.ui.naming import entry_text, who
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.tasks import JobCancelled
from hyoka_desktop.ui.theme import UNIT
from hyoka_desktop.ui.workplace import Workplace

_SIZE = (960, 620)


class HistorySearch(QDialog):
    """Show the newest entries that brought in or took away what is sought, and their difference."""

    def __init__(self, parent: QWidget, workplace: Workplace, go_to: Callable[[Address], None]) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._go_to = go_to
        self._entries: tuple[TextEntry, ...] = ()
        self.setWindowTitle(word("history_search_title"))
        open_with(self, *_SIZE)
        self.line = QLineEdit()
        self.line.setPlaceholderText(word("history_search_hint"))
        self.line.setAccessibleName(word("history_search_title"))
        self.line.setClearButtonEnabled(True)
        self.search_button = QPushButton(word("history_search_do"))
        self.search_button.setDefault(True)
        self.search_button.clicked.connect(self.search)
        self._count = plain_label("", "caption")
        heads = ("history_column_where", "history_column_what", "history_column_who", "history_column_at")
        self.list = LineList([word(head) for head in heads])
        self.list.setAccessibleName(word("history_list"))
        self.list.chosen_changed.connect(self._show_difference)
        self.list.activated.connect(lambda _: self._go())
        self.difference = DifferenceView()
        self.go_button = QPushButton(word("history_go"))
        self.go_button.setAutoDefault(False)
        self.go_button.clicked.connect(self._go)
        self._lay_out()
        workplace.answers.when(history.search_history(workplace.session, ""), self, self._show)

    def search(self) -> None:
        """Show what fits the words; where the person gives it up, the list stays as it was."""
        session, wanted = self._workplace.session, self.line.text().strip()
        try:
            entries = LongWork(self).carry_out(
                word("waiting_search"), lambda checkpoint, _: history.found_in_history(session, wanted, checkpoint)
            )
        except (JobCancelled, StoreEndedError):
            return
        except HyokaError as error:
            tell_error(self, error)
        else:
            self._show(entries)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.line)
        line.addWidget(self.search_button)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(self.difference)
        splitter.setSizes([_SIZE[1] * 3 // 5, _SIZE[1] * 2 // 5])
        buttons = QDialogButtonBox()
        buttons.addButton(self.go_button, QDialogButtonBox.ButtonRole.ActionRole)
        closing = buttons.addButton(word("close"), QDialogButtonBox.ButtonRole.RejectRole)
        closing.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = dialog_column(self, UNIT)
        column.addLayout(line)
        column.addWidget(self._count)
        column.addWidget(splitter, stretch=1)
        add_foot(self, buttons)

    def _show(self, entries: tuple[TextEntry, ...]) -> None:
        self._entries = entries
        form, view = self._workplace.form, self._workplace.view
        self.list.fill(
            [
                (
                    place_name(form, view, entry.address) if entry.address.node in view.snapshot.tree.nodes else "—",
                    entry_text(form, entry),
                    who(entry.command),
                    era.format_moment(entry.command.at),
                )
                for entry in entries
            ]
        )
        key = "history_found" if len(entries) < history.MOST else "history_found_most"
        self._count.setText(word(key, count=len(entries)))
        self._show_difference()

    def _chosen(self) -> TextEntry | None:
        rows = self.list.chosen_lines
        return self._entries[rows[0]] if len(rows) == 1 else None

    def _show_difference(self) -> None:
        entry = self._chosen()
        nodes = self._workplace.session.snapshot.tree.nodes
        self.go_button.setEnabled(entry is not None and entry.address.node in nodes)
        if entry is None:
            self.difference.show_nothing(word("history_choose"))
        else:
            form, view = self._workplace.form, self._workplace.view
            before, after = history.texts_of(entry)
            self.difference.show_texts(*printed_pair(form, entry.address, (view, before), (view, after)))

    def _go(self) -> None:
        entry = self._chosen()
        if entry is not None:
            self.accept()
            self._go_to(entry.address)
