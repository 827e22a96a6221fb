"""Measure characters: advance widths of the bundled fonts, read with HarfBuzz."""

import unicodedata
from pathlib import Path
from typing import Final

import uharfbuzz as hb

from hyoka_desktop.errors import InputError

FULL_WIDTH: Final = 1000.0
"""Widths are counted in thousandths of the font size; a kanji has 1000."""


def is_variation_selector(character: str) -> bool:
    """Tell whether a character chooses the shape of the one before it (IVS and standardised variants)."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def is_blank(character: str) -> bool:
    """Tell whether a character leaves no ink: spaces of all kinds, tab, controls of form."""
    return unicodedata.category(character) in {"Zs", "Zl", "Zp", *_WITHOUT_WIDTH} or character == "\t"


def clusters(text: str) -> list[str]:
    """Cut a text into characters, each with its variation selector."""
    cut: list[str] = []
    for character in text:
        if cut and is_variation_selector(character) and len(cut[-1]) == 1:
            cut[-1] += character
        else:
            cut.append(character)
    return cut


_WITHOUT_WIDTH: Final = frozenset({"Cf"})


class FontFace:
    """Know the widths and glyphs of one font file.

    `widths` maps a character to its advance. A character that the font lacks takes a full width and is remembered in
    `missing`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.data: Final = path.read_bytes()
        self.face: Final = hb.Face(self.data)
        self._font = hb.Font(self.face)
        extents = self._font.get_font_extents("ltr")
        self._scale = FULL_WIDTH / self.face.upem
        self.ascent: Final = extents.ascender * self._scale
        self.descent: Final = extents.descender * self._scale
        self.missing: set[str] = set()
        self.widths: Final = _Widths(self)

    def glyph(self, cluster: str) -> int | None:
        """Tell the glyph of a character, or of a character with its variation selector; None where there is none.

        A variation that the font lacks falls back to the plain character.
        """
        if len(cluster) > 1:
            varied: int | None = self._font.get_variation_glyph(ord(cluster[0]), ord(cluster[1]))
            if varied is not None:
                return varied
        plain: int | None = self._font.get_nominal_glyph(ord(cluster[0]))
        if plain is None and is_blank(cluster[0]):
            return self.glyph(" ")
        return plain

    def advance(self, glyph: int) -> float:
        """Tell the advance of a glyph."""
        return float(self._font.get_glyph_h_advance(glyph) * self._scale)


class _Widths(dict[str, float]):
    """Fill itself with the width of each character that is asked for."""

    def __init__(self, face: FontFace) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, character: str) -> float:
        glyph = self._face.glyph(character)
        if is_variation_selector(character) or unicodedata.category(character) in _WITHOUT_WIDTH:
            width = 0.0
        elif glyph is None:
            self._face.missing.add(character)
            width = FULL_WIDTH
        else:
            width = self._face.advance(glyph)
        self[character] = width
        return width


class FontLibrary:
    """Open each font of a folder once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._faces: dict[str, FontFace] = {}

    def face(self, file: str) -> FontFace:
        """Tell the face of a font file of the folder; InputError where there is none."""
        face = self._faces.get(file)
        if face is None:
            path = self._folder / file
            if not path.is_file():
                raise InputError("font_missing", file=file)
            face = self._faces[file] = FontFace(path)
        return face

    def missing(self) -> tuple[str, ...]:
        """Tell the characters that were asked for and that their fonts lack."""
        return tuple(sorted({character for face in self._faces.values() for character in face.missing}))
