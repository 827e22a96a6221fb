"""The names of output sets and of what can be chosen in them."""

from collections.abc import Mapping
from typing import Final

SET_NAMES: Final[Mapping[str, str]] = {
    "all": "作成中の全体",
    "submission": "提出用",
    "hearing": "ヒアリング用",
    "publication": "公表用",
    "inquiry": "照会用",
}
SET_TIPS: Final[Mapping[str, str]] = {
    "all": "今の内容をそのまま。空欄には記載要領を印刷します。",
    "submission": "主務大臣の欄を空白・網掛けにした自己評価書。",
    "hearing": "1項目を1ページに大きな文字で。指標の推移と質問のメモ欄が付きます。",
    "publication": "内部メモと控えの印を含みません。",
    "inquiry": "調書だけを「案」として。各課に照会し、Word で直してもらうためのもの。",
}
DRAFT_STAMP: Final = "案"
MINISTER_CELLS: Final[Mapping[str, str]] = {
    "filled": "記入されたとおり",
    "blank": "空白にする",
    "shaded": "空白・網掛けにする",
}
TYPEFACES: Final[Mapping[str, str]] = {"form": "様式のとおり", "mincho": "明朝体", "gothic": "ゴシック体"}
WORD_FONTS: Final[Mapping[str, str]] = {"usual": "ＭＳ 明朝・ＭＳ ゴシック", "embedded": "BIZ UD明朝・BIZ UDゴシック"}
PASSPORTS: Final[Mapping[str, str]] = {
    "none": "入れない",
    "properties": "ファイルの情報に入れる",
    "printed": "Word の欄外にも小さく印刷する",
}
PAPERS: Final[Mapping[str, str]] = {"": "様式のとおり", "A4": "A4", "A3": "A3"}
ORIENTATIONS: Final[Mapping[str, str]] = {"": "様式のとおり", "landscape": "横", "portrait": "縦"}
