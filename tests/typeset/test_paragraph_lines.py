"""Runs keep their look over line ends, and lines stand as their style says."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_making import PAPER, STYLE, document_of

from hyoka_desktop.document.length import Length
from hyoka_desktop.document.model import Align, Heading, Paragraph, Run
from hyoka_desktop.typeset.frames import PageFrame
from hyoka_desktop.typeset.pages import Typesetter
from hyoka_desktop.typeset.paragraph import LineBreaker

RUNS = st.lists(
    st.builds(Run, st.text("評価実績、。A1 ", max_size=20), st.booleans(), st.sampled_from(["", "item5"])), min_size=1
)


@given(RUNS, st.floats(20, 300))
def test_every_character_keeps_the_look_of_its_run(fonts, runs, width):
    paragraph = Paragraph(tuple(runs), STYLE, Align.START)
    lines = LineBreaker(fonts).lines(paragraph, width)
    looks = [(char, run.underline, run.link) for line in lines for run in line.runs for char in run.text]
    assert looks == [(char, run.underline, run.link) for run in runs for char in run.text]


@given(RUNS)
def test_a_second_breaking_from_memory_is_the_first(fonts, runs):
    breaker = LineBreaker(fonts)
    paragraph = Paragraph(tuple(runs), STYLE, Align.START)
    assert breaker.lines(paragraph, 80.0) == breaker.lines(paragraph, 80.0)


def test_the_same_text_in_another_size_is_not_taken_from_memory(fonts):
    breaker = LineBreaker(fonts)
    small = Paragraph((Run("評価の実績"),), STYLE, Align.START)
    large = replace(small, style=replace(STYLE, size=Length.of_pt(20)))
    assert len(breaker.lines(small, 50.0)) == 1
    assert len(breaker.lines(large, 50.0)) == 3


def test_start_centre_and_end_stand_where_they_say(fonts):
    breaker = LineBreaker(fonts)
    page = PageFrame(None)
    for align in (Align.START, Align.CENTER, Align.END):
        (line,) = breaker.lines(Paragraph((Run("評価"),), STYLE, align), 100.0)
        breaker.place(page, line, 10.0, 0.0, 100.0)
    assert [text.x for text in page.texts] == [10.0, 50.0, 90.0]


@pytest.mark.parametrize("align", [Align.START, Align.CENTER, Align.END])
@pytest.mark.parametrize("count", [3, 60])
@pytest.mark.parametrize("space", ["　", " "], ids=["full width", "half width"])
def test_spaces_at_the_end_do_not_push_a_line_out_of_its_cell(fonts, align, space, count):
    page = PageFrame(None)
    breaker = LineBreaker(fonts)
    for line in breaker.lines(Paragraph((Run("評価業務" + space * count),), STYLE, align), 50.0):
        breaker.place(page, line, 100.0, 0.0, 50.0)
    assert all(100.0 <= text.x <= 110.1 for text in page.texts)


def test_an_underline_runs_under_its_own_run_alone(fonts):
    page = PageFrame(None)
    breaker = LineBreaker(fonts)
    (line,) = breaker.lines(Paragraph((Run("Ｂ", underline=True), Run("○重")), STYLE, Align.START), 100.0)
    breaker.place(page, line, 0.0, 0.0, 100.0)
    (rule,) = page.rules
    assert (rule.x0, rule.x1) == (0.0, 10.0)
    assert rule.y0 > page.texts[0].baseline


def test_a_linked_text_that_goes_over_two_lines_is_linked_on_both(fonts):
    page = PageFrame(None)
    breaker = LineBreaker(fonts)
    for top, line in enumerate(breaker.lines(Paragraph((Run("評価実績", link="x"),), STYLE, Align.START), 25.0)):
        breaker.place(page, line, 0.0, top * 14.0, 25.0)
    assert len(page.links) == 2


def test_a_heading_is_not_left_alone_at_the_foot_of_a_page(fonts):
    heading = Heading(Paragraph((Run("見出し"),), STYLE, Align.START, "heading", keep_with_next=True), 1, "a")
    for before in range(20, 45):
        filler = tuple(Paragraph((Run("行"),), STYLE, Align.START, "before") for _ in range(before))
        after = Paragraph((Run("評価" * 200),), STYLE, Align.START, "after")
        pages = Typesetter(fonts).set(document_of(*filler, heading, after)).pages
        page = next(page for page in pages if any(text.source == "heading" for text in page.texts))
        assert sum(text.source == "after" for text in page.texts) >= 2


def test_a_long_paragraph_goes_over_pages_without_loss(fonts):
    text = "評価の実績を示す。" * 1000
    layout = Typesetter(fonts).set(document_of(Paragraph((Run(text),), STYLE, Align.START, "long")))
    found = [t for page in layout.pages for t in page.texts if t.source == "long"]
    assert "".join(t.text for t in found) == text
    assert len(layout.pages) > 1
    assert all(t.baseline < PAPER.height.pt - PAPER.bottom.pt for t in found)


def test_the_one_who_waits_can_give_up_at_any_page(fonts):
    class GivenUp(Exception):
        """Stand for a person who gives up."""

    asked = []

    def checkpoint():
        asked.append(1)
        if len(asked) == 3:
            raise GivenUp

    text = Paragraph((Run("評価の実績を示す。" * 5000),), STYLE, Align.START)
    with pytest.raises(GivenUp):
        Typesetter(fonts).set(document_of(text), checkpoint)
