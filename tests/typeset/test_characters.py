"""What counts as one character, how wide it is, and what is said where a font lacks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_desktop.errors import InputError
from hyoka_desktop.paths import resource
from hyoka_desktop.typeset.clusters import clusters
from hyoka_desktop.typeset.fonts import FULL_WIDTH, FontLibrary
from hyoka_desktop.typeset.frames import Rule
from hyoka_desktop.typeset.linebreak import break_text
from hyoka_desktop.typeset.rules import merged_rules

MINCHO = "BIZUDMincho-Regular.ttf"


@pytest.fixture
def fresh():
    return FontLibrary(resource("fonts"))


@given(st.text("葛辻城A\ufe00\U000e0100\U000e0101", max_size=30))
def test_clusters_joined_are_the_text(text):
    assert "".join(clusters(text)) == text
    assert all(1 <= len(cluster) <= 2 for cluster in clusters(text))


def test_a_character_and_its_variation_selector_are_one():
    assert clusters("葛\U000e0100城") == ["葛\U000e0100", "城"]


def test_a_variation_selector_takes_no_width(fresh):
    assert fresh.widths(MINCHO)["\U000e0100"] == 0
    assert fresh.missing(MINCHO, "評\U000e0100") == frozenset()


def test_a_variation_that_the_font_lacks_shows_the_plain_character(fresh):
    face = fresh.face("BIZUDMincho-Regular.ttf")
    assert face.glyph("評\U000e01ef") == face.glyph("評")


def test_a_character_that_no_font_has_is_named_and_takes_a_full_width(fresh):
    assert fresh.widths(MINCHO)["\u0e01"] == FULL_WIDTH
    assert fresh.missing(MINCHO, "評価\u0e01") == {"\u0e01"}


def test_kanji_are_full_width_and_latin_letters_half(fresh):
    widths = fresh.widths(MINCHO)
    assert (widths["評"], widths["A"], widths["1"]) == (1000, 500, 500)


def test_a_font_that_is_not_there_is_refused_by_its_name(fresh):
    with pytest.raises(InputError) as refused:
        fresh.face("none.ttf")
    assert refused.value.parameters == {"file": "none.ttf"}


@pytest.mark.parametrize("mark", ["\u3099", "\u309a", "\u0301"])
def test_a_combining_mark_is_not_parted_from_its_letter(fresh, mark):
    widths = fresh.widths(MINCHO)
    for width in (1000, 2000, 3000):
        lines = break_text(f"かか{mark}か{mark}かか{mark}", widths, float(width))
        assert not [line for line in lines if line[0] == mark]


_PLACES = st.integers(0, 60).map(lambda tenth: tenth * 2.5)


@given(st.lists(st.tuples(st.booleans(), _PLACES, _PLACES, _PLACES), max_size=30))
def test_joined_rules_draw_the_same_picture_once(lines):
    rules = [
        Rule(at, min(a, b), at, max(a, b), 0.5) if vertical else Rule(min(a, b), at, max(a, b), at, 0.5)
        for vertical, at, a, b in lines
    ]
    joined = merged_rules(rules)
    assert inked(joined) == inked(rules)
    assert sum(len(_steps(rule)) for rule in joined) == len(inked(rules))


def inked(rules):
    return {step for rule in rules for step in _steps(rule)}


def _steps(rule):
    """Cut a rule into steps of 2.5 points."""
    vertical = rule.x0 == rule.x1
    at, start, end = (rule.x0, rule.y0, rule.y1) if vertical else (rule.y0, rule.x0, rule.x1)
    return [(vertical and rule.y0 != rule.y1, at, n) for n in range(round(start / 2.5), round(end / 2.5))]
