"""Make the supplementary fonts of `resources/fonts`, for the characters that BIZ UDMincho and BIZ UDGothic lack.

Run by hand, `python tests/supplement_fonts.py FOLDER [TARGET]`, in an environment with fonttools 4.68.0, which is no
package of this project. FOLDER holds `NotoSerifCJK-Medium.ttc` (2.001) and `NotoSansCJK-Regular.ttc` (2.004), as in
Debian's `fonts-noto-cjk-extra` and `fonts-noto-cjk`. The fonts and the list of what they cover go to TARGET, without it
to `resources/fonts`; the same source gives the same bytes.

What is taken, where the source has it and BIZ lacks it: JIS X 0213:2004, the ideographs of Adobe-Japan1 (those with an
ideographic variation sequence in the source), whole blocks of compatibility characters and symbols, and the variation
sequences of ideographs. A sequence that BIZ has is left to BIZ, so that its glyph agrees with the text around it.

Weights and scale are chosen by 400 kanji of JIS level 1 that both have. Size of the outline and ink of the em square:
BIZ UDMincho 924×919, 27.9 %, Noto Serif Regular 921×910, 24.2 %, Medium 927×917, 27.5 %; BIZ UDGothic 941×940, 34.4 %,
Noto Sans Regular 915×911, 32.2 %, and 1.03 times as large 942×938, 34.2 %.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

try:
    from fontTools.fontBuilder import FontBuilder
    from fontTools.misc.timeTools import timestampFromString
    from fontTools.misc.transform import Identity
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTCollection, TTFont
except ImportError:
    sys.exit("This needs fonttools: python -m pip install fonttools==4.68.0")

FONTS = Path(__file__).resolve().parents[1] / "resources" / "fonts"
VariationSequence = tuple[int, int]
"""A character and its variation selector."""

_VERSION = "1.000"
_EPOCH = timestampFromString("Sat Jan  1 00:00:00 2022")
_LARGEST_ERROR = 1.0
"""How far a quadratic outline may be from the cubic one, in thousandths of the font size."""
_ASCENT, _DESCENT = 880, 120
"""Those of the BIZ fonts, so that a line does not grow where the supplement is used."""
_EM_CENTRE = (500, 380)
_KEPT_OF_THE_STYLE = ("panose", "sxHeight", "sCapHeight", "ySub", "ySuper", "yStrikeout")
_EVERY_EMBEDDING, _REGULAR, _JAPANESE = 0, 1 << 6, 1 << 17
"""Bits of the table OS/2."""
_FIRST_IDEOGRAPHIC_SELECTOR = 0xE0100
_IDEOGRAPHS = (
    (0x2E80, 0x2FDF),  # radicals, which share glyphs with ideographs
    (0x3400, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
_BLOCKS = (
    (0x00A0, 0x052F),  # Latin, phonetic letters, modifiers, combining marks, Greek, Cyrillic
    (0x1E00, 0x1EFF),  # more Latin
    (0x2000, 0x2BFF),  # punctuation, letterlike, Roman numerals, arrows, mathematics, enclosed, boxes, shapes
    (0x2E80, 0x30FF),  # radicals, which come with text copied from PDF files, punctuation, kana
    (0x3190, 0x319F),  # Kanbun
    (0x31C0, 0x33FF),  # strokes, small kana, enclosed and squared words
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0xFE30, 0xFE6F),  # vertical and small forms
    (0xFF00, 0xFF9F),  # full-width letters, half-width kana
    (0xFFE0, 0xFFEF),  # full-width signs
    (0x1B000, 0x1B16F),  # old and small kana
    (0x1F100, 0x1F2FF),  # enclosed letters and ideographs
    (0x2F800, 0x2FA1F),  # compatibility ideographs
)
_SPACE = 0x20
"""No font is without it: OS/2 names it as the character to break at."""
_SAME = {0x2985: 0xFF5F, 0x2986: 0xFF60}
"""Characters of JIS X 0213 that the source has only in their full-width form."""


@dataclass(frozen=True)
class Style:
    """Name one of the two fonts, what it is made from, how much larger, and what it supplements."""

    family: str
    source: str
    scale: float
    supplemented: str


STYLES = (
    Style("Hyoka Supplement Mincho", "NotoSerifCJK-Medium.ttc", 1.0, "BIZUDMincho-Regular.ttf"),
    Style("Hyoka Supplement Gothic", "NotoSansCJK-Regular.ttc", 1.03, "BIZUDGothic-Regular.ttf"),
)


@dataclass(frozen=True)
class Coverage:
    """Say which glyph of the source shows which character and which sequence; None for the plain character's."""

    characters: dict[int, str]
    sequences: dict[VariationSequence, str | None]

    def glyphs(self) -> list[str]:
        """Tell the names of the glyphs, without repetition, in the order of characters and sequences."""
        varied = [glyph for glyph in self.sequences.values() if glyph]
        return list(dict.fromkeys([".notdef", *self.characters.values(), *varied]))

    def ideographs(self) -> set[str]:
        """Tell the names of the glyphs that show ideographs."""
        varied = {glyph for glyph in self.sequences.values() if glyph}
        return varied | {glyph for code, glyph in self.characters.items() if _within(code, _IDEOGRAPHS)}


