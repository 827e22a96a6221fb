"""What is copied from the PDF is what was typed: rare kanji, variants, and characters that no font has."""

import subprocess

import pymupdf
import pytest
from built_reports import build, minimal_report, shipped_form, view_of
from docx_reading import read_docx
from pdf_reading import read_pdf

from hyoka_desktop.services.export import ExportRequest, export, prepare

NAMES = [
    "𠮟る",
    "髙﨑",
    "葛\U000e0100城",
    "𠮷野家",
    "辻\U000e0100と辻",
    "①Ⅱ㈱㎡",
    "～〜－−",
    "ﾊﾝｶｸ",
    "A\u00a0B",
]
LACKING = "\u0e01"


def built_with(text):
    report = minimal_report("jlis-annual")
    report["overview"]["procedures"] = text
    report["cover"]["heading"] = text.replace("\n", "")
    form = shipped_form("jlis-annual")
    return build("text", form, view_of(form, report))


@pytest.fixture(scope="module")
def built():
    return built_with("\n".join(NAMES))


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_found_in_the_text_of_the_pdf_as_it_was_typed(built, name):
    with pymupdf.open(stream=built.pdf, filetype="pdf") as document:
        lines = [line for page in document for line in page.get_text().split("\n")]
    assert name in lines


@pytest.mark.parametrize("name", ["𠮟る", "髙﨑", "葛\U000e0100城", "𠮷野家"])
def test_poppler_copies_the_name_as_it_was_typed(built, name, tmp_path):
    (tmp_path / "made.pdf").write_bytes(built.pdf)
    subprocess.run(["pdftotext", "-layout", "-enc", "UTF-8", "made.pdf", "made.txt"], cwd=tmp_path, check=True)
    assert name in (tmp_path / "made.txt").read_text(encoding="utf-8")


def test_two_variants_of_a_character_are_two_glyphs_and_two_texts():
    made = built_with("葛の葛の葛\U000e0100")
    pages = read_pdf(made.pdf)
    page = next(page for page in pages if any(line.text.startswith("1-1-1") for line in page.free) and page.tables)
    chars = [char for char in page.chars if char.text == "葛"]
    with pymupdf.open(stream=made.pdf, filetype="pdf") as document:
        boxes = [(round(char.x0), char.baseline - 9, round(char.x0) + 10, char.baseline + 2) for char in chars]
        first, second, variant = (document[page.number].get_pixmap(clip=box, dpi=300).samples for box in boxes)
    assert _darkness(first) == pytest.approx(_darkness(second), rel=0.05)
    assert abs(_darkness(variant) - _darkness(first)) > abs(_darkness(second) - _darkness(first))
    assert any("葛の葛の葛\U000e0100" in box.text for table in page.tables for box in table.boxes)


def _darkness(samples):
    return sum(255 - value for value in samples)


def test_a_character_that_no_font_has_reads_back_and_is_reported(tmp_path):
    report = minimal_report("jlis-annual")
    report["overview"]["procedures"] = f"評価{LACKING}実績"
    form = shipped_form("jlis-annual")
    request = ExportRequest(pdf=tmp_path / "made.pdf")
    prepared = prepare(form.definition, view_of(form, report), request)
    assert [(missing.place, missing.characters) for missing in prepared.missing] == [
        ("評価の実施に関する事項", LACKING)
    ]
    export(prepared, request)
    with pymupdf.open(tmp_path / "made.pdf") as document:
        assert any(f"評価{LACKING}実績" in page.get_text().split("\n") for page in document)


def test_a_character_that_no_font_has_is_not_lost_in_word_either():
    assert LACKING in "".join(paragraph for paragraph in _texts_of_word(built_with(f"評価{LACKING}実績")))


def _texts_of_word(built):
    return [text for table in read_docx(built.docx).tables for _, _, cell in table.cells.values() for text in cell]


@pytest.mark.parametrize("blank", ["\t", "\u2003", "\u200b", "\u2060", "\u00ad"])
def test_a_blank_is_no_missing_character(blank):
    assert built_with(f"評価{blank}実績").missing == {}


@pytest.mark.parametrize("hidden", ["\u200b", "\u2060", "\u00ad", "\u200d"])
def test_a_character_without_width_takes_no_room_and_reads_back(hidden):
    text = f"評価{hidden}実績A{hidden}葛\U000e0100。"
    made = built_with(text)
    with pymupdf.open(stream=made.pdf, filetype="pdf") as document:
        assert any(text in page.get_text() for page in document)
    found = [box.lines[0] for page in read_pdf(made.pdf) for t in page.tables for box in t.boxes]
    place = next({char.text: char.x0 for char in line.chars} for line in found if "実績A" in line.text)
    assert place["実"] - place["評"] == pytest.approx(20, abs=0.1)
    assert place["葛"] - place["A"] < 10


def test_a_report_in_common_characters_lacks_none(build_by_name):
    for name in ("sample", "empty-iaa-annual", "empty-jlis-annual"):
        assert build_by_name(name).missing == {}


def test_the_title_of_the_file_keeps_rare_characters(built):
    with pymupdf.open(stream=built.pdf, filetype="pdf") as document:
        assert document.metadata["title"] == "".join(NAMES)


def test_lines_that_read_the_same_are_all_copied(tmp_path):
    """Lines that are filled say what they read, each for itself: thirty equal ones are no single one."""
    report = minimal_report("iaa-annual")
    report["sections"][0]["items"][0]["sheet"]["rows"][0]["self_evaluation"] = "漢" * 2000
    form = shipped_form("iaa-annual")
    (tmp_path / "made.pdf").write_bytes(build("same", form, view_of(form, report)).pdf)
    command = ["pdftotext", "made.pdf", "-"]
    told = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, encoding="utf-8", timeout=60)
    assert told.stdout.count("漢") == 2000
