"""Read quantities as people write them: 「最大約480万枚」「99.9%以上」「14日以内」「▲3」「1,234千円」.

The written text stays the fact; what is parsed here is only ever derived from it. A text that does not say exactly one
quantity gives None rather than a guess.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Final


class Comparison(StrEnum):
    """Tell how a quantity bounds what it is compared with."""

    EXACT = ""
    AT_LEAST = "以上"
    MORE_THAN = "超"
    AT_MOST = "以下"
    WITHIN = "以内"
    LESS_THAN = "未満"

    @property
    def bounds_from_above(self) -> bool:
        """Tell whether the quantity is a limit not to be exceeded (以下・以内・未満)."""
        return self in {Comparison.AT_MOST, Comparison.WITHIN, Comparison.LESS_THAN}


@dataclass(frozen=True, slots=True)
class Quantity:
    """Hold one quantity: `number` in `unit`, with 千・万・億 multiplied out (「1,234千円」 is 1234000 円).

    `upper` is set for a range 「10～20件」. `condition` is a remark in brackets behind it, without the brackets.
    """

    number: Decimal
    unit: str = ""
    comparison: Comparison = Comparison.EXACT
    upper: Decimal | None = None
    approximate: bool = False
    maximum: bool = False
    condition: str = ""


class Unread(StrEnum):
    """Say why a text is not one quantity."""

    NO_NUMBER = "no_number"
    SEVERAL = "several"
    COMPARED = "compared"
    PHRASE = "phrase"
    AMBIGUOUS = "ambiguous"


_SCALES: Final = {"十": 1, "百": 2, "千": 3, "万": 4, "億": 8, "兆": 12}
"""Powers of ten; they are multiplied where they stand together, as in 千万."""
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_SIGN = r"[-−▲△]?"
_BIG = "[十百千]?[万億兆]|[百千]"
_COMPOUND = re.compile(rf"(?:{_NUMBER}(?:{_BIG})){{1,3}}{_NUMBER}(?:{_BIG})?(?![0-9,.])")
"""A number in several steps: 「1億2,000万」「1億5千万」「3千5百」."""
_STEP = re.compile(rf"({_NUMBER})({_BIG})?")
_DASH = re.compile("[-ー―—‐‑–−─]")
"""What stands where there is nothing to be written."""
_QUANTITY = re.compile(
    rf"(?P<qualifier>(?:最大|最長|最高|約|概ね|おおむね|延べ|年間|計)*)"
    rf"(?P<sign>{_SIGN})(?P<number>{_NUMBER})"
    rf"(?P<scale>{_BIG})?"
    rf"(?:[~〜-](?P<upper_sign>{_SIGN})(?P<upper>{_NUMBER})(?P<upper_scale>{_BIG})?)?"
    rf"(?P<unit>[^0-9,.()~〜\[\]【】、。:;・/\s]*?[23]?)"
    rf"(?P<comparison>以上|以下|以内|未満|超)?"
    rf"(?:\((?P<condition>[^()]*)\))?"
)
_BOUND = re.compile("以上|以下|以内|未満|超")
"""Words that bound; inside a phrase (「30日以内に回答」) they make the text more than a quantity."""
_AMBIGUOUS = re.compile("[①-⓿❶-➓²³¹⁰-⁹₀-₉½¼¾⅐-ↂ]")
"""Characters that NFKC would fold into digits that nobody wrote."""
_COMPARED = re.compile("前年|前期|前回|昨年|対比|[年期度回]比|(増|減|上回|下回|増加|減少)$")
"""Words that set a number against another one, which the text does not say."""
_APPROXIMATE: Final = ("約", "概ね", "おおむね")
_MAXIMUM: Final = ("最大", "最長", "最高")


def parse_quantity(text: str) -> Quantity | None:
    """Read the one quantity that a text states; None where there is none, or more than one."""
    head, bracket, rest = _folded(text).partition("(")
    found = _QUANTITY.fullmatch(_COMPOUND.sub(_in_one, head) + bracket + rest)
    if found is None or _BOUND.search(found["unit"]) or _AMBIGUOUS.search(text):
        return None
    qualifier = found["qualifier"]
    scale = _scale(found["scale"])
    upper = None
    if found["upper"] is not None:
        upper_scale = _scale(found["upper_scale"])
        scale = scale if found["scale"] else upper_scale
        upper = _scaled(_signed(found["upper_sign"], found["upper"]), upper_scale)
    return Quantity(
        number=_scaled(_signed(found["sign"], found["number"]), scale),
        unit=found["unit"],
        comparison=Comparison(found["comparison"] or ""),
        upper=upper,
        approximate=any(word in qualifier for word in _APPROXIMATE),
        maximum=any(word in qualifier for word in _MAXIMUM),
        condition=found["condition"] or "",
    )


def read_in_unit(text: str, unit: str) -> Quantity | None:
    """Read a quantity whose unit stands elsewhere, perhaps in brackets; one of its own comes first."""
    quantity = parse_quantity(text)
    unit = _folded(unit).strip("()[]")
    if quantity is None or quantity.unit or not unit:
        return quantity
    one = parse_quantity(f"1{unit}")
    if one is None or one.comparison or one.upper is not None:
        return replace(quantity, unit=unit)
    upper = quantity.upper * one.number if quantity.upper is not None else None
    return replace(quantity, number=quantity.number * one.number, unit=one.unit, upper=upper)


def why_unread(text: str) -> Unread | None:
    """Say why a text is not one quantity; None where it is one, empty, or the dash of what has none."""
    folded = _folded(text)
    if not folded or _DASH.fullmatch(folded) or parse_quantity(text) is not None:
        return None
    if _AMBIGUOUS.search(text):
        return Unread.AMBIGUOUS
    numbers = len(re.findall(_NUMBER, folded))
    if not numbers:
        return Unread.NO_NUMBER
    if _COMPARED.search(folded):
        return Unread.COMPARED
    return Unread.SEVERAL if numbers > 1 else Unread.PHRASE


def parse_number(text: str) -> Decimal | None:
    """Read a bare number as typed in a table, full-width digits, commas, ▲ and △ allowed; None where it is none."""
    found = re.fullmatch(rf"({_SIGN})({_NUMBER}|[0-9]*\.[0-9]+)", _folded(text))
    return _signed(found[1], found[2]) if found else None


def _folded(text: str) -> str:
    """Fold width (NFKC) and drop spaces; the long vowel mark and dashes between digits become a minus."""
    folded = unicodedata.normalize("NFKC", text).replace(" ", "")
    return re.sub(r"[ー―‐‑–−](?=[0-9])", "-", folded)


def _in_one(found: re.Match[str]) -> str:
    """Write a number in several steps as one; what does not go down step by step stays as it is."""
    total, above = Decimal(0), None
    for digits, words in _STEP.findall(found[0]):
        value = Decimal(digits.replace(",", "")) * _scale(words)
        if "." in digits or (above is not None and value >= above):
            return found[0]
        total, above = total + value, _scale(words)
    return f"{total:f}"


def _scaled(number: Decimal, scale: Decimal) -> Decimal:
    """Multiply a number out; the decimals of 1.2億 say nothing of its single digits."""
    return number if scale == 1 else (number * scale).normalize()


def _scale(words: str | None) -> Decimal:
    return Decimal(10) ** sum(_SCALES[word] for word in words or "")


def _signed(sign: str | None, digits: str) -> Decimal:
    number = Decimal(digits.replace(",", ""))
    return -number if sign else number
