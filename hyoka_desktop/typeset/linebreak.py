"""Break text into lines by the rules of Japanese typesetting (JIS X 4051, JLReq 3.1 and Appendix A).

行頭禁則 and 行末禁則 are kept, Latin words and numbers are not split, ―― and …… stay together, a closing mark at the
line end may be set half width, and spaces at a line end stay there. Nothing is dropped: the lines joined are the text.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate
from typing import Final

from hyoka_desktop.typeset.fonts import is_variation_selector

NOT_AT_LINE_START: Final = frozenset(
    "、。，．・：；？！‼⁇⁈⁉゛゜ヽヾゝゞ々〻ー」』）］｝〉》】〕〙〗〟’”»"
    "｡､｣･ｰﾞﾟｧｨｩｪｫｬｭｮｯ"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
    "‐゠–〜～)]},.:;?!%‰％°℃′″＞"
)
"""行頭禁則文字: closing brackets, commas, full stops, small kana, iteration and prolonged sound marks, units."""
NOT_AT_LINE_END: Final = frozenset("「『（［｛〈《【〔〘〖〝‘“«｢([{＜￥＄￡£＃№¥$#")
"""行末禁則文字: opening brackets and marks that stand before a number."""
_HALF_BLANK: Final = frozenset("、。，．」』）］｝〉》】〕’”")
_WORD: Final = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.,_-/:@&=+%'\"")
_INSEPARABLE: Final = frozenset("―…‥")
_SPACES: Final = frozenset(" 　")
_TOLERANCE: Final = 0.5
_HALF_WIDTH: Final = 500.0
_MARKS: Final = frozenset({"Mn", "Me"})


def may_break(before: str, after: str) -> bool:
    """Tell whether a line may end between two characters."""
    if after in NOT_AT_LINE_START or before in NOT_AT_LINE_END or after in _SPACES:
        return False
    if (before in _WORD and after in _WORD) or clings(after):
        return False
    return not (before == after and before in _INSEPARABLE)


def clings(character: str) -> bool:
    """Tell whether a character belongs to the one before it: a variation selector or a combining mark."""
    return is_variation_selector(character) or unicodedata.category(character) in _MARKS


def break_text(text: str, widths: Mapping[str, float], width: float) -> tuple[str, ...]:
    """Break one paragraph into lines no wider than `width` (thousandths of the font size).

    A piece that cannot be broken and is wider than the line is cut between characters. Empty text is one empty line.
    """
    ends = list(accumulate((widths[character] for character in text), initial=0.0))
    limit = width + _TOLERANCE
    lines: list[str] = []
    start = 0
    while ends[-1] - ends[start] > limit:
        end = _line_end(text, ends, start, ends[start] + limit)
        if end >= len(text):
            break
        lines.append(text[start:end])
        start = end
    lines.append(text[start:])
    return tuple(lines)


def _line_end(text: str, ends: list[float], start: int, limit: float) -> int:
    """Tell where the line that begins at `start` ends: the last allowed place whose ink is within the limit."""
    fitting = max(bisect_right(ends, limit, start + 1) - 1, start + 1)
    longest = _with_hanging_marks(text, ends, fitting, limit)
    if longest >= len(text):
        return longest
    for end in range(longest, start, -1):
        if may_break(text[end - 1], text[end]):
            return end
    while fitting < len(text) and clings(text[fitting]):
        fitting += 1
    return fitting


def _with_hanging_marks(text: str, ends: list[float], end: int, limit: float) -> int:
    """Take in a closing mark whose blank right half would stand outside, and spaces."""
    if end < len(text) and text[end] in _HALF_BLANK and ends[end + 1] - _HALF_WIDTH <= limit:
        end += 1
    while end < len(text) and text[end] in _SPACES:
        end += 1
    return end
