"""Make a colour profile of sRGB (IEC 61966-2-1) as ICC.1:2001-04, version 2, describes it, so that none is copied."""

import struct
from collections.abc import Mapping
from typing import Final

_VERSION: Final = 0x02100000
_HEADER_SIZE: Final = 128
_D50: Final = (0.9642, 1.0, 0.8249)
_PRIMARIES: Final = {
    b"rXYZ": (0.43607, 0.22249, 0.01392),
    b"gXYZ": (0.38515, 0.71687, 0.09708),
    b"bXYZ": (0.14307, 0.06061, 0.71410),
}
"""The colourants as seen under D50."""
_CURVE_POINTS: Final = 256
_END_OF_LINE: Final = 0.04045
"""Up to here the transfer function is a straight line."""
_NAME: Final = b"sRGB"


def srgb_profile() -> bytes:
    """Tell the bytes of the profile."""
    curve = _curve()
    tags = {
        b"desc": _description(_NAME),
        b"cprt": b"text\0\0\0\0No copyright, use freely\0",
        b"wtpt": _xyz(_D50),
        **{tag: _xyz(colourant) for tag, colourant in _PRIMARIES.items()},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    body = _tagged(tags)
    return _header(_HEADER_SIZE + len(body)) + body


def _header(size: int) -> bytes:
    """Write the header (6.1): a display profile from RGB to XYZ, made on a fixed day."""
    made_on = (2024, 1, 1, 0, 0, 0)
    fields = struct.pack(">I4xI4s4s4s6H4s", size, _VERSION, b"mntr", b"RGB ", b"XYZ ", *made_on, b"acsp")
    illuminant = struct.pack(">28x3i", *map(_fixed, _D50))
    return (fields + illuminant).ljust(_HEADER_SIZE, b"\0")


def _tagged(tags: Mapping[bytes, bytes]) -> bytes:
    """Write the table of tags and their data; equal data stand once."""
    start = _HEADER_SIZE + 4 + 12 * len(tags)
    table, places, content = struct.pack(">I", len(tags)), dict[bytes, int](), b""
    for tag, value in tags.items():
        if value not in places:
            places[value] = start + len(content)
            content += value + bytes(-len(value) % 4)
        table += struct.pack(">4sII", tag, places[value], len(value))
    return table + content


def _description(text: bytes) -> bytes:
    """Write a text description (6.5.17) with no Unicode and no Macintosh part."""
    return b"desc\0\0\0\0" + struct.pack(">I", len(text) + 1) + text + bytes(1 + 4 + 4 + 2 + 1 + 67)


def _curve() -> bytes:
    """Write the transfer function of sRGB as points."""
    points = [round(65535 * _linear(place / (_CURVE_POINTS - 1))) for place in range(_CURVE_POINTS)]
    return b"curv\0\0\0\0" + struct.pack(f">I{_CURVE_POINTS}H", _CURVE_POINTS, *points)


def _linear(value: float) -> float:
    return float(value / 12.92 if value <= _END_OF_LINE else ((value + 0.055) / 1.055) ** 2.4)


def _xyz(value: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *map(_fixed, value))


def _fixed(value: float) -> int:
    return round(value * 65536)
