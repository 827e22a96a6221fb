"""The finished pages: line ends, ink inside its cell, and rules at the measures of the form."""

import re
from itertools import pairwise

import pytest
import uharfbuzz as hb
from finished_lines import paragraphs_of, violations
from paper_against_model import NEAR_PT, body_texts, edge_of, pair_tables, text_of

from hyoka_desktop.document.model import Table
from hyoka_desktop.paths import resource

INK_TOLERANCE = 0.3
POINTS_PER_MM = 72 / 25.4


@pytest.fixture(scope="module")
def ink():
    """Tell the box of ink of a character, in parts of the font size: left, right, above, below the baseline."""
    fonts, boxes = {}, {}

    def extents(font, char):
        if (font, char) not in boxes:
            if font not in fonts:
                face = hb.Face(resource("fonts", f"{font.split('+')[-1]}.ttf").read_bytes())
                fonts[font] = (hb.Font(face), face.upem)
            face_font, upem = fonts[font]
            glyph = face_font.get_nominal_glyph(ord(char[0]))
            box = face_font.get_glyph_extents(glyph) if glyph else None
            boxes[font, char] = (
                (0, 0, 0, 0)
                if box is None or not box.width
                else (
                    box.x_bearing / upem,
                    (box.x_bearing + box.width) / upem,
                    box.y_bearing / upem,
                    (box.y_bearing + box.height) / upem,
                )
            )
        return boxes[font, char]

    return extents


def test_no_line_breaks_the_rules_where_a_legal_place_was_in_it(built, pages_of):
    found, broken = [], 0
    for paired in pair_tables(built.document, pages_of(built)):
        for columns, paragraphs in body_texts(paired.table).items():
            lines = [line.text for _, line, _ in paired.streams[columns]]
            for group in paragraphs_of(lines, paragraphs):
                broken += len(group) - 1
                found += violations(group)
    assert found == []
    assert broken >= (5 if built.name.startswith("empty") else 500), "there is something to judge"


def test_no_ink_leaves_its_cell(built, pages_of, ink):
    outside = []
    for page in pages_of(built):
        for table in page.tables:
            for box in table.boxes:
                for char in (char for line in box.lines for char in line.chars):
                    left, right, above, below = ink(char.font, char.text)
                    inside = (
                        char.x0 + left * char.size >= box.x0 - INK_TOLERANCE
                        and char.x0 + right * char.size <= box.x1 + INK_TOLERANCE
                        and char.baseline - above * char.size >= box.top - INK_TOLERANCE
                        and char.baseline - below * char.size <= box.bottom + INK_TOLERANCE
                    )
                    if char.text.strip() and not inside:
                        outside.append((page.number + 1, char.text, box.text[:10]))
    assert outside == []


def test_no_ink_leaves_the_paper_between_its_margins(built, pages_of, ink):
    sheet = built.document.page
    for page in pages_of(built):
        for char in page.chars:
            left, right, _, _ = ink(char.font, char.text)
            assert char.x0 + left * char.size >= sheet.left.pt - INK_TOLERANCE, (page.number, char)
            assert char.x0 + right * char.size <= page.width - sheet.right.pt + INK_TOLERANCE, (page.number, char)
            assert sheet.top.pt - INK_TOLERANCE < char.baseline < page.height, (page.number, char)


def test_no_two_characters_of_a_cell_stand_on_each_other(built, pages_of):
    for page in pages_of(built):
        for table in page.tables:
            for box in table.boxes:
                for line in box.lines:
                    for left, right in pairwise(line.chars):
                        assert right.x0 >= left.x1 - 0.1, (page.number + 1, box.text[:20])
                for above, below in pairwise(line.baseline for line in box.lines):
                    assert below - above >= box.lines[0].chars[0].size, (page.number + 1, box.text[:20])


