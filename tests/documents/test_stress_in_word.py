"""Tables that break other programs come out of Word's file whole, with their header rows on every page."""

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from docx_reading import read_docx
from office import convert
from pdf_reading import read_pdf

sys.path.append(str(Path(__file__).resolve().parents[1] / "typeset"))

from table_making import STYLE, cell, document_of, full_page_text, table

from hyoka_desktop.services.export import shipped_fonts
from hyoka_desktop.typeset.pages import Typesetter
from hyoka_desktop.writers.docx import write_docx

HEAD = "欄の見出し"


def header():
    return [cell(0, c, f"{HEAD}{c}", label=True) for c in range(3)]


CASES = {
    "a cell of four thousand characters": [[cell(1, 0, "短"), cell(1, 1, "評価の実績。" * 667), cell(1, 2, "")]],
    "two thousand characters without punctuation": [[cell(1, 0, "評価実績" * 500), cell(1, 1, "A"), cell(1, 2, "")]],
    "a label over five pages": [
        [cell(1, 0, "見出し", rowspan=5, label=True), cell(1, 1, full_page_text(1)), cell(1, 2, "")],
        *([cell(r, 1, full_page_text(0.9)), cell(r, 2, "短")] for r in range(2, 6)),
    ],
    "forty indicators in one row": [
        [
            cell(1, 0, "\n".join(f"・指標その{n}" for n in range(40))),
            cell(1, 1, "\n".join(f"・指標その{n}：{n}件【計画：{n}件以上】" for n in range(40))),
            cell(1, 2, ""),
        ]
    ],
    "an empty cell beside one of ten pages": [[cell(1, 0, ""), cell(1, 1, full_page_text(10)), cell(1, 2, "短い")]],
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Each case as layout, .docx and LibreOffice's pages."""
    folder = tmp_path_factory.mktemp("stress")
    fonts, cases = shipped_fonts(), {}
    for number, (name, rows) in enumerate(CASES.items()):
        plain = document_of(table([header(), *rows], headers=1))
        document = replace(plain, styles={"cell": STYLE, "body": STYLE})
        layout = Typesetter(fonts).set(document)
        (folder / f"{number}.docx").write_bytes(write_docx(document, layout.page_numbers()))
        cases[name] = (layout, folder / f"{number}.docx")
    convert(folder, [path.name for _, path in cases.values()])
    return {
        name: (layout, read_docx(path.read_bytes()), read_pdf(path.with_suffix(".pdf").read_bytes()))
        for name, (layout, path) in cases.items()
    }


@pytest.mark.parametrize("name", CASES)
def test_no_character_is_lost_and_the_header_stands_on_every_page(made, name):
    layout, body, pages = made[name]
    texts = [text for read in body.tables for _, _, of_cell in read.cells.values() for text in of_cell]
    wanted = Counter("".join("".join(texts).split()))
    found = Counter(char.text for page in pages for char in page.chars)
    assert wanted - found == Counter()
    for page in pages:
        assert HEAD in "".join(char.text for char in sorted(page.chars, key=lambda c: (round(c.baseline), c.x0)))
    assert abs(len(pages) - len(layout.pages)) <= 1
