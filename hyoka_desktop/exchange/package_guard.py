"""Open a package of Office (.docx, .xlsx) that came from outside, without trusting it.

What a package would become is measured before any parser sees it: parts, bytes, how far each is packed, tags. XML with
a document type (the way of entities that grow), macros, and names that lead out of the package are refused.
"""

import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from hyoka_desktop.errors import InputError, WorldError

LARGEST_FILE: Final = 100_000_000
LARGEST_CONTENT: Final = 300_000_000
"""Bytes of all parts together when unpacked."""
LARGEST_XML: Final = 40_000_000
"""Bytes of one part that is read as XML."""
MOST_TAGS: Final = 1_500_000
MOST_MARKUP: Final = 1_600_000
"""Tags and attributes of one part together: each takes some 200 bytes of memory."""
MOST_PARTS: Final = 2_000
SMALL: Final = 1_000_000
"""A part up to so many bytes may be packed as far as it likes."""
MOST_PACKED: Final = 200
"""So many times smaller a larger part may be packed."""

_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
"""Files of Office before 2007, and new ones under a password."""
_ENCRYPTED: Final = 0x1
_ENTRY_MARK: Final = b"PK\x01\x02"
_MOST_MARKS: Final = 10 * MOST_PARTS
"""Of entries: packages inside the package have some of their own."""
_TYPES: Final = "[Content_Types].xml"
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"'>]{1,40})["'][^>]{0,200}\?>""")
_PROLOGUE = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_HEAD: Final = 1_000
"""Bytes in which an XML declaration ends."""
_ENCODINGS: Final = {b"utf-8", b"utf8"}
_ESCAPING = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|^[A-Za-z]:|[\\\x00-\x1f]")


class Package:
    """Read the parts of a package."""

    def __init__(self, path: Path, content: bytes) -> None:
        self.path: Final = path
        if content.startswith(_OLD_OFFICE):
            raise InputError("package_old_or_locked", path=str(self.path))
        if content.count(_ENTRY_MARK) > _MOST_MARKS:
            raise InputError("package_too_large", path=str(self.path))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as fault:
            raise InputError("package_damaged", path=str(self.path)) from fault
        self._sizes = {entry.filename: entry.file_size for entry in self._zip.infolist()}
        self._check()

    def has(self, name: str) -> bool:
        """Tell whether there is a part."""
        return name in self._sizes

    def xml(self, name: str) -> ElementTree.Element:
        """Read a part as XML; InputError where it is not there, too large, or no XML that Office writes."""
        content = self._plain(self._read(name))
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise InputError("package_document_type", path=str(self.path))
        tags = content.count(b"<") - content.count(b"</")
        if tags > MOST_TAGS or tags + content.count(b"=") > MOST_MARKUP:
            raise InputError("package_too_large", path=str(self.path))
        # What makes XML dangerous needs a document type, which was refused above.
        parser = ElementTree.XMLParser(encoding="utf-8")  # noqa: S314
        try:
            parser.feed(content)
            return parser.close()
        except (ElementTree.ParseError, ValueError) as fault:
            raise InputError("package_damaged", path=str(self.path)) from fault

    def _check(self) -> None:
        entries = self._zip.infolist()
        if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_CONTENT:
            raise InputError("package_too_large", path=str(self.path))
        if any(_is_packed_too_far(entry) for entry in entries):
            raise InputError("package_too_large", path=str(self.path))
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise InputError("package_old_or_locked", path=str(self.path))
        names = [entry.filename.casefold() for entry in entries]
        if len(set(names)) < len(names) or any(_ESCAPING.search(name) for name in names):
            raise InputError("package_names", path=str(self.path))
        if any("vbaproject" in name for name in names) or self._declares_macros():
            raise InputError("package_macros", path=str(self.path))

    def _declares_macros(self) -> bool:
        return self.has(_TYPES) and b"macroenabled" in self._plain(self._read(_TYPES)).lower()

    def _read(self, name: str) -> bytes:
        size = self._sizes.get(name)
        if size is None:
            raise InputError("package_damaged", path=str(self.path))
        if size > LARGEST_XML:
            raise InputError("package_too_large", path=str(self.path))
        try:
            with self._zip.open(name) as part:
                # A count bounds what is unpacked, whatever the part says of its own size.
                return part.read(size + 1)
        except _UNREADABLE as fault:
            raise InputError("package_damaged", path=str(self.path)) from fault

    def _plain(self, content: bytes) -> bytes:
        """Tell a part in UTF-8, whose markup can be seen; another encoding could hide it."""
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            try:
                text = content.decode("utf-16")
                prologue = _PROLOGUE.match(text[:_HEAD])
                return text[prologue.end() if prologue is not None else 0 :].encode("utf-8")
            except UnicodeError as fault:
                raise InputError("package_damaged", path=str(self.path)) from fault
        declared = _DECLARED.match(content[:_HEAD].removeprefix(b"\xef\xbb\xbf"))
        if declared is not None and declared[1].lower() not in _ENCODINGS:
            raise InputError("package_damaged", path=str(self.path))
        return content


_UNREADABLE: Final = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)


def _is_packed_too_far(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > SMALL and entry.file_size > MOST_PACKED * entry.compress_size


def open_package(path: Path) -> Package:
    """Open a package; InputError says what is wrong with it, WorldError that it cannot be read."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as fault:
        raise WorldError("cannot_read", path=str(path)) from fault
    if len(content) > LARGEST_FILE:
        raise InputError("package_too_large", path=str(path))
    return Package(path, content)
