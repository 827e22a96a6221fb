"""Write page frames as a PDF through reportlab's canvas: fonts embedded and subset, outline, links, page labels."""

import io
from collections.abc import Callable
from typing import Any, Final

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from hyoka_desktop.typeset.fonts import FontLibrary
from hyoka_desktop.typeset.frames import Layout, PageFrame, Text
from hyoka_desktop.typeset.rules import merged_rules
from hyoka_desktop.writers.pdf_font import EmbeddedFont

_PRODUCER: Final = "hyoka_desktop"


def write_pdf(layout: Layout, fonts: FontLibrary, checkpoint: Callable[[], None] = lambda: None) -> bytes:
    """Write a layout; the same layout gives the same bytes. `checkpoint` is called for each page and may raise."""
    rl_config.useA85 = 0
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(layout.width, layout.height), pageCompression=1, invariant=1, lang="ja-JP")
    writing = _Writing(canvas, layout, fonts)
    for number, page in enumerate(layout.pages):
        checkpoint()
        writing.page(number, page)
    writing.finish()
    return target.getvalue()


class _Writing:
    """One PDF being written."""

    def __init__(self, canvas: Any, layout: Layout, fonts: FontLibrary) -> None:  # noqa: ANN401 - no types
        self._canvas = canvas
        self._layout = layout
        self._fonts = fonts
        self._embedded: dict[str, EmbeddedFont] = {}
        self._describe()
        self._label_pages()

    def page(self, number: int, page: PageFrame) -> None:
        """Write one page."""
        for anchor, place in self._layout.anchors.items():
            if place.page == number:
                self._canvas.bookmarkPage(anchor, fit="XYZ", left=0, top=self._layout.height - place.y)
        for place_in_outline, entry in enumerate(self._layout.outline):
            target = self._layout.anchors.get(entry.anchor)
            if target is not None and target.page == number:
                key = _outline_key(place_in_outline)
                self._canvas.bookmarkPage(key, fit="XYZ", left=0, top=self._layout.height - target.y)
        for link in page.links:
            if link.anchor in self._layout.anchors:
                bottom = self._layout.height - link.y - link.height
                box = (link.x, bottom, link.x + link.width, bottom + link.height)
                self._canvas.linkAbsolute("", link.anchor, box, Border="[0 0 0]")
        # The preamble of the canvas sets Helvetica, and the canvas has no call that takes ready content.
        self._canvas._preamble = ""  # noqa: SLF001
        self._canvas._code[:] = [self._content(page)]  # noqa: SLF001
        self._canvas.showPage()

    def finish(self) -> None:
        """Write the outline and the fonts, and close the file."""
        for place_in_outline, entry in enumerate(self._layout.outline):
            if entry.anchor in self._layout.anchors:
                key = _outline_key(place_in_outline)
                self._canvas.addOutlineEntry(entry.text, key, entry.level - 1, closed=False)
        document = self._canvas._doc  # noqa: SLF001 - fonts are registered with the document behind the canvas
        document.delayedFonts.extend(self._embedded.values())
        # WORKAROUND: reportlab registers Helvetica as F1 by itself, unembedded, though nothing is set in it.
        document.idToObject["BasicFonts"].dict.pop("F1", None)
        self._canvas.save()

    def _describe(self) -> None:
        self._canvas.setTitle(self._layout.title)
        self._canvas.setAuthor(self._layout.author)
        self._canvas.setProducer(_PRODUCER)
        self._canvas.setCreator(_PRODUCER)
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        if self._layout.outline:
            self._canvas.showOutline()

    def _label_pages(self) -> None:
        """Give the pages in the reader the numbers that are printed on them; those before have roman ones."""
        numbered = next((index for index, page in enumerate(self._layout.pages) if page.number is not None), None)
        if numbered:
            self._canvas.addPageLabel(0, "ROMAN_LOWER", 1)
        if numbered is not None:
            self._canvas.addPageLabel(numbered, "ARABIC", 1)

    def _content(self, page: PageFrame) -> str:
        height = self._layout.height
        operators: list[str] = []
        for fill in page.fills:
            box = f"{fill.x:.2f} {height - fill.y - fill.height:.2f} {fill.width:.2f} {fill.height:.2f}"
            operators.append(f"{fill.tint:g} g {box} re f")
        operators.append("0 g 0 G")
        thickness = None
        for rule in merged_rules(page.rules):
            if rule.thickness != thickness:
                thickness = rule.thickness
                operators.append(f"{thickness:g} w 2 J")
            operators.append(f"{rule.x0:.2f} {height - rule.y0:.2f} m {rule.x1:.2f} {height - rule.y1:.2f} l S")
        operators.append("BT")
        look = None
        for text in page.all_texts():
            font = self._font(text.font)
            if (font, text.size) != look:
                look = (font, text.size)
                operators.append(f"/{font.name} {text.size:g} Tf")
            place = f"1 0 0 1 {text.x:.2f} {height - text.baseline:.2f} Tm"
            operators.append(f"{place} {_shown(font, text)}")
        operators.append("ET")
        return "\n".join(operators)

    def _font(self, file: str) -> EmbeddedFont:
        font = self._embedded.get(file)
        if font is None:
            font = self._embedded[file] = EmbeddedFont(self._fonts.face(file), f"H{len(self._embedded) + 1}")
        return font


def _shown(font: EmbeddedFont, text: Text) -> str:
    """Write a text, with its gaps as movements in thousandths of the size (PDF 32000-1, 9.4.3)."""
    if not text.gaps:
        return f"<{font.encode(text.text)}> Tj"
    if len(set(text.gaps[:-1])) == 1 and text.gaps[0]:
        return f"{text.gaps[0]:.3f} Tc <{font.encode(text.text)}> Tj 0 Tc"
    codes = font.encode(text.text)
    pieces: list[str] = []
    start = 0
    for place, gap in enumerate(text.gaps, start=1):
        if gap:
            pieces.append(f"<{codes[4 * start : 4 * place]}>{-gap / text.size * 1000:.1f}")
            start = place
    return f"[{''.join(pieces)}<{codes[4 * start :]}>]TJ"


def _outline_key(place: int) -> str:
    """Name the destination of a line of the outline.

    reportlab knows the lines by these names, and two lines may lead to one place.
    """
    return f"outline{place}"
