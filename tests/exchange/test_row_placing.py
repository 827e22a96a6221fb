"""Rows that came back belong to the printed ones by what is still written in them."""

import pytest

from hyoka_desktop.exchange.word.document import ReadCell, ReadParagraph
from hyoka_desktop.exchange.word.expected import ExpectedCell, Piece
from hyoka_desktop.exchange.word.row_placing import is_like


def read(text):
    return ReadCell((ReadParagraph(text),))


@pytest.mark.parametrize(
    ("before", "after", "like"),
    [
        ("今年度の計画値", "今年度の計画値", True),
        ("今年度の計画値", "来年度の計画値", True),
        ("今年度の計画値", "今年度の目標", True),
        ("今年度の計画値", "今年度の（変更後の）計画値", True),
        ("今年度の計画値", "の計画値", True),
        ("今年度の計画値", "計画値", False),
        ("今年度の計画値", "今年の計画", False),
        ("今年度の計画値", "実績", False),
        ("今年度の計画値", "", False),
        ("一一一一", "一一", True),
        ("一一一一", "一", False),
        ("", "何か", True),
    ],
)
def test_a_text_is_like_another_where_half_of_it_stands_at_its_beginning_and_end(before, after, like):
    assert is_like(ExpectedCell((Piece(before),)), read(after)) is like
