"""Write dates and fiscal years in the Japanese era calendar (和暦).

Source: 元号を改める政令; the first year of an era is 元年. A fiscal year takes the era in force at the end of its
calendar year, so 2019 is 令和元年度 and 1988 is 昭和63年度, as ministries print them.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

FIRST_MONTH_OF_FISCAL_YEAR: Final = 4


@dataclass(frozen=True, slots=True)
class Era:
    """Name an era, its first day and the letter that stands for it."""

    name: str
    first_day: date
    letter: str


ERAS: Final = (
    Era("令和", date(2019, 5, 1), "R"),
    Era("平成", date(1989, 1, 8), "H"),
    Era("昭和", date(1926, 12, 25), "S"),
    Era("大正", date(1912, 7, 30), "T"),
    Era("明治", date(1868, 10, 23), "M"),
)
_WRITTEN_DATE = re.compile(
    r"(?:(?P<era>令和|平成|昭和|大正|明治|[RHSTM])(?P<count>元|[0-9]{1,2})|(?P<year>[0-9]{4}))"
    r"(?:年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日?|([./-])(?P<number>[0-9]{1,2})\6(?P<last>[0-9]{1,2}))",
    re.IGNORECASE,
)
_ERA_DATE = re.compile(r"(令和|平成|昭和|大正|明治)(元|[0-9]{1,2})年(?:([0-9]{1,2})月([0-9]{1,2})日|度)")


def era_of(day: date) -> Era:
    """Tell the era of a day; ValueError before 1868-10-23."""
    for era in ERAS:
        if day >= era.first_day:
            return era
    raise ValueError(f"no era before {ERAS[-1].first_day}: {day}")


def format_date(day: date) -> str:
    """Write a day, for example 「令和6年6月28日」; one before 1868-10-23, of no era, by its calendar year."""
    return f"{_year_text(day)}年{day.month}月{day.day}日"


def format_moment(at: str) -> str:
    """Write a moment given as ISO 8601 text to the minute, for example 「令和6年6月28日 10:42」; else as it is."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return at
    return f"{format_date(moment.date())} {moment.hour:02}:{moment.minute:02}"


def format_fiscal_year(year: int) -> str:
    """Write a fiscal year, given by the calendar year of its April, for example 2019 as 「令和元年度」.

    One that ends before there were eras is written in figures.
    """
    return f"{_year_text(date(year, 12, 31))}年度"


def format_short_fiscal_year(year: int) -> str:
    """Write a fiscal year where there is little room, for example 2023 as 「R5」; ValueError before 1868."""
    day = date(year, 12, 31)
    era = era_of(day)
    return f"{era.letter}{day.year - era.first_day.year + 1}"


def parse_date(text: str) -> date | None:
    """Read 「令和6年6月28日」, full-width digits too; None where it is no date of that era."""
    found = _ERA_DATE.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if found is None or found[3] is None:
        return None
    era = _era_named(found[1])
    try:
        day = date(_calendar_year(era, found[2]), int(found[3]), int(found[4]))
    except ValueError:
        return None
    return day if day >= era.first_day and era_of(day) is era else None


def read_date(text: str) -> date | None:
    """Read a day as people type it, in any width: 「令和6年6月28日」「R6.6.28」「2024/6/28」「2024年6月28日」.

    None where it is no day of its era, or where the year could be of any. A calendar year may be before all eras.
    """
    found = _WRITTEN_DATE.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if found is None:
        return None
    month, day = int(found["month"] or found["number"]), int(found["day"] or found["last"])
    if found["era"] is not None:
        era = next(era for era in ERAS if found["era"].upper() in (era.name, era.letter))
        return parse_date(f"{era.name}{found['count']}年{month}月{day}日")
    try:
        return date(int(found["year"]), month, day)
    except ValueError:
        return None


def parse_fiscal_year(text: str) -> int | None:
    """Read 「令和5年度」 as 2023; None where it is none."""
    found = _ERA_DATE.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
    if found is None or found[3] is not None:
        return None
    era = _era_named(found[1])
    year = _calendar_year(era, found[2])
    return year if era in _eras_within(year) else None


def fiscal_year_of(day: date) -> int:
    """Tell the fiscal year (April to March) that a day belongs to."""
    return day.year if day.month >= FIRST_MONTH_OF_FISCAL_YEAR else day.year - 1


def _eras_within(year: int) -> set[Era]:
    """Tell the eras in force from April to December of a year."""
    first, last = date(year, FIRST_MONTH_OF_FISCAL_YEAR, 1), date(year, 12, 31)
    return {era_of(day) for day in (first, last) if day >= ERAS[-1].first_day}


def _year_text(day: date) -> str:
    if day < ERAS[-1].first_day:
        return str(day.year)
    era = era_of(day)
    number = day.year - era.first_day.year + 1
    return f"{era.name}{'元' if number == 1 else number}"


def _calendar_year(era: Era, number: str) -> int:
    return era.first_day.year + (1 if number == "元" else int(number)) - 1


def _era_named(name: str) -> Era:
    return next(era for era in ERAS if era.name == name)
