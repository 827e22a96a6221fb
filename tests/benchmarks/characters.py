"""Which characters a document holds: the model's, and those that a finished file gives back."""

import html
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

from hyoka_desktop.document.model import Block, Contents, Document, Heading, Paragraph, Table

_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")


def characters_of(document: Document) -> Counter[str]:
    """Count the characters of a document without blanks, and without the page numbers of its contents."""
    texts = [text for section in document.sections for block in section.blocks for text in _texts(block)]
    return _count("".join(texts))


def characters_of_docx(content: bytes) -> Counter[str]:
    """Count the characters of a .docx file's main part."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        xml = package.read("word/document.xml").decode()
    return _count(html.unescape("".join(_TEXT.findall(xml))))


def characters_of_pdf(content: bytes) -> Counter[str]:
    """Count the characters that copying from a PDF gives; ImportError where pymupdf is not installed."""
    import pymupdf  # noqa: PLC0415 - the only one that needs it

    with pymupdf.open(stream=content, filetype="pdf") as pages:  # type: ignore[no-untyped-call]
        return _count("".join(page.get_text() for page in pages))


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield block.text
        case Heading(paragraph):
            yield paragraph.text
        case Contents():
            yield block.title.text
            for entry in block.entries:
                yield entry.number + entry.text
        case Table():
            for row in block.rows:
                for cell in row.cells:
                    yield from (paragraph.text for paragraph in cell.paragraphs)


def _count(text: str) -> Counter[str]:
    return Counter(character for character in text if not character.isspace())
