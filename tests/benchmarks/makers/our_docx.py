"""Our own .docx."""

from collections.abc import Mapping

from hyoka_desktop.document.model import Document
from hyoka_desktop.writers.docx import write_docx


def make(document: Document, page_numbers: Mapping[str, int]) -> bytes:
    """Write the document."""
    return write_docx(document, page_numbers)
