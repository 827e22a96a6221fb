"""Compose the whole 評価書, or some of its parts, as a document."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count

from hyoka_desktop.compose.expansion import Context, Options, expand
from hyoka_desktop.compose.pieces import Paragraphs, anchor_of_item
from hyoka_desktop.compose.styles import StyleSheet
from hyoka_desktop.compose.tables import compose_table
from hyoka_desktop.document.length import Length
from hyoka_desktop.document.model import (
    Block,
    Contents,
    ContentsEntry,
    Document,
    Heading,
    Paragraph,
    Run,
    Section,
)
from hyoka_desktop.domain import fields
from hyoka_desktop.domain.report import ROOT, Address, Node, NodeKind, YearView
from hyoka_desktop.formdef import model as form_model
from hyoka_desktop.formdef.model import (
    BlocksPart,
    ContentsPart,
    FormDefinition,
    HeadingBlock,
    SheetsPart,
    TableBlock,
    TextBlock,
)

_CONTENTS_NUMBER_MM = 24
_HEADING_STYLES = {1: "heading_1", 2: "heading_2"}


class SectionMemory:
    """Remember the 調書 that were composed, each with all that it was made from.

    Snapshots share what does not change, so comparing is quick: what is the same object is equal.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[tuple[object, ...], Section]] = {}

    def section(self, item: int, made_from: tuple[object, ...], make: Callable[[], Section]) -> Section:
        """Tell the section of an item: the known one, or a new one where anything that it is made from changed."""
        known = self._known.get(item)
        if known is not None and known[0] == made_from:
            return known[1]
        section = make()
        self._known[item] = (made_from, section)
        return section


