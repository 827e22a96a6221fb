"""Show the texts in which a backup differs from the report, and let some of them be chosen."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QTextEdit, QVBoxLayout, QWidget

from hyoka_desktop.domain.report import Address
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.backups import Inside, place_in
from hyoka_desktop.services.comparing import Difference
from hyoka_desktop.ui.dialogs.rowlist import RowList
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.theme import UNIT
from hyoka_desktop.ui.workplace import Workplace

_HEIGHTS: Final = [220, 220]


class BackupDifferences(QWidget):
    """Hold a list of fields above, both texts of the field in hand below."""

    chosen_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._texts: tuple[Difference, ...] = ()
        self._restorable: frozenset[Address] = frozenset()
        self.heading = plain_label("", "caption")
        self.heading.setWordWrap(True)
        heads = (word("backup_where"), word("backup_then"), word("backup_now"))
        self.list = RowList(heads, word("backup_differences"))
        self.list.currentCellChanged.connect(lambda row, *_: self._show(row))
        self.list.itemChanged.connect(lambda _: self.chosen_changed.emit())
        self.then, self.now = self._reader("backup_then"), self._reader("backup_now")
        self._lay_out()

    def say(self, text: str) -> None:
        """Show a sentence and no list."""
        self.heading.setText(text)
        self._fill((), ())

    def show_inside(self, inside: Inside, workplace: Workplace) -> None:
        """Show what differs."""
        comparison = inside.comparison
        parts = word("backup_parts", added=len(comparison.added), removed=len(comparison.removed))
        has_parts = bool(comparison.added or comparison.removed)
        self.heading.setText(
            word("backup_same") if comparison.is_empty else parts if has_parts else word("backup_differences")
        )
        nodes = workplace.session.snapshot.tree.nodes
        texts = tuple(text for text in comparison.texts if text.address.node in nodes)
        rows = [
            (place_in(workplace.form, inside, text.address), _shown(text.before), _shown(text.after)) for text in texts
        ]
        self._fill(texts, rows)

    def chosen(self) -> frozenset[Address]:
        """Tell the fields whose box is ticked."""
        return frozenset(self._texts[row].address for row in self.list.ticked())

    def _fill(self, texts: tuple[Difference, ...], rows: "list[tuple[str, str, str]] | tuple[()]") -> None:
        self._texts = texts
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.list.fill(rows, checkable=True)
        self.list.blockSignals(False)  # noqa: FBT003 - Qt's own
        self.list.setEnabled(bool(rows))
        if rows:
            self.list.setCurrentCell(0, 0)
        self._show(0)
        self.chosen_changed.emit()

    def _show(self, row: int) -> None:
        text = self._texts[row] if 0 <= row < len(self._texts) else None
        self.then.setPlainText(_shown(text.before) if text else "")
        self.now.setPlainText(_shown(text.after) if text else "")

    def _reader(self, key: str) -> QTextEdit:
        reader = QTextEdit()
        reader.setReadOnly(True)
        reader.setAcceptRichText(False)
        reader.setTabChangesFocus(True)
        reader.setAccessibleName(word(key))
        return reader

    def _lay_out(self) -> None:
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(UNIT)
        for key, reader in (("backup_then", self.then), ("backup_now", self.now)):
            half = QVBoxLayout()
            half.setSpacing(UNIT // 2)
            half.addWidget(plain_label(word(key), "caption"))
            half.addWidget(reader)
            row.addLayout(half)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.list)
        parts.addWidget(both)
        parts.setSizes(_HEIGHTS)
        parts.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.heading)
        column.addWidget(parts, 1)


def _shown(text: str | None) -> str:
    return word("backup_absent") if text is None else text
