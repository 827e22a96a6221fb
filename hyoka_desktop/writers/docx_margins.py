"""Headers and footers of a .docx: marks of the page, page number, passport."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hyoka_desktop.document.model import Align, Document, PageMark
from hyoka_desktop.writers.docx_markup import NAMESPACES, field, plain_run, style_id

_GREY: Final = '<w:color w:val="808080"/><w:sz w:val="12"/><w:szCs w:val="12"/>'
_BOX: Final = '<w:bdr w:val="single" w:sz="8" w:space="0" w:color="auto"/>'


@dataclass(frozen=True, slots=True)
class MarginPart:
    """Hold a header or a footer: its relation and kind, its file, its XML, and which sections have it."""

    relation: str
    kind: str
    file: str
    xml: str
    on_numbered: bool
    on_others: bool

    @property
    def reference(self) -> str:
        """Write how a section refers to it."""
        return f'<w:{self.kind}Reference w:type="default" r:id="{self.relation}"/>'


def margin_parts(document: Document) -> Sequence[MarginPart]:
    """Make the headers and footers that a document needs, none where nothing stands in its margins."""
    parts: list[MarginPart] = []
    if document.head:
        xml = f"<w:hdr {NAMESPACES}>{_head(document)}</w:hdr>"
        parts.append(MarginPart("rIdHeader", "header", "header1.xml", xml, on_numbered=True, on_others=True))
    passport = _passport(document)
    if document.page_number or passport:
        number = _page_number(document) if document.page_number else ""
        xml = f"<w:ftr {NAMESPACES}>{number}{passport}</w:ftr>"
        parts.append(MarginPart("rIdFooter", "footer", "footer1.xml", xml, on_numbered=True, on_others=False))
    if passport:
        xml = f"<w:ftr {NAMESPACES}>{passport}</w:ftr>"
        parts.append(MarginPart("rIdFooterPlain", "footer", "footer2.xml", xml, on_numbered=False, on_others=True))
    return parts


def references(parts: Sequence[MarginPart], *, numbered: bool) -> str:
    """Write what a section refers to, headers first (ECMA-376, 17.10)."""
    return "".join(part.reference for part in parts if (part.on_numbered if numbered else part.on_others))


def _head(document: Document) -> str:
    """Write the marks in one line, at the left, in the middle and at the right."""
    width = document.page.text_width.twips
    style = style_id(document.head[0].paragraph.style.name)
    tabs = (
        f'<w:tabs><w:tab w:val="center" w:pos="{width // 2}"/><w:tab w:val="right" w:pos="{width}"/></w:tabs>'
        '<w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="left"/>'
    )
    places = [_mark(document, align) for align in (Align.START, Align.CENTER, Align.END)]
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{tabs}</w:pPr>{"<w:r><w:tab/></w:r>".join(places)}</w:p>'


def _mark(document: Document, align: Align) -> str:
    return "".join(_mark_run(mark) for mark in document.head if mark.paragraph.align is align)


def _mark_run(mark: PageMark) -> str:
    return plain_run(f" {mark.paragraph.text} ", _BOX) if mark.boxed else plain_run(mark.paragraph.text)


def _page_number(document: Document) -> str:
    before, _, after = document.page_number.partition("{page}")
    style = style_id(document.page_number_style.name)
    runs = f"{plain_run(before)}{field('PAGE', '1')}{plain_run(after)}"
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _passport(document: Document) -> str:
    if document.passport is None or not document.passport.printed:
        return ""
    style = style_id(document.page_number_style.name)
    run = plain_run(document.passport.text, _GREY)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/><w:jc w:val="right"/></w:pPr>{run}</w:p>'
