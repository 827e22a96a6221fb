"""Write page frames as a PDF: fonts embedded and subset, outline, links, page labels; tagged, fit for archives."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import partial

from hyoka_desktop.typeset.fonts import FontLibrary
from hyoka_desktop.typeset.frames import Layout, Link, PageFrame, Text
from hyoka_desktop.writers.pdf_archive import LANGUAGE, add_info, add_metadata, add_output_intent
from hyoka_desktop.writers.pdf_content import Marks, NoMarks, body_content, foot_content
from hyoka_desktop.writers.pdf_font import FontCodes, add_font, clusters_in, font_program
from hyoka_desktop.writers.pdf_memory import PageContent, PdfMemory
from hyoka_desktop.writers.pdf_navigation import Places, add_outline, link_annotation, page_labels
from hyoka_desktop.writers.pdf_objects import PdfFile, packed, pdf_dictionary, pdf_name, pdf_text, reference
from hyoka_desktop.writers.pdf_structure import StructureTree


class PdfKind(StrEnum):
    """Name how much a PDF says of itself: tagged and valid PDF/A-1b, or no more than its pages."""

    ARCHIVAL = "archival"
    PLAIN = "plain"


def write_pdf(
    layout: Layout,
    fonts: FontLibrary,
    checkpoint: Callable[[], None] = lambda: None,
    *,
    kind: PdfKind = PdfKind.ARCHIVAL,
    memory: PdfMemory | None = None,
) -> bytes:
    """Write a layout; the same layout gives the same bytes, whatever was written before.

    `checkpoint` is called for each page and may raise. A `memory` that is given again makes the next file quick where
    the layout shares pages with the last one.
    """
    memory = memory or PdfMemory()
    writing = _Writing(layout, _codes(layout, fonts, memory), kind, memory)
    for index, page in enumerate(layout.pages):
        checkpoint()
        writing.page(page, index)
    written = writing.finish()
    memory.forget_unused()
    return written


def _codes(layout: Layout, fonts: FontLibrary, memory: PdfMemory) -> Mapping[str, FontCodes]:
    """Tell the codes of each font for all that the document sets in it."""
    used: dict[str, list[frozenset[str]]] = {}
    margins = [page.foot for page in layout.pages if page.foot is not None]
    margins += [text for page in layout.pages[:1] if page.head is not None for text in page.head.texts]
    for characters in (_characters(margins), *(_characters_on(page, memory) for page in layout.pages)):
        for font, its in characters.items():
            used.setdefault(font, []).append(its)
    codes: dict[str, FontCodes] = {}
    for font in sorted(used):
        face, clusters = fonts.face(font), frozenset[str]().union(*used[font])
        codes[font] = memory.codes.value(face, clusters, partial(FontCodes, face, clusters))
    return codes


def _characters_on(page: PageFrame, memory: PdfMemory) -> Mapping[str, frozenset[str]]:
    return memory.characters.value(page.texts, None, lambda: _characters(page.texts))


def _characters(texts: Sequence[Text]) -> Mapping[str, frozenset[str]]:
    """Tell the characters of some texts by font."""
    by_font: dict[str, list[str]] = {}
    for text in texts:
        by_font.setdefault(text.font, []).append(text.text)
    return {font: clusters_in(its) for font, its in by_font.items()}


class _Writing:
    """One PDF being written."""

    def __init__(self, layout: Layout, fonts: Mapping[str, FontCodes], kind: PdfKind, memory: PdfMemory) -> None:
        self._file = PdfFile()
        self._layout = layout
        self._fonts = fonts
        self._tagged = kind is PdfKind.ARCHIVAL
        self._memory = memory
        self._written_head: str | None = None
        self._page_tree = self._file.reserve()
        self._resources = self._file.reserve()
        first = self._file.reserve(len(layout.pages))
        self._page_numbers: Sequence[int] = range(first, first + len(layout.pages))
        self._places = Places(layout, self._page_numbers)
        self._tree = StructureTree(self._file, layout.structure, self._page_numbers, memory)

    def page(self, page: PageFrame, index: int) -> None:
        """Write the page that has a place in the document."""
        body = self._body(page)
        contents = [self._file.add_packed(body.stream), *self._head(page)]
        self._tree.mark_page(body.marks)
        if page.foot is not None:
            marks = self._new_marks()
            contents.append(self._file.add_bare(foot_content(page.foot, self._layout.height, self._fonts, marks)))
        told: dict[str, object] = {
            "Type": pdf_name("Page"),
            "Parent": reference(self._page_tree),
            "MediaBox": [0, 0, f"{self._layout.width:.2f}", f"{self._layout.height:.2f}"],
            "Resources": reference(self._resources),
            "Contents": contents,
        }
        if page.links:
            told["Annots"] = [self._link(link, index) for link in page.links if link.anchor in self._places]
        if self._tagged:
            told |= {"StructParents": index, "Tabs": pdf_name("S")}
        self._file.put(self._page_numbers[index], pdf_dictionary(told))

    def _head(self, page: PageFrame) -> Sequence[str]:
        """Tell the content at the head of a page: one stream for all pages, since all have the same."""
        if page.head is None or not page.head.texts:
            return ()
        if self._written_head is None:
            content = body_content(page.head, self._layout.height, self._fonts, self._new_marks())
            self._written_head = self._file.add_packed(packed(content))
        return (self._written_head,)

    def _body(self, page: PageFrame) -> PageContent:
        """Tell the content of a page. It depends on the page, its fonts, and the codes that do not follow from them."""
        used = [(self._fonts[font], its) for font, its in _characters_on(page, self._memory).items()]
        key = (self._tagged, self._layout.height, [(font.face, font.odd_among(its)) for font, its in used])
        return self._memory.contents.value(page.texts, key, lambda: self._new_body(page))

    def _new_body(self, page: PageFrame) -> PageContent:
        marks = self._new_marks()
        content = body_content(page, self._layout.height, self._fonts, marks)
        return PageContent(packed(content), tuple(marks.elements))

    def _new_marks(self) -> Marks:
        return Marks() if self._tagged else NoMarks()

    def _link(self, link: Link, page: int) -> str:
        number = self._file.reserve()
        belongs = {}
        if self._tagged and link.element is not None:
            belongs["StructParent"] = self._tree.add_annotation(link.element, page, number)
        self._file.put(number, link_annotation(link, self._layout.height, self._places, belongs))
        return reference(number)

    def finish(self) -> bytes:
        """Write what the pages share, and tell the file."""
        file = self._file
        pages = [reference(number) for number in self._page_numbers]
        file.put(self._page_tree, pdf_dictionary({"Type": pdf_name("Pages"), "Kids": pages, "Count": len(pages)}))
        embedded = {codes.name: self._font(codes) for codes in self._fonts.values()}
        resources = {"ProcSet": [pdf_name("PDF"), pdf_name("Text")], "Font": embedded}
        file.put(self._resources, pdf_dictionary(resources))
        return file.finish(file.add(pdf_dictionary(self._catalog())), add_info(file, self._layout))

    def _font(self, codes: FontCodes) -> str:
        program = self._memory.programs.value(codes.face, frozenset(codes.glyphs), lambda: font_program(codes))
        return add_font(self._file, codes.face, program)

    def _catalog(self) -> dict[str, object]:
        outline = add_outline(self._file, self._layout.outline, self._places)
        told: dict[str, object] = {
            "Type": pdf_name("Catalog"),
            "Pages": reference(self._page_tree),
            "Lang": pdf_text(LANGUAGE),
            "ViewerPreferences": {"DisplayDocTitle": "true"},
        }
        if outline is not None:
            told |= {"Outlines": outline, "PageMode": pdf_name("UseOutlines")}
        labels = page_labels(self._layout)
        if labels is not None:
            told["PageLabels"] = labels
        if self._tagged:
            told |= {"StructTreeRoot": self._tree.add(), "MarkInfo": {"Marked": "true"}}
            told["Metadata"] = add_metadata(self._file, self._layout)
            told["OutputIntents"] = [add_output_intent(self._file)]
        return told
