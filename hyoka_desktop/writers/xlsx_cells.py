"""Decide what a text becomes in the cell of a sheet: a number where it is plainly one, else text that stays text."""

import re
from dataclasses import dataclass
from typing import Final

from hyoka_desktop.writers.package import legal

LONGEST_TEXT: Final = 32_767
"""Code units of UTF-16 in a cell of Excel."""

_MOST_DIGITS = 15
"""Excel keeps no more digits of a number."""
_NUMBER = re.compile(r"-?(?P<whole>0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?P<decimals>\.[0-9]+)?")
_READ_ANEW = re.compile(r"[=+\-@\t'＝＋－＠]|[(（.¥￥$]?\d")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{1,4}_)")
_GENERAL = "General"


@dataclass(frozen=True, slots=True)
class Written:
    """Hold what is written into a cell.

    With `quoted`, Excel keeps a text as it is also when somebody edits it, which it would else read as a formula, a
    number or a date.
    """

    value: str | float
    number_format: str = _GENERAL
    quoted: bool = False


def written(text: str) -> Written:
    """Tell how a text is written: digits of full width, leading zeros and more digits than a number keeps stay text."""
    number = _NUMBER.fullmatch(text)
    if number is not None and sum(letter.isdecimal() for letter in text) <= _MOST_DIGITS:
        value = float(text.replace(",", ""))
        if value or not text.startswith("-"):
            return Written(value if number["decimals"] else int(value), _format(number["whole"], number["decimals"]))
    return as_text(text)


def as_text(text: str) -> Written:
    """Tell how a text is written that shall be one in any case."""
    return Written(escaped_text(text), quoted=_READ_ANEW.match(text) is not None)


def escaped_text(text: str) -> str:
    """Write a text so that the same is read: `_x0041_` would be A (ECMA-376 Part 1, 22.9.2.19), and to some `_x41_`."""
    return _ESCAPE.sub("_x005F_", legal(text))


def is_too_long(text: str) -> bool:
    """Tell whether a cell cannot hold a text, as it is written."""
    return len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT


def _format(whole: str, decimals: str | None) -> str:
    return ("#,##0" if "," in whole else "0") + ("." + "0" * (len(decimals) - 1) if decimals else "")