def form_tables(form):
    """Yield the tables that a form file describes, part by part and sheet by sheet, with their columns."""
    for sheet in form["sheets"].values():
        yield from (block for block in sheet["blocks"] if "columns" in block)
    for part in form["parts"]:
        yield from (block for block in part.get("blocks", ()) if "columns" in block)


def edges_of_form(columns, years, left_mm):
    """Tell the column edges in points that the measures of a form file ask for."""
    edges = [left_mm]
    for column in columns:
        if isinstance(column, dict):
            total = column["each_year_total_mm"]
            edges += [edges[-1] + total * (year + 1) / years for year in range(years)]
        else:
            edges.append(edges[-1] + column)
    return [edge * POINTS_PER_MM for edge in edges]


def test_the_rules_stand_within_half_a_millimetre_of_the_measures_of_the_form(built, pages_of):
    tables = list(form_tables(built.form_json))
    left = built.form_json["paper"]["left_mm"]
    paired_tables = pair_tables(built.document, pages_of(built))
    assert paired_tables
    for paired in paired_tables:
        possible = [edges_of_form(t["columns"], 5, left) for t in tables if t["title"] == paired.table.title]
        edges = next(edges for edges in possible if len(edges) == len(paired.table.widths) + 1)
        found = {edge_of(x, edges) for part in paired.parts for x in part.edges}
        wanted = {0, len(edges) - 1} | {
            edge for row in paired.table.rows for cell in row.cells for edge in (cell.column, cell.end)
        }
        assert found == wanted, paired.table.title


def test_every_part_of_a_table_stands_between_the_margins(built, pages_of):
    sheet = built.document.page
    for page in pages_of(built):
        for part in page.tables:
            assert part.top >= sheet.top.pt - 0.3, page.number + 1
            assert part.bottom <= page.height - sheet.bottom.pt + 0.3, page.number + 1
            assert max(part.edges) <= page.width - sheet.right.pt + NEAR_PT, page.number + 1


def test_every_page_of_a_table_is_closed_by_a_rule_at_its_foot(built, pages_of):
    for page in pages_of(built):
        for part in page.tables:
            for y in (part.top, part.bottom):
                covered = [s for s in page.strokes if not s.is_vertical and abs(s.y0 - y) < 0.1]
                assert sum(s.x1 - s.x0 for s in covered) >= max(part.edges) - min(part.edges) - 0.5, page.number + 1


def test_the_folio_stands_in_the_middle_of_every_numbered_page(built, pages_of):
    for frame, page in zip(built.layout.pages, pages_of(built), strict=True):
        foot = [c for c in page.chars if c.baseline > page.height - built.document.page.bottom.pt]
        text = "".join(char.text for char in foot)
        assert text == (built.form.page_number.replace("{page}", str(frame.number)) if frame.number else "")
        if foot:
            middle = (foot[0].x0 + foot[-1].x1) / 2
            assert abs(middle - page.width / 2) < 1
            assert re.search("[0-9]+", text)


def test_every_caption_of_a_header_is_tinted_exactly_in_its_cell(built, pages_of):
    pages = pages_of(built)
    for paired in pair_tables(built.document, pages):
        header = sum(bool(text_of(c.paragraphs)) for row in paired.table.rows if row.header for c in row.cells)
        for part in paired.parts:
            for box in part.boxes[:header]:
                wanted = (box.x0, box.top, box.x1, box.bottom)
                assert any(fill == pytest.approx(wanted, abs=0.3) for fill in pages[part.page].fills), box.text


def test_no_tint_stands_behind_text_that_is_no_caption(built, pages_of):
    captions = {text_of(c.paragraphs) for table in tables_of(built) for row in table.rows for c in row.cells if c.label}
    for page in pages_of(built):
        for box in (box for table in page.tables for box in table.boxes):
            middle = ((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2)
            if any(x0 < middle[0] < x1 and y0 < middle[1] < y1 for x0, y0, x1, y1 in page.fills):
                assert box.text in captions


def tables_of(built):
    return [block for section in built.document.sections for block in section.blocks if isinstance(block, Table)]
