"""Give a finished file its name, also where somebody is in the way for a moment.

On Windows a file that another program has open is neither replaced nor renamed, and a virus scanner or the search of
the system opens what has just been written. So a refusal is tried again a few times before it counts.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

_PAUSES: Final = (0.02, 0.05, 0.1, 0.2, 0.4)
"""After each refusal, in seconds; after the last one nobody waits."""


def move_over(made: Path, target: Path, pause: Callable[[float], None] = time.sleep) -> None:
    """Rename a file over another one, or to a free name; PermissionError where somebody stays in the way."""
    for seconds in _PAUSES:
        try:
            made.replace(target)
        except PermissionError:
            pause(seconds)
        else:
            return
    made.replace(target)
