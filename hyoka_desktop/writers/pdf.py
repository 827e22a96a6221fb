"""Write page frames as a PDF: fonts embedded and subset, outline, links, page labels; tagged, fit for archives."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from hyoka_desktop.typeset.fonts import FontLibrary
from hyoka_desktop.typeset.frames import Layout, Link, PageFrame
from hyoka_desktop.writers.pdf_archive import LANGUAGE, add_info, add_metadata, add_output_intent
from hyoka_desktop.writers.pdf_content import Marks, NoMarks, body_content, foot_content, resource_name
from hyoka_desktop.writers.pdf_font import FontCodes, add_font, clusters_in, font_program
from hyoka_desktop.writers.pdf_navigation import Places, add_outline, link_annotation, page_labels
from hyoka_desktop.writers.pdf_objects import PdfFile, pdf_dictionary, pdf_name, pdf_text, reference
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
) -> bytes:
    """Write a layout; the same layout gives the same bytes. `checkpoint` is called for each page and may raise."""
    writing = _Writing(layout, _codes(layout, fonts), kind)
    for index, page in enumerate(layout.pages):
        checkpoint()
        writing.page(page, index)
    return writing.finish()


def _codes(layout: Layout, fonts: FontLibrary) -> Mapping[str, FontCodes]:
    """Tell the codes of each font for all that the document sets in it."""
    texts: dict[str, list[str]] = {}
    for page in layout.pages:
        for piece in page.all_texts():
            texts.setdefault(piece.font, []).append(piece.text)
    return {font: FontCodes(fonts.face(font), clusters_in(texts[font])) for font in sorted(texts)}


class _Writing:
    """One PDF being written."""

    def __init__(self, layout: Layout, fonts: Mapping[str, FontCodes], kind: PdfKind) -> None:
        self._file = PdfFile()
        self._layout = layout
        self._fonts = fonts
        self._tagged = kind is PdfKind.ARCHIVAL
        self._page_tree = self._file.reserve()
        self._resources = self._file.reserve()
        first = self._file.reserve(len(layout.pages))
        self._page_numbers: Sequence[int] = range(first, first + len(layout.pages))
        self._places = Places(layout, self._page_numbers)
        self._tree = StructureTree(self._file, layout.structure, self._page_numbers)

    def page(self, page: PageFrame, index: int) -> None:
        """Write the page that has a place in the document."""
        marks = Marks() if self._tagged else NoMarks()
        contents = [self._file.add_stream(body_content(page, self._layout.height, self._fonts, marks))]
        self._tree.mark_page(marks.elements)
        if page.foot is not None:
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
        embedded = {
            resource_name(font).removeprefix("/"): add_font(file, codes.face, font_program(codes))
            for font, codes in self._fonts.items()
        }
        file.put(self._resources, pdf_dictionary({"ProcSet": [pdf_name("PDF"), pdf_name("Text")], "Font": embedded}))
        return file.finish(file.add(pdf_dictionary(self._catalog())), add_info(file, self._layout))

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
