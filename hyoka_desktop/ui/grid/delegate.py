"""Edit and paint the cells of a table: the line as elsewhere, a list of words, the sign of an unread text, a trend."""

from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QIcon, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QComboBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from hyoka_desktop.domain.report import Address
from hyoka_desktop.messages.window import word
from hyoka_desktop.ui.editors.line import LineEdit
from hyoka_desktop.ui.grid.trend import paint_trend
from hyoka_desktop.ui.pages.grid_model import COMMENTS_ROLE, POINTS_ROLE, UNREAD_ROLE, GridModel
from hyoka_desktop.ui.theme import COLOURS, FONT_FAMILY
from hyoka_desktop.ui.workplace import Workplace

_STEPS: Final = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
}
_ARROWS: Final = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier
_SIGN_SIZE = 13
_SHARPNESS = 3
_CORNER = 10
_BESIDE_TEXT = 24


class CellDelegate(QStyledItemDelegate):
    """Edit a cell so that each keystroke is kept as a draft.

    `stepped` asks to go on by rows and columns, `spread` to write a text into all selected cells.
    A cell that was begun by typing is left with the arrow keys, as in a spreadsheet; F2 lets them move within the text.
    """

    stepped = Signal(int, int)
    spread = Signal(str)

    def __init__(self, workplace: Workplace, model: GridModel) -> None:
        super().__init__()
        self._workplace = workplace
        self._model = model
        self._address: Address | None = None
        self.typed_over = False
        self.closeEditor.connect(self._drop_given_up_draft)

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """Make the line of a cell, or the list of words that it may hold."""
        del option
        choices = self._model.choices(index)
        if choices is not None:
            self._address = None
            return self._list(parent, choices)
        edit = LineEdit()
        edit.setParent(parent)
        address = self._address = self._model.address(index)
        if address is not None:
            edit.textEdited.connect(lambda text: self._workplace.keep_draft(address, text))
            edit.composed.connect(lambda text: self._workplace.keep_draft(address, text))
        edit.textChanged.connect(lambda text: _widen(edit, text))
        edit.composed.connect(lambda text: _widen(edit, text))
        return edit

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Stand in the cell, and over those behind it as far as the text needs, as in a spreadsheet."""
        super().updateEditorGeometry(editor, option, index)
        if isinstance(editor, LineEdit):
            _widen(editor, editor.text())

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Show the text of a cell in its editor; one that is being written in keeps what it has."""
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findText(self._model.text(index)), 0))
        elif not isinstance(editor, LineEdit) or not (editor.is_composing or editor.text() == self._model.text(index)):
            super().setEditorData(editor, index)

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Write the cell. What is being composed is final where the cell was left, and not before."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentText(), Qt.ItemDataRole.EditRole)
        elif isinstance(editor, LineEdit):
            if not editor.hasFocus():
                editor.finish_composition()
            if not editor.is_composing:
                model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Write the cell and go on at the keys of a spreadsheet."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and isinstance(editor, QWidget):
            if event.key() == Qt.Key.Key_F2:
                self.typed_over = False
                return True
            if self._spreads(editor, event):
                return True
            step = self._step(editor, event)
            if step is not None:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
                self.stepped.emit(*step)
                return True
        return super().eventFilter(editor, event)

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Have a sign stand behind a text that is not understood."""
        super().initStyleOption(option, index)
        if index.data(UNREAD_ROLE):
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.decorationPosition = QStyleOptionViewItem.Position.Right
            option.decorationAlignment = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
            option.decorationSize = QSize(_SIGN_SIZE, _SIGN_SIZE)
            option.icon = _sign()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a cell: a sign at a text that is not understood, a corner at open comments, a frame in hand."""
        super().paint(painter, option, index)
        area = QRectF(option.rect)
        points = index.data(POINTS_ROLE)
        if points:
            paint_trend(painter, area, points)
        if index.data(COMMENTS_ROLE):
            _paint_corner(painter, area, is_selected=bool(option.state & QStyle.StateFlag.State_Selected))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(COLOURS.accent), 2))
            painter.drawRect(area.adjusted(1, 1, -1, -1))

    def _spreads(self, editor: QWidget, event: QKeyEvent) -> bool:
        """Hand the text on at Ctrl+Enter; it is written once, with the other cells."""
        is_asked = event.key() in _ENTER and event.modifiers() & ~_KEYPAD == Qt.KeyboardModifier.ControlModifier
        if not is_asked or not isinstance(editor, LineEdit) or editor.is_composing:
            return False
        text = editor.text()
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
        self.spread.emit(text)
        return True

    def _step(self, editor: QWidget, event: QKeyEvent) -> tuple[int, int] | None:
        if isinstance(editor, LineEdit) and editor.is_composing:
            return None
        key = Qt.Key(event.key())
        if key in _STEPS:
            rows, columns = _STEPS[key]
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier) and key is not Qt.Key.Key_Backtab
            return (-rows, -columns) if back else (rows, columns)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return _ARROWS.get(key) if self.typed_over and plain and isinstance(editor, LineEdit) else None

    def _list(self, parent: QWidget, choices: tuple[str, ...]) -> QComboBox:
        box = QComboBox(parent)
        box.addItems(["", *choices])
        box.activated.connect(lambda _: self._finish(box))
        return box

    def _finish(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box, QAbstractItemDelegate.EndEditHint.NoHint)

    def _drop_given_up_draft(self, _editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        if hint is QAbstractItemDelegate.EndEditHint.RevertModelCache and self._address is not None:
            self._workplace.keep_draft(self._address, None)


def _widen(edit: LineEdit, text: str) -> None:
    """Make a line as wide as its text, within the table."""
    table = edit.parentWidget()
    needed = edit.fontMetrics().horizontalAdvance(text) + _BESIDE_TEXT
    room = table.width() - edit.x() if table is not None else 0
    edit.resize(max(edit.width(), min(needed, room)), edit.height())


def _paint_corner(painter: QPainter, area: QRectF, *, is_selected: bool) -> None:
    """Fill the upper left corner of a cell, as spreadsheets mark a cell with comments."""
    corner = area.topLeft()
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(COLOURS.accent_text if is_selected else COLOURS.accent))
    painter.drawPolygon([corner, corner + QPointF(_CORNER, 0), corner + QPointF(0, _CORNER)])
    painter.restore()


def _sign() -> QIcon:
    """Draw a small sign: a shape with a mark, not a colour alone."""
    pixmap = QPixmap(_SIGN_SIZE * _SHARPNESS, _SIGN_SIZE * _SHARPNESS)
    pixmap.setDevicePixelRatio(_SHARPNESS)
    pixmap.fill(Qt.GlobalColor.transparent)
    area = QRectF(0, 0, _SIGN_SIZE, _SIGN_SIZE)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(COLOURS.warning))
    painter.drawEllipse(area)
    font = QFont(FONT_FAMILY)
    font.setPixelSize(_SIGN_SIZE - 3)
    painter.setFont(font)
    painter.setPen(QColor(COLOURS.accent_text))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, word("grid_unread_sign"))
    painter.end()
    sign = QIcon(pixmap)
    # Otherwise Qt tints the sign of a selected cell.
    sign.addPixmap(pixmap, QIcon.Mode.Selected)
    return sign
