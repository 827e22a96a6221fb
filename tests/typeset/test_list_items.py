"""Lines of a list item stand behind its mark; paragraphs keep two lines together at the ends of pages."""

from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from table_making import STYLE, cell, document_of, table

from hyoka_desktop.document.length import Length
from hyoka_desktop.document.model import Align, Paragraph, Run
from hyoka_desktop.text.markers import list_mark, width_in_em
from hyoka_desktop.typeset.frames import PageFrame
from hyoka_desktop.typeset.pages import Typesetter
from hyoka_desktop.typeset.paragraph import LineBreaker

MARKS = {
    "・評価": "・",
    "○　実績": "○　",
    "①計画": "①",
    "(1) 計画": "(1) ",
    "（２）計画": "（２）",
    "注1）計画": "注1）",
    "注）計画": "注）",
    "※計画": "※",
    "ア　計画": "ア　",
    "１．計画": "１．",
    "2. 計画": "2. ",
    "　・計画": "　・",
    "(ア)計画": "(ア)",
}
NO_MARKS = (
    "評価",
    "1.5倍に増加",
    "（実地調査）を行う",
    "-",
    "・",
    "（令和5年度）",
    "アイテム",
    "3年間",
    "２０．５",
    "",
)


@pytest.mark.parametrize("text", MARKS)
def test_the_mark_of_a_list_item_is_found(text):
    assert list_mark(text) == MARKS[text]


@pytest.mark.parametrize("text", NO_MARKS)
def test_what_is_no_list_item_has_no_mark(text):
    assert list_mark(text) == ""


@pytest.mark.parametrize("mark", sorted(set(MARKS.values())))
def test_a_mark_is_as_wide_as_the_font_sets_it(widths, mark):
    assert width_in_em(mark) * 1000 == pytest.approx(sum(widths[char] for char in mark))


def test_lines_after_the_first_stand_behind_the_mark(fonts):
    page, breaker = PageFrame(None), LineBreaker(fonts)
    paragraph = Paragraph((Run("・評価の実績を示す文です"),), STYLE, Align.START, hanging=Length.of_pt(10))
    for line in breaker.lines(paragraph, 60.0):
        breaker.place(page, line, 5.0, 0.0, 60.0)
    assert [(text.x, text.text) for text in page.texts] == [(5, "・評価の実績"), (15, "を示す文で"), (15, "す")]


def test_a_mark_that_is_wide_for_its_column_does_not_take_it_all(fonts):
    paragraph = Paragraph((Run("（１）評価の実績を示す"),), STYLE, Align.START, hanging=Length.of_pt(30))
    lines = LineBreaker(fonts).lines(paragraph, 40.0)
    assert max(line.shift for line in lines) == pytest.approx(16.0)


@st.composite
def paragraphs_of_lines(draw):
    """Tell paragraphs of one to nine lines for a column of 60 mm (16 characters)."""
    counts = draw(st.lists(st.integers(1, 9), min_size=1, max_size=25))
    return "\n".join("評" * (16 * count) for count in counts)


@given(paragraphs_of_lines(), paragraphs_of_lines(), st.integers(0, 30))
@settings(max_examples=60)
def test_no_first_or_last_line_of_a_paragraph_stands_alone(fonts, left, right, before):
    rows = [[cell(row, 0, "値"), cell(row, 1, "値")] for row in range(before)]
    rows.append([cell(before, 0, left), cell(before, 1, right)])
    layout = Typesetter(fonts).set(document_of(numbered(table(rows, widths=(60.0, 60.0)))))
    found = defaultdict(list)
    for number, page in enumerate(layout.pages):
        for text in page.texts:
            found[text.source].append(number)
    for pages in found.values():
        for number in set(pages):
            assert len(pages) == 1 or pages.count(number) > 1, pages


def numbered(made):
    """Give each paragraph a source of its own."""
    rows = [
        replace(
            row,
            cells=tuple(
                replace(
                    c,
                    paragraphs=tuple(replace(p, source=(*c.source, n)) for n, p in enumerate(c.paragraphs)),
                )
                for c in row.cells
            ),
        )
        for row in made.rows
    ]
    return replace(made, rows=tuple(rows))
