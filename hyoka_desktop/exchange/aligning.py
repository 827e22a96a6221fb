"""Align two sequences by how well their members fit, and keep only what fits in one way alone."""

from collections.abc import Callable, Sequence

_MOST_PAIRS = 250_000

Pairs = tuple[tuple[int, int], ...]


def aligned(before: int, after: int, score: Callable[[int, int], int]) -> Pairs:
    """Tell which members of two sequences, given by their lengths, belong together, in order.

    A score of 0 never fits. Where the best alignment is not the only one, the pairs in which the best differ are left
    out; where there are too many members to compare, all.
    """
    if before * after > _MOST_PAIRS:
        return ()
    scores = [[score(one, other) for other in range(after)] for one in range(before)]
    best = _best(scores, before, after)
    first, last = (_traced(scores, best, early=early) for early in (True, False))
    return tuple(pair for pair in first if pair in set(last))


def _best(scores: Sequence[Sequence[int]], before: int, after: int) -> list[list[int]]:
    """Tell the best sum of scores from each pair of places to the ends."""
    best = [[0] * (after + 1) for _ in range(before + 1)]
    for one in range(before - 1, -1, -1):
        row, below = best[one], best[one + 1]
        for other in range(after - 1, -1, -1):
            score = scores[one][other]
            row[other] = max(below[other], row[other + 1], score + below[other + 1] if score > 0 else 0)
    return best


def _traced(scores: Sequence[Sequence[int]], best: Sequence[Sequence[int]], *, early: bool) -> list[tuple[int, int]]:
    """Walk a best alignment: the one that pairs as early as it can, or as late."""
    pairs: list[tuple[int, int]] = []
    one = other = 0
    while one < len(best) - 1 and other < len(best[0]) - 1:
        here, score = best[one][other], scores[one][other]
        fits = score > 0 and here == score + best[one + 1][other + 1]
        skips = here in {best[one + 1][other], best[one][other + 1]}
        if fits and (early or not skips):
            pairs.append((one, other))
            one, other = one + 1, other + 1
        elif here == best[one + 1][other]:
            one += 1
        else:
            other += 1
    return pairs
