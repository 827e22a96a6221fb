"""Review what came back: every question is answered here, and only then it is taken, as one step after a backup."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QDialog, QSplitter, QWidget

from hyoka_desktop.errors import HyokaError
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.messages.window import spoken, word
from hyoka_desktop.services.backups import Places, Reason, back_up
from hyoka_desktop.services.circulation import take_back
from hyoka_desktop.services.reviewing import Review, Spot
from hyoka_desktop.services.taking import Receipt, take_after_backup
from hyoka_desktop.ui.circulation.question import QuestionPane, key_button, line_of
from hyoka_desktop.ui.circulation.reviewlist import ReviewList
from hyoka_desktop.ui.circulation.reviewwords import heading_text, summary_text
from hyoka_desktop.ui.dialogs.frame import add_foot, dialog_column, direction_for, open_with
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.tasks import CpuQueue, Job
from hyoka_desktop.ui.theme import UNIT
from hyoka_desktop.ui.workplace import Workplace

_SIZE: Final = (1180, 680)
_WIDTHS: Final = [300, 860]
_NEXT_KEY, _PREVIOUS_KEY = "Alt+Down", "Alt+Up"
_STALE: Final = "merge_stale"


class ReviewDialog(QDialog):
    """Show a review and take what is decided; `receipt` tells what was done, None as long as nothing was."""

    def __init__(self, parent: QWidget, workplace: Workplace, queue: CpuQueue, review: Review, places: Places) -> None:
        super().__init__(parent)
        self.setWindowTitle(word("review_title"))
        open_with(self, *_SIZE)
        self._workplace = workplace
        self._queue = queue
        self._places = places
        self._job: Job | None = None
        self.review = review
        self.receipt: Receipt | None = None
        self.list = ReviewList()
        self.list.currentRowChanged.connect(self._go_to_line)
        self.question = QuestionPane(workplace, review)
        self.question.decided.connect(self._follow)
        self.next = key_button(word("review_next"), partial(self.step, 1), _NEXT_KEY)
        self.previous = key_button(word("review_previous"), partial(self.step, -1), _PREVIOUS_KEY)
        self.own = key_button(word("review_own"), self._keep_own)
        self.state = plain_label("")
        self.state.setWordWrap(True)
        self.agree = key_button(word("review_take"), self.take)
        self.agree.setDefault(True)
        self.leave = key_button(word("cancel"), self.reject)
        self._lay_out()
        self.show_review(review)

    def show_review(self, review: Review, said: str = "") -> None:
        """Show another review of the file, from its first question on."""
        self.review = review
        self.list.show_review(review)
        self.question.setVisible(bool(review.lines))
        self.list.setVisible(bool(review.lines))
        if review.lines:
            spot = next(iter(review.open_spots), None)
            self.question.show_review(review, spot or Spot(0))
            self.list.go_to(self.question.spot.line)
            self.list.setFocus()
        self._follow(said)

    def step(self, by: int) -> None:
        """Go to the next question that is open, or with -1 to the one before."""
        spot = self.review.next_open(self.question.spot, by)
        if spot is not None:
            self.question.show_spot(spot)
            self.list.go_to(spot.line)

    def take(self) -> None:
        """Back up away from the window, then take what is decided."""
        self.question.finish()
        if self.review.open_spots or self._job is not None:
            return
        session, places = self._workplace.session, self._places
        job = Job("merge", lambda *_: back_up(session, places, Reason.MERGE), lambda _: self._finish(), self._fail)
        self._begin(word("take_back_backup"), job)

    def reject(self) -> None:
        """Close; what is still being worked out is heard of no more."""
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def _finish(self) -> None:
        """Write: the backup is there."""
        self._job = None
        review = self.review
        try:
            self.receipt = take_after_backup(self._workplace.session, review.proposal, review.decisions)
        except HyokaError as error:
            self._fail(error)
        else:
            self.question.drafts.end(review)
            self.accept()

    def _fail(self, error: BaseException) -> None:
        """Say what was refused; where the report is another by now, compare anew."""
        self._job = None
        if not isinstance(error, HyokaError):
            self._follow(word("crash_text", kind=type(error).__name__))
            raise error
        if error.code == _STALE:
            self._compare_anew()
        else:
            self._follow(spoken(message_of(error)))

    def _compare_anew(self) -> None:
        session, review = self._workplace.session, self.review
        path = review.proposal.incoming.path
        job = Job("merge", lambda *_: review.renewed(take_back(session, path)), self._show_renewed, self._fail)
        self._begin(word("take_back_again"), job)

    def _show_renewed(self, review: Review) -> None:
        self._job = None
        self.show_review(review, word("review_stale"))

    def _begin(self, said: str, job: Job) -> None:
        self._job = self._queue.submit(job)
        self._follow(said)

    def _go_to_line(self, number: int) -> None:
        if 0 <= number != self.question.spot.line:
            self.question.show_line(number)

    def _keep_own(self) -> None:
        self.question.drafts.give_up(place.address for place in self.review.foreign.texts)
        self.review.keep_own_items()
        self.question.show_spot(self.question.spot)
        self._follow()

    def _follow(self, said: str = "") -> None:
        """Show what all lines need, and whether everything can be taken."""
        review = self.review
        self.list.refresh(review)
        is_busy, waiting = self._job is not None, len(review.open_spots)
        self.state.setText(said or summary_text(review))
        for button in (self.next, self.previous):
            button.setEnabled(waiting > 0 and not is_busy)
        foreign = review.foreign
        count = len(foreign.texts) + len(foreign.nodes)
        self.own.setVisible(count > 0)
        self.own.setToolTip(word("review_own_tip", count=count))
        self.agree.setEnabled(waiting == 0 and not is_busy)
        for part in (self.list, self.question, self.own):
            part.setEnabled(not is_busy)

    def _lay_out(self) -> None:
        is_wide = direction_for(self, _SIZE[0]) is QBoxLayout.Direction.LeftToRight
        sides = QSplitter(Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical)
        sides.setChildrenCollapsible(False)
        sides.addWidget(self.list)
        sides.addWidget(self.question)
        sides.setSizes(_WIDTHS)
        sides.setStretchFactor(1, 1)
        column = dialog_column(self, UNIT)
        heading = plain_label(heading_text(self.review.proposal), "caption")
        heading.setWordWrap(True)
        column.addWidget(heading)
        column.addWidget(sides, stretch=1)
        column.addWidget(self.state)
        add_foot(self, line_of(self.previous, self.next, self.own, None, self.agree, self.leave))
