"""Say what can go wrong with a file of Office that came from outside."""

from collections.abc import Mapping
from typing import Final

_UNCHANGED: Final = "評価書は変更していません。"

PACKAGES: Final[Mapping[str, tuple[str, str, str]]] = {
    "package_old_or_locked": (
        "「{path}」は、パスワードが付いているか、古い形式（.xls・.doc など）のファイルです。",
        _UNCHANGED,
        "Excel や Word で開き、パスワードのない .xlsx・.docx で保存し直してください。",
    ),
    "package_damaged": (
        "「{path}」は壊れているか、Excel・Word のファイル（.xlsx・.docx）ではありません。",
        _UNCHANGED,
        "Excel や Word で開いて保存し直すか、元のファイルをもう一度コピーしてください。",
    ),
    "package_not_a_workbook": (
        "「{path}」は Excel のファイル（.xlsx）ではありません。",
        _UNCHANGED,
        "「指標を Excel へ」で書き出したファイルを選んでください。",
    ),
    "package_not_a_document": (
        "「{path}」は Word のファイル（.docx）ではありません。",
        _UNCHANGED,
        "部署に渡した Word のファイルを選んでください。",
    ),
    "package_too_large": (
        "「{path}」は大き過ぎるため、読み込みません。",
        _UNCHANGED,
        "このプログラムで書き出したファイルに入力し直してください。",
    ),
    "package_too_deep": (
        "「{path}」は入れ子が深過ぎるため、読み込みません。",
        _UNCHANGED,
        "このプログラムで書き出したファイルに入力し直してください。",
    ),
    "package_names": (
        "「{path}」の中に、Office が作らない名前の部品があるため、読み込みません。",
        _UNCHANGED,
        "ファイルの出所を確かめ、Excel や Word で保存し直してください。",
    ),
    "package_macros": (
        "「{path}」にはマクロが入っているため、読み込みません。",
        _UNCHANGED,
        "Excel や Word で開き、マクロのない .xlsx・.docx で保存し直してください。",
    ),
    "package_document_type": (
        "「{path}」には、Office が作らない宣言（DOCTYPE）があるため、読み込みません。",
        _UNCHANGED,
        "ファイルの出所を確かめ、Excel や Word で保存し直してください。",
    ),
    "returned_other_document": (
        "「{path}」には、渡した文書の表が一つも見つかりません。",
        _UNCHANGED,
        "部署に渡した Word のファイルか、どの回の依頼のものかを確かめてください。",
    ),
    "indicators_no_keys": (
        "「{path}」に、指標を見分けるための目印がありません。",
        _UNCHANGED,
        "「指標を Excel へ」で書き出したファイルに入力してください。",
    ),
    "indicators_other_report": (
        "「{path}」は、別の評価書から書き出したファイルです。",
        _UNCHANGED,
        "この評価書から「指標を Excel へ」で書き出したファイルを選んでください。",
    ),
}
