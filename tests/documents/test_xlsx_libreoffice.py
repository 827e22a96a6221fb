"""LibreOffice Calc opens the workbook: it shows every text and number as written, and all of it is on its pages."""

import csv
import io
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass

import pytest
from pdf_reading import read_pdf
from xlsx_making import FORMULAS, NUMBERS, ODD_TEXTS, cell_of, document_of, table_of

from hyoka_desktop.document.model import Row
from hyoka_desktop.writers.xlsx import write_xlsx

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
AS_SHOWN_OF_EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true,false,false,-1"
LONGEST_SECONDS = 120
TEXTS = [*FORMULAS, *ODD_TEXTS, *NUMBERS]
TALL = "長い文章は複数の頁に渡る。" * 150
MERGED = "結合したセルの文章" * 30


@dataclass(frozen=True)
class Opened:
    """What LibreOffice shows: the rows of each sheet by its name, and the characters of the pages."""

    sheets: dict[str, list[list[str]]]
    printed: Counter[str]


@pytest.fixture(scope="module")
def opened(sample, tmp_path_factory):
    """Convert one workbook to CSV and to PDF; a plain table beside it tells whether there is a Calc at all."""
    if OFFICE is None:
        pytest.skip("LibreOffice is not installed: no soffice on the path")
    folder = tmp_path_factory.mktemp("calc")
    (folder / "control.csv").write_text("a,b\n", encoding="utf-8")
    _convert(folder, "pdf", "control.csv")
    if not (folder / "control.pdf").is_file():
        pytest.skip("LibreOffice is installed without Calc")
    (folder / "book.xlsx").write_bytes(write_xlsx(_document(sample.document)))
    _convert(folder, AS_SHOWN_OF_EVERY_SHEET, "book.xlsx")
    _convert(folder, "pdf", "book.xlsx")
    sheets = {
        path.stem.removeprefix("book-"): list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8"), newline="")))
        for path in folder.glob("book-*.csv")
    }
    pages = read_pdf((folder / "book.pdf").read_bytes())
    return Opened(sheets, Counter(char.text for page in pages for char in page.chars))


def _document(document):
    style = document.styles["cell"]
    merged = (Row((cell_of(style, 0, MERGED, colspan=2),)), Row((cell_of(style, 0, "左"), cell_of(style, 1, "右"))))
    texts = table_of(document, [[text, "終"] for text in TEXTS], title="texts")
    tall = table_of(document, [["見出し", "b"], ["短い", "c"], [TALL, "d"], ["後", "e"]], title="tall", headers=1)
    wide = table_of(document, [], title="merged")
    return document_of(document, texts, tall, type(wide)(wide.title, wide.widths, merged, wide.style))


def _convert(folder, target, name):
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [OFFICE, profile, "--headless", "--convert-to", target, name],
        cwd=folder,
        check=False,
        capture_output=True,
        timeout=LONGEST_SECONDS,
    )


def test_every_text_and_number_is_shown_as_it_was_written(opened):
    assert set(opened.sheets) == {"texts", "tall", "merged"}
    assert [row[0] for row in opened.sheets["texts"]] == TEXTS


def test_a_row_that_takes_several_rows_of_the_sheet_shows_its_text_once(opened):
    shown = [row[0] for row in opened.sheets["tall"] if row[0]]
    assert shown == ["見出し", "短い", TALL, "後"]


def test_no_character_of_a_long_or_merged_text_is_cut_off_on_the_pages(opened):
    wanted = Counter(TALL + MERGED + "見出し短い後左右")
    assert wanted - opened.printed == Counter()
