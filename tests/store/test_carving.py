"""Rows are read out of the bytes of a database file without SQLite, and what is no row is left out."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_desktop.store.carving import carve

CELLS = (
    None,
    0,
    1,
    -1,
    127,
    -128,
    1 << 15,
    -(1 << 23),
    1 << 31,
    1 << 40,
    -(1 << 60),
    1.5,
    "",
    "日本語",
    b"",
    b"\x00\xff",
)


def database(path: Path, rows: list[tuple[object, ...]], page_size: int = 4096) -> bytes:
    """Make a database of one table that takes any cell."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA page_size = {page_size}")
        connection.execute("CREATE TABLE t (a, b)")
        connection.executemany("INSERT INTO t VALUES (?, ?)", rows)
        connection.commit()
    return path.read_bytes()


def pairs(content: bytes) -> list[tuple[object, ...]]:
    return [row.cells for row in carve(content) if len(row.cells) == 2]


def test_every_kind_of_cell_is_read_as_it_was_written(tmp_path: Path) -> None:
    rows = [(cell, other) for cell in CELLS for other in CELLS]
    assert pairs(database(tmp_path / "t.db", rows)) == rows


@pytest.mark.parametrize("page_size", [512, 1024, 2048, 4096, 8192, 16384, 32768])
@pytest.mark.parametrize("length", [300, 476, 477, 478, 5000, 4061, 4062, 100_000])
def test_a_long_text_is_read_over_all_its_pages(page_size: int, length: int, tmp_path: Path) -> None:
    rows = [(number, chr(0x3042 + number) * length) for number in range(5)]
    assert pairs(database(tmp_path / "t.db", rows, page_size)) == rows


def test_each_page_stands_for_itself(tmp_path: Path) -> None:
    rows = [(number, f"{number}" * 50) for number in range(500)]
    content = bytearray(database(tmp_path / "t.db", rows))
    content[:4096] = bytes(4096)
    content[4096 * 5 : 4096 * 6] = bytes(4096)
    found = pairs(bytes(content))
    assert set(found) < set(rows)
    assert len(found) > 400


def test_rowids_are_told(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)")
        connection.executemany("INSERT INTO t VALUES (?, ?)", [(-5, "a"), (7, "b"), (1 << 40, "c")])
        connection.commit()
    assert [(row.rowid, row.cells) for row in carve(path.read_bytes()) if len(row.cells) == 2] == [
        (-5, (None, "a")),
        (7, (None, "b")),
        (1 << 40, (None, "c")),
    ]


@given(st.binary(max_size=5000))
def test_any_bytes_give_rows_or_nothing_but_never_a_fault(content: bytes) -> None:
    page = b"\x0d" + content
    list(carve(page.ljust(8192, b"\x0d")))


def test_a_circle_of_pages_ends(tmp_path: Path) -> None:
    content = bytearray(database(tmp_path / "t.db", [(1, "x" * 50_000)]))
    for page in range(2, len(content) // 4096):
        content[page * 4096 : page * 4096 + 4] = (3).to_bytes(4, "big")
    list(carve(bytes(content)))
