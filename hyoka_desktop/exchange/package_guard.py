"""Open a package of Office that came from outside, without trusting it.

Sizes are bounded before anything is unpacked and while it is; XML with a document type (the way of entities that grow)
and packages with macros are refused.
"""

import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from hyoka_desktop.errors import InputError, WorldError

LARGEST_FILE: Final = 20_000_000
LARGEST_CONTENT: Final = 60_000_000
"""Bytes of all parts together when unpacked."""
MOST_PARTS: Final = 2_000

_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
"""Files of Office before 2007, and new ones under a password."""
_ENCRYPTED: Final = 0x1
_DECLARED = re.compile(r"""^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']""")
_PROLOGUE = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENCODINGS: Final = {"utf-8", "utf8", "utf-16"}


class Package:
    """Read the parts of a package."""

    def __init__(self, path: Path, content: bytes) -> None:
        self._path = path
        if content.startswith(_OLD_OFFICE):
            raise InputError("package_old_or_locked", path=str(path))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as fault:
            raise InputError("package_damaged", path=str(path)) from fault
        self._check()

    def has(self, name: str) -> bool:
        """Tell whether there is a part."""
        return name in self._sizes

    def xml(self, name: str) -> ElementTree.Element:
        """Read a part as XML."""
        text = self._decoded(self._read(name))
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise InputError("package_document_type", path=str(self._path))
        try:
            # What makes XML dangerous needs a document type, which was refused above.
            return ElementTree.fromstring(_PROLOGUE.sub("", text, count=1))  # noqa: S314
        except (ElementTree.ParseError, ValueError) as fault:
            raise InputError("package_damaged", path=str(self._path)) from fault

    def _check(self) -> None:
        entries = self._zip.infolist()
        self._sizes = {entry.filename: entry.file_size for entry in entries}
        if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > LARGEST_CONTENT:
            raise InputError("package_too_large", path=str(self._path))
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise InputError("package_old_or_locked", path=str(self._path))
        if any(entry.filename.casefold().endswith("vbaproject.bin") for entry in entries):
            raise InputError("package_macros", path=str(self._path))

    def _read(self, name: str) -> bytes:
        size = self._sizes.get(name)
        if size is None:
            raise InputError("package_damaged", path=str(self._path))
        try:
            with self._zip.open(name) as part:
                # A count bounds what is unpacked, whatever the part says of its own size.
                return part.read(size + 1)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as fault:
            raise InputError("package_damaged", path=str(self._path)) from fault

    def _decoded(self, content: bytes) -> str:
        wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
        try:
            text = content.decode("utf-16" if wide else "utf-8-sig")
        except UnicodeDecodeError as fault:
            raise InputError("package_damaged", path=str(self._path)) from fault
        declared = _DECLARED.match(text)
        if declared is not None and declared[1].casefold() not in _ENCODINGS:
            raise InputError("package_damaged", path=str(self._path))
        return text


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
