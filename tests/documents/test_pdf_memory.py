"""A PDF written with a memory has the bytes that it would have without one, and is made of pages that were there."""

from dataclasses import replace

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_pdf_tags import stress_document

from hyoka_desktop.document.model import Align, Heading, PageMark, Paragraph, Run, Section, Style, Table
from hyoka_desktop.services.export import shipped_fonts
from hyoka_desktop.typeset.pages import Typesetter
from hyoka_desktop.writers import pdf
from hyoka_desktop.writers.pdf import PdfKind, write_pdf
from hyoka_desktop.writers.pdf_memory import PdfMemory

STRESS = stress_document()
STYLE: Style = STRESS.page_number_style
TABLE = next(block for block in STRESS.sections[0].blocks if isinstance(block, Table))
TEXTS = ("評価", "評価\u0e01", "\u0e02", "\u0e03\u0e04", "葛\U000e0100葛", "", "実績" * 500, "実績" * 1000)
LINKS = ("", "s0", "s1", "s2", "nowhere")


@pytest.fixture(scope="module")
def fonts():
    return shipped_fonts()


def section(key, text, link, *, table):
    """Make a section; the same arguments make another object."""
    body = Paragraph((Run(text), Run("参照", link=link)), STYLE, STYLE.align)
    blocks = (Heading(Paragraph((Run(key),), STYLE, STYLE.align), 1, key), body, *((TABLE,) if table else ()))
    return Section(key, blocks, numbered=True)


def document_of(sections, head=""):
    mark = PageMark(Paragraph((Run(head),), STYLE, Align.END), boxed=True)
    return replace(STRESS, sections=tuple(sections), head=(mark,) if head else ())


def turns():
    """Tell turns of some edits each: the section that changes (3: the first goes), its text, link and table."""
    edit = st.tuples(st.integers(0, 3), st.sampled_from(TEXTS), st.sampled_from(LINKS), st.booleans())
    edits = st.lists(edit, min_size=1, max_size=3)
    return st.lists(
        st.tuples(edits, st.sampled_from(["", "案", "\u0e00"]), st.sampled_from(PdfKind)), min_size=2, max_size=6
    )


@given(turns())
@settings(max_examples=80)
def test_the_bytes_do_not_depend_on_what_was_written_before(fonts, made):
    typesetter, memory, sections = Typesetter(fonts), PdfMemory(), {}
    for edits, head, kind in made:
        for number, text, link, table in edits:
            if number < 3 or not sections:
                sections[f"s{number}"] = section(f"s{number}", text, link, table=table)
            else:
                del sections[min(sections)]
        document = document_of(sections.values(), head)
        remembered = write_pdf(typesetter.set(document), fonts, kind=kind, memory=memory)
        assert remembered == write_pdf(Typesetter(fonts).set(document), fonts, kind=kind)


@pytest.mark.parametrize("own_link", ["s0", ""])
def test_pages_and_links_may_move_from_behind_an_unchanged_section_to_before_it(fonts, own_link):
    typesetter, memory = Typesetter(fonts), PdfMemory()
    sections = {key: section(key, "実績", own_link, table=True) for key in ("s0", "s1", "s2")}
    for long, link in (("s0", "s1"), ("s2", "nowhere"), ("s0", "nowhere"), ("s0", "s1")):
        for key in ("s0", "s2"):
            text = "実績" * (2000 if key == long else 1000)
            sections[key] = section(key, text, link if key == "s0" else _other(link), table=False)
        layout = typesetter.set(document_of(sections.values()))
        assert write_pdf(layout, fonts, memory=memory) == write_pdf(layout, fonts)


def _other(link):
    return "nowhere" if link == "s1" else "s1"


def test_only_the_pages_of_a_changed_section_are_made_anew(fonts, monkeypatch):
    made = []
    real = pdf.body_content
    monkeypatch.setattr(pdf, "body_content", lambda page, *more: made.append(page) or real(page, *more))
    typesetter, memory = Typesetter(fonts), PdfMemory()
    sections = [section(f"s{number}", "評価実績", "", table=True) for number in range(3)]
    write_pdf(typesetter.set(document_of(sections)), fonts, memory=memory)
    everything = len(made)
    made.clear()
    sections[1] = section("s1", "実績評価", "", table=True)
    write_pdf(typesetter.set(document_of(sections)), fonts, memory=memory)
    assert len(made) == everything / 3
    made.clear()
    write_pdf(typesetter.set(document_of(sections)), fonts, memory=memory)
    assert made == []


def test_a_mark_above_every_page_makes_none_anew_and_stands_in_the_file_once(fonts, monkeypatch):
    made = []
    real = pdf.body_content
    monkeypatch.setattr(pdf, "body_content", lambda page, *more: made.append(page) or real(page, *more))
    typesetter, memory = Typesetter(fonts), PdfMemory()
    sections = [section(f"s{number}", "評価実績", "", table=True) for number in range(3)]
    write_pdf(typesetter.set(document_of(sections)), fonts, memory=memory)
    made.clear()
    layout = typesetter.set(document_of(sections, "取扱注意"))
    written = write_pdf(layout, fonts, memory=memory)
    assert made == [layout.pages[0].head]
    with pymupdf.open(stream=written, filetype="pdf") as document:
        assert all("取扱注意" in page.get_text() for page in document)


def test_a_file_that_was_given_up_leaves_a_memory_that_still_serves(fonts):
    class Enough(Exception):
        pass

    def stop():
        raise Enough

    document, memory = document_of([section("s0", "評価", "", table=True)]), PdfMemory()
    layout = Typesetter(fonts).set(document)
    with pytest.raises(Enough):
        write_pdf(layout, fonts, stop, memory=memory)
    assert write_pdf(layout, fonts, memory=memory) == write_pdf(layout, fonts)
