"""Say what a cell means: how its text was read, how a rate was worked out, how the values went over the years."""

from collections.abc import Sequence
from decimal import Decimal

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.achievement import Achievement, format_rate, is_rated
from hyoka_desktop.domain.era import format_fiscal_year
from hyoka_desktop.domain.measuring import achievement_of, measure_of
from hyoka_desktop.domain.quantity import Quantity, Unread, read_in_unit, why_unread
from hyoka_desktop.domain.report import YearView
from hyoka_desktop.formdef.model import FieldDefinition, FieldKind
from hyoka_desktop.messages.window import word
from hyoka_desktop.messages.words.achievement import FORMULAS, REASONS, UNREAD
from hyoka_desktop.services.indicator_columns import shown_years


def unread(field: FieldDefinition, view: YearView, node: int, text: str) -> Unread | None:
    """Say why a text of a field of quantities is not read as one; None where it need not be one."""
    if field.kind is not FieldKind.QUANTITY or not is_rated(measure_of(view, node).direction):
        return None
    return why_unread(text)


def told_text(field: FieldDefinition, view: YearView, node: int, text: str) -> str:
    """Tell a text with what was understood of it; at an empty cell, what is to be written there."""
    if field.kind is not FieldKind.QUANTITY or not text.strip():
        return text or field.tip
    why = unread(field, view, node, text)
    if why is not None:
        return f"{text}\n{UNREAD[why.value]}"
    quantity = read_in_unit(text, measure_of(view, node).unit)
    return text if quantity is None else f"{text}\n{word('grid_read_as', quantity=_written(quantity))}"


def rate_text(view: YearView, node: int) -> str:
    """Tell the rate of a year, or in words whether the target was met where there can be none."""
    found = achievement_of(view, node)
    if found.rate is not None:
        return format_rate(found.rate)
    return "" if found.met is None else word("grid_met" if found.met else "grid_missed")


def rate_tip(view: YearView, node: int) -> str:
    """Tell the formula of a rate, or why there is none."""
    found = achievement_of(view, node)
    if found.rate is not None and found.direction is not None:
        return FORMULAS[found.direction.value].format(**_numbers(found), rate=format_rate(found.rate))
    return REASONS[found.reason.value] if found.reason is not None else ""


def trend_points(view: YearView, node: int) -> list[float | None]:
    """Tell the values of the shown years, the oldest first; None where there is none to draw."""
    years = reversed(shown_years(view.year))
    quantities = [_value(view.in_year(year), node) for year in years]
    units = {quantity.unit for quantity in quantities if quantity is not None}
    return [float(found.number) if found is not None else None for found in quantities] if len(units) == 1 else []


def trend_text(view: YearView, node: int) -> str:
    """Tell the line of values in words."""
    values = [
        f"{format_fiscal_year(year)} {text}"
        for year in reversed(shown_years(view.year))
        if (text := view.in_year(year).text(node, fields.ACTUAL))
    ]
    return word("grid_trend", values="、".join(values)) if values else ""


def _value(view: YearView, node: int) -> Quantity | None:
    return read_in_unit(view.text(node, fields.ACTUAL), measure_of(view, node).unit)


def _written(quantity: Quantity) -> str:
    number = _number(quantity.number)
    if quantity.upper is not None:
        number = word("grid_range", low=number, high=_number(quantity.upper))
    return f"{number} {quantity.unit}{quantity.comparison.value}".strip()


def _numbers(found: Achievement) -> dict[str, str]:
    parts: Sequence[tuple[str, Decimal | None]] = (
        ("actual", found.actual),
        ("target", found.target),
        ("baseline", found.baseline),
    )
    return {name: _number(number) if number is not None else "" for name, number in parts}


def _number(number: Decimal) -> str:
    return f"{number:,f}"
