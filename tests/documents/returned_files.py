"""Hand documents out as a department gets them, edit their XML as Word does, and read them back."""

import io
import zipfile
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from hyoka_desktop.compose.options import Options
from hyoka_desktop.compose.report import Selection, compose_report
from hyoka_desktop.document.model import Passport
from hyoka_desktop.domain.report import Address, NodeKind, YearView
from hyoka_desktop.exchange.word.expected import Expected
from hyoka_desktop.exchange.word.return_reader import read_returned
from hyoka_desktop.exchange.word.returned import Returned
from hyoka_desktop.formdef.model import FormDefinition
from hyoka_desktop.services.handout_cells import expected_of
from hyoka_desktop.writers.docx import write_docx

W_URI = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{W_URI}}}"
PASSPORT = "iaa-annual 2024 12-0123456789abcdef 依頼1"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{W_URI}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    f' xmlns:r="{_RELATION}"'
)


@dataclass(frozen=True)
class HandedOut:
    """Hold a document as it was handed out, and what it was made of."""

    form: FormDefinition
    view: YearView
    expected: Expected
    docx: bytes

    def address(self, number: str, field: str, row: int | None = None) -> Address:
        """Tell the address of a field of an item, of one of its rows where given."""
        item = next(item for item in self.view.items if self.view.text(item.id, "item_number") == number)
        node = item.id if row is None else self.view.children(item.id, NodeKind.ROW)[row].id
        return self.view.address(node, field)

    def stored(self, address: Address) -> str:
        """Tell what is stored."""
        return self.view.snapshot.stored(address) or ""

    def changes(self, returned: Returned) -> dict[Address, str]:
        """Tell the fields that came back as another text."""
        return {address: text for address, text in returned.texts.items() if text != self.stored(address)}


def hand_out(form: FormDefinition, view: YearView, items: Iterable[int] | None = None) -> HandedOut:
    """Compose, mark and write a document, whole or the 調書 of some items."""
    options = Options()
    chosen = None if items is None else Selection(items=tuple(items)).items
    document = replace(compose_report(form, view, options, chosen), passport=Passport(PASSPORT, printed=True))
    return HandedOut(form, view, expected_of(document, form, view, options), write_docx(document, {}))


def with_texts(view: YearView, texts: dict[Address, str]) -> YearView:
    """Tell a view with other texts."""
    values = {key: dict(years) for key, years in view.snapshot.values.items()}
    for address, text in texts.items():
        values.setdefault((address.node, address.field), {})[address.year] = text
    return replace(view, snapshot=replace(view.snapshot, values=values))


def fragment(xml: str) -> etree._Element:
    """Parse a piece of WordprocessingML."""
    return etree.fromstring(f"<w:root {_NAMESPACES}>{xml}</w:root>")[0]


def run(text: str, properties: str = "") -> str:
    """Write a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


class WordFile:
    """Edit a .docx as Word does."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.body = etree.fromstring(self.parts["word/document.xml"])

    def paragraph(self, text: str, nth: int = 0) -> etree._Element:
        """Find a paragraph by its whole text."""
        return [p for p in self.body.iter(f"{W}p") if text_of(p) == text][nth]

    def cell(self, text: str, nth: int = 0) -> etree._Element:
        """Find the cell that a paragraph stands in."""
        return next(self.paragraph(text, nth).iterancestors(f"{W}tc"))

    def row(self, text: str, nth: int = 0) -> etree._Element:
        """Find the row that a paragraph stands in."""
        return next(self.paragraph(text, nth).iterancestors(f"{W}tr"))

    def table(self, text: str, nth: int = 0) -> etree._Element:
        """Find the table that a paragraph stands in."""
        return next(self.paragraph(text, nth).iterancestors(f"{W}tbl"))

    def rewrite(self, text: str, content: str, nth: int = 0) -> etree._Element:
        """Put markup in place of the runs of a paragraph."""
        paragraph = self.paragraph(text, nth)
        for child in list(paragraph):
            if child.tag not in {f"{W}pPr", f"{W}bookmarkStart", f"{W}bookmarkEnd"}:
                paragraph.remove(child)
        root = etree.fromstring(f"<w:root {_NAMESPACES}>{content}</w:root>")
        for child in list(root):
            paragraph.append(child)
        return paragraph

    def type(self, text: str, other: str, nth: int = 0) -> None:
        """Type another text, a paragraph for each line of it."""
        first, *more = other.split("\n")
        paragraph = self.rewrite(text, run(first), nth)
        for line in reversed(more):
            new = deepcopy(paragraph)
            for mark in [*new.iter(f"{W}bookmarkStart"), *new.iter(f"{W}bookmarkEnd")]:
                mark.getparent().remove(mark)
            next(new.iter(f"{W}t")).text = line
            paragraph.addnext(new)

    def add_part(self, name: str, kind: str, xml: str) -> None:
        """Add a part that the document points to."""
        self.parts[f"word/{name}"] = xml.encode()
        relations = self.parts["word/_rels/document.xml.rels"].decode()
        entry = f'<Relationship Id="x{kind}" Type="{_RELATION}/{kind}" Target="{name}"/></Relationships>'
        self.parts["word/_rels/document.xml.rels"] = relations.replace("</Relationships>", entry).encode()

    def comment(self, comments: str, threads: str = "") -> None:
        """Add comments, and who answers whom."""
        self.add_part("comments.xml", "comments", f"<w:comments {_NAMESPACES}>{comments}</w:comments>")
        if threads:
            xml = f"<w15:commentsEx {_NAMESPACES}>{threads}</w15:commentsEx>"
            self.add_part("commentsExtended.xml", "commentsExtended", xml)

    def clean(self, *kinds: str) -> None:
        """Take hidden data out, as files are cleaned on their way into a closed network."""
        if "bookmarks" in kinds:
            self._drop("bookmarkStart", "bookmarkEnd")
        if "styles" in kinds:
            self._drop("pStyle", "tblStyle", "shd", "tblHeader")
            self.parts.pop("word/styles.xml", None)
        if "properties" in kinds:
            self.parts = {name: content for name, content in self.parts.items() if not name.startswith("docProps/")}
        if "footer" in kinds:
            self._drop("footerReference")
            self.parts = {name: content for name, content in self.parts.items() if "footer" not in name}
            relations = etree.fromstring(self.parts["word/_rels/document.xml.rels"])
            for relation in [one for one in relations if "footer" in one.get("Target")]:
                relations.remove(relation)
            self.parts["word/_rels/document.xml.rels"] = etree.tostring(relations)

    def _drop(self, *names: str) -> None:
        for name in names:
            for element in list(self.body.iter(W + name)):
                element.getparent().remove(element)

    def saved(self, path: Path) -> Path:
        """Write the file."""
        parts = {**self.parts, "word/document.xml": etree.tostring(self.body, xml_declaration=True, encoding="UTF-8")}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in parts.items():
                package.writestr(name, content)
        return path


def text_of(paragraph: etree._Element) -> str:
    """Tell the text of a paragraph."""
    return "".join(text.text or "" for text in paragraph.iter(f"{W}t"))


def read(handed: HandedOut, word: WordFile, folder: Path) -> Returned:
    """Read a file back that was edited."""
    return read_returned(word.saved(folder / "戻り.docx"), handed.expected)
