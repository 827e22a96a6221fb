"""Look at a published file from outside: who works on it, and whether it was published or released since."""

import contextlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hyoka_desktop.store.lock import FileLock, Holder
from hyoka_desktop.store.publishing import stamp_of


class ShareNews(StrEnum):
    """Say what became of a published file."""

    PUBLISHED = "published"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class ShareState:
    """Hold what can be seen of a published file; without a stamp the share did not answer."""

    stamp: tuple[int, int, int] | None
    holder: Holder | None


def look_at_share(path: Path) -> ShareState:
    """Look once. It takes as long as the share takes: not for the window's thread."""
    with contextlib.suppress(OSError):
        return ShareState(stamp_of(path), FileLock(path).current_holder())
    return ShareState(None, None)


def news_between(before: ShareState, after: ShareState) -> ShareNews | None:
    """Tell what happened between two looks; a share that does not answer is no news."""
    if before.stamp is None or after.stamp is None:
        return None
    if before.stamp != after.stamp:
        return ShareNews.PUBLISHED
    return ShareNews.RELEASED if before.holder is not None and after.holder is None else None
