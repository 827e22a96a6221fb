"""Choose which parts of a document and which items are made."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QListWidget, QListWidgetItem, QWidget

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.report import YearView
from hyoka_desktop.formdef.model import DocumentDefinition, ItemsPart, SheetsPart
from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.dialogs.frame import let_shrink
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.theme import UNIT

_LEAST_LINES = 5
_AROUND_LINE = 3


class OutputRange(QWidget):
    """Show the parts of a document and the items of a report to choose from."""

    changed = Signal()

    def __init__(self, view: YearView, item: int | None) -> None:
        super().__init__()
        self._item = item
        self.items_of = QComboBox()
        self.items_of.setAccessibleName(word("export_range"))
        self.items_of.addItem(word("export_all"), "all")
        if item is not None:
            self.items_of.addItem(word("export_item", number=view.text(item, fields.ITEM_NUMBER)), "item")
        self.items_of.addItem(word("export_choose_items"), "some")
        let_shrink(self.items_of)
        self.parts = _checked_list(word("export_parts"))
        self.items = _checked_list(word("export_items"))
        for node in view.items:
            label = f"{view.text(node.id, fields.ITEM_NUMBER)}　{view.text(node.id, fields.ITEM_TITLE)}"
            _add_line(self.items, label, node.id, is_on=True)
        self.items_of.activated.connect(self._follow)
        for box in (self.parts, self.items):
            box.itemChanged.connect(self.changed)
        grid = QGridLayout(self)
        grid.setContentsMargins(UNIT, UNIT, UNIT, 0)
        grid.setSpacing(UNIT)
        grid.addWidget(plain_label(word("export_parts"), "caption"), 0, 0)
        grid.addWidget(self.items_of, 0, 1)
        grid.addWidget(self.parts, 1, 0)
        grid.addWidget(self.items, 1, 1)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        self._follow()

    def show_document(self, definition: DocumentDefinition, chosen: Sequence[str] | None) -> None:
        """Show the parts of a document, those chosen checked (None: all)."""
        self.parts.clear()
        for part in definition.parts:
            _add_line(self.parts, part.label, part.id, is_on=chosen is None or part.id in chosen)
        has_items = any(isinstance(part, SheetsPart | ItemsPart) for part in definition.parts)
        self.items_of.setEnabled(has_items)
        self._follow()

    def chosen_parts(self) -> tuple[str, ...] | None:
        """Tell the ids of the chosen parts; None where all are."""
        chosen = _checked(self.parts)
        return None if len(chosen) == self.parts.count() else tuple(map(str, chosen))

    def chosen_items(self) -> tuple[int, ...] | None:
        """Tell the chosen items; None where all are."""
        match self.items_of.currentData():
            case "item" if self._item is not None:
                return (self._item,)
            case "some":
                return tuple(map(int, _checked(self.items)))
        return None

    def is_single_item(self) -> bool:
        """Tell whether only the item in hand is made."""
        return bool(self.items_of.currentData() == "item")

    def _follow(self) -> None:
        """Let items be chosen only where some are wanted; a single item has no parts around it."""
        self.items.setEnabled(self.items_of.isEnabled() and self.items_of.currentData() == "some")
        self.parts.setEnabled(not self.is_single_item())
        self.changed.emit()


def _checked_list(name: str) -> QListWidget:
    box = QListWidget()
    box.setAccessibleName(name)
    box.setSpacing(_AROUND_LINE)
    # All lines are alike; Qt would measure each of hundreds of items.
    box.setUniformItemSizes(True)
    box.setMinimumHeight((box.fontMetrics().height() + 2 * _AROUND_LINE) * _LEAST_LINES)
    return box


def _add_line(box: QListWidget, label: str, value: object, *, is_on: bool) -> None:
    line = QListWidgetItem(label)
    line.setData(Qt.ItemDataRole.UserRole, value)
    line.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
    line.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
    box.addItem(line)


def _checked(box: QListWidget) -> list[str | int]:
    lines = (box.item(place) for place in range(box.count()))
    return [line.data(Qt.ItemDataRole.UserRole) for line in lines if line.checkState() is Qt.CheckState.Checked]
