"""Search in texts: loosely or to the letter, with every place where it is written, and replacements that fit."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_desktop.errors import InputError
from hyoka_desktop.messages.errors import message_of
from hyoka_desktop.text.clusters import clusters
from hyoka_desktop.text.folding import fold, folded
from hyoka_desktop.text.pattern import Pattern

JAPANESE = st.text(st.sampled_from("あアｱガｶﾞが漢葛\U000e0100ＡａA１1㌔㈱。、「」 \n\u3099％%\U00020bb7"), max_size=30)


def found(wanted: str, text: str, **options: bool) -> list[str]:
    return [text[match.start : match.end] for match in Pattern(wanted, **options).matches(text)]


@pytest.mark.parametrize(
    ("wanted", "text", "expected"),
    [
        ("ai", "ＡＩとAIとai", ["ＡＩ", "AI", "ai"]),
        ("ガード", "ｶﾞｰﾄﾞとがーど", ["ｶﾞｰﾄﾞ", "がーど"]),
        ("95%", "９５％以上", ["９５％"]),
        ("ロ", "㌔キロ", ["㌔", "ロ"]),
        ("(注)", "（注）と(注)", ["（注）", "(注)"]),
    ],
)
def test_width_kana_and_case_are_the_same_loosely(wanted: str, text: str, expected: list[str]) -> None:
    assert found(wanted, text) == expected


def test_to_the_letter_nothing_else_is_found() -> None:
    assert found("ai", "ＡＩとAIとai", loosely=False) == ["ai"]
    assert found("ガ", "ｶﾞがガ", loosely=False) == ["ガ"]


def test_signs_of_a_regular_expression_are_signs_where_words_are_sought() -> None:
    assert found("a.c", "abc a.c") == ["a.c"]
    assert found(r"[0-9]+件", "12件と３４件", is_regex=True) == ["12件", "３４件"]
    assert found("（注[0-9]）", "（注1）注2", is_regex=True) == ["（注1）"]


def test_a_replacement_takes_groups_as_they_are_written() -> None:
    pattern = Pattern(r"([0-9]+)(名|人)", is_regex=True)
    assert pattern.replaced("１２名と3人", r"\1人（\2）\\") == "１２人（名）\\と3人（人）\\"
    assert Pattern("名").replaced("１２名", r"\1") == r"１２\1"
    assert Pattern(r"(?P<数>[0-9]+)件", is_regex=True).replaced("12件", r"\g<数>冊\n") == "12冊\n"


@pytest.mark.parametrize(
    ("wanted", "replacement", "code"), [("(", "", "pattern_wrong"), ("(a)", r"\2", "pattern_group")]
)
def test_a_pattern_that_is_none_says_so_in_words(wanted: str, replacement: str, code: str) -> None:
    with pytest.raises(InputError) as refusal:
        list(Pattern(wanted, is_regex=True).matches("aaa", replacement))
    assert refusal.value.code == code
    assert message_of(refusal.value).do


@pytest.mark.parametrize(
    ("wanted", "said"),
    [("(点検", "「)」がありません"), ("点検)", "「(」がありません"), ("[0-9", "「]」がありません"),
     ("*件", "繰り返すものがありません"), ("件\\", "「\\」の後"), ("[9-0]", "範囲が逆"), ("件{3,1}", "回数が逆"),
     (r"(件)\2", "番号か名前")],
)  # fmt: skip
def test_what_is_wrong_with_a_pattern_is_said_in_japanese(wanted: str, said: str) -> None:
    with pytest.raises(InputError) as refusal:
        Pattern(wanted, is_regex=True)
    what = message_of(refusal.value).what
    assert said in what
    assert not re.search("[A-Za-z]", what)


def test_a_pattern_that_would_take_forever_ends() -> None:
    with pytest.raises(InputError) as refusal:
        list(Pattern(r"(a|a|b?)*?(a|aa)+(?<!x)c", is_regex=True).matches("a" * 5000))
    assert refusal.value.code == "pattern_slow"
    assert message_of(refusal.value).safe


def test_an_empty_match_is_no_match() -> None:
    assert found("x*", "abc", is_regex=True) == []


@given(JAPANESE)
def test_places_of_a_folded_text_rise_and_end_with_the_text(text: str) -> None:
    known = folded(text)
    assert known.text == "".join(fold(cluster) for cluster in clusters(text))
    assert list(known.places) == sorted(known.places)
    assert known.places[-1] == len(text)


@given(JAPANESE, JAPANESE)
def test_what_was_put_in_is_found_where_it_stands(before: str, wanted: str) -> None:
    text = f"{before}\n〆{wanted}〆\n{before}"
    matches = [text[match.start : match.end] for match in Pattern(f"〆{wanted}〆").matches(text)]
    assert any(fold(match) == fold(f"〆{wanted}〆") for match in matches)


@given(JAPANESE, JAPANESE.filter(bool))
def test_replacing_by_nothing_leaves_the_rest_in_order(text: str, wanted: str) -> None:
    pattern = Pattern(wanted)
    rest, place = [], 0
    for match in pattern.matches(text):
        assert match.start >= place
        rest.append(text[place : match.start])
        place = match.end
    assert pattern.replaced(text, "") == "".join((*rest, text[place:]))
