"""A folded text knows the place of each of its characters, whatever stands beside what."""

import random

import pytest

from hyoka_desktop.text.clusters import clusters
from hyoka_desktop.text.folding import fold, folded

ODD = (
    "\r\n", "\r", "\u3099", "\u309a", "\u0301", "\u200d", "\ufe0f", "\U000e0100", "㌔", "ﾊﾞ", "ｱ", "½", "⑩",
    "🇯", "🇵", "👩", "🏽", "각", "ᄀ", "ᅡ", "é", "\ud800", "\ue000", "\u2028",
)  # fmt: skip
USUAL = (
    "\n",
    *"業務のカナがぱゝヾー、。「」（）ａＡ１％①○▲ aZ9~\t\u3000鿿㐀〛",
)


def one_by_one(text: str) -> tuple[str, tuple[int, ...]]:
    """Fold each cluster by itself: what a reader takes for one character never joins its neighbour."""
    parts, places, place = [], [], 0
    for cluster in clusters(text):
        part = fold(cluster)
        parts.append(part)
        places += [place] * len(part)
        place += len(cluster)
    return "".join(parts), (*places, place)


@pytest.mark.parametrize("share", [0.02, 0.2, 0.6])
def test_a_text_is_folded_as_its_clusters_are_one_by_one(share: float) -> None:
    chance = random.Random(f"folding {share}")
    for _ in range(2000):
        signs = [chance.choice(ODD if chance.random() < share else USUAL) for _ in range(chance.randrange(40))]
        text = "".join(signs)
        found = folded(text)
        assert (found.text, found.places) == one_by_one(text), ascii(text)


def test_a_mark_joins_the_usual_character_before_it_and_a_joiner_the_one_behind() -> None:
    assert folded("業務か\u3099").places == (0, 1, 2, 4)
    assert folded("業👩\u200d務").places == (0, 1, 1, 1, 4)


def test_every_character_that_is_folded_in_stretches_stands_for_itself_between_any_two() -> None:
    every = [chr(code) for code in range(0x20, 0x10000) if not 0xD800 <= code < 0xE000]
    for sign in every:
        text = f"業{sign}務"
        assert (folded(text).text, folded(text).places) == one_by_one(text), ascii(sign)
