"""Continue a list: tell the mark that follows that of an item, 「②」 after 「①」, 「・」 after 「・」."""

import re
from typing import Final

from hyoka_desktop.text.markers import mark_at_head

_SERIES: Final = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    "abcdefghijklmnopqrstuvwxyz",
    "ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ",
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿",
    "❶❷❸❹❺❻❼❽❾❿",
    "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "㋐㋑㋒㋓㋔㋕㋖㋗㋘㋙㋚㋛㋜㋝㋞㋟㋠㋡㋢㋣㋤㋥㋦㋧㋨㋩㋪㋫㋬㋭㋮㋯㋰㋱㋲㋳㋴㋵㋶㋷㋸㋹㋺㋻㋼㋽㋾",
)
_KANJI: Final = "〇一二三四五六七八九"
_DIGITS: Final = re.compile("[0-9]+|[０-９]+")
_KANJI_NUMBER: Final = re.compile("[一二三四五六七八九十]+")
_FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_LAST: Final = 99


def continued_mark(paragraph: str) -> str:
    """Tell the mark that the paragraph after this one begins with; empty where this one is no item of a list."""
    mark = mark_at_head(paragraph)
    return _following(mark) if mark and mark != paragraph else ""


def is_empty_item(paragraph: str) -> bool:
    """Tell whether a paragraph is nothing but the mark of a list."""
    return bool(paragraph.strip()) and mark_at_head(paragraph) == paragraph


def _following(mark: str) -> str:
    """Count a mark on; a bullet stays, and a series that is at its end is not continued."""
    digits = _DIGITS.search(mark)
    if digits is not None:
        return _replaced(mark, digits, _counted(digits[0]))
    kanji = _KANJI_NUMBER.search(mark)
    if kanji is not None:
        return _replaced(mark, kanji, _kanji_number(_kanji_value(kanji[0]) + 1))
    for place, character in enumerate(mark):
        series = next((series for series in _SERIES if character in series), None)
        if series is not None:
            following = series[series.index(character) + 1 :][:1]
            return mark[:place] + following + mark[place + 1 :] if following else ""
    return mark


def _replaced(mark: str, found: re.Match[str], number: str) -> str:
    return mark[: found.start()] + number + mark[found.end() :] if number else ""


def _counted(digits: str) -> str:
    number = int(digits) + 1
    if number > _LAST:
        return ""
    return str(number) if digits.isascii() else str(number).translate(_FULL_WIDTH)


def _kanji_value(kanji: str) -> int:
    tens, ten, ones = kanji.rpartition("十")
    return 10 * _digit(tens or "一") * bool(ten) + _digit(ones or "〇")


def _digit(kanji: str) -> int:
    """Read one numeral; of several, which no number has, the last."""
    return max(_KANJI.find(kanji[-1]), 0)


def _kanji_number(number: int) -> str:
    if number > _LAST:
        return ""
    tens, ones = divmod(number, 10)
    ten = f"{_KANJI[tens]}十".replace("一十", "十") if tens else ""
    return ten + (_KANJI[ones] if ones else "")
