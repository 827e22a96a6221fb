"""Match the paragraphs of two texts, so that both can be read side by side."""

from collections import Counter
from collections.abc import Sequence

from hyoka_desktop.text.diff import Piece, PieceKind


def matched_paragraphs(pieces: Sequence[Piece]) -> tuple[int, ...]:
    """Tell for each paragraph of the text after the paragraph before that shares most with it, by its number.

    One that shares nothing stands where the one above it stands.
    """
    shared = _shared(pieces)
    matches: list[int] = []
    for counted in shared:
        above = matches[-1] if matches else 0
        matches.append(max(counted, key=lambda number: counted[number]) if counted else above)
    return tuple(matches)


def _shared(pieces: Sequence[Piece]) -> list[Counter[int]]:
    """Count for each paragraph after how many characters it shares with which paragraphs before."""
    counted: list[Counter[int]] = [Counter()]
    before = 0
    for piece in pieces:
        for place, line in enumerate(piece.text.split("\n")):
            if place:
                before += piece.kind is not PieceKind.ADDED
                if piece.kind is not PieceKind.REMOVED:
                    counted.append(Counter())
            if piece.kind is PieceKind.SAME and line:
                counted[-1][before] += len(line)
    return counted
