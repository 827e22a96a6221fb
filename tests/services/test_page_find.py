"""Search on pages, and the place of a field: on pages made by hand, and on those of the sample."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_desktop.domain.report import Address, NodeKind
from hyoka_desktop.services.export import shipped_fonts
from hyoka_desktop.services.pagefind import PageIndex, plain
from hyoka_desktop.services.pageplaces import places_of
from hyoka_desktop.services.preview import Previewer, Target
from hyoka_desktop.typeset.frames import Box, PageFrame, Text

SIZE = 10
CELL = Address(5, "results", 2024)
OTHER = Address(6, "results", 2024)


def line(text, x=100.0, baseline=100.0, source=CELL):
    return Text(x, baseline, SIZE * len(text), "BIZUDMincho-Regular.ttf", SIZE, text, source)


def page(*texts, boxes=()):
    return PageFrame(None, texts=list(texts), boxes=list(boxes))


def cell(x=90.0, y=80.0, source=CELL, height=400.0):
    return Box(x, y, 200, height, source)


def found(pages, wanted):
    return ["".join(span.text.text[span.start : span.end] for span in match) for match in PageIndex(pages).find(wanted)]


def test_a_text_is_found_over_the_end_of_a_line_in_a_cell():
    pages = [page(line("利用者の利"), line("便性の向上", baseline=114), boxes=[cell()])]
    (match,) = PageIndex(pages).find("利便性")
    assert [(span.text.text, span.start, span.end) for span in match] == [("利用者の利", 4, 5), ("便性の向上", 0, 2)]


def test_a_text_is_found_over_the_end_of_a_page_in_a_cell_that_goes_on():
    first = page(line("利用者の利"), line("別の欄", x=320, source=OTHER), boxes=[cell(), cell(310, source=OTHER)])
    second = page(line("項目", baseline=60, source=None), line("便性の向上", baseline=114), boxes=[cell()])
    assert found([first, second], "利便性") == ["利便性"]


def test_a_text_is_not_found_over_two_cells():
    left, right = line("利用者の利"), line("便性の向上", x=320, source=OTHER)
    assert found([page(left, right, boxes=[cell(), cell(310, source=OTHER)])], "利便性") == []


def test_a_field_printed_twice_on_a_page_is_two_texts():
    upper, lower = cell(height=30), cell(y=300, height=30)
    assert found([page(line("評定A"), line("A", baseline=320), boxes=[upper, lower])], "AA") == []


def test_a_field_printed_on_distant_pages_is_two_texts():
    pages = [page(line("評定A"), boxes=[cell()]), page(), page(line("A"), boxes=[cell()])]
    assert found(pages, "AA") == []


def test_lines_of_a_paragraph_outside_of_tables_are_one_text():
    assert found([page(line("利用者の利", source=None), line("便性", baseline=114, source=None))], "利便") == ["利便"]


def test_paragraphs_far_from_each_other_are_not():
    assert found([page(line("利用者の利", source=None), line("便性", baseline=160, source=None))], "利便") == []


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("ＩＴ化を95％", "it化を９５%"),
        ("㈱架空", "(株)架空"),
        ("ｶﾞｲﾄﾞ", "ガイド"),
        ("評　定", "評定"),
        ("葛\U000e0100城", "葛城"),
        ("か\u3099く", "がく"),
        ("𠮟る", "𠮟る"),
    ],
)
def test_width_blanks_and_variants_make_no_difference(printed, wanted):
    assert found([page(line(f"前{printed}後", source=None))], wanted) == [printed]


@pytest.mark.parametrize("wanted", ["", " ", "　\n"])
def test_a_blank_is_not_looked_for(wanted):
    assert found([page(line("何か 何か"))], wanted) == []


def test_matches_come_in_the_order_of_the_page():
    first = page(line("左上"), line("右上", x=320, source=OTHER), boxes=[cell(), cell(310, source=OTHER)])
    second = page(line("左上の続き"), boxes=[cell()])
    assert [match[0].text.text for match in PageIndex([first, second]).find("上")] == ["左上", "右上", "左上の続き"]


@given(
    st.lists(st.text("あいう上Ａa １", min_size=1, max_size=8), min_size=1, max_size=6), st.text("あa上1", min_size=1)
)
def test_a_text_is_found_exactly_where_the_joined_lines_hold_it(texts, wanted):
    lines = [line(text, baseline=100 + 14 * place) for place, text in enumerate(texts)]
    joined = plain("".join(texts))
    matches = PageIndex([page(*lines, boxes=[cell()])]).find(wanted)
    assert len(matches) == joined.count(plain(wanted))
    for match in matches:
        assert plain("".join(span.text.text[span.start : span.end] for span in match)) == plain(wanted)


@pytest.fixture(scope="module")
def sheet(iaa, sample_view):
    """Lay out the first 調書 of the sample."""
    return Previewer(iaa, shipped_fonts()).layout(sample_view, Target(item=sample_view.items[0].id), lambda: None)


def test_every_field_of_the_sample_that_is_printed_is_found_by_its_text(sheet, sample_view):
    item = sample_view.items[0].id
    index = PageIndex(sheet.pages)
    text = sample_view.text(item, "self_grounds").split("\n")[0]
    assert len(text) > 40, "long enough to run over a line"
    (match,) = index.find(text)
    assert len(match) > 1
    assert {span.text.source for span in match} == {Address(item, "self_grounds", sample_view.year)}


def test_the_place_of_a_field_holds_all_its_lines(sheet, sample_view):
    address = Address(sample_view.items[0].id, "self_grounds", sample_view.year)
    places = places_of(sheet.pages, address)
    lines = [(number, text) for number, page in enumerate(sheet.pages) for text in page.texts if text.source == address]
    assert lines
    for number, text in lines:
        (place,) = [place for place in places if place.page == number]
        assert place.x <= text.x
        assert text.x + text.width <= place.x + place.width + SIZE
        assert place.y < text.baseline < place.y + place.height


def test_a_row_is_where_its_fields_are(sheet, sample_view):
    row = sample_view.children(sample_view.items[0].id, NodeKind.ROW)[0]
    assert places_of(sheet.pages, Address(row.id, "", sample_view.year))


def test_a_field_that_is_printed_in_another_year_is_found_there():
    pages = [page(line("値", source=Address(5, "results", 2023)), boxes=[])]
    assert len(places_of(pages, CELL)) == 1


def test_an_empty_field_is_where_its_cell_is():
    (place,) = places_of([page(), page(boxes=[cell()])], CELL)
    assert (place.page, place.x, place.y, place.width, place.height) == (1, 90, 80, 200, 400)


def test_a_field_that_is_not_printed_is_nowhere_unless_loosely():
    pages = [page(line("値", source=Address(5, "plan", 2024)))]
    assert places_of(pages, CELL) == ()
    assert len(places_of(pages, CELL, loosely=True)) == 1
