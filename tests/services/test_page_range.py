"""The pages that a person writes down, in whatever width and with whatever dash."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyoka_desktop.services.pagerange import RangeFault, parse_pages


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("", [1, 2, 3, 4, 5, 6, 7, 8]),
        ("  ", [1, 2, 3, 4, 5, 6, 7, 8]),
        ("3", [3]),
        ("1-3,5", [1, 2, 3, 5]),
        ("１－３，５", [1, 2, 3, 5]),
        ("1～3、5", [1, 2, 3, 5]),
        ("1〜3 5", [1, 2, 3, 5]),
        ("1ー3", [1, 2, 3]),
        ("1 - 3", [1, 2, 3]),
        ("6-", [6, 7, 8]),
        ("-2", [1, 2]),
        ("3-1", [3, 2, 1]),
        ("2,2", [2, 2]),
        ("1,", [1]),
        ("8", [8]),
    ],
)
def test_a_range_is_read_as_it_is_meant(text, pages):
    assert parse_pages(text, 8) == tuple(page - 1 for page in pages)


@pytest.mark.parametrize("text", ["x", "1-x", "1--3", "-", "1-2-3", ",", "1.5", "①-b", "全部"])
def test_what_cannot_be_read_is_said_to_be_unreadable(text):
    assert parse_pages(text, 8) is RangeFault.UNREADABLE


@pytest.mark.parametrize("text", ["0", "9", "1-9", "0-3", "9-", "99999999999999999999"])
def test_pages_that_do_not_exist_are_said_to_be_outside(text):
    assert parse_pages(text, 8) is RangeFault.OUTSIDE


@given(st.text(max_size=20), st.integers(1, 50))
def test_any_text_gives_pages_that_exist_or_a_fault(text, count):
    pages = parse_pages(text, count)
    assert isinstance(pages, RangeFault) or all(0 <= page < count for page in pages)
