"""Edit indicators in a table, with buttons for lines, and show what of them will print."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QToolButton, QVBoxLayout, QWidget

from hyoka_desktop.domain.report import Address, NodeKind
from hyoka_desktop.messages.window import action_text, word
from hyoka_desktop.services.preview import printed_lines
from hyoka_desktop.ui.editors.line import LineEdit
from hyoka_desktop.ui.grid.blockwork import BlockWork
from hyoka_desktop.ui.grid.delegate import CellDelegate
from hyoka_desktop.ui.grid.frozen import FrozenColumn
from hyoka_desktop.ui.grid.menu import show_table_menu
from hyoka_desktop.ui.grid.sizes import LINE_HEIGHT, TableSizes
from hyoka_desktop.ui.grid.view import SheetView
from hyoka_desktop.ui.icons import icon
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.pages.grid_model import GridModel
from hyoka_desktop.ui.theme import UNIT, scaled
from hyoka_desktop.ui.workplace import Workplace

_HINTS = ("grid_keys", "grid_empty", "grid_leave")


class NodeGrid(QWidget):
    """Show nodes of one or two kinds as a table that is as tall as its lines."""

    def __init__(self, workplace: Workplace, kinds: Sequence[NodeKind]) -> None:
        super().__init__()
        self._workplace = workplace
        self._kinds = tuple(kinds)
        self._owner: int | None = None
        self._changing: list[QToolButton] = []
        self._place: tuple[list[int], int, int] | None = None
        self.model = GridModel(workplace, kinds)
        self.table = self._made_table()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._buttons())
        self._column.addWidget(self.table)
        self.frozen = FrozenColumn(self.table)
        self.sizes = TableSizes(self.table, self.model, self.frozen)
        self._column.addWidget(self._made_note())
        self.blocks = BlockWork(workplace, self.model, self.table, self._kinds)
        self.blocks.told.connect(self.note.setText)
        self.delegate.spread.connect(self.blocks.spread)
        self.model.modelAboutToBeReset.connect(self._remember_place)
        self.model.modelReset.connect(self.sizes.fit)
        self.model.modelReset.connect(self._take_place)
        self.model.modelReset.connect(self._renew_hint)
        workplace.changed.connect(self._follow_state)
        self.model.dataChanged.connect(self._show_note)
        self.model.dataChanged.connect(self.sizes.fit_lines)
        self.table.selectionModel().currentChanged.connect(self._tell_cell)

    @property
    def current_address(self) -> Address | None:
        """Tell the address of the cell in hand."""
        return self.model.address(self.table.currentIndex())

    def point_at(self, owner: int) -> None:
        """Show the nodes below another owner."""
        self.commit()
        if owner != self._owner:
            self.table.setCurrentIndex(QModelIndex())
            self._place = None
        self._owner = self.blocks.owner = owner
        self.model.point_at(owner)
        self._show_note()
        self._follow_state()

    def commit(self) -> None:
        """Make final what was typed in a cell, and what is being composed there too."""
        editor = self.table.indexWidget(self.table.currentIndex())
        if isinstance(editor, LineEdit):
            editor.finish_composition()
        if editor is not None:
            self.table.commitData(editor)

    def show_field(self, address: Address) -> bool:
        """Go to the cell of an address; False where it is not here."""
        index = self.model.index_of(address)
        if not index.isValid():
            return False
        self.table.setCurrentIndex(index)
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def add_top(self) -> None:
        """Add a node of the first kind behind the current one, with one below it where there are two kinds."""
        self._workplace.settle()
        if self._owner is None:
            return
        session, year = self._workplace.session, self._workplace.year
        siblings = [node.id for node in self._workplace.view.children(self._owner, self._kinds[0])]
        current = self.model.node(self.table.currentIndex().row(), self._kinds[0])
        index = siblings.index(current) + 1 if current in siblings else len(siblings)
        owner = self._owner
        self._edit_first(self._workplace.attempt(lambda: session.add_branch(year, owner, self._kinds, index)))

    def _add_first(self) -> None:
        """Add the first line, where lines may come and go."""
        self._changing[0].click()

    def add_below(self) -> None:
        """Add a node of the second kind below the current one of the first."""
        self._workplace.settle()
        top = self.model.node(self.table.currentIndex().row(), self._kinds[0])
        if top is None:
            top = self.model.node(self.model.rowCount() - 1, self._kinds[0])
        if top is not None:
            index = len(self._workplace.view.children(top, self._kinds[1]))
            add, year = self._workplace.session.add_node, self._workplace.year
            self._edit_first(self._workplace.attempt(lambda: add(year, top, self._kinds[1], index)))

    def remove_chosen(self) -> None:
        """Remove the chosen lines in one step: the lower nodes, and an upper one with its last."""
        self._workplace.settle()
        area = self.table.selected_area
        lines = [self._nodes_of(line) for line in range(self.model.rowCount())]
        last = area.top + area.rows
        staying = {nodes[0] for line, nodes in enumerate(lines) if not area.top <= line < last}
        chosen = lines[max(area.top, 0) : last]
        gone = list(dict.fromkeys(nodes[-1] if nodes[0] in staying else nodes[0] for nodes in chosen))
        remove, year = self._workplace.session.remove_nodes, self._workplace.year
        self._workplace.attempt(lambda: remove(year, gone))

    def _nodes_of(self, line: int) -> list[int]:
        """Tell the nodes on a line, the upper first."""
        return [node for kind in self._kinds if (node := self.model.node(line, kind)) is not None]

    def move_current(self, by: int) -> None:
        """Move the node of the first kind on the current line by one place."""
        self._workplace.settle()
        top = self.model.node(self.table.currentIndex().row(), self._kinds[0])
        if top is None or self._owner is None:
            return
        siblings = [node.id for node in self._workplace.view.children(self._owner, self._kinds[0])]
        place = siblings.index(top) + by
        if 0 <= place < len(siblings):
            owner, move = self._owner, self._workplace.session.move_node
            self._workplace.attempt(lambda: move(self._workplace.year, top, owner, place))

    def _made_note(self) -> QWidget:
        """Make the line under the table: what the cell in hand means, what was done to a block."""
        self.note = plain_label(word("grid_empty"), "faint")
        self.note.setWordWrap(True)
        self.note.setMinimumHeight(self.note.fontMetrics().lineSpacing() * 2)
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        return self.note

    def _show_note(self) -> None:
        index = self.table.currentIndex()
        told = self.model.told(index) if index.isValid() else ""
        self.note.setText(told or word("grid_keys" if self.model.rowCount() else "grid_empty"))

    def _renew_hint(self) -> None:
        """Say anew what the keys do, where the line under the table says nothing else."""
        if self.note.text() in {word(name) for name in _HINTS}:
            self._show_note()

    def _tell_cell(self) -> None:
        self._show_note()
        address = self.current_address
        if address is not None and self.isAncestorOf(self.table.window().focusWidget()):
            self._workplace.attended.emit(address)

    def _made_table(self) -> SheetView:
        table = SheetView()
        table.setModel(self.model)
        self.delegate = CellDelegate(self._workplace, self.model)
        self.delegate.setParent(table)
        self.delegate.stepped.connect(table.step)
        table.setItemDelegate(self.delegate)
        table.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        table.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setWordWrap(True)
        table.setTabKeyNavigation(False)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(scaled(LINE_HEIGHT))
        table.setAccessibleName(word(f"node_{self._kinds[0].value}"))
        table.setAccessibleDescription(word("grid_description"))
        table.menu_wanted.connect(lambda place: show_table_menu(table, self._changing, place))
        table.leaving.connect(lambda: self.note.setText(word("grid_leave")))
        table.left.connect(self._renew_hint)
        table.refused.connect(self._say_why_locked)
        table.first_wanted.connect(self._add_first)
        return table

    def _say_why_locked(self) -> None:
        if self._workplace.is_read_only or self._workplace.is_final(self._owner):
            self._workplace.said.emit(word("locked_copy" if self._workplace.is_read_only else "locked_final"))

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(4)
        actions = [(f"add_{self._kinds[0].value}", "plus", self.add_top)]
        if len(self._kinds) > 1:
            actions.append((f"add_{self._kinds[1].value}", "plus", self.add_below))
        actions += [
            ("grid_up", "arrow-up", lambda: self.move_current(-1)),
            ("grid_down", "arrow-down", lambda: self.move_current(1)),
            ("remove_grid", "trash", self.remove_chosen),
        ]
        for name, icon_name, act in actions:
            button = QToolButton()
            button.setObjectName(name)
            button.setIcon(icon(icon_name))
            button.setText(action_text(name))
            button.setToolTip(action_text(name))
            table = self.table.accessibleName()
            button.setAccessibleName(word("of_block", block=table, name=action_text(name)))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.clicked.connect(act)
            line.addWidget(button)
            self._changing.append(button)
            self._workplace.withhold(button)
        line.addStretch()
        return line

    def _remember_place(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self._place = self._nodes_of(index.row()), index.row(), index.column()

    def _take_place(self) -> None:
        """Stay in the cell that was in hand when lines came, went or moved; where it went, in the one at its place."""
        count = self.model.rowCount()
        if count == 0:
            self._show_note()
        if self._place is None or count == 0:
            return
        nodes, row, column = self._place
        line = next((line for line in range(count) if self._nodes_of(line) == nodes), min(row, count - 1))
        self.table.setCurrentIndex(self.model.index(line, column))

    def _follow_state(self) -> None:
        """Let lines come and go only while the item is not final."""
        for button in self._changing:
            button.setEnabled(not self._workplace.is_final(self._owner))

    def _edit_first(self, node: int | None) -> None:
        """Put the cursor on the line of a node; None where it was refused."""
        if node is None:
            return
        self._select(node)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _select(self, node: int) -> None:
        for line in range(self.model.rowCount()):
            if any(self.model.node(line, kind) == node for kind in self._kinds):
                self.table.setCurrentIndex(self.model.index(line, 0))
                return


class IndicatorGrid(NodeGrid):
    """Show the 主な定量的指標 of a row, and under them the lines that will print in 業務実績."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__(workplace, (NodeKind.INDICATOR, NodeKind.ACHIEVEMENT))
        self._printed = plain_label("")
        self._printed.setWordWrap(True)
        self._printed.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._printed.setContentsMargins(UNIT, 0, 0, UNIT)
        self._column.addWidget(plain_label(word("printed"), "caption"))
        self._column.addWidget(self._printed)
        for signal in (workplace.changed, workplace.typed):
            signal.connect(self._show_printed)
        self.model.modelReset.connect(self._show_printed)

    def _show_printed(self) -> None:
        if self._owner is None or self._owner not in self._workplace.session.snapshot.tree.nodes:
            return
        lines = printed_lines(self._workplace.form, self._workplace.live_view, self._owner)
        self._printed.setText("\n".join(lines) or word("printed_none"))
