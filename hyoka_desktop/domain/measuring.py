"""Read from a report how an indicator is measured, and rate it: the one way for window and documents."""

from collections.abc import Mapping
from typing import Final

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.achievement import Achievement, Direction, Measure, achievement
from hyoka_desktop.domain.report import YearView

DIRECTIONS: Final[Mapping[str, Direction]] = {
    "大きい方が良い": Direction.LARGER,
    "小さい方が良い": Direction.SMALLER,
    "基準値から減らす": Direction.REDUCTION,
    "範囲内が良い": Direction.RANGE,
    "有無": Direction.YES_NO,
    "節目": Direction.MILESTONE,
    "定性": Direction.QUALITATIVE,
}
"""The words by which forms let the direction be chosen; any other word leaves it to the target."""


def measure_of(view: YearView, node: int) -> Measure:
    """Tell how an achievement is measured; a form that does not ask leaves all of it open."""
    return Measure(
        unit=view.text(node, fields.UNIT),
        direction=DIRECTIONS.get(view.text(node, fields.DIRECTION).strip()),
        baseline=view.text(node, fields.BASELINE),
    )


def achievement_of(view: YearView, node: int) -> Achievement:
    """Compute the 達成度 of an achievement in the year of the view."""
    return achievement(view.text(node, fields.TARGET), view.text(node, fields.ACTUAL), measure_of(view, node))
