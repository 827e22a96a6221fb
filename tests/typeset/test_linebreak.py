"""Line breaking keeps every character, its width and the rules of Japanese typesetting, whatever the text."""

import itertools
import time

import jlreq_classes as jlreq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_desktop.typeset import linebreak
from hyoka_desktop.typeset.clusters import clusters
from hyoka_desktop.typeset.linebreak import NOT_AT_LINE_END, NOT_AT_LINE_START, break_text, may_break

KANJI = "評価業務実績令和年度計画目標達成国民支援機構情報永"
PIECES = st.one_of(
    st.text(KANJI, min_size=1, max_size=8),
    st.text("のをにはがするといったアイテムカード", min_size=1, max_size=8),
    st.text("、。，．・：；？！」』）］】〉》ー々ゃっッ％〜", min_size=1, max_size=3),
    st.text("「『（［【〈《￥№", min_size=1, max_size=3),
    st.sampled_from(
        ["1,234,567", "95.3%", "2024", "ISO", "COVID-19", "https://example.jp/a_b?c=d", "e-Tax", "a", "x=1"]
    ),
    st.sampled_from(
        ["――", "……", "　", " ", "  ", "・", "①", "＜評定と根拠＞", "【計画：】", "葛\U000e0100城", "𠮷野家"]
    ),
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)
WIDTHS = st.integers(2000, 30000).map(float)
ONE_EM = 1000.0
TOLERANCE = 1.0


def width_of(text, widths):
    return sum(widths[char] for char in text)


def ink_width(line, widths):
    """Tell the width of a line without what may hang out: spaces at its end, half of a closing mark."""
    bare = line.rstrip(" 　")
    blank = ONE_EM / 2 if bare and bare[-1] in jlreq.CLOSING_HALF_BLANK else 0
    return width_of(bare, widths) - blank


def legal_places(line):
    return [place for place in range(1, len(line)) if jlreq.may_end(line[place - 1], line[place])]


@given(TEXTS, WIDTHS)
def test_the_lines_joined_are_the_text(widths, text, width):
    lines = break_text(text, widths, width)
    assert "".join(lines) == text
    assert len(lines) == 1 or all(lines)


@given(TEXTS, WIDTHS)
def test_no_ink_goes_beyond_the_width(widths, text, width):
    for line in break_text(text, widths, width):
        assert ink_width(line, widths) <= width + TOLERANCE, line


@given(TEXTS, WIDTHS)
def test_no_line_begins_or_ends_wrongly_where_a_legal_place_was_in_the_line(widths, text, width):
    lines = break_text(text, widths, width)
    for line, following in itertools.pairwise(lines):
        if not jlreq.may_end(line[-1], following[0]):
            assert not legal_places(line), f"{line}|{following}"


@given(TEXTS, WIDTHS)
def test_a_line_takes_in_all_that_fits_up_to_the_next_legal_place(widths, text, width):
    lines = break_text(text, widths, width)
    for line, following in itertools.pairwise(lines):
        more = next((place for place in legal_places(line + following) if place > len(line)), None)
        if more is not None:
            longer = (line + following)[:more]
            assert width_of(longer.rstrip(" 　"), widths) > width, f"{line}|{following}"


@given(TEXTS, WIDTHS)
def test_breaking_what_was_broken_changes_nothing(widths, text, width):
    lines = break_text(text, widths, width)
    assert break_text("".join(lines), widths, width) == lines
    for line in lines:
        assert break_text(line, widths, width) == (line,)


@given(st.lists(st.sampled_from(["葛\U000e0100", "辻\U000e0101", "城", "。", "A"]), max_size=40), st.floats(300, 6000))
def test_a_variation_selector_stays_with_its_character_at_any_width(widths, pieces, width):
    lines = break_text("".join(pieces), widths, width)
    assert all(not jlreq.is_selector(line[0]) for line in lines if line)
    assert [c for line in lines for c in clusters(line)] == clusters("".join(pieces))


@given(st.text(min_size=1, max_size=60), st.floats(1, 5000))
def test_any_text_at_any_width_is_broken_without_loss(widths, text, width):
    assert "".join(break_text(text, widths, width)) == text


@given(TEXTS)
def test_a_text_that_fits_is_one_line(widths, text):
    assert break_text(text, widths, width_of(text, widths)) == (text,)


@pytest.mark.parametrize("name", jlreq.NOT_AT_START)
def test_no_character_of_the_class_begins_a_line(widths, name):
    begun = {mark for mark in jlreq.NOT_AT_START[name] if break_text(f"評価{mark}実績", widths, 2100)[1][0] == mark}
    assert begun == set()


