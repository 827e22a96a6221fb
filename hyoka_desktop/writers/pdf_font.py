"""Embed a subset of a font in a PDF as a Type 0 font (PDF 32000-1, 9.7), so that copying gives back what was typed.

The code of a character is the number of its glyph in the whole font, whatever else the document sets. Only characters
that share a glyph with another one, or that the font lacks, take numbers that are free, so that they still read back
as themselves.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

import uharfbuzz as hb

from hyoka_desktop.typeset.clusters import SECONDS, clusters
from hyoka_desktop.typeset.fonts import FULL_WIDTH, FontFace, has_no_width
from hyoka_desktop.writers.pdf_objects import PdfFile, packed, pdf_dictionary, pdf_name, pdf_text

_NOTDEF: Final = 0
_STAND_IN: Final = "〓"
"""What stands for a character that the font lacks, as printers do it; PDF/A forbids text without a glyph."""
_SYMBOLIC: Final = 4
_STEM_V: Final = 80
_CMAP_BLOCK: Final = 100
_SUBSET_TAG: Final = "HYOKAA"
_UNUSED_TABLES: Final = (b"GSUB", b"GPOS", b"GDEF", b"vhea", b"vmtx", b"VORG", b"BASE", b"DSIG")


def clusters_in(texts: Sequence[str]) -> frozenset[str]:
    """Tell the characters of some texts, the two that are one together."""
    characters = frozenset().union(*texts)
    if SECONDS.isdisjoint(characters):
        return characters
    return frozenset().union(*map(clusters, texts))


class FontCodes:
    """Give out the character codes of one font in one document; they follow from the characters, not their order.

    `name` is what pages call the font, whichever other fonts there are; `written_name` is that as it stands in them.
    """

    def __init__(self, face: FontFace, used: Iterable[str]) -> None:
        self.face: Final = face
        self.name: Final = face.path.stem
        self.written_name: Final = pdf_name(self.name)
        stand_in = face.glyph(_STAND_IN) or _NOTDEF
        self.glyphs: Final = {cluster: face.glyph(cluster) or stand_in for cluster in sorted(used)}
        self.odd: Final[Mapping[str, int]] = self._odd()
        self.codes: Final[Mapping[str, int]] = {**self.glyphs, **self.odd}
        self._digits = {cluster: f"{code:04X}" for cluster, code in self.codes.items()}
        self._has_variants = any(len(cluster) > 1 for cluster in self.glyphs)
        self._without_width = {
            cluster: face.advance(glyph)
            for cluster, glyph in self.glyphs.items()
            if len(cluster) == 1 and has_no_width(cluster)
        }

    def encode(self, text: str) -> str:
        """Tell the codes of a text as hexadecimal digits, four each."""
        digits = self._digits
        return "".join([digits[piece] for piece in self._pieces(text)])

    def surplus(self, text: str) -> list[float]:
        """Tell the room, in thousandths, that characters without width take by their glyphs; nothing without such."""
        if not self._without_width or self._without_width.keys().isdisjoint(text):
            return []
        return [self._without_width.get(piece, 0.0) for piece in self._pieces(text)]

    def _pieces(self, text: str) -> Sequence[str]:
        return clusters(text) if self._has_variants else text

    def odd_among(self, clusters: frozenset[str]) -> dict[str, int]:
        """Tell the codes of some characters that are not the numbers of their glyphs."""
        return {cluster: code for cluster, code in self.odd.items() if cluster in clusters}

    def _odd(self) -> dict[str, int]:
        """Tell the codes that are no glyph numbers: of second characters of a glyph, and of those without a glyph."""
        taken = {_NOTDEF}
        second: list[str] = []
        for cluster, glyph in self.glyphs.items():
            if glyph in taken:
                second.append(cluster)
            taken.add(glyph)
        free = (code for code in count(1) if code not in taken)
        return dict(zip(second, free, strict=False))


@dataclass(frozen=True, slots=True)
class FontProgram:
    """Hold what a PDF carries of a font, streams compressed."""

    font_file: bytes
    font_file_length: int
    code_to_glyph: bytes
    codes_present: bytes
    to_unicode: bytes
    widths: str


def font_program(codes: FontCodes) -> FontProgram:
    """Cut a font down to what a document sets in it."""
    font_file, renumbered = _subset(codes.face, set(codes.glyphs.values()))
    by_code = sorted((code, cluster) for cluster, code in codes.codes.items())
    glyph_of = {_NOTDEF: _NOTDEF, **{code: codes.glyphs[cluster] for code, cluster in by_code}}
    return FontProgram(
        font_file=packed(font_file),
        font_file_length=len(font_file),
        code_to_glyph=packed(_map_of({code: renumbered[glyph] for code, glyph in glyph_of.items()})),
        codes_present=packed(_set_of(glyph_of)),
        to_unicode=packed(_to_unicode(by_code).encode("ascii")),
        widths=_widths(codes.face, glyph_of),
    )


def add_font(file: PdfFile, face: FontFace, program: FontProgram) -> str:
    """Add font, descendant font, descriptor and streams; tell the reference of the font."""
    ps_name = pdf_name(f"{_SUBSET_TAG}+{face.face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME)}")
    system = {"Registry": pdf_text("Adobe"), "Ordering": pdf_text("Identity"), "Supplement": 0}
    descendant = {
        "Type": pdf_name("Font"),
        "Subtype": pdf_name("CIDFontType2"),
        "BaseFont": ps_name,
        "CIDSystemInfo": system,
        "FontDescriptor": file.add(pdf_dictionary(_descriptor(file, face, program, ps_name))),
        "DW": round(FULL_WIDTH),
        "W": program.widths,
        "CIDToGIDMap": file.add_packed(program.code_to_glyph),
    }
    font = {
        "Type": pdf_name("Font"),
        "Subtype": pdf_name("Type0"),
        "BaseFont": ps_name,
        "Encoding": pdf_name("Identity-H"),
        "DescendantFonts": [file.add(pdf_dictionary(descendant))],
        "ToUnicode": file.add_packed(program.to_unicode),
    }
    return file.add(pdf_dictionary(font))


def _descriptor(file: PdfFile, face: FontFace, program: FontProgram, ps_name: str) -> dict[str, object]:
    ascent, descent = round(face.ascent), round(face.descent)
    return {
        "Type": pdf_name("FontDescriptor"),
        "FontName": ps_name,
        "Flags": _SYMBOLIC,
        "FontBBox": [0, descent, 1000, ascent],
        "ItalicAngle": 0,
        "Ascent": ascent,
        "Descent": descent,
        "CapHeight": ascent,
        "StemV": _STEM_V,
        "FontFile2": file.add_packed(program.font_file, {"Length1": program.font_file_length}),
        "CIDSet": file.add_packed(program.codes_present),
    }


def _subset(face: FontFace, glyphs: set[int]) -> tuple[bytes, dict[int, int]]:
    """Cut a font down to some glyphs; tell its bytes and the new number of each glyph."""
    wanted = hb.SubsetInput()
    wanted.glyph_set.set(glyphs)
    wanted.layout_feature_tag_set.clear()
    wanted.drop_table_tag_set.update(int.from_bytes(table, "big") for table in _UNUSED_TABLES)
    plan = hb.SubsetPlan(face.face, wanted)
    small = plan.execute()
    return small.blob.data, dict(plan.old_to_new_glyph_mapping)


def _map_of(glyphs: Mapping[int, int]) -> bytes:
    """Write which glyph of the subset each code has, two bytes each."""
    written = bytearray(2 * (max(glyphs) + 1))
    for code, glyph in glyphs.items():
        written[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
    return bytes(written)


def _set_of(codes: Iterable[int]) -> bytes:
    """Write which codes there are, a bit each, as PDF/A-1 (6.3.5) asks for."""
    bits = sum(1 << code for code in set(codes))
    size = bits.bit_length() // 8 + 1
    # The first code is the highest bit of the first byte.
    return bytes(_MIRRORED[byte] for byte in bits.to_bytes(size, "little"))


_MIRRORED: Final = [int(f"{byte:08b}"[::-1], 2) for byte in range(256)]


def _widths(face: FontFace, glyph_of: Mapping[int, int]) -> str:
    """Write the codes whose width is not the default one, each with its width."""
    advances = {code: face.advance(glyph) for code, glyph in glyph_of.items()}
    return f"[{' '.join(f'{code}[{width:g}]' for code, width in advances.items() if width != FULL_WIDTH)}]"


def _to_unicode(by_code: Sequence[tuple[int, str]]) -> str:
    """Write the ToUnicode CMap (PDF 32000-1, 9.10.3); characters beyond U+FFFF as surrogate pairs."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    for start in range(0, len(by_code), _CMAP_BLOCK):
        block = by_code[start : start + _CMAP_BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in block]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines)
