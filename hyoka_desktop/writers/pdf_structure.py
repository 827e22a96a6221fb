"""Write the structure tree of a tagged PDF (PDF 32000-1, 14.7 and 14.8): elements, what fills them, the way back.

Elements may be shared with other runs and are not changed; all that is known of them here stands beside them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from hyoka_desktop.typeset.frames import Element, ElementKind
from hyoka_desktop.writers.pdf_objects import PdfFile, block_of, pdf_dictionary, pdf_name, reference

_CELLS: Final = frozenset({ElementKind.TH, ElementKind.TD})


@dataclass(frozen=True, slots=True)
class _Mark:
    """Point to marked content: the place of its page in the document, its number on it."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class _Annotation:
    """Point to a link: the place of its page, the number of its object."""

    page: int
    number: int


@dataclass(slots=True)
class _Filling:
    """Hold what fills an element, apart from the elements inside it."""

    marks: list[_Mark] = field(default_factory=list)
    annotations: list[_Annotation] = field(default_factory=list)


class StructureTree:
    """Collect what the pages say of elements, then write the tree. `pages` are the numbers of the page objects."""

    def __init__(self, file: PdfFile, structure: Sequence[Element], pages: Sequence[int]) -> None:
        self._file = file
        self._pages = pages
        self._document = Element(ElementKind.DOCUMENT, list(structure))
        self._fillings: dict[Element, _Filling] = {}
        self._by_page: list[Sequence[Element]] = []
        self._by_annotation: list[Element] = []

    def mark_page(self, marks: Sequence[Element]) -> None:
        """Note which elements the marked contents of the next page belong to, by their numbers."""
        page = len(self._by_page)
        self._by_page.append(marks)
        for number, element in enumerate(marks):
            self._filling(element).marks.append(_Mark(page, number))

    def add_annotation(self, element: Element, page: int, number: int) -> int:
        """Note that an annotation belongs to an element; tell the key by which it finds back."""
        self._filling(element).annotations.append(_Annotation(page, number))
        self._by_annotation.append(element)
        return len(self._pages) + len(self._by_annotation) - 1

    def add(self) -> str:
        """Write the tree; tell the reference of its root."""
        elements = list(_walk(self._document))
        root = self._file.reserve()
        first = self._file.reserve(len(elements))
        numbers = {element: first + place for place, element in enumerate(elements)}
        parents = {child: numbers[element] for element in elements for child in element.children}
        bodies = [self._body(element, parents.get(element, root), numbers) for element in elements]
        self._file.put_block(first, block_of(first, bodies))
        parent_tree = self._file.add(self._parent_tree(numbers))
        keys = len(self._pages) + len(self._by_annotation)
        self._file.put(
            root,
            pdf_dictionary(
                {
                    "Type": pdf_name("StructTreeRoot"),
                    "K": reference(first),
                    "ParentTree": parent_tree,
                    "ParentTreeNextKey": keys,
                }
            ),
        )
        return reference(root)

    def _filling(self, element: Element) -> _Filling:
        filling = self._fillings.get(element)
        if filling is None:
            filling = self._fillings[element] = _Filling()
        return filling

    def _body(self, element: Element, parent: int, numbers: Mapping[Element, int]) -> bytes:
        """Write one element: kind, parent, what is inside in the order of reading, and how a cell spans."""
        filling = self._fillings.get(element)
        if filling is None:
            page, kids = None, [reference(numbers[child]) for child in element.children]
        else:
            page, kids = self._kids(element, filling, numbers)
        on_page = "" if page is None else f"/Pg {reference(self._pages[page])}"
        inside = f"/K[{' '.join(kids)}]" if kids else ""
        return f"<</S/{element.kind}/P {reference(parent)}{on_page}{inside}{_attributes(element)}>>".encode("ascii")

    def _kids(self, element: Element, filling: _Filling, numbers: Mapping[Element, int]) -> tuple[int, list[str]]:
        """Tell the page of the first content, and all kids; elements inside stand where their own content begins."""
        page = (filling.marks or filling.annotations)[0].page
        placed: list[tuple[tuple[int, int], str]] = [
            ((mark.page, mark.number), self._mark(mark, page)) for mark in filling.marks
        ]
        for child in element.children:
            inner = self._fillings.get(child)
            first = inner.marks[0] if inner is not None and inner.marks else filling.marks[-1]
            placed.append(((first.page, first.number), reference(numbers[child])))
        placed.sort(key=lambda kid: kid[0])
        return page, [kid for _, kid in placed] + [self._annotation(each) for each in filling.annotations]

    def _mark(self, mark: _Mark, page: int) -> str:
        if mark.page == page:
            return str(mark.number)
        return f"<</Type/MCR/Pg {reference(self._pages[mark.page])}/MCID {mark.number}>>"

    def _annotation(self, annotation: _Annotation) -> str:
        return f"<</Type/OBJR/Pg {reference(self._pages[annotation.page])}/Obj {reference(annotation.number)}>>"

    def _parent_tree(self, numbers: Mapping[Element, int]) -> bytes:
        """Write the way back: the elements of each page by the numbers of its marks, and of each annotation."""
        entries = [
            f"{page}[{' '.join([reference(numbers[element]) for element in marks])}]"
            for page, marks in enumerate(self._by_page)
        ]
        entries += [
            f"{key} {reference(numbers[element])}"
            for key, element in enumerate(self._by_annotation, len(self._by_page))
        ]
        return f"<</Nums[{' '.join(entries)}]>>".encode("ascii")


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        yield from _walk(child)


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