@pytest.mark.parametrize("name", jlreq.NOT_AT_END)
def test_no_character_of_the_class_ends_a_line(widths, name):
    marks = [mark for mark in jlreq.NOT_AT_END[name] if width_of(mark, widths) >= ONE_EM / 2]
    ended = {m for m in marks if break_text(f"評価業{m}実績", widths, 3000 + width_of(m, widths))[0][-1] == m}
    assert ended == set()


def test_a_closing_mark_stands_half_out_of_the_line_rather_than_take_a_character_with_it(widths):
    assert break_text("評価業務。実績", widths, 4500) == ("評価業務。", "実績")
    assert break_text("評価業務。実績", widths, 4400) == ("評価業", "務。実績")


def test_words_and_numbers_are_not_split(widths):
    assert break_text("達成率は95.3%である", widths, 6000) == ("達成率は", "95.3%である")
    assert break_text("計1,234,567円", widths, 4500) == ("計", "1,234,567", "円")


def test_dashes_and_dots_in_pairs_are_not_parted(widths):
    assert break_text("評価――実績", widths, 3000) == ("評価", "――実", "績")
    assert break_text("評価……実績", widths, 3000) == ("評価", "……実", "績")


@pytest.mark.parametrize("unit", ["年", "円", "人", "万人", "㎡", "か所"])
@pytest.mark.parametrize("number", ["5", "1,234", "２０"])
def test_a_number_keeps_its_unit_where_the_line_has_room(widths, number, unit):
    text = "評価業務実績令和目標達成" + number + unit + "の計画"
    room = width_of(text[:12] + number, widths)
    assert break_text(text, widths, room)[:2] == (text[:12], text[12:])
    assert break_text(text[6:], widths, room - 6000)[0] == text[6:12] + number, "a narrow line has no room for that"


@pytest.mark.parametrize("rest", ["の計画", "画", "Ａ社"])
def test_a_number_is_not_kept_with_what_is_no_unit(widths, rest):
    text = "評価業務実績令和目標達成" + "5678" + rest
    assert break_text(text, widths, 14_000)[0] == text[:16]


def test_a_number_that_is_most_of_the_line_is_parted_from_its_unit(widths):
    text = "評価" + "２" * 11 + "年度"
    assert break_text(text, widths, 13_000) == ("評価" + "２" * 11, "年度")


def test_an_unbreakable_piece_wider_than_the_line_is_cut_between_characters(widths):
    lines = break_text("A" * 20, widths, 3000)
    assert lines == ("A" * 6, "A" * 6, "A" * 6, "AA")


def test_spaces_at_a_line_end_stay_there(widths):
    assert break_text("評価業務　　実績", widths, 4000) == ("評価業務　　", "実績")


def test_empty_text_is_one_empty_line(widths):
    assert break_text("", widths, 1000) == ("",)


def test_the_sets_hold_no_character_that_may_not_stand_anywhere():
    assert not NOT_AT_LINE_START & NOT_AT_LINE_END


@pytest.mark.parametrize("piece", ["評価の業務、実績。", "A", "（", "、", " ", "葛\U000e0100", "12,345 "])
def test_ten_times_the_text_takes_no_more_than_fifteen_times_the_looks(widths, piece, monkeypatch):
    looks = []

    def looking(before, after):
        looks.append(1)
        return may_break(before, after)

    monkeypatch.setattr(linebreak, "may_break", looking)

    def looks_at(length):
        looks.clear()
        break_text((piece * (length // len(piece) + 1))[:length], widths, 5500)
        return len(looks)

    assert looks_at(20_000) <= 15 * max(looks_at(2_000), 100)


@pytest.mark.parametrize("piece", ["評価の業務、実績。", "A", "（", " ", "葛\U000e0100"])
def test_a_hundred_thousand_characters_come_to_an_end_within_seconds(widths, piece):
    text = (piece * 100_000)[:100_000]
    begun = time.process_time()
    lines = break_text(text, widths, 5500)
    assert time.process_time() - begun < 3
    assert "".join(lines) == text


class Counting(dict):
    """Count how often a width is asked for."""

    def __init__(self):
        super().__init__()
        self.asked = 0

    def __missing__(self, char):
        self.asked += 1
        return ONE_EM


@pytest.mark.parametrize("length", [900, 9_000])
def test_each_width_is_looked_up_once(length):
    widths = Counting()
    break_text("評価の業務、実績。" * (length // 9), widths, 5500)
    assert widths.asked == length
