"""Clean text at every border of the program (typing, paste, import), and say what was changed.

After it no text holds a character that XML 1.0 cannot hold, and line ends are line feeds. Characters that merely look
odd (外字, half-width kana, decomposed kana, variation selectors) are kept.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Oddity(StrEnum):
    """Name what was changed in a text."""

    LINE_END = "line_end"
    CONTROL = "control"
    NONCHARACTER = "noncharacter"
    SURROGATE = "surrogate"
    DIRECTION = "direction"


@dataclass(frozen=True, slots=True)
class Normalised:
    """Hold a clean text and how many characters of each kind were changed; ordinary line ends do not count."""

    text: str
    changed: Mapping[Oddity, int]


VISIBLE_DIRECTION_MARK: Final = "\u2426"
"""Stands for a bidirectional control, which could make a text read otherwise than it is stored (␦)."""

_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\u0085\u000b\u000c]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_NONCHARACTERS = re.compile(
    "[\ufdd0-\ufdef\ufeff"
    + "".join(chr(plane * 0x10000 + end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
    + "]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
    "\U0001fffe-\U0010ffff]"
)
_PLAIN_LINE_ENDS: Final = frozenset({"\r\n", "\r"})


def normalise(text: str) -> Normalised:
    """Clean a text. Cleaning a clean text changes nothing."""
    if _SUSPECT.search(text) is None:
        return Normalised(text, {})
    odd_line_ends = sum(found[0] not in _PLAIN_LINE_ENDS for found in _LINE_ENDS.finditer(text))
    counts = {Oddity.LINE_END: odd_line_ends}
    text = _LINE_ENDS.sub("\n", text)
    for oddity, pattern, substitute in (
        (Oddity.CONTROL, _CONTROLS, ""),
        (Oddity.NONCHARACTER, _NONCHARACTERS, ""),
        (Oddity.SURROGATE, _SURROGATES, "\ufffd"),
        (Oddity.DIRECTION, _DIRECTION, VISIBLE_DIRECTION_MARK),
    ):
        text, counts[oddity] = pattern.subn(substitute, text)
    return Normalised(text, {oddity: count for oddity, count in counts.items() if count})
