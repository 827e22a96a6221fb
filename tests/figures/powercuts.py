"""What a disk may hold after the power was cut: of what was not flushed, any sectors in any state.

A flush of a file makes all of it lasting. Of the writes since then each sector of 512 bytes has reached the disk or
not, independently of all others, and one may be torn inside; a new end of the file has reached it or not; a file that
was deleted may be back.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

SECTOR: Final = 512


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes that were handed to the disk."""

    name: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    """A new end of a file."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Flush:
    """The promise that all before is lasting."""

    name: str


@dataclass(frozen=True, slots=True)
class Delete:
    """A file that went."""

    name: str


@dataclass(frozen=True, slots=True)
class Told:
    """The moment at which the person was told that a state is saved; `state` counts them."""

    state: int


Event = Write | Truncate | Flush | Delete | Told


class Recorder:
    """Keep everything that SQLite does to its files (an observer of `disk.watched`)."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def write(self, path: Path, offset: int, data: bytes) -> None:
        """Keep bytes, sector by sector, since each reaches the disk or not by itself."""
        while data:
            length = SECTOR - offset % SECTOR
            self.events.append(Write(path.name, offset, data[:length]))
            offset, data = offset + length, data[length:]

    def truncate(self, path: Path, size: int) -> None:
        """Keep a new end."""
        self.events.append(Truncate(path.name, size))

    def flush(self, path: Path) -> None:
        """Keep a flush."""
        self.events.append(Flush(path.name))

    def delete(self, path: Path) -> None:
        """Keep that a file went."""
        self.events.append(Delete(path.name))

    def tell(self, state: int) -> None:
        """Keep that a state was told."""
        self.events.append(Told(state))


@dataclass(slots=True)
class _Disk:
    """Hold what is lasting of each file, and what happened to it since."""

    lasting: dict[str, bytes]
    pending: dict[str, list[Write | Truncate | Delete]] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        """Let one thing happen."""
        match event:
            case Flush(name):
                self._settle(name)
            case Write(name) | Truncate(name) | Delete(name):
                self.pending.setdefault(name, []).append(event)
            case Told():
                pass

    def _settle(self, name: str) -> None:
        content = _after(self.lasting.pop(name, None), self.pending.pop(name, []), lambda _: True)
        if content is not None:
            self.lasting[name] = content


@dataclass(frozen=True, slots=True)
class Cut:
    """One power cut: what the disk holds, and the newest state that had been told."""

    files: Mapping[str, bytes]
    told: int


def cuts(start: Mapping[str, bytes], events: Sequence[Event], count: int, draw: random.Random) -> Iterator[Cut]:
    """Cut the power at chosen moments, in the order of time; several cuts may fall on one moment."""
    moments = sorted(draw.randrange(len(events) + 1) for _ in range(count))
    disk, told, done = _Disk(dict(start)), 0, 0
    for moment in moments:
        for event in events[done:moment]:
            disk.take(event)
            told = event.state if isinstance(event, Told) else told
        done = moment
        yield Cut(_after_cut(disk, draw), told)


def _after_cut(disk: _Disk, draw: random.Random) -> dict[str, bytes]:
    """Draw what has reached the disk."""
    share = draw.choice((0.0, 0.1, 0.5, 0.9, 1.0))
    files = dict(disk.lasting)
    for name, pending in disk.pending.items():
        torn = [_torn(event, draw) for event in pending] if draw.random() < 0.5 else pending
        content = _after(files.pop(name, None), torn, lambda _: draw.random() < share)
        if content is not None:
            files[name] = content
    return files


def _torn(event: Write | Truncate | Delete, draw: random.Random) -> Write | Truncate | Delete:
    """Let a rare sector be written in part only."""
    if not isinstance(event, Write) or draw.random() > 0.02:
        return event
    return Write(event.name, event.offset, event.data[: draw.randrange(len(event.data))])


def _after(
    content: bytes | None, pending: Sequence[Write | Truncate | Delete], reaches: Callable[[object], bool]
) -> bytes | None:
    """Apply what reaches the disk; a file that was never made is None."""
    now = None if content is None else bytearray(content)
    for event in pending:
        if not reaches(event):
            continue
        match event:
            case Write(_, offset, data):
                now = now if now is not None else bytearray()
                now.extend(bytes(max(0, offset + len(data) - len(now))))
                now[offset : offset + len(data)] = data
            case Truncate(_, size):
                now = bytearray(now or b"")
                now[:] = now[:size].ljust(size, b"\0")
            case Delete():
                now = None
    return None if now is None else bytes(now)