def main(source: Path, target: Path) -> None:
    """Make both fonts and their lists."""
    for style in STYLES:
        original = TTCollection(source / style.source, lazy=True).fonts[0]
        coverage = _coverage(original, TTFont(FONTS / style.supplemented))
        name = style.family.replace(" ", "") + "-Regular"
        _font(original, coverage, style, name).save(target / f"{name}.ttf")
        (target / f"{name}.txt").write_text(_listed(coverage, style.family), encoding="ascii", newline="\n")
        sys.stdout.write(f"{name}: {len(coverage.glyphs())} glyphs, {(target / f'{name}.ttf').stat().st_size} bytes\n")


def _coverage(original: TTFont, supplemented: TTFont) -> Coverage:
    glyphs, present = original.getBestCmap(), supplemented.getBestCmap()
    glyphs |= {code: glyphs[same] for code, same in _SAME.items()}
    known = {key: glyph for key, glyph in _sequences(original).items() if _within(key[0], _IDEOGRAPHS)}
    missing = {key: known[key] for key in sorted(known.keys() - _sequences(supplemented).keys())}
    in_blocks = {code for code in glyphs if _within(code, _BLOCKS)}
    lacked = {*_jis_x_0213(), *_adobe_japan1(known), *in_blocks} - present.keys()
    bases = {base for (base, _), glyph in missing.items() if glyph is None}
    wanted = {_SPACE} | lacked | bases
    return Coverage({code: glyphs[code] for code in sorted(wanted & glyphs.keys())}, missing)


def _sequences(font: TTFont) -> dict[VariationSequence, str | None]:
    tables = [table for table in font["cmap"].tables if table.format == 14]
    return {
        (base, selector): glyph
        for table in tables
        for selector, entries in table.uvsDict.items()
        for base, glyph in entries
    }


def _jis_x_0213() -> Iterator[int]:
    for plane in (b"", b"\x8f"):
        for row in range(0xA1, 0xFF):
            for cell in range(0xA1, 0xFF):
                text = (plane + bytes((row, cell))).decode("euc_jis_2004", errors="ignore")
                yield from map(ord, text)


def _adobe_japan1(sequences: Iterable[VariationSequence]) -> Iterator[int]:
    return (base for base, selector in sequences if selector >= _FIRST_IDEOGRAPHIC_SELECTOR)


def _within(code: int, blocks: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in blocks)


