"""Read a finished PDF back: characters, rules and the boxes that the rules form, by positions alone.

Nothing of the package is used. Coordinates are points from the top left corner of the page.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

import pymupdf

_NEAR = 0.6


@dataclass(frozen=True)
class Char:
    """One character as it stands on the page."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    font: str


@dataclass(frozen=True)
class ReadLine:
    """Characters on one baseline, in order."""

    chars: Sequence[Char]

    @property
    def text(self) -> str:
        return "".join(char.text for char in self.chars)

    @property
    def baseline(self) -> float:
        return self.chars[0].baseline


@dataclass
class ReadBox:
    """A box between rules, with the lines in it."""

    x0: float
    x1: float
    top: float
    bottom: float
    lines: list[ReadLine] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)


@dataclass(frozen=True)
class Stroke:
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def is_vertical(self) -> bool:
        return abs(self.x0 - self.x1) < 0.01


@dataclass(frozen=True)
class ReadTable:
    """A part of a table on one page: what touches one left border."""

    page: int
    top: float
    bottom: float
    boxes: Sequence[ReadBox]
    edges: frozenset[float]


@dataclass(frozen=True)
class ReadPage:
    """All that stands on one page."""

    number: int
    width: float
    height: float
    chars: Sequence[Char]
    strokes: Sequence[Stroke]
    tables: Sequence[ReadTable]
    free: Sequence[ReadLine]
    underlines: Sequence[Stroke]
    fills: Sequence[tuple[float, float, float, float]]


def read_pdf(content: bytes) -> list[ReadPage]:
    """Read all pages."""
    with pymupdf.open(stream=content, filetype="pdf") as document:
        return [_read_page(number, page) for number, page in enumerate(document)]


def _read_page(number: int, page: pymupdf.Page) -> ReadPage:
    chars = _chars(page)
    strokes = _strokes(page)
    verticals = [stroke for stroke in strokes if stroke.is_vertical]
    flat = [stroke for stroke in strokes if not stroke.is_vertical]
    rules = [stroke for stroke in flat if _ends_at_rules(stroke, verticals)]
    boxes, free = _boxes(chars, verticals, rules)
    tables = _tables(number, verticals, boxes)
    underlines = [stroke for stroke in flat if stroke not in rules]
    return ReadPage(number, page.rect.width, page.rect.height, chars, strokes, tables, free, underlines, _fills(page))


def _chars(page: pymupdf.Page) -> list[Char]:
    read: list[Char] = []
    for block in page.get_text("rawdict")["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                for char in span["chars"]:
                    if not char.get("synthetic"):
                        x, y = char["origin"]
                        read.append(Char(char["c"], x, char["bbox"][2], round(y, 2), span["size"], span["font"]))
    return read


def _strokes(page: pymupdf.Page) -> list[Stroke]:
    return [
        Stroke(min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y))
        for drawing in page.get_drawings()
        for kind, a, b, *_ in drawing["items"]
        if kind == "l"
    ]


def _fills(page: pymupdf.Page) -> list[tuple[float, float, float, float]]:
    rectangles = [item[1] for drawing in page.get_drawings() for item in drawing["items"] if item[0] == "re"]
    return [(rectangle.x0, rectangle.y0, rectangle.x1, rectangle.y1) for rectangle in rectangles]


def _ends_at_rules(stroke: Stroke, verticals: Sequence[Stroke]) -> bool:
    """Tell whether a horizontal line runs from one vertical rule to another; underlines do not."""
    return all(
        any(abs(rule.x0 - end) < _NEAR and rule.y0 - _NEAR < stroke.y0 < rule.y1 + _NEAR for rule in verticals)
        for end in (stroke.x0, stroke.x1)
    )


def _boxes(
    chars: Sequence[Char], verticals: Sequence[Stroke], rules: Sequence[Stroke]
) -> tuple[list[ReadBox], list[ReadLine]]:
    found: dict[tuple[float, float, float, float], ReadBox] = {}
    free: list[ReadLine] = []
    for baseline, line in groupby(sorted(chars, key=lambda char: (char.baseline, char.x0)), lambda c: c.baseline):
        on_line = list(line)
        middle = baseline - on_line[0].size * 0.4
        edges = sorted({round(rule.x0, 1) for rule in verticals if rule.y0 <= middle <= rule.y1})
        for slot, run in groupby(on_line, lambda char, edges=edges: bisect_right(edges, char.x0 + 0.05)):
            here = ReadLine(tuple(run))
            if slot in {0, len(edges)}:
                free.append(here)
                continue
            x0, x1 = edges[slot - 1], edges[slot]
            spanning = [rule.y0 for rule in rules if rule.x0 - _NEAR <= x0 and x1 <= rule.x1 + _NEAR]
            top = max((y for y in spanning if y < middle), default=0.0)
            bottom = min((y for y in spanning if y > middle), default=0.0)
            found.setdefault((x0, x1, top, bottom), ReadBox(x0, x1, top, bottom)).lines.append(here)
    return sorted(found.values(), key=lambda box: (box.top, box.x0)), free


def _tables(number: int, verticals: Sequence[Stroke], boxes: Sequence[ReadBox]) -> list[ReadTable]:
    if not verticals:
        return []
    left = min(rule.x0 for rule in verticals)
    spans: list[list[float]] = []
    for rule in sorted((rule for rule in verticals if abs(rule.x0 - left) < _NEAR), key=lambda rule: rule.y0):
        if spans and rule.y0 <= spans[-1][1] + _NEAR:
            spans[-1][1] = max(spans[-1][1], rule.y1)
        else:
            spans.append([rule.y0, rule.y1])
    return [
        ReadTable(
            number,
            top,
            bottom,
            [box for box in boxes if top - _NEAR <= box.top and box.bottom <= bottom + _NEAR],
            frozenset(round(rule.x0, 1) for rule in verticals if top - _NEAR <= rule.y0 and rule.y1 <= bottom + _NEAR),
        )
        for top, bottom in spans
    ]
