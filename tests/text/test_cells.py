"""Blocks of cells on the clipboard: what goes out comes back, and Excel takes nothing for a formula or a day."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hyoka_desktop.text.cells import read_cells, write_cells, write_html_cells

_CELLS = st.one_of(
    st.sampled_from(["", "=1+1", "'=x", "''=x", "'", '"', '""', "a\tb", "a\nb", "+5", "-3", "@x", "＝1", "007", "1-2"]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=8),
)
_BLOCKS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(_CELLS, min_size=width, max_size=width), min_size=1, max_size=4)
)


@given(_BLOCKS)
@example([[""]])
@example([["", ""], ["", ""]])
@example([["x"], [""]])
def test_a_block_comes_back_as_it_was(block: list[list[str]]) -> None:
    written = write_cells(block)
    wanted = block[:-1] if len(block) > 1 and block[-1] == [""] else block
    assert read_cells(written) == wanted, "an empty last line cannot be told from the end of the line before"


@given(st.lists(st.lists(st.text("ab\"\n\t,'", max_size=6), min_size=2, max_size=2), min_size=1, max_size=3))
def test_what_we_write_another_reader_of_tables_reads_too(block: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(write_cells(block), newline=""), dialect="excel-tab", strict=True))
    assert read == block


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ('"一行\n二行"\t"""引用"""\r\n', [["一行\n二行", '"引用"']]),
        ('"\t"x"y\r\n', [['"', '"x"y']]),
        ("a", [["a"]]),
        ("", [[""]]),
        ("\r\na", [[""], ["a"]]),
        ("１２３．５\t▲3\n△3\t1,234千円", [["１２３．５", "▲3"], ["△3", "1,234千円"]]),
    ],
)
def test_what_excel_puts_on_the_clipboard_is_read(text: str, cells: list[list[str]]) -> None:
    assert read_cells(text) == cells


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("x")', "@SUM(A1)", "+1+1", "-1-1", "=cmd|' /C calc'!A0", "＝1+1"])
def test_no_text_goes_out_as_a_formula(text: str) -> None:
    assert not write_cells([[text]]).lstrip('"').startswith(("=", "+", "-", "@", "＝"))
    assert "mso-number-format" in write_html_cells([[text]])


@pytest.mark.parametrize("text", ["-3", "+5", "-1,234.5", "12%"])
def test_a_number_with_a_sign_stays_one(text: str) -> None:
    assert write_cells([[text]]) == text


@pytest.mark.parametrize("text", ["007", "1-2", "3/4", "1234567890123456", "▲3", "<b>&"])
def test_what_excel_would_read_otherwise_is_marked_as_text(text: str) -> None:
    assert "mso-number-format" in write_html_cells([[text]])


def test_plain_numbers_are_numbers_in_excel_and_lines_stay_in_their_cell() -> None:
    html = write_html_cells([["1,234", "一\n二"]])
    assert "<td>1,234</td>" in html
    assert "same-cell" in html
