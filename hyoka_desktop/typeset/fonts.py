"""Measure characters: advance widths and glyphs of fonts, read with HarfBuzz, with other fonts for what one lacks."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

import uharfbuzz as hb

from hyoka_desktop.errors import InputError
from hyoka_desktop.typeset.clusters import clusters, is_pair, is_variation_selector

FULL_WIDTH: Final = 1000.0
"""Widths are counted in thousandths of the font size; a kanji has 1000."""
_WITHOUT_WIDTH: Final = "Cf"


def is_blank(character: str) -> bool:
    """Tell whether a character leaves no ink: spaces of all kinds, tab, controls of form."""
    return unicodedata.category(character) in {"Zs", "Zl", "Zp", _WITHOUT_WIDTH} or character == "\t"


def has_no_width(character: str) -> bool:
    """Tell whether a character takes no room: variation selectors, and controls such as the zero width space."""
    return is_variation_selector(character) or unicodedata.category(character) == _WITHOUT_WIDTH


class FontFace:
    """Know the widths and glyphs of one font file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.data: Final = path.read_bytes()
        self.face: Final = hb.Face(self.data)
        self._font = hb.Font(self.face)
        extents = self._font.get_font_extents("ltr")
        self._scale = FULL_WIDTH / self.face.upem
        self.ascent: Final = extents.ascender * self._scale
        self.descent: Final = extents.descender * self._scale

    def glyph(self, cluster: str) -> int | None:
        """Tell the glyph of a character, or of two that are one; None where there is none.

        A variation that the font lacks falls back to the plain character.
        """
        if len(cluster) > 1:
            varied = self.variant(cluster)
            if varied is not None:
                return varied
        plain: int | None = self._font.get_nominal_glyph(ord(cluster[0]))
        if plain is None and is_blank(cluster[0]):
            return self.glyph(" ")
        return plain

    def variant(self, cluster: str) -> int | None:
        """Tell the glyph of two characters that are one; None where the font has none of its own for them."""
        if is_pair(cluster):
            return self._ligature(cluster)
        varied: int | None = self._font.get_variation_glyph(ord(cluster[0]), ord(cluster[1]))
        return varied

    def _ligature(self, pair: str) -> int | None:
        shaped = hb.Buffer()
        shaped.add_str(pair)
        shaped.guess_segment_properties()
        hb.shape(self._font, shaped)
        glyphs = [info.codepoint for info in shaped.glyph_infos]
        return int(glyphs[0]) if len(glyphs) == 1 and glyphs[0] else None

    def advance(self, glyph: int) -> float:
        """Tell the advance of a glyph."""
        return float(self._font.get_glyph_h_advance(glyph) * self._scale)


class _Faces(dict[str, FontFace]):
    """Open each font of a folder when it is first asked for; InputError where there is none of that name."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def __missing__(self, file: str) -> FontFace:
        path = self._folder / file
        if not path.is_file():
            raise InputError("font_missing", file=file)
        face = self[file] = FontFace(path)
        return face


class FontLibrary:
    """Open each font once, and choose for each character the first font that has it.

    `supplements` are tried in order for what a font lacks: file names of the folder, or paths. A supplement whose name
    shares the style word of the font (`Mincho`, `Gothic`) comes before the others. `last_resort` tells further ones; it
    is asked only when a character is in none of these.
    """

    def __init__(
        self, folder: Path, supplements: Sequence[str] = (), last_resort: Callable[[], Sequence[str]] = tuple
    ) -> None:
        self._supplements = tuple(supplements)
        self._last_resort = last_resort
        self._faces = _Faces(folder)
        self._chosen: dict[str, _ChosenFonts] = {}
        self._widths: dict[str, _Widths] = {}

    def face(self, file: str) -> FontFace:
        """Tell the face of a font file of the folder; InputError where there is none."""
        return self._faces[file]

    def widths(self, file: str) -> Mapping[str, float]:
        """Tell the advance of each character as set in a font, or in the one that stands in for it."""
        widths = self._widths.get(file)
        if widths is None:
            widths = self._widths[file] = _Widths(self._faces, self._fonts_for(file))
        return widths

    def spans(self, file: str, text: str) -> list[tuple[str, str]]:
        """Cut a text into pieces of one font each: (file, piece), in order."""
        chosen = self._fonts_for(file)
        cut = clusters(text)
        if {chosen[cluster] for cluster in cut} <= {file}:
            return [(file, text)]
        return [(name, "".join(piece)) for name, piece in groupby(cut, chosen.__getitem__)]

    def missing(self, file: str, text: str) -> frozenset[str]:
        """Tell the characters of a text that neither a font nor those that stand in for it have."""
        known = self._fonts_for(file)
        return frozenset(cluster for cluster in clusters(text) if known[cluster] == file and known.lacks(cluster))

    def _fonts_for(self, file: str) -> "_ChosenFonts":
        chosen = self._chosen.get(file)
        if chosen is None:
            style = "Gothic" if "gothic" in file.lower() else "Mincho"
            others = sorted(self._supplements, key=lambda name: style not in name)
            chosen = self._chosen[file] = _ChosenFonts(self._faces, (file, *others), self._last_resort)
        return chosen


class _ChosenFonts(dict[str, str]):
    """Tell for each character, with its variation selector, the font file that it is set in.

    Where a variation is in no font the plain character stands for it; where a character is in none, the first font's
    blank box does.
    """

    def __init__(self, faces: _Faces, files: Sequence[str], last_resort: Callable[[], Sequence[str]]) -> None:
        super().__init__()
        self._faces = faces
        self._files = files
        self._last_resort = last_resort

    def __missing__(self, cluster: str) -> str:
        faces = ((file, self._faces[file]) for file in self._all_files())
        if len(cluster) > 1:
            varied = next((file for file, face in faces if face.variant(cluster) is not None), None)
            chosen = varied if varied is not None else self[cluster[0]]
        else:
            chosen = next((file for file, face in faces if face.glyph(cluster) is not None), self._files[0])
        self[cluster] = chosen
        return chosen

    def _all_files(self) -> Iterator[str]:
        """Yield the font files from the first to the last resort, which is sought when the others were of no use."""
        yield from self._files
        yield from self._last_resort()

    def lacks(self, cluster: str) -> bool:
        """Tell whether no font has a character; a pair is lacking where no font has it as one."""
        if is_pair(cluster):
            return self._faces[self[cluster]].variant(cluster) is None
        return self._faces[self[cluster]].glyph(cluster) is None


class _Widths(dict[str, float]):
    """Fill itself with the width of each character that is asked for; one that no font has takes a full width."""

    def __init__(self, faces: _Faces, chosen: _ChosenFonts) -> None:
        super().__init__()
        self._faces = faces
        self._chosen = chosen

    def __missing__(self, character: str) -> float:
        if len(character) == 1 and has_no_width(character):
            width = 0.0
        else:
            face = self._faces[self._chosen[character]]
            glyph = face.glyph(character)
            width = FULL_WIDTH if glyph is None else face.advance(glyph)
        self[character] = width
        return width
