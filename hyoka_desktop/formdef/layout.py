"""Read the layout of a form: blocks, tables, rows, cells and pieces, each checked against the declared fields.

A template is read in the context of a kind of node: it may mention the fields of that kind and of those above it.
"""

from collections.abc import Mapping

from hyoka_desktop.domain import fields
from hyoka_desktop.domain.report import PARENT_KIND, NodeKind
from hyoka_desktop.errors import InputError
from hyoka_desktop.formdef.model import (
    Align,
    Block,
    CellTemplate,
    ChartsBlock,
    Column,
    EachPiece,
    FieldDefinition,
    HeadingBlock,
    LetterPiece,
    LinkPiece,
    Mark,
    Piece,
    RowGroup,
    RowTemplate,
    Stretch,
    TableBlock,
    TextBlock,
    TextPiece,
)
from hyoka_desktop.formdef.reading import ObjectReader, reading, wrong_value
from hyoka_desktop.formdef.template import COLUMN_YEAR, RATE, Template, parse_template

_CHARTS_BESIDE = 4


class LayoutReader:
    """Read layout objects of one form file, knowing its fields and its styles."""

    def __init__(self, file: str, fields: Mapping[str, FieldDefinition], styles: frozenset[str]) -> None:
        self._file = file
        self._fields = fields
        self._styles = styles

    def block(self, path: str, value: object, context: NodeKind) -> Block:
        """Read one block: a table, a heading or paragraphs, told apart by their first key."""
        with reading(self._file, path, value) as keys:
            if keys.has("charts"):
                return self._charts(keys, context)
            if keys.has("columns"):
                return self._table(keys, context)
            if keys.has("heading"):
                return HeadingBlock(
                    self.template(keys.at("heading"), keys.text("heading"), context),
                    int(keys.number("level", 1)),
                    keys.text("contents_number", ""),
                    self.template(keys.at("contents"), keys.text("contents"), context)
                    if keys.has("contents")
                    else None,
                )
            return TextBlock(
                keys.list_of("text", lambda at, entry: self._piece(at, entry, context)),
                self._style(keys, "body"),
                keys.flag("keep_with_next"),
            )

    def _charts(self, keys: ObjectReader, context: NodeKind) -> ChartsBlock:
        for name in (fields.TARGET, fields.ACTUAL):
            if name not in self._fields:
                raise keys.refused("charts", "unknown_field", name)
        if context is not NodeKind.ITEM:
            raise keys.refused("charts", "out_of_reach", context.value)
        return ChartsBlock(keys.text("charts"), int(keys.number("beside", _CHARTS_BESIDE)), keys.number("height_mm"))

    def template(self, path: str, source: str, context: NodeKind) -> Template:
        """Read a template and check that every field that it mentions is within reach; InputError where one is not."""
        try:
            template = parse_template(source)
        except ValueError as fault:
            raise InputError("form_template", file=self._file, key=path, value=str(fault)) from None
        for name in template.names:
            if name == RATE:
                self._check_rate(path, context)
            elif name != COLUMN_YEAR:
                self._check_field(path, name, context)
        return template

    def _check_rate(self, path: str, context: NodeKind) -> None:
        """Refuse the rate where there is no achievement to compute it of."""
        for name in (fields.TARGET, fields.ACTUAL):
            self._check_field(path, name, context)

    def _check_field(self, path: str, name: str, context: NodeKind) -> None:
        field = self._fields.get(name)
        if field is None:
            raise InputError("form_unknown_field", file=self._file, key=path, value=name)
        kind: NodeKind | None = context
        while kind is not None and kind is not field.on:
            kind = PARENT_KIND[kind]
        if kind is None:
            raise InputError("form_out_of_reach", file=self._file, key=path, value=name)

    def _style(self, keys: ObjectReader, default: str) -> str:
        style = keys.text("style", default)
        if style not in self._styles:
            raise keys.refused("style", "unknown_style", style)
        return style

    def _table(self, keys: ObjectReader, context: NodeKind) -> TableBlock:
        table = TableBlock(
            keys.text("title"),
            keys.list_of("columns", self._column),
            keys.list_of("rows", lambda at, entry: self._row(at, entry, context)),
            keys.flag("keep_together"),
            keys.flag("keep_notes"),
        )
        self._check_header(keys, table)
        for index, row in enumerate(table.rows):
            self._check_width(f"{keys.at('rows')}[{index}]", row, table.columns)
        return table

    def _check_header(self, keys: ObjectReader, table: TableBlock) -> None:
        """Refuse a header cell that reaches below the header, since the header repeats on every page."""
        header = [row for row in table.rows if isinstance(row, RowTemplate) and row.header]
        for index, row in enumerate(header):
            for place, cell in enumerate(row.cells):
                if cell.rowspan is None or cell.rowspan > len(header) - index:
                    raise keys.refused(f"rows[{index}].cells[{place}].rowspan", "header_span")

    def _column(self, path: str, value: object) -> Column:
        if isinstance(value, dict):
            with reading(self._file, path, value) as keys:
                return Column(keys.number("each_year_total_mm"), each_year=True)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise wrong_value(self._file, path, "number", value)
        return Column(value)

    def _row(self, path: str, value: object, context: NodeKind) -> RowTemplate | RowGroup:
        with reading(self._file, path, value) as keys:
            if keys.has("each"):
                kind = self._child_kind(keys, context)
                return RowGroup(kind, keys.list_of("rows", lambda at, entry: self._row(at, entry, kind)))
            return RowTemplate(
                keys.list_of("cells", lambda at, entry: self._cell(at, entry, context)),
                keys.flag("header"),
                keys.number("least_mm", 0),
            )

    def _check_width(self, path: str, row: RowTemplate | RowGroup, columns: tuple[Column, ...]) -> None:
        """Refuse a row that does not fill the columns (rows under a rowspan are checked when composed)."""
        if isinstance(row, RowGroup):
            for index, inner in enumerate(row.rows):
                self._check_width(f"{path}.rows[{index}]", inner, columns)
        elif sum(cell.colspan for cell in row.cells if isinstance(cell.colspan, int)) > _most_columns(columns):
            raise InputError("form_row_width", file=self._file, key=path, value=str(len(columns)))

    def _child_kind(self, keys: ObjectReader, context: NodeKind) -> NodeKind:
        kind = keys.choice("each", NodeKind)
        if PARENT_KIND[kind] is not context:
            raise keys.refused("each", "out_of_reach", kind.value)
        return kind

    def _cell(self, path: str, value: object, context: NodeKind) -> CellTemplate:
        if isinstance(value, str | list):
            value = {"text": value}
        with reading(self._file, path, value) as keys:
            rest = keys.has("rowspan") and keys.raw("rowspan") == "rest"
            share = keys.text("share_above", "")
            if share:
                self._check_field(keys.at("share_above"), share, context)
            return CellTemplate(
                self._pieces(keys, context),
                self._colspan(keys),
                None if rest else int(keys.number("rowspan", 1)),
                keys.flag("each_year"),
                self._style(keys, "cell"),
                keys.choice("align", Align) if keys.has("align") else None,
                keys.flag("label"),
                share,
                int(keys.number("years_before", 0)),
            )

    def _colspan(self, keys: ObjectReader) -> int | Stretch:
        if keys.has("colspan") and isinstance(keys.raw("colspan"), str):
            return keys.choice("colspan", Stretch)
        return int(keys.number("colspan", 1))

    def _pieces(self, keys: ObjectReader, context: NodeKind) -> tuple[Piece, ...]:
        value = keys.raw("text") if keys.has("text") else []
        if isinstance(value, str):
            return (TextPiece(self.template(keys.at("text"), value, context)),)
        return keys.list_of("text", lambda at, entry: self._piece(at, entry, context))

    def _piece(self, path: str, value: object, context: NodeKind) -> Piece:
        if isinstance(value, str):
            return TextPiece(self.template(path, value, context))
        with reading(self._file, path, value) as keys:
            if keys.has("each"):
                kind = self._child_kind(keys, context)
                pieces = keys.list_of("text", lambda at, entry: self._piece(at, entry, kind))
                return EachPiece(kind, pieces, keys.text("heading", ""))
            if keys.has("letter"):
                return self._letter(keys, context)
            if keys.has("link"):
                return LinkPiece(self.template(keys.at("link"), keys.text("link"), context))
            return TextPiece(
                self.template(keys.at("text"), keys.text("text"), context),
                keys.text("heading", ""),
                keys.choice("heading_with", NodeKind) if keys.has("heading_with") else None,
                keys.text("bullet", ""),
            )

    def _letter(self, keys: ObjectReader, context: NodeKind) -> LetterPiece:
        letter = LetterPiece(keys.text("letter"), keys.list_of("marks", self._mark), keys.text("underline", ""))
        used = [letter.field, *(mark.flag for mark in letter.marks), *([letter.underline] if letter.underline else [])]
        for name in used:
            self._check_field(keys.at("letter"), name, context)
        return letter

    def _mark(self, path: str, value: object) -> Mark:
        with reading(self._file, path, value) as keys:
            return Mark(keys.text("flag"), keys.text("text"))


_MOST_YEARS = 7


def _most_columns(columns: tuple[Column, ...]) -> int:
    """Tell how many columns there are where the period has seven years, the longest by law."""
    return sum(_MOST_YEARS if column.each_year else 1 for column in columns)
