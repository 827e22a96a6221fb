"""Say what can be wrong with an interchange file."""

from collections.abc import Mapping
from typing import Final

_NOTHING_IMPORTED: Final = "何も取り込んでいません。"

INTERCHANGE: Final[Mapping[str, tuple[str, str, str]]] = {
    "json_broken": (
        "「{file}」が JSON として読み取れません（{why}）。",
        _NOTHING_IMPORTED,
        "ファイルを作り直してください。",
    ),
    "json_too_deep": ("「{file}」の入れ子が深過ぎます。", _NOTHING_IMPORTED, "ファイルを作り直してください。"),
    "json_too_large": (
        "「{file}」が大き過ぎます（上限64MB）。",
        _NOTHING_IMPORTED,
        "評価書のデータか確かめてください。",
    ),
    "json_not_text": (
        "「{file}」が UTF-8 の文字で書かれていません。",
        _NOTHING_IMPORTED,
        "UTF-8 で保存し直してください。",
    ),
    "json_other_format": (
        "「{file}」は評価書の交換形式（hyoka-interchange）ではありません。",
        _NOTHING_IMPORTED,
        "ファイルを確かめてください。",
    ),
    "json_other_version": (
        "「{file}」の交換形式は版{version}で、このプログラムでは読めません（読めるのは版1）。",
        _NOTHING_IMPORTED,
        "新しい版のプログラムで取り込んでください。",
    ),
    "json_other_form": (
        "「{file}」など、様式の違うファイルは一つの評価書にまとめられません（{forms}）。",
        _NOTHING_IMPORTED,
        "同じ様式のファイルだけを指定してください。",
    ),
    "json_same_year": (
        "「{file}」と同じ年度（{year}）のファイルが二つあります。",
        _NOTHING_IMPORTED,
        "年度ごとに一つだけ指定してください。",
    ),
    "json_type": (
        "「{file}」 {path}: {expected}が必要です（{found} でした）。",
        _NOTHING_IMPORTED,
        "この値を直してください。",
    ),
    "json_unknown_key": (
        "「{file}」 {path}: 定義にないキーです。",
        _NOTHING_IMPORTED,
        "つづりを直すか、キーを削除してください。",
    ),
    "json_missing_key": (
        "「{file}」 {path}: 必要なキーがありません。",
        _NOTHING_IMPORTED,
        "キーを加えてください（空でも構いません）。",
    ),
    "json_undeclared_field": (
        "「{file}」 {path}: この様式にない欄です。",
        _NOTHING_IMPORTED,
        "欄を持つ様式を使うか、値を空にしてください。",
    ),
    "json_year": (
        "「{file}」 {path}: 「{value}」は年度（西暦4桁）ではありません。",
        _NOTHING_IMPORTED,
        "2023 のように直してください。",
    ),
    "json_later_year": (
        "「{file}」 {path}: 「{value}」は評価対象年度より後です。",
        _NOTHING_IMPORTED,
        "評価対象年度までの値だけを入れてください。",
    ),
    "json_current_year": (
        "「{file}」 {path}: 評価対象年度の値はここには置けません。",
        _NOTHING_IMPORTED,
        "年度自身の値は、その年度の欄に入れてください。",
    ),
    "json_empty": (
        "「{file}」 {path}: 空のままでは置けません。",
        _NOTHING_IMPORTED,
        "値を入れるか、キーを削除してください。",
    ),
    "json_one_line": (
        "「{file}」 {path}: 改行のない、空でない一行が必要です。",
        _NOTHING_IMPORTED,
        "改行を取り除いてください。",
    ),
    "json_date": ("「{file}」 {path}: 日付は 2024-06-28 の形が必要です。", _NOTHING_IMPORTED, "日付を直してください。"),
    "json_choice": ("「{file}」 {path}: 次のどれかが必要です：{value}。", _NOTHING_IMPORTED, "値を直してください。"),
    "json_twice": ("「{file}」 {path}: 「{value}」が二度あります。", _NOTHING_IMPORTED, "一方を直してください。"),
    "json_unmatched": (
        "「{file}」 {path}: 前の年度に対応するものがありません（{value}）。",
        _NOTHING_IMPORTED,
        "項目番号、行の順序、中期目標の文を前の年度と合わせてください。",
    ),
    "json_order": (
        "「{file}」 {path}: 「{value}」の順序が、前の年度と違います。",
        _NOTHING_IMPORTED,
        "並び順を前の年度と同じにしてください。",
    ),
    "json_left_over": (
        "「{file}」 {path}: 前の年度にある「{value}」がありません。",
        _NOTHING_IMPORTED,
        "項目と行を前の年度と合わせてください。",
    ),
    "json_conflict": (
        "「{file}」 {path}: {value}年度の値が、その年度のファイルと違います。",
        _NOTHING_IMPORTED,
        "どちらかの値を直してください。",
    ),
}
