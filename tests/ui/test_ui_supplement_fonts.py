"""Qt opens the supplementary fonts as the typesetter does; here, since all tests share one dressed application."""

import pytest
from PySide6.QtGui import QFont, QRawFont

from hyoka_desktop.paths import resource
from hyoka_desktop.typeset.fonts import FontFace

RARE = "𠮷槗㌽"


@pytest.mark.parametrize("style", ["Mincho", "Gothic"])
def test_qt_opens_the_font_and_finds_the_same_glyphs(style, qapp):
    path = resource("fonts", f"HyokaSupplement{style}-Regular.ttf")
    face = FontFace(path)
    raw = QRawFont(str(path), 20, QFont.HintingPreference.PreferNoHinting)
    assert raw.isValid()
    assert raw.familyName() == f"Hyoka Supplement {style}"
    assert raw.glyphIndexesForString(RARE) == [face.glyph(character) for character in RARE]
    assert not raw.pathForGlyph(face.glyph("𠮷")).isEmpty()
