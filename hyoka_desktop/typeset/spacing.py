"""Space characters within a line: beside Latin text, to fill a line, to spread a label (JLReq 3.2.6, 3.8).

Gaps are told one for each character of a line: what stands behind it beyond its own width.
"""

import re
from typing import Final

_KANJI = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff\ufe00-\ufe0f\U000e0100-\U000e01ef"
)
_LATIN = "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_BORDER: Final = re.compile(f"(?<=[{_KANJI}])(?=[{_LATIN}])|(?<=[{_LATIN}])(?=[{_KANJI}])")
_LETTERS: Final = re.compile(f"[{_LATIN}]")
_WORD = "0-9A-Za-z.,_\\-/:@&=+%'\"\u00c0-\u024f"
_TIGHT: Final = re.compile(
    f"(?<=[{_WORD}])(?=[{_WORD}])"
    "|(?=[\ufe00-\ufe0f\U000e0100-\U000e01ef\u0300-\u036f\u3099\u309a])"
    "|(?<=―)(?=―)|(?<=…)(?=…)|(?<=‥)(?=‥)"
    "|(?<=[「『（［｛〈《【〔([])|(?=[、。，．・：；」』）］｝〉》】〕)\\]])"
)
"""Where no space is put in: inside words and pairs, behind opening and before closing marks (JLReq 3.1.11, 3.8.4)."""
_SPACE: Final = re.compile(" ")
_WIDEST_LATIN: Final = 0.25
_WIDEST: Final = 0.3


def latin_borders(text: str) -> list[int]:
    """Tell the places between kanji or kana and Latin letters or digits, as indices of the character behind."""
    # Most lines have none of these letters, and looking for the letters alone is quick.
    return [found.start() for found in _BORDER.finditer(text)] if _LETTERS.search(text) else []


def natural_gaps(line: str, latin_space: float) -> list[float]:
    """Tell the gaps of a line as it comes: Latin spaces alone; empty where there is none."""
    borders = latin_borders(line) if latin_space else []
    if not borders:
        return []
    gaps = [0.0] * len(line)
    for place in borders:
        gaps[place - 1] = latin_space
    return gaps


def filling_gaps(line: str, room: float, size: float, latin_space: float) -> list[float] | None:
    """Tell the gaps that widen a line by `room`: first beside Latin text and at its spaces, then everywhere.

    None where the line would be torn apart: it is better left ragged.
    """
    borders = latin_borders(line) if latin_space else []
    gaps = [0.0] * len(line)
    for place in borders:
        gaps[place - 1] = latin_space
    soft = [*borders, *(found.end() for found in _SPACE.finditer(line, 1, len(line) - 1))]
    if latin_space and soft:
        share = min(room / len(soft), _WIDEST_LATIN * size - latin_space)
        for place in soft:
            gaps[place - 1] += share
        room -= share * len(soft)
    places = _loose_places(line)
    if room > 0 and (not places or room / len(places) > _WIDEST * size):
        return None
    for place in places:
        gaps[place - 1] += room / len(places)
    return gaps


def spreading_gaps(line: str, room: float) -> list[float]:
    """Tell the gaps that spread the characters of a label over the width (均等割り)."""
    gaps = [0.0] * len(line)
    places = _loose_places(line)
    for place in places:
        gaps[place - 1] = room / len(places)
    return gaps


def _loose_places(line: str) -> list[int]:
    """Tell the places where space may be put in, as indices of the character behind."""
    tight = {found.start() for found in _TIGHT.finditer(line)}
    return [place for place in range(1, len(line)) if place not in tight]
