"""Say what is wrong with what was asked to be found."""

from collections.abc import Mapping
from typing import Final

SEARCH: Final[Mapping[str, tuple[str, str, str]]] = {
    "pattern_wrong": (
        "正規表現として読み取れません（{fault}）。",
        "評価書は変わっていません。",
        "記号をそのまま探すときは「正規表現」を外してください。",
    ),
    "pattern_slow": (
        "この正規表現では、検索に時間がかかりすぎます。",
        "検索を中止しました。評価書は変わっていません。",
        "繰り返しの記号（+ や *）を減らして、もう一度試してください。",
    ),
    "pattern_group": (
        "置換後の文字にある \\{name} に当たる括弧が、正規表現にありません。",
        "評価書は変わっていません。",
        "括弧の番号を確かめてください。",
    ),
}
_FAULTS: Final = (
    (("missing )",), "「(」を閉じる「)」がありません"),
    (("unbalanced parenthesis",), "「)」に対応する「(」がありません"),
    (("unterminated character set", "missing ]"), "「[」を閉じる「]」がありません"),
    (("nothing to repeat", "multiple repeat"), "「*」「+」「?」の前に、繰り返すものがありません"),
    (("bad escape", "incomplete escape"), "「\\」の後の文字が正しくありません"),
    (("bad character range",), "[ ] の中の文字の範囲が逆です"),
    (("min repeat",), "{ } の中の回数が逆です"),
    (("unknown group", "invalid group reference", "cannot refer"), "括弧の番号か名前に当たるものがありません"),
)
_SOME_FAULT: Final = "記号の使い方が正しくありません：{complaint}"


def pattern_fault(complaint: str) -> str:
    """Say in Japanese what the reader of regular expressions complains of in English; what is rare stays as it is."""
    known = (said for starts, said in _FAULTS if complaint.startswith(starts))
    return next(known, _SOME_FAULT.format(complaint=complaint))
