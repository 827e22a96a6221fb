"""Show the texts in which a backup differs from the report as it stands, and let some of them be chosen."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from hyoka_desktop.domain.report import Address
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.backups import Inside, place_in
from hyoka_desktop.services.comparing import Comparison, Difference
from hyoka_desktop.ui.difference import DifferenceView
from hyoka_desktop.ui.linelist import LineList
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.theme import UNIT
from hyoka_desktop.ui.workplace import Workplace

_HEIGHTS: Final = [180, 240]


class BackupDifferences(QWidget):
    """Hold a list of fields above, the difference of the field in hand below."""

    chosen_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._texts: tuple[Difference, ...] = ()
        self.heading = plain_label("")
        self.heading.setWordWrap(True)
        self.list = LineList((word("backup_where"), word("backup_year")))
        self.list.setAccessibleName(word("backup_differences"))
        self.list.itemSelectionChanged.connect(self._show)
        self.difference = DifferenceView()
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.list)
        parts.addWidget(self.difference)
        parts.setSizes(_HEIGHTS)
        column = QVBoxLayout(self)
        column.setContentsMargins(UNIT, 0, 0, 0)
        column.addWidget(self.heading)
        column.addWidget(parts, 1)

    def say(self, text: str) -> None:
        """Show a sentence and no list."""
        self.heading.setText(text)
        self._fill((), ())

    def show_inside(self, inside: Inside, workplace: Workplace) -> None:
        """Show what differs; texts of parts that are gone now cannot be chosen, and are not listed."""
        nodes = inside.now.tree.nodes
        texts = tuple(text for text in inside.comparison.texts if text.address.node in nodes)
        self.heading.setText(_heading(inside.comparison))
        self._fill(texts, [place_in(workplace.form, inside, text.address) for text in texts])

    def chosen(self) -> frozenset[Address]:
        """Tell the chosen fields."""
        return frozenset(self._texts[row].address for row in self.list.chosen_rows if row < len(self._texts))

    def _fill(self, texts: tuple[Difference, ...], rows: Sequence[tuple[str, str]]) -> None:
        self._texts = texts
        self.list.fill(rows)
        self._show()

    def _show(self) -> None:
        rows = [row for row in self.list.chosen_rows if row < len(self._texts)]
        if len(rows) == 1:
            text = self._texts[rows[0]]
            self.difference.show_texts(text.before or "", text.after or "")
        else:
            self.difference.show_nothing(word("history_choose") if self._texts else "")
        self.chosen_changed.emit()


def _heading(comparison: Comparison) -> str:
    """Say what differs; of whole parts only how many came and went."""
    if comparison.is_empty:
        return word("backup_same")
    sentences = [word("backup_differences")] if comparison.texts else []
    if comparison.added:
        sentences.append(word("backup_added", count=len(comparison.added)))
    if comparison.removed:
        sentences.append(word("backup_removed", count=len(comparison.removed)))
    return "\n".join(sentences)