class ReportComposer:
    """Compose one year of a report under a form."""

    def __init__(
        self,
        form: FormDefinition,
        view: YearView,
        options: Options | None = None,
        memory: SectionMemory | None = None,
    ) -> None:
        self._memory = memory or SectionMemory()
        self._options = options or Options()
        self._form = form
        self._view = view
        self._sheet = StyleSheet(form)
        self._root = Context(form, view, ROOT, view.year, self._options)

    def document(self, items: Sequence[int] | None = None) -> Document:
        """Compose the whole report; with `items`, only the 調書 of these nodes."""
        if items is None:
            return self._document(tuple(self._sections()))
        return self._document(tuple(self._item_section(item) for item in self._view.items if item.id in set(items)))

    def part(self, index: int) -> Document:
        """Compose one part of the form alone, for a preview."""
        part = self._form.parts[index]
        assert isinstance(part, BlocksPart), "only parts of blocks stand alone"
        return self._document((self._blocks_section(index, part),))

    def _document(self, sections: tuple[Section, ...]) -> Document:
        return Document(
            title=self._known(fields.COVER_HEADING) or self._form.name,
            author=self._known(fields.ORGANIZATION_NAME),
            page=self._sheet.page,
            styles=self._sheet.styles,
            page_number=self._form.page_number,
            page_number_style=self._sheet.styles["page_number"],
            sections=sections,
        )

    def _known(self, field: str) -> str:
        return self._root.value(field) if field in self._form.fields else ""

    def _sections(self) -> Iterator[Section]:
        for index, part in enumerate(self._form.parts):
            match part:
                case BlocksPart(_, _, new_page=False):
                    continue
                case BlocksPart():
                    yield self._blocks_section(index, part)
                case ContentsPart():
                    yield Section("contents", (self._contents(part),), numbered=False)
                case SheetsPart():
                    yield from (self._item_section(item) for item in self._view.items)

    def _blocks_section(self, index: int, part: BlocksPart) -> Section:
        """Compose a part, with the parts behind it that ask for no page of their own."""
        blocks = list(self._blocks(part.blocks, self._root, _anchor_of_part(index)))
        for behind, following in enumerate(self._form.parts[index + 1 :], start=index + 1):
            if not isinstance(following, BlocksPart) or following.new_page:
                break
            blocks += self._blocks(following.blocks, self._root, _anchor_of_part(behind))
        return Section(_anchor_of_part(index), tuple(blocks), numbered=not part.front)

    def _item_section(self, item: Node) -> Section:
        return self._memory.section(item.id, self._made_from(item), lambda: self._new_item_section(item))

    def _made_from(self, item: Node) -> tuple[object, ...]:
        """Tell all that the 調書 of an item is made from: the form, the tree, and the values within its reach."""
        snapshot = self._view.snapshot
        above = [node for node in (ROOT, item.parent) if node is not None]
        nodes = [snapshot.tree.nodes[node] for node in above]
        values = [
            snapshot.values.get((node.id, field.id))
            for node in (*nodes, *snapshot.tree.subtree(item.id))
            for field in self._form.fields_on(node.kind)
        ]
        return (self._form, self._view.year, self._options.guidance, snapshot.tree, *values)

    def _new_item_section(self, item: Node) -> Section:
        blocks = tuple(
            self._blocks(
                sheet_of_item(self._form, self._view, item).blocks, self._root.at(item.id), anchor_of_item(item.id)
            )
        )
        return Section(anchor_of_item(item.id), blocks, numbered=True, source=Address(item.id, "", self._view.year))

    def _blocks(self, blocks: Sequence[form_model.Block], context: Context, anchor: str) -> Iterator[Block]:
        headings = count()
        for block in blocks:
            match block:
                case HeadingBlock():
                    yield self._heading(block, context, _numbered_anchor(anchor, next(headings)))
                case TableBlock():
                    yield compose_table(block, context, self._sheet)
                case TextBlock():
                    paragraphs = Paragraphs(self._sheet.styles[block.style], keep_with_next=block.keep_with_next)
                    yield from paragraphs.of(block.pieces, context)

    def _heading(self, block: HeadingBlock, context: Context, anchor: str) -> Heading:
        style = self._sheet.styles[_HEADING_STYLES[min(block.level, len(_HEADING_STYLES))]]
        written = expand(block.template, context)
        paragraph = Paragraph((Run(written.text),), style, style.align, written.source, keep_with_next=True)
        return Heading(paragraph, block.level, anchor)

    def _contents(self, part: ContentsPart) -> Contents:
        style = self._sheet.styles["contents_title"]
        return Contents(
            Paragraph((Run(part.title),), style, style.align),
            tuple(self._entries()),
            (self._sheet.styles["contents_1"], self._sheet.styles["contents_2"]),
            Length.of_mm(_CONTENTS_NUMBER_MM),
            part.page_prefix,
        )

    def _entries(self) -> Iterator[ContentsEntry]:
        for index, part in enumerate(self._form.parts):
            if isinstance(part, BlocksPart):
                headings = [block for block in part.blocks if isinstance(block, HeadingBlock)]
                for number, block in enumerate(headings):
                    if block.contents_text is not None:
                        text = expand(block.contents_text, self._root).text
                        anchor = _numbered_anchor(_anchor_of_part(index), number)
                        yield ContentsEntry(1, block.contents_number, text, anchor)
            elif isinstance(part, SheetsPart):
                yield from self._sheet_entries(part)

    def _sheet_entries(self, part: SheetsPart) -> Iterator[ContentsEntry]:
        number = ""
        for section in self._view.children(ROOT, NodeKind.SECTION):
            items = self._view.children(section.id, NodeKind.ITEM)
            if not items:
                continue
            sheet = sheet_of_item(self._form, self._view, items[0]).id
            text = expand(part.section_entry, self._root.at(section.id)).text
            yield ContentsEntry(1, "" if sheet == number else sheet, text, anchor_of_item(items[0].id))
            number = sheet
            for item in items:
                text = expand(part.item_entry, self._root.at(item.id)).text
                yield ContentsEntry(2, "", text, anchor_of_item(item.id))


def compose_report(
    form: FormDefinition,
    view: YearView,
    options: Options | None = None,
    items: Sequence[int] | None = None,
    memory: SectionMemory | None = None,
) -> Document:
    """Compose a year of a report, whole or only the 調書 of some items.

    With a memory only the 調書 that changed are made anew.
    """
    return ReportComposer(form, view, options, memory).document(items)


def sheet_of_item(form: FormDefinition, view: YearView, item: Node) -> form_model.Sheet:
    """Tell the sheet that the 区分 of an item names; the first of the form where it names none."""
    name = view.text(item.parent or ROOT, fields.SHEET_FORM)
    return form.sheets[name] if name in form.sheets else next(iter(form.sheets.values()))


def _anchor_of_part(index: int) -> str:
    return f"part{index}"


def _numbered_anchor(anchor: str, number: int) -> str:
    """Name the place of a heading: the first of a part is the part's own."""
    return anchor if number == 0 else f"{anchor}_{number}"
