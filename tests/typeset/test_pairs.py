"""The 25 characters of JIS X 0213 that Unicode writes as two print as one, and copy back as typed."""

from dataclasses import replace
from itertools import pairwise

import pymupdf
import pytest
from table_making import STYLE

from hyoka_desktop.document.model import Align, Paragraph, Run
from hyoka_desktop.paths import resource
from hyoka_desktop.services.export import shipped_fonts
from hyoka_desktop.typeset.clusters import advances, clusters
from hyoka_desktop.typeset.fonts import FontLibrary
from hyoka_desktop.typeset.frames import Layout, PageFrame
from hyoka_desktop.typeset.paragraph import LineBreaker
from hyoka_desktop.writers.pdf import write_pdf

HANDAKUTEN, GRAVE, ACUTE = "\u309a", "\u0300", "\u0301"
PAIRS = (
    *(f"{kana}{HANDAKUTEN}" for kana in "かきくけこカキクケコセツト\u31f7"),
    f"æ{GRAVE}",
    *(f"{letter}{mark}" for letter in "ɔʌəɚ" for mark in (GRAVE, ACUTE)),
    "˩˥",
    "˥˩",
)
FACES = ("BIZUDMincho-Regular.ttf", "BIZUDGothic-Regular.ttf")


@pytest.fixture(scope="module")
def all_fonts():
    return shipped_fonts()


def page_with(fonts, file, text, align=Align.START, width=300.0):
    style = replace(STYLE, font=replace(STYLE.font, file=file), align=align)
    page, breaker = PageFrame(None), LineBreaker(fonts)
    for number, line in enumerate(breaker.lines(Paragraph((Run(text),), style, align), width)):
        breaker.place(page, line, 0.0, 14.0 * number, width)
    return page


@pytest.mark.parametrize("file", FACES)
def test_each_pair_is_one_glyph_of_its_font(all_fonts, file):
    assert len(PAIRS) == 25
    for pair in PAIRS:
        assert clusters(f"評{pair}価") == ["評", pair, "価"]
        face = all_fonts.face(file)
        glyph = face.glyph(pair)
        assert glyph not in {None, face.glyph(pair[0])}
        assert sum(advances(pair, all_fonts.widths(file))) == face.advance(glyph)
    assert all_fonts.missing(file, "".join(PAIRS)) == frozenset()


def test_kana_with_its_mark_takes_one_full_width(all_fonts):
    assert advances(f"か{HANDAKUTEN}き", all_fonts.widths(FACES[0])) == [1000, 0, 1000]


def test_other_letters_with_a_mark_stay_two():
    assert clusters(f"あ{HANDAKUTEN}e{ACUTE}˥˥") == ["あ", HANDAKUTEN, "e", ACUTE, "˥", "˥"]
    assert clusters(f"{HANDAKUTEN}か") == [HANDAKUTEN, "か"]


@pytest.mark.parametrize("align", [Align.START, Align.JUSTIFY, Align.DISTRIBUTE])
def test_pairs_copy_back_as_typed_and_stand_apart_from_their_neighbours(all_fonts, align):
    text = f"か{HANDAKUTEN}き{HANDAKUTEN}の発音ɔ{GRAVE}と葛\U000e0100城" * 2
    page = page_with(all_fonts, FACES[0], text, align)
    made = write_pdf(Layout("", "", 300, 100, [page], {}, []), all_fonts)
    with pymupdf.open(stream=made) as pdf:
        told = pdf[0].get_text(flags=0)
        starts = [
            char["bbox"][0]
            for block in pdf[0].get_text("rawdict")["blocks"]
            for line in block["lines"]
            for span in line["spans"]
            for char in span["chars"]
            if char["c"] in "かきの発音"
        ]
    assert told.replace("\n", "").replace(" ", "") == text
    assert all(after - before > 8 for before, after in pairwise(starts) if after > before)


def test_a_pair_that_no_font_has_is_told_and_not_lost_in_silence():
    library = FontLibrary(resource("fonts"))
    assert library.missing("HyokaSupplementMincho-Regular.ttf", f"か{HANDAKUTEN}") != frozenset()
