"""The board: what was handed out to whom, until when, and how far it is; what is late has a word and a sign."""

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QWidget

from hyoka_desktop.domain import era
from hyoka_desktop.domain.handouts import Handout, Standing
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import handouts
from hyoka_desktop.services.author import now
from hyoka_desktop.services.handouts import BoardLine
from hyoka_desktop.ui.dialogs.frame import add_foot, dialog_column, open_with
from hyoka_desktop.ui.editors.line import written_date
from hyoka_desktop.ui.linelist import LineList
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.theme import UNIT
from hyoka_desktop.ui.workplace import Workplace

_SIZE: Final = (1040, 460)
_HEADS: Final = (
    *("board_standing", "handout_to", "handout_items", "handout_due", "board_day", "handout_format", "board_year"),
)
_ITEMS: Final = 2


class HandoutBoard(QDialog):
    """List the handouts, oldest first; `take_back` begins to take one, when the board is closed."""

    def __init__(self, parent: QWidget, workplace: Workplace, take_back: Callable[[Handout], None]) -> None:
        super().__init__(parent)
        self.setWindowTitle(word("board_title"))
        open_with(self, *_SIZE)
        self._workplace = workplace
        self._take_back = take_back
        self._lines: tuple[BoardLine, ...] = ()
        self.list = LineList([word(head) for head in _HEADS], _ITEMS)
        self.list.setAccessibleName(word("board_title"))
        self.list.setSelectionMode(LineList.SelectionMode.SingleSelection)
        self.list.chosen_changed.connect(self._follow)
        self.list.activated.connect(lambda _: self._take())
        self.text = plain_label("")
        self.text.setWordWrap(True)
        self.buttons = {
            "board_take": self._button("board_take", self._take),
            "board_note": self._button("board_note", self._note_returned),
            "board_forget": self._button("board_forget", self._forget),
            "close": self._button("close", self.reject),
        }
        workplace.withhold(*(button for name, button in self.buttons.items() if name != "close"))
        self._lay_out()
        self.fill(0)
        self.list.setFocus()

    def fill(self, row: int, said: str = "") -> None:
        """Show what is handed out now, a line in hand."""
        self._lines = handouts.board(self._workplace.session)
        self.list.fill([_cells(line) for line in self._lines])
        if self._lines:
            self.list.selectRow(min(row, len(self._lines) - 1))
        self.text.setText(said or word("board_text" if self._lines else "board_none"))
        self._follow()

    @property
    def current(self) -> BoardLine | None:
        """Tell the line in hand."""
        rows = self.list.chosen_lines
        return self._lines[rows[0]] if rows and rows[0] < len(self._lines) else None

    def _follow(self) -> None:
        line = self.current
        self.buttons["board_take"].setEnabled(line is not None)
        self.buttons["board_forget"].setEnabled(line is not None)
        is_out = line is not None and line.standing in {Standing.SENT, Standing.LATE}
        self.buttons["board_note"].setEnabled(is_out)

    def _take(self) -> None:
        line = self.current
        if line is not None and not self._workplace.is_read_only:
            self.accept()
            self._take_back(line.handout)

    def _note_returned(self) -> None:
        self._change(handouts.mark_returned, "board_noted")

    def _forget(self) -> None:
        self._change(handouts.forget, "board_forgot")

    def _change(self, act: Callable[..., object], said: str) -> None:
        """Write something about the handout in hand, and show the board as it is then."""
        line = self.current
        if line is None:
            return
        row, session = self.list.chosen_lines[0], self._workplace.session
        self._workplace.attempt(lambda: act(session, line.handout))
        self.fill(row, word(said, to=line.handout.to))

    def _button(self, name: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(word(name))
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked: act())
        return button

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(UNIT)
        for name, button in self.buttons.items():
            if name == "close":
                line.addStretch()
            line.addWidget(button)
        column = dialog_column(self)
        column.addWidget(self.text)
        column.addWidget(self.list, stretch=1)
        add_foot(self, line)


def _cells(line: BoardLine) -> tuple[str, ...]:
    handout = line.handout
    return (
        _standing(line),
        handout.to,
        "、".join(filter(None, line.numbers)),
        written_date(handout.due),
        written_date(handout.sent[:10]),
        word(f"board_{handout.format.value}"),
        era.format_fiscal_year(handout.passport.year),
    )


def _standing(line: BoardLine) -> str:
    """Say how far a handout is: how many days late, or since when it is back."""
    handout, standing = line.handout, word(f"board_{line.standing.value}")
    match line.standing:
        case Standing.LATE:
            days = date.fromisoformat(now()[:10]) - date.fromisoformat(handout.due)
            return word("board_days_late", standing=standing, days=days.days)
        case Standing.RETURNED | Standing.IMPORTED:
            day = handout.imported or handout.returned
            return word("board_moment", standing=standing, day=written_date(day[:10]))
    return standing
