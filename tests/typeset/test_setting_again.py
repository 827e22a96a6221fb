"""A document that is set again after a change is set as if for the first time, whatever was remembered."""

from dataclasses import replace

import pytest
from table_making import STYLE, cell, document_of, table

from hyoka_desktop.document.length import Length
from hyoka_desktop.document.model import Align, Contents, ContentsEntry, Figure, Heading, Paragraph, Run, Section
from hyoka_desktop.typeset.pages import Typesetter


def words(text):
    return Paragraph((Run(text),), STYLE, Align.START, text[:3])


def part(key, pages):
    """Make a section of some pages with a heading, a table and a figure."""
    heading = Heading(words(f"見出し{key}"), 1, f"head-{key}")
    rows = [[cell(row, column, "評価の実績") for column in range(3)] for row in range(pages * 40)]
    figure = Figure(Length.of_pt(40), (), (words("図"),))
    return Section(key, (heading, table(rows), figure, words("終わりの段落")), numbered=True)


def contents_of(*keys):
    entries = tuple(ContentsEntry(1, key, f"章{key}", f"head-{key}") for key in keys)
    listed = Contents(words("目次"), entries, (STYLE, STYLE), Length.of_pt(30), "p.")
    return Section("contents", (listed,), numbered=False)


def document(*sections):
    return replace(document_of(), sections=sections)


def told(layout):
    """Tell all of a layout; elements by their kinds, and where in the structure each text belongs."""
    order = {id(element): place for place, element in enumerate(_elements(layout.structure))}
    belongs = [[order.get(id(text.element)) for text in page.texts] for page in layout.pages]
    links = [[order.get(id(link.element)) for link in page.links] for page in layout.pages]
    kinds = [(element.kind, element.title) for element in _elements(layout.structure)]
    return layout.pages, layout.anchors, layout.outline, layout.page_numbers(), kinds, belongs, links


def _elements(elements):
    for element in elements:
        yield element
        yield from _elements(element.children)


A, B, C, LONGER = part("A", 1), part("B", 2), part("C", 1), part("A", 3)
CHANGES = {
    "nothing": (A, B, C),
    "a longer first part": (LONGER, B, C),
    "a part less": (B, C),
    "a part more": (A, B, part("D", 1), C),
    "another order": (C, A, B),
    "parts that bear no number": (replace(A, numbered=False), B, C),
    "the very same part taken out of the count": (A, replace(B, numbered=False), C),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_document_set_again_is_as_if_set_for_the_first_time(fonts, name):
    typesetter = Typesetter(fonts)
    before = document(contents_of("A", "B", "C"), A, B, C)
    after = document(contents_of("C", "B", "A", "D"), *CHANGES[name])
    first = told(typesetter.set(before))
    assert told(typesetter.set(after)) == told(Typesetter(fonts).set(after))
    assert told(typesetter.set(before)) == first


def test_on_other_paper_nothing_is_taken_from_memory(fonts):
    typesetter = Typesetter(fonts)
    before = document(A, B)
    after = replace(before, page=replace(before.page, top=Length.of_mm(30)))
    typesetter.set(before)
    assert told(typesetter.set(after)) == told(Typesetter(fonts).set(after))


def test_every_text_belongs_to_an_element_of_the_structure(fonts):
    typesetter = Typesetter(fonts)
    typesetter.set(document(A, B))
    layout = typesetter.set(document(B, A))
    known = {id(element) for element in _elements(layout.structure)}
    assert [text.text for page in layout.pages for text in page.texts if id(text.element) not in known] == []


def test_an_unchanged_part_is_not_set_again(fonts, monkeypatch):
    typesetter = Typesetter(fonts)
    typesetter.set(document(contents_of("A"), A, B, C))
    placed = []
    monkeypatch.setattr("hyoka_desktop.typeset.pages.place_table", lambda grid, *_: placed.append(grid.table))
    typesetter.set(document(contents_of("A"), LONGER, B, C))
    assert placed == [LONGER.blocks[1]]
