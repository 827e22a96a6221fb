"""Find the mark at the head of a list item: 「・」「○」「①」「(1)」「ア」「注1)」, with the blank around it."""

import re
import unicodedata
from typing import Final

_NUMBER = "[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3}|[ア-ンa-zａ-ｚ]"
_MARK: Final = re.compile(
    rf"""[ 　]*
    (?: [・•●○◎◇◆□■△▲▽▼☆★※＊→⇒✓]
      | [①-⑳㉑-㉟㊱-㊿❶-❿㋐-㋾⑴-⒇]
      | [(（](?:{_NUMBER})[)）]
      | (?:注|※|＊)[ 　]?[0-9０-９]{{0,2}}[)）]
      | (?:{_NUMBER})[)）]
      | (?:[0-9]{{1,2}}[.．](?![0-9])|[０-９]{{1,2}}．(?![０-９]))
      | [ア-ン０-９](?=[　])
    )
    [ 　]*""",
    re.VERBOSE,
)
_FULL: Final = frozenset("WFA")


def list_mark(text: str) -> str:
    """Tell the mark that a paragraph begins with, with the blank before and behind it; empty where there is none."""
    mark = mark_at_head(text)
    return mark if len(mark) < len(text) else ""


def mark_at_head(text: str) -> str:
    """Tell the mark that a paragraph begins with, also where nothing stands behind it yet."""
    found = _MARK.match(text)
    return found[0] if found is not None else ""


def width_in_em(text: str) -> float:
    """Tell how wide a text is where kanji take one em and Latin characters a half (Unicode UAX #11)."""
    return sum(1.0 if unicodedata.east_asian_width(character) in _FULL else 0.5 for character in text)
