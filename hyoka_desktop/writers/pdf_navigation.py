"""Write what leads through a PDF: outline, links, page labels (PDF 32000-1, 12.3, 12.4 and 12.5.6.5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from hyoka_desktop.typeset.frames import Destination, Layout, Link, OutlineEntry
from hyoka_desktop.writers.pdf_objects import PdfFile, Values, pdf_dictionary, pdf_name, pdf_text, reference

_PRINTED: Final = 4
"""The flag that PDF/A-1 (6.5.3) asks for on every annotation."""


class Places:
    """Know where the anchors of a layout are in the file: `pages` are the numbers of the page objects."""

    def __init__(self, layout: Layout, pages: Sequence[int]) -> None:
        self._anchors: Mapping[str, Destination] = layout.anchors
        self._height = layout.height
        self._pages = pages

    def __contains__(self, anchor: str) -> bool:
        return anchor in self._anchors

    def destination(self, anchor: str) -> Sequence[object]:
        """Tell an anchor as a destination: the top of the window stands there."""
        place = self._anchors[anchor]
        top = f"{self._height - place.y:.2f}"
        return [reference(self._pages[place.page]), pdf_name("XYZ"), 0, top, "null"]


def link_annotation(link: Link, height: float, places: Places, more: Values) -> bytes:
    """Write a link; `height` is that of the paper, `more` what stands in it besides."""
    bottom = height - link.y - link.height
    box = [f"{value:.2f}" for value in (link.x, bottom, link.x + link.width, bottom + link.height)]
    return pdf_dictionary(
        {
            "Type": pdf_name("Annot"),
            "Subtype": pdf_name("Link"),
            "Rect": box,
            "Border": [0, 0, 0],
            "F": _PRINTED,
            "Dest": places.destination(link.anchor),
            **more,
        }
    )


def page_labels(layout: Layout) -> Values | None:
    """Give the pages in the reader the numbers that are printed on them; those before have roman ones."""
    numbered = next((index for index, page in enumerate(layout.pages) if page.number is not None), None)
    if numbered is None:
        return None
    front = [0, {"S": pdf_name("r"), "St": 1}] if numbered else []
    return {"Nums": [*front, numbered, {"S": pdf_name("D"), "St": 1}]}


@dataclass
class _Item:
    """Hold a line of the outline, or its root, with the lines below it."""

    number: int
    entry: OutlineEntry | None = None
    children: list["_Item"] = field(default_factory=list)

    @property
    def size(self) -> int:
        """Tell how many lines stand below, at any depth."""
        return sum(1 + child.size for child in self.children)


def add_outline(file: PdfFile, entries: Sequence[OutlineEntry], places: Places) -> str | None:
    """Add the outline, all of it open; tell its reference, None where no entry leads anywhere."""
    leading = [entry for entry in entries if entry.anchor in places]
    if not leading:
        return None
    root = _Item(file.reserve())
    path = [root]
    for entry in leading:
        del path[max(entry.level, 1) :]
        item = _Item(file.reserve(), entry)
        path[-1].children.append(item)
        path.append(item)
    file.put(root.number, pdf_dictionary({"Type": pdf_name("Outlines"), **_children(root)}))
    _put_children(file, root, places)
    return reference(root.number)


def _put_children(file: PdfFile, parent: _Item, places: Places) -> None:
    before = [None, *parent.children]
    after = [*parent.children[1:], None]
    for item, previous, following in zip(parent.children, before, after, strict=False):
        assert item.entry is not None, "only the root has none"
        told = {
            "Title": pdf_text(item.entry.text),
            "Parent": reference(parent.number),
            "Dest": places.destination(item.entry.anchor),
        }
        beside = {"Prev": previous, "Next": following}
        linked = {key: reference(other.number) for key, other in beside.items() if other is not None}
        file.put(item.number, pdf_dictionary({**told, **linked, **_children(item)}))
        _put_children(file, item, places)


def _children(item: _Item) -> Values:
    if not item.children:
        return {}
    first, last = item.children[0], item.children[-1]
    return {"First": reference(first.number), "Last": reference(last.number), "Count": item.size}
