"""Break centred labels into lines of about one length, between words where that can be told from the script."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final

from hyoka_desktop.typeset.linebreak import Measured, break_text, may_break

_LONGEST: Final = 60
"""A longer label is a sentence: its lines are filled."""
_TOLERANCE: Final = 0.5
_BEHIND_WORD: Final = frozenset("・、。，．／/）)」』〉》】〕ー ")
_BEFORE_WORD: Final = frozenset("（(「『〈《【〔")
_WORD: Final = 2
"""Most words of the field are of two kanji."""
_FREE, _CHEAP, _DEAR = 0.0, 0.15, 0.6


def break_label(text: str, widths: Mapping[str, float], width: float, latin_space: float = 0.0) -> tuple[str, ...]:
    """Break a label into as few lines as `break_text` does, none wider than `width` where that is possible.

    Of all such ways the one is taken whose lines are most alike and whose breaks part no word.
    """
    usual = break_text(text, widths, width, latin_space=latin_space)
    if len(usual) == 1 or len(text) > _LONGEST:
        return usual
    measured = Measured(text, widths, latin_space)
    aim = measured.width(0, len(text)) / len(usual)

    @cache
    def best(start: int, lines: int) -> tuple[float, tuple[int, ...]] | None:
        """Tell the cost of the best lines from a place on, and where each ends; None where there are none."""
        if lines == 1:
            left = measured.width(start, len(text))
            return (((left - aim) / aim) ** 2, (len(text),)) if left <= width + _TOLERANCE else None
        found: tuple[float, tuple[int, ...]] | None = None
        for end in range(start + 1, len(text)):
            taken = measured.width(start, end)
            if taken > width + _TOLERANCE:
                break
            following = best(end, lines - 1) if may_break(text[end - 1], text[end]) else None
            if following is not None:
                cost = ((taken - aim) / aim) ** 2 + _parting(text, end) + following[0]
                if found is None or cost < found[0]:
                    found = (cost, (end, *following[1]))
        return found

    chosen = best(0, len(usual))
    if chosen is None:
        return usual
    return tuple(text[start:end] for start, end in zip((0, *chosen[1]), chosen[1], strict=False))


def _parting(text: str, place: int) -> float:
    """Tell how much a break at a place parts what belongs together."""
    before, after = text[place - 1], text[place]
    if before in _BEHIND_WORD or after in _BEFORE_WORD:
        return _FREE
    if _is_kanji(before) and _is_kanji(after):
        start = place
        while start and _is_kanji(text[start - 1]):
            start -= 1
        return _CHEAP if (place - start) % _WORD == 0 else _DEAR
    if _is_kanji(after):
        return _FREE
    return _CHEAP if after.isascii() else _DEAR


def _is_kanji(character: str) -> bool:
    return unicodedata.name(character, "").startswith("CJK UNIFIED")
