"""Choose, add, remove and reorder the rows of a 調書."""

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QTabBar, QToolButton, QWidget

from hyoka_desktop.domain.changes import ChangeSet
from hyoka_desktop.domain.report import Address, Node, NodeKind
from hyoka_desktop.domain.work import WORK_STATE
from hyoka_desktop.messages.window import action_text, word
from hyoka_desktop.ui.holding import with_held
from hyoka_desktop.ui.icons import icon
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.plain import plain_tip
from hyoka_desktop.ui.workplace import Workplace

_LONGEST_TIP = 60


class _Numbers(QTabBar):
    """Many numbers scroll in what room there is; a few have the buttons beside them."""

    def minimumSizeHint(self) -> QSize:
        """Keep no room for scrolling where all can be seen."""
        return super().minimumSizeHint().boundedTo(self.sizeHint())


class RowBar(QWidget):
    """Show the rows of an item as numbered tabs."""

    chosen = Signal(object)

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._item: int | None = None
        self._rows: tuple[Node, ...] = ()
        self._bar = _Numbers()
        self._bar.setProperty("role", "rows")
        self._bar.setExpanding(False)
        self._bar.setDrawBase(False)
        self._bar.setUsesScrollButtons(True)
        self._bar.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._bar.setAccessibleName(word("rows"))
        self._bar.currentChanged.connect(lambda _: self._tell_chosen())
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(plain_label(word("node_row"), "caption"))
        line.addWidget(self._bar)
        self._add = self._button("add_row", "plus", self.add_row)
        self._remove = self._button("remove_row", "trash", self.remove_row)
        self._up = self._button("move_row_up", "arrow-up", lambda: self.move_row(-1))
        self._down = self._button("move_row_down", "arrow-down", lambda: self.move_row(1))
        for button in (self._add, self._up, self._down, self._remove):
            line.addWidget(button)
            workplace.withhold(button)
        line.addStretch()
        workplace.changed.connect(self._follow)

    @property
    def row(self) -> int | None:
        """Tell the chosen row, None where there is none."""
        place = self._bar.currentIndex()
        return self._rows[place].id if 0 <= place < len(self._rows) else None

    def point_at(self, item: int) -> None:
        """Show the rows of another item, the first chosen; of the same item in another year the same row."""
        kept = self.row if item == self._item else None
        self._item = item
        self._fill(kept)
        self.chosen.emit(self.row)

    def choose(self, row: int) -> None:
        """Choose a row by its node."""
        for place, node in enumerate(self._rows):
            if node.id == row:
                self._bar.setCurrentIndex(place)

    def add_row(self) -> None:
        """Add a row behind the chosen one."""
        self._workplace.settle()
        if self._item is not None:
            index = self._bar.currentIndex() + 1
            item, add = self._item, self._workplace.session.add_node
            added = self._workplace.attempt(lambda: add(self._workplace.year, item, NodeKind.ROW, index))
            if added is not None:
                self.choose(added)

    def remove_row(self) -> None:
        """Remove the chosen row, and say what went with it; undo brings it back."""
        self._workplace.settle()
        row = self.row
        if row is None:
            return
        what = word("remove_row_what", number=self._bar.currentIndex() + 1)
        said = with_held("removed", what, self._workplace.view, row)
        remove, year = self._workplace.session.remove_node, self._workplace.year
        if self._workplace.attempt(lambda: remove(year, row)) is not None:
            self._workplace.said.emit(said)

    def move_row(self, by: int) -> None:
        """Move the chosen row by one place."""
        self._workplace.settle()
        row, place = self.row, self._bar.currentIndex() + by
        if row is not None and self._item is not None and 0 <= place < len(self._rows):
            item, move = self._item, self._workplace.session.move_node
            self._workplace.attempt(lambda: move(self._workplace.year, row, item, place))
            self.choose(row)

    def _button(self, action: str, icon_name: str, act: object) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(icon_name))
        button.setToolTip(action_text(action))
        button.setAccessibleName(action_text(action))
        button.clicked.connect(act)
        return button

    def _tell_chosen(self) -> None:
        self.chosen.emit(self.row)
        if self.row is not None:
            self._workplace.attended.emit(Address(self.row, "", self._workplace.year))

    def _follow(self, changes: ChangeSet) -> None:
        is_final_perhaps = WORK_STATE in changes.fields
        if (
            changes.changes_structure or is_final_perhaps
        ) and self._item in self._workplace.session.snapshot.tree.nodes:
            before = self.row
            self._fill(before)
            if self.row != before:
                self.chosen.emit(self.row)

    def _fill(self, row: int | None) -> None:
        assert self._item is not None, "a row bar is pointed at an item before it is filled"
        place = self._bar.currentIndex()
        view = self._workplace.view
        with QSignalBlocker(self._bar):
            self._rows = view.children(self._item, NodeKind.ROW)
            while self._bar.count():
                self._bar.removeTab(0)
            for number, node in enumerate(self._rows, start=1):
                self._bar.addTab(str(number))
                self._bar.setAccessibleTabName(number - 1, word("row", number=number))
                self._bar.setTabToolTip(number - 1, plain_tip(self._tip(node.id)))
            places = {node.id: number for number, node in enumerate(self._rows)}
            self._bar.setCurrentIndex(places.get(row, min(max(place, 0), len(self._rows) - 1)) if row else 0)
        is_free = not self._workplace.is_final(self._item)
        self._add.setEnabled(is_free)
        self._remove.setEnabled(is_free and bool(self._rows))
        self._up.setEnabled(is_free and len(self._rows) > 1)
        self._down.setEnabled(is_free and len(self._rows) > 1)

    def _tip(self, row: int) -> str:
        """Tell how the row begins: the first field of the form on rows."""
        first = next(iter(self._workplace.form.fields_on(NodeKind.ROW)), None)
        text = self._workplace.view.text(row, first.id) if first else ""
        return text if len(text) <= _LONGEST_TIP else text[:_LONGEST_TIP] + "…"
