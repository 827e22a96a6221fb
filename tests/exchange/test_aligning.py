"""Two sequences are aligned as well as can be, and where that is possible in several ways nothing is guessed."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_desktop.exchange.word.aligning import aligned


def pairs_of(one, other):
    return aligned(len(one), len(other), lambda a, b: int(one[a] == other[b]))


@pytest.mark.parametrize(
    ("one", "other", "pairs"),
    [
        ("abc", "abc", ((0, 0), (1, 1), (2, 2))),
        ("abc", "ac", ((0, 0), (2, 1))),
        ("ac", "abc", ((0, 0), (1, 2))),
        ("aa", "a", ()),
        ("a", "aa", ()),
        ("aab", "ab", ((2, 1),)),
        ("aa", "aa", ((0, 0), (1, 1))),
        ("ab", "ba", ()),
        ("", "a", ()),
        ("abc", "xyz", ()),
    ],
)
def test_only_what_belongs_together_in_one_way_alone_is_told(one, other, pairs):
    assert pairs_of(one, other) == pairs


def test_a_better_fit_wins_over_an_earlier_one():
    scores = [[1, 5]]
    assert aligned(1, 2, lambda one, other: scores[one][other]) == ((0, 1),)


def test_too_many_members_are_not_compared():
    assert aligned(1_000, 1_000, lambda one, other: int(one == other)) == ()


def every_best(one, other):
    """Tell all longest alignments of equal members, by trying every one."""
    for size in range(min(len(one), len(other)), 0, -1):
        found = [
            tuple(zip(some, others, strict=True))
            for some in combinations(range(len(one)), size)
            for others in combinations(range(len(other)), size)
            if all(one[a] == other[b] for a, b in zip(some, others, strict=True))
        ]
        if found:
            return found
    return [()]


@given(st.text("ab", max_size=6), st.text("ab", max_size=6))
def test_what_is_told_stands_in_every_best_alignment(one, other):
    best = every_best(one, other)
    assert set(pairs_of(one, other)) == set.intersection(*map(set, best))
