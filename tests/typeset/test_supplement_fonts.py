"""The supplementary fonts have what the BIZ fonts lack, under their own name, and pass through all that uses fonts."""

import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pymupdf
import pytest
import uharfbuzz as hb

from hyoka_desktop.paths import resource
from hyoka_desktop.typeset.fonts import FontFace, FontLibrary
from hyoka_desktop.typeset.frames import Layout, PageFrame, Text
from hyoka_desktop.writers.pdf import write_pdf

STYLES = ["Mincho", "Gothic"]
LACKED_BY_BOTH = {"ǵ"}
"""The one character of JIS X 0213 that the source of the supplement lacks too."""
RARE = "𠮷槗㌽"


@dataclass(frozen=True)
class Pair:
    """A font of the program and its supplement."""

    main: FontFace
    supplement: FontFace

    def shown(self, cluster: str) -> tuple[Path, int] | None:
        """Tell the file and the glyph that show a character, or a character with its selector, exactly so."""
        for face in (self.main, self.supplement):
            glyph = exact_glyph(face, cluster)
            if glyph is not None:
                return face.path, glyph
        return None


def exact_glyph(face: FontFace, cluster: str) -> int | None:
    font = hb.Font(face.face)
    if len(cluster) > 1:
        return font.get_variation_glyph(ord(cluster[0]), ord(cluster[1]))
    return font.get_nominal_glyph(ord(cluster))


@pytest.fixture(scope="module", params=STYLES)
def style(request):
    return request.param


@pytest.fixture(scope="module")
def pair(style):
    return Pair(
        FontFace(resource("fonts", f"BIZUD{style}-Regular.ttf")),
        FontFace(resource("fonts", f"HyokaSupplement{style}-Regular.ttf")),
    )


def jis_x_0213():
    """Enumerate the characters of both planes; some are two code points, a letter and a mark."""
    for plane in (b"", b"\x8f"):
        for row in range(0xA1, 0xFF):
            for cell in range(0xA1, 0xFF):
                yield from (plane + bytes((row, cell))).decode("euc_jis_2004", errors="ignore")


def listed(path: Path) -> dict[int, set[int]]:
    """Read a list: code points under 0, then those varied by each selector."""
    found: dict[int, set[int]] = {0: set()}
    selector = 0
    for line in path.read_text(encoding="ascii").splitlines():
        if line.startswith("# with U+"):
            selector = int(line.removeprefix("# with U+"), 16)
            found[selector] = set()
        elif not line.startswith("#"):
            for item in line.split():
                first, _, last = item.partition("-")
                found[selector] |= set(range(int(first, 16), int(last or first, 16) + 1))
    return found


@pytest.mark.parametrize("character", [*RARE, "叠", "⼈", "Ⓐ", "┄"])
def test_a_character_that_the_main_font_lacks_is_in_the_supplement(pair, character):
    assert pair.main.glyph(character) is None
    assert pair.shown(character) == (pair.supplement.path, pair.supplement.glyph(character))


@pytest.mark.parametrize("character", "𠮷𠮟𩸽槗㌽髙﨑")
def test_a_rare_character_of_names_has_a_glyph_in_one_of_the_two(pair, character):
    assert pair.shown(character)


def test_every_character_of_jis_x_0213_is_in_one_of_the_two(pair):
    known = {chr(code) for face in (pair.main, pair.supplement) for code in face.face.unicodes}
    assert set(jis_x_0213()) - known == LACKED_BY_BOTH


def test_the_supplement_repeats_no_plain_character_that_no_sequence_needs(pair):
    repeated = set(pair.main.face.unicodes) & set(pair.supplement.face.unicodes) - {ord(" ")}
    face = pair.supplement.face
    varied = {code for selector in face.variation_selectors for code in face.variation_unicodes(selector)}
    assert repeated <= varied


@pytest.mark.parametrize("cluster", ["葛\U000e0100", "辻\U000e0100", "邉\U000e0101", "姉\U000e0101"])
def test_a_variant_is_another_glyph_than_the_plain_character(pair, cluster):
    shown = pair.shown(cluster)
    assert shown is not None
    assert shown != pair.shown(cluster[0])


def test_a_sequence_that_means_the_plain_shape_shows_the_plain_glyph(pair):
    assert exact_glyph(pair.supplement, "𠮷\U000e0100") == exact_glyph(pair.supplement, "𠮷")


def test_the_supplement_has_no_sequence_of_the_main_font(pair):
    for selector in pair.supplement.face.variation_selectors:
        of_the_main = set(pair.main.face.variation_unicodes(selector))
        assert of_the_main.isdisjoint(pair.supplement.face.variation_unicodes(selector))


def test_the_list_beside_the_font_tells_what_is_in_it(pair):
    face = pair.supplement.face
    in_font = {selector: set(face.variation_unicodes(selector)) for selector in face.variation_selectors}
    assert listed(pair.supplement.path.with_suffix(".txt")) == {0: set(face.unicodes), **in_font}


def test_no_name_of_the_font_is_that_of_its_source(pair, style):
    face = pair.supplement.face
    names = {entry.name_id: face.get_name(entry.name_id) for entry in face.list_names()}
    own = hb.OTNameIdPredefined
    assert names[own.FONT_FAMILY] == f"Hyoka Supplement {style}"
    assert names[own.POSTSCRIPT_NAME] == f"HyokaSupplement{style}-Regular"
    own_names = " ".join(names[key] for key in (own.FONT_FAMILY, own.UNIQUE_ID, own.FULL_NAME, own.POSTSCRIPT_NAME))
    assert not [taken for taken in ("noto", "source", "adobe") if taken in own_names.lower()]


def test_the_font_keeps_its_copyright_and_licence(pair):
    face = pair.supplement.face
    copyright_line = face.get_name(hb.OTNameIdPredefined.COPYRIGHT)
    assert "Adobe" in copyright_line
    assert "SIL Open Font License" in face.get_name(hb.OTNameIdPredefined.LICENSE)
    licence = resource("fonts", "OFL-HyokaSupplement.txt").read_text(encoding="utf-8")
    assert copyright_line.removeprefix("©").strip() in licence
    assert pair.supplement.path.name in licence


def advance_of(face, character):
    return face.advance(face.glyph(character))


def test_the_supplement_sits_on_the_line_like_the_main_font(pair):
    main, supplement = pair.main, pair.supplement
    assert (round(supplement.ascent), round(supplement.descent)) == (round(main.ascent), round(main.descent))
    assert {advance_of(supplement, character) for character in RARE} == {1000}


def test_every_ideograph_is_full_width(pair):
    wide = [chr(code) for code in pair.supplement.face.unicodes if "CJK" in unicodedata.name(chr(code), "")]
    assert len(wide) > 3000
    assert [character for character in wide if advance_of(pair.supplement, character) != 1000] == []


def test_a_pdf_set_in_the_supplement_is_small_and_reads_back(pair):
    text = f"{RARE}叠⼈Ⓐ┄姉\U000e0101"
    page = PageFrame(None, texts=[Text(20, 40, 200, pair.supplement.path.name, 20, text)])
    made = write_pdf(Layout("", "", 300, 100, [page], {}, []), FontLibrary(pair.supplement.path.parent))
    assert len(made) < 10_000
    with pymupdf.open(stream=made, filetype="pdf") as document:
        assert document[0].get_text().strip() == text
        assert [font[3].split("+")[1] for font in document[0].get_fonts()] == [pair.supplement.path.stem]
