"""The PDF is fit for archives: PDF/A-1b by the validator of PDFBox (preflight), and XMP says what Info says."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pymupdf
import pytest
from test_pdf_tags import stress_document
from test_pdf_text import LACKING, NAMES, built_with

from hyoka_desktop.services.export import shipped_fonts
from hyoka_desktop.typeset.pages import Typesetter
from hyoka_desktop.writers.pdf import PdfKind, write_pdf
from hyoka_desktop.writers.pdf_profile import srgb_profile

JARS = [
    Path("/usr/share/java") / f"{name}.jar"
    for name in ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "javax.activation", "jaxb-api")
]
VALIDATOR = "org.apache.pdfbox.preflight.Validator_A1b"
DC = "{http://purl.org/dc/elements/1.1/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PDF_A = "{http://www.aiim.org/pdfa/ns/id/}"


@pytest.fixture
def verdict_on(tmp_path):
    """Tell what the validator says of a PDF."""
    lacking = [jar.name for jar in JARS if not jar.is_file()]
    if shutil.which("java") is None or lacking:
        pytest.skip(f"the PDF/A validator is not installed: {', '.join(lacking) or 'java'} is lacking")

    def verdict(content):
        path = tmp_path / "made.pdf"
        path.write_bytes(content)
        command = ["java", "-XX:TieredStopAtLevel=1", "-cp", ":".join(map(str, JARS)), VALIDATOR, str(path)]
        return subprocess.run(command, check=False, capture_output=True, encoding="utf-8").stdout.strip()

    return verdict


def test_every_report_is_a_valid_pdf_a(built, verdict_on):
    assert verdict_on(built.pdf) == "The file made.pdf is a valid PDF/A-1b file"


@pytest.mark.parametrize(
    "text", ["\n".join(NAMES), f"評価{LACKING}実績", "―—─ＡA  \u3000〓評\u200b価\u00ad", "<&>「題」(括弧\\"]
)
def test_a_report_with_rare_characters_is_one_too(text, verdict_on):
    assert verdict_on(built_with(text).pdf) == "The file made.pdf is a valid PDF/A-1b file"


def test_a_document_with_a_figure_and_cells_over_pages_is_one_too(verdict_on):
    fonts = shipped_fonts()
    written = write_pdf(Typesetter(fonts).set(stress_document()), fonts)
    assert verdict_on(written) == "The file made.pdf is a valid PDF/A-1b file"


@pytest.mark.parametrize("title", ["題\r\n二行目\t。", "題\x07", "題]]>&lt;<b>\\(", "", "é—•", "\ufeff𠮷\U000e0100"])
def test_a_report_of_any_title_is_one_too(title, sample, verdict_on):
    written = write_pdf(replace(sample.layout, title=title, author=title), shipped_fonts())
    assert verdict_on(written) == "The file made.pdf is a valid PDF/A-1b file"


def test_a_plain_pdf_does_not_claim_to_be_one(sample, verdict_on):
    plain = write_pdf(sample.layout, shipped_fonts(), kind=PdfKind.PLAIN)
    assert "is not a valid PDF/A-1b file" in verdict_on(plain)
    assert len(plain) < len(sample.pdf)
    assert b"pdfaid" not in plain


def test_a_plain_pdf_has_the_same_pages(sample):
    plain = write_pdf(sample.layout, shipped_fonts(), kind=PdfKind.PLAIN)
    assert _texts(plain) == _texts(sample.pdf)


def _texts(content):
    with pymupdf.open(stream=content, filetype="pdf") as document:
        return [page.get_text() for page in document]


def test_the_metadata_name_title_author_and_language(built):
    with pymupdf.open(stream=built.pdf, filetype="pdf") as document:
        told = ElementTree.fromstring(document.get_xml_metadata().partition("?>")[2].rpartition("<?")[0])
    assert [li.text for li in told.findall(f".//{DC}title//{RDF}li")] == [built.document.title]
    assert [li.text for li in told.findall(f".//{DC}creator//{RDF}li")] == [built.document.author]
    assert [li.text for li in told.findall(f".//{DC}language//{RDF}li")] == ["ja-JP"]
    assert (told.findtext(f".//{PDF_A}part"), told.findtext(f".//{PDF_A}conformance")) == ("1", "B")


def test_no_date_of_this_machine_is_in_the_file(built):
    assert b"CreationDate" not in built.pdf
    assert b"CreateDate" not in built.pdf


def test_the_colour_profile_is_one_of_rgb_and_says_its_own_size():
    profile = srgb_profile()
    assert int.from_bytes(profile[:4], "big") == len(profile)
    assert (profile[12:16], profile[16:20], profile[20:24], profile[36:40]) == (b"mntr", b"RGB ", b"XYZ ", b"acsp")
    table = [profile[132 + 12 * n :][:12] for n in range(int.from_bytes(profile[128:132], "big"))]
    for entry in table:
        start, size = int.from_bytes(entry[4:8], "big"), int.from_bytes(entry[8:], "big")
        assert start % 4 == 0
        assert start + size <= len(profile)
    assert {entry[:4] for entry in table} >= {b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"wtpt"}
