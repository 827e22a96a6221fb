"""Word's pages are as many as ours: in LibreOffice's rendering nearly every 調書 takes as many pages as in our PDF."""

import sys

import pytest
from built_reports import MODEL
from office import convert
from pdf_reading import read_pdf
from test_libreoffice import pages_by_sheet, sheets_of
from varied_reports import build_variant

VARIANTS = 20
SHARE_OF_SHEETS = 0.95


@pytest.fixture(scope="module")
def reports(build_by_name):
    """The model document where it is here, the sample, and variants of the sample."""
    names = ["sample", *(["model"] if MODEL.is_file() else [])]
    return [*map(build_by_name, names), *map(build_variant, range(1, VARIANTS + 1))]


@pytest.fixture(scope="module")
def rendered(reports, tmp_path_factory):
    """The pages of every report in LibreOffice's rendering, by name."""
    folder = tmp_path_factory.mktemp("parity")
    for built in reports:
        (folder / f"{built.name}.docx").write_bytes(built.docx)
    convert(folder, [f"{built.name}.docx" for built in reports])
    return {built.name: read_pdf((folder / f"{built.name}.pdf").read_bytes()) for built in reports}


def test_nearly_every_sheet_takes_as_many_pages_in_word_as_in_the_pdf(reports, rendered, capsys):
    others, count = [], 0
    for built in reports:
        ours = [len(pages) for pages in pages_by_sheet(built, read_pdf(built.pdf))]
        theirs = [len(pages) for pages in pages_by_sheet(built, rendered[built.name])]
        assert len(ours) == len(theirs) == len(sheets_of(built)), built.name
        count += len(ours)
        for section, mine, its in zip(sheets_of(built), ours, theirs, strict=True):
            if mine != its:
                others.append(f"{built.name} {section.key}: {mine} in the PDF, {its} in Word")
    with capsys.disabled():
        lines = [f"page parity: {count - len(others)} of {count} sheets; the others:", *others]
        sys.stdout.write("".join(f"\n  {line}" for line in lines) + "\n")
    assert len(others) <= (1 - SHARE_OF_SHEETS) * count, "\n".join(others)
