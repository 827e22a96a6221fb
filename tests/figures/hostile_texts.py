"""Texts that programs break on or quietly alter: what comes in, what is kept of it, and whether that must be told."""

from dataclasses import dataclass
from typing import Final

BEGIN, END = "始", "終"
"""Stand around each text, so that an end that is cut off is noticed."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """One text; `kept` is the same where nothing may be altered."""

    name: str
    given: str
    kept: str
    is_told: bool


def _kept(name: str, text: str) -> Hostile:
    whole = f"{BEGIN}{text}{END}"
    return Hostile(name, whole, whole, is_told=False)


def _altered(name: str, given: str, kept: str, *, is_told: bool = True) -> Hostile:
    return Hostile(name, f"{BEGIN}{given}{END}", f"{BEGIN}{kept}{END}", is_told)


HOSTILE: Final = (
    _altered("NUL", "a\0b", "ab"),
    _altered("C0 controls", "a\x01\x02\x08\x0e\x1fb", "ab"),
    _altered("escape sequence", "\x1b[31m赤\x1b[0m", "[31m赤[0m"),
    _altered("delete", "a\x7fb", "ab"),
    _altered("C1 controls", "a\x80\x9fb", "ab"),
    _altered("vertical tab", "一\x0b二", "一\n二"),
    _altered("form feed", "一\x0c二", "一\n二"),
    _altered("next line", "一\u0085二", "一\n二"),
    _altered("line separator", "一\u2028二", "一\n二"),
    _altered("paragraph separator", "一\u2029二", "一\n二"),
    _altered("carriage return", "一\r二", "一\n二", is_told=False),
    _altered("line end of Windows", "一\r\n二", "一\n二", is_told=False),
    _altered("byte order mark", "\ufeff文", "文"),
    _altered("noncharacters", "a\ufffe\uffff\ufdd0b", "ab"),
    _altered("noncharacters of other planes", "a\U0001ffff\U0010fffeb", "ab"),
    _altered("lone surrogate", "a\ud800b", "a\ufffdb"),
    _altered("right to left override", "a\u202eb", "a\u2426b"),
    _altered("isolates", "a\u2066b\u2069", "a\u2426b\u2426"),
    _kept("markup", "<b>太字</b>&amp;<img src=x onerror=1>"),
    _kept("ampersand", "A&B & C&lt;"),
    _kept("end of CDATA", "]]><!-- -->"),
    _kept("escape of a spreadsheet", "_x000D_と_x0041_"),
    _kept("formula", "\n=1+1\n+1\n-1\n@SUM(A1)"),
    _kept("field of Word", "{ DATE }{ MERGEFIELD x }"),
    _kept("placeholder", "{self_rating} %s %(x)d ${HOME} {0}"),
    _kept("statement", "'; DROP TABLE value; --"),
    _kept("backslashes", "\\\\server\\share\\n\\u0000"),
    _kept("path", "../../etc/passwd C:\\NUL.txt"),
    _kept("quotes", "\"'`「」『』“”"),
    _kept("tab", "一\t二"),
    _kept("spaces", "  　 \u00a0 \u3000"),
    _kept("zero width", "a\u200bb\u200cc\u200dd\u2060e"),
    _kept("soft hyphen", "a\u00adb"),
    _kept("beyond the first plane", "𠮷野家で𩸽😀"),
    _kept("joined emoji", "👩\u200d🔬👨\u200d👩\u200d👧🇯🇵"),
    _kept("variation selector", "葛\U000e0100飾 辻\U000e0101"),
    _kept("private use", "外\ue000字\U000f0000"),
    _kept("decomposed kana", "か\u3099は\u309a"),
    _kept("half-width kana", "ﾊﾝｶｸ ﾊﾞﾊﾟ"),
    _kept("many combining marks", "Z\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309"),
    _kept("other directions", "שלום مرحبا"),
    _kept("without a break", "評" * 3000),
    _kept("many paragraphs", "\n" * 60),
    _kept("wave dashes", "〜～−－―—‖∥¢￠"),
)
