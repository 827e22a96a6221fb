"""Cut text into what a font shows as one glyph: a character with its variation selector, or a pair of JIS X 0213."""

import re
from collections.abc import Mapping
from typing import Final

_SELECTOR: Final = "[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
_PAIR: Final = "[かきくけこカキクケコセツト\u31f7]\u309a|æ\u0300|[ɔʌəɚ][\u0300\u0301]|˩˥|˥˩"
"""The 25 characters of JIS X 0213 that Unicode writes as two: kana with 半濁点, phonetic letters, tones."""
_JOINED: Final = re.compile(f"(?:{_PAIR}|.{_SELECTOR})", re.DOTALL)
SECONDS: Final = frozenset("\u309a\u0300\u0301˩˥") | frozenset(
    map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))
)
"""Characters that may be the second of a cluster; a text without any has none."""


def is_variation_selector(character: str) -> bool:
    """Tell whether a character chooses the shape of the one before it (IVS and standardised variants)."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def is_pair(cluster: str) -> bool:
    """Tell whether a cluster is one of the characters of JIS X 0213 that are written as two."""
    return len(cluster) > 1 and not is_variation_selector(cluster[1])


def clusters(text: str) -> list[str]:
    """Cut a text into characters, each with its variation selector; the pairs of JIS X 0213 are one."""
    if SECONDS.isdisjoint(text):
        return list(text)
    cut: list[str] = []
    for character in text:
        if cut and len(cut[-1]) == 1 and _JOINED.fullmatch(cut[-1] + character):
            cut[-1] += character
        else:
            cut.append(character)
    return cut


def advances(text: str, widths: Mapping[str, float]) -> list[float]:
    """Tell the advance of each character of a text; the second of a pair has what the pair is wider than the first."""
    if SECONDS.isdisjoint(text):
        return [widths[character] for character in text]
    told: list[float] = []
    for cluster in clusters(text):
        told.append(widths[cluster[0]])
        if is_pair(cluster):
            told.append(widths[cluster] - told[-1])
        elif len(cluster) > 1:
            told.append(widths[cluster[1]])
    return told
