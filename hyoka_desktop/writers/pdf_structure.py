"""Write the structure tree of a tagged PDF (PDF 32000-1, 14.7 and 14.8): elements, what fills them, the way back.

Elements may be shared with other runs and are not changed; all that is known of them here stands beside them.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, NamedTuple

from hyoka_desktop.typeset.frames import Element, ElementKind
from hyoka_desktop.writers.pdf_memory import PdfMemory
from hyoka_desktop.writers.pdf_objects import Block, PdfFile, block_of, pdf_dictionary, pdf_name, reference

_CELLS: Final = frozenset({ElementKind.TH, ElementKind.TD})


class _Page(NamedTuple):
    """Tell the object of a page, and the elements of its marks by their numbers."""

    number: int
    marks: tuple[Element, ...]


class _Annotation(NamedTuple):
    """Tell an annotation that belongs to an element: the objects of its page and of itself."""

    element: Element
    page: int
    number: int


class StructureTree:
    """Collect what the pages say of elements, then write the tree: the document, and below it one part a section."""

    def __init__(self, file: PdfFile, structure: Sequence[Element], pages: Sequence[int], memory: PdfMemory) -> None:
        self._file = file
        self._structure = structure
        self._page_numbers = pages
        self._memory = memory
        self._pages: list[_Page] = []
        self._annotations: list[_Annotation] = []

    def mark_page(self, marks: tuple[Element, ...]) -> None:
        """Note which elements the marked contents of the next page belong to, by their numbers."""
        self._pages.append(_Page(self._page_numbers[len(self._pages)], marks))

    def add_annotation(self, element: Element, page: int, number: int) -> int:
        """Note that an annotation belongs to an element; tell the key by which it finds back."""
        self._annotations.append(_Annotation(element, self._page_numbers[page], number))
        return len(self._page_numbers) + len(self._annotations) - 1

    def add(self) -> str:
        """Write the tree; tell the reference of its root."""
        root, document = self._file.reserve(), self._file.reserve()
        sections = [self._memory.elements.value(section, None, partial(_walk, section)) for section in self._structure]
        firsts = [self._file.reserve(len(elements)) for elements in sections]
        numbers: dict[Element, int] = {}
        for first, elements in zip(firsts, sections, strict=True):
            numbers.update(zip(elements, range(first, first + len(elements)), strict=True))
        self._add_sections(sections, firsts, document, numbers)
        kids = " ".join(map(reference, firsts))
        self._file.put(document, f"<</S/{ElementKind.DOCUMENT}/P {reference(root)}/K[{kids}]>>".encode("ascii"))
        self._file.put(
            root,
            pdf_dictionary(
                {
                    "Type": pdf_name("StructTreeRoot"),
                    "K": reference(document),
                    "ParentTree": self._file.add(self._parent_tree(numbers)),
                    "ParentTreeNextKey": len(self._pages) + len(self._annotations),
                }
            ),
        )
        return reference(root)

    def _add_sections(
        self,
        sections: Sequence[Sequence[Element]],
        firsts: Sequence[int],
        document: int,
        numbers: Mapping[Element, int],
    ) -> None:
        """Write the elements of each section in a row; those of an unchanged one at its old place are taken over."""
        pages: list[list[_Page]] = [[] for _ in sections]
        annotations: list[list[_Annotation]] = [[] for _ in sections]
        for page in self._pages:
            for section in {bisect_right(firsts, numbers[element]) - 1 for element in page.marks}:
                pages[section].append(page)
        for annotation in self._annotations:
            annotations[bisect_right(firsts, numbers[annotation.element]) - 1].append(annotation)
        for section, (elements, first) in enumerate(zip(sections, firsts, strict=True)):
            part = _Part(elements, first, document, tuple(pages[section]), tuple(annotations[section]))
            self._file.put_block(first, self._memory.blocks.value(elements[0], part.key, part.block))

    def _parent_tree(self, numbers: Mapping[Element, int]) -> bytes:
        """Write the way back: the elements of each page by the numbers of its marks, and of each annotation."""
        entries = [
            f"{key}[{' '.join([f'{numbers[element]} 0 R' for element in page.marks])}]"
            for key, page in enumerate(self._pages)
        ]
        entries += [
            f"{key} {reference(numbers[annotation.element])}"
            for key, annotation in enumerate(self._annotations, len(self._pages))
        ]
        return f"<</Nums[{' '.join(entries)}]>>".encode("ascii")


@dataclass(slots=True)
class _Filling:
    """Hold what fills an element, apart from the elements inside it: marks as page and number, annotations."""

    marks: list[tuple[int, int]] = field(default_factory=list)
    annotations: list[_Annotation] = field(default_factory=list)


class _Part:
    """Write the elements of one section, with object numbers in a row."""

    def __init__(
        self,
        elements: Sequence[Element],
        first: int,
        parent: int,
        pages: tuple[_Page, ...],
        annotations: tuple[_Annotation, ...],
    ) -> None:
        self._first = first
        self.key = (first, parent, pages, annotations)
        self._elements = elements
        self._parent = parent
        self._pages = pages
        self._annotations = annotations
        self._numbers: dict[Element, int] = {}
        self._fillings: dict[Element, _Filling] = {}

    def block(self) -> Block:
        """Write the objects of the elements."""
        self._numbers = dict(zip(self._elements, range(self._first, self._first + len(self._elements)), strict=True))
        for page in self._pages:
            for number, element in enumerate(page.marks):
                self._filling(element).marks.append((page.number, number))
        for annotation in self._annotations:
            self._filling(annotation.element).annotations.append(annotation)
        parents = {child: self._numbers[element] for element in self._elements for child in element.children}
        bodies = [self._body(element, parents.get(element, self._parent)) for element in self._elements]
        return block_of(self._first, bodies)

    def _filling(self, element: Element) -> _Filling:
        filling = self._fillings.get(element)
        if filling is None:
            filling = self._fillings[element] = _Filling()
        return filling

    def _body(self, element: Element, parent: int) -> bytes:
        """Write one element: kind, parent, what is inside in the order of reading, and how a cell spans."""
        filling = self._fillings.get(element)
        if filling is None:
            on_page, kids = "", [reference(self._numbers[child]) for child in element.children]
        else:
            page = filling.marks[0][0] if filling.marks else filling.annotations[0].page
            on_page, kids = f"/Pg {page} 0 R", self._kids(element, filling, page)
        inside = f"/K[{' '.join(kids)}]" if kids else ""
        return f"<</S/{element.kind}/P {parent} 0 R{on_page}{inside}{_attributes(element)}>>".encode("ascii")

    def _kids(self, element: Element, filling: _Filling, page: int) -> list[str]:
        """Tell all that is inside an element; elements stand where their own content begins."""
        kids = [_mark(mark, page) for mark in filling.marks]
        if element.children:
            placed = list(zip(filling.marks, kids, strict=True))
            for child in element.children:
                placed.append((self._begin(child, filling), reference(self._numbers[child])))
            kids = [kid for _, kid in sorted(placed, key=lambda kid: kid[0])]
        objects = [
            f"<</Type/OBJR/Pg {reference(each.page)}/Obj {reference(each.number)}>>" for each in filling.annotations
        ]
        return kids + objects

    def _begin(self, child: Element, around: _Filling) -> tuple[int, int]:
        """Tell the first mark of an element; one without a mark of its own follows what is around it."""
        filling = self._fillings.get(child)
        return filling.marks[0] if filling is not None and filling.marks else around.marks[-1]


def _mark(mark: tuple[int, int], page: int) -> str:
    if mark[0] == page:
        return str(mark[1])
    return f"<</Type/MCR/Pg {reference(mark[0])}/MCID {mark[1]}>>"


def _walk(root: Element) -> Sequence[Element]:
    """Tell an element and all inside it, in the order of reading."""
    found: list[Element] = []
    ahead = [root]
    while ahead:
        element = ahead.pop()
        found.append(element)
        ahead.extend(reversed(element.children))
    return found


def _attributes(element: Element) -> str:
    """Write the attributes of cells, and what figures show.

    What tables are called is not written: it stands in the document, and poppler prints it as bare UTF-16.
    """
    if element.kind in _CELLS:
        told = {"/ColSpan": element.colspan, "/RowSpan": element.rowspan}
        spans = "".join(f"{key} {span}" for key, span in told.items() if span != 1)
        scope = f"/Scope/{element.scope}" if element.scope is not None else ""
        return f"/A<</O/Table{scope}{spans}>>" if scope or spans else ""
    if element.kind is ElementKind.FIGURE and element.title:
        return f"/Alt<feff{element.title.encode('utf-16-be').hex()}>"
    return ""
