"""The errors that a person can understand: a code and parameters, never a sentence.

`messages/` turns them into Japanese. Anything else that is raised is our own fault and goes up.
"""

from collections.abc import Mapping
from enum import StrEnum

Parameter = str | int


class Blame(StrEnum):
    """Say who can mend it; the command line derives its exit code from this."""

    INPUT = "input"
    ENVIRONMENT = "environment"


class HyokaError(Exception):
    """Report a fault that was foreseen.

    `code` names a sentence in the message catalogue, `parameters` fill it. Parameters may hold a path or a name that
    the user typed, never text of the report.
    """

    blame: Blame = Blame.INPUT

    def __init__(self, code: str, /, **parameters: Parameter) -> None:
        super().__init__(code)
        self.code = code
        self.parameters: Mapping[str, Parameter] = dict(parameters)

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.parameters.items())
        return f"{self.code} ({details})" if details else self.code


class InputError(HyokaError):
    """Report something that the user can mend in what was given to the program."""


class WorldError(HyokaError):
    """Report that the world failed: disk full, file locked, damaged or newer than the program."""

    blame = Blame.ENVIRONMENT
