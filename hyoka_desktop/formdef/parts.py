"""Read what the documents of a form are made of: paper, parts, and the documents that are drawn from the report."""

from collections.abc import Callable, Mapping
from typing import Final

from hyoka_desktop.domain.report import NodeKind
from hyoka_desktop.formdef.layout import LayoutReader
from hyoka_desktop.formdef.model import (
    BlocksPart,
    ContentsPart,
    DocumentDefinition,
    FieldDefinition,
    ItemsPart,
    Paper,
    Part,
    SheetsPart,
    StyleDefinition,
)
from hyoka_desktop.formdef.reading import ObjectReader, reading

PAPER_SIZES: Final = {"A4": (210.0, 297.0), "A3": (297.0, 420.0)}
"""Short and long side in millimetres."""


def read_paper(file: str, path: str, value: object) -> Paper:
    """Read size, orientation and margins."""
    with reading(file, path, value) as keys:
        size = keys.text("size")
        if size not in PAPER_SIZES:
            raise keys.refused("size", "choice", size)
        short, long = PAPER_SIZES[size]
        width, height = (long, short) if keys.flag("landscape", default=True) else (short, long)
        margins = [keys.number(name) for name in ("top_mm", "bottom_mm", "left_mm", "right_mm")]
        if margins[0] + margins[1] > height / 2 or margins[2] + margins[3] > width / 2 or min(margins) < 0:
            raise keys.refused("", "margins", size)
        return Paper(width, height, *margins)


def read_part(file: str, path: str, value: object, layout: LayoutReader) -> Part:
    """Read one part, told apart by its first key; `id` and `label` name it for those who choose parts."""
    with reading(file, path, value) as keys:
        part_id = keys.text("id", path)
        label = keys.text("label", part_id)
        if keys.has("contents"):
            return ContentsPart(part_id, label, keys.text("contents"), keys.text("page_prefix", ""))
        if keys.has("sheets"):
            with reading(file, keys.at("sheets"), keys.raw("sheets")) as sheets:
                return SheetsPart(
                    part_id,
                    label,
                    layout.template(sheets.at("section_entry"), sheets.text("section_entry"), NodeKind.SECTION),
                    layout.template(sheets.at("item_entry"), sheets.text("item_entry"), NodeKind.ITEM),
                )
        if keys.has("each_item"):
            blocks = keys.list_of("each_item", lambda at, entry: layout.block(at, entry, NodeKind.ITEM))
            return ItemsPart(part_id, label, blocks, keys.flag("on_one_page"))
        return BlocksPart(
            part_id,
            label,
            keys.list_of("blocks", lambda at, entry: layout.block(at, entry, NodeKind.REPORT)),
            keys.flag("front"),
            keys.flag("new_page", default=True),
        )


def read_documents(
    form: ObjectReader,
    paper: Paper,
    styles: Mapping[str, StyleDefinition],
    fields: Mapping[str, FieldDefinition],
    read_style: Callable[[str, object], StyleDefinition],
) -> Mapping[str, DocumentDefinition]:
    """Read the documents that are drawn from the report; each has the paper and styles of the form and its own."""

    def read(path: str, value: object) -> DocumentDefinition:
        with reading(form.file, path, value) as keys:
            own = keys.mapping_of("styles", lambda _, at, entry: read_style(at, entry)) if keys.has("styles") else {}
            known = {**styles, **own}
            layout = LayoutReader(form.file, fields, frozenset(known))
            return DocumentDefinition(
                keys.text("id"),
                keys.text("label"),
                read_paper(form.file, keys.at("paper"), keys.raw("paper")) if keys.has("paper") else paper,
                known,
                keys.list_of("parts", lambda at, entry: read_part(form.file, at, entry, layout)),
            )

    documents = form.list_of("documents", read)
    return {document.id: document for document in documents}
