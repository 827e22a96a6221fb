"""Words of Japanese text without a dictionary: where they begin and end, and the steps from one to the next."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_desktop.text.words import next_word, previous_word, word_around

SIGNS = "あアｱ漢葛\U000e0100々ーＡa１1,.．、。「」 \u3000\n\ufffc\U00020bb7か\u3099"
JAPANESE = st.text(st.sampled_from(SIGNS), max_size=30)


def words(text: str) -> list[str]:
    """Tell the words of a text, one step after the other."""
    places = [0] if text[:1].strip() else [next_word(text, 0)]
    while places[-1] < len(text):
        places.append(next_word(text, places[-1]))
    return [text[start:end].strip() for start, end in pairwise(places)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("点検診断を301施設で実施した。", ["点検診断", "を", "301", "施設", "で", "実施", "した", "。"]),
        ("サーバー及びPC２台、3ヶ所", ["サーバー", "及", "び", "PC２", "台", "、", "3", "ヶ所"]),
        ("1,234.5千円（▲３．５％）", ["1,234.5", "千円", "（▲", "３．５", "％）"]),
        ("令和6年度　実績 と評価", ["令和", "6", "年度", "実績", "と", "評価"]),
        ("葛\U000e0100城市と𠮷野町", ["葛\U000e0100城市", "と", "𠮷野町"]),
        ("値\ufffc\ufffc件", ["値", "\ufffc", "\ufffc", "件"]),
        ("", []),
    ],
)
def test_words_are_runs_of_one_kind_of_character(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_the_word_around_a_place_is_the_one_that_begins_there_or_holds_it() -> None:
    text = "点検を3回。"
    assert [text[slice(*word_around(text, place))] for place in range(7)] == [
        "点検", "点検", "を", "3", "回", "。", "。",
    ]  # fmt: skip
    assert word_around("", 0) == (0, 0)


@given(JAPANESE, st.integers(0, 30))
def test_steps_go_on_and_come_back(text: str, place: int) -> None:
    place = min(place, len(text))
    ahead, back = next_word(text, place), previous_word(text, place)
    assert place < ahead <= len(text) or ahead == place == len(text)
    assert 0 <= back < place or back == place == 0
    start, end = word_around(text, place)
    assert start <= place <= end <= len(text)
    assert previous_word(text, ahead) <= place or ahead == len(text)
