"""What was carved out is sorted by what it can only be; nothing is believed because it was found."""

from dataclasses import asdict, replace
from json import dumps

import pytest

from hyoka_desktop.domain.changes import NodeChange, YearChange
from hyoka_desktop.domain.report import ROOT, Node, NodeKind
from hyoka_desktop.store.carving import Cell, Row
from hyoka_desktop.store.hashing import EMPTY_CHAIN, link
from hyoka_desktop.store.log import LogRow
from hyoka_desktop.store.remains import Head, Remains, change_of, remains_of

COMMAND: LogRow = (1, "set_text", "", "do", None, "評価 太郎", "PC-01", "2024-06-28T10:00:00+09:00", "")
NODE = Node(5, NodeKind.SECTION, ROOT, 0)
TEXT = dumps(asdict(NODE))


@pytest.mark.parametrize(
    ("rowid", "cells"),
    [
        (5, (None, "unheard_of", 1, 0, None, None)),
        (1899, (None,)),
        (2200, (None,)),
        (1, (None, 1, bytes(31), "00")),
        (1, (1, "results", 2024, "文", bytes(15))),
        (1, (1, "results", 2024, "文", 7)),
        (1, ()),
        (1, (None, None, None)),
    ],
)
def test_a_row_that_is_of_no_table_is_left_out(rowid: int, cells: tuple[Cell, ...]) -> None:
    assert remains_of([Row(rowid, cells)]) == Remains()


@pytest.mark.parametrize("year", [1900, 2199])
def test_the_first_and_the_last_year_that_a_report_can_have_are_taken(year: int) -> None:
    assert remains_of([Row(year, (None,))]).years == {year}
    assert change_of(("year", None, None, year, None, "")) == YearChange(year, after=True)
    assert change_of(("year", None, None, year, "", None)) == YearChange(year, after=False)


@pytest.mark.parametrize(
    "after",
    [
        None,
        "",
        "{",
        "[]",
        "7",
        "{}",
        TEXT.replace('"section"', '"unheard_of"'),
        TEXT.replace('"section"', "[]"),
        TEXT.replace('"kind"', '"sort"'),
        TEXT.replace('"position"', '"places"'),
        TEXT.replace('"position": 0', '"position": 0.0'),
        TEXT.replace('"position": 0', '"position": null'),
        TEXT.replace('"id": 5', '"id": 5e0'),
        TEXT.replace('"parent": 1', '"parent": "1"'),
        TEXT.replace('"last_year": null', '"last_year": NaN'),
    ],
)
def test_what_is_no_part_of_a_report_is_no_change(after: str | None) -> None:
    assert change_of(("node", 5, None, None, None, TEXT)) == NodeChange(None, NODE)
    assert change_of(("node", 5, None, None, None, after)) is None


@pytest.mark.parametrize(
    "row", [("value", 1, "results", None, None, "文"), ("value", None, "results", 2024, None, "文")]
)
def test_a_change_of_a_text_without_its_place_is_none(row: LogRow) -> None:
    assert change_of(row) is None


def logged(*rows: LogRow, sequence: int = 1, before: bytes = EMPTY_CHAIN) -> Remains:
    """Tell one command with the link of the chain that it gives."""
    head = Head(sequence, link(before, COMMAND, rows, "00"), "00")
    return Remains(commands={sequence: (COMMAND, head)}, changes={sequence: dict(enumerate(rows))})


def test_a_command_is_proved_by_the_chain_alone() -> None:
    row: LogRow = ("value", 1, "results", 2024, None, "文")
    assert logged(row).log()[1].is_proved
    assert not logged(row, before=bytes([1] * 32)).log()[1].is_proved
    assert not logged(row, sequence=2).log()[2].is_proved, "of the one before nothing is known"
    assert not Remains(changes={1: {0: row}}).log()[1].is_proved
    assert not replace(logged(row), changes={1: {1: row}}).log()[1].is_proved, "one before it is missing"


def test_a_command_is_not_proved_where_it_did_what_is_not_known() -> None:
    """A newer program may have written it: the chain is right, but what it did cannot be carried out."""
    found = logged(("value", 1, "results", 2024, None, "文"), ("picture", 1, "results", 2024, None, "図")).log()[1]
    assert (len(found.changes), len(found.rows), found.is_proved) == (1, 2, False)
