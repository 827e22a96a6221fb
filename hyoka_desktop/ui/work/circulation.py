"""What the window does with circulation: hand out, take back what returned, show the board."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog

from hyoka_desktop.errors import HyokaError
from hyoka_desktop.messages.window import action_text, word
from hyoka_desktop.services import circulation
from hyoka_desktop.services.backups import places_of
from hyoka_desktop.services.receipts import receipt_text
from hyoka_desktop.services.reviewing import Review
from hyoka_desktop.services.session import Session
from hyoka_desktop.services.taking import Receipt
from hyoka_desktop.ui.circulation.board import HandoutBoard
from hyoka_desktop.ui.circulation.handout import HandoutDialog
from hyoka_desktop.ui.circulation.receipt import ReceiptDialog
from hyoka_desktop.ui.circulation.review import ReviewDialog
from hyoka_desktop.ui.dialogs.notice import tell_error
from hyoka_desktop.ui.tasks import JobCancelled

if TYPE_CHECKING:
    from hyoka_desktop.ui.window import Window
    from hyoka_desktop.ui.workplace import Workplace


class CirculationWork:
    """Carry out the actions of circulation of a window; files are made and read away from its thread."""

    def __init__(self, window: "Window") -> None:
        self._window = window
        self._folder: Path | None = None
        self._kept: tuple[Session, Path, Review] | None = None

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Tell what is done for each action."""
        return {"hand_out": self.hand_out, "take_back": self.take_back, "handouts": self.show_board}

    def hand_out(self) -> None:
        """Open the dialog that hands items out."""
        desk = self._window.desk
        if desk is not None:
            desk.commit()
            dialog = HandoutDialog(self._window, desk.workplace, self._window.queue, desk.item)
            dialog.exec()
            dialog.deleteLater()

    def show_board(self) -> None:
        """Open the board of what was handed out."""
        desk = self._window.desk
        if desk is not None:
            desk.commit()
            dialog = HandoutBoard(self._window, desk.workplace, lambda _: QTimer.singleShot(0, self.take_back))
            dialog.exec()
            dialog.deleteLater()

    def take_back(self) -> None:
        """Ask for a file that came back, and compare it with the report."""
        desk = self._window.desk
        if desk is None:
            return
        desk.commit()
        folder = self._folder or desk.workplace.session.path.parent
        chosen, _ = QFileDialog.getOpenFileName(
            self._window, action_text("take_back"), str(folder), word("filter_returned")
        )
        if chosen:
            self._folder = Path(chosen).parent
            self.compare(Path(chosen))

    def compare(self, path: Path) -> None:
        """Read a file that came back, away from the window, and review what it would change."""
        desk = self._window.desk
        if desk is None:
            return
        desk.commit()
        workplace = desk.workplace
        session, sequence = workplace.session, workplace.session.sequence

        kept = self._kept_for(session, path)

        def work(*_: object) -> Review:
            proposal = circulation.take_back(session, path)
            return Review(session, proposal) if kept is None else kept.renewed(proposal)

        try:
            review = self._window.long_work.carry_out(word("take_back_reading", name=path.name), work, lambda _: None)
        except JobCancelled:
            return
        except HyokaError as error:
            tell_error(self._window, error)
            return
        self._review(workplace, path, sequence, review)

    def _review(self, workplace: "Workplace", path: Path, sequence: int, review: Review) -> None:
        """Review what was found, unless somebody typed meanwhile: then it is compared again."""
        desk = self._window.desk
        if desk is None or desk.workplace is not workplace:
            return
        desk.commit()
        if workplace.session.sequence != sequence:
            self.compare(path)
            return
        dialog = ReviewDialog(self._window, workplace, self._window.queue, review, places_of(self._window.settings))
        dialog.exec()
        receipt = dialog.receipt
        self._keep(workplace.session, path, dialog.review if receipt is None else None)
        dialog.deleteLater()
        if receipt is not None:
            self._tell(workplace, receipt)

    def _keep(self, session: Session, path: Path, review: Review | None) -> None:
        """Keep what was decided in a review that was left, for the next time that the same file is taken back."""
        self._kept = (session, path, review) if review is not None and review.is_begun else None
        if self._kept is not None:
            self._window.say(word("review_kept"))

    def _kept_for(self, session: Session, path: Path) -> Review | None:
        if self._kept is None or self._kept[:2] != (session, path):
            return None
        return self._kept[2]

    def _tell(self, workplace: "Workplace", receipt: Receipt) -> None:
        self._window.say(word("take_back_done"))
        text = receipt_text(workplace.form, receipt)
        dialog = ReceiptDialog(self._window, text, receipt.proposal.incoming.path)
        dialog.exec()
        dialog.deleteLater()
