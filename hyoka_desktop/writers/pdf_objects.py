"""Collect the objects of a PDF file and write them out, with what PDF/A-1 (ISO 19005-1) asks of the file itself.

The values are reportlab's. Its own document is not used. WORKAROUND: it ends streams without the end of line that PDF/A
asks for, registers an unembedded Helvetica, has no place for an output intent, and takes each object through several
dictionaries by name, which is slow for the thousands of a structure tree.
"""

import hashlib
import io
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from reportlab.pdfbase import pdfdoc

_HEADER: Final = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
"""The comment of four bytes beyond ASCII is asked for by PDF/A-1 (6.1.2)."""
_PLAIN: Final = pdfdoc.DummyDoc()

Values = Mapping[str, object]


def pdf_name(text: str) -> str:
    """Tell a name as it stands in the file."""
    written: str = pdfdoc.PDFName(text)
    return written


def pdf_text(value: str) -> bytes:
    """Tell a text string as it stands in the file."""
    written: bytes = pdfdoc.PDFString(value).format(_PLAIN)
    return written


def pdf_dictionary(values: Values) -> bytes:
    """Tell a dictionary as it stands in the file; the values are numbers, written values or sequences of them."""
    written: bytes = pdfdoc.PDFDictionary({key: _value(value) for key, value in values.items()}).format(_PLAIN)
    return written


def _value(value: object) -> object:
    match value:
        case str() | bytes() | int() | float():
            return value
        case Mapping():
            return pdf_dictionary(value)
        case Sequence():
            return pdfdoc.PDFArray([_value(inner) for inner in value])
    raise TypeError(value)


def packed(content: bytes) -> bytes:
    """Compress the content of a stream."""
    return zlib.compress(content)


def reference(number: int) -> str:
    """Tell how an object is pointed to."""
    return f"{number} 0 R"


@dataclass(frozen=True, slots=True)
class Block:
    """Hold objects with numbers in a row, ready for the file: their bytes, and where each begins in them."""

    content: bytes
    starts: Sequence[int]


def block_of(first: int, bodies: Iterable[bytes]) -> Block:
    """Join objects to a block, the first of them with a given number."""
    objects = [b"%d 0 obj\n%b\nendobj\n" % (number, body) for number, body in enumerate(bodies, first)]
    return Block(b"".join(objects), list(accumulate(map(len, objects[:-1]), initial=0)))


class PdfFile:
    """Number objects and write the file."""

    def __init__(self) -> None:
        self._bodies: dict[int, bytes] = {}
        self._blocks: dict[int, Block] = {}
        self._count = 0

    def reserve(self, count: int = 1) -> int:
        """Take numbers in a row for objects that follow later; tell the first."""
        self._count += count
        return self._count - count + 1

    def put(self, number: int, body: bytes) -> None:
        """Set the object of a reserved number."""
        self._bodies[number] = body

    def put_block(self, first: int, block: Block) -> None:
        """Set the objects of reserved numbers, the first of them given."""
        self._blocks[first] = block

    def add(self, body: bytes) -> str:
        """Add an object; tell its reference."""
        number = self.reserve()
        self.put(number, body)
        return reference(number)

    def add_packed(self, content: bytes, values: Values | None = None) -> str:
        """Add a stream that is compressed already."""
        return self.add_bare(content, {**(values or {}), "Filter": pdf_name("FlateDecode")})

    def add_bare(self, content: bytes, values: Values | None = None) -> str:
        """Add a stream as it is."""
        head = pdf_dictionary({**(values or {}), "Length": len(content)})
        return self.add(b"%b\nstream\n%b\nendstream" % (head, content))

    def finish(self, root: str, info: str) -> bytes:
        """Tell the bytes of the whole file."""
        parts, starts = [_HEADER], []
        position, number = len(_HEADER), 1
        while number <= self._count:
            block = self._blocks.get(number) or block_of(number, [self._bodies[number]])
            parts.append(block.content)
            starts += [position + start for start in block.starts]
            position += len(block.content)
            number += len(block.starts)
        parts += [
            b"xref\n0 %d\n0000000000 65535 f \n" % (self._count + 1),
            *[b"%010d 00000 n \n" % at for at in starts],
        ]
        # Part by part, since one copy of a long file holds all other threads up.
        digest, file = hashlib.md5(usedforsecurity=False), io.BytesIO()
        for part in parts:
            digest.update(part)
            file.write(part)
        identity = f"<{digest.hexdigest()}>"
        trailer = pdf_dictionary({"Size": self._count + 1, "Root": root, "Info": info, "ID": [identity, identity]})
        file.write(b"trailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (trailer, position))
        return file.getvalue()
