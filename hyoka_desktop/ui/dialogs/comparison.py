"""Show what differs between two states of a report, and take single texts back from the one before."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QSplitter, QWidget

from hyoka_desktop.domain import era, fields
from hyoka_desktop.domain.report import SINCE_START, Node, NodeKind, Snapshot, YearView
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import history
from hyoka_desktop.services.comparing import Comparison, Difference, compare
from hyoka_desktop.services.places import place_name
from hyoka_desktop.ui.dialogs.frame import dialog_column
from hyoka_desktop.ui.difference import DifferenceView
from hyoka_desktop.ui.linelist import LineList
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.workplace import Workplace

_SIZE = (960, 600)


class ComparisonDialog(QDialog):
    """List all texts that differ, with their difference; where `after` is the state of now, texts can be restored."""

    def __init__(
        self,
        parent: QWidget,
        workplace: Workplace,
        before: tuple[str, Snapshot],
        after: tuple[str, Snapshot],
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._before, self._after = before, after
        self._comparison: Comparison = compare(before[1], after[1])
        self.setWindowTitle(word("comparison_title", before=before[0], after=after[0]))
        self.resize(*_SIZE)
        self._count = plain_label("", "caption")
        self.list = LineList((word("comparison_where"), word("comparison_year")))
        self.list.setAccessibleName(word("comparison_where"))
        self.list.itemSelectionChanged.connect(self._show_difference)
        self.difference = DifferenceView()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(self.difference)
        splitter.setSizes([_SIZE[0] * 2 // 5, _SIZE[0] * 3 // 5])
        self.back = QPushButton(word("comparison_restore", before=before[0]))
        self.back.clicked.connect(self._restore)
        buttons = QDialogButtonBox()
        buttons.addButton(self.back, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(word("close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = dialog_column(self)
        column.addWidget(self._count)
        column.addWidget(splitter, stretch=1)
        column.addWidget(buttons)
        self._fill()

    def _fill(self) -> None:
        texts = self._comparison.texts
        lines = [(self._place(one), _year(one.address.year)) for one in texts]
        lines += [(word("comparison_added", what=self._named(node, self._after[1])), "") for node in self._added]
        lines += [(word("comparison_removed", what=self._named(node, self._before[1])), "") for node in self._removed]
        self.list.fill(lines)
        is_empty = self._comparison.is_empty
        self._count.setText(word("comparison_none") if is_empty else word("comparison_count", count=len(lines)))
        self._show_difference()

    @property
    def _added(self) -> tuple[Node, ...]:
        return self._comparison.added

    @property
    def _removed(self) -> tuple[Node, ...]:
        return self._comparison.removed

    def _place(self, difference: Difference) -> str:
        address = difference.address
        snapshot = self._after[1] if address.node in self._after[1].tree.nodes else self._before[1]
        return place_name(self._workplace.form, self._view(snapshot), address)

    def _view(self, snapshot: Snapshot) -> YearView:
        return YearView(snapshot, self._workplace.year, self._workplace.form.period_fields)

    def _named(self, node: Node, snapshot: Snapshot) -> str:
        """Call a part by its kind, and an item or 区分 by its number and title too."""
        view = self._view(snapshot)
        names = {
            NodeKind.ITEM: (fields.ITEM_NUMBER, fields.ITEM_TITLE),
            NodeKind.SECTION: (fields.SECTION_NUMBER, fields.SECTION_TITLE),
        }.get(node.kind, ())
        item = snapshot.tree.ancestor(node.id, NodeKind.ITEM)
        within = view.text(item.id, fields.ITEM_NUMBER) if item is not None and item.id != node.id else ""
        told = [within, word(f"node_{node.kind.value}"), *(view.text(node.id, name) for name in names)]
        return " ".join(part for part in told if part)

    def _chosen(self) -> list[Difference]:
        texts = self._comparison.texts
        return [texts[row] for row in self.list.chosen_rows if row < len(texts)]

    def _show_difference(self) -> None:
        chosen = self._chosen()
        can_restore = self._after[1] is self._workplace.session.snapshot and not self._workplace.is_read_only
        self.back.setVisible(can_restore)
        self.back.setEnabled(any(one.address.node in self._after[1].tree.nodes for one in chosen))
        if len(chosen) == 1:
            self.difference.show_texts(chosen[0].before or "", chosen[0].after or "")
        else:
            self.difference.show_nothing(word("history_choose"))

    def _restore(self) -> None:
        """Write the chosen texts of before anew, in one step, and compare again."""
        chosen = self._chosen()
        self._workplace.settle()
        texts = {one.address: one.before for one in chosen}
        changes = self._workplace.attempt(lambda: history.restore(self._workplace.session, texts))
        if changes is None:
            return
        self._after = (self._after[0], self._workplace.session.snapshot)
        self._comparison = compare(self._before[1], self._after[1])
        self._fill()
        self._workplace.said.emit(word("comparison_restored", count=len(changes.addresses & set(texts))))


def _year(year: int) -> str:
    return "" if year == SINCE_START else era.format_fiscal_year(year)
