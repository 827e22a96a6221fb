"""Break paragraphs into lines of spans, remembering what was broken before."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from hyoka_desktop.document.model import Align, Paragraph, Run, Style
from hyoka_desktop.typeset.fonts import FULL_WIDTH, FontLibrary
from hyoka_desktop.typeset.frames import Link, PageFrame, Rule, Text
from hyoka_desktop.typeset.linebreak import break_text

_MOST_REMEMBERED = 100_000
_UNDERLINE_DEPTH = 0.14
_UNDERLINE_THICKNESS = 0.5
_EM_BOX_TOP = 0.88
_SPACES = " \u3000"


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one broken line: its runs, its width in points without spaces at its end, and how to set it."""

    runs: tuple[Run, ...]
    width: float
    style: Style
    align: Align
    source: Hashable


class LineBreaker:
    """Break paragraphs at given widths; an unchanged text at the same width is not broken again."""

    def __init__(self, fonts: FontLibrary) -> None:
        self._fonts = fonts
        self._broken: dict[tuple[str, float, str, int], tuple[tuple[str, float], ...]] = {}

    def lines(self, paragraph: Paragraph, width: float) -> list[Line]:
        """Break one paragraph at a width in points."""
        style = paragraph.style
        pieces = self._pieces(paragraph.text, style, width - style.indent.pt)
        if len(pieces) == 1:
            return [Line(paragraph.runs, pieces[0][1], style, paragraph.align, paragraph.source)]
        cut = _cut(paragraph.runs, [piece for piece, _ in pieces])
        return [
            Line(runs, natural, style, paragraph.align, paragraph.source)
            for runs, (_, natural) in zip(cut, pieces, strict=True)
        ]

    def width(self, text: str, style: Style) -> float:
        """Tell the natural width of a text in points."""
        widths = self._fonts.face(style.font.file).widths
        return sum([widths[character] for character in text]) * style.size.pt / FULL_WIDTH

    def _pieces(self, text: str, style: Style, width: float) -> tuple[tuple[str, float], ...]:
        """Tell the lines of a text with their widths, from memory where it was broken before."""
        thousandths = width * FULL_WIDTH / style.size.pt
        key = (text, thousandths, style.font.file, style.size)
        pieces = self._broken.get(key)
        if pieces is None:
            if len(self._broken) >= _MOST_REMEMBERED:
                self._broken.clear()
            broken = break_text(text, self._fonts.face(style.font.file).widths, thousandths)
            pieces = self._broken[key] = tuple((piece, self.width(piece.rstrip(_SPACES), style)) for piece in broken)
        return pieces

    def place(self, page: PageFrame, line: Line, x: float, top: float, width: float, *, artifact: bool = False) -> None:
        """Put a line on a page, its box of the line's leading beginning at `top`."""
        size = line.style.size.pt
        baseline = top + (line.style.leading.pt - size) / 2 + size * _EM_BOX_TOP
        x += line.style.indent.pt
        room = width - line.style.indent.pt - line.width
        if line.align is Align.CENTER:
            x += room / 2
        elif line.align is Align.END:
            x += room
        for run in line.runs:
            run_width = line.width if len(line.runs) == 1 else self.width(run.text, line.style)
            if run.text:
                page.texts.append(
                    Text(x, baseline, run_width, line.style.font.file, size, run.text, line.source, artifact)
                )
            if run.underline:
                y = baseline + size * _UNDERLINE_DEPTH
                page.rules.append(Rule(x, y, x + run_width, y, _UNDERLINE_THICKNESS))
            if run.link:
                page.links.append(Link(x, top, run_width, line.style.leading.pt, run.link))
            x += run_width


def _cut(runs: Sequence[Run], pieces: Sequence[str]) -> list[tuple[Run, ...]]:
    """Cut runs at the ends of lines."""
    if len(runs) == 1:
        run = runs[0]
        return [(Run(piece, run.underline, run.link),) for piece in pieces]
    cut: list[tuple[Run, ...]] = []
    place, start = 0, 0
    for piece in pieces:
        line: list[Run] = []
        left = len(piece)
        while left or not line:
            run = runs[place]
            taken = run.text[start : start + left]
            line.append(Run(taken, run.underline, run.link))
            left -= len(taken)
            start += len(taken)
            if start >= len(run.text) and place + 1 < len(runs):
                place, start = place + 1, 0
        cut.append(tuple(line))
    return cut
