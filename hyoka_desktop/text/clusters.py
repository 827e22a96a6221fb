"""Split text into what a reader takes for one character, so that nothing ever cuts through it.

After UAX #29, without the rules for Hangul jamo. A kanji with its variation selector, a kana with a combining dakuten
and an emoji with its joiners are one each.
"""

import unicodedata
from collections.abc import Iterator
from typing import Final

_JOINER: Final = "\u200d"
_EXTENDING: Final = frozenset({"Mn", "Me", "Mc"})


def clusters(text: str) -> list[str]:
    """Split a text into clusters; joined they are the text."""
    return list(_split(text))


def _split(text: str) -> Iterator[str]:
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not _continues(text, start, place):
            yield text[start:place]
            start = place


def _continues(text: str, start: int, place: int) -> bool:
    """Tell whether the character at a place belongs to the cluster that began at `start`."""
    before, here = text[place - 1], text[place]
    if here < "\u0300" and before < "\u0300":
        return before == "\r" and here == "\n"
    if "\udc00" <= here <= "\udfff":
        return "\ud800" <= before <= "\udbff"
    if before in "\r\n":
        return False
    if before == _JOINER and start < place - 1:
        return True
    if _is_regional(here):
        return place - start == 1 and _is_regional(before)
    return _extends(here)


def _extends(character: str) -> bool:
    """Tell whether a character stands on the one before: a mark, a selector, a joiner, a skin tone, a tag."""
    return (
        unicodedata.category(character) in _EXTENDING
        or character in "\uff9e\uff9f\u200c\u200d"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or "\U000e0020" <= character <= "\U000e007f"
    )


def _is_regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
