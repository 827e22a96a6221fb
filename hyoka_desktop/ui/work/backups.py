"""What the window does with backups: every half hour, on closing, before what changes much, and when somebody looks."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QDeadlineTimer, QTimer

from hyoka_desktop.errors import HyokaError
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.messages.window import word
from hyoka_desktop.services import backups
from hyoka_desktop.services.author import now
from hyoka_desktop.services.backups import EVERY_MINUTES, Outcome, Places, Reason
from hyoka_desktop.services.recovery import spoken_time
from hyoka_desktop.services.session import Session
from hyoka_desktop.ui.dialogs.backups import BackupsDialog
from hyoka_desktop.ui.dialogs.notice import ask, tell_error
from hyoka_desktop.ui.longwork import Checkpoint
from hyoka_desktop.ui.tasks import Job, JobCancelled

if TYPE_CHECKING:
    from hyoka_desktop.ui.window import Window

_MINUTE_MS: Final = 60_000
_SHUTTING_DOWN_MS: Final = _MINUTE_MS


class BackupWork:
    """Carry out the backups of a window. `clock` tells the time as ISO text."""

    def __init__(self, window: "Window", clock: Callable[[], str] = now) -> None:
        self._window = window
        self.clock = clock
        self._told: set[str] = set()
        self._scheduled: Job | None = None
        self._hurry = QDeadlineTimer(0)
        self.timer = QTimer(window, interval=EVERY_MINUTES * _MINUTE_MS)
        self.timer.timeout.connect(self.back_up_if_changed)
        self.timer.start()

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Tell what is done for each action."""
        return {"backups": self.show}

    def show(self) -> None:
        """Open the list of backups."""
        desk = self._window.desk
        if desk is not None:
            desk.commit()
            dialog = BackupsDialog(self._window, desk.workplace, self._window.settings)
            dialog.exec()
            dialog.deleteLater()
            if dialog.wanted is not None:
                self._window.moving.go_to(dialog.wanted)

    def back_up_if_changed(self) -> None:
        """Back up the open report away from the window; nothing is made where nothing changed."""
        desk = self._window.desk
        if desk is None or desk.workplace.is_read_only:
            return
        work = self._work(desk.workplace.session, Reason.TIMER)
        self._scheduled = self._window.queue.submit(Job("backup", work, self._hear, self._hear_fault))

    def back_up_at_closing(self) -> None:
        """Back up what changed before the report is left.

        Nothing here keeps the person from leaving it: a fault is told, and where the backup takes too long it can be
        given up. There is none where the report could not be written, which was asked about, and none while the
        computer is shutting down.
        """
        desk = self._window.desk
        if desk is None or desk.workplace.is_read_only or not self._hurry.hasExpired():
            return
        session = desk.workplace.session
        if session.has_unsaved or session.is_broken:
            return
        if self._scheduled is not None:
            self._scheduled.cancel()
        work = self._work(session, Reason.CLOSING)
        try:
            self._hear(self._window.long_work.carry_out(word("waiting_backup_closing"), work, lambda _: None))
        except JobCancelled:
            return
        except HyokaError as error:
            self._tell_once(error)

    def hurry(self) -> None:
        """Make no backup on closing for the next minute, since the computer is shutting down and waits for nobody."""
        self._hurry = QDeadlineTimer(_SHUTTING_DOWN_MS)

    def backup_before(self, reason: Reason) -> bool:
        """Back up before something that changes much; tell whether to go on. A fault is asked about."""
        desk = self._window.desk
        if desk is None or desk.workplace.is_read_only:
            return True
        desk.commit()
        work = self._work(desk.workplace.session, reason)
        try:
            self._hear(self._window.long_work.carry_out(word("waiting_backup"), work))
        except JobCancelled:
            return False
        except HyokaError as error:
            message = message_of(error)
            text = "\n".join((message.what, message.safe, word("backup_before_ask")))
            return ask(self._window, word("backup_failed_title"), text, word("backup_before_go_on"))
        return True

    def _work(self, session: Session, reason: Reason) -> Callable[[Checkpoint, object], Outcome]:
        """Tell how to back up on a worker's thread, without the window."""
        places, clock = self._places, self.clock
        return lambda checkpoint, _: backups.back_up(session, places, reason, clock, checkpoint)

    @property
    def _places(self) -> Places:
        return backups.places_of(self._window.settings)

    def _hear(self, outcome: Outcome) -> None:
        if outcome.second_fault is not None:
            self._tell_once(outcome.second_fault)
        elif outcome.backup is not None:
            self._window.say(word("backup_made", time=spoken_time(outcome.backup.at)))

    def _hear_fault(self, fault: BaseException) -> None:
        if not isinstance(fault, HyokaError):
            raise fault
        self._tell_once(fault)

    def _tell_once(self, error: HyokaError) -> None:
        """Tell a fault once as long as the window is open: work is never stopped by it again."""
        if error.code not in self._told:
            self._told.add(error.code)
            tell_error(self._window, error)
