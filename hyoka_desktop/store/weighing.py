"""Decide how one fact of a damaged file stands, from what its tables, its log and a backup say of it."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Standing(StrEnum):
    """Say how a fact stands."""

    INTACT = "intact"
    RESTORED = "restored"
    FROM_BACKUP = "from_backup"
    UNPROVED = "unproved"
    LOST = "lost"


PROVED: Final = frozenset({Standing.INTACT, Standing.RESTORED})
"""What is known to be right and the newest; anything else is marked wherever it is shown."""


@dataclass(frozen=True, slots=True)
class Step(Generic[V]):
    """Hold what one command made of a fact."""

    sequence: int
    after: V | None
    is_proved: bool


@dataclass(frozen=True)
class Weigher(Generic[K, V]):
    """Decide one fact by what the tables hold, what the log says of it and what the backup had.

    A fact in a table is right where its hash is, but it is perhaps of an older page. It is the newest where the log
    proves every command after the one that wrote it. Where a single command of all is unproved and the log does not
    know the text, that command wrote it: nothing else could have.
    """

    history: Mapping[K, list[Step[V]]]
    holes: frozenset[int]
    stored: Mapping[K, V]
    backed_up: int
    is_hashed: bool

    def weigh(self, place: K, found: set[V]) -> tuple[V | None, Standing | None]:
        """Tell a fact and how it stands; no standing where it is known not to be."""
        steps = self.history.get(place, [])
        last, is_of_backup = self._last_proved(place, steps)
        gaps = [hole for hole in self.holes if hole > last.sequence]
        if not gaps:
            if last.after is None:
                return None, None
            return last.after, Standing.INTACT if last.after in found else Standing.RESTORED
        if len(found) == 1:
            (only,) = found
            return only, Standing.INTACT if self._is_newest(place, only, steps, gaps) else Standing.UNPROVED
        if last.after is not None:
            return last.after, Standing.FROM_BACKUP if is_of_backup else Standing.UNPROVED
        return self._guessed(place, found, steps)

    def _guessed(self, place: K, found: set[V], steps: list[Step[V]]) -> tuple[V | None, Standing | None]:
        """Tell the best that is left where nothing is proved."""
        unproved = [step.after for step in steps if step.after is not None] or sorted(found, key=repr)
        if unproved:
            return unproved[-1], Standing.UNPROVED
        if place in self.stored:
            return self.stored[place], Standing.FROM_BACKUP
        return None, Standing.LOST if steps else None

    def _last_proved(self, place: K, steps: list[Step[V]]) -> tuple[Step[V], bool]:
        """Tell the newest proved step, and whether it is the backup's."""
        proved = [step for step in steps if step.is_proved]
        nothing: Step[V] = Step(0, None, is_proved=True)
        last = proved[-1] if proved else nothing
        if self.backed_up > last.sequence:
            return Step(self.backed_up, self.stored.get(place), is_proved=True), True
        return last, False

    def _is_newest(self, place: K, only: V, steps: list[Step[V]], gaps: list[int]) -> bool:
        """Tell whether what a table holds can only be the newest."""
        later = [step for step in steps if step.sequence in gaps]
        if later and later[-1].after == only and later[-1].sequence == max(gaps):
            return True
        known = [step.after for step in steps] + [self.stored.get(place)]
        return self.is_hashed and len(self.holes) == 1 and only not in known and not later
