"""Time things in turns, so that a busy moment of the machine falls on all of them, and take medians."""

import gc
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Timing:
    """Hold the seconds that a thing took: the median of its runs and the best."""

    median: float
    best: float

    def over(self, other: "Timing") -> "Timing":
        """Tell how many times as long this took as another thing, by medians and by best runs."""
        return Timing(self.median / other.median, self.best / other.best)


def summary(taken: Sequence[float]) -> Timing:
    """Sum up some runs."""
    return Timing(median(taken), min(taken))


def timed(things: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Timing]:
    """Do each thing once unmeasured, then once a round."""
    for thing in things.values():
        thing()
    taken: dict[str, list[float]] = {name: [] for name in things}
    for _ in range(rounds):
        for name, thing in things.items():
            taken[name].append(seconds_of(thing))
    return {name: summary(times) for name, times in taken.items()}


def seconds_of(thing: Callable[[], object]) -> float:
    """Time one run; what earlier ones left behind is cleared away before."""
    gc.collect()
    start = time.perf_counter()
    thing()
    return time.perf_counter() - start


def ordinary_environment() -> dict[str, str]:
    """Tell an environment for processes in which Python keeps its bytecode, as it does on people's machines."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