def _font(original: TTFont, coverage: Coverage, style: Style, name: str) -> TTFont:
    order = coverage.glyphs()
    builder = FontBuilder(original["head"].unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(coverage.characters, [(*key, glyph) for key, glyph in coverage.sequences.items()])
    builder.setupGlyf(_outlines(original, order, coverage.ideographs(), style.scale))
    edges = {glyph: getattr(builder.font["glyf"][glyph], "xMin", 0) for glyph in order}
    builder.setupHorizontalMetrics({glyph: (original["hmtx"][glyph][0], edges[glyph]) for glyph in order})
    builder.setupHorizontalHeader(ascent=_ASCENT, descent=-_DESCENT)
    builder.setupNameTable(_names(original, style.family, name), mac=False)
    builder.setupOS2(**_style_of(original["OS/2"]))
    builder.font["OS/2"].recalcUnicodeRanges(builder.font)
    builder.setupPost(keepGlyphNames=False)
    builder.updateHead(fontRevision=float(_VERSION), created=_EPOCH, modified=_EPOCH)
    builder.font.recalcTimestamp = False
    return builder.font


def _outlines(original: TTFont, order: list[str], ideographs: set[str], scale: float) -> dict[str, Any]:
    x, y = _EM_CENTRE
    larger = Identity.translate(x, y).scale(scale).translate(-x, -y)
    drawn, outlines = original.getGlyphSet(), {}
    for glyph in order:
        pen = TTGlyphPen(None)
        quadratic = Cu2QuPen(pen, _LARGEST_ERROR, reverse_direction=True)
        drawn[glyph].draw(TransformPen(quadratic, larger if glyph in ideographs else Identity))
        outlines[glyph] = pen.glyph()
    return outlines


def _names(original: TTFont, family: str, name: str) -> dict[str, str]:
    """Keep who made the font and its licence; the font's own names, which are a trademark, are replaced."""
    kept = original["name"].getDebugName
    return {
        "copyright": kept(0),
        "familyName": family,
        "styleName": "Regular",
        "uniqueFontIdentifier": f"{_VERSION};{name}",
        "fullName": family,
        "version": f"Version {_VERSION}",
        "psName": name,
        "designer": kept(9),
        "description": f"A part of {kept(4)}, {kept(5)}, with quadratic outlines and without layout. {kept(10)}",
        "licenseDescription": kept(13),
        "licenseInfoURL": kept(14),
    }


def _style_of(table: Any) -> dict[str, Any]:
    kept = {field: value for field, value in vars(table).items() if field.startswith(_KEPT_OF_THE_STYLE)}
    return {
        **kept,
        "version": 4,
        "fsType": _EVERY_EMBEDDING,
        "fsSelection": _REGULAR,
        "usWeightClass": 400,
        "ulCodePageRange1": _JAPANESE,
        "xAvgCharWidth": 1000,
        "sTypoAscender": _ASCENT,
        "sTypoDescender": -_DESCENT,
        "sTypoLineGap": 0,
        "usWinAscent": _ASCENT,
        "usWinDescent": _DESCENT,
        "achVendID": "NONE",
    }


def _listed(coverage: Coverage, family: str) -> str:
    """Write the code points, then for each selector the characters it varies, as ranges."""
    heading = f"# {family} {_VERSION}: code points, then variation sequences by selector"
    lines = [heading, *_wrapped(coverage.characters)]
    by_selector = sorted((selector, base) for base, selector in coverage.sequences)
    for selector, entries in groupby(by_selector, key=lambda entry: entry[0]):
        lines += [f"# with U+{selector:04X}", *_wrapped(base for _, base in entries)]
    return "\n".join([*lines, ""])


def _wrapped(codes: Iterable[int], to_a_line: int = 10) -> list[str]:
    ranges = []
    for _, run in groupby(enumerate(sorted(codes)), key=lambda entry: entry[1] - entry[0]):
        first, *_, last = [code for _, code in run] * 2
        ranges.append(f"{first:04X}" if first == last else f"{first:04X}-{last:04X}")
    return [" ".join(ranges[at : at + to_a_line]) for at in range(0, len(ranges), to_a_line)]


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]) if sys.argv[2:] else FONTS)
