"""Make Word documents that are small on the disk and would take minutes or gigabytes to read without a guard."""

import struct
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD: Final = f"<w:document {_W}><w:body>".encode()
_TAIL: Final = b"</w:body></w:document>"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_CELL: Final = (b"<w:tbl><w:tr><w:tc>", b"</w:tc></w:tr></w:tbl>")
_RELATIONS: Final = f'<Relationships xmlns="{_PACKAGE}/relationships">%s</Relationships>'
_PLAIN: Final[Mapping[str, bytes]] = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>'.encode(),
    "_rels/.rels": (
        _RELATIONS % f'<Relationship Id="a" Type="{_RELATION}/officeDocument" Target="word/document.xml"/>'
    ).encode(),
    "word/_rels/document.xml.rels": (
        _RELATIONS % f'<Relationship Id="b" Type="{_RELATION}/comments" Target="comments.xml"/>'
    ).encode(),
}
_MANY: Final = 490_000
_BLOCK: Final = 1_000_000
Pieces = Iterator[bytes]


def make_bombs(folder: Path) -> tuple[Path, ...]:
    """Make all of them, in files whose names say what they are."""
    return (*make_some(folder, _BOMBS), _with_many_entries(folder), _with_a_lie(folder))


def make_some(folder: Path, names: Iterable[str]) -> tuple[Path, ...]:
    """Make those of some names."""
    folder.mkdir()
    return tuple(_made(folder, name, _BOMBS[name]) for name in names)


def _made(folder: Path, name: str, parts: Mapping[str, Callable[[], Pieces]]) -> Path:
    path = folder / f"{name}.docx"
    packing = zipfile.ZIP_STORED if name in _UNPACKED else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w", packing, compresslevel=1) as package:
        for other, content in _PLAIN.items():
            if other not in parts:
                package.writestr(other, content)
        for part, pieces in parts.items():
            with package.open(part, "w") as target:
                for piece in pieces():
                    target.write(piece)
    return path


def _body(*pieces: tuple[bytes, int]) -> Callable[[], Pieces]:
    """Write a body of pieces, each so many times."""

    def write() -> Pieces:
        yield _HEAD
        for piece, count in pieces:
            step = max(_BLOCK // max(len(piece), 1), 1)
            for done in range(0, count, step):
                yield piece * min(step, count - done)
        yield _TAIL

    return write


def _nested(begin: bytes, inner: bytes, end: bytes, count: int) -> Callable[[], Pieces]:
    return _body((begin, count), (inner, 1), (end, count))


def _laughing() -> Pieces:
    entities = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10))
    yield f'<!DOCTYPE w:document [<!ENTITY e0 "ha">{entities}]><w:document {_W}>&e9;</w:document>'.encode()


def _quadratic() -> Pieces:
    entity = f'<!DOCTYPE w:document [<!ENTITY e "{"a" * 100_000}">]>'
    yield f"{entity}<w:document {_W}>{'&e;' * 10_000}</w:document>".encode()


def _outside() -> Pieces:
    entity = '<!DOCTYPE w:document [<!ENTITY e SYSTEM "file:///dev/zero">]>'
    yield f'<?xml version="1.0" encoding="UTF-16"?>{entity}<w:document {_W}>&e;</w:document>'.encode("utf-16")


def _many_attributes() -> Pieces:
    yield f"<w:document {_W} ".encode()
    for block in range(40):
        yield b" ".join(b"a%d=''" % number for number in range(block * 100_000, (block + 1) * 100_000)) + b" "
    yield b"/>"


def _many_relations() -> Pieces:
    begin, end = (_RELATIONS.encode()).split(b"%s")
    entry = f'<Relationship Id="a" Type="{_RELATION}/officeDocument" Target="word/document.xml"/>'.encode()
    yield begin
    yield from (entry * 1_000 for _ in range(400))
    yield end


def _many_comments() -> Pieces:
    yield f"<w:comments {_W}>".encode()
    yield from (b'<w:comment w:id="%d"><w:p><w:r><w:t>x</w:t></w:r></w:p></w:comment>' % n for n in range(4_900))
    yield b"</w:comments>"


def _open_comments() -> Pieces:
    yield _HEAD + b"<w:p>"
    yield from (b'<w:commentRangeStart w:id="%d"/><w:r><w:t>x</w:t></w:r>' % number for number in range(4_900))
    yield b"</w:p>" + _TAIL


