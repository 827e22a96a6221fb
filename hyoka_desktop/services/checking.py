"""Run the 点検 over a report file."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hyoka_desktop.checks.engine import RULES, Finding, Severity, check
from hyoka_desktop.services.reports import TellCopy, read_report


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """Hold the ids of the rules that ran and what they found."""

    rules: Sequence[str]
    findings: Sequence[Finding]

    @property
    def has_errors(self) -> bool:
        """Tell whether a finding is a certain error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def as_data(self) -> list[dict[str, str | int | None]]:
        """Tell the findings as plain data."""
        return [
            {
                "rule": finding.rule,
                "severity": finding.severity.value,
                "node": finding.address.node,
                "field": finding.address.field,
                "year": finding.address.year,
                "start": finding.start,
                "end": finding.end,
            }
            for finding in self.findings
        ]


def check_report(path: Path, year: int | None, families: str | None, tell_copy: TellCopy | None = None) -> CheckOutcome:
    """Check one year of a file by all rules, or by those of some families (「F,P」)."""
    view = read_report(path, tell_copy).view(year)
    wanted = tuple(families.split(",")) if families else ("",)
    rules = [rule for rule in RULES if rule.id.startswith(wanted)]
    return CheckOutcome([rule.id for rule in rules], check(view, rules))
