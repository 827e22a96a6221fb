"""Paragraphs of two texts are matched by what they share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_desktop.text.alignment import matched_paragraphs
from hyoka_desktop.text.diff import differences

TEXT = st.text(st.sampled_from("目標を達成した。\n"), max_size=40)


@pytest.mark.parametrize(
    ("before", "after", "matches"),
    [
        ("一文目。\n二文目。", "一文目。\n二文目。", (0, 1)),
        ("甲の研修。\n乙の点検。", "新しい段落である。\n甲の研修。\n乙の点検。", (0, 0, 1)),
        ("甲の研修を行った。\n乙の点検を行った。", "乙の点検を三回行った。", (1,)),
        ("甲の研修を行った。", "甲の研修を行った。\n全く別のこと。", (0, 0)),
        ("", "何か", (0,)),
        ("何か", "", (0,)),
    ],
)
def test_each_paragraph_is_matched_with_the_one_that_shares_most(before, after, matches) -> None:
    assert matched_paragraphs(differences(before, after)) == matches


@given(TEXT, TEXT)
def test_there_is_a_match_for_each_paragraph_and_it_exists(before: str, after: str) -> None:
    matches = matched_paragraphs(differences(before, after))
    assert len(matches) == len(after.split("\n"))
    assert all(0 <= match < len(before.split("\n")) for match in matches)


@given(TEXT)
def test_equal_texts_match_paragraph_by_paragraph(text: str) -> None:
    filled = [place for place, line in enumerate(text.split("\n")) if line]
    matches = matched_paragraphs(differences(text, text))
    assert [matches[place] for place in filled] == filled