_DOCUMENT: Final = "word/document.xml"
_RUN: Final = b"<w:r><w:t>x</w:t></w:r>"
_PARAGRAPH: Final = b"<w:p>" + _RUN + b"</w:p>"
_DELETED: Final = b"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + _RUN + b"</w:p>"
_ROW: Final = b"<w:tr><w:tc>" + _PARAGRAPH + b"</w:tc><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>"
_FIELD: Final = b'<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
_INSERTED: Final = b'<w:ins w:author="x">' + _RUN + b"</w:ins>"
_BOMBS: Final[Mapping[str, Mapping[str, Callable[[], Pieces]]]] = {
    "nothing-300-million-times": {_DOCUMENT: _body((b" " * _BLOCK, 300))},
    "many-parts-of-much": {_DOCUMENT: _body(), **{f"word/m{n}.xml": _body((b"\0" * _BLOCK, 90)) for n in range(4)}},
    "laughing-entities": {_DOCUMENT: _laughing},
    "quadratic-entities": {_DOCUMENT: _quadratic},
    "entity-outside-in-utf-16": {_DOCUMENT: _outside},
    "very-deep": {_DOCUMENT: _nested(b"<w:sdt>", b"", b"</w:sdt>", _MANY)},
    "deep-revisions": {_DOCUMENT: _nested(b"<w:ins>", _RUN, b"</w:ins>", 20_000)},
    "deep-tables": {_DOCUMENT: _nested(_CELL[0], b"<w:p/>", _CELL[1], 20_000)},
    "deep-comments": {_DOCUMENT: _body(), "word/comments.xml": _nested(b"<w:comment>", b"", b"</w:comment>", _MANY)},
    "more-tags-than-allowed": {_DOCUMENT: _body((_PARAGRAPH, 700_000))},
    "as-many-tags-as-allowed": {_DOCUMENT: _body((b"<w:p/>", 1_490_000))},
    "as-many-paragraphs-as-allowed": {_DOCUMENT: _body((_PARAGRAPH, 49_900))},
    "as-many-runs-as-allowed": {_DOCUMENT: _body((b"<w:p>", 1), (b"<w:r/>", 499_000), (b"</w:p>", 1))},
    "many-attributes": {_DOCUMENT: _many_attributes},
    "many-relations": {"_rels/.rels": _many_relations, _DOCUMENT: _body()},
    "more-comments-than-allowed": {_DOCUMENT: _body(), "word/comments.xml": _body((b"<w:comment/>", 400_000))},
    "many-comments": {_DOCUMENT: _open_comments, "word/comments.xml": _many_comments},
    "many-joined-paragraphs": {_DOCUMENT: _body((_DELETED, 49_900))},
    "many-rows": {_DOCUMENT: _body((b"<w:tbl>", 1), (_ROW, 24_900), (b"</w:tbl>", 1))},
    "many-open-fields": {_DOCUMENT: _body((b"<w:p>", 1), (_FIELD, 249_000), (b"</w:p>", 1))},
    "many-revisions": {_DOCUMENT: _body((b"<w:p>", 1), (_INSERTED, 120_000), (b"</w:p>", 1))},
    "many-lines": {
        _DOCUMENT: _body((_CELL[0] + b"<w:p><w:r>", 1), (b"<w:br/>", 490_000), (b"</w:r></w:p>" + _CELL[1], 1))
    },
    "as-much-text-as-allowed": {
        _DOCUMENT: _body((b"<w:p><w:r><w:t>", 1), ("項目".encode() * 1_000, 6_600), (b"</w:t></w:r></w:p>", 1))
    },
}


_UNPACKED: Final = {
    *(
        "as-many-tags-as-allowed",
        "as-many-paragraphs-as-allowed",
        "as-many-runs-as-allowed",
        "as-much-text-as-allowed",
        "many-relations",
        "many-lines",
    ),
}
"""Not packed at all, so that it is not by their packing that they are refused."""


def _with_many_entries(folder: Path) -> Path:
    """Write a directory of very many entries, all of them the same part."""
    path = _made(folder, "directory-of-a-million", {_DOCUMENT: _body()})
    content = path.read_bytes()
    begin = content.index(b"PK\x01\x02")
    directory = content[begin : content.index(b"PK\x05\x06")] * 250_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, len(directory), begin, 0)
    path.write_bytes(content[:begin] + directory + end)
    return path


def _with_a_lie(folder: Path) -> Path:
    """Write a part that says that it is small."""
    path = _made(folder, "lie-about-the-size", {_DOCUMENT: _body((b" " * _BLOCK, 250))})
    size = struct.pack("<L", 250 * _BLOCK + len(_HEAD) + len(_TAIL))
    path.write_bytes(path.read_bytes().replace(size, struct.pack("<L", 1_000)))
    return path
