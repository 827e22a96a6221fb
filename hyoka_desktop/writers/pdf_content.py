"""Write the content of a page: tints, rules and texts as operators (PDF 32000-1, Annex A)."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Final

from hyoka_desktop.typeset.fonts import FULL_WIDTH
from hyoka_desktop.typeset.frames import PageFrame, Text
from hyoka_desktop.typeset.rules import merged_rules
from hyoka_desktop.writers.pdf_font import FontCodes
from hyoka_desktop.writers.pdf_objects import pdf_name

_DIGITS: Final = 4
"""A code is written with so many."""


def resource_name(font: str) -> str:
    """Tell the name that pages call a font file by, whichever other fonts there are."""
    return pdf_name(PurePath(font).stem)


def body_content(page: PageFrame, height: float, fonts: Mapping[str, FontCodes]) -> bytes:
    """Write all of a page but its foot; `height` is that of the paper."""
    operators = [*_fills(page, height), *_rules(page, height), *_texts(page.texts, height, fonts)]
    return "\n".join(operators).encode("ascii")


def foot_content(foot: Text, height: float, fonts: Mapping[str, FontCodes]) -> bytes:
    """Write the text at the foot of a page, which changes when pages are added before it."""
    return "\n".join(_texts([foot], height, fonts)).encode("ascii")


def _fills(page: PageFrame, height: float) -> Iterator[str]:
    for fill in page.fills:
        box = f"{fill.x:.2f} {height - fill.y - fill.height:.2f} {fill.width:.2f} {fill.height:.2f}"
        yield f"{fill.tint:g} g {box} re f"
    yield "0 g 0 G"


def _rules(page: PageFrame, height: float) -> Iterator[str]:
    thickness = None
    for rule in merged_rules(page.rules):
        if rule.thickness != thickness:
            thickness = rule.thickness
            yield f"{thickness:g} w 2 J"
        yield f"{rule.x0:.2f} {height - rule.y0:.2f} m {rule.x1:.2f} {height - rule.y1:.2f} l S"


def _texts(texts: Iterable[Text], height: float, fonts: Mapping[str, FontCodes]) -> Iterator[str]:
    yield "BT"
    look = None
    for text in texts:
        if (text.font, text.size) != look:
            look = (text.font, text.size)
            yield f"{resource_name(text.font)} {text.size:g} Tf"
        place = f"1 0 0 1 {text.x:.2f} {height - text.baseline:.2f} Tm"
        yield f"{place} {_shown(fonts[text.font].encode(text.text), text)}"
    yield "ET"


def _shown(codes: str, text: Text) -> str:
    """Write the codes of a text, its gaps as movements in thousandths of the size (PDF 32000-1, 9.4.3)."""
    gaps = text.gaps
    if not gaps:
        return f"<{codes}> Tj"
    if gaps[0] and len(set(gaps[:-1])) == 1:
        return f"{gaps[0]:.3f} Tc <{codes}> Tj 0 Tc"
    pieces: list[str] = []
    start = 0
    for place, gap in enumerate(gaps, start=1):
        if gap:
            pieces.append(f"<{codes[_DIGITS * start : _DIGITS * place]}>{-gap / text.size * FULL_WIDTH:.1f}")
            start = place
    return f"[{''.join(pieces)}<{codes[_DIGITS * start :]}>] TJ"
