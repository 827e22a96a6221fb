"""Tell where a path leads in the end."""

import os
from pathlib import Path


def real_place(path: Path) -> Path:
    """Follow the links of a path; where the system cannot tell, as on a share that has gone, it stands for itself.

    Whoever then opens it is told what is wrong, and says so.
    """
    try:
        return Path(os.path.realpath(path))
    except OSError:
        return path.absolute()
