"""A composed cell says from what it was composed, and a template where its fields stand."""

from dataclasses import replace

import pytest

from hyoka_desktop.compose.expansion import Context, Stretch, expand, stretches
from hyoka_desktop.compose.options import Options
from hyoka_desktop.compose.tables import Origin
from hyoka_desktop.document.model import Table
from hyoka_desktop.domain import fields
from hyoka_desktop.domain.report import ROOT
from hyoka_desktop.formdef.model import TextPiece
from hyoka_desktop.formdef.template import parse_template


def cells_of(document):
    blocks = [block for section in document.sections for block in section.blocks if isinstance(block, Table)]
    return [cell for table in blocks for row in table.rows for cell in row.cells]


def test_the_fields_of_every_cell_stand_where_they_are_said_to_stand(built_or_stressed):
    built, seen = built_or_stressed, 0
    for cell in cells_of(built.document):
        if not isinstance(cell.origin, Origin):
            assert cell.paragraphs == ()
            continue
        context = Context(built.form, built.view, cell.origin.node, cell.origin.column_year, Options())
        for piece in cell.origin.pieces:
            if isinstance(piece, TextPiece) and (written := expand(piece.template, context)).filled:
                for stretch in stretches(piece.template, context):
                    seen += 1
                    if not stretch.is_written:
                        assert written.text[stretch.start : stretch.end] == context.value(stretch.field)
    assert seen > 0


def test_cells_that_look_the_same_are_equal_whatever_they_were_composed_from(sample):
    cell = cells_of(sample.document)[0]
    assert replace(cell, origin=None) == cell
    assert "origin" not in repr(cell)


@pytest.mark.parametrize(
    ("template", "texts", "found"),
    [
        ("根拠：{self_grounds}", {"self_grounds": "高い"}, [(3, 5, "self_grounds")]),
        ("根拠：{self_grounds}", {"self_grounds": ""}, [(3, 3, "self_grounds")]),
        ("{staff?計%人}", {"staff": "12"}, [(1, 3, "staff")]),
        ("{staff?計%人}", {"staff": ""}, []),
        ("{policy|legal_basis}：{staff}", {"policy": "", "legal_basis": "法"},
         [(0, 1, "legal_basis"), (2, 2, "staff")]),
        ("{high_importance?重要度：「高」}", {"high_importance": fields.TRUE}, []),
        ("{year:fiscal_year}の{staff}", {"staff": "3"}, [(6, 7, "staff")]),
        ("{staff?%と%}", {"staff": "3"}, []),
    ],
)  # fmt: skip
def test_a_field_is_found_in_the_text_of_its_template(sample, template, texts, found):
    view, item = sample.view, sample.view.items[0].id
    values = {key: dict(years) for key, years in view.snapshot.values.items()}
    for field, text in {"staff": "", **texts}.items():
        address = view.address(item, field)
        values.setdefault((item, field), {})[address.year] = text
    view = replace(view, snapshot=replace(view.snapshot, values=values))
    told = stretches(parse_template(template), Context(sample.form, view, item, view.year, Options()))
    assert told == tuple(Stretch(*place, is_written=False) for place in found)


def test_a_date_is_said_to_be_written_otherwise(sample):
    context = Context(sample.form, sample.view, ROOT, sample.view.year, Options())
    (told,) = stretches(parse_template("{cover_date:date}"), context)
    assert (told.field, told.is_written, told.end) == ("cover_date", True, len("令和7年6月27日"))
