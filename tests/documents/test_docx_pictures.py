"""The charts of a hearing stand in the .docx as pictures with the texts and boxes that the PDF has, told in words."""

import io
import struct
import zipfile

import docx
import pymupdf
import pytest
from ecma_schemas import schemas_or_skip
from office import convert

from hyoka_desktop.services.export import ExportRequest, export, prepare
from hyoka_desktop.services.outputsets import find_output_set
from hyoka_desktop.typeset.frames import Fill, PageFrame, Rule, Text
from hyoka_desktop.writers.emf import write_emf

HEADER, EOF, RECTANGLE, FONT, TEXT = 1, 14, 43, 82, 84


@pytest.fixture(scope="module")
def hearing(sample, tmp_path_factory):
    path = tmp_path_factory.mktemp("hearing") / "a.docx"
    request = ExportRequest(docx=path, output=find_output_set("ヒアリング用"))
    made = prepare(sample.form, sample.view, request)
    export(made, request)
    return made, path.read_bytes()


def records(emf):
    """Cut a metafile into its records: (kind, bytes)."""
    found, at = [], 0
    while at < len(emf):
        kind, size = struct.unpack_from("<II", emf, at)
        assert size % 4 == 0
        assert size >= 8
        found.append((kind, emf[at : at + size]))
        at += size
    assert at == len(emf)
    return found


def text_of(record):
    count, offset = struct.unpack_from("<II", record, 44)
    return record[offset : offset + 2 * count].decode("utf-16-le")


def advances_of(record):
    count = struct.unpack_from("<I", record, 44)[0]
    return struct.unpack_from(f"<{count}I", record, struct.unpack_from("<I", record, 72)[0])


def frame():
    made = PageFrame(None)
    made.texts.append(Text(10, 20, 30, "m.ttf", 10, "𠮷野１"))
    made.fills.append(Fill(1, 2, 3, 4, 0.5))
    made.rules.append(Rule(0, 50, 100, 50, 2))
    return made


def test_a_metafile_is_made_of_whole_records_that_its_header_counts():
    emf = write_emf(frame(), 100, 60, {"m.ttf": "ＭＳ 明朝"})
    found = records(emf)
    assert (found[0][0], found[-1][0]) == (HEADER, EOF)
    assert emf[40:44] == b" EMF"
    size, count, handles = struct.unpack_from("<IIH", emf, 48)
    assert (size, count, handles) == (len(emf), len(found), 2)
    assert struct.unpack_from("<4i", emf, 8) == (0, 0, 2000, 1200)
    assert struct.unpack_from("<4i", emf, 24) == (0, 0, 3528, 2117)


def test_boxes_and_lines_stand_where_the_frame_has_them():
    found = records(write_emf(frame(), 100, 60, {"m.ttf": "ＭＳ 明朝"}))
    boxes = [struct.unpack_from("<4i", record, 8) for kind, record in found if kind == RECTANGLE]
    assert boxes == [(20, 40, 81, 121), (0, 980, 2001, 1021)]


def test_a_text_has_its_place_its_family_and_the_room_that_it_takes():
    found = records(write_emf(frame(), 100, 60, {"m.ttf": "ＭＳ 明朝"}))
    (font,) = [record for kind, record in found if kind == FONT]
    (text,) = [record for kind, record in found if kind == TEXT]
    assert struct.unpack_from("<i", font, 12)[0] == -200
    assert font[40:104].decode("utf-16-le").rstrip("\0") == "ＭＳ 明朝"
    assert struct.unpack_from("<2i", text, 36) == (200, 400)
    assert text_of(text) == "𠮷野１"
    assert advances_of(text) == (200, 0, 200, 200)


def test_every_figure_is_a_picture_that_says_what_the_pdf_prints(hearing):
    made, package = hearing
    frames = made.memory.typesetter.figures(made.document)
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        for number, drawn in enumerate(frames, start=1):
            told = [
                text_of(record)
                for kind, record in records(files.read(f"word/media/figure{number}.emf"))
                if kind == TEXT
            ]
            assert told == [text.text for text in drawn.texts]
    printed = "".join(text.text for page in made.layout.pages for text in page.texts)
    assert all(text.text in printed for drawn in frames for text in drawn.texts)


def test_python_docx_opens_the_pictures_and_those_who_do_not_see_them_are_told_them(hearing):
    made, package = hearing
    opened = docx.Document(io.BytesIO(package))
    assert len(opened.inline_shapes) == len(made.memory.typesetter.figures(made.document))
    xml = opened.element.xml
    assert "R6 301施設 (250施設以上)" in xml


def test_a_document_with_pictures_is_valid_against_the_schemas(hearing):
    assert all(not faults for faults in schemas_or_skip().faults(hearing[1]).values())


def test_an_item_of_a_hearing_stands_on_one_page_in_word_too(hearing, tmp_path):
    made, package = hearing
    (tmp_path / "a.docx").write_bytes(package)
    convert(tmp_path, ["a.docx"])
    with pymupdf.open(tmp_path / "a.pdf") as pdf:
        assert pdf.page_count == len(made.layout.pages)
        first = pdf[0].get_text()
    assert "点検診断の実施施設数" in first
    assert "301施設" in first
