"""Damage a Word document in ways that nobody thought of: bytes, markup and structure, by chance."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Final

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT: Final = "word/document.xml"
_TAG: Final = re.compile(rb"<[^>]+>")
_VALUE: Final = re.compile(rb'="[^"]*"')
_VALUES: Final = (
    b"",
    b"-1",
    b"0",
    b"99999999999999999999",
    b"x" * 3_000,
    b"&amp;",
    "項目".encode(),
    b"1.5",
    b"F0FC",
    b"nan",
)
_BYTES: Final = (b"\x00", b"\xff\xfe", b"<", b"&", b"]]>", b"<![CDATA[", b"<!-- ", b"&#0;", b"\xed\xa0\x80", b"<?x ?>")
_NAMES: Final = (
    *(
        "p",
        "r",
        "t",
        "tbl",
        "tr",
        "tc",
        "sdt",
        "sdtContent",
        "ins",
        "del",
        "moveFrom",
        "moveTo",
        "fldChar",
        "fldSimple",
    ),
    *(
        "hyperlink",
        "smartTag",
        "ruby",
        "rubyBase",
        "rt",
        "drawing",
        "pict",
        "object",
        "commentRangeStart",
        "bookmarkStart",
    ),
    *(
        "commentRangeEnd",
        "commentReference",
        "br",
        "tab",
        "sym",
        "pPr",
        "rPr",
        "trPr",
        "tcPr",
        "vMerge",
        "gridSpan",
        "body",
    ),
)
_Parts = dict[str, bytes]


def fuzzed(content: bytes, chance: random.Random) -> bytes:
    """Damage a document in one of many ways, some of them several times."""
    kind = chance.choice((_bytes_changed, _markup_changed, _structure_changed, _structure_changed, _parts_changed))
    return kind(content, chance)


def _bytes_changed(content: bytes, chance: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 3, 20))):
        place = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[place] ^= 1 << chance.randrange(8)
            case 1:
                data[place : place + chance.randrange(1, 200)] = b""
            case 2:
                data[place:place] = chance.randbytes(chance.randrange(1, 200))
            case 3:
                other = chance.randrange(len(data))
                data[place : place + 64] = data[other : other + 64]
    return bytes(data)


def _markup_changed(content: bytes, chance: random.Random) -> bytes:
    parts = _unpacked(content)
    name = _DOCUMENT if chance.random() < 0.6 else chance.choice(sorted(parts))
    for _ in range(chance.choice((1, 2, 5))):
        parts[name] = _with_other_markup(parts[name], chance)
    return _packed(parts)


def _with_other_markup(text: bytes, chance: random.Random) -> bytes:
    tags = list(_TAG.finditer(text))
    values = list(_VALUE.finditer(text))
    if not tags or not values:
        return text + chance.choice(_BYTES)
    one, other = sorted(chance.sample(range(len(tags)), 2)) if len(tags) > 1 else (0, 0)
    match chance.randrange(5):
        case 0:
            found = chance.choice(values)
            return text[: found.start()] + b'="' + chance.choice(_VALUES) + b'"' + text[found.end() :]
        case 1:
            return text[: tags[one].start()] + text[tags[one].end() :]
        case 2:
            piece = text[tags[one].start() : tags[min(one + 8, len(tags) - 1)].end()]
            return text[: tags[other].start()] + piece + text[tags[other].start() :]
        case 3:
            return text[: tags[one].start()] + text[tags[min(other, one + 30)].start() :]
        case _:
            place = chance.randrange(len(text))
            return text[:place] + chance.choice(_BYTES) + text[place:]


def _structure_changed(content: bytes, chance: random.Random) -> bytes:
    """Change the tree so that the XML stays sound."""
    parts = _unpacked(content)
    root = etree.fromstring(parts[_DOCUMENT])
    for _ in range(chance.choice((1, 3, 10, 40))):
        elements = [element for element in root.iter(f"{W}*") if element.getparent() is not None]
        if elements:
            chance.choice(_CHANGES)(chance.choice(elements), elements, chance)
    parts[_DOCUMENT] = etree.tostring(root)
    return _packed(parts)


def _remove(element: etree._Element, others: Sequence[etree._Element], chance: random.Random) -> None:
    element.getparent().remove(element)


def _repeat(element: etree._Element, others: Sequence[etree._Element], chance: random.Random) -> None:
    for _ in range(chance.choice((1, 2, 30)) if len(element) < 50 else 1):
        element.addnext(deepcopy(element))


def _move(element: etree._Element, others: Sequence[etree._Element], chance: random.Random) -> None:
    target = chance.choice(others)
    if target is not element and element not in target.iterancestors():
        target.insert(chance.randrange(len(target) + 1), element)


def _wrap(element: etree._Element, others: Sequence[etree._Element], chance: random.Random) -> None:
    """Put an element into others, sometimes very many, one in the other."""
    parent, place = element.getparent(), element.getparent().index(element)
    for _ in range(chance.choice((1, 1, 3, 150))):
        wrapper = etree.Element(W + chance.choice(_NAMES))
        wrapper.set(f"{W}author", "評価 花子")
        wrapper.append(element)
        element = wrapper
    parent.insert(place, element)


def _rename(element: etree._Element, others: Sequence[etree._Element], chance: random.Random) -> None:
    element.tag = W + chance.choice(_NAMES)


def _revalue(element: etree._Element, others: Sequence[etree._Element], chance: random.Random) -> None:
    name = chance.choice(sorted(element.attrib) or [f"{W}val", f"{W}id", f"{W}fldCharType"])
    element.set(name, chance.choice(("", "-1", "restart", "begin", "end", "9" * 40, "0", "1", "x", "F0FC", "page")))


def _retext(element: etree._Element, others: Sequence[etree._Element], chance: random.Random) -> None:
    element.text = chance.choice(
        ("", "A", "\u202e\u200f", "・", "項目" * 500, "\n\n", "{指標:x.実績}", "Ⅰ-2", "\ufffe"[:0])
    )


_CHANGES: Final[Sequence[Callable[[etree._Element, Sequence[etree._Element], random.Random], None]]] = (
    *(_remove, _repeat, _move, _wrap, _rename, _revalue, _retext),
)


def _parts_changed(content: bytes, chance: random.Random) -> bytes:
    parts = _unpacked(content)
    name = chance.choice(sorted(parts))
    match chance.randrange(4):
        case 0:
            del parts[name]
        case 1:
            parts[name] = b""
        case 2:
            parts[name] = parts[chance.choice(sorted(parts))]
        case 3:
            parts[chance.choice(("../x", "word/vbaProject.bin", name.upper() + "x", "word/a.xml"))] = parts[name]
    return _packed(parts)


def _unpacked(content: bytes) -> _Parts:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _packed(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()
