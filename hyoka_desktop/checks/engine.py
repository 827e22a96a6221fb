"""Run the check rules over one year of a report; none is built in yet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from hyoka_desktop.domain.report import Address, YearView


class Severity(StrEnum):
    """Tell how sure a finding is: certain error, question, information."""

    ERROR = "E"
    WARNING = "W"
    INFORMATION = "I"


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold one finding: which rule, where, which characters of the text, and the values compared."""

    rule: str
    severity: Severity
    address: Address
    start: int
    end: int
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """Name a rule by its stable id."""

    id: str
    find: Callable[[YearView], Sequence[Finding]]


RULES: Final[tuple[Rule, ...]] = ()
"""The installed rules, by family."""


def check(view: YearView, rules: Sequence[Rule] = RULES) -> list[Finding]:
    """Tell all findings of some rules, in the order of the rules."""
    return [finding for rule in rules for finding in rule.find(view)]
