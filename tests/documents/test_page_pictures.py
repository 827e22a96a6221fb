"""Keep pictures of the pages, the PDF beside LibreOffice's rendering of the .docx: `artifacts/pages/index.html`."""

import shutil
import subprocess
from html import escape
from pathlib import Path

import pytest
from built_reports import MODEL
from office import convert

FOLDER = Path(__file__).resolve().parents[2] / "artifacts" / "pages"
PIXELS_PER_INCH = 60
NAMES = ("sample", "model", "empty-iaa-annual", "empty-jlis-annual")


def test_pages_are_kept_side_by_side_to_be_looked_at(build_by_name, tmp_path):
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is not installed (apt-get install poppler-utils)")
    names = [name for name in NAMES if name != "model" or MODEL.is_file()]
    for name in names:
        (tmp_path / f"{name}.docx").write_bytes(build_by_name(name).docx)
        (tmp_path / f"{name}-pdf.pdf").write_bytes(build_by_name(name).pdf)
    convert(tmp_path, [f"{name}.docx" for name in names])
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    for name in names:
        for source, kind in ((f"{name}-pdf.pdf", "pdf"), (f"{name}.pdf", "word")):
            command = ["pdftoppm", "-r", str(PIXELS_PER_INCH), "-png", str(tmp_path / source), f"{name}-{kind}"]
            subprocess.run(command, cwd=FOLDER, check=True, timeout=120)
    (FOLDER / "index.html").write_text(index(names), encoding="utf-8")
    for name in names:
        assert len(list(FOLDER.glob(f"{name}-pdf-*.png"))) == len(build_by_name(name).layout.pages)


def index(names):
    """Tell a page with every pair of pages."""
    rows = []
    for name in names:
        rows.append(f"<h1>{escape(name)}</h1>")
        for ours in sorted(FOLDER.glob(f"{name}-pdf-*.png")):
            word = ours.name.replace("-pdf-", "-word-")
            rows.append(f'<p><img src="{ours.name}"> <img src="{word}"></p>')
    return f'<!doctype html><meta charset="utf-8"><title>pages</title>{"".join(rows)}\n'
