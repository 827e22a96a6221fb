"""Show the text of an earlier year beside that of this year: differences marked, paragraphs kept level."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QShowEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from hyoka_desktop.domain.era import format_fiscal_year
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.quoting import printed_text
from hyoka_desktop.services.writing import Piece, PieceKind, differences, matched_paragraphs
from hyoka_desktop.ui.editors.documents import space_lines
from hyoka_desktop.ui.editors.text import TextEditor
from hyoka_desktop.ui.editors.underlines import underlined
from hyoka_desktop.ui.editors.units import units_of
from hyoka_desktop.ui.editors.wordsteps import WordedTextEdit
from hyoka_desktop.ui.theme import COLOURS, UNIT
from hyoka_desktop.ui.workplace import Workplace

_PAUSE_MS: Final = 200
_LEAST_HEIGHT: Final = 120
_MARGIN: Final = 4.0
_LEAST_SHARE: Final = 0.25
"""A text that keeps less than this of the earlier one is a new text, and marks would only make both hard to read."""


class PastView(WordedTextEdit):
    """Show a text for reading; undo there is that of the report."""

    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setProperty("role", "reading")
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand undo on."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo_wanted.emit()
        else:
            super().keyPressEvent(event)

    def show_pieces(self, pieces: Sequence[Piece], without: PieceKind, mark: QTextCharFormat) -> None:
        """Show a text from its pieces, those that only it has marked."""
        self.clear()
        cursor = QTextCursor(self.document())
        for piece in pieces:
            if piece.kind is not without:
                cursor.insertText(piece.text, QTextCharFormat() if piece.kind is PieceKind.SAME else mark)
        space_lines(self.document())

    def level(self, paragraph: int, place: int) -> None:
        """Show a paragraph at a height, with room above or below the text where it must be moved beyond its ends."""
        document = self.document()
        frame = document.rootFrame().frameFormat()
        document_height = document.size().height() - frame.topMargin() - frame.bottomMargin() + 2 * _MARGIN
        top = document.documentLayout().blockBoundingRect(document.findBlockByNumber(paragraph)).top()
        wanted = top - frame.topMargin() + _MARGIN - place
        beyond = wanted - max(0.0, document_height - self.viewport().height())
        frame.setTopMargin(_MARGIN + max(0.0, -wanted))
        frame.setBottomMargin(_MARGIN + max(0.0, beyond))
        document.rootFrame().setFrameFormat(frame)
        self.verticalScrollBar().setValue(max(0, round(wanted)))


class PastText(QWidget):
    """Show an earlier year of the field that an editor edits."""

    def __init__(self, workplace: Workplace, editor: TextEditor) -> None:
        super().__init__()
        self._workplace = workplace
        self._editor = editor
        self._node = 0
        self._matches: tuple[int, ...] = ()
        self._area: QScrollArea | None = None
        self.view = PastView()
        self.years = QComboBox()
        self.years.setAccessibleName(word("past_year"))
        self.copy_button = QPushButton(word("past_copy"))
        self.copy_button.setToolTip(word("past_copy_tip"))
        head = QHBoxLayout()
        head.addWidget(self.years)
        head.addStretch()
        head.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._connect()

    def _connect(self) -> None:
        self._pause.timeout.connect(self.compare)
        self._editor.edit.textChanged.connect(self._pause.start)
        self._editor.edit.cursorPositionChanged.connect(self._level_at_cursor)
        self.years.activated.connect(self.compare)
        self.copy_button.clicked.connect(self.copy_over)
        self.view.undo_wanted.connect(self._workplace.undo_wanted)
        self.view.redo_wanted.connect(self._workplace.redo_wanted)

    @property
    def earlier_years(self) -> list[int]:
        """Tell the years that can be shown, the newest first."""
        return [year for year in reversed(self._workplace.session.snapshot.years) if year < self._workplace.year]

    def show_node(self, node: int) -> None:
        """Show the field of another node, or what became of it."""
        self._node = node
        chosen = self.years.currentData()
        years = self.earlier_years
        self.years.clear()
        for year in years:
            self.years.addItem(format_fiscal_year(year), year)
        self.years.setCurrentIndex(years.index(chosen) if chosen in years else 0)
        self.compare()

    def compare(self) -> None:
        """Show both texts with their differences as they are now."""
        if self.isHidden() or self._editor.is_composing:
            self._editor.edit.setExtraSelections([])
            return
        pieces = differences(self._past_text(), self._editor.edit.document().toRawText().replace("\u2029", "\n"))
        self._matches = matched_paragraphs(pieces)
        is_marked = _is_comparable(pieces)
        self.view.setPlaceholderText(word("past_none"))
        self.view.setAccessibleName(word("past_name", label=self._editor.field.label, year=self.years.currentText()))
        self.view.show_pieces(pieces, PieceKind.ADDED, _gone() if is_marked else QTextCharFormat())
        self._mark_new(pieces if is_marked else ())
        self.copy_button.setEnabled(bool(self._past_text()) and not self._editor.edit.isReadOnly())
        self._level_at_cursor()

    def copy_over(self) -> None:
        """Put the earlier text in place of this year's, in one step of undo."""
        year = self.years.currentData()
        if year is not None:
            self._editor.rewrite(self._workplace.view.in_year(year).text(self._node, self._editor.field.id))

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the scrolling of the page on which this stands."""
        super().showEvent(event)
        if self._area is None:
            widget = self.parentWidget()
            while widget is not None and not isinstance(widget, QScrollArea):
                widget = widget.parentWidget()
            self._area = widget
            if widget is not None:
                widget.verticalScrollBar().valueChanged.connect(self._level_at_top)
        self.compare()

    def _past_text(self) -> str:
        year = self.years.currentData()
        if year is None:
            return ""
        return printed_text(self._workplace.form, self._workplace.view.in_year(year), self._node, self._editor.field.id)

    def _mark_new(self, pieces: Sequence[Piece]) -> None:
        """Underline in the editor what is new; its text and its undo stay as they are."""
        marks, place = [], 0
        for piece in pieces:
            if piece.kind is PieceKind.REMOVED:
                continue
            end = place + units_of(piece.text)
            if piece.kind is PieceKind.ADDED:
                mark = QTextEdit.ExtraSelection()
                mark.format = underlined(COLOURS.good)
                mark.cursor = QTextCursor(self._editor.edit.document())
                mark.cursor.setPosition(place)
                mark.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                marks.append(mark)
            place = end
        self._editor.edit.setExtraSelections(marks)

    def _level_at_cursor(self) -> None:
        edit = self._editor.edit
        self._level(edit.textCursor().blockNumber())

    def _level_at_top(self) -> None:
        """Keep the first paragraph that is to be seen level, where the cursor is not."""
        edit, area = self._editor.edit, self._area
        if area is None or not self.isVisible():
            return
        top = edit.mapFrom(area.viewport(), QPoint(0, 0)).y()
        if top > 0:
            self._level(edit.cursorForPosition(QPoint(0, top)).blockNumber())

    def _level(self, paragraph: int) -> None:
        """Scroll the earlier text so that what matches a paragraph stands beside it."""
        if not self.isVisible() or paragraph >= len(self._matches):
            return
        edit = self._editor.edit
        here = edit.document().documentLayout().blockBoundingRect(edit.document().findBlockByNumber(paragraph)).top()
        offset = self.view.mapTo(self.window(), QPoint()).y() - edit.mapTo(self.window(), QPoint()).y()
        is_beside = offset > -self.view.height()
        self.view.level(self._matches[paragraph], round(here - offset) if is_beside else 0)


def _is_comparable(pieces: Sequence[Piece]) -> bool:
    """Tell whether enough of the earlier text is kept for its differences to say something."""
    kept = sum(len(piece.text) for piece in pieces if piece.kind is PieceKind.SAME)
    return kept > 0 and kept >= _LEAST_SHARE * sum(
        len(piece.text) for piece in pieces if piece.kind is not PieceKind.ADDED
    )


def _gone() -> QTextCharFormat:
    """Mark what this year's text no longer has."""
    mark = QTextCharFormat()
    mark.setForeground(QColor(COLOURS.bad))
    mark.setFontStrikeOut(True)
    return mark
