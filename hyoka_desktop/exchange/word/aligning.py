"""Align two sequences by how well their members fit, and keep only what fits in one way alone."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

_MOST_PAIRS: Final = 40_000

Pairs = tuple[tuple[int, int], ...]


def aligned(before: int, after: int, score: Callable[[int, int], int]) -> Pairs:
    """Tell which members of two sequences, given by their lengths, belong together, in order.

    A score of 0 never fits. Only pairs that stand in every best alignment are told; where there are too many members
    to compare, none.
    """
    if before * after > _MOST_PAIRS:
        return ()
    scores = [[score(one, other) for other in range(after)] for one in range(before)]
    return tuple(_certain(scores, before, after))


def _certain(scores: Sequence[Sequence[int]], before: int, after: int) -> Iterator[tuple[int, int]]:
    """Yield the pairs of members that the best alignments neither leave out nor put elsewhere."""
    head = _best(scores, before, after)
    flipped = [row[::-1] for row in scores[::-1]]
    tail = [row[::-1] for row in _best(flipped, before, after)[::-1]]
    total = head[before][after]
    for one in range(before):
        if any(head[one][other] + tail[one + 1][other] == total for other in range(after + 1)):
            continue
        fits = [
            other
            for other in range(after)
            if scores[one][other] > 0 and head[one][other] + scores[one][other] + tail[one + 1][other + 1] == total
        ]
        if len(fits) == 1:
            yield one, fits[0]


def _best(scores: Sequence[Sequence[int]], before: int, after: int) -> list[list[int]]:
    """Tell the best sum of scores of the first members of both, for each count of them."""
    best = [[0] * (after + 1) for _ in range(before + 1)]
    for one in range(before):
        row, above = best[one + 1], best[one]
        for other in range(after):
            score = scores[one][other]
            row[other + 1] = max(above[other + 1], row[other], score + above[other] if score > 0 else 0)
    return best
