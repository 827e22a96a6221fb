"""The words of the start page and of the ways to begin."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "start_title": "評価書を作成する",
    "start_text": "ネットワークを使わず、このパソコンの中だけで作業します。入力した内容は、自動で保存されます。",
    "start_new": "新しい評価書を作る",
    "start_new_text": "様式と年度を選び、空の評価書から始めます",
    "start_open": "評価書を開く",
    "start_open_text": "保存してある評価書（.hyoka）を開きます",
    "start_sample": "見本を開く",
    "start_sample_text": "架空の法人の評価書で、使い方を試します",
    "start_import": "データから作る",
    "start_import_text": "交換形式（JSON）のファイルを取り込みます",
    "start_empty": "空の様式を見る",
    "recent": "最近使った評価書",
    "recent_ask": "「最近使った評価書」から外しますか。外しても、ファイルは削除されません。",
    "recent_forget": "一覧から外す",
    "recent_keep": "残す",
    "recent_none": "まだありません",
    "new_title": "新しい評価書",
    "new_form": "様式",
    "new_year": "評価対象年度",
    "new_organization": "法人名",
    "new_file": "保存先",
    "new_make": "作成する",
    "sample_file": "評価書の見本.hyoka",
    "empty_file": "空の様式（{form}）.hyoka",
    "filter_hyoka": "評価書ファイル (*.hyoka)",
    "filter_json": "交換形式 (*.json)",
}
