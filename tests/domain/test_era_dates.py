"""和暦: dates and fiscal years, written and read."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_desktop.domain.era import (
    ERAS,
    era_of,
    fiscal_year_of,
    format_date,
    format_fiscal_year,
    format_moment,
    format_short_fiscal_year,
    parse_date,
    parse_fiscal_year,
    read_date,
)

FIRST_DAY = date(1868, 10, 23)
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@given(st.dates(FIRST_DAY, date(2117, 12, 31)))
def test_a_written_day_reads_as_itself(day: date) -> None:
    assert parse_date(format_date(day)) == day


@given(st.dates(FIRST_DAY, date(2117, 12, 31)))
def test_a_day_in_full_width_digits_and_with_spaces_reads_as_itself(day: date) -> None:
    spaced = format_date(day).translate(FULL_WIDTH).replace("年", "　年 ")
    assert parse_date(spaced) == day


@given(st.integers(1868, 2117))
def test_a_written_fiscal_year_reads_as_itself(year: int) -> None:
    assert parse_fiscal_year(format_fiscal_year(year)) == year
    assert parse_fiscal_year(format_fiscal_year(year).translate(FULL_WIDTH)) == year


@given(st.dates(FIRST_DAY, date(2117, 12, 31)))
def test_a_fiscal_year_begins_on_the_first_of_april(day: date) -> None:
    year = fiscal_year_of(day)
    assert date(year, 4, 1) <= day < date(year + 1, 4, 1)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2020, 1, 1), "令和2年1月1日"),
        (date(2024, 6, 28), "令和6年6月28日"),
        (date(1989, 1, 7), "昭和64年1月7日"),
        (date(1989, 1, 8), "平成元年1月8日"),
        (date(1926, 12, 24), "大正15年12月24日"),
        (date(1926, 12, 25), "昭和元年12月25日"),
        (date(1912, 7, 29), "明治45年7月29日"),
        (date(1912, 7, 30), "大正元年7月30日"),
        (FIRST_DAY, "明治元年10月23日"),
    ],
)
def test_a_day_is_written_in_the_era_of_that_day(day: date, text: str) -> None:
    assert format_date(day) == text
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("year", "text"),
    [(2023, "令和5年度"), (2019, "令和元年度"), (2018, "平成30年度"), (1989, "平成元年度"), (1988, "昭和63年度"),
     (1926, "昭和元年度"), (1912, "大正元年度"), (1868, "明治元年度")],
)  # fmt: skip
def test_a_fiscal_year_takes_the_era_at_the_end_of_its_calendar_year(year: int, text: str) -> None:
    assert format_fiscal_year(year) == text
    assert parse_fiscal_year(text) == year


@pytest.mark.parametrize(
    ("year", "text"),
    [(2023, "R5"), (2019, "R1"), (2018, "H30"), (1989, "H1"), (1988, "S63"), (1926, "S1"), (1912, "T1"), (1868, "M1")],
)
def test_where_there_is_little_room_a_fiscal_year_is_a_letter_and_a_number(year: int, text: str) -> None:
    assert format_short_fiscal_year(year) == text


@pytest.mark.parametrize(("text", "year"), [("平成31年度", 2019), ("令和1年度", 2019), ("令和 ６ 年度", 2024)])
def test_other_writings_of_a_fiscal_year_are_read(text: str, year: int) -> None:
    assert parse_fiscal_year(text) == year


@pytest.mark.parametrize(
    "text",
    ["令和元年4月30日", "平成31年5月1日", "昭和64年1月8日", "令和6年2月30日", "令和6年13月1日", "令和0年5月1日",
     "令和6年0月1日", "令和6年6月28", "令和6年度", "2024年6月28日", "R6.6.28", "令和六年六月二十八日", "",
     "令和6年6月28日（金）"],
)  # fmt: skip
def test_what_is_no_day_of_that_era_is_not_read(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "令和0年度",
        "平成00年度",
        "令和年度",
        "令和5年",
        "令和5年6月28日",
        "2023年度",
        "令和100年度",
        "令和五年度",
        "",
        "R5",
    ],
)
def test_what_is_no_fiscal_year_is_not_read(text: str) -> None:
    assert parse_fiscal_year(text) is None


def test_before_the_first_era_there_is_no_writing() -> None:
    with pytest.raises(ValueError, match="no era before"):
        era_of(FIRST_DAY - timedelta(days=1))


@pytest.mark.parametrize("written", ["1800/1/1", "1800年1月1日", "1868.10.22"])
def test_a_day_before_the_first_era_is_written_by_its_calendar_year_and_read_again(written: str) -> None:
    day = read_date(written)
    assert day is not None
    assert format_date(day) == f"{day.year}年{day.month}月{day.day}日"
    assert read_date(format_date(day)) == day
    assert format_fiscal_year(1800) == "1800年度"


def test_eras_stand_newest_first() -> None:
    assert [era.name for era in ERAS] == ["令和", "平成", "昭和", "大正", "明治"]


@pytest.mark.parametrize(
    "text",
    ["令和7年6月30日", "令和７年６月３０日", "令和7年6月30", "R7.6.30", "r7/6/30", "Ｒ７．６．３０", "令和7.6.30",
     "2025/6/30", "2025年6月30日", "２０２５年６月３０日", "2025-06-30", "2025.06.30", " 2025 / 6 / 30 ",
     "㋿7年6月30日"],
)  # fmt: skip
def test_a_day_is_read_as_people_type_it(text: str) -> None:
    assert read_date(text) == date(2025, 6, 30)


def test_a_typed_day_of_an_earlier_era_is_read() -> None:
    assert read_date("H31.4.30") == date(2019, 4, 30)
    assert read_date("R元.5.1") == read_date("R1.5.1") == date(2019, 5, 1)


@pytest.mark.parametrize(
    "text",
    ["7.6.30", "6/28", "2025/6", "25/6/30", "2025/6-30", "2025/2/30", "R7.13.1", "H31.5.1", "R0.5.1", "X7.6.30", "",
     "2025630", "六月末"],
)  # fmt: skip
def test_what_is_no_day_or_could_be_several_is_not_read(text: str) -> None:
    assert read_date(text) is None


@given(st.dates(FIRST_DAY, date(2117, 12, 31)))
def test_every_written_day_and_iso_day_is_read(day: date) -> None:
    assert read_date(format_date(day)) == read_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("at", "text"),
    [
        ("2024-06-28T10:42:07", "令和6年6月28日 10:42"),
        ("2019-05-01T00:05:59", "令和元年5月1日 00:05"),
        ("2024-06-28T10:42:07+09:00", "令和6年6月28日 10:42"),
        ("きのう", "きのう"),
    ],
)
def test_a_moment_is_written_to_the_minute_and_what_is_none_as_it_is(at: str, text: str) -> None:
    assert format_moment(at) == text
