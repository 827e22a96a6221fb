"""Embed a subset of a font in a PDF as a Type 0 font (PDF 32000-1, 9.7), so that copying gives back what was typed.

Character codes are our own, in order of first use: two characters that share a glyph, or that the font lacks, still
read back as themselves.
"""

import re
from typing import Any, Final

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from hyoka_desktop.typeset.fonts import FontFace, clusters

_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_NOTDEF: Final = 0
_SYMBOLIC: Final = 4
_STEM_V: Final = 80
_CMAP_BLOCK: Final = 100
_SUBSET_TAG: Final = "HYOKAA"
_UNUSED_TABLES: Final = (b"GSUB", b"GPOS", b"GDEF", b"vhea", b"vmtx", b"VORG", b"BASE", b"DSIG")


class EmbeddedFont:
    """Collect what a document sets in one font, hand out codes, and write the font's objects at the end.

    It stands in for reportlab's own dynamic fonts: the document calls `addObjects` when it is finished.
    """

    def __init__(self, face: FontFace, name: str) -> None:
        self.name = name
        self._face = face
        self._codes: dict[str, str] = {}
        self._clusters: list[str] = [""]

    def encode(self, text: str) -> str:
        """Tell the codes of a text as hexadecimal digits, four each."""
        pieces = clusters(text) if _SELECTORS.search(text) else text
        codes = self._codes
        try:
            return "".join([codes[piece] for piece in pieces])
        except KeyError:
            for piece in pieces:
                if piece not in codes:
                    codes[piece] = f"{len(self._clusters):04X}"
                    self._clusters.append(piece)
            return "".join([codes[piece] for piece in pieces])

    def addObjects(self, document: Any) -> None:  # noqa: N802, ANN401 - the name and the type are reportlab's
        """Write font, descendant font, descriptor, font file, widths and ToUnicode map into the document."""
        glyphs = [self._face.glyph(cluster) or _NOTDEF if cluster else _NOTDEF for cluster in self._clusters]
        font_file, renumbered = _subset(self._face, set(glyphs))
        reference = document.Reference
        ps_name = f"{_SUBSET_TAG}+{self._face.face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME)}"
        descriptor = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": pdfdoc.PDFName(ps_name),
                "Flags": _SYMBOLIC,
                "FontBBox": pdfdoc.PDFArray([0, round(self._face.descent), 1000, round(self._face.ascent)]),
                "ItalicAngle": 0,
                "Ascent": round(self._face.ascent),
                "Descent": round(self._face.descent),
                "CapHeight": round(self._face.ascent),
                "StemV": _STEM_V,
                "FontFile2": reference(_stream(font_file, Length1=len(font_file))),
            }
        )
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": pdfdoc.PDFName(ps_name),
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": reference(descriptor),
                "DW": 1000,
                "W": pdfdoc.PDFArray([1, pdfdoc.PDFArray([f"{self._face.advance(g):g}" for g in glyphs[1:]])]),
                "CIDToGIDMap": reference(_stream(b"".join(renumbered[g].to_bytes(2, "big") for g in glyphs))),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": pdfdoc.PDFName(ps_name),
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([reference(descendant)]),
                "ToUnicode": reference(_stream(_to_unicode(self._clusters).encode("ascii"))),
            }
        )
        document.idToObject["BasicFonts"].dict[self.name] = reference(font)


def _subset(face: FontFace, glyphs: set[int]) -> tuple[bytes, dict[int, int]]:
    """Cut a font down to some glyphs; tell its bytes and the new number of each glyph."""
    wanted = hb.SubsetInput()
    wanted.glyph_set.set(glyphs)
    wanted.layout_feature_tag_set.clear()
    wanted.drop_table_tag_set.update(int.from_bytes(table, "big") for table in _UNUSED_TABLES)
    plan = hb.SubsetPlan(face.face, wanted)
    small = plan.execute()
    return small.blob.data, dict(plan.old_to_new_glyph_mapping)


def _stream(content: bytes, **entries: int) -> Any:  # noqa: ANN401 - reportlab has no types
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(dict(entries)), content, [pdfdoc.PDFZCompress])


def _to_unicode(characters: list[str]) -> str:
    """Write the ToUnicode CMap (PDF 32000-1, 9.10.3); characters beyond U+FFFF as surrogate pairs."""
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    codes = list(enumerate(characters))[1:]
    for start in range(0, len(codes), _CMAP_BLOCK):
        block = codes[start : start + _CMAP_BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in block]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines)
