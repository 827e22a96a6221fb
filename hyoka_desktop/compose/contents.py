"""Compose the contents: a line for each part that names itself, and for each 調書."""

from collections.abc import Iterable, Iterator

from hyoka_desktop.compose.anchors import anchor_of_heading, anchor_of_item, anchor_of_part
from hyoka_desktop.compose.expansion import Context, expand
from hyoka_desktop.document.model import ContentsEntry
from hyoka_desktop.domain import fields
from hyoka_desktop.domain.report import ROOT, Node, NodeKind, YearView
from hyoka_desktop.formdef.model import (
    BlocksPart,
    FormDefinition,
    HeadingBlock,
    Part,
    Sheet,
    SheetsPart,
)


def contents_entries(parts: Iterable[tuple[int, Part]], root: Context) -> Iterator[ContentsEntry]:
    """Yield the lines for some parts, each with its place in the form."""
    for index, part in parts:
        if isinstance(part, BlocksPart):
            yield from _entries_of_blocks(index, part, root)
        elif isinstance(part, SheetsPart):
            yield from _entries_of_sheets(part, root)


def sheet_of_item(form: FormDefinition, view: YearView, item: Node) -> Sheet:
    """Tell the sheet that the 区分 of an item names; the first of the form where it names none."""
    name = view.text(item.parent or ROOT, fields.SHEET_FORM)
    return form.sheets[name] if name in form.sheets else next(iter(form.sheets.values()))


def _entries_of_blocks(index: int, part: BlocksPart, root: Context) -> Iterator[ContentsEntry]:
    headings = [block for block in part.blocks if isinstance(block, HeadingBlock)]
    for number, block in enumerate(headings):
        if block.contents_text is not None:
            anchor = anchor_of_heading(anchor_of_part(index), number)
            yield ContentsEntry(1, block.contents_number, expand(block.contents_text, root).text, anchor)


def _entries_of_sheets(part: SheetsPart, root: Context) -> Iterator[ContentsEntry]:
    number = ""
    for section in root.children(NodeKind.SECTION):
        items = section.children(NodeKind.ITEM)
        if not items:
            continue
        first = root.view.snapshot.tree.nodes[items[0].node]
        sheet = sheet_of_item(root.form, root.view, first).id
        text = expand(part.section_entry, section).text
        yield ContentsEntry(1, "" if sheet == number else sheet, text, anchor_of_item(first.id))
        number = sheet
        for item in items:
            yield ContentsEntry(2, "", expand(part.item_entry, item).text, anchor_of_item(item.node))
