"""Give a repository a thread of its own: commands and drafts are messages, and nobody waits for a commit.

Commands are written in order. Where the world fails (disk full, folder gone) the failed command stays first in line and
is tried again; nothing behind it overtakes. Drafts are coalesced, the newest wins.
"""

import threading
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, TypeVar

from hyoka_desktop.domain.changes import Edit, Origin
from hyoka_desktop.domain.report import Address
from hyoka_desktop.errors import HyokaError
from hyoka_desktop.store.repository import Repository

T = TypeVar("T")
_RETRY_SECONDS: Final = 2.0


class Listener(Protocol):
    """What the thread tells; called on the store's thread."""

    def written(self) -> None:
        """Hear that everything given so far is on the disk."""
        ...

    def short_of_room(self) -> None:
        """Hear that it is on the disk, but only with the room that was set aside for the last save."""
        ...

    def failed(self, error: HyokaError) -> None:
        """Hear that writing failed; it will be tried again."""
        ...

    def broken(self, error: BaseException) -> None:
        """Hear of a fault of ours; the thread has stopped writing."""
        ...


class StoreEndedError(RuntimeError):
    """Answer a question to a store that has stopped, because it was closed or broke down."""


@dataclass(frozen=True, slots=True)
class Command:
    """Hold a command on its way to the file."""

    edit: Edit
    origin: Origin
    reverts: int | None
    initiator: str


@dataclass(frozen=True, slots=True)
class _Question:
    """Hold a question about the file, and its answer to come."""

    ask: Callable[[Repository], Any]
    answer: "Future[Any]" = field(default_factory=Future)


@dataclass(frozen=True, slots=True, eq=False)
class _Draft:
    """Hold a draft; each keystroke makes another one, so that a newer one is told from the one being written."""

    text: str | None


