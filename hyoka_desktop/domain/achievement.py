"""Compute the achievement rate (達成度) of an indicator from the texts of its target and its actual value.

How an indicator is measured (`Measure`) may be said beside it; where it is not, the target tells: a limit
(以内・以下・未満) is better when smaller.

Source: 独立行政法人の評価に関する指針. Decimal arithmetic; the rate is exact and rounded only for display, downwards,
so that 119.96% never shows as 120%.
"""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum
from typing import Final

from hyoka_desktop.domain.era import parse_date
from hyoka_desktop.domain.quantity import Quantity, read_in_unit


class Direction(StrEnum):
    """Tell which way an indicator is better, or that it is no matter of more or less."""

    LARGER = "larger"
    SMALLER = "smaller"
    REDUCTION = "reduction"
    RANGE = "range"
    YES_NO = "yes_no"
    MILESTONE = "milestone"
    QUALITATIVE = "qualitative"


class Reason(StrEnum):
    """Say why there is no rate."""

    NO_ACTUAL = "no_actual"
    NO_TARGET = "no_target"
    NO_BASELINE = "no_baseline"
    NOT_A_QUANTITY = "not_a_quantity"
    UNITS_DIFFER = "units_differ"
    RANGE = "range"
    NOT_POSITIVE = "not_positive"
    YES_NO = "yes_no"
    MILESTONE = "milestone"
    QUALITATIVE = "qualitative"


@dataclass(frozen=True, slots=True)
class Measure:
    """Say how an indicator is measured: the unit of numbers without one, its direction, its baseline as written."""

    unit: str = ""
    direction: Direction | None = None
    baseline: str = ""


@dataclass(frozen=True, slots=True)
class Achievement:
    """Hold a rate as a fraction (1.05 is 105%) with the numbers it came from, or the reason why there is none.

    `met` tells whether the target was met where that can be said without a rate.
    """

    rate: Decimal | None
    direction: Direction | None = None
    target: Decimal | None = None
    actual: Decimal | None = None
    reason: Reason | None = None
    baseline: Decimal | None = None
    met: bool | None = None


_PLAIN: Final = Measure()
_WITHOUT_RATE: Final = {
    Direction.YES_NO: Reason.YES_NO,
    Direction.MILESTONE: Reason.MILESTONE,
    Direction.QUALITATIVE: Reason.QUALITATIVE,
}


def achievement(target_text: str, actual_text: str, measure: Measure = _PLAIN) -> Achievement:
    """Compute the rate: actual / target, target / actual where smaller is better, or the share of a reduction."""
    if not actual_text.strip():
        return Achievement(None, reason=Reason.NO_ACTUAL)
    if not target_text.strip():
        return Achievement(None, reason=Reason.NO_TARGET)
    if measure.direction in _WITHOUT_RATE:
        met = _is_met(measure.direction, target_text, actual_text)
        return Achievement(None, measure.direction, reason=_WITHOUT_RATE[measure.direction], met=met)
    target, actual = read_in_unit(target_text, measure.unit), read_in_unit(actual_text, measure.unit)
    if target is None or actual is None:
        return Achievement(None, reason=Reason.NOT_A_QUANTITY)
    return _compared(target, actual, measure)


def is_rated(direction: Direction | None) -> bool:
    """Tell whether an indicator of a direction is measured in numbers."""
    return direction not in _WITHOUT_RATE


def format_rate(rate: Decimal) -> str:
    """Write a rate in percent with one decimal, cut and not rounded up: 1.1996 is 「119.9%」."""
    tenths = int((rate * 1000).to_integral_value(rounding=ROUND_FLOOR))
    sign = "-" if tenths < 0 else ""
    return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}%"


def _compared(target: Quantity, actual: Quantity, measure: Measure) -> Achievement:
    if target.upper is not None or actual.upper is not None or measure.direction is Direction.RANGE:
        return Achievement(None, measure.direction, reason=Reason.RANGE, met=_is_within(target, actual))
    if target.unit != actual.unit:
        return Achievement(None, reason=Reason.UNITS_DIFFER)
    if measure.direction is Direction.REDUCTION:
        return _reduction(target, actual, measure)
    return _rate(target, actual, measure.direction)


def _rate(target: Quantity, actual: Quantity, direction: Direction | None) -> Achievement:
    if direction is None:
        direction = Direction.SMALLER if target.comparison.bounds_from_above else Direction.LARGER
    over, under = (target.number, actual.number) if direction is Direction.SMALLER else (actual.number, target.number)
    if under <= 0 or over < 0:
        return Achievement(None, direction, target.number, actual.number, Reason.NOT_POSITIVE)
    return Achievement(over / under, direction, target.number, actual.number)


def _reduction(target: Quantity, actual: Quantity, measure: Measure) -> Achievement:
    """Tell which share of the reduction that was planned against the baseline was reached."""
    base = read_in_unit(measure.baseline, measure.unit)
    if base is None or base.upper is not None or base.unit != target.unit:
        return Achievement(None, Direction.REDUCTION, target.number, actual.number, Reason.NO_BASELINE)
    planned = base.number - target.number
    if planned <= 0:
        reason = Reason.NOT_POSITIVE
        return Achievement(None, Direction.REDUCTION, target.number, actual.number, reason, base.number)
    rate = (base.number - actual.number) / planned
    return Achievement(rate, Direction.REDUCTION, target.number, actual.number, baseline=base.number)


def _is_within(target: Quantity, actual: Quantity) -> bool | None:
    """Tell whether a value lies in the range of its target; None where the target is no range, or the value is one."""
    if target.upper is None or actual.upper is not None or actual.unit != target.unit:
        return None
    return target.number <= actual.number <= target.upper


def _is_met(direction: Direction | None, target: str, actual: str) -> bool | None:
    """Tell whether a day was kept; what is written in words is for people to judge."""
    if direction is not Direction.MILESTONE:
        return None
    planned, done = parse_date(target.strip()), parse_date(actual.strip())
    return done <= planned if planned is not None and done is not None else None
