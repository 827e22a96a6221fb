"""Find words in Japanese text, which has no spaces between them, without a dictionary: runs of one kind of character.

As in other editors: 「点検診断を301施設で」 is 点検診断, を, 301, 施設, で. Marks like 、 and 。 are runs too.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from hyoka_desktop.text.clusters import clusters

_KINDS: Final = (
    ("space", re.compile(r"\s")),
    ("kanji", re.compile("[々〆〇ヵヶ\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")),
    ("hiragana", re.compile("[\u3041-\u309f]")),
    ("katakana", re.compile("[\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff\uff66-\uff9f]")),
    ("letter", re.compile(r"\w")),
    ("object", re.compile("\ufffc")),
)
_MARK: Final = "mark"
_ALONE: Final = "object"
_GOES_ON: Final = "ー"
_WITHIN_NUMBER: Final = frozenset(".,．，")


def word_around(text: str, place: int) -> tuple[int, int]:
    """Tell where the word begins and ends that holds a place; at the end of the text it is the last one."""
    starts = [start for start, _ in _runs(text)]
    if not starts:
        return 0, 0
    found = max(bisect_right(starts, place) - 1, 0)
    return starts[found], starts[found + 1] if found + 1 < len(starts) else len(text)


def next_word(text: str, place: int) -> int:
    """Tell where the next word begins, spaces left out; the end of the text behind the last one."""
    return next((start for start, kind in _runs(text) if start > place and kind != "space"), len(text))


def previous_word(text: str, place: int) -> int:
    """Tell where the word before a place begins, spaces left out; 0 before the first one."""
    return max((start for start, kind in _runs(text) if start < place and kind != "space"), default=0)


def _runs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the beginning and the kind of each run."""
    parts = clusters(text)
    place, before = 0, ""
    for number, part in enumerate(parts):
        kind = _kind(parts, number, before)
        if kind != before or kind == _ALONE:
            yield place, kind
        place, before = place + len(part), kind


def _kind(parts: list[str], number: int, before: str) -> str:
    """Tell the kind of a character; the long vowel mark and a point within a number are of the kind before them."""
    sign = parts[number][0]
    if sign == _GOES_ON and before in {"hiragana", "katakana"}:
        return before
    is_inside = sign in _WITHIN_NUMBER and 0 < number < len(parts) - 1
    if is_inside and parts[number - 1][0].isdigit() and parts[number + 1][0].isdigit():
        return "letter"
    return next((kind for kind, pattern in _KINDS if pattern.match(sign)), _MARK)
