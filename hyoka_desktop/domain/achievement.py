"""Compute the achievement rate (達成度) of an indicator from the texts of its target and its actual value.

Source: 独立行政法人の評価に関する指針. Decimal arithmetic; the rate is exact and rounded only for display, downwards,
so that 119.96% never shows as 120%.
"""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

from hyoka_desktop.domain.quantity import Quantity, parse_quantity


class Direction(StrEnum):
    """Tell which way an indicator is better."""

    LARGER = "larger"
    SMALLER = "smaller"


class Reason(StrEnum):
    """Say why there is no rate."""

    NO_ACTUAL = "no_actual"
    NO_TARGET = "no_target"
    NOT_A_QUANTITY = "not_a_quantity"
    UNITS_DIFFER = "units_differ"
    RANGE = "range"
    NOT_POSITIVE = "not_positive"


@dataclass(frozen=True, slots=True)
class Achievement:
    """Hold a rate as a fraction (1.05 is 105%) with the numbers it came from, or the reason why there is none."""

    rate: Decimal | None
    direction: Direction | None = None
    target: Decimal | None = None
    actual: Decimal | None = None
    reason: Reason | None = None


def achievement(target_text: str, actual_text: str) -> Achievement:
    """Compute the rate: actual / target, or target / actual where the target is a limit (以内・以下・未満)."""
    if not actual_text.strip():
        return Achievement(None, reason=Reason.NO_ACTUAL)
    if not target_text.strip():
        return Achievement(None, reason=Reason.NO_TARGET)
    target, actual = parse_quantity(target_text), parse_quantity(actual_text)
    if target is None or actual is None:
        return Achievement(None, reason=Reason.NOT_A_QUANTITY)
    return _rate(target, actual)


def format_rate(rate: Decimal) -> str:
    """Write a rate in percent with one decimal, cut and not rounded up: 1.1996 is 「119.9%」."""
    tenths = int((rate * 1000).to_integral_value(rounding=ROUND_FLOOR))
    return f"{tenths // 10}.{tenths % 10}%"


def _rate(target: Quantity, actual: Quantity) -> Achievement:
    if target.upper is not None or actual.upper is not None:
        return Achievement(None, reason=Reason.RANGE)
    if target.unit != actual.unit:
        return Achievement(None, reason=Reason.UNITS_DIFFER)
    direction = Direction.SMALLER if target.comparison.bounds_from_above else Direction.LARGER
    over, under = (target.number, actual.number) if direction is Direction.SMALLER else (actual.number, target.number)
    if under <= 0 or over < 0:
        return Achievement(None, direction, target.number, actual.number, Reason.NOT_POSITIVE)
    return Achievement(over / under, direction, target.number, actual.number)
