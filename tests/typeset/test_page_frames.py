"""What is told of a finished page: what stands on it, where a click leads, and which number is printed."""

from dataclasses import replace

import pytest
from table_making import LEADING, PAPER, STYLE, cell, document_of, table

from hyoka_desktop.document.model import Align, Heading, PageMark, Paragraph, Run, Section
from hyoka_desktop.typeset.frames import Box, ElementKind, PageFrame, Scope, Text
from hyoka_desktop.typeset.pages import Typesetter

TOP, LEFT = PAPER.top.pt, PAPER.left.pt
RIGHT = LEFT + PAPER.text_width.pt
STANDARD_STRUCTURE_TYPES = {
    *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct"),
    *("H", "H1", "H2", "H3", "H4", "H5", "H6", "P", "L", "LI", "Lbl", "LBody"),
    *("Table", "TR", "TH", "TD", "THead", "TBody", "TFoot"),
    *("Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Figure", "Formula", "Form"),
}
"""PDF 32000-1, 14.8.4."""


def words(text, source=None, align=Align.START):
    return Paragraph((Run(text),), STYLE, align, source)


def text_at(x, baseline, source, width=100.0):
    return Text(x, baseline, width, STYLE.font.file, 10.0, "評価", source)


def marked(text, *marks):
    return replace(document_of(words(text)), head=marks)


def test_a_click_on_a_line_of_a_cell_leads_to_where_it_came_from(fonts):
    made = table([[cell(0, 0, "評価\n業務\n実績"), cell(0, 1, "計画" * 60)], [cell(1, 0, "年度"), cell(1, 1, "")]])
    (page,) = Typesetter(fonts).set(document_of(made)).pages
    assert {text.source for text in page.texts} == {(0, 0), (0, 1), (1, 0)}
    for text in page.texts:
        for x in (text.x + 1, text.x + text.width - 1):
            assert page.source_at(x, text.baseline - 4) == text.source


def test_a_click_beside_the_text_of_a_cell_leads_to_the_cell_and_outside_of_the_table_nowhere(fonts):
    made = table([[cell(0, 0, "評価"), cell(0, 1, "計画\n" * 9)], [cell(1, 0, ""), cell(1, 1, "年度")]])
    (page,) = Typesetter(fonts).set(document_of(made)).pages
    for box in page.boxes:
        for x in (box.x + 0.1, box.x + box.width - 0.1):
            for y in (box.y + 0.1, box.y + box.height - 0.1):
                assert page.source_at(x, y) == box.source
    assert page.source_at(LEFT - 30, TOP + 5) is None
    assert page.source_at(LEFT + 10, page.boxes[-1].y + page.boxes[-1].height + 50) is None


def test_a_click_leads_to_the_nearest_of_the_lines_of_its_cell():
    texts = [text_at(10.0, 20.0, "upper"), text_at(10.0, 32.0, "lower"), text_at(110.0, 26.0, "beside")]
    page = PageFrame(None, texts=texts, boxes=[Box(10, 0, 100, 60, "cell"), Box(110, 0, 100, 60, "next cell")])
    told = {y: page.source_at(50.0, y) for y in (2.0, 14.0, 20.9, 21.1, 30.0, 40.0)}
    assert told == {2.0: "cell", 14.0: "upper", 20.9: "upper", 21.1: "lower", 30.0: "lower", 40.0: "cell"}
    assert page.source_at(150.0, 22.0) == "beside"


def test_a_click_in_front_of_free_text_does_not_reach_it_but_for_a_characters_width():
    page = PageFrame(None, texts=[text_at(50.0, 20.0, "free"), text_at(50.0, 40.0, None)])
    assert [page.source_at(x, 15.0) for x in (39.0, 41.0, 60.0)] == [None, "free", "free"]
    assert page.source_at(60.0, 36.0) is None


@pytest.mark.parametrize(
    ("align", "start"), [(Align.START, LEFT), (Align.CENTER, (LEFT + RIGHT - 20) / 2), (Align.END, RIGHT - 20)]
)
def test_a_mark_stands_over_the_text_of_every_page_at_its_side(fonts, align, start):
    document = marked("評価の実績。" * 2000, PageMark(words("極秘", align=align)))
    pages = Typesetter(fonts).set(document).pages
    assert len(pages) > 1
    for page in pages:
        (mark,) = [text for text in page.all_texts() if text.text == "極秘"]
        assert mark.x == pytest.approx(start)
        assert TOP - LEADING - 4 < mark.baseline < TOP - 4
        assert list(page.all_rules()) == []


