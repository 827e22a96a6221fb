"""How an indicator is measured: its unit, direction and baseline, and why a text is not one quantity."""

from dataclasses import replace
from decimal import Decimal

import pytest

from hyoka_desktop.domain.achievement import Direction, Measure, Reason, achievement, format_rate
from hyoka_desktop.domain.changes import apply_changes
from hyoka_desktop.domain.edits import set_block
from hyoka_desktop.domain.measuring import DIRECTIONS, achievement_of
from hyoka_desktop.domain.quantity import Unread, parse_quantity, read_in_unit, why_unread
from hyoka_desktop.domain.report import NodeKind, YearView


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", None), ("９５％以上", None), ("▲3", None), ("－", None), (" ― ", None), ("-", None), ("ー", None),
        ("1億2,000万円", None),
        ("多数", Unread.NO_NUMBER), ("前年度比3％増", Unread.COMPARED), ("対前年5%", Unread.COMPARED),
        ("5件、6件", Unread.SEVERAL), ("30日以内に回答する", Unread.PHRASE), ("①10件", Unread.AMBIGUOUS),
    ],
)  # fmt: skip
def test_a_text_that_is_no_quantity_says_why(text: str, why: Unread | None) -> None:
    assert why_unread(text) == why


@pytest.mark.parametrize(
    ("text", "unit", "number", "read"),
    [
        ("1,234", "千円", 1_234_000, "円"), ("１２", "百万円", 12_000_000, "円"), ("95", "％", 95, "%"),
        ("3件", "千円", 3, "件"), ("2千円", "百万円", 2000, "円"), ("5", "", 5, ""),
        ("5", "（千円）", 5000, "円"), ("5", "人・日", 5, "人・日"),
    ],
)  # fmt: skip
def test_a_bare_number_takes_the_unit_that_stands_beside_it(text: str, unit: str, number: int, read: str) -> None:
    quantity = read_in_unit(text, unit)
    assert quantity is not None
    assert (quantity.number, quantity.unit) == (number, read)


def test_a_range_takes_the_unit_at_both_ends() -> None:
    quantity = read_in_unit("10～20以内", "千件")
    assert quantity is not None
    assert (quantity.number, quantity.upper, quantity.unit) == (10_000, 20_000, "件")


@pytest.mark.parametrize(
    ("target", "actual", "measure", "rate"),
    [
        ("100", "120", Measure(), "120.0%"),
        ("100", "80", Measure(direction=Direction.SMALLER), "125.0%"),
        ("30日以内", "20日", Measure(direction=Direction.LARGER), "66.6%"),
        ("1百万円", "1,500", Measure("千円"), "150.0%"),
        ("90", "85", Measure(direction=Direction.REDUCTION, baseline="100"), "150.0%"),
        ("90", "101", Measure(direction=Direction.REDUCTION, baseline="100"), "-10.0%"),
    ],
)
def test_the_rate_follows_the_measure(target: str, actual: str, measure: Measure, rate: str) -> None:
    found = achievement(target, actual, measure)
    assert found.rate is not None
    assert format_rate(found.rate) == rate


@pytest.mark.parametrize(
    ("target", "actual", "measure", "reason", "met"),
    [
        ("10～20件", "15件", Measure(direction=Direction.RANGE), Reason.RANGE, True),
        ("10～20件", "21件", Measure(direction=Direction.RANGE), Reason.RANGE, False),
        ("15件", "15件", Measure(direction=Direction.RANGE), Reason.RANGE, None),
        ("有", "有", Measure(direction=Direction.YES_NO), Reason.YES_NO, None),
        ("令和6年6月30日", "令和6年6月28日", Measure(direction=Direction.MILESTONE), Reason.MILESTONE, True),
        ("令和6年6月30日", "令和6年7月1日", Measure(direction=Direction.MILESTONE), Reason.MILESTONE, False),
        ("年度内", "令和6年7月1日", Measure(direction=Direction.MILESTONE), Reason.MILESTONE, None),
        ("質の向上", "向上した", Measure(direction=Direction.QUALITATIVE), Reason.QUALITATIVE, None),
        ("90", "85", Measure(direction=Direction.REDUCTION), Reason.NO_BASELINE, None),
        ("90", "85", Measure("件", Direction.REDUCTION, "100日"), Reason.NO_BASELINE, None),
        ("100", "85", Measure(direction=Direction.REDUCTION, baseline="100"), Reason.NOT_POSITIVE, None),
    ],
)
def test_what_has_no_rate_says_why(
    target: str, actual: str, measure: Measure, reason: Reason, met: bool | None
) -> None:
    found = achievement(target, actual, measure)
    assert (found.rate, found.reason, found.met) == (None, reason, met)


@pytest.mark.parametrize(("rate", "text"), [("-0.001", "-0.1%"), ("-1.05", "-105.0%"), ("1.1996", "119.9%")])
def test_a_rate_is_cut_downwards_on_both_sides_of_zero(rate: str, text: str) -> None:
    assert format_rate(Decimal(rate)) == text


def test_both_forms_offer_exactly_the_known_directions(iaa, jlis) -> None:
    for form in (iaa, jlis):
        assert form.fields["direction"].choices == tuple(DIRECTIONS)


def test_an_achievement_of_a_report_is_measured_as_it_says(sample_view: YearView) -> None:
    node = next(n.id for n in sample_view.snapshot.tree.nodes.values() if n.kind is NodeKind.ACHIEVEMENT)
    texts = {"target": "10", "actual": "5", "direction": "小さい方が良い"}
    block = set_block(sample_view, {sample_view.address(node, field): text for field, text in texts.items()})
    assert block is not None
    measured = replace(sample_view, snapshot=apply_changes(sample_view.snapshot, block.changes))
    found = achievement_of(measured, node)
    assert found.rate == 2
    assert found.direction is Direction.SMALLER


def test_reading_again_changes_nothing_for_a_quantity_with_its_own_unit() -> None:
    assert read_in_unit("95%以上", "件") == parse_quantity("95%以上")
