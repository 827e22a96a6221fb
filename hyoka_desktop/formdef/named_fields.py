"""Tell which fields the pieces of a form print, and which its prose may quote."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from hyoka_desktop.domain.fields import ACTUAL
from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.formdef.model import (
    EachPiece,
    FieldKind,
    FormDefinition,
    LetterPiece,
    LinkPiece,
    Piece,
    Scope,
    TextPiece,
)

_WORK: Final = frozenset({FieldKind.TEXT, FieldKind.LETTER})


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


def labels_of_values(form: FormDefinition) -> Mapping[str, str]:
    """Tell the captions of the fields whose values prose can quote: those that each achievement has in each year."""
    yearly = (field for field in form.fields_on(NodeKind.ACHIEVEMENT) if field.per is Scope.YEAR)
    return {field.id: field.label for field in yearly if field.kind is FieldKind.QUANTITY}


def fields_of_work(form: FormDefinition) -> frozenset[str]:
    """Tell the fields in which the work of a year is written: its prose, letters and actual values, not its plans."""
    yearly = (field for field in form.fields.values() if field.per is Scope.YEAR and not field.locked)
    return frozenset(field.id for field in yearly if field.kind in _WORK or field.id == ACTUAL)


def holds_prose(form: FormDefinition, field: str) -> bool:
    """Tell whether a field holds prose, which can quote values of indicators."""
    return field in form.fields and form.fields[field].kind in {FieldKind.TEXT, FieldKind.LINES}
