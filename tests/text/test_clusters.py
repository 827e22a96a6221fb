"""What a reader takes for one character stays one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_desktop.text.clusters import clusters


@given(st.text(st.characters(codec=None), max_size=60))
def test_joined_clusters_are_the_text(text: str) -> None:
    assert "".join(clusters(text)) == text


@pytest.mark.parametrize(
    "one",
    [
        "葛\U000e0100",  # a kanji with its variation selector
        "か\u3099",
        "ｶﾞ",
        "e\u0301\u0323",
        "👩\u200d👩\u200d👧",
        "👍🏽",
        "🇯🇵",
        "1\ufe0f\u20e3",
        "\ud842\udfb7",  # 𠮷 as two lone surrogates
        "。\ufe01",
        "\r\n",
        "🏴\U000e0067\U000e0062\U000e007f",
    ],
)
def test_what_a_reader_takes_for_one_character_is_one(one: str) -> None:
    assert clusters(f"前{one}後") == ["前", one, "後"]


def test_two_flags_are_two() -> None:
    assert clusters("🇯🇵🇫🇷") == ["🇯🇵", "🇫🇷"]


def test_a_mark_does_not_stand_on_a_line_end() -> None:
    assert clusters("\n\u3099") == ["\n", "\u3099"]
