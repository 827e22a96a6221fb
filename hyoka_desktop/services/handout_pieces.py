"""Tell of what lines a cell of a document was made, and which of them are which field: what can come back in them.

It follows the pieces of the form as `compose.pieces` does, and holds what that prints nothing for: empty fields.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hyoka_desktop.compose.expansion import Context, Stretch, expand, stretches
from hyoka_desktop.compose.options import Options
from hyoka_desktop.compose.pieces import has_heading, marks_behind, printed_below
from hyoka_desktop.compose.tables import Origin
from hyoka_desktop.domain.livevalues import LiveValues, has_live_values
from hyoka_desktop.domain.report import Address, YearView
from hyoka_desktop.exchange.word.expected import Piece, Quote, Rule, Slot
from hyoka_desktop.formdef import model as form_model
from hyoka_desktop.formdef.model import EachPiece, FieldKind, FormDefinition, LetterPiece, LinkPiece, TextPiece
from hyoka_desktop.formdef.named_fields import holds_prose, labels_of_values
from hyoka_desktop.formdef.template import Place, Template

_RULES = {
    FieldKind.TEXT: Rule.PROSE,
    FieldKind.LINES: Rule.LINES,
    FieldKind.LETTER: Rule.CHOICE,
    FieldKind.CHOICE: Rule.CHOICE,
}


class HandoutPieces:
    """Tell the pieces of the cells of one document."""

    def __init__(self, form: FormDefinition, view: YearView, options: Options) -> None:
        self._form = form
        self._view = view
        self._options = options
        self._values: dict[int, LiveValues] = {}

    def of(self, origin: Origin, *, label: bool) -> tuple[Piece, ...]:
        """Tell the pieces of a cell in order; in a caption nothing may be changed."""
        context = self.context(origin.node, origin.column_year)
        pieces = tuple(piece for one in origin.pieces for piece in self._piece(one, context))
        return tuple(_locked(piece) for piece in pieces) if label else pieces

    def context(self, node: int, year: int) -> Context:
        """Stand at a node in the column of a year."""
        return Context(self._form, self._view, node, year, self._options)

    def slot(self, place: tuple[int, int], field_id: str, context: Context, *, is_written: bool = False) -> Slot:
        """Make the slot of a field that stands at a place of the text."""
        field = self._form.fields[field_id]
        address = context.address(field_id)
        stored = self._view.snapshot.stored(address) or ""
        choices = field.choices
        if field.kind is FieldKind.LETTER:
            choices = (*self._form.letters.choices, self._form.letters.inactive)
        return Slot(
            *place,
            address,
            field.label,
            self._rule(field_id, context, is_written=is_written),
            stored,
            context.value(field_id),
            choices,
            self._quotes(stored, address, context) if holds_prose(self._form, field_id) else (),
        )

    def _rule(self, field_id: str, context: Context, *, is_written: bool) -> Rule:
        field = self._form.fields[field_id]
        if context.column_year > self._view.year:
            return Rule.LATER
        if field.locked or context.is_withheld(field):
            return Rule.LOCKED
        return Rule.WRITTEN if is_written else _RULES.get(field.kind, Rule.LINE)

    def _quotes(self, stored: str, address: Address, context: Context) -> tuple[Quote, ...]:
        if not has_live_values(stored):
            return ()
        year = context.column_year
        if year not in self._values:
            self._values[year] = LiveValues(self._view.in_year(year), labels_of_values(self._form))
        return tuple(Quote(*place) for place in self._values[year].printed_places(stored, address.node))

    def _piece(self, piece: form_model.Piece, context: Context) -> Iterator[Piece]:
        match piece:
            case TextPiece():
                yield from self._text(piece, context)
            case EachPiece():
                yield from self._each(piece, context)
            case LetterPiece():
                yield self._letter(piece, context)
            case LinkPiece(template):
                yield Piece(expand(template, context).text)

    def _text(self, piece: TextPiece, context: Context) -> Iterator[Piece]:
        written = expand(piece.template, context)
        if not written.text:
            yield from self._hidden(piece.template, context)
            return
        if has_heading(piece, context):
            yield Piece(piece.heading)
        first = next((name for name in piece.template.names if name in self._form.fields), None)
        if not written.filled and first is not None and written.text == self._form.fields[first].guidance:
            slot = replace(self.slot((0, len(written.text)), first, context), printed=written.text, is_guidance=True)
            yield Piece(written.text, (slot,))
            return
        yield from self._lines(piece, written.text, stretches(piece.template, context), context)

    def _lines(self, piece: TextPiece, text: str, found: Sequence[Stretch], context: Context) -> Iterator[Piece]:
        """Tell the lines of a text: with one field in them, the whole lines around it stand alone."""
        slots = tuple(
            self.slot((stretch.start, stretch.end), stretch.field, context, is_written=stretch.is_written)
            for stretch in found
        )
        bulleted = "\n".join(piece.bullet + line for line in text.split("\n"))
        if len(slots) == 1 and (not piece.bullet or (slots[0].start, slots[0].end) == (0, len(text))):
            whole = replace(slots[0], end=len(bulleted)) if piece.bullet else slots[0]
            yield from around(Piece(bulleted, (whole,), bullet=piece.bullet))
        else:
            yield Piece(bulleted, () if piece.bullet else slots)

    def _hidden(self, template: Template, context: Context) -> Iterator[Piece]:
        """Tell the place of an empty field that prints nothing, where it alone can stand there."""
        places = [part for part in template.parts if isinstance(part, Place)]
        if len(places) != 1 or len(template.parts) != 1 or places[0].names[0] not in self._form.fields:
            return
        field = self._form.fields[places[0].names[0]]
        before, found, after = (places[0].pattern if places[0].pattern is not None else "%").partition("%")
        if field.kind is FieldKind.FLAG or not found or len(places[0].names) > 1:
            return
        place = (len(before), len(before))
        slot = self.slot(place, field.id, context, is_written=places[0].format is not None)
        yield Piece(before + after, (slot,), shown=False)

    def _each(self, piece: EachPiece, context: Context) -> Iterator[Piece]:
        pieces = [
            found
            for inner, child in printed_below(piece, context)
            for found in self._piece(inner, child)
            if found.shown
        ]
        if piece.heading and pieces:
            yield Piece(piece.heading)
        yield from pieces

    def _letter(self, piece: LetterPiece, context: Context) -> Piece:
        letter = context.value(piece.field)
        slot = self.slot((0, len(letter)), piece.field, context)
        active = letter and letter != self._form.letters.inactive
        marks = marks_behind(piece, context) if active else ""
        return Piece(letter + marks, (slot,), shown=bool(letter))


def around(piece: Piece) -> Iterator[Piece]:
    """Divide a piece with one field: the whole lines before and behind it are pieces of their own."""
    slot = piece.slots[0]
    begin = piece.text.rfind("\n", 0, slot.start) + 1
    behind = piece.text.find("\n", slot.end)
    end = len(piece.text) if behind < 0 else behind
    if begin:
        yield Piece(piece.text[: begin - 1])
    moved = replace(slot, start=slot.start - begin, end=slot.end - begin)
    yield replace(piece, text=piece.text[begin:end], slots=(moved,))
    if end < len(piece.text):
        yield Piece(piece.text[end + 1 :])


def _locked(piece: Piece) -> Piece:
    return replace(piece, slots=tuple(replace(slot, rule=Rule.LOCKED) for slot in piece.slots))
