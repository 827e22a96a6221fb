"""The board of progress: states by 区分 and by department, and the list of items in which they are set."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from hyoka_desktop.domain import work
from hyoka_desktop.domain.report import Address
from hyoka_desktop.domain.work import WorkState
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import progress
from hyoka_desktop.services.progress import ItemProgress, Stamps
from hyoka_desktop.ui.breathing import breathe
from hyoka_desktop.ui.dialogs.frame import add_foot, dialog_column, open_with
from hyoka_desktop.ui.dialogs.progresslist import COLUMNS, CountTable, ItemList
from hyoka_desktop.ui.dialogs.reason import ask_name
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.statesigns import state_icon, state_word
from hyoka_desktop.ui.stating import give_state
from hyoka_desktop.ui.theme import UNIT
from hyoka_desktop.ui.workplace import Workplace
from hyoka_desktop.ui.wrapping import WrappingLine

_SIZE = (1120, 680)


class ProgressBoard(QDialog):
    """Show how far the work of the year is; `go_to` leads to a chosen item."""

    def __init__(self, parent: QWidget, workplace: Workplace, go_to: Callable[[Address], None]) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._go_to = go_to
        self._items: tuple[ItemProgress, ...] = ()
        self.setWindowTitle(word("progress_title"))
        open_with(self, *_SIZE)
        self.sections = CountTable(word("progress_section"), word("progress_by_section"))
        self.departments = CountTable(word("work_department"), word("progress_by_department"))
        self.items = ItemList()
        self.items.chosen_changed.connect(self._follow)
        self.items.activated.connect(lambda _: self._go())
        self._chosen = plain_label("", "caption")
        self.order = QComboBox()
        self.order.setAccessibleName(word("progress_sort"))
        self.order.addItems([word(head) for head in COLUMNS])
        self.order.activated.connect(self._sort)
        self.buttons = {
            "progress_go": self._button("progress_go", self._go),
            "progress_set_state": self._state_button(),
            "progress_set_department": self._button(
                "progress_set_department", lambda: self._ask(work.DEPARTMENT, "progress_ask_department")
            ),
            "progress_set_assignee": self._button(
                "progress_set_assignee", lambda: self._ask(work.ASSIGNEE, "progress_ask_assignee")
            ),
            "close": self._button("close", self.reject),
        }
        workplace.withhold(*(button for name, button in self.buttons.items() if name.startswith("progress_set")))
        self._lay_out()
        self._fill()
        self.items.setFocus()

    def set_state(self, state: WorkState) -> None:
        """Set the state of the chosen items in one step."""
        if self.items.chosen_nodes and give_state(self, self._workplace, self.items.chosen_nodes, state):
            self._fill()

    def _sort(self, column: int) -> None:
        self.items.sortByColumn(column, Qt.SortOrder.AscendingOrder)

    def _ask(self, field: str, title: str) -> None:
        """Ask for a department or a person, and set it for the chosen items in one step."""
        nodes = self.items.chosen_nodes
        view = self._workplace.view
        known = progress.names_in_charge(view, field)
        now = {work.in_charge(view, node, field) for node in nodes}
        name = ask_name(self, word(title, count=len(nodes)), known, now.pop() if len(now) == 1 else "")
        if name is not None:
            progress.set_in_charge(self._workplace.session, self._workplace.year, nodes, field, name)
            self._fill()

    def _fill(self) -> None:
        """Show what holds now; the chosen items stay chosen."""
        breathe()
        workplace = self._workplace
        view = workplace.view
        self._items = progress.items_progress(workplace.form, view)
        names = {section.id: progress.section_name(workplace.form, view, section.id) for section in view.sections}
        counts = progress.grouped_counts(self._items, "section")
        self.sections.show_counts([(names[section.id], counts.get(section.id, {})) for section in view.sections])
        by_department = progress.grouped_counts(self._items, "department")
        none = word("progress_none_in_charge")
        self.departments.show_counts([(str(name) or none, found) for name, found in by_department.items()])
        breathe()
        self.items.show_items(self._items)
        breathe()
        workplace.answers.when(progress.stamps_of(workplace.session, workplace.year), self, self._show_stamps)
        self._follow()

    def _show_stamps(self, stamps: Stamps) -> None:
        self.items.show_stamps(stamps)

    def _follow(self) -> None:
        count = len(self.items.chosen_nodes)
        self._chosen.setText(word("progress_chosen", count=count))
        for name, button in self.buttons.items():
            if name.startswith("progress_set"):
                button.setEnabled(count > 0)
        self.buttons["progress_go"].setEnabled(count == 1)

    def _go(self) -> None:
        nodes = self.items.chosen_nodes
        if nodes:
            self.accept()
            self._go_to(Address(nodes[0], "", self._workplace.year))

    def _button(self, name: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(word(name))
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked: act())
        return button

    def _state_button(self) -> QPushButton:
        button = QPushButton(word("progress_set_state"))
        button.setAutoDefault(False)
        menu = QMenu(button)
        for state in WorkState:
            choice = menu.addAction(state_icon(state), state_word(state))
            choice.triggered.connect(lambda _=False, wanted=state: self.set_state(wanted))
        button.setMenu(menu)
        return button

    def _lay_out(self) -> None:
        groups = QTabWidget()
        groups.setDocumentMode(True)
        groups.addTab(self.sections, word("progress_by_section"))
        groups.addTab(self.departments, word("progress_by_department"))
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(groups)
        splitter.addWidget(self._items_box())
        splitter.setSizes([_SIZE[1] * 2 // 6, _SIZE[1] * 4 // 6])
        line = WrappingLine()
        for name, button in self.buttons.items():
            (line.add_at_end if name == "close" else line.addWidget)(button)
        column = dialog_column(self)
        column.addWidget(splitter, stretch=1)
        add_foot(self, line)

    def _items_box(self) -> QWidget:
        head = QHBoxLayout()
        head.setSpacing(UNIT)
        head.addWidget(plain_label(word("progress_items"), "heading"))
        head.addWidget(self._chosen)
        head.addStretch()
        head.addWidget(plain_label(word("progress_sort"), "caption"))
        head.addWidget(self.order)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, UNIT, 0, 0)
        column.setSpacing(UNIT)
        column.addLayout(head)
        column.addWidget(self.items)
        return box
