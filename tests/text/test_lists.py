"""A list goes on with the next mark."""

import pytest

from hyoka_desktop.text.lists import continued_mark, is_empty_item


@pytest.mark.parametrize(
    ("paragraph", "following"),
    [
        ("・研修", "・"),
        ("　・研修", "　・"),
        ("○ 研修", "○ "),
        ("①研修", "②"),
        ("⑳研修", "㉑"),
        ("㊿研修", ""),
        ("(1)研修", "(2)"),
        ("（９）研修", "（１０）"),
        ("(一) 研修", "(二) "),
        ("（九）研修", "（十）"),
        ("（十）研修", "（十一）"),
        ("（十九）研修", "（二十）"),
        ("１．研修", "２．"),
        ("9. 研修", "10. "),
        ("(99)研修", ""),
        ("注1)研修", "注2)"),
        ("注）研修", "注）"),
        ("ア　研修", "イ　"),
        ("（ｃ）研修", "（ｄ）"),
        ("z)研修", ""),
        ("ン)研修", ""),
        ("㋐研修", "㋑"),
        ("⑴研修", "⑵"),
        ("❿研修", ""),
        ("研修", ""),
        ("1.5倍となった", ""),
        ("１２人が参加した", ""),
        ("・", ""),
        ("", ""),
    ],
)
def test_the_mark_of_the_next_item(paragraph: str, following: str) -> None:
    assert continued_mark(paragraph) == following


@pytest.mark.parametrize("paragraph", ["・", "　・", "① ", "(1)", "注2)", "１．"])
def test_a_mark_alone_is_an_empty_item(paragraph: str) -> None:
    assert is_empty_item(paragraph)


@pytest.mark.parametrize("paragraph", ["", "　", "研修", "・研修", "1.5"])
def test_anything_else_is_not(paragraph: str) -> None:
    assert not is_empty_item(paragraph)
