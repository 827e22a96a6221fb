"""Lay fields under each other in a scrolling column."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from hyoka_desktop.formdef.model import FieldDefinition, FieldKind
from hyoka_desktop.ui.pages.fieldblock import FieldBlock
from hyoka_desktop.ui.theme import UNIT
from hyoka_desktop.ui.workplace import Workplace
from hyoka_desktop.ui.wrapping import WrappingLine

_LEAST_WIDTH = 288


def scrolling(content: QWidget, parent: QWidget | None = None) -> QScrollArea:
    """Put a widget into a scroll area, whose vertical bar always has its room.

    A bar that comes and goes changes the width, that the height of the texts, and that the need for the bar: where
    texts change their size, Qt would go round in this circle until its stack is full. Without need, it is not seen.
    """
    area = QScrollArea(parent)
    scroll_steadily(area, content)
    return area


def scroll_steadily(area: QScrollArea, content: QWidget) -> None:
    """Put a widget into a scroll area that there is, in the same way."""
    area.setWidgetResizable(True)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    bar = area.verticalScrollBar()
    bar.rangeChanged.connect(lambda least, most: bar.setEnabled(most > least))


def clear_layout(layout: QBoxLayout) -> None:
    """Remove all widgets of a layout and let them go; they are not seen beside those that follow."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def separator() -> QFrame:
    """Make a thin line."""
    line = QFrame()
    line.setProperty("role", "line")
    line.setFixedHeight(1)
    return line


class FieldColumn(QWidget):
    """Show fields of one node; short ones stand side by side where there is room.

    It is built inside of its parent: with a style sheet, Qt goes through all that a widget holds each time that it
    gets another one, and that was most of the time that a page took.
    """

    def __init__(self, workplace: Workplace, fields: Sequence[FieldDefinition], node: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMinimumWidth(_LEAST_WIDTH)
        self.blocks = [FieldBlock(workplace, field, node, self) for field in fields]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT)
        for group in _lines(self.blocks):
            if len(group) == 1:
                column.addWidget(group[0])
                continue
            line = WrappingLine(UNIT * 3)
            for block in group:
                line.addWidget(block)
                line.setAlignment(block, Qt.AlignmentFlag.AlignTop)
            column.addLayout(line)

    def point_at(self, node: int) -> None:
        """Show the same fields of another node."""
        for block in self.blocks:
            block.binding.point_at(node)

    def begin(self) -> None:
        """Put the cursor into the first field, where there is one."""
        for block in self.blocks[:1]:
            block.editor.setFocus(Qt.FocusReason.TabFocusReason)

    def commit(self) -> None:
        """Make final what was typed, and what is being composed too."""
        for block in self.blocks:
            block.binding.finish()


def _lines(blocks: Iterable[FieldBlock]) -> list[list[FieldBlock]]:
    """Group blocks into lines: neighbouring flags, and neighbouring short values, share one."""
    lines: list[list[FieldBlock]] = []
    for block in blocks:
        kind = block.field.kind
        joins = lines and kind in _SIDE_BY_SIDE and lines[-1][-1].field.kind is kind and len(lines[-1]) < _MOST_BESIDE
        if joins:
            lines[-1].append(block)
        else:
            lines.append([block])
    return lines


_SIDE_BY_SIDE = frozenset({FieldKind.FLAG, FieldKind.QUANTITY, FieldKind.DATE})
_MOST_BESIDE = 3
