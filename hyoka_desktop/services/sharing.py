"""Work on a report that lies on a share: check it out to a local working copy, and publish that.

The lock beside the published file is held for the whole work, so that others see who works on it since when. All work
is done on the local copy; the share is touched only to fetch and to publish.
"""

import contextlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from hyoka_desktop.errors import HyokaError, WorldError
from hyoka_desktop.messages.window import word
from hyoka_desktop.services.author import current_author, now
from hyoka_desktop.services.session import Session, StoreEndedError
from hyoka_desktop.services.settings import Settings
from hyoka_desktop.services.workingcopies import WorkingCopy, working_copy_of
from hyoka_desktop.store.lock import FileLock, Holder, in_use
from hyoka_desktop.store.opening import read_header
from hyoka_desktop.store.places import real_place
from hyoka_desktop.store.publishing import (
    Place,
    Publication,
    anchor_in,
    fitting_name,
    publish,
    put_beside,
    share_errors,
    sweep_partials,
)
from hyoka_desktop.store.repository import Repository
from hyoka_desktop.store.shares import is_on_share
from hyoka_desktop.store.worker import Listener

_SHARED_FOLDERS: Final = "shared_folders"
_PREVIOUS_KEPT: Final = 3
_PATIENCE_SECONDS: Final = 60.0


def is_shared(path: Path, settings: Settings) -> bool:
    """Tell whether a file lies on a share, or in a folder that the person marked as shared."""
    marked = [Path(str(entry.get("path", ""))) for entry in settings.records(_SHARED_FOLDERS)]
    return is_on_share(path, [folder for folder in marked if folder.is_absolute()])


def mark_shared(folder: Path, settings: Settings) -> None:
    """Have the files of a folder treated as shared from now on; WorldError where that ends with the program."""
    entry = {"path": str(real_place(folder))}
    settings.change_records(_SHARED_FOLDERS, lambda known: [*(other for other in known if other != entry), entry])
    settings.confirm()


class Checkout:
    """Hold a working copy, and the lock beside the published file as far as the share lets it be held."""

    def __init__(self, copy: WorkingCopy, lock: FileLock, holder: Holder, *, is_resumed: bool = False) -> None:
        self.copy = copy
        self.is_resumed: Final = is_resumed
        self._lock = lock
        self._holder = holder

    @property
    def put_away(self) -> Path | None:
        """Tell where an older working copy went whose record could not be read."""
        return self.copy.put_away

    @property
    def base_sequence(self) -> int:
        """Tell the number of the newest command that is on the share."""
        return int(self.copy.record.base.partition("-")[0])

    def publish(self, content: bytes, anchor: str) -> None:
        """Put a state on the share; WorldError says why not, and then the share holds what it held, or both states."""
        self._hold()
        origin = self.copy.origin
        with share_errors(origin):
            place = Place(origin, _previous_path(origin), current_author(), now)
        record = self.copy.record
        expected = frozenset({record.base, record.pending} - {""})
        # Written before, since a program that ends in between could not know its own work again.
        self.copy = self.copy.noted(replace(record, pending=anchor))
        publish(Publication(content, anchor, expected), place)
        self.copy = self.copy.noted(replace(record, base=anchor, at=now(), pending=""))
        _thin_previous(origin)

    def put_beside(self, content: bytes, anchor: str) -> Path:
        """Put a state on the share under a name of its own, and count it as published; tell its place."""
        origin = self.copy.origin
        person = current_author().person
        name = word("beside_name", stem=origin.stem, person=person, stamp=_stamp())
        target = origin.with_name(fitting_name(name))
        put_beside(content, target)
        self.copy = self.copy.noted(replace(self.copy.record, base=anchor, at=now(), pending=""))
        return target

    def end(self, *, is_published: bool) -> None:
        """Give the lock back; a copy that is published whole goes."""
        if is_published:
            self.copy.remove()
        self._lock.release()

    def _hold(self) -> None:
        """See that the lock is held; a share that was away may have given it to somebody else."""
        if self._lock.is_held():
            return
        self._lock.release()
        with share_errors(self.copy.origin):
            other = self._lock.take(self._holder)
        if other is not None:
            raise in_use(self.copy.origin, other)


