"""What the window does with reports on shares: open the working copy, publish, offer what was left, watch for news.

Whatever touches the share goes to a queue of its own, so that a share that does not answer holds up nothing else.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from hyoka_desktop.domain import era
from hyoka_desktop.errors import HyokaError
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.messages.window import APPLICATION, spoken, word
from hyoka_desktop.services.backups import places_of
from hyoka_desktop.services.session import Session, open_session
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.services.sharewatch import ShareNews, ShareState, look_at_share, news_between
from hyoka_desktop.services.sharing import SharedSession, is_shared, mark_shared, open_shared, open_working_copy
from hyoka_desktop.services.workingcopies import WorkingCopy, unpublished_copies
from hyoka_desktop.ui.dialogs.notice import ask, choose, tell, tell_error, tell_unkept
from hyoka_desktop.ui.listening import StoreNews
from hyoka_desktop.ui.longwork import Checkpoint
from hyoka_desktop.ui.opening import Opener
from hyoka_desktop.ui.pages.fieldblock import plain_label
from hyoka_desktop.ui.tasks import CpuQueue, Job, JobCancelled

if TYPE_CHECKING:
    from hyoka_desktop.ui.window import Window

_LOOK_MS = 15_000
_AT_CLOSING = "publish_at_closing"
_ALWAYS = "always"
_PUT_BESIDE = frozenset({"published_changed", "published_gone"})


class SharingWork:
    """Carry out the sharing actions of a window; `label` tells the state of the open report towards its share."""

    def __init__(self, window: "Window", version: str) -> None:
        self._window = window
        self._version = version
        self._queue = CpuQueue()
        self._seen: ShareState | None = None
        self._end_subscription: Callable[[], None] | None = None
        self.label = plain_label("")
        self._looking = QTimer(window, interval=_LOOK_MS)
        self._looking.timeout.connect(self.look)

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """Tell what is done for each action."""
        return {
            "publish": self.publish,
            "publish_at_closing": self.choose_at_closing,
            "reopen": self.reopen,
            "mark_shared": self.mark,
        }

    def open(self, path: Path) -> Session | None:
        """Open a report; one on a share in its working copy. A fault is told; None tells of nothing, or given up."""
        window = self._window
        news, settings = window.save_state.store_news, window.settings
        begin = partial(_begun, news=news, settings=settings, version=self._version)
        try:
            return Opener(begin, news, places_of(settings), window.long_work).open_or_look(window, path)
        except JobCancelled:
            return None

    def begin(self, session: Session) -> None:
        """Tell of another report from now on."""
        self.end()
        if isinstance(session, SharedSession):
            self._end_subscription = session.subscribe(lambda _: self._show())
            self._window.say(word("checkout_resumed" if session.checkout.is_resumed else "checked_out"))
            self._tell_put_away(session.checkout.put_away)
        elif session.copied_at is not None and session.version is None:
            self._looking.start()
            self.look()
        self._show()

    def _tell_put_away(self, place: Path | None) -> None:
        """Say where an older working copy went, when the report is shown."""
        if place is not None:
            text = word("copy_put_away", path=str(place))
            QTimer.singleShot(0, self._window, lambda: tell(self._window, word("share_title"), text))

    def end(self) -> None:
        """Tell nothing any more."""
        self._looking.stop()
        self._queue.cancel_all()
        if self._end_subscription is not None:
            self._end_subscription()
            self._end_subscription = None
        self._seen = None
        self.label.clear()

    def close(self) -> None:
        """End the queue."""
        self._queue.close()

    def publish(self) -> None:
        """Put on the share what was done so far."""
        session = self._session()
        if not isinstance(session, SharedSession):
            self._window.say(word("not_shared"))
        elif not session.has_unpublished:
            self._window.say(word("nothing_to_publish"))
        elif self._published(session):
            self._window.say(word("published"))

    def settle(self) -> bool:
        """Ask what becomes of unpublished work before the report is left; False where the person stays."""
        if self._window.long_work.is_busy:
            return False
        session = self._session()
        while isinstance(session, SharedSession) and session.has_unpublished:
            answer = self._answer_at_closing()
            if answer is None:
                return False
            if answer == word("close_unpublished") or self._published(session):
                return True
        return True

    def choose_at_closing(self) -> None:
        """Let the person say whether closing publishes by itself."""
        settings = self._window.settings
        always = ask(
            self._window, APPLICATION, word("at_closing_ask"), word("at_closing_always"), word("at_closing_each")
        )
        settings.remember({_AT_CLOSING: _ALWAYS if always else ""})
        tell_unkept(self._window, settings)

    def reopen(self) -> None:
        """Open anew a report that is looked at in a copy."""
        session = self._session()
        if session is not None and session.copied_at is not None and session.version is None:
            self._window.open_file(session.path)
        else:
            self._window.say(word("is_newest"))

    def mark(self) -> None:
        """Have the folder of the report treated as shared, and work on in a working copy."""
        session = self._session()
        if session is None:
            return
        path, settings, look = session.path, self._window.settings, self._window.long_work.look
        said = word("waiting_look", name=path.parent.name)
        if look(said, lambda: is_shared(path, settings)):
            self._window.say(word("already_shared"))
            return
        if (
            ask(self._window, APPLICATION, word("mark_shared_ask", folder=str(path.parent)), word("mark_shared_do"))
            and self._window.show_start()
        ):
            try:
                look(said, lambda: mark_shared(path.parent, settings))
            except HyokaError as error:
                tell_error(self._window, error)
            self._window.open_file(path)

    def waiting(self) -> list[WorkingCopy]:
        """Tell the working copies that were left unpublished."""
        return unpublished_copies()

    def offer(self, copy: WorkingCopy) -> None:
        """Let the person go on with a working copy, publish it or throw it away."""
        choices = tuple(word(f"waiting_{name}") for name in ("continue", "publish", "discard"))
        text = word("waiting_text", path=str(copy.origin))
        answer = choose(self._window, word("waiting_title"), text, choices)
        if answer == choices[2]:
            self._discard(copy)
        elif answer is not None and self._opened(copy) and answer == choices[1]:
            self.publish()

    def look(self) -> None:
        """Look at the share of a report that is only read."""
        session = self._session()
        if session is not None:
            path = session.path
            self._queue.submit(Job("look", lambda *_: look_at_share(path), self._see, _raise))

    def _opened(self, copy: WorkingCopy) -> bool:
        news, version, said = (
            self._window.save_state.store_news,
            self._version,
            word("waiting_open", name=copy.origin.name),
        )
        try:
            session = self._window.long_work.carry_out(
                said, lambda *_: open_working_copy(copy, news, version), lambda session: session.close()
            )
        except JobCancelled:
            return False
        except HyokaError as error:
            tell_error(self._window, error)
            return False
        self._window.show_session(session)
        return True

    def _discard(self, copy: WorkingCopy) -> None:
        sure = word("discard_sure", path=str(copy.origin))
        if not ask(self._window, word("waiting_title"), sure, word("discard_do")):
            return
        try:
            kept = copy.discard()
        except HyokaError as error:
            tell_error(self._window, error)
        else:
            self._window.say(word("discarded", path=str(kept)))
        self._window.show_start()

    def _answer_at_closing(self) -> str | None:
        if self._window.settings.text(_AT_CLOSING) == _ALWAYS:
            # Asked all the same where it fails, so that nobody is held in the window.
            session = self._session()
            if isinstance(session, SharedSession) and self._published(session):
                return word("close_unpublished")
        choices = (word("publish_and_close"), word("close_unpublished"))
        return choose(self._window, APPLICATION, word("unpublished_close"), choices)

    def _published(self, session: SharedSession) -> bool:
        """Publish and wait for it; a fault is told, and where the share was changed the work may be put beside."""
        desk = self._window.desk
        if desk is not None:
            desk.commit()
        try:
            return self._published_or_beside(session)
        except JobCancelled:
            self._window.say(word("publishing_stopped"))
            return False

    def _published_or_beside(self, session: SharedSession) -> bool:
        error = self._carried_out(session.publish)
        if error is None:
            return True
        if error.code not in _PUT_BESIDE:
            tell_error(self._window, error)
            return False
        choices = (word("publish_beside"), word("leave_for_later"))
        if choose(self._window, word("share_title"), spoken(message_of(error)), choices) != choices[0]:
            return False
        return self._put_beside(session)

    def _put_beside(self, session: SharedSession) -> bool:
        error = self._carried_out(session.put_beside)
        if error is not None:
            tell_error(self._window, error)
            return False
        self._window.say(word("beside_done", path=str(session.path.parent)))
        return True

    def _carried_out(self, act: Callable[[Checkpoint], object]) -> HyokaError | None:
        """Do something with the share and wait for it; tell the fault of the world."""
        try:
            self._window.long_work.carry_out(word("publishing"), lambda checkpoint, _: act(checkpoint))
        except HyokaError as error:
            return error
        finally:
            self._show()
        return None

    def _session(self) -> Session | None:
        desk = self._window.desk
        return desk.workplace.session if desk is not None else None

    def _show(self) -> None:
        session = self._session()
        if isinstance(session, SharedSession):
            key = "share_state_unpublished" if session.has_unpublished else "share_state"
            self.label.setText(word(key, time=session.published_at[11:16]))

    def _see(self, state: ShareState) -> None:
        """Tell who works on the file, or what became of it since it was first looked at."""
        first = self._seen or state
        self._seen = first
        news = news_between(first, state)
        if news is ShareNews.PUBLISHED:
            self.label.setText(word("news_published"))
        elif news is ShareNews.RELEASED:
            self.label.setText(word("news_released"))
        elif state.holder is not None and state.holder.person:
            since = era.format_moment(state.holder.since)
            self.label.setText(word("held_state", person=state.holder.person, since=since))


def _begun(path: Path, news: StoreNews, settings: Settings, version: str) -> Session:
    """Open a report on the worker's thread, so without the window."""
    if is_shared(path, settings):
        return open_shared(path, news, version)
    return open_session(path, news)


def _raise(error: BaseException) -> None:
    raise error
