"""What all commands of the command line share: exit codes, and the two places where they speak."""

import sys
from typing import Final

DONE: Final = 0
FINDINGS: Final = 1
WRONG_USE: Final = 2
ENVIRONMENT: Final = 3


def say(line: str) -> None:
    """Print a line of the result."""
    print(line)


def complain(line: str) -> None:
    """Print a line about what went wrong, or should be known."""
    print(line, file=sys.stderr)
