"""Choose items of a report by ticking them: number, title and department, all or none, narrowed by words."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLineEdit, QPushButton, QTableWidgetItem, QVBoxLayout, QWidget

from hyoka_desktop.domain import fields, work
from hyoka_desktop.domain.report import YearView
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.finding import fits_words
from hyoka_desktop.ui.linelist import LineList
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.theme import UNIT, scaled

_TITLE: Final = 1
_LEAST_HEIGHT: Final = 96
_BOX: Final = 20
"""What the style puts around a box to tick, which Qt forgets."""
_TICKED, _UNTICKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


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
        self.list = LineList([word("handout_number"), word("handout_item"), word("work_department")])
        self.list.setAccessibleName(word("handout_items"))
        self.list.setMinimumHeight(_LEAST_HEIGHT)
        header = self.list.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(_TITLE, QHeaderView.ResizeMode.Stretch)
        self.list.fill(
            [
                (view.text(item, fields.ITEM_NUMBER), view.text(item, fields.ITEM_TITLE), self._departments[item])
                for item in self._items
            ]
        )
        for row, box in enumerate(self._boxes()):
            box.setFlags(box.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            box.setCheckState(_TICKED if self._items[row] == ticked else _UNTICKED)
        self.list.setColumnWidth(0, self.list.sizeHintForColumn(0) + scaled(_BOX))
        self.list.clearSelection()
        self.list.setSelectionMode(LineList.SelectionMode.NoSelection)
        self.list.currentCellChanged.connect(lambda row, column, *_: self._stay_at_box(row, column))
        self.list.cellClicked.connect(self._toggle)
        self.list.itemChanged.connect(lambda _: self._tell())
        self.all = self._button("handout_all", _TICKED)
        self.none = self._button("handout_none", _UNTICKED)
        self._count = plain_label("", "caption")
        self._count.setWordWrap(True)
        self._lay_out()
        self._say_count()

    @property
    def chosen(self) -> tuple[int, ...]:
        """Tell the ticked items in the order of the document, those out of sight too."""
        return tuple(item for item, box in zip(self._items, self._boxes(), strict=True) if box.checkState() is _TICKED)

    @property
    def department(self) -> str:
        """Tell the department that is in charge of all ticked items; empty where several are, or none."""
        found = {self._departments[item] for item in self.chosen}
        return found.pop() if len(found) == 1 else ""

    def tick_all(self, state: Qt.CheckState) -> None:
        """Tick or untick all items in sight."""
        with QSignalBlocker(self.list):
            for row, box in enumerate(self._boxes()):
                if not self.list.isRowHidden(row):
                    box.setCheckState(state)
        self._tell()

    def _narrow(self, words: str) -> None:
        for row in range(len(self._items)):
            cells = (self.list.item(row, place) for place in range(self.list.columnCount()))
            told = " ".join(cell.text() for cell in cells if cell is not None)
            self.list.setRowHidden(row, not fits_words(words, told))
        self._say_count()

    def _stay_at_box(self, row: int, column: int) -> None:
        """Keep the cursor on the boxes, so that the space bar always ticks."""
        if column > 0:
            self.list.setCurrentCell(row, 0)

    def _toggle(self, row: int, column: int) -> None:
        """Tick by a click anywhere on a line; the box itself does it alone."""
        box = self.list.item(row, 0)
        if column > 0 and box is not None:
            box.setCheckState(_UNTICKED if box.checkState() is _TICKED else _TICKED)

    def _boxes(self) -> Iterator[QTableWidgetItem]:
        for row in range(self.list.rowCount()):
            box = self.list.item(row, 0)
            assert box is not None, "every line is filled"
            yield box

    def _tell(self) -> None:
        self._say_count()
        self.changed.emit()

    def _say_count(self) -> None:
        hidden = sum(
            self.list.isRowHidden(row) and box.checkState() is _TICKED for row, box in enumerate(self._boxes())
        )
        count = len(self.chosen)
        self._count.setText(word("handout_hidden" if hidden else "handout_count", count=count, hidden=hidden))

    def _button(self, name: str, state: Qt.CheckState) -> QPushButton:
        button = QPushButton(word(name))
        button.setAutoDefault(False)
        button.clicked.connect(lambda _=False: self.tick_all(state))
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
