"""Figures, contents and paragraphs stand on the page where their measures say."""

from dataclasses import replace

import pytest
from table_making import LEADING, PAPER, STYLE, ZERO, cell, document_of, table

from hyoka_desktop.document.length import Length
from hyoka_desktop.document.model import (
    Align,
    Area,
    Contents,
    ContentsEntry,
    Figure,
    Heading,
    Label,
    Paragraph,
    Run,
    Section,
    Stroke,
)
from hyoka_desktop.typeset.frames import ElementKind, Fill, Rule
from hyoka_desktop.typeset.pages import Typesetter

TOP, LEFT = PAPER.top.pt, PAPER.left.pt
RIGHT = LEFT + PAPER.text_width.pt
BOTTOM = PAPER.height.pt - PAPER.bottom.pt
BASE = 2 + 10 * 0.88
"""Where the baseline stands in a line of 14 points with characters of 10."""


def pt(*points):
    return [Length.of_pt(point) for point in points]


def words(text, source="text", style=STYLE):
    return Paragraph((Run(text),), style, style.align, source)


def spaced(before, after):
    return replace(STYLE, before=Length.of_pt(before), after=Length.of_pt(after))


def set_blocks(fonts, *blocks):
    return Typesetter(fonts).set(document_of(*blocks))


def baselines(page):
    return [text.baseline for text in page.texts]


FIGURE = Figure(
    Length.of_pt(80),
    (
        Area(*pt(10, 20, 30, 40), 0.8),
        Stroke(*pt(5, 70, 95, 70, 0.5)),
        Label(words("達成率"), *pt(12, 24, 100)),
        Label(words("長すぎる表題", style=replace(STYLE, align=Align.CENTER)), *pt(50, 40, 32)),
    ),
    (words("棒が一つある。"), words("線が一つある。")),
)


def test_the_shapes_of_a_figure_stand_at_their_places_from_its_corner(fonts):
    (page,) = set_blocks(fonts, words("前"), FIGURE, words("後")).pages
    top = TOP + LEADING
    assert page.fills == [Fill(LEFT + 10, top + 20, 30, 40, 0.8)]
    assert page.rules == [Rule(LEFT + 5, top + 70, LEFT + 95, top + 70, 0.5)]
    places = {text.text: (text.x, text.baseline) for text in page.texts}
    assert places["達成率"] == pytest.approx((LEFT + 12, top + 24 + BASE))
    assert places["後"] == pytest.approx((LEFT, top + 80 + BASE))


def test_a_label_that_is_too_long_for_its_width_is_set_smaller_and_whole(fonts):
    (page,) = set_blocks(fonts, FIGURE).pages
    (label,) = [text for text in page.texts if text.text.startswith("長")]
    width = next(
        shape.width.pt for shape in FIGURE.shapes if isinstance(shape, Label) and shape.paragraph.text == label.text
    )
    assert label.text == "長すぎる表題"
    assert LEFT + 50 <= label.x <= label.x + label.width <= LEFT + 50 + width
    assert label.size < STYLE.size.pt


def test_a_figure_is_one_element_that_is_told_by_its_description(fonts):
    layout = set_blocks(fonts, FIGURE)
    (element,) = layout.structure[0].children
    assert (element.kind, element.title) == (ElementKind.FIGURE, "棒が一つある。\n線が一つある。")
    assert all(text.element is element for text in layout.pages[0].texts)


@pytest.mark.parametrize("lines", range(25, 36))
def test_a_figure_is_never_divided_between_pages(fonts, lines):
    layout = set_blocks(fonts, *[words("行") for _ in range(lines)], FIGURE)
    has_room = TOP + lines * LEADING + 80 <= BOTTOM
    assert [len(page.fills) for page in layout.pages] == ([1] if has_room else [0, 1])
    assert layout.pages[-1].fills[0].y == pytest.approx(TOP + (lines * LEADING if has_room else 0) + 20)


def test_a_figure_taller_than_the_page_begins_where_it_can(fonts):
    tall = replace(FIGURE, height=Length.of_pt(2000))
    assert len(set_blocks(fonts, tall).pages) == 1
    assert [len(page.fills) for page in set_blocks(fonts, words("前"), tall).pages] == [0, 1]


@pytest.mark.parametrize(("after", "before", "gap"), [(5, 8, 8), (8, 5, 8), (0, 3, 3), (6, 0, 6)])
def test_the_space_between_two_paragraphs_is_the_larger_that_they_ask_for(fonts, after, before, gap):
    (page,) = set_blocks(fonts, words("上", style=spaced(0, after)), words("下", style=spaced(before, 0))).pages
    upper, lower = baselines(page)
    assert lower - upper == pytest.approx(LEADING + gap)


@pytest.mark.parametrize(
    ("between", "height"), [(FIGURE, 80), (table([[cell(0, 0, "")]]), LEADING + 4 + 0.5)], ids=["figure", "table"]
)
def test_a_paragraph_under_a_figure_or_table_keeps_the_space_before_it(fonts, between, height):
    (page,) = set_blocks(fonts, words("上", style=spaced(0, 8)), between, words("下", style=spaced(5, 0))).pages
    assert baselines(page)[-1] == pytest.approx(TOP + LEADING + 8 + height + 5 + BASE)


def test_a_paragraph_on_a_new_page_keeps_the_space_before_it(fonts):
    asked = words("二", style=spaced(5, 8))
    sections = tuple(Section(key, (asked,), numbered=True) for key in "ab")
    layout = Typesetter(fonts).set(replace(document_of(), sections=sections))
    assert [baselines(page) for page in layout.pages] == [[pytest.approx(TOP + 5 + BASE)]] * 2