@pytest.mark.parametrize(
    ("align", "start"), [(Align.START, LEFT), (Align.CENTER, (LEFT + RIGHT - 28) / 2), (Align.END, RIGHT - 28)]
)
def test_a_stamp_stands_in_its_box(fonts, align, start):
    (page,) = Typesetter(fonts).set(marked("文", PageMark(words("極秘", align=align), boxed=True))).pages
    (mark,) = [text for text in page.all_texts() if text.text == "極秘"]
    sides = sorted((rule.x0, rule.y0, rule.x1, rule.y1) for rule in page.all_rules())
    left, right, upper, lower = start, start + 28, TOP - 4 - LEADING, TOP - 4
    around = [
        (left, upper, left, lower),
        (left, upper, right, upper),
        (left, lower, right, lower),
        (right, upper, right, lower),
    ]
    assert [side == pytest.approx(wanted) for side, wanted in zip(sides, around, strict=True)] == [True] * 4
    assert mark.x == pytest.approx(left + 4)
    assert upper < mark.baseline < lower


def test_all_that_stands_on_a_page_is_told_with_its_head_and_foot(fonts):
    document = marked("文", PageMark(words("令和6年6月28日")), PageMark(words("案"), boxed=True))
    (page,) = Typesetter(fonts).set(document).pages
    assert [text.text for text in page.all_texts()] == ["文", "令和6年6月28日", "案", "- 1 -"]
    assert list(PageFrame(None, texts=page.texts).all_texts()) == page.texts
    with_table = Typesetter(fonts).set(replace(document, sections=document_of(table([[cell(0, 0, "")]])).sections))
    assert len(list(with_table.pages[0].all_rules())) == 8
    assert len(list(PageFrame(None, rules=with_table.pages[0].rules).all_rules())) == 4


def test_pages_are_numbered_from_the_first_that_is_and_only_they_have_a_number(fonts):
    headings = {key: Heading(words(key), 1, f"{key}-head") for key in ("cover", "one", "two")}
    sections = tuple(Section(key, (block,), numbered=key != "cover") for key, block in headings.items())
    layout = Typesetter(fonts).set(replace(document_of(), sections=sections))
    assert [page.number for page in layout.pages] == [None, 1, 2]
    assert [page.foot and page.foot.text for page in layout.pages] == [None, "- 1 -", "- 2 -"]
    assert layout.page_numbers() == {"one": 1, "one-head": 1, "two": 2, "two-head": 2}
    places = {"cover": 0, "cover-head": 0, "one": 1, "one-head": 1, "two": 2, "two-head": 2}
    assert {anchor: place.page for anchor, place in layout.anchors.items()} == places


def test_where_a_form_prints_no_number_the_pages_are_counted_all_the_same(fonts):
    layout = Typesetter(fonts).set(replace(document_of(words("文")), page_number=""))
    assert (layout.pages[0].number, layout.pages[0].foot) == (1, None)


def test_elements_have_the_names_that_the_standard_knows():
    assert {kind.value for kind in ElementKind} <= STANDARD_STRUCTURE_TYPES
    assert {scope.value for scope in Scope} <= {"Row", "Column", "Both"}


def test_a_cell_heads_its_column_in_a_header_row_and_its_row_as_a_caption(fonts):
    rows = [[cell(0, 0, "年度", label=True), cell(0, 1, "実績")], [cell(1, 0, "令和5", label=True), cell(1, 1, "12")]]
    (root,) = Typesetter(fonts).set(document_of(table(rows, headers=1))).structure[0].children
    heads = [[(cell.kind, cell.scope) for cell in row.children] for row in root.children]
    assert heads == [
        [(ElementKind.TH, Scope.COLUMN), (ElementKind.TH, Scope.COLUMN)],
        [(ElementKind.TH, Scope.ROW), (ElementKind.TD, None)],
    ]


def test_of_the_elements_tables_alone_have_a_title(fonts):
    blocks = (Heading(words("見出し"), 1, "a"), words("文"), table([[cell(0, 0, "値")]], title="表"))
    (section,) = Typesetter(fonts).set(document_of(*blocks)).structure
    assert [(element.kind, element.title) for element in section.children] == [
        (ElementKind.H1, ""),
        (ElementKind.P, ""),
        (ElementKind.TABLE, "表"),
    ]
