"""Compose the whole 評価書, or some of its parts, or a document that is drawn from it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from hyoka_desktop.compose.anchors import anchor_of_heading, anchor_of_item, anchor_of_part
from hyoka_desktop.compose.charts import compose_charts
from hyoka_desktop.compose.chartsizes import FITS
from hyoka_desktop.compose.contents import contents_entries, sheet_of_item
from hyoka_desktop.compose.expansion import Context, expand
from hyoka_desktop.compose.options import Options
from hyoka_desktop.compose.pieces import Paragraphs
from hyoka_desktop.compose.styles import StyleSheet
from hyoka_desktop.compose.tables import compose_table
from hyoka_desktop.document.length import Length
from hyoka_desktop.document.model import (
    Align,
    Block,
    Contents,
    Document,
    Heading,
    PageMark,
    Paragraph,
    Run,
    Section,
    Style,
)
from hyoka_desktop.domain import fields
from hyoka_desktop.domain.livevalues import has_live_values
from hyoka_desktop.domain.report import ROOT, Address, Node, YearView
from hyoka_desktop.formdef import model as form_model
from hyoka_desktop.formdef.model import (
    BlocksPart,
    ChartsBlock,
    ContentsPart,
    DocumentDefinition,
    FormDefinition,
    HeadingBlock,
    ItemsPart,
    Part,
    SheetsPart,
    TableBlock,
    TextBlock,
)
from hyoka_desktop.garbage import let_go

_CONTENTS_NUMBER_MM = 24
_HEADING_STYLES = {1: "heading_1", 2: "heading_2"}


@dataclass(frozen=True, slots=True)
class Selection:
    """Choose parts of a document by id and items by node; None is all of them.

    Where items alone are chosen, only the parts of items are composed.
    """

    parts: frozenset[str] | None = None
    items: tuple[int, ...] | None = None


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

    def let_go(self) -> None:
        """Forget everything, bit by bit."""
        let_go(self._known)


class ReportComposer:
    """Compose one year of a report under a form: the report itself, or the document of a definition of the form.

    `fits` tells whether a section stands on one page; it is asked where the form wants an item on one.
    """

    def __init__(
        self,
        form: FormDefinition,
        view: YearView,
        options: Options | None = None,
        memory: SectionMemory | None = None,
        fits: Callable[[Document], bool] = lambda _: True,
        definition: DocumentDefinition | None = None,
    ) -> None:
        self._memory = memory or SectionMemory()
        self._options = options or Options()
        self._form = form
        self._view = view
        self._fits = fits
        self._root = Context(form, view, ROOT, view.year, self._options)
        self._definition = definition or form.report
        self._sheet = StyleSheet(self._definition, form.fonts, self._options.look)
        self._fitted_styles: dict[str, Style] = {}

    def document(self, selection: Selection | None = None) -> Document:
        """Compose what is selected, by default the whole."""
        selection = selection or Selection()
        parts = list(self._chosen_parts(selection))
        items = [item for item in self._view.items if selection.items is None or item.id in selection.items]
        return self._document(tuple(self._sections(parts, items)))

    def part(self, index: int) -> Document:
        """Compose one part of the form alone, for a preview."""
        part = self._form.parts[index]
        assert isinstance(part, BlocksPart), "only parts of blocks stand alone"
        following = enumerate(self._form.parts[index + 1 :], start=index + 1)
        return self._document((self._blocks_section(index, part, following),))

    def _chosen_parts(self, selection: Selection) -> Iterator[tuple[int, Part]]:
        for index, part in enumerate(self._definition.parts):
            if selection.parts is not None:
                chosen = part.id in selection.parts
            else:
                chosen = selection.items is None or isinstance(part, SheetsPart | ItemsPart)
            if chosen:
                yield index, part

    def _document(self, sections: tuple[Section, ...]) -> Document:
        return Document(
            title=self._title(),
            author=self._known(fields.ORGANIZATION_NAME),
            page=self._sheet.page,
            styles={**self._sheet.styles, **self._fitted_styles},
            page_number=self._form.page_number if self._options.page_numbers else "",
            page_number_style=self._sheet.styles["page_number"],
            sections=sections,
            head=tuple(self._head()),
        )

    def _title(self) -> str:
        heading = self._known(fields.COVER_HEADING) or self._form.name
        return f"{heading} {self._definition.label}" if self._definition.id else heading

    def _head(self) -> Iterator[PageMark]:
        marks, style = self._options.marks, self._sheet.page_mark
        for text, align, boxed in (
            (marks.date, Align.START, False),
            (marks.stamp, Align.CENTER, True),
            (marks.marking, Align.END, False),
        ):
            if text:
                yield PageMark(Paragraph((Run(text),), style, align), boxed)

    def _known(self, field: str) -> str:
        return self._root.value(field) if field in self._form.fields else ""

    def _sections(self, parts: Sequence[tuple[int, Part]], items: Sequence[Node]) -> Iterator[Section]:
        for place, (index, part) in enumerate(parts):
            match part:
                case BlocksPart(new_page=False) if place:
                    continue
                case BlocksPart():
                    yield self._blocks_section(index, part, parts[place + 1 :])
                case ContentsPart():
                    yield Section("contents", (self._contents(part, parts),), numbered=False)
                case SheetsPart():
                    yield from (self._item_section(item) for item in items)
                case ItemsPart():
                    yield from (self._page_of_item(part, item) for item in items)

    def _blocks_section(self, index: int, part: BlocksPart, following: Iterable[tuple[int, Part]]) -> Section:
        """Compose a part, with the parts behind it that ask for no page of their own."""
        blocks = list(self._blocks(part.blocks, self._root, anchor_of_part(index), self._sheet))
        for behind, next_part in following:
            if not isinstance(next_part, BlocksPart) or next_part.new_page:
                break
            blocks += self._blocks(next_part.blocks, self._root, anchor_of_part(behind), self._sheet)
        return Section(anchor_of_part(index), tuple(blocks), numbered=not part.front)

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
        return (
            self._form,
            self._definition,
            self._view.year,
            self._options,
            snapshot.tree,
            *values,
            *self._quoted(item),
        )

    def _quoted(self, item: Node) -> Iterator[str]:
        """Tell the texts of an item as they print, where they quote values that may stand anywhere in the report."""
        for node in self._view.snapshot.tree.subtree(item.id):
            for field in self._form.fields_on(node.kind):
                if has_live_values(self._view.text(node.id, field.id)):
                    yield self._root.at(node.id).value(field.id)

    def _new_item_section(self, item: Node) -> Section:
        sheet = sheet_of_item(self._form, self._view, item)
        return self._section_of_item(item, sheet.blocks, self._sheet)

    def _page_of_item(self, part: ItemsPart, item: Node) -> Section:
        """Compose an item as large as one page takes, where the part asks for it."""
        sheet, section = self._sheet, self._section_of_item(item, part.blocks, self._sheet)
        for fit, charts in FITS if part.on_one_page else ():
            sheet = self._sheet.fitted(fit, charts)
            section = self._section_of_item(item, part.blocks, sheet)
            if self._fits(self._document((section,))):
                break
        self._fitted_styles |= {style.name: style for style in sheet.styles.values()}
        return section

    def _section_of_item(self, item: Node, blocks: Sequence[form_model.Block], sheet: StyleSheet) -> Section:
        anchor = anchor_of_item(item.id)
        composed = tuple(self._blocks(blocks, self._root.at(item.id), anchor, sheet))
        return Section(anchor, composed, numbered=True, source=Address(item.id, "", self._view.year))

    def _blocks(
        self, blocks: Sequence[form_model.Block], context: Context, anchor: str, sheet: StyleSheet
    ) -> Iterator[Block]:
        headings = count()
        for block in blocks:
            match block:
                case HeadingBlock():
                    yield self._heading(block, context, anchor_of_heading(anchor, next(headings)), sheet)
                case TableBlock():
                    yield compose_table(block, context, sheet)
                case ChartsBlock():
                    yield from compose_charts(block, context, sheet)
                case TextBlock():
                    paragraphs = Paragraphs(sheet.styles[block.style], keep_with_next=block.keep_with_next)
                    yield from paragraphs.of(block.pieces, context)

    def _heading(self, block: HeadingBlock, context: Context, anchor: str, sheet: StyleSheet) -> Heading:
        style = sheet.styles[_HEADING_STYLES[min(block.level, len(_HEADING_STYLES))]]
        written = expand(block.template, context)
        paragraph = Paragraph((Run(written.text),), style, style.align, written.source, keep_with_next=True)
        return Heading(paragraph, block.level, anchor)

    def _contents(self, part: ContentsPart, parts: Sequence[tuple[int, Part]]) -> Contents:
        style = self._sheet.styles["contents_title"]
        return Contents(
            Paragraph((Run(part.title),), style, style.align),
            tuple(contents_entries(parts, self._root)),
            (self._sheet.styles["contents_1"], self._sheet.styles["contents_2"]),
            Length.of_mm(_CONTENTS_NUMBER_MM),
            part.page_prefix,
        )


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
    chosen = None if items is None else tuple(items)
    return ReportComposer(form, view, options, memory).document(Selection(items=chosen))
