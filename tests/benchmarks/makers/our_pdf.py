"""Our own PDF, tagged, PDF/A; no line is remembered from one run to the next, fonts stay open."""

from collections.abc import Mapping
from functools import cache

from hyoka_desktop.document.model import Document
from hyoka_desktop.paths import resource
from hyoka_desktop.typeset.fonts import FontLibrary
from hyoka_desktop.typeset.pages import Typesetter
from hyoka_desktop.writers.pdf import PdfKind, write_pdf


def make(document: Document, page_numbers: Mapping[str, int], *, kind: PdfKind = PdfKind.ARCHIVAL) -> bytes:
    """Set and write the document."""
    fonts = _fonts()
    return write_pdf(Typesetter(fonts).set(document), fonts, kind=kind)


@cache
def _fonts() -> FontLibrary:
    return FontLibrary(resource("fonts"))
