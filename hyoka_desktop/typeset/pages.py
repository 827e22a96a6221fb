"""Set a document: put its blocks on pages, and fill in the contents when the pages are known."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hyoka_desktop.document.model import (
    Block,
    Contents,
    Document,
    Figure,
    Heading,
    Page,
    Paragraph,
    Section,
    Table,
)
from hyoka_desktop.garbage import let_go
from hyoka_desktop.typeset.contents import ContentsLines
from hyoka_desktop.typeset.figure import place_figure
from hyoka_desktop.typeset.fonts import FontLibrary
from hyoka_desktop.typeset.frames import Destination, Element, ElementKind, Layout, OutlineEntry, PageFrame
from hyoka_desktop.typeset.grid import Grid, measure
from hyoka_desktop.typeset.margins import page_foot, page_head
from hyoka_desktop.typeset.paragraph import Line, LineBreaker
from hyoka_desktop.typeset.structure import add_contents_entry, figure_element, heading_element, paragraph_element
from hyoka_desktop.typeset.table import least_height, lines_kept, place_table

_TALLEST_TAIL = 90.0
_NEAR = 0.01


@dataclass(frozen=True, slots=True)
class _SetSection:
    """Hold the pages of a section as they were set: without numbers, anchors by page of the section and height."""

    section: Section
    page: Page
    pages: Sequence[PageFrame]
    anchors: Mapping[str, Destination]
    element: Element


class Typesetter:
    """Set documents, keeping what did not change from one run to the next: broken lines, and whole sections.

    A section begins on a new page, so its pages depend on nothing but itself, except for the numbers at their feet.
    """

    def __init__(self, fonts: FontLibrary) -> None:
        self._breaker = LineBreaker(fonts)
        self._known: dict[str, _SetSection] = {}

    def set(self, document: Document, checkpoint: Callable[[], None] = lambda: None) -> Layout:
        """Lay out a whole document; `checkpoint` is called often and may raise to give up."""
        setting = _Setting(document, self._breaker, checkpoint, self._known)
        layout = setting.run()
        before, self._known = self._known, setting.known
        let_go(before)
        return layout

    def let_go(self) -> None:
        """Forget everything, bit by bit."""
        let_go(self._known)

    def figures(self, document: Document) -> list[PageFrame]:
        """Set each figure of a document in a frame of its own, from its upper left corner."""
        frames: list[PageFrame] = []
        for block in (block for section in document.sections for block in section.blocks):
            if isinstance(block, Figure):
                frames.append(PageFrame(None))
                place_figure(block, self._breaker, frames[-1], 0.0, 0.0, figure_element(block))
        return frames


class _Setting:
    """One run over one document. It is the page maker that tables are placed with."""

    def __init__(
        self,
        document: Document,
        breaker: LineBreaker,
        checkpoint: Callable[[], None],
        known: Mapping[str, _SetSection],
    ) -> None:
        self._known = known
        self.known: dict[str, _SetSection] = {}
        self._document = document
        self._breaker = breaker
        self._checkpoint = checkpoint
        self._pages: list[PageFrame] = []
        self._numbered = False
        self._next_number = 1
        self._anchors: dict[str, Destination] = {}
        self._outline: list[OutlineEntry] = []
        self._contents_lines = ContentsLines(breaker, document.page.left.pt, document.page.text_width.pt)
        self._head = page_head(document, breaker)
        self._structure: list[Element] = []
        self._measured: Grid | None = None
        self._after = 0.0
        self.left = document.page.left.pt
        self.y = 0.0

    @property
    def page(self) -> PageFrame:
        """Tell the page in hand."""
        return self._pages[-1]

    @property
    def room(self) -> float:
        """Tell the height left on the page in hand."""
        return self._document.page.height.pt - self._document.page.bottom.pt - self.y

    @property
    def full_height(self) -> float:
        """Tell the height of an empty page between its margins."""
        return self._document.page.text_height.pt

    def new_page(self) -> None:
        """Begin a page."""
        self._begin_page(PageFrame(None))
        self.y = self._document.page.top.pt
        self._after = 0.0

    def _begin_page(self, page: PageFrame) -> None:
        """Take a page, and print its number at the foot where the section is numbered."""
        self._checkpoint()
        self._pages.append(page)
        page.head = self._head
        if self._numbered:
            page.number, self._next_number = self._next_number, self._next_number + 1
            if self._document.page_number:
                page.foot = page_foot(self._document, self._breaker, page.number)

    def run(self) -> Layout:
        """Set all sections."""
        for section in self._document.sections:
            self._section(section)
        self._contents_lines.fill(self._anchors, self._pages)
        page = self._document.page
        return Layout(
            self._document.title,
            self._document.author,
            page.width.pt,
            page.height.pt,
            self._pages,
            self._anchors,
            self._outline,
            self._structure,
        )

    def _section(self, section: Section) -> None:
        """Set a section, or take its pages from the last run where it is the very same."""
        self._numbered = section.numbered
        first, anchors_before = len(self._pages), set(self._anchors)
        known = self._known.get(section.key)
        if known is not None and known.section is section and known.page == self._document.page:
            self._take(known)
        else:
            self._set_section(section)
            known = self._remembered(section, first, anchors_before)
        if not any(isinstance(block, Contents) for block in section.blocks):
            self.known[section.key] = known

    def _take(self, known: _SetSection) -> None:
        """Put the pages of an unchanged section behind the others, with their new numbers."""
        first = len(self._pages)
        self._structure.append(known.element)
        for page in known.pages:
            self._begin_page(page.without_foot())
        for anchor, place in known.anchors.items():
            self._anchors[anchor] = Destination(first + place.page, place.y)

    def _remembered(self, section: Section, first: int, anchors_before: set[str]) -> _SetSection:
        anchors = {
            anchor: Destination(place.page - first, place.y)
            for anchor, place in self._anchors.items()
            if anchor not in anchors_before
        }
        return _SetSection(section, self._document.page, self._pages[first:], anchors, self._structure[-1])

    def _set_section(self, section: Section) -> None:
        self._structure.append(Element(ElementKind.SECT))
        self.new_page()
        self._anchors.setdefault(section.key, Destination(len(self._pages) - 1, self.y))
        previous: Block | None = None
        for index, block in enumerate(section.blocks):
            if isinstance(block, Table) and isinstance(previous, Table):
                self.y += block.style.gap.pt
            if self._needed(section.blocks, index) > self.room and previous is not None:
                self.new_page()
            self._block(block, self._tail(section.blocks[index + 1 :]))
            previous = block

    def _tail(self, following: Sequence[Block]) -> float:
        """Tell the height of the notes that follow a table, up to a few lines."""
        height = 0.0
        for block in following:
            if not isinstance(block, Paragraph) or block.keep_with_next:
                break
            style = block.style
            height += style.before.pt + len(self._lines(block)) * style.leading.pt + style.after.pt
        return height if height <= _TALLEST_TAIL else 0

    def _block(self, block: Block, tail: float) -> None:
        match block:
            case Table():
                grid = self._grid(block)
                self._structure[-1].children.append(grid.element)
                place_table(grid, self._breaker, self, tail)
                # The elements of a measure stand in one place, even where the same table comes twice.
                self._measured = None
                self._after = 0.0
            case Heading(paragraph, _, anchor):
                self._anchors[anchor] = Destination(len(self._pages) - 1, self.y)
                self._paragraph(paragraph, heading_element(block))
            case Paragraph():
                self._paragraph(block, paragraph_element())
            case Contents():
                self._contents(block)
            case Figure():
                element = figure_element(block)
                self._structure[-1].children.append(element)
                place_figure(block, self._breaker, self.page, self.left, self.y, element)
                self.y += block.height.pt
                self._after = 0.0

    def _needed(self, blocks: Sequence[Block], index: int) -> float:
        """Tell the room that a block needs to begin: with what it must not be parted from."""
        block = blocks[index]
        if isinstance(block, Table):
            return least_height(self._grid(block), self.full_height)
        if isinstance(block, Figure):
            return min(block.height.pt, self.full_height)
        if isinstance(block, Contents):
            return 0
        paragraph = block.paragraph if isinstance(block, Heading) else block
        lines = len(self._lines(paragraph))
        height = paragraph.style.before.pt + min(lines, 2) * paragraph.style.leading.pt
        if paragraph.keep_with_next and index + 1 < len(blocks):
            return height + paragraph.style.after.pt + self._needed(blocks, index + 1)
        return height

    def _grid(self, table: Table) -> Grid:
        """Measure a table, or take the measure that was just made."""
        if self._measured is None or self._measured.table is not table:
            self._measured = measure(table, self._breaker)
        return self._measured

    def _lines(self, paragraph: Paragraph) -> list[Line]:
        return self._breaker.lines(paragraph, self._document.page.text_width.pt)

    def _paragraph(self, paragraph: Paragraph, element: Element) -> None:
        style = paragraph.style
        if paragraph.text:
            self._structure[-1].children.append(element)
        # As in Word, the space between two paragraphs is the larger of the two that they ask for.
        self.y += max(style.before.pt - self._after, 0)
        lines, first, is_new = self._lines(paragraph), 0, False
        while first < len(lines):
            room = int((self.room + _NEAR) // style.leading.pt)
            count = lines_kept(lines, first, room) or (max(room, 1) if is_new else 0)
            for line in lines[first : first + count]:
                self._breaker.place(self.page, line, self.left, self.y, self._document.page.text_width.pt, element)
                self.y += style.leading.pt
            first += count
            if first < len(lines):
                self.new_page()
                is_new = True
        self.y += style.after.pt
        self._after = style.after.pt

    def _contents(self, contents: Contents) -> None:
        self._paragraph(contents.title, paragraph_element())
        listed = Element(ElementKind.TOC)
        self._structure[-1].children.append(listed)
        for entry in contents.entries:
            self._outline.append(OutlineEntry(entry.level, f"{entry.number} {entry.text}".strip(), entry.anchor))
            self._contents_lines.add(contents, entry, add_contents_entry(listed), self)
