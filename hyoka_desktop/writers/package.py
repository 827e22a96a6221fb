"""What every package of Office needs: text that XML can hold, and a zip that is the same for the same document."""

import io
import re
import zipfile
from datetime import UTC, datetime
from html import escape
from typing import Final

FIXED_TIME: Final = datetime(2020, 1, 1, tzinfo=UTC)
"""The time that every document says it was made at."""
FIXED_ZIP_TIME: Final = (2020, 1, 1, 0, 0, 0)
_QUICK: Final = 1
"""Packing harder costs more time than the little that it saves is worth."""
LONGEST_PROPERTY: Final = 255
"""Office takes no longer title or author."""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_TO_ESCAPE = re.compile("[&<>\"'\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def legal(text: str) -> str:
    """Replace what XML cannot hold, which no border lets in, by U+FFFD."""
    return _ILLEGAL.sub("\ufffd", text) if _ILLEGAL.search(text) else text


def escaped(text: str) -> str:
    """Write a text as XML, for an element or, in double quotes, an attribute.

    `xml.sax.saxutils` would bring in `urllib` and with it `socket`.
    """
    return escape(legal(text)) if _TO_ESCAPE.search(text) else text


def property_of(text: str) -> str:
    """Tell a text as a property of the document can hold it."""
    return legal(text)[:LONGEST_PROPERTY]


def packed_again(package: io.BytesIO) -> bytes:
    """Pack again with fixed times and order, so that the same document gives the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(package) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, FIXED_ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, source.read(name), compresslevel=_QUICK)
    return target.getvalue()
