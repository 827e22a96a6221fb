"""Give a table its sizes: columns as wide as their captions or as a person made them, lines as high as their texts."""

from typing import Final

from PySide6.QtCore import QRect, Qt

from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.formdef.model import FieldKind, Scope
from hyoka_desktop.services.indicator_columns import Column
from hyoka_desktop.ui.grid.frozen import FrozenColumn
from hyoka_desktop.ui.grid.view import SheetView
from hyoka_desktop.ui.pages.grid_model import GridModel
from hyoka_desktop.ui.theme import scaled

_NAME_WIDTH: Final = 160
_SHORT_WIDTH: Final = 72
_CHOICE_WIDTH: Final = 128
_VALUE_WIDTH: Final = 88
LINE_HEIGHT: Final = 34
_USUAL_LINES: Final = 2
_MOST_LINES: Final = 6
_BESIDE_TEXT: Final = 10
_FRAME: Final = 4
_HIGH: Final = 10_000


class TableSizes:
    """Fit a table to what it holds; a width that a person gave to a column stays."""

    def __init__(self, table: SheetView, model: GridModel, frozen: FrozenColumn) -> None:
        self._table = table
        self._model = model
        self._frozen = frozen
        self._chosen: dict[int, int] = {}
        self._is_fitting = False
        table.horizontalHeader().sectionResized.connect(self._keep_width)

    def fit(self) -> None:
        """Give each column its width, its caption's at least, and be as tall as the lines."""
        header = self._table.horizontalHeader()
        self._is_fitting = True
        for place, column in enumerate(self._model.columns):
            least = max(scaled(_width_of(column)), header.sectionSizeHint(place))
            self._table.setColumnWidth(place, self._chosen.get(place, least))
        self._is_fitting = False
        self.fit_lines()

    def fit_lines(self) -> None:
        """Give each line the height of its longest text; one that is very long is told in full below the table."""
        table, lines = self._table, range(self._model.rowCount())
        for line in lines:
            height = self._height(line)
            if table.rowHeight(line) != height:
                table.setRowHeight(line, height)
        head, bar = table.horizontalHeader().sizeHint().height(), table.horizontalScrollBar().sizeHint().height()
        table.setFixedHeight(head + (sum(map(table.rowHeight, lines)) or scaled(LINE_HEIGHT)) + bar + _FRAME)
        self._frozen.follow()

    def _keep_width(self, place: int, _before: int, width: int) -> None:
        if not self._is_fitting and width > 0:
            self._chosen[place] = width
            self.fit_lines()

    def _height(self, line: int) -> int:
        places = (place for place, column in enumerate(self._model.columns) if column.field is not None)
        lines = min(max((self._lines(line, place) for place in places), default=0), _MOST_LINES)
        return scaled(LINE_HEIGHT) + max(lines - _USUAL_LINES, 0) * self._table.fontMetrics().lineSpacing()

    def _lines(self, line: int, place: int) -> int:
        """Count the lines that a text takes in its column; those that are short are not measured."""
        text = self._model.text(self._model.index(line, place))
        metrics, room = self._table.fontMetrics(), self._table.columnWidth(place) - _BESIDE_TEXT
        if len(text) * metrics.maxWidth() <= room:
            return 1
        taken = metrics.boundingRect(QRect(0, 0, room, _HIGH), int(Qt.TextFlag.TextWordWrap), text)
        return -(-taken.height() // metrics.lineSpacing())


def _width_of(column: Column) -> int:
    """Tell the least width of a column by what it holds."""
    field = column.field
    if field is None or field.kind is FieldKind.QUANTITY:
        return _VALUE_WIDTH
    if field.kind is FieldKind.CHOICE:
        return _CHOICE_WIDTH if max(map(len, field.choices)) > len(field.label) else _SHORT_WIDTH
    long = column.kind is not NodeKind.ACHIEVEMENT or field.per is Scope.YEAR
    return _NAME_WIDTH if long else _SHORT_WIDTH
