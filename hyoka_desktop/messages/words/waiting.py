"""The words shown while something takes its time."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "waiting_stop": "中止",
    "waiting_stopping": "中止しています。区切りのよいところまでお待ちください。",
    "waiting_look": "「{name}」を確かめています…",
    "waiting_open": "「{name}」を開いています…",
    "waiting_copy": "「{name}」の写しを開いています…",
    "waiting_examine": "「{name}」を調べています。元のファイルには触れません…",
    "waiting_recover": "新しいファイルに書き戻しています…",
    "waiting_save": "保存が終わるのを待っています…",
    "waiting_make": "「{name}」を作っています…",
    "waiting_settings": "設定を保存しています…",
    "waiting_copying": "評価書の複製を作っています…",
    "waiting_import": "データを取り込み、「{name}」を作っています…",
    "waiting_backup": "控えを作っています…",
    "waiting_backup_closing": "閉じる前に控えを作っています。中止すると、控えを作らずに閉じます…",
    "waiting_take_out": "控えを「{name}」に取り出しています…",
    "waiting_version": "「{name}」の版を開いています…",
    "waiting_compare": "内容を比べています…",
    "waiting_search": "履歴を検索しています…",
    "waiting_rescue": "評価書を「{name}」に移しています…",
}
