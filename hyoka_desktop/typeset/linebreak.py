"""Break text into lines by the rules of Japanese typesetting (JIS X 4051, JLReq 3.1 and Appendix A).

行頭禁則 and 行末禁則 are kept, Latin words and numbers are not split, ―― and …… stay together, a number keeps its unit
where there is room, a closing mark at the line end may be set half width, and spaces at a line end stay there. Nothing
is dropped: the lines joined are the text.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate
from typing import Final

from hyoka_desktop.typeset.clusters import advances as advances_of
from hyoka_desktop.typeset.clusters import is_variation_selector
from hyoka_desktop.typeset.spacing import latin_borders

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
_FULL_DIGITS: Final = frozenset("０１２３４５６７８９")
_DIGITS: Final = _FULL_DIGITS | frozenset("0123456789")
_UNITS: Final = frozenset("年月日時分秒週人名件円回個本台社者校所箇項条章節号位割倍点歳期次か千万億兆ｍｋｔＭＧ㎡㎞㎏")
"""What stands behind a number and belongs to it (連数字 and 単位記号, JLReq 3.1.10)."""
_WIDTH_FOR_UNITS: Final = 12_000.0
"""A line of at least so many thousandths has the room to keep a number with its unit."""
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
    if before in _FULL_DIGITS and after in _FULL_DIGITS:
        return False
    return not (before == after and before in _INSEPARABLE)


def clings(character: str) -> bool:
    """Tell whether a character belongs to the one before it: a variation selector or a combining mark."""
    return is_variation_selector(character) or unicodedata.category(character) in _MARKS


def parts_unit(before: str, after: str) -> bool:
    """Tell whether a break between two characters would part a number from its unit."""
    return before in _DIGITS and after in _UNITS


def break_text(
    text: str, widths: Mapping[str, float], width: float, rest: float | None = None, latin_space: float = 0.0
) -> tuple[str, ...]:
    """Break one paragraph into lines no wider than `width` (thousandths of the font size).

    Lines after the first are no wider than `rest`, where it is given. `latin_space` stands between kanji or kana and
    Latin letters or digits, but not at the end of a line. A piece that cannot be broken and is wider than the line is
    cut between characters. Empty text is one empty line.
    """
    measured = Measured(text, widths, latin_space)
    lines: list[str] = []
    start, limit = 0, width
    while measured.width(start, len(text)) > limit + _TOLERANCE:
        end = measured.line_end(start, limit)
        if end >= len(text):
            break
        lines.append(text[start:end])
        start, limit = end, width if rest is None else rest
    lines.append(text[start:])
    return tuple(lines)


class Measured:
    """Know where each character of a text ends if it is set in one line."""

    def __init__(self, text: str, widths: Mapping[str, float], latin_space: float) -> None:
        self._text = text
        self._space = latin_space
        self._spaced = frozenset(latin_borders(text)) if latin_space else frozenset[int]()
        advances = advances_of(text, widths)
        for place in self._spaced:
            advances[place - 1] += latin_space
        self._ends = list(accumulate(advances, initial=0.0))

    def width(self, start: int, end: int) -> float:
        """Tell how wide some characters are as a line of their own."""
        return self._ends[end] - self._ends[start] - (self._space if end in self._spaced else 0.0)

    def line_end(self, start: int, width: float) -> int:
        """Tell where the line that begins at `start` ends: the last allowed place whose ink is within the width."""
        text = self._text
        fitting = self._fitting(start, width)
        longest = self._with_hanging_marks(start, fitting, width)
        if longest >= len(text):
            return longest
        for end in range(longest, start, -1):
            if may_break(text[end - 1], text[end]):
                return self._before_number(start, end) if width >= _WIDTH_FOR_UNITS else end
        while fitting < len(text) and clings(text[fitting]):
            fitting += 1
        return fitting

    def _fitting(self, start: int, width: float) -> int:
        """Tell the end of all that fits, at least one character, wherever it is."""
        limit = self._ends[start] + width + _TOLERANCE
        fitting = max(bisect_right(self._ends, limit, start + 1) - 1, start + 1)
        if fitting + 1 in self._spaced and self.width(start, fitting + 1) <= width + _TOLERANCE:
            fitting += 1
        return fitting

    def _with_hanging_marks(self, start: int, end: int, width: float) -> int:
        """Take in a closing mark whose blank right half would stand outside, and spaces."""
        text = self._text
        if (
            end < len(text)
            and text[end] in _HALF_BLANK
            and self.width(start, end + 1) - _HALF_WIDTH <= width + _TOLERANCE
        ):
            end += 1
        while end < len(text) and text[end] in _SPACES:
            end += 1
        return end

    def _before_number(self, start: int, end: int) -> int:
        """Tell a place in front of the number whose unit would begin the next line, if it leaves most of the line."""
        text = self._text
        if not parts_unit(text[end - 1], text[end]):
            return end
        place = end - 1
        while place > start and (text[place - 1] in _DIGITS or not may_break(text[place - 1], text[place])):
            place -= 1
        return place if place > start + (end - start) // 2 else end
