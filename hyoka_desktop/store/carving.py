"""Read the rows out of a damaged database file page by page, without SQLite, which gives up at the first fault.

Each leaf page of a table stands for itself: neither the header, nor the schema, nor the pages above it are needed
(SQLite database file format, 1.6 and 2.1). A row that cannot be decoded is left out, never guessed.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

Cell = int | float | str | bytes | None
_TABLE_LEAF: Final = 0x0D
_PAGE_SIZES: Final = frozenset({512, 1024, 2048, 4096, 8192, 16384, 32768})
_COMMON_PAGE_SIZE: Final = 4096
_FILE_HEADER: Final = 100
_LONGEST_ROW: Final = 256 * 1024 * 1024
_INTEGER_SIZES: Final = (0, 1, 2, 3, 4, 6, 8)
_LONGEST_VARINT: Final = 9
_CONTINUES: Final = 0x80
_REAL: Final = 7
_ZERO: Final = 8
_ONE: Final = 9
_FIRST_BLOB: Final = 12


@dataclass(frozen=True, slots=True)
class Row:
    """Hold one row of some table: its rowid and its columns as they are stored."""

    rowid: int
    cells: tuple[Cell, ...]


class _BrokenRowError(ValueError):
    """Report bytes that are no row."""


def carve(content: bytes) -> Iterator[Row]:
    """Yield every row that can be decoded, in the order of the pages."""
    pages = _Pages(content)
    for number in range(1, pages.count + 1):
        yield from pages.rows(number)


class _Pages:
    """Hold the file as pages, numbered from 1."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        (told,) = struct.unpack(">H", content[16:18]) if len(content) >= _FILE_HEADER else (0,)
        self._size = told if told in _PAGE_SIZES else _COMMON_PAGE_SIZE
        self.count = len(content) // self._size

    def rows(self, number: int) -> Iterator[Row]:
        page = self._page(number)
        start = _FILE_HEADER if number == 1 else 0
        if page[start] != _TABLE_LEAF:
            return
        (cells,) = struct.unpack(">H", page[start + 3 : start + 5])
        pointers = page[start + 8 : start + 8 + 2 * cells]
        for place in range(len(pointers) // 2):
            (offset,) = struct.unpack(">H", pointers[2 * place : 2 * place + 2])
            try:
                yield self._row(page, offset)
            except _BrokenRowError:
                continue

    def _page(self, number: int) -> bytes:
        return self._content[(number - 1) * self._size : number * self._size]

    def _row(self, page: bytes, offset: int) -> Row:
        length, offset = _varint(page, offset)
        rowid, offset = _varint(page, offset)
        if not 0 < length <= _LONGEST_ROW:
            raise _BrokenRowError
        return Row(_signed(rowid), _decoded(self._payload(page, offset, length)))

    def _payload(self, page: bytes, offset: int, length: int) -> bytes:
        local = _local_length(self._size, length)
        payload = page[offset : offset + local]
        if len(payload) < local:
            raise _BrokenRowError
        if local == length:
            return payload
        return payload + self._overflow(page[offset + local : offset + local + 4], length - local)

    def _overflow(self, pointer: bytes, length: int) -> bytes:
        """Follow a chain of pages; a circle ends with the length."""
        parts: list[bytes] = []
        while length > 0:
            number = int.from_bytes(pointer, "big")
            if not 1 < number <= self.count:
                raise _BrokenRowError
            page = self._page(number)
            part = page[4 : 4 + min(length, self._size - 4)]
            parts.append(part)
            length, pointer = length - len(part), page[:4]
        return b"".join(parts)


def _local_length(usable: int, length: int) -> int:
    """Tell how much of a row lies on its page (SQLite file format, 1.6)."""
    most, least = usable - 35, (usable - 12) * 32 // 255 - 23
    if length <= most:
        return length
    kept = least + (length - least) % (usable - 4)
    return kept if kept <= most else least


def _decoded(payload: bytes) -> tuple[Cell, ...]:
    header, place = _varint(payload, 0)
    kinds: list[int] = []
    while place < header:
        kind, place = _varint(payload, place)
        kinds.append(kind)
    if place != header:
        raise _BrokenRowError
    cells, end = _cells(payload, header, kinds)
    if end != len(payload):
        raise _BrokenRowError
    return cells


def _cells(payload: bytes, place: int, kinds: Sequence[int]) -> tuple[tuple[Cell, ...], int]:
    cells: list[Cell] = []
    for kind in kinds:
        size = _size_of(kind)
        part = payload[place : place + size]
        if len(part) < size:
            raise _BrokenRowError
        cells.append(_cell(kind, part))
        place += size
    return tuple(cells), place


def _size_of(kind: int) -> int:
    if kind < len(_INTEGER_SIZES):
        return _INTEGER_SIZES[kind]
    if kind in {_ZERO, _ONE}:
        return 0
    if kind == _REAL:
        return 8
    if kind < _FIRST_BLOB:
        raise _BrokenRowError
    return (kind - _FIRST_BLOB) // 2


def _cell(kind: int, part: bytes) -> Cell:
    if kind == 0:
        return None
    if kind in {_ZERO, _ONE}:
        return kind - _ZERO
    if kind == _REAL:
        (number,) = struct.unpack(">d", part)
        return float(number)
    if kind < _REAL:
        return int.from_bytes(part, "big", signed=True)
    if kind % 2 == 0:
        return part
    try:
        return part.decode("utf-8")
    except UnicodeDecodeError:
        raise _BrokenRowError from None


def _varint(content: bytes, place: int) -> tuple[int, int]:
    """Read a number of one to nine bytes; tell it and the place behind it."""
    number = 0
    for byte in content[place : place + _LONGEST_VARINT - 1]:
        place += 1
        number = (number << 7) | (byte & ~_CONTINUES)
        if not byte & _CONTINUES:
            return number, place
    if place >= len(content):
        raise _BrokenRowError
    return (number << 8) | content[place], place + 1


def _signed(number: int) -> int:
    return number - (1 << 64) if number >= 1 << 63 else number
