"""Read the text inside paragraphs of Word as it stands with all revisions accepted (ECMA-376 Part 1, 17.13, 17.16).

What only wraps text is taken off: content controls, smart tags, hyperlinks, marks of the spelling checker; of a field
its result is taken, of a ruby its base. What a field of a report cannot hold is told by name.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final
from xml.etree.ElementTree import Element

from hyoka_desktop.exchange.word.document import Odd, Oddment, ReadParagraph, RevisionKind, TrackedChange
from hyoka_desktop.text.normaliser import normalise

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT: Final = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MATHS: Final = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}",
    "{http://purl.oclc.org/ooxml/officeDocument/math}",
)
_COMPATIBILITY: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DEEPEST: Final = 100
_MOST_OPEN: Final = 100
_MOST_QUOTED: Final = 2_000_000
"""Comments that are open at once, and characters that all are about."""
LONGEST_NAME: Final = 255

_REVISIONS: Final[Mapping[str, RevisionKind]] = {
    "ins": RevisionKind.INSERTED,
    "del": RevisionKind.DELETED,
    "moveTo": RevisionKind.MOVED_HERE,
    "moveFrom": RevisionKind.MOVED_AWAY,
}
GONE: Final = frozenset({RevisionKind.DELETED, RevisionKind.MOVED_AWAY})
_SIGNS: Final[Mapping[str, str]] = {
    "tab": "\t",
    "ptab": "\t",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
_PROPERTIES = ("pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "rubyPr")
_SKIPPED: Final = frozenset((*_PROPERTIES, "instrText", "delInstrText", "rt", "fldData"))
_CONTROLS = ("smartTag", "customXml", "sdt", "sdtContent", "bdo", "dir")
_WRAPPERS: Final = frozenset(("r", "hyperlink", "fldSimple", "ruby", "rubyBase", *_CONTROLS))
"""The usual ones of those that are taken off."""
_ODDMENTS: Final[Mapping[str, Oddment]] = {
    "drawing": Oddment.PICTURE,
    "pict": Oddment.PICTURE,
    "object": Oddment.EMBEDDED,
    "control": Oddment.EMBEDDED,
    "footnoteReference": Oddment.FOOTNOTE,
    "endnoteReference": Oddment.FOOTNOTE,
}
_ESCAPED: Final = re.compile("_x005F_(?=x[0-9A-Fa-f]{4}_)")
_SYMBOLS: Final = range(0xF000, 0xF100)


class TooDeepError(Exception):
    """Say that elements stand in each other beyond what any program writes."""


class TooLongError(Exception):
    """Say that a document holds more than any report."""


def name_of(element: Element) -> str:
    """Tell the name of an element of WordprocessingML, of another vocabulary with its namespace."""
    return _bare(element.tag)


@lru_cache(maxsize=1_000)
def _bare(tag: str) -> str:
    return tag.removeprefix(W).removeprefix(_STRICT)


def value_of(element: Element, name: str) -> str:
    """Tell an attribute of WordprocessingML, empty where it is not there."""
    return element.get(W + name) or element.get(_STRICT + name) or ""


def child(element: Element, *steps: str) -> Element | None:
    """Find the first of the elements that some steps lead to."""
    for step in steps:
        for inner in element:
            if name_of(inner) == step:
                element = inner
                break
        else:
            return None
    return element


def plain_text(element: Element) -> str:
    """Tell all text inside an element, whatever it is."""
    ends = ("}t", "}delText")
    return "".join(inner.text or "" for inner in element.iter() if str(inner.tag).endswith(ends))


def tracked(element: Element, kind: RevisionKind, text: str = "") -> TrackedChange:
    """Tell who made a tracked change, when, and of what text."""
    return TrackedChange(
        kind, value_of(element, "author")[:LONGEST_NAME], value_of(element, "date")[:LONGEST_NAME], text
    )


class Story:
    """Read paragraphs one after the other: fields and comments may go over several of them.

    With `escapes` text is taken as LibreOffice writes it.
    """

    def __init__(self, *, escapes: bool = False) -> None:
        self._escapes = escapes
        self.quoted: dict[str, list[str]] = {}
        self._quoted = 0
        self._open_comments: list[str] = []
        self._fields: list[bool] = []
        """For each field that is open whether its result has begun."""
        self._bookmarks: list[str] = []
        self._comments: list[str] = []

    def paragraph(self, element: Element) -> ReadParagraph:
        """Read a paragraph with what was found before it."""
        reading = _Reading(self)
        reading.found.bookmarks, self._bookmarks = self._bookmarks, []
        reading.found.comments, self._comments = self._comments, []
        reading.children(element, 0, None)
        reading.finish(child(element, "pPr"))
        self.quote("\n")
        return reading.found

    def between(self, element: Element) -> None:
        """Take a mark that stands between paragraphs: it belongs to the next one."""
        match name_of(element):
            case "bookmarkStart":
                self._bookmarks.append(value_of(element, "name"))
            case "commentRangeStart":
                if self.open_comment(value_of(element, "id")):
                    self._comments.append(value_of(element, "id"))
            case "commentRangeEnd":
                self.close_comment(value_of(element, "id"))

    def open_comment(self, comment: str) -> bool:
        """Begin the text that a comment is about; tell whether it had not begun before."""
        if comment in self.quoted:
            return False
        self.quoted[comment] = []
        if len(self._open_comments) < _MOST_OPEN:
            self._open_comments.append(comment)
        return True

    def close_comment(self, comment: str) -> None:
        """End the text that a comment is about."""
        if comment in self._open_comments:
            self._open_comments.remove(comment)

    def quote(self, text: str) -> None:
        """Add text to all comments that are about it."""
        for comment in self._open_comments if self._quoted < _MOST_QUOTED else ():
            self.quoted[comment].append(text)
            self._quoted += len(text)

    def turn_field(self, kind: str) -> None:
        """Begin a field, its result, or end it."""
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def said(self, text: str) -> str:
        """Tell a text as it was meant.

        WORKAROUND: LibreOffice writes `_x0041_` as `_x005F_x0041_`, which holds for spreadsheets and not for Word. What
        was written so before, it writes the same: that cannot be told apart.
        """
        return _ESCAPED.sub("_", text) if self._escapes else text

    @property
    def is_shown(self) -> bool:
        """Tell whether text here is shown, and is not the instruction of a field."""
        return all(self._fields)


class _Reading:
    """One paragraph being read."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._texts: list[str] = []
        self._changes: list[tuple[TrackedChange, list[str]]] = []
        self.found = ReadParagraph()

    def children(self, element: Element, depth: int, change: TrackedChange | None) -> None:
        """Read what stands in an element, under a tracked change or none."""
        for inner in element:
            self._element(inner, depth + 1, change)

    def finish(self, properties: Element | None) -> None:
        """Put the text together and look at the end of the paragraph."""
        self.found.text = "".join(self._texts)
        marks = child(properties, "rPr") if properties is not None else None
        for mark in marks if marks is not None else ():
            kind = _REVISIONS.get(name_of(mark))
            if kind is not None:
                self._tell(tracked(mark, kind), "\n")
                self.found.ends_deleted = self.found.ends_deleted or kind in GONE
        self.found.changes = [replace(change, text="".join(texts)) for change, texts in self._changes]
        number = child(properties, "numPr", "numId") if properties is not None else None
        if number is not None and value_of(number, "val") != "0":
            self.found.odds.append(Odd(Oddment.NUMBERING))

    def _element(self, element: Element, depth: int, change: TrackedChange | None) -> None:
        if depth > DEEPEST:
            raise TooDeepError
        name = name_of(element)
        if name in _WRAPPERS:
            self.children(element, depth, change)
        elif name in {"t", "delText"}:
            self._add(self._story.said(element.text or ""), change)
        elif name in _REVISIONS:
            kind = _REVISIONS[name]
            stronger = change if change is not None and change.kind in GONE else tracked(element, kind)
            self.children(element, depth, stronger)
        elif name in _SKIPPED:
            return
        elif not self._mark(element, name, change) and not self._odd(element, name, change):
            for inner in _unwrapped(element, name):
                self._element(inner, depth + 1, change)

    def _mark(self, element: Element, name: str, change: TrackedChange | None) -> bool:
        """Take what is no text itself; tell whether it was that."""
        story = self._story
        match name:
            case "bookmarkStart":
                self.found.bookmarks.append(value_of(element, "name"))
            case "fldChar":
                story.turn_field(value_of(element, "fldCharType"))
            case "commentRangeStart" | "commentReference":
                comment = value_of(element, "id")
                if story.open_comment(comment):
                    self.found.comments.append(comment)
                if name == "commentReference":
                    story.close_comment(comment)
            case "commentRangeEnd":
                story.close_comment(value_of(element, "id"))
            case "br":
                self._add("" if value_of(element, "type") in {"page", "column"} else "\n", change)
            case _ if name in _SIGNS:
                self._add(_SIGNS[name], change)
            case _:
                return False
        return True

    def _odd(self, element: Element, name: str, change: TrackedChange | None) -> bool:
        """Take what a field cannot hold; tell whether it was that."""
        if name == "sym":
            self._symbol(element, change)
            return True
        kind = Oddment.EQUATION if element.tag.startswith(_MATHS) else _ODDMENTS.get(name)
        if kind is None:
            return False
        if change is None or change.kind not in GONE:
            text = plain_text(element)
            is_box = kind is Oddment.PICTURE and any(
                str(inner.tag).endswith("}txbxContent") for inner in element.iter()
            )
            self.found.odds.append(Odd(Oddment.TEXT_BOX if is_box else kind, text))
        return True

    def _symbol(self, element: Element, change: TrackedChange | None) -> None:
        """Read a character of a symbol font, which has its shape in that font alone."""
        try:
            code = int(value_of(element, "char"), 16)
            text = normalise(chr(code)).text or "\ufffd"
        except (ValueError, OverflowError):
            code, text = 0, "\ufffd"
        self._add(text, change)
        if code in _SYMBOLS and (change is None or change.kind not in GONE):
            self.found.odds.append(Odd(Oddment.SYMBOL, text))

    def _add(self, text: str, change: TrackedChange | None) -> None:
        if not text or not self._story.is_shown:
            return
        if change is None or change.kind not in GONE:
            self._texts.append(text)
            self._story.quote(text)
        if change is not None:
            self._tell(change, text)

    def _tell(self, change: TrackedChange, text: str) -> None:
        """Add text to the list of changes; what one person changed in one go is one change."""
        last = self._changes[-1][0] if self._changes else None
        if last is None or (last.kind, last.author) != (change.kind, change.author):
            self._changes.append((change, []))
        self._changes[-1][1].append(text)


def _unwrapped(element: Element, name: str) -> Iterator[Element]:
    """Yield what an element that only wraps others holds; of alternatives the first."""
    if name == f"{_COMPATIBILITY}AlternateContent":
        chosen = next(iter(element), None)
        yield from chosen if chosen is not None else ()
    else:
        yield from element
