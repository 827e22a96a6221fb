"""Show what differs between two states of a report, and take single texts back from the one before."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QWidget

from hyoka_desktop.domain.report import Address, Snapshot
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import history
from hyoka_desktop.services.comparing import Comparison, compare
from hyoka_desktop.ui.comparison import ComparisonView
from hyoka_desktop.ui.dialogs.frame import add_foot, dialog_column, open_with
from hyoka_desktop.ui.longwork import LongWork
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.tasks import JobCancelled
from hyoka_desktop.ui.workplace import Workplace

_SIZE = (960, 600)


class ComparisonDialog(QDialog):
    """List all texts that differ, with their difference; where `after` is the state of now, texts can be restored.

    `wanted` is the place to go to when the dialog was left for one.
    """

    def __init__(
        self,
        parent: QWidget,
        workplace: Workplace,
        before: tuple[str, Snapshot],
        after: tuple[str, Snapshot],
        comparison: Comparison,
    ) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._before, self._after = before[1], after[1]
        self.wanted: Address | None = None
        self.setWindowTitle(word("comparison_title", before=before[0], after=after[0]))
        open_with(self, *_SIZE)
        self._count = plain_label("", "caption")
        self.view = ComparisonView(Qt.Orientation.Horizontal)
        self.back = QPushButton(word("comparison_restore", before=before[0]))
        self.back.clicked.connect(self._restore)
        self.go_button = QPushButton(word("history_go"))
        self.go_button.clicked.connect(self.view.ask_for_place)
        self.view.chosen_changed.connect(self._allow)
        self.view.place_wanted.connect(self._go)
        buttons = QDialogButtonBox()
        for button in (self.back, self.go_button):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton(word("close"), QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self.back, self.go_button, close):
            # Enter in the list must not write anything.
            button.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        column = dialog_column(self)
        column.addWidget(self._count)
        column.addWidget(self.view, stretch=1)
        add_foot(self, buttons)
        self._show(comparison)

    def _show(self, comparison: Comparison) -> None:
        self.view.show_states(self._workplace, self._before, self._after, comparison)
        count = self.view.list.lines.rowCount()
        self._count.setText(word("comparison_count", count=count) if count else word("comparison_none"))

    def _allow(self) -> None:
        can_restore = self._after is self._workplace.session.snapshot and not self._workplace.is_read_only
        self.back.setVisible(can_restore)
        self.go_button.setEnabled(self.view.place is not None)
        self.back.setEnabled(any(one.address.node in self._after.tree.nodes for one in self.view.chosen()))

    def _go(self, place: Address) -> None:
        self.wanted = place
        self.accept()

    def _restore(self) -> None:
        """Write the chosen texts of before anew, in one step, and compare again."""
        chosen = self.view.chosen()
        self._workplace.settle()
        texts = {one.address: one.before for one in chosen}
        changes = self._workplace.attempt(lambda: history.restore(self._workplace.session, texts))
        if changes is None:
            return
        self._compare_again()
        self._workplace.said.emit(word("comparison_restored", count=len(changes.addresses & set(texts))))

    def _compare_again(self) -> None:
        """Compare with the report of now; where the person gives it up, the list stays and nothing more is restored."""
        before, now = self._before, self._workplace.session.snapshot
        try:
            comparison = LongWork(self).carry_out(
                word("waiting_compare"), lambda *_: compare(before, now), lambda _: None
            )
        except JobCancelled:
            self._count.setText(word("comparison_stopped"))
            self._allow()
            return
        self._after = now
        self._show(comparison)
