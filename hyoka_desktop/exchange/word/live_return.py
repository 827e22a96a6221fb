"""Put the values of indicators back into a text that came back from paper, where they stand untouched."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from hyoka_desktop.exchange.word.expected import Quote, Slot
from hyoka_desktop.text.diff import Piece, PieceKind, differences

_GOES_ON: Final = re.compile(r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ.,．，%％]")
"""Would make another value of the one beside it."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Hold where a stretch that is the same begins in both texts, and where it ends in the printed one."""

    before: int
    after: int
    end: int


def with_quotes(slot: Slot, after: str) -> tuple[str, tuple[str, ...]]:
    """Tell a changed text as it is stored, and the printed values that were written over and are text now."""
    if not slot.quotes:
        return after, ()
    parts, lost, done = [], [], 0
    same = list(_same(differences(slot.printed, after)))
    for quote in slot.quotes:
        place = next((_place(quote, stretch, after) for stretch in same if _holds(stretch, quote)), None)
        if place is None:
            lost.append(slot.printed[quote.start : quote.end])
            continue
        parts += [after[done:place], quote.written]
        done = place + quote.end - quote.start
    return "".join((*parts, after[done:])), tuple(lost)


def _same(pieces: tuple[Piece, ...]) -> Iterator[_Stretch]:
    before = after = 0
    for piece in pieces:
        length = len(piece.text)
        if piece.kind is PieceKind.SAME:
            yield _Stretch(before, after, before + length)
        before += length if piece.kind is not PieceKind.ADDED else 0
        after += length if piece.kind is not PieceKind.REMOVED else 0


def _holds(stretch: _Stretch, quote: Quote) -> bool:
    return stretch.before <= quote.start and quote.end <= stretch.end


def _place(quote: Quote, stretch: _Stretch, after: str) -> int | None:
    """Tell where a value stands in the text that came back; None where what is around it makes it another."""
    start = stretch.after + quote.start - stretch.before
    end = start + quote.end - quote.start
    left = after[:start][-1:] if quote.start == stretch.before else ""
    right = after[end : end + 1] if quote.end == stretch.end else ""
    return start if not _GOES_ON.search(left + right) else None
