"""What the window does when saving fails: try again, or go on in a file at another place."""

from datetime import datetime
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from hyoka_desktop.errors import HyokaError
from hyoka_desktop.messages.window import APPLICATION, word
from hyoka_desktop.services.rescue import rescue
from hyoka_desktop.services.session import Session
from hyoka_desktop.ui.dialogs.choosing import choose_target
from hyoka_desktop.ui.dialogs.notice import choose, tell_error
from hyoka_desktop.ui.tasks import JobCancelled

if TYPE_CHECKING:
    from hyoka_desktop.ui.window import Window


class WayOut(Enum):
    """Name the ways to leave a report that could not be written."""

    RETRY = auto()
    ELSEWHERE = auto()
    DISCARD = auto()


class SavingWork:
    """Carry out what the trouble bar offers."""

    def __init__(self, window: "Window") -> None:
        self._window = window

    def write_now(self) -> bool:
        """Make final and write what waits, away from the window; tell whether all is on the disk."""
        desk = self._window.desk
        if desk is None:
            return True
        desk.commit()
        try:
            return self._flushed(desk.workplace.session)
        except JobCancelled:
            return False

    def write_all(self) -> bool:
        """Write what waits before a report is left; where that cannot be done, ask. False where the person stays."""
        while (desk := self._window.desk) is not None and not self._flushed(desk.workplace.session):
            answer = self._ask_where_to()
            if answer is None:
                return False
            if answer is WayOut.DISCARD:
                break
        return True

    def _flushed(self, session: Session) -> bool:
        """Wait away from the window until everything is written; tell whether it is."""
        return self._window.long_work.carry_out(word("waiting_save"), lambda *_: session.flush())

    def _ask_where_to(self) -> WayOut | None:
        """Ask how a report is left that could not be written; bring it elsewhere at once where the person wants that.

        None where the person would rather stay. A report that broke down offers no other try.
        """
        desk = self._window.desk
        is_broken = desk is not None and desk.workplace.session.is_broken
        ways = {word("trouble_elsewhere"): WayOut.ELSEWHERE, word("discard"): WayOut.DISCARD}
        if not is_broken:
            ways = {word("retry"): WayOut.RETRY, **ways}
        text = word("unfinished_broken" if is_broken else "unfinished_close")
        way = ways.get(choose(self._window, APPLICATION, text, list(ways)) or "")
        if way is WayOut.ELSEWHERE:
            self.save_elsewhere()
        return way

    def save_elsewhere(self) -> None:
        """Choose another place, bring everything there and go on there; the old file is left as it is."""
        desk = self._window.desk
        if desk is None:
            return
        desk.commit()
        session = desk.workplace.session
        time = datetime.now().astimezone().strftime("%H%M")
        proposed = Path.home() / f"{word('trouble_name', heading=session.path.stem, time=time)}.hyoka"
        target = choose_target(self._window, word("trouble_elsewhere"), proposed, ".hyoka")
        if target is None:
            return
        place = desk.workplace.attended_address
        said = word("waiting_rescue", name=target.name)
        try:
            with_history = self._window.long_work.carry_out(
                said, lambda checkpoint, _: rescue(session, target, checkpoint)
            )
        except JobCancelled:
            return
        except HyokaError as error:
            tell_error(self._window, error)
            return
        self._window.give_up_report()
        if self._window.open_file(target, offer_drafts=False) and place is not None and self._window.desk is not None:
            self._window.desk.go_to(place)
        key = "trouble_moved" if with_history else "trouble_moved_without_history"
        self._window.say(word(key, name=target.name))
