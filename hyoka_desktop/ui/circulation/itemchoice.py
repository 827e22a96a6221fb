"""Choose items of a report by ticking them: number, title and department, all or none, narrowed by words."""

from typing import Final

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from hyoka_desktop.domain import fields, work
from hyoka_desktop.domain.report import YearView
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.matching import fits_words
from hyoka_desktop.ui.linelist import LineList
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.theme import UNIT

_TITLE: Final = 1
_LEAST_HEIGHT: Final = 96


class ItemChoice(QWidget):
    """List the items of a year with a box to tick each; `changed` tells another choice."""

    changed = Signal()

    def __init__(self, view: YearView, ticked: int | None) -> None:
        super().__init__()
        self._items = [item.id for item in view.items]
        self._departments = {item: work.in_charge(view, item, work.DEPARTMENT) for item in self._items}
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(word("handout_filter"))
        self.filter.setAccessibleName(word("handout_filter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._narrow)
        self.list = LineList([word("handout_number"), word("handout_item"), word("work_department")], _TITLE)
        self.list.setAccessibleName(word("handout_items"))
        self.list.setMinimumHeight(_LEAST_HEIGHT)
        self._lines = [
            (view.text(item, fields.ITEM_NUMBER), view.text(item, fields.ITEM_TITLE), self._departments[item])
            for item in self._items
        ]
        self.list.fill(self._lines, [item == ticked for item in self._items])
        self.list.clearSelection()
        self.list.setSelectionMode(LineList.SelectionMode.NoSelection)
        self.list.selectionModel().currentChanged.connect(lambda index, _: self._stay_at_box(index))
        self.list.clicked.connect(self._toggle)
        self.list.ticked.connect(self._tell)
        self.all = self._button("handout_all", ticked=True)
        self.none = self._button("handout_none", ticked=False)
        self._count = plain_label("", "caption")
        self._count.setWordWrap(True)
        self._lay_out()
        self._say_count()

    @property
    def chosen(self) -> tuple[int, ...]:
        """Tell the ticked items in the order of the document, those out of sight too."""
        return tuple(item for item, ticked in zip(self._items, self.list.lines.ticks, strict=True) if ticked)

    @property
    def department(self) -> str:
        """Tell the department that is in charge of all ticked items; empty where several are, or none."""
        found = {self._departments[item] for item in self.chosen}
        return found.pop() if len(found) == 1 else ""

    def tick_all(self, *, ticked: bool) -> None:
        """Tick or untick all items in sight."""
        in_sight = [row for row in range(len(self._items)) if not self.list.isRowHidden(row)]
        self.list.lines.tick(in_sight, ticked=ticked)

    def _narrow(self, words: str) -> None:
        for row, line in enumerate(self._lines):
            self.list.setRowHidden(row, not fits_words(words, " ".join(line)))
        self._say_count()

    def _stay_at_box(self, index: QModelIndex) -> None:
        """Keep the cursor on the boxes, so that the space bar always ticks."""
        if index.column() > 0:
            self.list.setCurrentIndex(index.siblingAtColumn(0))

    def _toggle(self, index: QModelIndex) -> None:
        """Tick by a click anywhere on a line; the box itself does it alone."""
        if index.column() > 0:
            self.list.lines.tick([index.row()], ticked=not self.list.lines.ticks[index.row()])

    def _tell(self) -> None:
        self._say_count()
        self.changed.emit()

    def _say_count(self) -> None:
        hidden = sum(ticked and self.list.isRowHidden(row) for row, ticked in enumerate(self.list.lines.ticks))
        count = len(self.chosen)
        self._count.setText(word("handout_hidden" if hidden else "handout_count", count=count, hidden=hidden))

    def _button(self, name: str, *, ticked: bool) -> QPushButton:
        button = QPushButton(word(name))
        button.setAutoDefault(False)
        button.clicked.connect(lambda _=False: self.tick_all(ticked=ticked))
        return button

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(UNIT)
        for button in (self.all, self.none):
            line.addWidget(button)
        line.addWidget(self._count, stretch=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        column.addWidget(self.filter)
        column.addWidget(self.list, stretch=1)
        column.addLayout(line)