class SharedSession(Session):
    """Work on the working copy of a published file; `path` tells the published file."""

    def __init__(self, checkout: Checkout, listener: Listener) -> None:
        self.checkout: Final = checkout
        file = checkout.copy.file
        super().__init__(checkout.copy.origin, lambda: Repository.open(file, current_author(), now), listener)

    @property
    def has_unpublished(self) -> bool:
        """Tell whether there are commands that are not on the share."""
        return self.sequence != self.checkout.base_sequence

    @property
    def published_at(self) -> str:
        """Tell when the state on the share was fetched or published (ISO time)."""
        return self.checkout.copy.record.at

    def publish(self, checkpoint: Callable[[], None] = lambda: None) -> None:
        """Put what was done so far on the share. It takes as long as the share takes: not for the window's thread.

        `checkpoint` may raise to give up; then the share was not touched.
        """
        content, anchor = self._state()
        checkpoint()
        self.checkout.publish(content, anchor)

    def put_beside(self, checkpoint: Callable[[], None] = lambda: None) -> Path:
        """Put what was done so far beside the published file, which somebody replaced; tell its place."""
        content, anchor = self._state()
        checkpoint()
        return self.checkout.put_beside(content, anchor)

    def close(self) -> bool:
        """Write what waits, close the file and give the lock back; the working copy stays where it is unpublished."""
        has_drafts = self._has_drafts()
        saved = super().close()
        self.checkout.end(is_published=saved and not has_drafts and not self.has_unpublished)
        return saved

    def _has_drafts(self) -> bool:
        """Tell whether something typed is not final; a store that does not answer counts as yes."""
        try:
            return bool(self.ask(lambda repository: repository.drafts()).result(1.0))
        except (TimeoutError, HyokaError, RuntimeError):
            return True

    def _state(self) -> tuple[bytes, str]:
        """Tell the bytes of the file as it stands, without what is only typed, and their anchor."""
        copy = self.checkout.copy.file
        # Its name is never that of the copy itself.
        place = copy.with_name(f"{copy.name}.publish")
        with contextlib.ExitStack() as leftovers:
            leftovers.callback(_drop, place)
            _drop(place)
            try:
                self.backup(place).result(_PATIENCE_SECONDS)
            except (TimeoutError, StoreEndedError):
                raise WorldError("publish_unsaved", path=str(self.path)) from None
            with contextlib.closing(Repository.open(place, current_author(), now)) as repository:
                repository.check_log()
                repository.put_drafts(dict.fromkeys(repository.drafts()))
                anchor = repository.anchor
            with share_errors(place):
                return place.read_bytes(), anchor


def open_shared(path: Path, listener: Listener, version: str) -> SharedSession:
    """Check a published file out and open the working copy; WorldError names who has it checked out."""
    return _opened(check_out(path, version), listener)


def open_working_copy(copy: WorkingCopy, listener: Listener, version: str) -> SharedSession:
    """Open a working copy that was left unpublished, even where the share is away or somebody else holds the file."""
    return _opened(resume(copy, version), listener)


def check_out(path: Path, version: str) -> Checkout:
    """Lock a published file and fetch it; a working copy with unpublished work is taken up again instead."""
    origin = real_place(path)
    read_header(origin)
    lock, holder = FileLock(origin), _holder(version)
    with share_errors(origin):
        other = lock.take(holder)
    if other is not None:
        raise in_use(origin, other)
    with contextlib.ExitStack() as undo:
        undo.callback(lock.release)
        sweep_partials(origin)
        known = _known(origin)
        checkout = Checkout(known or WorkingCopy.fetch(origin), lock, holder, is_resumed=known is not None)
        undo.pop_all()
    return checkout


def resume(copy: WorkingCopy, version: str) -> Checkout:
    """Take up a working copy; the lock is held where it can be, and publishing asks for it again."""
    lock, holder = FileLock(copy.origin), _holder(version)
    with contextlib.suppress(OSError):
        if copy.origin.exists():
            lock.take(holder)
    return Checkout(_reconciled(copy), lock, holder, is_resumed=True)


def _opened(checkout: Checkout, listener: Listener) -> SharedSession:
    try:
        return SharedSession(checkout, listener)
    except BaseException:
        checkout.end(is_published=False)
        raise


def _known(origin: Path) -> WorkingCopy | None:
    """Find the working copy of a file with unpublished work in it."""
    copy = working_copy_of(origin)
    if copy is None:
        return None
    copy = _reconciled(copy)
    return copy if copy.has_unpublished() else None


def _reconciled(copy: WorkingCopy) -> WorkingCopy:
    """Find out whether a publication arrived of which the program did not see the end."""
    record = copy.record
    if not record.pending:
        return copy
    try:
        arrived = anchor_in(copy.origin.read_bytes(), current_author(), now) == record.pending
    except OSError:
        return copy
    return copy.noted(replace(record, base=record.pending, pending="")) if arrived else copy


def _holder(version: str) -> Holder:
    author = current_author()
    return Holder(author.person, author.computer, now(), version)


def previous_versions(target: Path) -> Sequence[Path]:
    """Tell the kept earlier published files, the newest first."""
    return [place for _, place in sorted(_stamped(target), reverse=True)]


def _stamped(target: Path) -> Iterator[tuple[tuple[str, int], Path]]:
    """Find the kept files with their time and, within one second, their number."""
    pattern = re.escape(_named_previous(target, "STAMP").name).replace("STAMP", r"(\d{8}-\d{6})(?:-(\d+))?")
    for place in target.parent.iterdir():
        match = re.fullmatch(pattern, place.name)
        if match is not None:
            yield (match[1], int(match[2] or 1)), place


def _previous_path(target: Path) -> Path:
    """Tell a free name under which the published file is kept, after all that are kept already.

    Where the clock is behind the newest of them, its time is taken with the next number: the names tell the order.
    """
    newest, last = max((key for key, _ in _stamped(target)), default=("", 0))
    stamp = max(_stamp(), newest)
    number = last + 1 if stamp == newest else 1
    return _named_previous(target, stamp if number == 1 else f"{stamp}-{number}")


def _named_previous(target: Path, stamp: str) -> Path:
    return target.with_name(fitting_name(word("previous_name", stem=target.stem, stamp=stamp)))


def _thin_previous(target: Path) -> None:
    with contextlib.suppress(OSError):
        for old in previous_versions(target)[_PREVIOUS_KEPT:]:
            old.unlink()


def _stamp() -> str:
    return now()[:19].replace("-", "").replace(":", "").replace("T", "-")


def _drop(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
