"""Write the content of a page: tints, rules and texts as operators (PDF 32000-1, Annex A).

Where it is to be tagged, all of it stands in marked content (14.6): texts of an element under a number, the rest as
artifacts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from hyoka_desktop.typeset.fonts import FULL_WIDTH
from hyoka_desktop.typeset.frames import Element, PageFrame, Text
from hyoka_desktop.typeset.rules import merged_rules
from hyoka_desktop.writers.pdf_font import FontCodes

_DIGITS: Final = 4
"""A code is written with so many."""
_GAP_LIKE_A_SPACE: Final = 0.08
"""In parts of the size; poppler takes a tenth for the end of a word."""


class Marks:
    """Number the marked contents of one page, and know which element each belongs to."""

    end = "EMC"

    def __init__(self) -> None:
        self.elements: list[Element] = []

    def begin(self, element: Element | None, actual: str = "") -> str:
        """Tell the operator that begins content of an element, or content that is an artifact.

        `actual` is what the content reads where its glyphs alone would be misread.
        """
        if element is None:
            return "/Artifact BMC"
        self.elements.append(element)
        number = len(self.elements) - 1
        if actual:
            # A mark inside another one would be tidier, but poppler loses what follows it.
            digits = actual.encode("utf-16-be").hex().upper()
            return f"/Span<</MCID {number}/ActualText<FEFF{digits}>>>BDC"
        return f"/{element.kind}<</MCID {number}>>BDC"


class NoMarks(Marks):
    """Leave content unmarked."""

    end = ""

    def begin(self, element: Element | None, actual: str = "") -> str:
        """Tell no operator."""
        del element, actual
        return ""


def body_content(page: PageFrame, height: float, fonts: Mapping[str, FontCodes], marks: Marks) -> bytes:
    """Write all of a page but what stands in its margins; `height` is that of the paper."""
    drawn = [marks.begin(None), *_fills(page, height), *_rules(page, height), marks.end]
    return _joined([*drawn, *_texts(page.texts, height, fonts, marks)])


def foot_content(foot: Text, height: float, fonts: Mapping[str, FontCodes], marks: Marks) -> bytes:
    """Write the text at the foot of a page, which changes when pages are added before it."""
    return _joined(_texts([foot], height, fonts, marks))


def _joined(operators: Iterable[str]) -> bytes:
    return "\n".join(filter(None, operators)).encode("ascii")


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


def _texts(texts: Iterable[Text], height: float, fonts: Mapping[str, FontCodes], marks: Marks) -> Iterator[str]:
    yield "BT"
    look = None
    for (element, _), its in groupby(texts, key=_mark_key):
        its_texts = list(its)
        yield marks.begin(element, _actual_text(its_texts[0]))
        for text in its_texts:
            font = fonts[text.font]
            if (font, text.size) != look:
                look = (font, text.size)
                yield f"{font.written_name} {text.size:g} Tf"
            place = f"1 0 0 1 {text.x:.2f} {height - text.baseline:.2f} Tm"
            yield f"{place} {_shown(font.encode(text.text), _gaps(text, font), text.size)}"
        yield marks.end
    yield "ET"


def _mark_key(text: Text) -> tuple[Element | None, int]:
    """Tell which texts stand under one mark: neighbours of an element, but each that says what it reads alone."""
    return text.element, id(text) if _actual_text(text) else 0


def _actual_text(text: Text) -> str:
    """Tell what a text with wide gaps reads: readers copy those as spaces (14.9.4). Empty where there are none."""
    return text.text if max(text.gaps[:-1], default=0.0) >= _GAP_LIKE_A_SPACE * text.size else ""


def _gaps(text: Text, font: FontCodes) -> Sequence[float]:
    """Tell the gaps of a text, those behind characters without width drawn back by what their glyphs take."""
    surplus = font.surplus(text.text)
    if not surplus:
        return text.gaps
    gaps = text.gaps or [0.0] * len(surplus)
    return [gap - extra * text.size / FULL_WIDTH for gap, extra in zip(gaps, surplus, strict=True)]


def _shown(codes: str, gaps: Sequence[float], size: float) -> str:
    """Write the codes of a text, its gaps as movements in thousandths of the size (PDF 32000-1, 9.4.3)."""
    if not gaps:
        return f"<{codes}> Tj"
    if gaps[0] and len(set(gaps[:-1])) == 1:
        return f"{gaps[0]:.3f} Tc <{codes}> Tj 0 Tc"
    pieces: list[str] = []
    start = 0
    for place, gap in enumerate(gaps, start=1):
        if gap:
            pieces.append(f"<{codes[_DIGITS * start : _DIGITS * place]}>{-gap / size * FULL_WIDTH:.1f}")
            start = place
    return f"[{''.join(pieces)}<{codes[_DIGITS * start :]}>] TJ"
