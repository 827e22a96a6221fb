"""Write a small drawing of page frames as an Enhanced Metafile, which Word shows sharp at any size ([MS-EMF]).

Rules are written as filled boxes, since pens have round ends.
"""

import struct
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from hyoka_desktop.typeset.frames import PageFrame, Text

_UNITS: Final = 20
"""Units of the drawing a point."""
_PIXELS, _MILLIMETRES = 14400, 254
"""The device that the drawing is made for has so many units on so many millimetres, which makes 20 a point."""
_HUNDREDTHS_MM: Final = 2540 / 72
_HEADER, _EOF, _BACKGROUND_MODE, _TEXT_ALIGN, _SELECT, _DELETE = 1, 14, 18, 22, 37, 40
_BRUSH, _RECTANGLE, _FONT, _TEXT = 39, 43, 82, 84
_TRANSPARENT, _ON_BASELINE, _ADVANCED = 1, 24, 2
_NO_PEN: Final = 0x80000008
_THE_OBJECT: Final = 1
_JAPANESE: Final = 128
_WEIGHT: Final = 400
_FONT_BYTES, _FACE_BYTES = 320, 64
_TEXT_OFFSET: Final = 76
_WIDE: Final = frozenset("WFA")


def write_emf(frame: PageFrame, width: float, height: float, families: Mapping[str, str]) -> bytes:
    """Write texts, fills and rules of a frame, in points from its upper left; `families` names each font file."""
    records = [_record(_BACKGROUND_MODE, "<I", _TRANSPARENT), _record(_TEXT_ALIGN, "<I", _ON_BASELINE)]
    records.append(_record(_SELECT, "<I", _NO_PEN))
    for fill in frame.fills:
        records += _box(fill.x, fill.y, fill.x + fill.width, fill.y + fill.height, fill.tint)
    for rule in frame.rules:
        half = rule.thickness / 2
        across, down = (0.0, half) if rule.y0 == rule.y1 else (half, 0.0)
        records += _box(rule.x0 - across, rule.y0 - down, rule.x1 + across, rule.y1 + down, 0.0)
    for text in frame.texts:
        records += _text(text, families[text.font])
    records.append(_record(_EOF, "<III", 0, 16, 20))
    return b"".join([_header(width, height, records), *records])


def _header(width: float, height: float, records: list[bytes]) -> bytes:
    size = 88
    return struct.pack(
        "<II4i4iIIIIHHIII2i2i",
        *(_HEADER, size),
        *(0, 0, _units(width), _units(height)),
        *(0, 0, round(width * _HUNDREDTHS_MM), round(height * _HUNDREDTHS_MM)),
        *(0x464D4520, 0x10000, size + sum(map(len, records)), len(records) + 1, _THE_OBJECT + 1, 0, 0, 0, 0),
        *(_PIXELS, _PIXELS, _MILLIMETRES, _MILLIMETRES),
    )


def _box(left: float, top: float, right: float, bottom: float, tint: float) -> Iterator[bytes]:
    """Write a filled box; a rectangle without a pen ends one unit before its right and lower edge."""
    grey = round(tint * 255)
    yield _record(_BRUSH, "<IIII", _THE_OBJECT, 0, grey | grey << 8 | grey << 16, 0)
    yield _record(_SELECT, "<I", _THE_OBJECT)
    yield _record(_RECTANGLE, "<4i", _units(left), _units(top), _units(right) + 1, _units(bottom) + 1)
    yield _record(_DELETE, "<I", _THE_OBJECT)


def _text(text: Text, family: str) -> Iterator[bytes]:
    name = family.encode("utf-16-le", "replace")[: _FACE_BYTES - 2].ljust(_FACE_BYTES, b"\0")
    look = struct.pack("<5i8B", -_units(text.size), 0, 0, 0, _WEIGHT, 0, 0, 0, _JAPANESE, 0, 0, 0, 0)
    yield _record(_FONT, f"<I{_FONT_BYTES}s", _THE_OBJECT, (look + name).ljust(_FONT_BYTES, b"\0"))
    yield _record(_SELECT, "<I", _THE_OBJECT)
    written = text.text.encode("utf-16-le", "replace")
    count = len(written) // 2
    padded = written + b"\0" * (-len(written) % 4)
    place = (_units(text.x), _units(text.baseline))
    bounds = (0, 0, -1, -1)
    offsets = (count, _TEXT_OFFSET, 0, *bounds, _TEXT_OFFSET + len(padded))
    head = struct.pack("<4iIff2iIII4iI", *bounds, _ADVANCED, 1.0, 1.0, *place, *offsets)
    yield _record(_TEXT, f"<{len(head)}s{len(padded)}s{count}I", head, padded, *_advances(text))
    yield _record(_DELETE, "<I", _THE_OBJECT)


def _advances(text: Text) -> Iterator[int]:
    """Tell the advance of each UTF-16 unit, so that another font of the family's kind takes the same room."""
    ems = [_em(character) for character in text.text]
    whole, at, before = sum(ems) or 1.0, 0.0, 0
    for character, em in zip(text.text, ems, strict=True):
        at += em * text.width / whole
        yield _units(at) - before
        before = _units(at)
        yield from [0] * (len(character.encode("utf-16-le", "replace")) // 2 - 1)


def _em(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Cf"}:
        return 0.0
    return 1.0 if unicodedata.east_asian_width(character) in _WIDE else 0.5


def _units(points: float) -> int:
    return round(points * _UNITS)


def _record(kind: int, layout: str, *values: object) -> bytes:
    content = struct.pack(layout, *values)
    return struct.pack("<II", kind, len(content) + 8) + content
