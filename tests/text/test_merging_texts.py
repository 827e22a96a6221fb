"""Merging two texts that were made of one: what is agreed, what is a conflict, and that nothing is lost."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_desktop.domain.livevalues import live_value_places
from hyoka_desktop.text.diff import sentences
from hyoka_desktop.text.merging import (
    Agreed,
    Conflict,
    Side,
    Stretch,
    both_texts,
    merge_texts,
    merge_whole,
    merged_text,
)

SENTENCES = ("あ。", "い。", "う。", "え。", "か", "\n", "「き。」", "12.5", "{指標:率.実績#7}。")
SOME = st.lists(st.sampled_from(SENTENCES), max_size=7).map("".join)


def swapped(stretches: Sequence[Stretch]) -> list[Stretch]:
    sides = {Side.OURS: Side.THEIRS, Side.THEIRS: Side.OURS}
    return [
        Conflict(stretch.base, stretch.theirs, stretch.ours)
        if isinstance(stretch, Conflict)
        else Agreed(stretch.text, sides.get(stretch.side, stretch.side))
        for stretch in stretches
    ]


def written(base: str, ours: str, theirs: str) -> str:
    """Write a merge with its conflicts as 「［前｜こちら｜むこう］」."""
    return "".join(
        f"[{stretch.base}|{stretch.ours}|{stretch.theirs}]" if isinstance(stretch, Conflict) else stretch.text
        for stretch in merge_texts(base, ours, theirs, live_value_places)
    )


@given(SOME, SOME)
def test_what_only_one_side_changed_is_taken_as_it_is(base: str, other: str) -> None:
    assert merged_text(merge_texts(base, other, base)) == other
    assert merged_text(merge_texts(base, base, other)) == other
    assert merged_text(merge_texts(base, other, other)) == other


@given(SOME, SOME, SOME)
def test_merging_the_other_way_round_gives_the_same_with_the_sides_swapped(base: str, ours: str, theirs: str) -> None:
    assert swapped(merge_texts(base, ours, theirs)) == list(merge_texts(base, theirs, ours))


@given(SOME, SOME, SOME)
def test_merging_either_side_again_changes_nothing(base: str, ours: str, theirs: str) -> None:
    merged = merged_text(merge_texts(base, ours, theirs))
    if merged is not None:
        assert merged_text(merge_texts(base, merged, theirs)) == merged
        assert merged_text(merge_texts(base, ours, merged)) == merged


@given(SOME, SOME, SOME)
def test_no_sentence_that_somebody_wrote_is_lost(base: str, ours: str, theirs: str) -> None:
    stretches = merge_texts(base, ours, theirs)
    for side in ("ours", "theirs"):
        text = {"ours": ours, "theirs": theirs}[side]
        kept = Counter(
            unit
            for stretch in stretches
            for unit in sentences(stretch.text if isinstance(stretch, Agreed) else getattr(stretch, side))
        )
        new = Counter(sentences(text)) - Counter(sentences(base))
        assert "".join((new - kept).elements()) == ""


@given(SOME, SOME, SOME)
def test_a_conflict_holds_what_each_has_at_its_place(base: str, ours: str, theirs: str) -> None:
    stretches = merge_texts(base, ours, theirs)
    for conflict in (stretch for stretch in stretches if isinstance(stretch, Conflict)):
        assert conflict.ours != conflict.theirs
        assert conflict.base not in {conflict.ours, conflict.theirs}


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        ("一。二。三。", "一。弐。三。", "一。二。参。", "一。弐。参。"),
        ("一。二。", "壱。二。", "一。弐。", "壱。弐。"),
        ("一。二。三。", "一。二。三。四。", "零。一。二。三。", "零。一。二。三。四。"),
        ("一。二。三。", "一。三。", "一。二。三。四。", "一。三。四。"),
        ("一。", "壱。", "一。二。", "壱。二。"),
        ("一。", "壱。", "零。一。", "零。壱。"),
        ("一。\n二。", "一。追加。\n二。", "一。\n二。\n三。", "一。追加。\n二。\n三。"),
        ("一。二。", "一。追加。二。", "一。追加。二。", "一。追加。二。"),
        ("一。二。", "二。", "二。", "二。"),
        ("一。二。", "二。", "一。二。乙。", "二。乙。"),
        ("", "新。", "", "新。"),
    ],
)
def test_changes_of_different_sentences_are_both_taken(base: str, ours: str, theirs: str, expected: str) -> None:
    assert written(base, ours, theirs) == expected
    assert written(base, theirs, ours) == expected


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        ("一。", "壱。", "いち。", "[一。|壱。|いち。]"),
        ("前。一。後。", "前。壱。後。", "前。後。", "前。[一。|壱。|]後。"),
        ("一。二。", "一。甲。二。", "一。乙。二。", "一。[|甲。|乙。]二。"),
        ("", "甲。", "乙。", "[|甲。|乙。]"),
        ("一。二。", "二。", "一。乙。二。", "[一。||一。乙。]二。"),
        ("一。二。", "一。甲。弐。", "一。乙。二。", "一。[二。|甲。弐。|乙。二。]"),
        ("一。二。", "甲。乙。丙。", "一。二。丁。", "[一。二。|甲。乙。丙。|一。二。丁。]"),
        ("{指標:率.実績#7}。", "{指標:率.計画#7}。", "90%。", "[{指標:率.実績#7}。|{指標:率.計画#7}。|90%。]"),
    ],
)  # fmt: skip
def test_two_minds_about_one_sentence_or_one_place_are_a_conflict(
    base: str, ours: str, theirs: str, expected: str
) -> None:
    assert written(base, ours, theirs) == expected


def test_a_live_value_is_never_cut_though_its_name_holds_the_end_of_a_sentence() -> None:
    token = "{指標:満足。率.実績#7}"
    stretches = merge_texts("前。", f"前。{token}", f"前。{token}です。", live_value_places)
    assert stretches[-1] == Conflict("", token, f"{token}です。")


def test_a_value_is_merged_as_a_whole() -> None:
    assert merge_whole("12.5", "12.5", "13.5") == (Agreed("13.5", Side.THEIRS),)
    assert merge_whole("12.5", "13.5", "12.5") == (Agreed("13.5", Side.OURS),)
    assert merge_whole("12.5", "13.5", "13.5") == (Agreed("13.5", Side.BOTH),)
    assert merge_whole("A", "A", "A") == (Agreed("A", Side.BASE),)
    assert merge_whole("A", "B", "C") == (Conflict("A", "B", "C"),)
    assert merged_text(merge_whole("A", "B", "C")) is None


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("甲。", "乙。", "甲。乙。"),
        ("甲", "乙", "甲\n乙"),
        ("甲", "\n乙", "甲\n乙"),
        ("", "乙", "乙"),
        ("甲", "", "甲"),
    ],
)
def test_both_texts_stand_behind_each_other(ours: str, theirs: str, expected: str) -> None:
    assert both_texts(Conflict("", ours, theirs)) == expected


def test_a_long_text_is_merged_in_no_time() -> None:
    base = "".join(f"第{number}の文である。" for number in range(3000))
    ours = base.replace("第7の文", "第七の文")
    theirs = base.replace("第2990の文", "最後に近い文")
    merged = merged_text(merge_texts(base, ours, theirs))
    assert merged == ours.replace("第2990の文", "最後に近い文")
