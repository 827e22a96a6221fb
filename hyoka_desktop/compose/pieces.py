"""Turn the pieces of a cell or text block into paragraphs."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace

from hyoka_desktop.compose.anchors import anchor_of_item
from hyoka_desktop.compose.expansion import Context, Expansion, expand
from hyoka_desktop.document.length import Length
from hyoka_desktop.document.model import Align, Paragraph, Run, Style
from hyoka_desktop.formdef.model import EachPiece, LetterPiece, LinkPiece, Piece, TextPiece
from hyoka_desktop.text.markers import list_mark, width_in_em


class Paragraphs:
    """Compose pieces in one style and alignment."""

    def __init__(
        self, style: Style, align: Align | None = None, *, keep_with_next: bool = False, in_cell: bool = False
    ) -> None:
        self._style = style
        self._align = align or style.align
        self._keep_with_next = keep_with_next
        self._in_cell = in_cell
        self._hangs = self._align in {Align.START, Align.JUSTIFY}

    def of(self, pieces: Iterable[Piece], context: Context) -> tuple[Paragraph, ...]:
        """Tell the paragraphs of some pieces as read in a context."""
        return tuple(paragraph for piece in pieces for paragraph in self._piece(piece, context))

    def _piece(self, piece: Piece, context: Context) -> Iterator[Paragraph]:
        match piece:
            case TextPiece():
                yield from self._text(piece, context)
            case EachPiece():
                yield from self._each(piece, context)
            case LetterPiece():
                yield from self._letter(piece, context)
            case LinkPiece(template):
                written = expand(template, context)
                yield self._paragraph((Run(written.text, link=anchor_of_item(context.node)),), written.source)

    def _text(self, piece: TextPiece, context: Context) -> Iterator[Paragraph]:
        written = expand(piece.template, context)
        if not written.text:
            return
        if has_heading(piece, context):
            yield self._caption(piece.heading, written.source)
        for line in written.text.split("\n"):
            if piece.template.names:
                yield self._paragraph((Run(piece.bullet + line),), written.source)
            else:
                yield self._caption(piece.bullet + line, written.source)

    def _each(self, piece: EachPiece, context: Context) -> Iterator[Paragraph]:
        paragraphs = [
            paragraph for inner, child in printed_below(piece, context) for paragraph in self._piece(inner, child)
        ]
        if piece.heading and paragraphs:
            yield self._caption(piece.heading, paragraphs[0].source)
        yield from paragraphs

    def _letter(self, piece: LetterPiece, context: Context) -> Iterator[Paragraph]:
        letter = context.value(piece.field)
        written = Expansion(letter, bool(letter), context.address(piece.field))
        if not letter:
            return
        if letter == context.form.letters.inactive:
            yield self._paragraph((Run(letter),), written.source)
            return
        marks = marks_behind(piece, context)
        underline = bool(piece.underline) and context.is_set(piece.underline)
        runs = (Run(letter, underline=underline), Run(marks)) if marks else (Run(letter, underline=underline),)
        yield self._paragraph(runs, written.source)

    def _caption(self, text: str, source: Hashable) -> Paragraph:
        """Make a paragraph of the form's own words: in a narrow column they are not stretched to fill it."""
        paragraph = self._paragraph((Run(text),), source)
        stretched = self._in_cell and self._align is Align.JUSTIFY
        return replace(paragraph, align=Align.START) if stretched else paragraph

    def _paragraph(self, runs: tuple[Run, ...], source: Hashable) -> Paragraph:
        """Make a paragraph; the lines of a list item stand behind its mark."""
        mark = list_mark(runs[0].text) if self._hangs else ""
        hanging = Length(width_in_em(mark) * self._style.size)
        return Paragraph(runs, self._style, self._align, source, self._keep_with_next, hanging)


def has_heading(piece: TextPiece, context: Context) -> bool:
    """Tell whether the heading of a text is printed above it."""
    return bool(piece.heading) and (piece.heading_with is None or bool(context.children(piece.heading_with)))


def printed_below(piece: EachPiece, context: Context) -> Iterator[tuple[Piece, Context]]:
    """Yield what is printed for each child, with where it stands; a text in which no field is filled is not."""
    for child in context.children(piece.kind):
        for inner in piece.pieces:
            if not isinstance(inner, TextPiece) or expand(inner.template, child).filled:
                yield inner, child


def marks_behind(piece: LetterPiece, context: Context) -> str:
    """Tell the marks that stand behind a letter."""
    return "".join(mark.text for mark in piece.marks if context.is_set(mark.flag))