class StoreThread:
    """Own a repository on one thread, from opening to closing."""

    def __init__(self, open_repository: Callable[[], Repository], listener: Listener) -> None:
        self._listener = listener
        self._wake = threading.Condition()
        self._waiting: deque[Command | _Question] = deque()
        self._urgent: deque[_Question] = deque()
        self._drafts: dict[Address, _Draft] = {}
        self._look_wanted = False
        self._refused = False
        self._closing = False
        self._ended = False
        self._failures = 0
        self._opened: Future[None] = Future()
        self._open_repository = open_repository
        self._thread = threading.Thread(target=self._run, name="store", daemon=True)
        self._thread.start()
        self._opened.result()

    def apply(self, edit: Edit, origin: Origin = Origin.DO, reverts: int | None = None, initiator: str = "") -> None:
        """Have a command written; drafts of its fields that still wait are dropped, since it carries their end."""
        with self._wake:
            for address in list(self._drafts):
                if any(getattr(change, "address", None) == address for change in edit.changes):
                    del self._drafts[address]
            self._waiting.append(Command(edit, origin, reverts, initiator))
            self._wake.notify()

    def put_draft(self, address: Address, text: str | None) -> None:
        """Have the text on the screen kept; None drops it."""
        with self._wake:
            self._drafts[address] = _Draft(text)
            self._wake.notify()

    def ask(self, question: Callable[[Repository], T]) -> "Future[T]":
        """Have something done with the repository after all that was given before."""
        asked = _Question(question)
        with self._wake:
            if self._ended:
                asked.answer.set_exception(StoreEndedError())
            else:
                self._waiting.append(asked)
                self._wake.notify()
        return asked.answer

    def ask_first(self, question: Callable[[Repository], T]) -> "Future[T]":
        """Have something done before all that waits, even where that cannot be written."""
        asked = _Question(question)
        with self._wake:
            if self._ended:
                asked.answer.set_exception(StoreEndedError())
            else:
                self._urgent.append(asked)
                self._wake.notify_all()
        return asked.answer

    def unwritten(self) -> "tuple[tuple[Command, ...], Mapping[Address, str | None]]":
        """Tell the commands and drafts that are not yet on the disk, in their order."""
        with self._wake:
            commands = tuple(waiting for waiting in self._waiting if isinstance(waiting, Command))
            return commands, {address: draft.text for address, draft in self._drafts.items()}

    @property
    def has_waiting(self) -> bool:
        """Tell whether something is not yet on the disk."""
        with self._wake:
            return self._has_waiting

    @property
    def _has_waiting(self) -> bool:
        """Tell it while the lock is held; what was saved counts as waiting where the file holds it no more."""
        return bool(self._waiting or self._drafts or self._look_wanted or self._refused)

    @property
    def has_ended(self) -> bool:
        """Tell whether the thread writes no more: it was closed or broke down."""
        with self._wake:
            return self._ended

    def flush(self, timeout: float = 3.0) -> bool:
        """Try to write all that waits, at once also what failed before; tell whether it is on the disk."""
        with self._wake:
            failures = self._failures
            self._look_wanted = not self._ended
            self._wake.notify_all()
            self._wake.wait_for(lambda: self._ended or self._failures > failures or not self._has_waiting, timeout)
            return not self._has_waiting

    def close(self, timeout: float = 10.0) -> bool:
        """Write what waits, close the file; tell whether everything reached the disk."""
        with self._wake:
            self._closing = self._look_wanted = True
            self._wake.notify()
        self._thread.join(timeout)
        with self._wake:
            lost = any(isinstance(waiting, Command) for waiting in self._waiting) or bool(self._drafts) or self._refused
        return not self._thread.is_alive() and not lost

    def _run(self) -> None:
        try:
            repository = self._open_repository()
        except BaseException as error:  # noqa: BLE001 - handed to the thread that asked
            self._opened.set_exception(error)
            return
        self._opened.set_result(None)
        try:
            while self._step(repository):
                pass
        except Exception as error:  # noqa: BLE001 - a fault of ours must reach the window, not die with the thread
            self._listener.broken(error)
        finally:
            self._refuse_questions()
            repository.close()

    def _refuse_questions(self) -> None:
        with self._wake:
            self._ended = True
            waiting = (*self._urgent, *self._waiting)
            questions = [one for one in waiting if isinstance(one, _Question)]
        for question in questions:
            if question.answer.set_running_or_notify_cancel():
                question.answer.set_exception(StoreEndedError())

    def _step(self, repository: Repository) -> bool:
        """Do one thing; False when there is nothing more to do ever."""
        with self._wake:
            is_idle = not self._wake.wait_for(
                lambda: self._urgent or self._has_waiting or self._closing, _RETRY_SECONDS
            )
            urgent = self._urgent.popleft() if self._urgent else None
            first = self._waiting[0] if self._waiting else None
            drafts = dict(self._drafts) if first is None else {}
            if not (urgent or first or drafts or is_idle or self._has_waiting):
                return False
        if urgent is not None:
            self._do(repository, urgent)
            return True
        try:
            if first is not None:
                self._do(repository, first)
            elif drafts:
                repository.put_drafts({address: draft.text for address, draft in drafts.items()})
            else:
                repository.check_standing()
        except HyokaError as error:
            self._listener.failed(error)
            return self._wait_to_retry()
        if self._done(first, drafts):
            (self._listener.written if repository.has_reserve else self._listener.short_of_room)()
        return True

    def _do(self, repository: Repository, waiting: Command | _Question) -> None:
        if isinstance(waiting, Command):
            repository.apply(waiting.edit, origin=waiting.origin, reverts=waiting.reverts, initiator=waiting.initiator)
            return
        if not waiting.answer.set_running_or_notify_cancel():
            return
        try:
            waiting.answer.set_result(waiting.ask(repository))
        except Exception as error:  # noqa: BLE001 - the answer carries it to who asked
            waiting.answer.set_exception(error)

    def _done(self, first: Command | _Question | None, drafts: Mapping[Address, _Draft]) -> bool:
        """Take from what waits; tell whether the last of it has just reached the disk."""
        with self._wake:
            is_news = first is not None or bool(drafts) or self._refused
            if first is not None:
                self._waiting.popleft()
            if not isinstance(first, _Question):
                # Whatever is written is written only to the file as it was left.
                self._look_wanted = self._refused = False
            for address, draft in drafts.items():
                if self._drafts.get(address) is draft:
                    del self._drafts[address]
            self._wake.notify_all()
            return is_news and not self._has_waiting

    def _wait_to_retry(self) -> bool:
        with self._wake:
            self._failures += 1
            self._refused = True
            self._wake.notify_all()
            if self._closing:
                return False
            if not self._urgent:
                self._wake.wait(_RETRY_SECONDS)
            return True
