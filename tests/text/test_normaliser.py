"""One normaliser at every border of the program."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_desktop.text.normaliser import Oddity, normalise

ANY = st.text(st.characters(codec=None), max_size=40)  # lone surrogates too
ODD = st.text(
    st.sampled_from(
        "a\n\r\t\x00\x0b\x0c\x1f\x7f\x85\x9f\u2028\u2029\u202e\u2066\u200f\ufeff\ufffe\ud800\udfff\U0001ffff"
    ),
    max_size=30,
)
ORDINARY = st.text(
    st.one_of(
        st.sampled_from("\n\t 　、。・＜＞【】ⅠⅡ①㌽℃ｶﾞ々〆ヶ\u3099\ue000\uf8ff\U000e0100\u200b\u00ad"),
        st.characters(min_codepoint=0x3041, max_codepoint=0x30FF),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.characters(min_codepoint=0x20000, max_codepoint=0x2A6DF),
        st.characters(min_codepoint=0x20, max_codepoint=0x7E),
    ),
    max_size=40,
)


@given(st.one_of(ANY, ODD))
def test_cleaning_a_clean_text_changes_nothing(text: str) -> None:
    clean = normalise(text).text
    assert normalise(clean) == normalise(clean).__class__(clean, {})


@given(ORDINARY)
def test_ordinary_text_is_kept_exactly(text: str) -> None:
    assert normalise(text).text == text
    assert normalise(text).changed == {}


@given(st.one_of(ANY, ODD))
def test_a_clean_text_can_be_held_by_xml_and_utf8(text: str) -> None:
    clean = normalise(text).text
    clean.encode("utf-8")
    for character in clean:
        assert character in "\t\n" or unicodedata.category(character) not in {"Cc", "Cs"}
        assert ord(character) & 0xFFFE != 0xFFFE


@given(st.one_of(ANY, ODD))
def test_no_visible_character_is_lost(text: str) -> None:
    def visible(source: str) -> str:
        return "".join(character for character in source if unicodedata.category(character)[0] in "LMNPS")

    assert visible(normalise(text).text).replace("\ufffd", "").replace("\u2426", "") == visible(text).replace(
        "\ufffd", ""
    ).replace("\u2426", "")


@pytest.mark.parametrize(
    "character", [chr(code) for code in [*range(9), *range(14, 32), *range(127, 133), *range(134, 160)]]
)
def test_a_control_character_is_dropped_and_counted(character: str) -> None:
    assert normalise(f"前{character}後") == normalise("").__class__("前後", {Oddity.CONTROL: 1})


@pytest.mark.parametrize("character", ["\ufeff", "\ufffe", "\uffff", "\ufdd0", "\ufdef", "\U0001fffe", "\U0010ffff"])
def test_a_noncharacter_is_dropped_and_counted(character: str) -> None:
    found = normalise(f"前{character}後{character}")
    assert (found.text, found.changed) == ("前後", {Oddity.NONCHARACTER: 2})


@pytest.mark.parametrize("code", [0xD800, 0xDBFF, 0xDC00, 0xDFFF])
def test_a_lone_surrogate_becomes_a_replacement_character(code: int) -> None:
    found = normalise(f"前{chr(code)}後")
    assert (found.text, found.changed) == ("前\ufffd後", {Oddity.SURROGATE: 1})


@pytest.mark.parametrize("code", [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
def test_a_direction_control_is_made_visible(code: int) -> None:
    found = normalise(f"前{chr(code)}後")
    assert (found.text, found.changed) == ("前\u2426後", {Oddity.DIRECTION: 1})


@pytest.mark.parametrize("end", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_a_special_line_end_becomes_a_line_feed_and_is_told(end: str) -> None:
    found = normalise(f"前{end}後")
    assert (found.text, found.changed) == ("前\n後", {Oddity.LINE_END: 1})


@pytest.mark.parametrize(
    ("text", "clean"), [("a\r\nb", "a\nb"), ("a\rb", "a\nb"), ("a\r\r\nb", "a\n\nb"), ("\r\n", "\n")]
)
def test_an_ordinary_line_end_becomes_a_line_feed_without_a_word(text: str, clean: str) -> None:
    found = normalise(text)
    assert (found.text, found.changed) == (clean, {})


@pytest.mark.parametrize("text", ["\ue000", "葛\U000e0100", "ｶﾞ", "か\u3099", "\U000f0000"])
def test_an_odd_looking_character_is_kept(text: str) -> None:
    assert normalise(text).text == text
