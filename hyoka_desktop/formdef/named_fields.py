"""Tell which fields the pieces of a form print."""

from collections.abc import Iterable, Iterator

from hyoka_desktop.formdef.model import EachPiece, LetterPiece, LinkPiece, Piece, TextPiece


def named_in(pieces: Iterable[Piece]) -> Iterator[str]:
    """Yield the names that some pieces mention, in order, those of repeated pieces too; computed names among them."""
    for piece in pieces:
        match piece:
            case TextPiece(template) | LinkPiece(template):
                yield from template.names
            case LetterPiece(field):
                yield field
            case EachPiece(_, inner):
                yield from named_in(inner)
