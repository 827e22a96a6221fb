"""Read which pages a person wants, as in 「1-3,5」."""

import re
import unicodedata
from enum import StrEnum
from typing import Final

_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−ー~〜", "-"))
_SEPARATORS: Final = re.compile(r"[,、;\s]+")
_RANGE: Final = re.compile(r"(\d*)-(\d*)")


class RangeFault(StrEnum):
    """Say why a range cannot be taken."""

    UNREADABLE = "unreadable"
    OUTSIDE = "outside"


def parse_pages(text: str, count: int) -> tuple[int, ...] | RangeFault:
    """Tell the indexes of the wanted pages in the order written; all of them for an empty text.

    Pages count from 1. Full-width digits and signs are understood, `5-` goes to the end, `-3` begins at the first, and
    `5-3` runs backwards.
    """
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).strip()
    if not plain:
        return tuple(range(count))
    pages: list[int] = []
    for piece in filter(None, _SEPARATORS.split(re.sub(r"\s*-\s*", "-", plain))):
        run = _run(piece, count)
        if isinstance(run, RangeFault):
            return run
        pages += run
    return tuple(pages) or RangeFault.UNREADABLE


def _run(piece: str, count: int) -> range | RangeFault:
    ends = _ends(piece, count)
    if ends is None:
        return RangeFault.UNREADABLE
    first, last = ends
    if not (1 <= first <= count and 1 <= last <= count):
        return RangeFault.OUTSIDE
    return range(first - 1, last) if first <= last else range(first - 1, last - 2, -1)


def _ends(piece: str, count: int) -> tuple[int, int] | None:
    if piece.isdecimal():
        return int(piece), int(piece)
    written = _RANGE.fullmatch(piece)
    if written is None or piece == "-":
        return None
    first, last = written.groups()
    return int(first or 1), int(last or count)
