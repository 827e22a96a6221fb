"""Break paragraphs into lines, remembering what was broken before, and put the lines on pages."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from hyoka_desktop.document.length import Length
from hyoka_desktop.document.model import Align, Paragraph, Run, Style
from hyoka_desktop.typeset.clusters import advances, clusters
from hyoka_desktop.typeset.fonts import FULL_WIDTH, FontLibrary
from hyoka_desktop.typeset.frames import Element, Link, PageFrame, Rule, Text
from hyoka_desktop.typeset.labelbreak import break_label
from hyoka_desktop.typeset.linebreak import break_text
from hyoka_desktop.typeset.spacing import filling_gaps, natural_gaps, spreading_gaps
from hyoka_desktop.typeset.structure import add_link

_MOST_REMEMBERED = 100_000
_UNDERLINE_DEPTH = 0.14
_UNDERLINE_THICKNESS = 0.5
_EM_BOX_TOP = 0.88
_SPACES = " \u3000"
_SMALLER = 0.94
_MOST_HANGING = 0.4
"""Of the width of a column: a mark that is wider does not push the lines further in."""
_FILLING = frozenset({Align.JUSTIFY, Align.DISTRIBUTE})


@dataclass(frozen=True, slots=True)
class SetText:
    """Hold the text of one line as it is set: its width in points without spaces at its end, and its gaps.

    `spans` are its pieces by font file; `gaps` the space behind each character in points, empty where there is none.
    """

    text: str
    width: float
    spans: tuple[tuple[str, str], ...]
    gaps: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """Hold one broken line: its runs, its text as set, how to set it, and its place in its paragraph.

    `shift` is what a line stands further in (hanging indent); `ahead` and `behind` tell how many lines of the paragraph
    come before and after.
    """

    runs: tuple[Run, ...]
    set_text: SetText
    style: Style
    align: Align
    source: Hashable
    shift: float = 0.0
    ahead: int = 0
    behind: int = 0

    @property
    def width(self) -> float:
        """Tell the width in points without spaces at the end."""
        return self.set_text.width


class LineBreaker:
    """Break paragraphs at given widths; an unchanged text at the same width is not broken again."""

    def __init__(self, fonts: FontLibrary) -> None:
        self._fonts = fonts
        self._broken: dict[Hashable, tuple[SetText, ...]] = {}

    def lines(self, paragraph: Paragraph, width: float, *, label: bool = False) -> list[Line]:
        """Break one paragraph at a width in points; the lines of a centred label are made alike."""
        style = paragraph.style
        room = width - style.indent.pt
        hanging = min(paragraph.hanging.pt, room * _MOST_HANGING)
        set_texts = self._set_texts(paragraph.text, style, paragraph.align, room, hanging, label=label)
        last = len(set_texts) - 1
        cut = _cut(paragraph.runs, [set_text.text for set_text in set_texts]) if last else [paragraph.runs]
        return [
            Line(runs, set_text, style, paragraph.align, paragraph.source, hanging if n else 0.0, n, last - n)
            for n, (runs, set_text) in enumerate(zip(cut, set_texts, strict=True))
        ]

    def single_line(self, text: str, style: Style) -> Line:
        """Set a text in one line, however wide it is."""
        return Line((Run(text),), self._natural(text, style), style, style.align, None)

    def fitting_line(self, paragraph: Paragraph, room: float) -> Line:
        """Set a paragraph in one line, in smaller type where it is too long for the room."""
        style = paragraph.style
        wanted = self._natural(paragraph.text, style)
        if wanted.width > room:
            style = replace(style, size=Length(style.size * room / wanted.width))
            wanted = self._natural(paragraph.text, style)
        return Line((Run(paragraph.text),), wanted, style, paragraph.align, paragraph.source)

    def fitting_lines(self, paragraph: Paragraph, room: float, most: int) -> list[Line]:
        """Set a paragraph in at most so many lines, in smaller type where it is too long for them."""
        if most == 1:
            return [self.fitting_line(paragraph, room)]
        lines = self.lines(paragraph, room)
        while len(lines) > most:
            style = replace(paragraph.style, size=Length(round(paragraph.style.size * _SMALLER)))
            paragraph = replace(paragraph, style=style)
            lines = self.lines(paragraph, room)
        return lines

    def width(self, text: str, style: Style) -> float:
        """Tell the natural width of a text in points, without spaces at its end."""
        return self._natural(text, style).width

    def _natural(self, text: str, style: Style) -> SetText:
        bare = text.rstrip(_SPACES)
        gaps = natural_gaps(text, style.latin_space * style.size.pt)
        widths = self._fonts.widths(style.font.file)
        width = sum(advances(bare, widths)) * style.size.pt / FULL_WIDTH + sum(gaps)
        return SetText(text, width, tuple(self._fonts.spans(style.font.file, text)), tuple(gaps))

    def _set_texts(
        self, text: str, style: Style, align: Align, width: float, hanging: float, *, label: bool
    ) -> tuple[SetText, ...]:
        """Tell the lines of a text as they are set, from memory where it was broken before."""
        key = (text, width, hanging, style.font.file, style.size, style.latin_space, align, label)
        known = self._broken.get(key)
        if known is None:
            if len(self._broken) >= _MOST_REMEMBERED:
                self._broken.clear()
            known = self._broken[key] = tuple(self._broken_texts(text, style, align, width, hanging, label=label))
        return known

    def _broken_texts(
        self, text: str, style: Style, align: Align, width: float, hanging: float, *, label: bool
    ) -> Iterator[SetText]:
        em = style.size.pt / FULL_WIDTH
        widths = self._fonts.widths(style.font.file)
        space = style.latin_space * FULL_WIDTH
        if label and align is Align.CENTER:
            pieces = break_label(text, widths, width / em, space)
        else:
            pieces = break_text(text, widths, width / em, (width - hanging) / em, space)
        for number, piece in enumerate(pieces):
            room = width - (hanging if number else 0.0)
            yield self._set_text(piece, style, align, room, is_last=number == len(pieces) - 1)

    def _set_text(self, text: str, style: Style, align: Align, width: float, *, is_last: bool) -> SetText:
        natural = self._natural(text, style)
        left = width - natural.width
        if left <= 0 or align not in _FILLING or (align is Align.JUSTIFY and is_last):
            return natural
        bare = text.rstrip(_SPACES)
        if align is Align.JUSTIFY:
            gaps = filling_gaps(bare, left, style.size.pt, style.latin_space * style.size.pt)
        else:
            gaps = spreading_gaps(bare, left)
        if not gaps or not any(gaps):
            return natural
        return SetText(text, width, natural.spans, (*gaps, *[0.0] * (len(text) - len(bare))))

    def place(
        self, page: PageFrame, line: Line, x: float, top: float, width: float, element: Element | None = None
    ) -> None:
        """Put a line on a page as a part of an element, its box of the line's leading beginning at `top`."""
        style, size = line.style, line.style.size.pt
        baseline = top + (style.leading.pt - size) / 2 + size * _EM_BOX_TOP
        x += style.indent.pt + line.shift
        room = width - style.indent.pt - line.shift - line.width
        if line.align is Align.CENTER:
            x += room / 2
        elif line.align is Align.END:
            x += room
        for text, run in self._pieces(line, x, baseline):
            text.element = add_link(element) if run.link and element is not None else element
            if text.text:
                page.texts.append(text)
            if run.underline:
                y = baseline + size * _UNDERLINE_DEPTH
                page.rules.append(Rule(text.x, y, text.x + text.width, y, _UNDERLINE_THICKNESS))
            if run.link:
                page.links.append(Link(text.x, top, text.width, style.leading.pt, run.link, text.element))

    def _pieces(self, line: Line, x: float, baseline: float) -> Iterator[tuple[Text, Run]]:
        """Tell the pieces of a line that have one font and one look each."""
        set_text, size = line.set_text, line.style.size.pt
        if len(line.runs) == 1 and len(set_text.spans) == 1:
            gaps = _by_cluster(set_text.text, set_text.gaps)
            file = set_text.spans[0][0]
            yield (
                Text(x, baseline, set_text.width, file, size, set_text.text, line.source, None, gaps),
                line.runs[0],
            )
            return
        edges = self._edges(set_text, line.style)
        for start, end, file, run in _looks(set_text.spans, line.runs):
            text = set_text.text[start:end]
            gaps = _by_cluster(text, set_text.gaps[start:end])
            left, right = edges[start], edges[end]
            yield Text(x + left, baseline, right - left, file, size, text, line.source, None, gaps), run

    def _edges(self, set_text: SetText, style: Style) -> list[float]:
        """Tell where each character of a line begins, in points from its start."""
        widths = self._fonts.widths(style.font.file)
        taken = [advance * style.size.pt / FULL_WIDTH for advance in advances(set_text.text, widths)]
        if set_text.gaps:
            taken = [advance + gap for advance, gap in zip(taken, set_text.gaps, strict=True)]
        return list(accumulate(taken, initial=0.0))


def _by_cluster(text: str, gaps: tuple[float, ...]) -> tuple[float, ...]:
    """Tell the gaps behind each character with its variation selector."""
    cut = clusters(text)
    if not gaps or len(cut) == len(text):
        return gaps
    ends = list(accumulate((len(cluster) for cluster in cut), initial=0))
    return tuple(sum(gaps[start:end]) for start, end in pairwise(ends))


def _looks(spans: Sequence[tuple[str, str]], runs: Sequence[Run]) -> Iterator[tuple[int, int, str, Run]]:
    """Cut a line where its font or its run changes; a run without text stands with no characters."""
    start = 0
    pieces = [(file, len(text)) for file, text in spans]
    for run in runs:
        left = len(run.text)
        if not left:
            yield start, start, pieces[0][0] if pieces else "", run
        while left:
            file, length = pieces[0]
            taken = min(left, length)
            yield start, start + taken, file, run
            start += taken
            left -= taken
            pieces[0] = (file, length - taken)
            if length == taken:
                pieces.pop(0)


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
