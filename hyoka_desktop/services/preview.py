"""Lay out parts of a report for the screen: the 調書 of an item, a part of the form, lines of a cell."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hyoka_desktop.compose.contents import sheet_of_item
from hyoka_desktop.compose.expansion import Context, expand
from hyoka_desktop.compose.options import Options
from hyoka_desktop.compose.pieces import Paragraphs
from hyoka_desktop.compose.report import ReportComposer, SectionMemory, Selection
from hyoka_desktop.compose.styles import StyleSheet
from hyoka_desktop.domain.report import ROOT, NodeKind, YearView
from hyoka_desktop.formdef.model import (
    Block,
    BlocksPart,
    EachPiece,
    FormDefinition,
    HeadingBlock,
    LetterPiece,
    Piece,
    RowGroup,
    RowTemplate,
    Sheet,
    TableBlock,
    TextBlock,
)
from hyoka_desktop.formdef.named_fields import named_in
from hyoka_desktop.typeset.fonts import FontLibrary
from hyoka_desktop.typeset.frames import Layout
from hyoka_desktop.typeset.pages import Typesetter


@dataclass(frozen=True, slots=True)
class Target:
    """Name what is previewed: the 調書 of an item (node id), or a part of the form (its index)."""

    item: int | None = None
    part: int | None = None


@dataclass(frozen=True, slots=True)
class ComputedPart:
    """Name a part of the form that has no page of its own to edit, such as the 総括表."""

    index: int
    label: str


class Previewer:
    """Lay out previews, keeping broken lines, so that an edit costs little."""

    def __init__(self, form: FormDefinition, fonts: FontLibrary) -> None:
        self._form = form
        self._typesetter = Typesetter(fonts)
        self._memory = SectionMemory()

    def layout(self, view: YearView, target: Target, checkpoint: Callable[[], None]) -> Layout:
        """Lay out one target; `checkpoint` may raise to give up."""
        composer = ReportComposer(self._form, view, memory=self._memory)
        document = (
            composer.part(target.part or 0)
            if target.item is None
            else composer.document(Selection(items=(target.item,)))
        )
        checkpoint()
        return self._typesetter.set(document, checkpoint)


def sheet_of(form: FormDefinition, view: YearView, item: int) -> Sheet:
    """Tell the 調書 that an item has."""
    return sheet_of_item(form, view, view.snapshot.tree.nodes[item])


def part_of_page(form: FormDefinition, page: str) -> int | None:
    """Tell the part of the form that prints the fields of a page, None where there is none."""
    fields = {field.id for field in form.fields.values() if field.tab == page}
    for index, part in enumerate(form.parts):
        if isinstance(part, BlocksPart) and fields & set(_names(part)):
            return index
    return None


def computed_parts(form: FormDefinition, view: YearView) -> tuple[ComputedPart, ...]:
    """Tell the parts of the form that no page edits, with their names in the contents."""
    edited = {part_of_page(form, page.id) for page in form.pages}
    found: list[ComputedPart] = []
    for index, part in enumerate(form.parts):
        if isinstance(part, BlocksPart) and index not in edited:
            heading = next((block for block in part.blocks if isinstance(block, HeadingBlock)), None)
            if heading is not None:
                template = heading.contents_text or heading.template
                label = expand(template, Context(form, view, ROOT, view.year, Options())).text
                found.append(ComputedPart(index, label))
    return tuple(found)


def letter_of_summary(form: FormDefinition) -> LetterPiece:
    """Tell how the form marks a letter in its 総括表; unmarked where it has none."""
    pieces = (
        piece
        for part in form.parts
        if isinstance(part, BlocksPart)
        for block in part.blocks
        if isinstance(block, TableBlock)
        for row in block.rows
        for piece in _all_pieces(row)
    )
    return next((piece for piece in pieces if isinstance(piece, LetterPiece)), LetterPiece(""))


def printed_lines(form: FormDefinition, view: YearView, row: int) -> tuple[str, ...]:
    """Tell the lines that the indicators of a row print, as every sheet of the form has them."""
    context = Context(form, view, row, view.year, Options())
    style = StyleSheet(form.report, form.fonts).styles["cell"]
    pieces = dict.fromkeys(
        piece
        for sheet in form.sheets.values()
        for block in sheet.blocks
        for piece in _pieces(block)
        if isinstance(piece, EachPiece) and any(isinstance(inner, EachPiece) for inner in piece.pieces)
    )
    return tuple(paragraph.text for paragraph in Paragraphs(style).of(pieces, context))


def _names(part: BlocksPart) -> Iterator[str]:
    for block in part.blocks:
        if isinstance(block, HeadingBlock):
            yield from block.template.names
        yield from named_in(_pieces(block))


def _pieces(block: Block) -> Iterator[Piece]:
    """Yield the pieces of a block, without those that are computed for each 区分."""
    if isinstance(block, TableBlock):
        for row in block.rows:
            if not isinstance(row, RowGroup) or row.kind is not NodeKind.SECTION:
                yield from _all_pieces(row)
    elif isinstance(block, TextBlock):
        yield from block.pieces


def _all_pieces(row: RowTemplate | RowGroup) -> Iterator[Piece]:
    if isinstance(row, RowGroup):
        for inner in row.rows:
            yield from _all_pieces(inner)
    else:
        for cell in row.cells:
            yield from cell.pieces
