"""Find the characters of a document that no font has, before it is printed with blank boxes."""

from collections.abc import Hashable, Iterator

from hyoka_desktop.document.model import Contents, Document, Figure, Heading, Label, Paragraph, Table
from hyoka_desktop.typeset.fonts import FontLibrary


def missing_characters(document: Document, fonts: FontLibrary) -> dict[Hashable, str]:
    """Tell the characters that no font has, by the source of their text, each once and in order of the document."""
    found: dict[Hashable, dict[str, None]] = {}
    for paragraph in paragraphs_of(document):
        missing = fonts.missing(paragraph.style.font.file, paragraph.text)
        if missing:
            found.setdefault(paragraph.source, {}).update(dict.fromkeys(sorted(missing)))
    return {source: "".join(characters) for source, characters in found.items()}


def paragraphs_of(document: Document) -> Iterator[Paragraph]:
    """Yield the paragraphs of a document; the lines of the contents say nothing that the headings do not."""
    for block in (block for section in document.sections for block in section.blocks):
        match block:
            case Paragraph():
                yield block
            case Heading(paragraph):
                yield paragraph
            case Figure(_, shapes):
                yield from (shape.paragraph for shape in shapes if isinstance(shape, Label))
            case Contents(title):
                yield title
            case Table(_, _, rows):
                for cell in (cell for row in rows for cell in row.cells):
                    yield from cell.paragraphs
