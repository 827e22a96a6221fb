"""Space within a line: beside Latin text, in filled lines and in spread labels, at the places that JLReq allows."""

import itertools

import jlreq_classes as jlreq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_making import FONT, STYLE, ZERO

from hyoka_desktop.document.length import Length
from hyoka_desktop.document.model import Align, Paragraph, Run, Style
from hyoka_desktop.typeset.frames import PageFrame
from hyoka_desktop.typeset.paragraph import LineBreaker
from hyoka_desktop.typeset.spacing import filling_gaps, latin_borders, natural_gaps, spreading_gaps

PIECES = st.one_of(
    st.text("評価業務実績のをにはカード", min_size=1, max_size=8),
    st.sampled_from(["、", "。", "「", "」", "（", "）", "・", "――", "……", " ", "　"]),
    st.sampled_from(["5", "95.3%", "1,234", "Web", "e-Tax", "葛\U000e0100", "𠮷"]),
)
TEXTS = st.lists(PIECES, min_size=1, max_size=30).map("".join)
SPACED = Style("cell", FONT, Length.of_pt(10), Length.of_pt(14), Align.JUSTIFY, ZERO, ZERO, ZERO, 0.2)


def is_latin(char):
    return char.isascii() and char.isalnum()


def is_japanese(char):
    if char == "・":
        return False
    return "\u3041" <= char <= "\u30fe" or "\u4e00" <= char <= "\u9fff" or ord(char) > 0xFFFF or jlreq.is_selector(char)


@given(TEXTS)
def test_latin_space_stands_between_japanese_and_latin_letters_or_digits_alone(text):
    wanted = [
        place
        for place, (before, after) in enumerate(itertools.pairwise(text), start=1)
        if (is_japanese(before) and is_latin(after))
        or (is_latin(before) and is_japanese(after) and not jlreq.is_selector(after))
    ]
    assert latin_borders(text) == wanted


@given(TEXTS, st.floats(0, 100))
def test_a_filled_line_is_as_wide_as_asked_or_left_as_it_is(text, room):
    gaps = filling_gaps(text, room, 10, 2)
    natural = sum(natural_gaps(text, 2))
    if gaps is not None:
        assert sum(gaps) - natural == pytest.approx(room, abs=1e-6)
        assert max(gaps) <= 2 + 0.5 + 5 + 1e-6


@given(TEXTS, st.floats(1, 100))
def test_no_space_is_put_into_words_pairs_and_variations_or_inside_brackets(text, room):
    for gaps in (filling_gaps(text, room, 10, 2) or [], spreading_gaps(text, room)):
        for (before, after), gap in zip(itertools.pairwise(text), gaps, strict=False):
            tight = before != " " and (
                (jlreq.is_word(before) and jlreq.is_word(after))
                or (before == after and before in "―…")
                or jlreq.is_selector(after)
                or before in "「（"
                or after in "、。」）・"
            )
            if tight:
                assert gap == 0, f"{before}|{after}"


def place(fonts, text, width, style=SPACED, align=Align.JUSTIFY):
    page, breaker = PageFrame(None), LineBreaker(fonts)
    for top, line in enumerate(breaker.lines(Paragraph((Run(text),), style, align), width)):
        breaker.place(page, line, 0.0, top * 14.0, width)
    return page.texts


@given(text=TEXTS, width=st.floats(60, 400))
def test_lines_with_space_join_to_the_text_and_stay_in_their_width(fonts, text, width):
    texts = place(fonts, text, width)
    assert "".join(text.text for text in texts) == text
    assert all(text.x + text.width <= width + 5 + 0.1 for text in texts), "half of a closing mark may hang out"


@given(text=TEXTS, width=st.floats(60, 400))
def test_lines_that_were_broken_with_space_do_not_break_again(fonts, text, width):
    breaker = LineBreaker(fonts)
    for line in breaker.lines(Paragraph((Run(text),), SPACED, Align.JUSTIFY), width):
        assert len(breaker.lines(Paragraph(line.runs, SPACED, Align.JUSTIFY), width)) == 1


def test_all_lines_but_the_last_reach_the_right_edge(fonts):
    *filled, last = place(fonts, "令和5年度の業務の実績を評価し、その結果を翌年度の計画に反映させる。" * 6, 203.0)
    assert len(filled) > 5
    assert [text.x + text.width for text in filled] == pytest.approx([203.0] * len(filled), abs=0.1)
    assert last.gaps == () or max(last.gaps) <= 2


def test_a_label_is_spread_over_its_width(fonts):
    (text,) = place(fonts, "評価", 60.0, STYLE, Align.DISTRIBUTE)
    assert (text.x, text.width, text.gaps) == (0.0, 60.0, (40.0, 0.0))


def test_no_space_stands_at_the_end_of_a_line(fonts):
    texts = place(fonts, "評価評価評価5評価", 60.0, align=Align.START)
    assert [text.text for text in texts] == ["評価評価評価", "5評価"]
    assert texts[0].width == pytest.approx(60.0)


def test_a_filled_line_takes_its_room_first_at_spaces_and_beside_latin_text():
    assert filling_gaps("評 価5業務", 1.0, 10, 2) == pytest.approx([0, 1 / 3, 2 + 1 / 3, 2 + 1 / 3, 0, 0])
    assert filling_gaps("評価 務 ", 0.5, 10, 2) == pytest.approx([0, 0, 0.5, 0, 0])


def test_a_line_that_would_be_torn_apart_is_left_as_it_is():
    assert filling_gaps("評価業務", 9.0, 10, 2) == [3.0, 3.0, 3.0, 0.0]
    assert filling_gaps("評価業務", 9.1, 10, 2) is None
    assert filling_gaps("COVID", 0.1, 10, 2) is None
    assert filling_gaps("COVID", 0.0, 10, 2) == [0.0] * 5
