"""The page on which the window starts: new, open, sample, import, recent files."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from hyoka_desktop.domain import era
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.workingcopies import WorkingCopy
from hyoka_desktop.ui.icons import icon
from hyoka_desktop.ui.pages.column import clear_layout, scrolling
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.plain import plain_caption
from hyoka_desktop.ui.theme import UNIT, look, scaled

_WIDTH = 760
_CHOICES = (("new", "file-plus"), ("open", "folder-open"), ("sample", "book-2"), ("import", "notebook"))


class StartPage(QWidget):
    """Offer the ways to begin."""

    chosen = Signal(str)
    form_chosen = Signal(str)
    file_chosen = Signal(object)
    tour_wanted = Signal()
    tour_declined = Signal()
    waiting_chosen = Signal(object)

    def __init__(self, forms: Mapping[str, str]) -> None:
        super().__init__()
        self._content = content = QWidget()
        self._texts: list[QLabel] = []
        content.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(content)
        column.setContentsMargins(UNIT * 3, UNIT * 6, UNIT * 3, UNIT * 3)
        column.setSpacing(UNIT * 2)
        column.addWidget(plain_label(word("start_title"), "title"))
        text = plain_label(word("start_text"), "caption")
        text.setWordWrap(True)
        column.addWidget(text)
        self._waiting = QVBoxLayout()
        self._waiting.setSpacing(4)
        column.addLayout(self._waiting)
        self._tour = self._tour_card()
        column.addWidget(self._tour)
        grid = QGridLayout()
        grid.setSpacing(UNIT * 2)
        for place, (name, icon_name) in enumerate(_CHOICES):
            grid.addWidget(self._choice(name, icon_name), place // 2, place % 2)
        column.addLayout(grid)
        column.addLayout(self._empty_forms(forms))
        column.addSpacing(UNIT)
        column.addWidget(plain_label(word("recent"), "heading"))
        self._recent = QVBoxLayout()
        self._recent.setSpacing(4)
        column.addLayout(self._recent)
        column.addStretch()
        outer = QWidget()
        centre = QVBoxLayout(outer)
        centre.addWidget(content, alignment=Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scrolling(outer))
        self._fit_texts()
        look().changed.connect(self._fit_texts)

    def show_recent(self, files: Sequence[Path]) -> None:
        """Show the recent files."""
        clear_layout(self._recent)
        if not files:
            self._recent.addWidget(plain_label(word("recent_none"), "caption"))
        for path in files:
            self._recent.addWidget(_file_line(path, path.name, partial(self.file_chosen.emit, path)))

    def show_waiting(self, copies: Sequence[WorkingCopy]) -> None:
        """Show the working copies that were left unpublished; nothing where there are none."""
        clear_layout(self._waiting)
        if copies:
            self._waiting.addWidget(plain_label(word("waiting_title"), "heading"))
        for copy in copies:
            text = word("waiting_line", name=copy.origin.name, time=era.format_moment(copy.record.at))
            line = _file_line(copy.origin, text, partial(self.waiting_chosen.emit, copy))
            self._waiting.addWidget(line)

    def _fit_texts(self) -> None:
        """Give texts of another size their room."""
        self._content.setMaximumWidth(scaled(_WIDTH))
        self._content.setMinimumWidth(scaled(_WIDTH) - 2 * UNIT)
        for text in self._texts:
            text.ensurePolished()
            text.setMinimumHeight(2 * text.fontMetrics().lineSpacing() + UNIT)

    def offer_tour(self, *, is_offered: bool) -> None:
        """Show the card for a first start, or not."""
        self._tour.setVisible(is_offered)

    def _tour_card(self) -> QWidget:
        """Offer the tour in one line, to be begun or put away."""
        card = QFrame()
        card.setProperty("role", "card")
        row = QHBoxLayout(card)
        row.setContentsMargins(UNIT * 2, UNIT, UNIT * 2, UNIT)
        row.setSpacing(UNIT)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(plain_label(word("tour_card")))
        texts.addWidget(plain_label(word("tour_card_text"), "caption"))
        row.addLayout(texts)
        row.addStretch()
        for name, signal in (("tour_card_start", self.tour_wanted), ("tour_card_end", self.tour_declined)):
            button = QPushButton(word(name))
            button.clicked.connect(signal)
            row.addWidget(button)
        return card

    def _empty_forms(self, forms: Mapping[str, str]) -> QVBoxLayout:
        """Offer an empty report of each form, to look at."""
        box = QVBoxLayout()
        box.setSpacing(4)
        box.addWidget(plain_label(word("start_empty"), "caption"))
        for form_id, name in forms.items():
            button = QToolButton()
            button.setIcon(icon("file-text"))
            button.setText(plain_caption(name))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.clicked.connect(lambda _=False, chosen=form_id: self.form_chosen.emit(chosen))
            box.addWidget(button)
        return box

    def _choice(self, name: str, icon_name: str) -> QWidget:
        card = QFrame()
        card.setProperty("role", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(UNIT * 2, UNIT * 2, UNIT * 2, UNIT * 2)
        button = QPushButton(icon(icon_name, "accent"), word(f"start_{name}"))
        button.setIconSize(QSize(20, 20))
        button.clicked.connect(lambda: self.chosen.emit(name))
        text = QLabel(word(f"start_{name}_text"))
        text.setProperty("role", "caption")
        text.setWordWrap(True)
        self._texts.append(text)
        column.addWidget(button)
        column.addWidget(text)
        return card


def _file_line(path: Path, caption: str, choose: Callable[[], None]) -> QWidget:
    """Make a button for a file, with its folder below."""
    button = QPushButton(icon("file-text"), plain_caption(caption))
    button.setAccessibleDescription(str(path))
    button.setStyleSheet("text-align: left;")
    button.clicked.connect(lambda _=False: choose())
    line = QWidget()
    column = QVBoxLayout(line)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(button)
    folder = plain_label(str(path.parent), "faint")
    # The strokes of a font reach below the height that it tells.
    folder.setContentsMargins(UNIT * 2, 2, 0, UNIT // 2)
    column.addWidget(folder)
    return line
