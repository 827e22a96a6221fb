"""Tables go over pages without loss: every line once and in order, inside its cell, under the header."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from table_making import (
    LEADING,
    LINES_OF_A_PAGE,
    LOOK,
    PAPER,
    STYLE,
    cell,
    document_of,
    lines_by_source,
    random_tables,
    table,
)

from hyoka_desktop.document.length import Length
from hyoka_desktop.document.model import Paragraph, Run
from hyoka_desktop.typeset.frames import Fill
from hyoka_desktop.typeset.pages import Typesetter

NEAR = 0.2


def set_table(fonts, made):
    return Typesetter(fonts).set(document_of(made))


def text_of(source_cell):
    return "".join(paragraph.text for paragraph in source_cell.paragraphs)


def cells_of(made, *, header):
    return {(r, c.column): c for r, row in enumerate(made.rows) if row.header is header for c in row.cells}


@given(random_tables())
@settings(max_examples=150)
def test_every_line_of_every_cell_stands_exactly_once_and_in_order(fonts, made):
    lines = lines_by_source(set_table(fonts, made))
    for source, source_cell in (cells_of(made, header=False) | cells_of(made, header=True)).items():
        assert "".join(text.text for _, text in lines[source]) == text_of(source_cell), source


@given(random_tables())
def test_the_header_is_repeated_whole_on_every_further_page_of_the_table(fonts, made):
    layout = set_table(fonts, made)
    repeated = lines_by_source(layout, artifacts=True)
    for source, source_cell in cells_of(made, header=True).items():
        for number in range(1, len(layout.pages)):
            assert "".join(t.text for page, t in repeated[source] if page == number) == text_of(source_cell)


@given(random_tables())
def test_every_line_stands_inside_the_area_of_its_own_cell(fonts, made):
    for page in set_table(fonts, made).pages:
        for text in page.texts:
            if isinstance(text.source, tuple):
                assert any(
                    box.source == text.source
                    and box.x - NEAR <= text.x
                    and text.x + text.width - text.size / 2 <= box.x + box.width + NEAR
                    and box.y <= text.baseline - text.size * 0.8
                    and text.baseline + text.size * 0.2 <= box.y + box.height + NEAR
                    for box in page.boxes
                ), text


@given(random_tables())
def test_no_two_lines_of_a_cell_and_no_two_cells_stand_on_each_other(fonts, made):
    for page in set_table(fonts, made).pages:
        for first, second in pairwise(sorted((b.y, b.x, b.width, b.height) for b in page.boxes)):
            apart = first[1] + first[2] <= second[1] + NEAR or second[1] + second[2] <= first[1] + NEAR
            assert apart or first[0] + first[3] <= second[0] + NEAR
        by_source = {}
        for text in page.texts:
            by_source.setdefault(text.source, []).append(text.baseline)
        for baselines in by_source.values():
            assert all(below - above >= STYLE.leading.pt - NEAR for above, below in pairwise(sorted(baselines)))


@given(random_tables())
def test_nothing_stands_outside_the_margins(fonts, made):
    top, bottom = PAPER.top.pt, PAPER.height.pt - PAPER.bottom.pt
    left, right = PAPER.left.pt, PAPER.left.pt + sum(made.widths) / 12700
    for page in set_table(fonts, made).pages:
        for rule in page.rules:
            assert top - NEAR <= rule.y0 <= rule.y1 <= bottom + NEAR
            assert left - NEAR <= rule.x0 <= rule.x1 <= right + NEAR
        for text in page.texts:
            if isinstance(text.source, tuple):
                assert top <= text.baseline - text.size * 0.8 <= text.baseline <= bottom


@given(random_tables())
def test_a_row_of_at_most_four_lines_is_not_split(fonts, made):
    lines = lines_by_source(set_table(fonts, made))
    merged = {
        row
        for start, source_row in enumerate(made.rows)
        for c in source_row.cells
        if c.rowspan > 1
        for row in range(start, start + c.rowspan)
    }
    for index, row in enumerate(made.rows):
        most = max((len(lines[index, c.column]) + empty_paragraphs(c) for c in row.cells), default=0)
        if index not in merged and not row.header and most <= 4:
            assert len({page for c in row.cells for page, _ in lines[index, c.column]}) <= 1


@pytest.mark.parametrize("before", range(0, 32, 3))
@pytest.mark.parametrize("rows", [2, 6, 15, 24, 60])
def test_a_table_to_be_kept_together_is_divided_only_where_no_page_can_hold_it(fonts, before, rows):
    filler = tuple(Paragraph((Run("行"),), STYLE, STYLE.align, "before") for _ in range(before))
    made = replace(table([[cell(r, c, "値") for c in range(3)] for r in range(rows)]), keep_together=True)
    found = lines_by_source(Typesetter(fonts).set(document_of(*filler, made)))
    pages = {page for lines in found.values() for page, _ in lines}
    assert len(found) == rows * 3
    assert (len(pages) == 1) == (rows * 18.5 <= PAPER.text_height.pt)


def empty_paragraphs(source_cell):
    return sum(not paragraph.text for paragraph in source_cell.paragraphs)


@pytest.mark.parametrize("before", range(18, 30))
@pytest.mark.parametrize("lines", [2, 3, 4])
def test_a_short_row_goes_whole_to_the_next_page(fonts, before, lines):
    rows = [[cell(r, 0, "値")] for r in range(before)] + [[cell(before, 0, "\n".join("行" * lines))]]
    found = lines_by_source(set_table(fonts, table(rows, widths=(60.0,))))
    assert len({page for page, _ in found[before, 0]}) == 1


@pytest.mark.parametrize("before", range(10, 30))
@pytest.mark.parametrize("lines", [5, 6, 9, 20])
def test_a_split_row_leaves_no_line_alone_on_either_page(fonts, before, lines):
    rows = [[cell(r, 0, "値")] for r in range(before)] + [[cell(before, 0, "\n".join("行" * lines))]]
    found = lines_by_source(set_table(fonts, table(rows, widths=(60.0,))))
    assert min(Counter(page for page, _ in found[before, 0]).values()) >= 2


@given(random_tables())
def test_no_page_is_empty_and_none_is_left_emptier_than_a_group_that_is_kept_whole(fonts, made):
    layout = set_table(fonts, made)
    bottom = PAPER.height.pt - PAPER.bottom.pt
    tallest_group = 12 * (STYLE.leading.pt + 4)
    for page in layout.pages:
        assert page.boxes
    for page in layout.pages[:-1]:
        assert bottom - max(rule.y1 for rule in page.rules) <= tallest_group


@given(random_tables())
def test_setting_twice_with_remembered_lines_gives_the_same_pages(fonts, made):
    typesetter = Typesetter(fonts)
    assert typesetter.set(document_of(made)).pages == typesetter.set(document_of(made)).pages


@pytest.mark.parametrize("before", range(40))
def test_a_table_that_begins_low_on_the_page_takes_its_first_lines_with_its_header(fonts, before):
    filler = tuple(Paragraph((Run("行"),), STYLE, STYLE.align, "before") for _ in range(before))
    rows = [[cell(0, 0, "見出し", colspan=3, label=True)], [cell(1, c, "評価" * 400) for c in range(3)]]
    layout = Typesetter(fonts).set(document_of(*filler, table(rows, headers=1)))
    lines = lines_by_source(layout)
    first = lines[0, 0][0][0]
    assert sum(page == first for page, _ in lines[1, 0]) >= 2


@pytest.mark.parametrize("rows", range(20, 40))
def test_the_notes_under_a_table_never_stand_on_a_page_alone(fonts, rows):
    made = table(
        [[cell(0, 0, "見出し", colspan=3)], *([cell(r, c, "値") for c in range(3)] for r in range(1, rows))], headers=1
    )
    note = Paragraph((Run("注１）重要度を高と設定している項目"),), STYLE, STYLE.align, "note")
    layout = Typesetter(fonts).set(document_of(made, note, note))
    pages = [n for n, page in enumerate(layout.pages) for text in page.texts if text.source == "note"]
    assert all(any(isinstance(t.source, tuple) and t.source[0] > 0 for t in layout.pages[n].texts) for n in pages)


def lines_over_pages(fonts, room, *rows):
    """Set rows where the first page has room for so many lines; tell how many lines of each cell are on which page."""
    filler = tuple(Paragraph((Run("行"),), STYLE, STYLE.align, "before") for _ in range(LINES_OF_A_PAGE - room))
    found = lines_by_source(Typesetter(fonts).set(document_of(*filler, table(rows))))
    return {source: [sum(page == n for page, _ in lines) for n in (0, 1)] for source, lines in found.items()}


@pytest.mark.parametrize(("room", "taken"), [(9, 9), (8, 7), (7, 7), (6, 6), (5, 5), (4, 4), (3, 3), (2, 2), (1, 0)])
def test_a_row_takes_all_the_room_that_there_is_and_leaves_two_lines_at_least(fonts, room, taken):
    nine = "\n".join("行" * 9)
    assert lines_over_pages(fonts, room, [cell(0, 0, nine)]) == {(0, 0): [taken, 9 - taken]}
    rows = [[cell(0, 0, "短")], [cell(1, 0, nine)]]
    assert lines_over_pages(fonts, room + 2, *rows)[1, 0] == [taken, 9 - taken]


def test_the_last_line_of_a_row_of_several_pages_does_not_go_over_alone(fonts):
    found = lines_by_source(set_table(fonts, table([[cell(0, 0, "\n".join("行" * (3 * LINES_OF_A_PAGE + 1)))]])))
    assert Counter(page for page, _ in found[0, 0])[3] == 2


@pytest.mark.parametrize(
    ("lower", "pages"), [(6, [[0, 12], [0, 6], [0, 6]]), (7, [[11, 2], [6, 0], [5, 2]])], ids=["twelve", "thirteen"]
)
def test_rows_under_a_merged_cell_stay_together_up_to_twelve_lines(fonts, lower, pages):
    first = [cell(0, 0, "\n".join("行" * (6 + lower)), rowspan=2), cell(0, 1, "\n".join("行" * 6))]
    found = lines_over_pages(fonts, 12, first, [cell(1, 1, "\n".join("行" * lower))])
    assert [found[0, 0], found[0, 1], found[1, 1]] == pages


@pytest.mark.parametrize("before", range(40))
@pytest.mark.parametrize("lines", [3, 4, 5])
def test_a_header_never_stands_at_the_foot_of_a_page_without_its_first_row(fonts, before, lines):
    filler = tuple(Paragraph((Run("行"),), STYLE, STYLE.align, "before") for _ in range(before))
    rows = [[cell(0, 0, "見出し", label=True)], [cell(1, 0, "\n".join("行" * lines))]]
    found = lines_by_source(Typesetter(fonts).set(document_of(*filler, table(rows, headers=1))))
    assert found[0, 0][0][0] == found[1, 0][0][0]


@pytest.mark.parametrize(("least", "lines"), [(0, 1), (18, 1), (19, 2), (32, 2), (33, 3)])
def test_a_row_is_as_high_as_is_asked_for_and_no_higher(fonts, least, lines):
    made = table([[cell(0, 0, "値")]])
    made = replace(made, rows=tuple(replace(row, least=Length.of_pt(least)) for row in made.rows))
    (page,) = set_table(fonts, made).pages
    assert page.boxes[0].height == pytest.approx(lines * LEADING + 2 * 2 + 0.5)


def test_captions_are_tinted_and_reserved_cells_shaded_over_their_whole_area(fonts):
    rows = [
        [cell(0, 0, "見出し", rowspan=2, label=True), cell(0, 1, "値\n値"), replace(cell(0, 2, ""), reserved=True)],
        [replace(cell(1, 1, "", colspan=2), reserved=True)],
    ]
    (page,) = set_table(fonts, replace(table(rows), style=replace(LOOK, shade=0.85))).pages
    area = {box.source: (box.x, box.y, box.width, box.height) for box in page.boxes}
    assert page.fills == [
        Fill(*area[0, 0], LOOK.tint),
        Fill(*area[0, 2], 0.85),
        Fill(*area[1, 1], 0.85),
    ]


def test_a_caption_stands_in_the_middle_of_the_height_of_its_cell_and_other_text_at_its_top(fonts):
    (page,) = set_table(
        fonts, table([[cell(0, 0, "題", label=True), cell(0, 1, "値\n" * 4 + "値"), cell(0, 2, "文")]])
    ).pages
    baselines = {text.text: text.baseline for text in reversed(page.texts)}
    assert baselines["題"] - baselines["値"] == pytest.approx(2 * LEADING)
    assert baselines["文"] == baselines["値"]


@pytest.mark.parametrize("shift", range(6))
def test_a_merged_cell_leaves_no_line_of_a_paragraph_alone_where_a_page_ends_between_its_rows(fonts, shift):
    text = "\n".join(["評" * 16 * (shift + 1), *["評" * 16 * 3] * 15])
    rows = [[cell(0, 0, text, rowspan=40), cell(0, 1, "値")], *([cell(r, 1, "値")] for r in range(1, 40))]
    merged = rows[0][0]
    paragraphs = tuple(replace(p, source=n) for n, p in enumerate(merged.paragraphs))
    rows[0][0] = replace(merged, paragraphs=paragraphs)
    layout = set_table(fonts, table(rows, widths=(60.0, 60.0)))
    pages = [Counter(text.source for text in page.texts if isinstance(text.source, int)) for page in layout.pages]
    assert len(layout.pages) > 1
    assert sum(pages, Counter()) == {n: (shift + 1 if n == 0 else 3) for n in range(16)}
    assert {source for on_page in pages for source, lines in on_page.items() if lines == 1} <= (
        {0} if not shift else set()
    )