def test_two_tables_on_end_are_set_apart_by_their_gap(fonts):
    one = table([[cell(0, 0, "値")]])
    (page,) = set_blocks(fonts, one, one, words("文")).pages
    upper, lower, below = baselines(page)
    assert lower - upper == pytest.approx(LEADING + 4.5 + 6)
    assert below - lower == pytest.approx(LEADING + 4.5 - 2 - 0.25 + 0)


# The contents

ENTRIES = (
    ContentsEntry(1, "Ⅰ", "業務運営", "one"),
    ContentsEntry(2, "Ⅰ-1", "情報システムの整備及び管理に関する業務の" * 5, "two"),
    ContentsEntry(3, "(1)", "細目", "three"),
    ContentsEntry(2, "", "無い章", "nowhere"),
)
SECOND = replace(STYLE, indent=Length.of_pt(12), before=Length.of_pt(3))
NUMBERS = 40.0
CONTENTS = Contents(words("目次"), ENTRIES, (STYLE, SECOND), Length.of_pt(NUMBERS), "p.")


@pytest.fixture
def listed(fonts):
    """Set contents with the three headings that they name, the second on page 12."""
    heads = [Heading(words("章"), 1, anchor) for anchor in ("one", "two", "three")]
    long = tuple(words("行") for _ in range(int(10.5 * ((BOTTOM - TOP) // LEADING))))
    sections = (
        Section("contents", (CONTENTS,), numbered=False),
        Section("a", (heads[0], *long), numbered=True),
        Section("b", (heads[1],), numbered=True),
        Section("c", (heads[2],), numbered=False),
    )
    return Typesetter(fonts).set(replace(document_of(), sections=sections))


def test_numbers_and_texts_of_the_contents_stand_in_two_columns(listed):
    texts = {text.text: text.x for text in listed.pages[0].texts}
    assert texts["Ⅰ"] == LEFT
    assert texts["業務運営"] == LEFT + NUMBERS
    assert texts["Ⅰ-1"] == LEFT, "numbers stand under each other"
    assert texts["細目"] == LEFT + NUMBERS + 12


def test_a_long_line_of_the_contents_is_broken_and_leaves_room_for_its_page(listed):
    lines = [text for text in listed.pages[0].texts if text.text in ENTRIES[1].text and len(text.text) > 5]
    assert "".join(line.text for line in lines) == ENTRIES[1].text
    assert [line.x for line in lines] == [LEFT + NUMBERS + 12] * len(lines)
    widest = max(line.x + line.width for line in lines)
    assert RIGHT - 6 * 10 - 10 < widest <= RIGHT - 6 * 10


def test_the_page_of_each_line_ends_at_the_right_edge_behind_dots_that_end_together(listed):
    page = listed.pages[0]
    pages = {text.text: text for text in page.texts if text.text.startswith("p.")}
    assert set(pages) == {"p.1", "p.12"}
    assert all(text.x + text.width == pytest.approx(RIGHT) for text in pages.values())
    dots = [text for text in page.texts if set(text.text) == {"…"}]
    widest = 10 * 0.5 * len("p.000")
    assert [text.x + text.width for text in dots] == pytest.approx([RIGHT - widest - 4] * 3)
    assert all(text.element is None for text in dots), "dots are not read aloud"


def test_the_dots_begin_close_behind_the_text(listed):
    page = listed.pages[0]
    dots = [text for text in page.texts if set(text.text) == {"…"}]
    for dot in dots:
        before = max(t.x + t.width for t in page.texts if t.baseline == dot.baseline and t.x < dot.x)
        assert 4 <= dot.x - before < 4 + 10


def test_the_page_stands_beside_the_last_line_of_a_long_entry(listed):
    page = listed.pages[0]
    lines = [text for text in page.texts if text.text in ENTRIES[1].text and len(text.text) > 5]
    (number,) = [text for text in page.texts if text.text == "p.12"]
    assert number.baseline == max(line.baseline for line in lines)


def test_each_line_of_the_contents_that_leads_somewhere_is_a_link_over_its_whole_width(listed):
    page = listed.pages[0]
    assert [link.anchor for link in page.links] == ["one", "two", "three"]
    for link in page.links:
        assert (link.x, link.x + link.width, link.height) == (LEFT, pytest.approx(RIGHT), LEADING)
        assert any(link.y < text.baseline < link.y + link.height for text in page.texts)
        assert link.element.kind is ElementKind.LINK


def test_the_outline_has_the_lines_of_the_contents(listed):
    told = [(entry.level, entry.text, entry.anchor) for entry in listed.outline]
    assert told == [(e.level, f"{e.number} {e.text}".strip(), e.anchor) for e in ENTRIES]


def test_no_line_of_long_contents_is_divided_or_lost(fonts):
    entries = tuple(ContentsEntry(1 + n % 2, str(n), ENTRIES[1].text, "x") for n in range(100))
    layout = set_blocks(fonts, replace(CONTENTS, entries=entries))
    assert len(layout.pages) > 3
    texts = [text for page in layout.pages for text in page.texts if text.text in ENTRIES[1].text]
    assert "".join(text.text for text in texts) == ENTRIES[1].text * 100
    for page in layout.pages:
        assert max(baselines(page)) < BOTTOM
        on_page = "".join(text.text for text in page.texts if text.text in ENTRIES[1].text)
        assert on_page == ENTRIES[1].text * (len(on_page) // len(ENTRIES[1].text))


def test_a_section_may_be_empty(fonts):
    layout = set_blocks(fonts)
    assert (len(layout.pages), layout.pages[0].texts, ZERO) == (1, [], 0)
