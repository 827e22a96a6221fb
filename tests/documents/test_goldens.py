"""The goldens: what reports compose to, where rules and texts stand on their pages, and how Word has them.

A golden is stored by `pytest tests/documents --accept-goldens` after looking at the difference, never otherwise.
"""

import json
from itertools import groupby, product
from pathlib import Path

import pytest
from built_reports import FORMS, build, build_stress, shipped_form, view_of
from docx_reading import part, read_docx
from lxml import etree
from pdf_reading import read_pdf

from hyoka_desktop.document.dump import dump_document
from hyoka_desktop.paths import resource

GOLDENS = Path(__file__).resolve().parents[1] / "goldens"
ONLY_IAA_ITEM = (
    "importance_reason",
    "difficulty_reason",
    "policy_evaluation",
    "outputs",
    "inputs",
)


@pytest.fixture
def agrees(accepts_goldens):
    """Compare a text with its golden, or store it where that was asked for."""

    def compare(name, text):
        path = GOLDENS / name
        if accepts_goldens:
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"no golden {name}: look at the text and store it with --accept-goldens"
        assert text.split("\n") == path.read_text(encoding="utf-8").split("\n")

    return compare


def sample_under(form_id):
    """Tell the years of the sample under a form; what only the other form declares is left out."""
    years = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(resource("sample").glob("*.json"))]
    for year in years:
        year["form"] = form_id
        if form_id == "jlis-annual":
            for minister in year["overview"]["ministers"]:
                minister.pop("inspection_bureau", None)
                minister.pop("inspection_officer", None)
            for item in (item for section in year["sections"] for item in section["items"]):
                for key in ONLY_IAA_ITEM:
                    item.pop(key, None)
    form = shipped_form(form_id)
    return build("sample", form, view_of(form, *years))


@pytest.fixture(scope="module")
def report(build_by_name):
    """Build an empty report, the sample or a report of hard cases under a form, once."""
    built = {}

    def of(kind, form):
        if (kind, form) not in built:
            makers = {
                "empty": lambda: build_by_name(f"empty-{form}"),
                "sample": lambda: sample_under(form),
                "stress": lambda: build_stress(form),
            }
            built[kind, form] = makers[kind]()
        return built[kind, form]

    return of


each_report = pytest.mark.parametrize(("kind", "form"), list(product(("empty", "sample", "stress"), FORMS)))


@each_report
def test_a_report_composes_to_its_golden(kind, form, agrees, report):
    agrees(f"{kind}-{form}.txt", dump_document(report(kind, form).document))


@each_report
def test_a_report_stands_on_its_pages_as_its_golden(kind, form, agrees, report):
    agrees(f"geometry-{kind}-{form}.txt", geometry(read_pdf(report(kind, form).pdf)))


@each_report
def test_a_report_is_laid_out_in_word_as_its_golden(kind, form, agrees, report):
    agrees(f"word-{kind}-{form}.txt", outline(read_docx(report(kind, form).docx)))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["document", "styles", "settings", "fontTable", "footer1"])
def test_the_parts_of_an_empty_document_in_word_are_their_goldens(name, form, agrees, report):
    root = part(report("empty", form).docx, f"word/{name}.xml")
    etree.indent(root)
    agrees(f"word-{name}-{form}.xml", etree.tostring(root, encoding="unicode") + "\n")


def outline(body):
    """Tell tables with their grids and cells, and the paragraphs between them."""
    lines = [f"paragraph {text}" for text in body.paragraphs]
    for table in body.tables:
        lines.append(f"table {' '.join(map(str, table.widths))} header {' '.join(map(str, table.header_rows))}")
        for (row, column), (colspan, rowspan, texts) in sorted(table.cells.items()):
            lines.append(f"  {row},{column} {colspan}x{rowspan} {' / '.join(texts)[:60]}")
    return "\n".join(lines) + "\n"


def geometry(pages):
    """Tell rules and the beginning of each line of each page, in points."""
    lines = []
    for page in pages:
        lines.append(f"page {page.number + 1} {page.width:.1f}x{page.height:.1f}")
        for stroke in sorted(page.strokes, key=lambda s: (s.is_vertical, s.y0, s.x0)):
            at, start, end = (
                (stroke.x0, stroke.y0, stroke.y1) if stroke.is_vertical else (stroke.y0, stroke.x0, stroke.x1)
            )
            lines.append(f"  {'|' if stroke.is_vertical else '-'} {at:.1f} {start:.1f} {end:.1f}")
        chars = sorted(page.chars, key=lambda char: (char.baseline, char.x0))
        for baseline, line in groupby(chars, lambda char: char.baseline):
            on_line = list(line)
            text = "".join(char.text for char in on_line)[:12]
            lines.append(f"  {on_line[0].x0:.1f} {baseline:.1f} {on_line[0].size:g} {text}")
    return "\n".join(lines) + "\n"
