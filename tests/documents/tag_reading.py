"""Read the tags of a finished PDF: the structure tree, and what is marked on the pages, from the objects of the file.

Nothing of the package is used.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pymupdf

TOKEN = re.compile(rb"<<|>>|\[|\]|<[0-9A-Fa-f\s]*>|\((?:\\.|[^\\()])*\)|/[^\s/<>\[\]()]*|[^\s/<>\[\]()]+")
PAINTING = frozenset({b"Tj", b"TJ", b"'", b'"', b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"Do", b"sh"})
Mark = tuple[int, int]


@dataclass
class ReadElement:
    """One element: what is inside it in order are elements, marks (page, number) and annotations by object number.

    `shows` is the text that stands for it.
    """

    number: int
    kind: str
    parent: int
    attributes: Mapping[str, Any]
    shows: str = ""
    kids: list[Any] = field(default_factory=list)

    def elements(self) -> list["ReadElement"]:
        return [kid for kid in self.kids if isinstance(kid, ReadElement)]

    def walk(self) -> Iterator["ReadElement"]:
        yield self
        for kid in self.elements():
            yield from kid.walk()

    def marks(self) -> Iterator[Mark]:
        """Yield the marks in it and in the elements inside, in the order of reading."""
        for kid in self.kids:
            if isinstance(kid, ReadElement):
                yield from kid.marks()
            elif isinstance(kid, tuple):
                yield kid


@dataclass
class ReadTags:
    """All that a file says of its structure.

    `texts` are those of the marks; `artifacts` the texts of each page that are not read aloud; `unmarked` what is
    painted outside of any mark; `actual` what marks say that they read.
    """

    root: ReadElement
    texts: dict[Mark, str]
    artifacts: dict[int, list[str]]
    unmarked: list[tuple[int, str]]
    way_back: dict[int, Any]
    page_keys: list[int]
    annotation_keys: dict[int, int | None]
    actual: dict[Mark, str]

    def text_of(self, element: ReadElement) -> str:
        return "".join(self.texts[mark] for mark in element.marks())


def read_tags(content: bytes) -> ReadTags:
    """Read the file."""
    with pymupdf.open(stream=content, filetype="pdf") as document:
        return _Reader(document).read()


class _Reader:
    def __init__(self, document: pymupdf.Document) -> None:
        self._document = document
        self._pages = {document.page_xref(index): index for index in range(len(document))}
        self._texts: dict[Mark, str] = defaultdict(str)
        self._artifacts: dict[int, list[str]] = defaultdict(list)
        self._unmarked: list[tuple[int, str]] = []
        self._actual: dict[Mark, str] = {}

    def read(self) -> ReadTags:
        root = self._object(self._catalog()["StructTreeRoot"])
        for index in range(len(self._document)):
            self._read_page(index)
        numbers = self._object(root["ParentTree"])["Nums"]
        pages = [self._object(xref) for xref in self._pages]
        annotations = [xref for page in pages for xref in self._resolved(page.get("Annots", []))]
        return ReadTags(
            self._element(root["K"]),
            dict(self._texts),
            dict(self._artifacts),
            self._unmarked,
            dict(zip(numbers[::2], numbers[1::2], strict=True)),
            [page["StructParents"] for page in pages],
            {_number(xref): self._object(xref).get("StructParent") for xref in annotations},
            self._actual,
        )

    def _catalog(self) -> dict[str, Any]:
        return self._object(self._document.pdf_catalog())

    def _object(self, where: Any) -> Any:
        return parse(self._document.xref_object(_number(where), compressed=True).encode("latin-1"))

    def _resolved(self, value: Any) -> Any:
        return self._object(value) if isinstance(value, Reference) else value

    def _element(self, where: "Reference") -> ReadElement:
        read = self._object(where)
        element = ReadElement(
            where.number, read["S"], _number(read["P"]), self._resolved(read.get("A", {})), _text(read.get("Alt"))
        )
        page = self._pages[_number(read["Pg"])] if "Pg" in read else None
        kids = self._resolved(read.get("K", []))
        for kid in kids if isinstance(kids, list) else [kids]:
            element.kids.append(self._kid(kid, page))
        return element

    def _kid(self, kid: Any, page: int | None) -> Any:
        if isinstance(kid, int):
            assert page is not None
            return (page, kid)
        if isinstance(kid, Reference):
            return self._element(kid)
        if kid["Type"] == "MCR":
            return (self._pages[_number(kid["Pg"])], kid["MCID"])
        assert kid["Type"] == "OBJR"
        return _number(kid["Obj"])

    def _read_page(self, index: int) -> None:
        page = self._document[index]
        unicode = {name: self._unicode_map(xref) for xref, _, _, _, name, *_ in page.get_fonts()}
        stack: list[Any] = []
        before: list[bytes] = []
        strings: list[bytes] = []
        font = ""
        for token in TOKEN.findall(page.read_contents()):
            if token == b"BMC":
                stack.append(None)
            elif token == b"BDC":
                told = b" ".join(before)
                stack.append(int(re.search(rb"/MCID (\d+)", told)[1]))
                assert (index, stack[-1]) not in self._texts, "a number stands twice on a page"
                self._texts[index, stack[-1]] = ""
                actual = re.search(rb"/ActualText <FEFF([0-9A-F]+)>", told)
                if actual is not None:
                    self._actual[index, stack[-1]] = bytes.fromhex(actual[1].decode()).decode("utf-16-be")
                strings = []
            elif token == b"EMC":
                stack.pop()
            elif token == b"Tf":
                font = before[-2][1:].decode()
            elif token in PAINTING:
                self._paint(index, stack, token, strings, unicode.get(font, {}))
                strings = []
            elif re.fullmatch(rb"<[0-9A-F]*>", token):
                strings.append(token[1:-1])
            before = [*before[-8:], token]
        assert not stack, f"a mark on page {index} has no end"

    def _paint(
        self, page: int, stack: Sequence[Any], operator: bytes, strings: Sequence[bytes], unicode: Mapping[str, str]
    ) -> None:
        digits = b"".join(strings).decode() if operator in {b"Tj", b"TJ"} else ""
        text = "".join(unicode[digits[at : at + 4]] for at in range(0, len(digits), 4))
        assert len(stack) <= 1, "a mark stands inside another one"
        if not stack:
            self._unmarked.append((page, text or operator.decode()))
        elif stack[-1] is None:
            self._artifacts[page].append(text)
        else:
            self._texts[page, stack[-1]] += text

    def _unicode_map(self, font: int) -> dict[str, str]:
        stream = self._document.xref_stream(_number(self._object(font)["ToUnicode"])).decode("ascii")
        pairs = re.findall("^<([0-9A-F]{4})> <([0-9A-F]+)>$", stream, re.MULTILINE)
        return {code: bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


@dataclass(frozen=True)
class Reference:
    """A reference to an object."""

    number: int


def _number(where: Any) -> int:
    return where.number if isinstance(where, Reference) else where


def _text(digits: str | None) -> str:
    return bytes.fromhex(digits.strip("<>")).decode("utf-16") if digits else ""


def parse(source: bytes) -> Any:
    """Parse one object: names and strings are texts, references are `Reference`."""
    tokens = TOKEN.findall(source)
    value, end = _parse(tokens, 0)
    assert end == len(tokens), tokens[end:]
    return value


def _parse(tokens: Sequence[bytes], at: int) -> tuple[Any, int]:
    token = tokens[at]
    if token == b"<<":
        values, at = _parse_until(tokens, at + 1, b">>")
        return dict(zip(values[::2], values[1::2], strict=True)), at
    if token == b"[":
        return _parse_until(tokens, at + 1, b"]")
    if tokens[at + 2 : at + 3] == [b"R"] and tokens[at + 1].isdigit():
        return Reference(int(token)), at + 3
    if token.startswith(b"/"):
        return token[1:].decode("latin-1"), at + 1
    return (int(token) if re.fullmatch(rb"-?\d+", token) else token.decode("latin-1")), at + 1


def _parse_until(tokens: Sequence[bytes], at: int, end: bytes) -> tuple[list[Any], int]:
    values = []
    while tokens[at] != end:
        value, at = _parse(tokens, at)
        values.append(value)
    return values, at + 1
