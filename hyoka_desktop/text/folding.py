"""Fold a text so that what a reader takes for the same is the same: width, compatibility forms, kana.

Every place of the folded text knows its place in the text as it is written.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from hyoka_desktop.text.clusters import clusters

_KATAKANA: Final = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
_SINGLE: Final = (
    r"\t\n -~\u3000-\u3002\u3008-\u3011\u3014-\u301b\u3041-\u3096\u309d\u309e\u30a1-\u30fe"
    r"\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff5e\u25a0-\u25ff\u2460-\u2468"
)
"""Characters that are each folded to one, join no other, and which no other of them joins: nearly all of a text."""
_SINGLES: Final = re.compile(f"(?<![^{_SINGLE}])[{_SINGLE}]+(?![^{_SINGLE}])")
"""Stretches of them; the first and the last one beside anything else belong to that, which may join them."""


@dataclass(frozen=True, slots=True)
class Folded:
    """Hold a folded text; `places` tells for each of its characters, and for its end, the place in the original."""

    text: str
    places: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Tell where a stretch of the folded text stands in the original; never inside a character of a reader."""
        if start == end:
            return self.places[start], self.places[start]
        last = end
        while last < len(self.text) and self.places[last] == self.places[end - 1]:
            last += 1
        return self.places[start], self.places[last]


def fold(text: str) -> str:
    """Fold a text: full and half width, hiragana and katakana are the same; case stays."""
    return unicodedata.normalize("NFKC", text).translate(_KATAKANA)


def fold_all(text: str) -> str:
    """Fold a text so that case counts as little as width and kana."""
    return fold(text).casefold()


def folded(text: str) -> Folded:
    """Fold a text and keep the places."""
    parts: list[str] = []
    places: list[int] = []
    place = 0
    for found in _SINGLES.finditer(text):
        _fold_clusters(text[place : found.start()], place, parts, places)
        place = found.end()
        parts.append(fold(found[0]))
        places += range(found.start(), place)
    _fold_clusters(text[place:], place, parts, places)
    return Folded("".join(parts), (*places, len(text)))


def _fold_clusters(text: str, place: int, parts: list[str], places: list[int]) -> None:
    """Fold a stretch that begins at a place of the text cluster by cluster, at the end of what is folded."""
    for cluster in clusters(text):
        part = fold(cluster)
        parts.append(part)
        places += [place] * len(part)
        place += len(cluster)


def as_written(text: str) -> Folded:
    """Take a text as it is, where width and kana shall count."""
    return Folded(text, tuple(range(len(text) + 1)))
