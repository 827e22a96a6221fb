"""One question of a review: its three texts, the buttons that answer it, what follows, and the result as text."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QPushButton, QSplitter, QVBoxLayout, QWidget

from hyoka_desktop.messages.window import word
from hyoka_desktop.services.reviewing import LineState, Review, Spot, Take
from hyoka_desktop.ui.circulation.reviewdrafts import ReviewDrafts
from hyoka_desktop.ui.circulation.reviewtexts import ResultEdit, ThreeColumns
from hyoka_desktop.ui.circulation.reviewwords import plan_text
from hyoka_desktop.ui.icons import icon
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.theme import UNIT
from hyoka_desktop.ui.workplace import Workplace
from hyoka_desktop.ui.wrapping import WrappingLine

_HEIGHTS: Final = [220, 160]
_KEYS: Final = {Take.OURS: "Alt+1", Take.THEIRS: "Alt+2", Take.BOTH: "Alt+3"}
_PART_WORDS: Final = {Take.OURS: "review_keep_part", Take.THEIRS: "review_take_part"}
_WRITE_KEY, _AGAIN_KEY = "F2", "Alt+0"


class QuestionPane(QWidget):
    """Show one spot of a review and take its answer; `decided` tells that something was."""

    decided = Signal()

    def __init__(self, workplace: Workplace, review: Review) -> None:
        super().__init__()
        self._review = review
        self.spot = Spot(0)
        self.place = plain_label("", "heading")
        self.count = plain_label("", "caption")
        self.whole = QCheckBox(word("review_whole"))
        self.whole.toggled.connect(self._look_at_whole)
        self.columns = ThreeColumns()
        self.takes = {side: key_button("", partial(self.take, side), key) for side, key in _KEYS.items()}
        for button in self.takes.values():
            button.setCheckable(True)
        self.write = key_button(word("review_write"), self._begin_writing, _WRITE_KEY)
        self.again = key_button(word("review_again"), self._propose_again, _AGAIN_KEY)
        self.plan = plain_label("")
        self.plan.setWordWrap(True)
        self._result_caption = plain_label(word("review_result"), "caption")
        self.result = ResultEdit(workplace)
        self.result.written.connect(self._write)
        self.result.composed.connect(self._keep)
        self.drafts = ReviewDrafts(workplace)
        self._lay_out()

    def show_review(self, review: Review, spot: Spot) -> None:
        """Show a question of another review."""
        self._review = review
        self.show_spot(spot)

    def show_spot(self, spot: Spot) -> None:
        """Show a question: one conflict of a text, or all of a line."""
        self.spot = spot
        line = self._review.lines[spot.line]
        self.place.setText(line.place)
        self.columns.show_columns(self._review.columns(spot))
        has_result = line.field is not None and line.fate is None
        for part in (self.result, self._result_caption):
            part.setVisible(has_result)
        self._show_result()
        self._show_choice()

    def show_line(self, number: int) -> None:
        """Show the first question of a line that is open, or its first one."""
        waiting = (spot for spot in self._review.open_spots if spot.line == number)
        self.show_spot(next(waiting, self._first_of(number)))

    def take(self, side: Take) -> None:
        """Choose a side, where it is on offer."""
        if side in self._review.may_take(self.spot):
            self._review.take(self.spot, side)
            self._show_result()
            self._show_choice()
            self._keep(self.result.plain())
            self.decided.emit()

    def finish(self) -> None:
        """Take what an input method is composing as typed."""
        self.result.finish_composition()

    def _first_of(self, number: int) -> Spot:
        field = self._review.lines[number].field
        return Spot(number, 0 if field is not None and field.conflicts else None)

    def _look_at_whole(self, is_whole: bool) -> None:  # noqa: FBT001 - the signature of the signal
        number = self.spot.line
        self.show_spot(Spot(number) if is_whole else self._first_of(number))

    def _write(self, text: str) -> None:
        if self._review.may_write(self.spot.line):
            self._review.write(self.spot.line, text)
            self._show_choice()
            self._keep(text)
            self.decided.emit()

    def _keep(self, on_screen: str) -> None:
        if self._review.may_write(self.spot.line):
            self.drafts.keep(self._review, self.spot.line, on_screen)

    def _begin_writing(self) -> None:
        self.result.setFocus()

    def _propose_again(self) -> None:
        self._review.propose_again(self.spot.line)
        self.show_line(self.spot.line)
        self._keep(self.result.plain())
        self.decided.emit()

    def _show_result(self) -> None:
        review, spot = self._review, self.spot
        field = review.lines[spot.line].field
        self.result.setReadOnly(not review.may_write(spot.line))
        node = field.address.node if field is not None else 0
        self.result.show_result(review.result(spot.line), node, review.passage(spot))

    def _show_choice(self) -> None:
        """Show which side is chosen, what follows from it, and what else can be done."""
        review, spot = self._review, self.spot
        line, sides, chosen = review.lines[spot.line], review.may_take(spot), review.side(spot)
        for side, button in self.takes.items():
            name = (_PART_WORDS if line.part is not None else {}).get(side, f"review_take_{side.value}")
            name_button(button, word(name), _KEYS[side])
            button.setEnabled(side in sides)
            is_chosen = side in sides and side is chosen
            button.setChecked(is_chosen)
            button.setIcon(icon("check", "accent") if is_chosen else QIcon())
        self.write.setEnabled(review.may_write(spot.line))
        self.again.setEnabled(bool(sides) and review.state(spot.line) is LineState.DECIDED)
        conflicts = len(line.field.conflicts) if line.field is not None and sides else 0
        is_one = spot.conflict is not None and conflicts > 0
        self.count.setText(word("review_spot", number=(spot.conflict or 0) + 1, all=conflicts) if is_one else "")
        self.whole.setVisible(conflicts > 0)
        with QSignalBlocker(self.whole):
            self.whole.setChecked(conflicts > 0 and not is_one)
        self.plan.setText(plan_text(review, spot.line))

    def _lay_out(self) -> None:
        below = _Answers()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(UNIT // 2)
        column.addLayout(line_of(*self.takes.values(), self.write, self.again, None))
        column.addWidget(self.plan)
        column.addWidget(self._result_caption)
        column.addWidget(self.result, stretch=1)
        texts = QSplitter(Qt.Orientation.Vertical)
        texts.setChildrenCollapsible(False)
        texts.addWidget(self.columns)
        texts.addWidget(below)
        texts.setSizes(_HEIGHTS)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(UNIT, 0, 0, 0)
        whole.setSpacing(UNIT // 2)
        whole.addLayout(line_of(self.place, None, self.count, self.whole))
        whole.addWidget(texts, stretch=1)


class _Answers(QWidget):
    """Hold what answers a question, and need the height of its lines: narrow, the buttons go on below."""

    def event(self, event: QEvent) -> bool:
        """Measure anew where it became narrower, or says something else."""
        done = super().event(event)
        layout = self.layout()
        if layout is not None and event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self.setMinimumHeight(layout.totalMinimumHeightForWidth(self.width()))
        return done


def key_button(text: str, act: Callable[[], object], key: str = "") -> QPushButton:
    """Make a button that a key presses too, and that says which."""
    button = QPushButton()
    button.setAutoDefault(False)
    button.clicked.connect(lambda _checked: act())
    name_button(button, text, key)
    if key:
        # A shortcut of the button itself would press it a tenth of a second later.
        QShortcut(QKeySequence(key), button).activated.connect(button.click)
    return button


def name_button(button: QPushButton, text: str, key: str = "") -> None:
    """Give a button its text, with the key that presses it."""
    shown = word("review_key", text=text, shortcut=_spoken_key(key)) if key else text
    if button.text() != shown:
        button.setText(shown)
        button.setAccessibleName(text)


def _spoken_key(key: str) -> str:
    return key.replace("Up", word("key_up")).replace("Down", word("key_down"))


def line_of(*widgets: QWidget | None) -> WrappingLine:
    """Put widgets beside each other as in writing; those behind a None stand at the right edge."""
    line, is_end = WrappingLine(), False
    for widget in widgets:
        if widget is None:
            is_end = True
        elif is_end:
            line.add_at_end(widget)
        else:
            line.addWidget(widget)
    return line
