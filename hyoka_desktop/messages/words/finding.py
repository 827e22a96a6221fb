"""The words of finding: go to an item, find in an item, find and replace, chosen items, the list of functions."""

from collections.abc import Mapping
from typing import Final

EMPTY: Final = "空"
RATE: Final = "達成度"
LAST_YEAR: Final = "前年度の"
SAVED_SEARCHES: Final[Mapping[str, str]] = {
    "自己評価が空": "{self_rating}=空",
    "自己評価がＡ以上": "{self_rating}>=A",
    "未達の指標があるのにＢ以上": "達成度<100 {self_rating}>=B",
    "業務実績が空": "{results}=空",
    "大臣の課題（前年度）に未対応": "前年度の{minister_issues}≠空 {self_issues}=空",
}
"""What is often asked, by name; `{field}` stands for the caption of a field."""
WORDS: Final[Mapping[str, str]] = {
    "go_to_title": "項目へ移動",
    "go_to_hint": "項目の番号や名前、本文の言葉",
    "go_to_none": "見つかりません。",
    "go_to_searching": "本文を探しています…",
    "palette_title": "機能の一覧から実行",
    "palette_hint": "機能の名前",
    "palette_none": "その名前の機能はありません。",
    "shortcuts_title": "キー操作の一覧",
    "shortcuts_text": "どの機能も、キーボードだけで使えます。一つを選んで Enter を押すと、その場で実行します。",
    "shortcut_action": "機能",
    "shortcut_menu": "メニュー",
    "shortcut_key": "キー",
    "find_in_item": "この項目の中を検索",
    "replace_title": "検索と置換",
    "replace_find": "検索する言葉",
    "replace_with": "置換後の言葉",
    "replace_loosely": "全角・半角、大文字・小文字、ひらがな・カタカナを区別しない",
    "replace_regex": "正規表現",
    "replace_year": "年度",
    "replace_this_year": "{year}だけ",
    "replace_all_years": "すべての年度",
    "replace_item": "範囲",
    "replace_all_items": "評価書の全体",
    "replace_this_item": "この項目（{number}）",
    "replace_column_where": "欄",
    "replace_column_year": "年度",
    "replace_column_count": "か所",
    "replace_column_text": "見つかった所",
    "replace_found": "{fields}欄に{count}か所あります。",
    "replace_found_none": "見つかりません。",
    "replace_searching": "探しています…",
    "replace_stopped": "検索を中止しました。一覧は前のままです。もう一度探すには「検索」を押してください。",
    "replace_wait": "検索する言葉を入力してください。",
    "replace_locked": "（承認済みの計画）",
    "replace_locked_note": "承認済みの計画と他の年度の欄は、初めは選ばれていません。直すものだけ選んでください。",
    "replace_do": "選んだ{count}欄を置換",
    "replace_delete": "選んだ{count}欄から削除",
    "replace_go": "この欄へ移る",
    "replace_done": "{fields}欄を置換しました。「元に戻す」（Ctrl+Z）で取り消せます。",
    "replace_deleted": "{fields}欄から、見つかった言葉を削除しました。「元に戻す」（Ctrl+Z）で取り消せます。",
    "replace_stale": "見つけた後に変わった{count}欄は、そのままにしました。",
    "saved_search": "条件で選ぶ",
    "saved_search_tip": "よく使う条件で項目を絞り込みます",
    "saved_search_keep": "今の条件を保存…",
    "saved_search_forget": "保存した条件を削除",
    "saved_search_name": "条件の名前",
    "saved_search_all": "すべての項目を表示",
    "filter_tip": "言葉のほか、{examples}のような条件で選べます。",
    "filter_example": "「{line}」",
    "filter_unread": "「{term}」は条件として読み取れません。欄の名と値を確かめてください。",
    "filter_count": "{shown} / {all}項目",
}
