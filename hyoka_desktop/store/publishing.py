"""Put a whole report file on a share in place of the one that was checked out, step by step so that none is ever lost.

The share holds the old file or the new one at every moment, never a part. The old one is kept under a name of its own.
Where the share does not hold what was checked out, nothing is touched.
"""

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hyoka_desktop.errors import HyokaError, WorldError
from hyoka_desktop.store.copying import RepositoryCopy
from hyoka_desktop.store.faults import FULL
from hyoka_desktop.store.journals import put_in_place
from hyoka_desktop.store.log import Author
from hyoka_desktop.store.renaming import move_over
from hyoka_desktop.store.repository import Clock

_PARTIAL: Final = ".~publish-"
_KEEPING: Final = ".~previous-"
_OLD_SECONDS: Final = 24 * 3600
"""After this nobody is still writing a part of a file that is not his own."""
_LONGEST_NAME: Final = 255


@dataclass(frozen=True, slots=True)
class Publication:
    """Say what is to be put on the share: the content and its anchor, and the anchors that may stand there now."""

    content: bytes
    anchor: str
    expected: frozenset[str]


@dataclass(frozen=True, slots=True)
class Place:
    """Say where: the published file, the name under which the old one is kept, and who proves files at what time."""

    target: Path
    previous: Path
    author: Author
    clock: Clock


def publish(publication: Publication, place: Place, pause: Callable[[float], None] = time.sleep) -> None:
    """Replace the published file; WorldError says why not, and then the share holds what it held.

    Where the new file, once in place, reads otherwise than it was written, the old one is there as `previous`.
    """
    if anchor_in(publication.content, place.author, place.clock) != publication.anchor:
        raise WorldError("published_unverified", path=str(place.target))
    with share_errors(place.target), contextlib.ExitStack() as leftovers:
        stamp = stamp_of(place.target)
        old = place.target.read_bytes()
        if anchor_in(old, place.author, place.clock) not in publication.expected:
            raise WorldError("published_changed", path=str(place.target))
        partial = _partial_of(_PARTIAL, place.target)
        leftovers.callback(_drop, partial)
        _write_verified(partial, publication.content)
        leftovers.callback(_drop_spare, place, stamp)
        _keep(old, place, pause)
        if stamp_of(place.target) != stamp:
            raise WorldError("published_changed", path=str(place.target))
        move_over(partial, place.target, pause)
        if place.target.read_bytes() != publication.content:
            raise WorldError("published_unverified", path=str(place.target))


def put_beside(content: bytes, target: Path) -> None:
    """Put a whole file on the share under a name that is free; WorldError says why not."""
    with share_errors(target), contextlib.ExitStack() as leftovers:
        if target.exists():
            raise WorldError("published_changed", path=str(target))
        partial = _partial_of(_PARTIAL, target)
        leftovers.callback(_drop, partial)
        _write_verified(partial, content)
        put_in_place(partial, target)


def stamp_of(path: Path) -> tuple[int, int, int]:
    """Tell what differs when a file was replaced: its number, size and time."""
    found = path.stat()
    return (found.st_ino, found.st_size, found.st_mtime_ns)


def anchor_in(content: bytes, author: Author, clock: Clock) -> str:
    """Prove the bytes of a report file and tell its anchor; empty where they are no whole report."""
    try:
        copy = RepositoryCopy.of(content, author, clock)
    except HyokaError as error:
        if error.code == "copy_no_place":
            raise
        return ""
    try:
        return copy.anchor
    finally:
        copy.close()


@contextlib.contextmanager
def share_errors(path: Path) -> Iterator[None]:
    """Raise WorldError where the share refuses, is full or has gone."""
    try:
        yield
    except PermissionError as fault:
        raise WorldError("share_refuses", path=str(path)) from fault
    except OSError as fault:
        if fault.errno in FULL:
            raise WorldError("share_full", path=str(path)) from fault
        if isinstance(fault, FileNotFoundError) and _is_folder(path.parent):
            raise WorldError("published_gone", path=str(path)) from fault
        raise WorldError("share_away", path=str(path)) from fault


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def sweep_partials(target: Path) -> None:
    """Remove what a killed program left of a file that this one has locked now, and old parts of any other."""
    ours = {_partial_of(prefix, target) for prefix in (_PARTIAL, _KEEPING)}
    with contextlib.suppress(OSError):
        for prefix in (_PARTIAL, _KEEPING):
            for part in target.parent.glob(f"{prefix}*"):
                if part in ours or time.time() - part.stat().st_mtime > _OLD_SECONDS:
                    _drop(part)


def _partial_of(prefix: str, path: Path) -> Path:
    return path.with_name(fitting_name(f"{prefix}{path.name}"))


def fitting_name(name: str) -> str:
    """Cut the middle of a name that a disk would not take; its end stays."""
    tail = name[-40:]
    head = name[: -len(tail)]
    while head and len(os.fsencode(head + tail)) > _LONGEST_NAME - len("-journal"):
        head = head[:-1]
    return head + tail


def _keep(content: bytes, place: Place, pause: Callable[[float], None]) -> None:
    partial = _partial_of(_KEEPING, place.target)
    try:
        _write_verified(partial, content)
        move_over(partial, place.previous, pause)
    finally:
        _drop(partial)


def _drop_spare(place: Place, stamp: tuple[int, int, int]) -> None:
    """Take away the kept old file where the published one is certainly still the same."""
    with contextlib.suppress(OSError):
        if stamp_of(place.target) == stamp:
            place.previous.unlink()


def _write_verified(path: Path, content: bytes) -> None:
    """Write a file, have it reach the disk, and read it back."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if path.read_bytes() != content:
        raise WorldError("published_unverified", path=str(path))


def _drop(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
