"""Say what is wrong with what was asked to be found."""

from collections.abc import Mapping
from typing import Final

SEARCH: Final[Mapping[str, tuple[str, str, str]]] = {
    "pattern_wrong": (
        "正規表現として読み取れません（{detail}）。",
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
