"""Tables that have broken other typesetters: each must come out whole."""

import pytest
from table_making import LINES_OF_A_PAGE, PAPER, cell, document_of, full_page_text, lines_by_source, table
from test_table_pages import cells_of, text_of

from hyoka_desktop.typeset.pages import Typesetter


def set_whole(fonts, made):
    """Set a table and see that no text of it is lost, doubled or off the paper."""
    layout = Typesetter(fonts).set(document_of(made))
    lines = lines_by_source(layout)
    for source, source_cell in (cells_of(made, header=False) | cells_of(made, header=True)).items():
        assert "".join(text.text for _, text in lines[source]) == text_of(source_cell), source
    for page in layout.pages:
        assert all(text.baseline <= PAPER.height.pt - PAPER.bottom.pt for text in page.texts if text.source)
        assert all(rule.y1 <= PAPER.height.pt - PAPER.bottom.pt + 0.2 for rule in page.rules)
    return layout


def header():
    return [cell(0, c, f"欄{c}", label=True) for c in range(3)]


def test_a_cell_of_four_thousand_characters_beside_short_ones(fonts):
    layout = set_whole(
        fonts, table([header(), [cell(1, 0, "短"), cell(1, 1, "評価の実績。" * 667), cell(1, 2, "")]], headers=1)
    )
    assert len(layout.pages) == -(-(4002 // 16 + 1) // (LINES_OF_A_PAGE - 1))


def test_a_paragraph_of_two_thousand_characters_without_punctuation(fonts):
    layout = set_whole(fonts, table([[cell(0, 0, "評価実績" * 500), cell(0, 1, "A" * 2000), cell(0, 2, "ー" * 2000)]]))
    assert len(layout.pages) >= 3


def test_a_label_that_spans_five_pages(fonts):
    rows = [[cell(0, 0, "見出しの欄", rowspan=6, label=True), cell(0, 1, full_page_text(1)), cell(0, 2, "")]]
    rows += [[cell(r, 1, full_page_text(0.9)), cell(r, 2, "短")] for r in range(1, 6)]
    layout = set_whole(fonts, table(rows))
    assert len(layout.pages) >= 5
    assert all(any(box.source == (0, 0) for box in page.boxes) for page in layout.pages)


def test_forty_indicators_in_one_row(fonts):
    names = "\n".join(f"・指標その{n}の達成率を評価する" for n in range(40))
    actual = "\n".join(f"・指標その{n}：{n * 3}件【計画：{n * 2}件以上】" for n in range(40))
    set_whole(fonts, table([header(), [cell(1, 0, names), cell(1, 1, actual), cell(1, 2, "")]], headers=1))


def test_a_row_with_one_empty_cell_and_one_of_ten_pages(fonts):
    layout = set_whole(fonts, table([[cell(0, 0, ""), cell(0, 1, full_page_text(10)), cell(0, 2, "短い")]]))
    assert len(layout.pages) == 10


def test_a_merged_cell_of_three_pages_beside_short_rows(fonts):
    rows = [header(), [cell(1, 0, "行"), cell(1, 1, "行"), cell(1, 2, full_page_text(3), rowspan=6)]]
    rows += [[cell(r, 0, f"行{r}"), cell(r, 1, "評価")] for r in range(2, 7)]
    layout = set_whole(fonts, table(rows, headers=1))
    assert 3 <= len(layout.pages) <= 5


def test_a_merged_cell_of_three_pages_beside_rows_that_are_split_themselves(fonts):
    rows = [[cell(0, 0, full_page_text(0.7)), cell(0, 1, ""), cell(0, 2, full_page_text(3), rowspan=4)]]
    rows += [[cell(r, 0, full_page_text(0.6)), cell(r, 1, "短\n短")] for r in range(1, 4)]
    set_whole(fonts, table(rows))


def test_overlapping_merged_cells_of_different_ends(fonts):
    rows = [[cell(0, 0, full_page_text(1.2), rowspan=2), cell(0, 1, "短"), cell(0, 2, full_page_text(2.1), rowspan=3)]]
    rows += [[cell(1, 1, full_page_text(0.8), rowspan=2)], [cell(2, 0, "終")]]
    set_whole(fonts, table(rows))


@pytest.mark.parametrize("lines", [18, 20, 21, 24, 33, 40])
def test_a_header_taller_than_most_of_the_page_still_leads_to_an_end(fonts, lines):
    tall = [cell(0, c, "見出し\n" * (lines - 1) + "終", label=True) for c in range(3)]
    made = table([tall, *([cell(r, c, full_page_text(0.5)) for c in range(3)] for r in range(1, 4))], headers=1)
    set_whole(fonts, made)


def test_a_table_of_nothing_but_header_rows(fonts):
    set_whole(fonts, table([header(), [cell(1, c, "二") for c in range(3)]], headers=2))


def test_a_table_without_rows_takes_no_room(fonts):
    assert Typesetter(fonts).set(document_of(table([]))).pages[0].rules == []


def test_a_column_narrower_than_a_character_keeps_all_its_text(fonts):
    set_whole(fonts, table([[cell(0, 0, "評価の実績、計画"), cell(0, 1, "短")]], widths=(4.0, 60.0)))


def test_a_thousand_rows_come_out_in_order(fonts):
    layout = set_whole(
        fonts, table([header(), *([cell(r, c, f"{r}-{c}") for c in range(3)] for r in range(1, 1001))], headers=1)
    )
    row = 18.5  # a line of 14, padding of 2 above and below, a rule of 0.5
    assert len(layout.pages) == -(-1000 // int((PAPER.text_height.pt - row) // row))
