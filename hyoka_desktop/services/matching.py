"""Tell whether a name fits the words that a person wrote, and show a place in a text with what is around it."""

import re
import unicodedata
from typing import Final

from hyoka_desktop.text.folding import fold_all

_AROUND = 14
_ROMAN: Final = re.compile("[\u2160-\u216b]")


def fits_words(words: str, name: str) -> bool:
    """Tell whether all words, in any order, width, kana or case, are in a name."""
    folded = fold_all(name)
    return all(word in folded for word in fold_all(words).split())


def in_arabic(number: str) -> str:
    """Write a number like Ⅱ-1 as people type it: 2-1."""
    return _ROMAN.sub(lambda digit: str(int(unicodedata.numeric(digit[0]))), number)


def around(text: str, start: int, end: int) -> str:
    """Tell a place in a text with what stands before and behind it, in one line."""
    head = ("…" if start > _AROUND else "") + text[max(start - _AROUND, 0) : start]
    tail = text[end : end + _AROUND] + ("…" if end + _AROUND < len(text) else "")
    return f"{head}{text[start:end]}{tail}".replace("\n", " ")
