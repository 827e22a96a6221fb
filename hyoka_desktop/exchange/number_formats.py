"""Write the number of a cell as its format shows it, so that 0.95 under `0%` is read as 「95%」, as people see it.

Source: ECMA-376 Part 1, 18.8.30 and 18.8.31. Days and times are told apart and not written.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Final

_BUILT_IN: Final = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
}
_BUILT_IN_DAYS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|([0#?.,]+)|(%)|(General)|([A-Za-z@/])|(.)', re.DOTALL)
_DAY_LETTERS: Final = frozenset("yYmMdDhHsSeEgGaAbB")
_MOST_DIGITS = 15
"""Excel keeps and shows no more."""
_PRECISION = 400


@dataclass(frozen=True, slots=True)
class _Section:
    """One section of a format: what stands before and behind the digits, and how they are written."""

    before: str
    digits: str
    behind: str
    percents: int


def is_day(code: str | None, number_id: int) -> bool:
    """Tell whether a format shows days or times."""
    if code is None:
        return number_id in _BUILT_IN_DAYS
    return any(found[6] in _DAY_LETTERS for found in _TOKEN.finditer(code.split(";")[0]) if found[6])


def shown_number(number: Decimal, code: str | None, number_id: int) -> str:
    """Write a number under a format, given by its code or else by its number; what is not known is written plainly."""
    code = _BUILT_IN.get(number_id, "") if code is None else code
    sections = _split(code)
    negative = number < 0
    has_own = negative and len(sections) > 1
    section = _read(sections[1] if has_own else sections[0])
    if not re.search("[0#?]", section.digits):
        return plain_number(number)
    with localcontext() as context:
        context.prec = _PRECISION
        digits = _written(abs(number) * 100**section.percents, section.digits)
    sign = "-" if negative and not has_own and re.search("[1-9]", digits) else ""
    return f"{sign}{section.before}{digits}{section.behind}"


def plain_number(number: Decimal) -> str:
    """Write a number in digits, without the noise that binary arithmetic leaves behind the fifteenth."""
    with localcontext() as context:
        context.prec = _MOST_DIGITS
        rounded = +number
    text = f"{rounded:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _split(code: str) -> list[str]:
    """Divide a format into its sections, at semicolons outside quotes."""
    return re.findall(r'((?:"[^"]*"|\\.|[^;])*)(?:;|$)', code)[:-1] or [""]


def _read(code: str) -> _Section:
    before, digits, behind, percents = "", "", "", 0
    for found in _TOKEN.finditer(code):
        literal = found[1] or found[2] or found[7] or ("%" if found[4] else "")
        percents += bool(found[4])
        digits += found[3] or ""
        if digits:
            behind += literal
        else:
            before += literal
    return _Section(before, digits, behind, percents)


def _written(number: Decimal, digits: str) -> str:
    whole, _, decimals = digits.rstrip(",").partition(".")
    number = number.scaleb(-3 * (len(digits) - len(digits.rstrip(","))))
    most, least = len(decimals), decimals.count("0")
    rounded = number.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP)
    written = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    first, _, rest = written.partition(".")
    rest = rest[:least] + rest[least:].rstrip("0")
    first = first.zfill(whole.count("0")) if "," not in whole else first
    return f"{first}.{rest}" if rest else first
