"""Quantities as people write them, and achievement rates worked out from them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_desktop.domain.achievement import Direction, Reason, achievement, format_rate
from hyoka_desktop.domain.quantity import Comparison, Quantity, parse_number, parse_quantity

FULL_WIDTH = str.maketrans("0123456789,.%-", "０１２３４５６７８９，．％－")


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("95%以上", Quantity(Decimal(95), "%", Comparison.AT_LEAST)),
        ("９５％以上", Quantity(Decimal(95), "%", Comparison.AT_LEAST)),
        ("99.9%以上", Quantity(Decimal("99.9"), "%", Comparison.AT_LEAST)),
        ("14日以内", Quantity(Decimal(14), "日", Comparison.WITHIN)),
        ("5件未満", Quantity(Decimal(5), "件", Comparison.LESS_THAN)),
        ("0件以下", Quantity(Decimal(0), "件", Comparison.AT_MOST)),
        ("100回超", Quantity(Decimal(100), "回", Comparison.MORE_THAN)),
        ("最大約480万枚", Quantity(Decimal(4_800_000), "枚", approximate=True, maximum=True)),
        ("約 1,234 千円", Quantity(Decimal(1_234_000), "円", approximate=True)),
        ("3億円", Quantity(Decimal(300_000_000), "円")),
        ("1.5兆円", Quantity(Decimal("1.5e12"), "円")),
        ("25百万円", Quantity(Decimal(25_000_000), "円")),
        ("2十億円", Quantity(Decimal(2_000_000_000), "円")),
        ("5千万円", Quantity(Decimal(50_000_000), "円")),
        ("2千億円", Quantity(Decimal(200_000_000_000), "円")),
        ("1億2,000万円", Quantity(Decimal(120_000_000), "円")),
        ("1億5千万円以上", Quantity(Decimal(150_000_000), "円", Comparison.AT_LEAST)),
        ("▲１億２，０００万円", Quantity(Decimal(-120_000_000), "円")),
        ("2兆3億4万円", Quantity(Decimal(2_000_300_040_000), "円")),
        ("1万5,000人（うち1万2,000人）", Quantity(Decimal(15_000), "人", condition="うち1万2,000人")),
        ("3千5百件", Quantity(Decimal(3500), "件")),
        ("▲3", Quantity(Decimal(-3))),
        ("△2.5%", Quantity(Decimal("-2.5"), "%")),
        ("－７", Quantity(Decimal(-7))),
        ("10～20件", Quantity(Decimal(10), "件", upper=Decimal(20))),
        ("10〜20万件", Quantity(Decimal(100_000), "件", upper=Decimal(200_000))),
        ("10-20件", Quantity(Decimal(10), "件", upper=Decimal(20))),
        ("120人（うち常勤80人）", Quantity(Decimal(120), "人", condition="うち常勤80人")),
        ("95%以上（年度末）", Quantity(Decimal(95), "%", Comparison.AT_LEAST, condition="年度末")),
        ("12㌽", Quantity(Decimal(12), "ポイント")),
        ("100㎡", Quantity(Decimal(100), "m2")),
        ("延べ300人", Quantity(Decimal(300), "人")),
        ("0.5", Quantity(Decimal("0.5"))),
        ("007", Quantity(Decimal(7))),
    ],
)
def test_a_quantity_is_read_as_it_is_meant(text: str, quantity: Quantity) -> None:
    assert parse_quantity(text) == quantity


@pytest.mark.parametrize(
    "text",
    ["", " ", "なし", "－", "第3期", "令和5年度", "12,34件", "1,2345件", "1.2.3", "5件、6件", "24時間365日",
     "10件・20件", "3/4", "95％以上（平均）（年度末）", "件", "約", "以上", "１２：００", "ver.2", "No.5", "①10件",
     "1万2億円", "10万20万円", "1.5億2,000万円", "1億2,0000万円", "10²", "A評定", "2023-2024-2025", "95%\n以上", "+5"],
)  # fmt: skip
def test_what_does_not_say_exactly_one_quantity_is_not_guessed_at(text: str) -> None:
    assert parse_quantity(text) is None


@pytest.mark.parametrize("text", ["30日以内に回答", "95%以上を維持", "5件未満とする"])
def test_a_bound_inside_a_phrase_never_becomes_part_of_a_unit(text: str) -> None:
    quantity = parse_quantity(text)
    assert quantity is None or quantity.comparison is not Comparison.EXACT


def test_a_number_that_is_multiplied_out_has_no_decimals_of_its_own() -> None:
    quantity = parse_quantity("1.2億円")
    assert quantity is not None
    assert f"{quantity.number:,f}" == "120,000,000"


@pytest.mark.parametrize("text", ["3百件", "12百人"])
def test_a_hundred_is_a_scale_and_no_unit(text: str) -> None:
    quantity = parse_quantity(text)
    assert quantity is None or not quantity.unit.startswith("百")


NUMBERS = st.decimals(0, 10**12, allow_nan=False, allow_infinity=False, places=2)


@given(
    NUMBERS, st.booleans(), st.booleans(), st.sampled_from(["件", "%", "円", "人日", ""]), st.sampled_from(Comparison)
)
def test_a_formatted_number_reads_back(
    number: Decimal,
    commas: bool,
    wide: bool,
    unit: str,
    comparison: Comparison,
) -> None:
    text = (f"{number:,f}" if commas else f"{number:f}") + unit + comparison.value
    quantity = parse_quantity(text.translate(FULL_WIDTH) if wide else text)
    assert quantity == Quantity(number, unit, comparison)


@given(NUMBERS, st.sampled_from(["", "-", "−", "▲", "△", "－"]), st.booleans())
def test_a_bare_number_reads_back_with_its_sign(number: Decimal, sign: str, wide: bool) -> None:
    text = f"{sign}{number:,f}"
    assert parse_number(text.translate(FULL_WIDTH) if wide else text) == (-number if sign else number)


@pytest.mark.parametrize("text", ["", "5件", "1,23", "5.", "--5", "5-", "1 2 x", "五", "1e5", "0x5"])
def test_what_is_no_bare_number_is_none(text: str) -> None:
    assert parse_number(text) is None


@given(st.text(max_size=30))
def test_any_text_is_read_or_not_but_never_fails(text: str) -> None:
    parse_quantity(text)
    parse_number(text)


@pytest.mark.parametrize(
    ("target", "actual", "shown"),
    [
        ("100件", "119.96件", "119.9%"),
        ("100件", "120件", "120.0%"),
        ("240施設以上", "246施設", "102.5%"),
        ("30日以内", "28日", "107.1%"),
        ("30日以内", "27日", "111.1%"),
        ("15港以上", "16港", "106.6%"),
        ("1,000千円", "1,199,999円", "119.9%"),
        ("9", "1", "11.1%"),
        ("3件", "0件", "0.0%"),
        ("0.1%以下", "0.3%", "33.3%"),
        ("約100枚", "（参考）", None),
    ],
)
def test_a_rate_is_cut_and_never_rounded_up(target: str, actual: str, shown: str | None) -> None:
    rate = achievement(target, actual).rate
    assert (None if rate is None else format_rate(rate)) == shown


@pytest.mark.parametrize(
    ("target", "actual", "reason"),
    [
        ("100件", "", Reason.NO_ACTUAL),
        ("", "　", Reason.NO_ACTUAL),
        ("", "5件", Reason.NO_TARGET),
        ("前年度以上", "5件", Reason.NOT_A_QUANTITY),
        ("5件", "多数", Reason.NOT_A_QUANTITY),
        ("5件", "5人", Reason.UNITS_DIFFER),
        ("95%", "0.96", Reason.UNITS_DIFFER),
        ("10～20件", "15件", Reason.RANGE),
        ("10件", "5～6件", Reason.RANGE),
        ("0件", "5件", Reason.NOT_POSITIVE),
        ("0件以上", "5件", Reason.NOT_POSITIVE),
        ("0件以下", "0件", Reason.NOT_POSITIVE),
        ("3件以内", "0件", Reason.NOT_POSITIVE),
        ("▲5%", "3%", Reason.NOT_POSITIVE),
        ("5%", "▲3%", Reason.NOT_POSITIVE),
    ],
)
def test_where_there_is_no_rate_the_reason_is_told(target: str, actual: str, reason: Reason) -> None:
    found = achievement(target, actual)
    assert (found.rate, found.reason) == (None, reason)


def test_a_rate_carries_the_numbers_that_it_came_from() -> None:
    found = achievement("30日以内", "25日")
    assert (found.direction, found.target, found.actual) == (Direction.SMALLER, Decimal(30), Decimal(25))
    assert found.rate == Decimal(30) / Decimal(25)


@given(st.integers(1, 10**9), st.integers(0, 10**9))
def test_a_shown_rate_is_never_above_the_true_one(target: int, actual: int) -> None:
    rate = achievement(f"{target}件", f"{actual}件").rate
    assert rate is not None
    shown = Decimal(format_rate(rate).removesuffix("%"))
    assert shown * target <= Decimal(actual) * 100 < (shown + Decimal("0.1")) * target


def test_an_absurdly_large_rate_can_still_be_shown() -> None:
    rate = achievement("1件", "1" + "0" * 30 + "件").rate
    assert rate is not None
    assert format_rate(rate) == "1" + "0" * 32 + ".0%"
